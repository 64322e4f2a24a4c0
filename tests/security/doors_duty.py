"""Doors of the house: everybody but an auditor reads it."""

from acts import member
from doors import Thing, acts, anybody, roles

from waystation.access import Role
from waystation_web.duty import actions

HOUSE = frozenset(Role) - {Role.AUDITOR}
CARDS = {Role.COORDINATOR, Role.SECURITY_OFFICER}
LIMITS = {Role.SECURITY_OFFICER, Role.ORGANISATION_HEAD}


def duty(stage):
    chief = stage.authors.get("duty") or member(stage.office, "housekeeper", ("coordinator",))
    stage.authors["duty"] = stage.authors["card"] = chief
    actions.hand(chief, to=stage.author.id, typed={"open": "x", "promised": "", "deferred": ""})
    from waystation_web.duty.pages import roster

    return roster(chief).handed[0].of.id.hex()


def card(stage, ids):
    return actions.write_card(stage.authors["card"], title="x", text="y").hex()


THINGS = {"duty": Thing("duty", duty), "card": Thing("card", card, of="duty")}
TABLE = {
    "duty": {"GET": anybody(200)},
    "duty-shift": {"POST": anybody(400)},
    "duty-leave": {"POST": anybody(400)},
    "duty-hand": {"POST": anybody(400)},
    "duty-take": {"POST": lambda who: {401} if who.outside else {404} if who.role is Role.AUDITOR else {403}},
    "duty-admit": {"POST": anybody(400)},
    "duty-cards": {"GET": anybody(200), "POST": roles(CARDS, 302)},
    "duty-card": {"POST": acts("card")},
    "duty-limits": {"GET": anybody(200), "POST": roles(LIMITS, 302)},
    "duty-deputies": {"GET": anybody(200), "POST": roles(LIMITS, 302)},
    "duty-named": {"POST": roles(HOUSE, 302)},
    "hand-over": {"GET": anybody(200)},
    "search": {"GET": anybody(200), "POST": anybody(200)},
    "duty-fit": {"GET": anybody(200)},
    "duty-mine": {"GET": anybody(200)},
}
SENT = {"search": {"words": "bridge"}, "duty-named": {"named": "no"}, "duty-cards": {"title": "a", "text": "b"}, "duty-card": {"title": "a", "text": "c"},
        "duty-limits": {"second_signature_above": "500 USD", "cool_off_hours": "72", "ransom_hold_hours": "24", "review_days": "7"}}

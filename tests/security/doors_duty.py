"""Doors of the house: everybody but an auditor reads it."""

from functools import partial

from acts import member
from doors import Thing, anybody, makers, roles, writers

from waystation.access import Role
from waystation_web.duty import actions

HOUSE = frozenset(Role) - {Role.AUDITOR}
CARDS = {Role.COORDINATOR, Role.SECURITY_OFFICER}
LIMITS = {Role.SECURITY_OFFICER, Role.ORGANISATION_HEAD}
HANDED = {"open": "x", "promised": "", "deferred": ""}


def duty(name, stage, ids):
    """What was handed over to the column's person: nobody else says that they have read it (test_duty)."""
    from waystation_web.duty.pages import roster

    chief = stage.authors.get("duty") or member(stage.office, "housekeeper", ("coordinator",))
    stage.authors[name] = stage.authors["card"] = chief
    before = {one.of.id for one in roster(chief).handed}
    actions.hand(chief, to=stage.author.id if stage.reader is None else stage.reader.id, typed=HANDED)
    return next(one.of.id.hex() for one in roster(chief).handed if one.of.id not in before)


def card(stage, ids):
    return actions.write_card(stage.authors["card"], title="x", text="y").hex()


THINGS = {"duty": Thing("duty", partial(duty, "duty")), "card": Thing("card", card)}
TABLE = {
    "duty": {"GET": anybody(200)},
    **{f"duty-{name}": {"POST": makers("duty", 302)} for name in ("shift", "leave", "hand", "admit", "named")},
    "duty-take": {"POST": writers("duty", 302)},
    "duty-cards": {"GET": anybody(200), "POST": roles(CARDS, 302)},
    "duty-card": {"POST": writers("card", 302)},
    "duty-limits": {"GET": anybody(200), "POST": roles(LIMITS, 302)},
    "duty-deputies": {"GET": anybody(200), "POST": roles(LIMITS, 302)},
    "hand-over": {"GET": anybody(200)},
    "search": {"GET": anybody(200), "POST": anybody(200)},
    "duty-fit": {"GET": anybody(200)},
    "duty-mine": {"GET": anybody(200)},
}
SENT = {
    "search": {"words": "bridge"}, "duty-named": {"named": "no"}, "duty-cards": {"title": "a", "text": "b"},
    "duty-card": {"title": "a", "text": "c"},
    "duty-shift": lambda ids: {"who": ids.person("housekeeper"), "day": "2026-03-05", "hour": "8", "hours": "4"},
    "duty-leave": lambda ids: {"who": ids.person("housekeeper"), "first": "2026-05-01", "last": "2026-05-02",
                               "stand_in": ids.person("seconder")},
    "duty-hand": lambda ids: HANDED | {"to": ids.person("housekeeper")},
    "duty-admit": lambda ids: {"account": ids.person("latecomer")},
    "duty-deputies": lambda ids: {"finance": ids.person("cashier")},
    "duty-limits": {"second_signature_above": "500 USD", "cool_off_hours": "72", "ransom_hold_hours": "24", "review_days": "7"},
}
ASKS = ("search",)

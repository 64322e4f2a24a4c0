"""Doors of flags on contacts: liaisons raise them; another one than who raised it lets one rest."""

from doors import Thing, holders, joined, writers

from waystation_web.contacts import actions, actions_asked, flags
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept


def flagged(stage, ids):
    """A contact with a flag by its author, which is another one's to let rest."""
    liaison = stage.authors["contact-lift/contact"] = joined(stage, "flagger", "field_liaison")
    made = actions.keep(liaison, {"code_name": "Reed"})
    ids["flag"] = flags.raise_flag(liaison, made, rule="grows", on=stage.office.now.date(), told="x")
    return made.hex()


def asking(stage, ids):
    """A contact that asked for money, which is written down as paid once."""
    liaison = stage.authors["contact-asked-paid/contact"] = joined(stage, "asker", "field_liaison")
    made = actions.keep(liaison, {"code_name": "Rook"})
    actions_asked.note(liaison, made, {"on": stage.office.now.date(), "amount": 5, "currency": "USD"})
    with writing():
        ids["item"] = kept.one(liaison, made, "contact", looked=False).body["asked"][0]["id"]
    return made.hex()


THINGS = {"contact-lift/contact": Thing("contact", flagged), "contact-asked-paid/contact": Thing("contact", asking)}
TABLE = {"contact-links": {"GET": holders("contact", 200)}, "contact-flag": {"POST": writers("contact", 302)},
         "contact-lift": {"POST": writers("contact", 302)},
         **{f"contact-{name}": {"POST": writers("contact", 302)} for name in ("asked", "asked-paid", "let-be")}}
SENT = {"contact-flag": {"rule": "grows", "on": "2026-02-01", "told": "x"},
        "contact-lift": lambda ids: {"flag": ids.get("flag", "00" * 8), "reason": "x", "ends": "2026-04-01"},
        "contact-asked": {"on": "2026-02-01", "amount": "500", "currency": "USD", "for_": "release"},
        "contact-asked-paid": lambda ids: {"item": ids.get("item", "00" * 8), "on": "2026-03-02"},
        "contact-let-be": {"rule": "grows", "facts": "00" * 8, "reason": "x"}}

"""Doors of flags on contacts: liaisons raise them; another one than who raised it lets one rest."""

from doors import Thing, holders, joined, writers

from waystation_web.contacts import actions, flags


def flagged(stage, ids):
    """A contact with a flag by its author, which is another one's to let rest."""
    liaison = stage.authors["contact-lift/contact"] = joined(stage, "flagger", "field_liaison")
    made = actions.keep(liaison, {"code_name": "Reed"})
    ids["flag"] = flags.raise_flag(liaison, made, rule="grows", on=stage.office.now.date(), told="x")
    return made.hex()


THINGS = {"contact-lift/contact": Thing("contact", flagged)}
TABLE = {"contact-links": {"GET": holders("contact", 200)}, "contact-flag": {"POST": writers("contact", 302)},
         "contact-lift": {"POST": writers("contact", 302)}}
SENT = {"contact-flag": {"rule": "grows", "on": "2026-02-01", "told": "x"},
        "contact-lift": lambda ids: {"flag": ids.get("flag", "00" * 8), "reason": "x", "ends": "2026-04-01"}}

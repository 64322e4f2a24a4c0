"""Doors of contacts: coordinators and security officers read them by role, liaisons write those they are assigned to."""

from functools import partial

from acts import member
from doors import Thing, anybody, holders, makers, page_of, writers

from waystation_web.contacts import actions, actions_reach
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept


def contact(stage, ids):
    liaison = stage.authors.get("contact") or member(stage.office, "liaison", ("field_liaison",))
    stage.authors["contact"] = liaison
    return actions.keep(liaison, {"code_name": "Wren", "legs": ["L1"]}).hex()


def handle(name, stage, ids):
    """A number that was last used a month ago."""
    liaison = stage.authors[name] = stage.authors["contact"]
    made = actions_reach.keep_handle(liaison, bytes.fromhex(ids["contact"]), {"channel": "phone", "value": "000", "safe_hours": ""})
    with writing():
        held = kept.one(liaison, made, "handle", looked=False)
        records.change(liaison, held, {"last_used": "2026-02-01"}, what="used", kept=False)
    return made.hex()


def asked(name, stage, ids):
    """A number of which one has signed already that a colleague may have it."""
    made = handle(name, stage, ids)
    actions_reach.ask_to_share(stage.authors[name], bytes.fromhex(ids["contact"]), bytes.fromhex(made),
                               account=stage.somebody("scout"), reason="x", until=stage.day(60))
    return made


THINGS = {"contact": Thing("contact", contact), "handle": Thing("handle", partial(handle, "handle")),
          "contact-share-second/handle": Thing("handle", partial(asked, "contact-share-second/handle"))}
TABLE = {
    "contacts": {"GET": anybody(200)},
    "contact-new": {"GET": anybody(200), "POST": makers("contact", 302)},
    "contact": page_of("contact", "POST"),
    **{f"contact-{name}": {"POST": writers("contact", 302)} for name in ("grade", "vet", "stop", "task", "handle")},
    "contact-give": {"POST": holders("contact", 302)},
    "contact-number": {"POST": holders("handle", 200)},
    "contact-used": {"POST": writers("handle", 302)},
    "contact-share": {"POST": writers("handle", 403, stepped_up=302)},
    "contact-share-second": {"POST": writers("handle", 403, stepped_up=302)},
}
SENT = {
    "contact-new": {"code_name": "Heron"}, "contact": {"code_name": "Rook"},
    "contact-grade": {"grade": "B", "reason": "x", "ends": "2026-06-01"},
    "contact-vet": {"speaks_for": "x", "against": "y", "result": "cleared", "ends": "2026-06-01"},
    "contact-stop": {"result": "suspended", "against": "x"}, "contact-task": {"task": "a", "went": "b"},
    "contact-give": lambda ids: {"account": ids.person("scout"), "reason": "x"},
    "contact-handle": {"channel": "phone", "value": "000"}, "contact-number": {"reason": "x"},
    "contact-share": lambda ids: {"account": ids.person("scout"), "reason": "x", "until": "2026-06-01"},
}
ASKS = ("contact-number",)

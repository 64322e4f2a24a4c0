"""Doors of contacts."""

from acts import member
from doors import Thing, acts, anybody, holders, makers, page_of

from waystation_web.contacts import actions, actions_reach


def contact(stage):
    liaison = stage.authors.get("contact") or member(stage.office, "liaison", ("field_liaison",))
    stage.authors["contact"] = stage.authors["handle"] = liaison
    return actions.keep(liaison, {"code_name": "Wren", "legs": ["L1"]}).hex()


def handle(stage, ids):
    return actions_reach.keep_handle(stage.authors["contact"], bytes.fromhex(ids["contact"]), {
        "channel": "phone", "value": "000", "safe_hours": ""}).hex()


THINGS = {"contact": Thing("contact", contact), "handle": Thing("handle", handle, of="contact")}
TABLE = {
    "contacts": {"GET": anybody(200)},
    "contact-new": {"GET": anybody(200), "POST": makers("contact", 302)},
    "contact": page_of("contact", "POST"),
    "contact-grade": {"POST": acts("contact")},
    "contact-vet": {"POST": acts("contact")},
    "contact-stop": {"POST": acts("contact")},
    "contact-task": {"POST": acts("contact")},
    "contact-give": {"POST": acts("contact")},
    "contact-handle": {"POST": acts("contact")},
    "contact-number": {"POST": holders("handle", 200)},
    "contact-used": {"POST": acts("handle")},
    "contact-share": {"POST": lambda who: {401} if who.outside else {302, 400, 403, 404, 409}},
    "contact-share-second": {"POST": lambda who: {401} if who.outside else {403, 404}},  # nobody asked for it yet
}
SENT = {"contact-new": {"code_name": "Heron"}, "contact-grade": {"grade": "B", "reason": "x", "ends": "2026-06-01"},
        "contact-stop": {"result": "suspended", "against": "x"}, "contact-task": {"task": "a", "went": "b"},
        "contact-number": {"reason": "x"}, "contact-handle": {"channel": "phone", "value": "000"}}

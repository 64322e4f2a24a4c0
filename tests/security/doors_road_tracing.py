"""Doors of looking for somebody after an incident: whoever holds it reads the list, whoever writes it writes there."""

from functools import partial

from doors import Thing, holders, writers
from doors_road import NOW, chief

from waystation_web.gateways.database import writing
from waystation_web.records import actions as records

ASKED = {"id": "4a" * 8, "by": "00" * 16, "at": NOW, "who": "", "body": "unhcr", "which": "x", "state": "", "asked_by": "00" * 16,
         "asked_on": "2026-03-01", "asks": "x", "answer": "", "answered_on": None, "next": "x", "due": "2026-03-09"}


def sought(name, stage, ids, **more):
    """An incident of a case that no embargo holds back: what may not leave is not asked for either."""
    someone = chief(stage, name)
    with writing():
        return records.make(someone, "incident", {
            "kind": "missing", "silent": False, "journey": ids["journey-again/journey"], "case": ids["of-again"], "case_ref": "AG41",
            "status": "suspected", "began": NOW, "proposals": [], "tasks": []} | more).key


THINGS = {
    "incident-tracing/incident": Thing("incident", partial(sought, "incident-tracing/incident")),
    "incident-traced/incident": Thing("incident", partial(sought, "incident-traced/incident", traces=[ASKED])),
}
TABLE = {
    "incident-tracing": {"GET": holders("incident", 200), "POST": writers("incident", 302)},
    "incident-traced": {"POST": writers("incident", 302)}, "incident-found": {"POST": writers("incident", 302)},
}
SENT = {
    "incident-tracing": lambda ids: {"body": "unhcr", "which": "x", "asked_by": ids.person("cashier"), "asked_on": "2026-03-02", "asks": "x"},
    "incident-traced": {"item": "4a" * 8, "answer": "x"}, "incident-found": {"fate": "free", "how_known": "x"},
}

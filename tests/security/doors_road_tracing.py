"""Doors of looking for somebody after an incident: whoever holds it reads the list, whoever writes it writes there."""

from functools import partial

from doors import Thing, holders, writers
from doors_road import NOW, incident

from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept

ASKED = {"id": "4a" * 8, "by": "00" * 16, "at": NOW, "who": "", "body": "unhcr", "which": "x", "state": "", "asked_by": "00" * 16,
         "asked_on": "2026-03-01", "asks": "x", "answer": "", "answered_on": None, "next": "x", "due": "2026-03-09"}


def with_a_step(stage, ids):
    """An incident after which somebody was asked."""
    name = "incident-traced/incident"
    made = incident(name, "suspected", stage, ids)
    with writing():
        held = kept.one(stage.authors[name], bytes.fromhex(made), "incident", looked=False)
        records.change(stage.authors[name], held, {"traces": [ASKED]}, what="traces")
    return made


THINGS = {
    "incident-tracing/incident": Thing("incident", partial(incident, "incident-tracing/incident", "suspected")),
    "incident-traced/incident": Thing("incident", with_a_step),
}
TABLE = {
    "incident-tracing": {"GET": holders("incident", 200), "POST": writers("incident", 302)},
    "incident-traced": {"POST": writers("incident", 302)}, "incident-found": {"POST": writers("incident", 302)},
}
SENT = {
    "incident-tracing": lambda ids: {"body": "unhcr", "which": "x", "asked_by": ids.person("cashier"), "asked_on": "2026-03-02", "asks": "x"},
    "incident-traced": {"item": "4a" * 8, "answer": "x"}, "incident-found": {"fate": "free", "how_known": "x"},
}

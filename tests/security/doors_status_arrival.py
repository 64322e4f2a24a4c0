"""Doors of arrivals: a follow-up is held by whoever works on the case, and by nobody by role."""

from doors import Thing, holders, roles, writers

from waystation.access import TABLE as ROLES
from waystation.access import Holding, Role
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records

A = "0d" * 16
ABLE = {role for role, how in ROLES["followup"].items() if how is not Holding.NEVER}


def followup(stage, ids):
    someone = stage.authors["followup"] = stage.authors["case"]
    with writing():
        return records.make(someone, "followup", {"case": ids["case"], "case_ref": "K7Q2", "person": A, "code": "A",
                                                  "arrived": clock.today().isoformat()}).key


THINGS = {"followup": Thing("followup", followup)}
TABLE = {
    # a case of the stage has not arrived: whoever holds it is offered nobody to follow
    "arrivals": {"GET": roles(ABLE, 200), "POST": roles({Role.CASE_WORKER}, 400)},
    "arrival": {"GET": holders("followup", 200), "POST": writers("followup", 302)},
}
SENT = {"arrivals": lambda ids: {"who": f"{ids['case']}:{A}", "arrived": "2026-01-01"},
        "arrival": {"act": "relation", "what": "x", "since": "", "together": "yes"}}

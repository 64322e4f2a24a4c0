"""Doors of journeys: coordinators; a page opens for whoever holds the journey, its plan and its case."""

from doors import Thing, acts, anybody, holders, roles

from waystation.access import Role
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records


def journey(stage, ids):
    chief = stage.authors["plan"]
    stage.authors["journey"] = chief
    from waystation_web.records import queries as kept

    with writing():
        plan = kept.one(chief, bytes.fromhex(ids["plan"]), "plan", looked=False)
        return records.make(chief, "journey", {
            "case": plan.body["case"], "case_ref": "P1AN", "plan": ids["plan"], "decision": "00" * 16, "size": 1, "goals": [],
            "status": "approved", "at": "A"}).key


def whole(status):
    """Whoever holds the journey and its case: here, coordinators alone; for everybody else there is no such page."""
    return roles({Role.COORDINATOR}, status, others=404)


THINGS = {"journey": Thing("journey", journey, of="plan")}
TABLE = {
    "journeys": {"GET": anybody(200)},
    "journey": {"GET": whole(200)},
    "journey-heard": {"POST": acts("journey")}, "journey-hold": {"POST": acts("journey")},
    "journey-release": {"POST": acts("journey")},
    "journey-step": {method: lambda who: {401} if who.outside else {200, 400, 403, 404} for method in ("GET", "POST")},
    "journey-open": {"GET": holders("decision", 200), "POST": lambda who: {401} if who.outside else {403, 404}},
}
SENT = {"journey-open": {"reason": "x"}}

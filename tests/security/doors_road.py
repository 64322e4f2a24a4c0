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


def incident(stage, ids):
    """With its line of proposals, so that a freeze can be confirmed."""
    chief = stage.authors["plan"]
    stage.authors["incident"] = chief
    with writing():
        return records.make(chief, "incident", {
            "kind": "capture", "silent": False, "journey": ids["journey"], "case": "00" * 16, "case_ref": "P1AN", "status": "reported",
            "began": "2026-03-02T09:00:00+00:00", "proposals": [{"code": "X1", "distance": 1, "through": ["party"], "state": "proposed"}],
            "tasks": []}).key


def confirmed(who):
    """Whoever holds incidents by role finds the list; each must have confirmed who they are."""
    return {401} if who.outside else {200} if who.stepped_up else {403}


THINGS = {"journey": Thing("journey", journey, of="plan"), "incident": Thing("incident", incident, of="journey")}
TABLE = {
    "journeys": {"GET": anybody(200)},
    "journey": {"GET": whole(200)},
    "journey-heard": {"POST": acts("journey")}, "journey-hold": {"POST": acts("journey")},
    "journey-release": {"POST": acts("journey")},
    "journey-step": {method: lambda who: {401} if who.outside else {200, 400, 403, 404} for method in ("GET", "POST")},
    "now": {"GET": anybody(200)}, "board": {"GET": anybody(200)}, "stream-road": {"GET": anybody(200)},
    "attend": {"GET": confirmed},
    "incident-new": {"GET": whole(200), "POST": acts("journey")},
    "incident": {"GET": holders("incident", 200)},
    "incident-line": {"POST": acts("incident")}, "incident-freeze": {"POST": acts("incident")},
    "incident-step": {"POST": acts("incident")},
    "incident-demand": {"GET": holders("incident", 200), "POST": acts("incident")},
    "journey-open": {"GET": holders("decision", 200), "POST": lambda who: {401} if who.outside else {403, 404}},
}
SENT = {
    "journey-open": {"reason": "x"}, "incident-line": {"name": "codes", "done": "1"}, "incident-freeze": {"code": ["X1"]},
    "incident-step": {"event": "refute", "reason": "x"},
}
ENDS = ("incident-step",)

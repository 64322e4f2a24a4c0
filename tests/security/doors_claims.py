"""Doors of claims: a demand is held by those who decide, a complaint by whom it was given to and nobody by role."""

from functools import partial

from doors import Thing, has, holders, joined, makers, roles, writers

from waystation.access import TABLE as ROLES
from waystation.access import Holding, Role
from waystation_web.claims import actions_complaint, actions_demand, actions_request
from waystation_web.gateways import clock

A = "0d" * 16
DEMAND = {"who": "x", "country": "KR", "sort": "informal", "received": "2026-03-01", "how": "letter", "deadline": "", "asks": "x", "counsel": ""}
COMPLAINT = {"sort": "service", "from_": "helped", "how": "phone", "received": "2026-03-01", "said": "x", "wish": "", "answer_to": "",
             "protect": "", "about_others": ""}


def able(type_):
    """Roles that may read a record of this type at all."""
    return {role for role, how in ROLES[type_].items() if how is not Holding.NEVER}


def chief(stage):
    """Who decides for the rights of people, and the head of the organisation."""
    if "demand" not in stage.authors:
        stage.authors["demand"] = joined(stage, "advocate", "rights_officer")
        stage.authors["head"] = joined(stage, "director", "organisation_head")
    return stage.authors["demand"], stage.authors["head"]


def demand(stage, ids):
    rights, head = chief(stage)
    return actions_demand.write_down(rights, DEMAND | {"received": clock.today(), "deadline": None, "rights": rights.id, "head": head.id,
                                                       "team": [rights.id]}).hex()


def complaint(stage, ids):
    rights, _head = chief(stage)
    stage.authors["complaint"] = rights
    return actions_complaint.take_down(rights, COMPLAINT | {"from": "helped", "received": clock.today(), "about": [],
                                                            "handlers": [rights.id]}).hex()


def own(name, stage, ids):
    """A request about a file: whoever wrote it down keeps the case."""
    someone = stage.authors[name] = stage.authors["case"]
    typed = {"case": bytes.fromhex(ids["case"]), "person": A, "kinds": ["access"], "received": clock.today(), "language": "en", "words": ""}
    return actions_request.receive(someone, typed).hex()


REQUEST = {"kinds": ["access"], "received": "2026-03-01", "language": "en", "words": ""}
OFFICES = {Role.RIGHTS_OFFICER, Role.SECURITY_OFFICER, Role.ORGANISATION_HEAD}
WRITES = {Role.COORDINATOR, Role.CASE_WORKER, Role.RIGHTS_OFFICER}
THINGS = {"demand": Thing("demand", demand), "complaint": Thing("complaint", complaint), "own": Thing("request", partial(own, "own"))}
TABLE = {
    "demands": {"GET": roles(able("demand"), 200), "POST": roles(OFFICES, 302)},
    "demand": {"GET": holders("demand", 200), "POST": writers("demand", 302, only=OFFICES)},
    "complaints": {"GET": roles(able("complaint"), 200), "POST": makers("complaint", 302)},
    "complaint": {"GET": holders("complaint", 200), "POST": writers("complaint", 302)},
    "own-files": {"GET": roles(able("request"), 200), "POST": lambda who: {401} if who.outside else
                  {302 if has(who, "case") else 400} if who.role in WRITES else {403}},
    "own-file": {"GET": holders("request", 200), "POST": writers("request", 302)},
    "own-file-pack": {"GET": holders("request", 200, "case")},
    "own-file-text": {"GET": holders("request", 200, "case")},
}
SENT = {
    "demands": lambda ids: DEMAND | {"rights": ids.person("advocate"), "head": ids.person("director"), "team": [ids.person("advocate")]},
    "demand": {"act": "note", "text": "x"},
    "complaints": lambda ids: COMPLAINT | {"about": [], "handlers": [ids.person("advocate")]},
    "complaint": {"act": "step", "kind": "note", "text": "x"},
    "own-files": lambda ids: REQUEST | {"whose": f"{ids['case']}:{A}"},  # whoever holds no case is offered nobody's file
    "own-file": {"act": "know", "how": "voice", "text": ""},
}

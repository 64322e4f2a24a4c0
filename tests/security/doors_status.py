"""Doors of status: an application is held by whoever works on the case and by every rights officer."""

from doors import Thing, has, holders, roles, writers

from waystation.access import TABLE as ROLES
from waystation.access import Holding, Role
from waystation_web.status import actions

A = "0d" * 16
ABLE = {role for role, how in ROLES["application"].items() if how is not Holding.NEVER}
WRITES = {Role.CASE_WORKER, Role.RIGHTS_OFFICER}


def application(stage, ids):
    someone = stage.authors["application"] = stage.authors["case"]
    return actions.begin(someone, {"case": bytes.fromhex(ids["case"]), "persons": [A], "pathway": "P1"}).hex()


THINGS = {"application": Thing("application", application)}
TABLE = {
    "applications": {"GET": roles(ABLE, 200), "POST": lambda who: {401} if who.outside else
                     {302 if has(who, "case") else 400} if who.role in WRITES else {403}},
    "application": {"GET": holders("application", 200), "POST": writers("application", 302)},
    "application-memo": {"GET": holders("application", 200)},
    "application-memo-text": {"GET": holders("application", 200)},
    "application-memo-file": {"POST": holders("application", 200)},
    "waits": {"GET": roles(ABLE, 200), "POST": roles(ABLE, 200)},
}
SENT = {
    "applications": lambda ids: {"who": [f"{ids['case']}:{A}"], "pathway": "P1"},
    "application": {"act": "ground", "person": A},
    "application-memo-file": {"person": "A", "form": "docx"},
    "waits": {"step": "P1:4", "days": "14"},
}
ASKS = ("waits", "application-memo-file")

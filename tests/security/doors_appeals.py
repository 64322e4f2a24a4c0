"""Doors of appeals: a letter is held by coordinators and rights officers, and by the worker of the case; two of them write."""

from functools import partial

from doors import Thing, holders, joined, roles, writers

from waystation.access import TABLE as ROLES
from waystation.access import Holding, Role
from waystation_web.appeals import actions, actions_out
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records

NOW = "2026-03-02T08:00:00+00:00"
WRITERS = {Role.CASE_WORKER, Role.RIGHTS_OFFICER}
READERS = {role for role, how in ROLES["communication"].items() if how is not Holding.NEVER}
TEXT = {"state": "TH", "language": "en", "demands": ["no_return"], "which": "", "own": "", "profiles": []}
SIGN = {"publicity": "quiet", "harm": "x", "reason": "x"}


def author(stage, name):
    if "advocate-of-letters" not in stage.authors:
        stage.authors["advocate-of-letters"] = joined(stage, "letters", "rights_officer")
        stage.authors["signer-of-letters"] = joined(stage, "cosigner", "coordinator")
    stage.authors[name] = stage.authors["advocate-of-letters"]
    return stage.authors[name]


def incident(name, stage, ids):
    """Of a case that nobody of the matrix holds: its letters name nobody."""
    someone = author(stage, name)
    with writing():
        return records.make(someone, "incident", {
            "kind": "missing", "silent": False, "journey": "0c" * 16, "case": "0d" * 16, "case_ref": "LE77", "status": "suspected",
            "began": NOW, "proposals": [], "tasks": []}).key


def letter(name, stage, ids):
    """Drafted, signed by two, taken out and handed over: so that each act is the next one."""
    about = incident(name, stage, ids)
    someone, second = author(stage, name), stage.authors["signer-of-letters"]
    made = actions.draft(someone, bytes.fromhex(about), TEXT | {"to": ["ICRC"], "denial": {}})[0]
    actions_out.sign(someone, made, SIGN | {"other": second.id})
    actions_out.sign(second, made)
    actions_out.take_out(someone, made, "txt")
    actions_out.sent(someone, made, {"on": clock.today(), "through": "x", "receipt": "x"})
    return made.hex()


THINGS = {"incident-appeals/incident": Thing("incident", partial(incident, "incident-appeals/incident")),
          "letter": Thing("communication", partial(letter, "letter"))}
TABLE = {
    "letters": {"GET": roles(READERS, 200)},
    "letter": {"GET": holders("communication", 200), "POST": writers("communication", 302)},
    "letter-file": {"POST": writers("communication", 403, stepped_up=200)},
    "incident-appeals": {"GET": holders("incident", 200), "POST": writers("incident", 302, only=WRITERS)},
}
SENT = {"letter": {"act": "look", "says": "x"}, "letter-file": {"form": "txt"},
        "incident-appeals": TEXT | {"act": "draft", "to": ["ICRC"]}}

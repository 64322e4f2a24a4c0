"""Doors of protection: who answers for the office fills in, signs and drills; whoever sees a leak first writes it down."""

import json

from doors import Thing, anybody, holders, joined, makers, page_of, writers

from waystation.access import Role
from waystation_web.gateways import clock
from waystation_web.protection import actions, actions_breach
from waystation_web.protection.breach import STEPS

ANSWERS = dict.fromkeys(("purposes", "necessity", "harms", "measures", "remains", "heard", "advice"), "x")


def assessment(stage, ids):
    """An assessment that nobody has signed; and a drill that the program left, for whoever takes it in."""
    head = stage.authors["assessment"] = stage.authors.get("assessment") or joined(stage, "answers", "organisation_head")
    stage.office.installation.data.joinpath("drills.jsonl").write_text(json.dumps({
        "at": clock.now().isoformat(), "minutes": 1, "findings": [], "result": "passed"}), "utf-8")
    return actions.begin(head, ANSWERS, stage.day(100)).hex()


def breach(name, *, over=False):
    def make(stage, ids):
        head, now = stage.authors["assessment"], clock.now()
        stage.authors[name] = head
        made = actions_breach.report(head, what="x", sort="account", account=stage.target.id, since=now, until=now, known=now)
        for step in STEPS if over else ():
            actions_breach.tick(head, made, step, done=True, why="x")
        if over:
            actions_breach.find_scope(stage.office.actor(stage.office.people["anna"]), made)
        return made.hex()
    return make


THINGS = {"assessment": Thing("assessment", assessment), "breach": Thing("breach", breach("breach")),
          "breach-close/breach": Thing("breach", breach("breach-close/breach", over=True))}
TABLE = {
    "protection": {"GET": anybody(200)},
    "assessment-new": {"GET": anybody(200), "POST": makers("assessment", 302)},
    "assessment": page_of("assessment", "POST"),
    "assessment-sign": {"POST": writers("assessment", 403, stepped_up=302)},
    "drill-new": {"POST": makers("drill", 302)},
    "drill-take": {"POST": makers("drill", 302)},
    "leave-demonstration": {"POST": anybody(403)},  # nothing is there yet that must be: test_protection
    "breaches": {"GET": anybody(200), "POST": makers("breach", 302)},
    "breach": {"GET": holders("breach", 200)},
    "breach-scope": {"POST": writers("breach", 302, only={Role.SECURITY_OFFICER})},
    "breach-step": {"POST": writers("breach", 302)},
    "breach-close": {"POST": writers("breach", 403, stepped_up=302)},
}


def _assessed(ids):
    return ANSWERS | {"review": ids.stage.day(90).isoformat() if ids.stage else "", "revision": ids.revision("assessment")}


SENT = {
    "assessment-new": lambda ids: ANSWERS | {"review": ids.stage.day(90).isoformat() if ids.stage else ""},
    "assessment": _assessed,
    "drill-new": lambda ids: {"sort": "restore", "on": ids.stage.day(0).isoformat() if ids.stage else "", "who": "x",
                              "passed": "yes", "minutes": "3"},
    "leave-demonstration": {"cleared": "on"},
    "breaches": lambda ids: {"what": "x", "sort": "other", "day": ids.stage.day(-1).isoformat() if ids.stage else "", "hour": "1",
                             "known_day": ids.stage.day(-1).isoformat() if ids.stage else "", "known_hour": "2"},
    "breach-step": {"step": "stop", "done": "yes", "why": "x"},
    "breach-close": {"closing": "x"},
}
FIRST = ("assessment",)  # a signature under it falls away when it is written anew

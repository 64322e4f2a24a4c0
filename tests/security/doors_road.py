"""Doors of journeys: coordinators; a page opens for whoever holds the journey, its plan and its case."""

from datetime import timedelta
from functools import partial

from acts import member
from doors import Thing, anybody, holders, writers
from doors_plans import FACTS, chief, plan

from waystation.access import Role
from waystation.planning.decision import Bias, Chosen
from waystation_web.cases import actions_asked, actions_consent
from waystation_web.gateways.database import writing
from waystation_web.journeys import actions_embargo, actions_incident
from waystation_web.journeys.words import CONDITIONS
from waystation_web.plans import actions_decide, actions_sheet
from waystation_web.records import actions as records

CO = {Role.COORDINATOR}
A, B = "0a" * 16, "0b" * 16
LINES = [{"leg": leg, "start": start, "end": end, "mode": "bus", "kind": "first", "letter": "", "unknown": False}
         for leg, start, end in (("L1", "START", "MID"), ("L2", "MID", "GOAL"))]
ROAD = {"lines": LINES, "waits": {leg: {"hours": [6.0, 10.0, 20.0, 40.0], "arrived": 3, "itself": False} for leg in ("L1", "L2")},
        "facts": FACTS | {"party": {"size": 1}, "terms": {"start": "START", "goals": ["GOAL"]}}}
NOW, BEFORE_, LATER = "2026-03-02T08:00:00+00:00", "2026-03-01T08:00:00+00:00", "2026-03-03T08:00:00+00:00"
LEG = {"leg": "L1", "start": "START", "end": "MID", "guide": "party", "started": BEFORE_, "due": [LATER] * 4, "arrived": 3, "itself": False,
       "condition": "calm", "code": "", "ended": None, "heard": BEFORE_}
SAID = {"purpose": "services", "recipient": "safe_house", "data": ["needs"], "said": "yes", "until": "", "country": "",
        "language": "kor", "interpreter": "", "interpreter_is_broker": False, "explained_by": "x", "mode": "spoken",
        "guardian_agrees": False}


def of_road(name, stage, ids):
    """The case of a party that may leave: a consent, and what is to happen if they are caught."""
    someone = chief(stage, name)
    with writing():
        people = [{"id": A, "code": "A", "birth": "1985"}, {"id": B, "code": "B", "birth": "1986"}]
        case = records.make(someone, "case", {"ref": "R0AD", "people": people, "households": [
            {"id": "1b" * 8, "members": [A, B], "stay_together": "may"}]}).id
    for person in (A, B):
        actions_asked.instruct(someone, case, {"person": person, "tell": "x", "tell_not": "", "name": "no", "public": "no", "proxy": "",
                                               "guardian": "", "signed_on": "2026-03-01", "explained_by": "x", "language": "kor"})
        actions_consent.say(someone, case, SAID | {"person": person})
    return case.hex()


def route(name, case, stage, ids):
    """A plan for them that was read aloud, and their yes to it."""
    made = plan(name, stage, ids, case=ids[case], case_ref="R0AD", **ROAD)
    actions_sheet.give(stage.authors[name], bytes.fromhex(made))
    for person in (A, B):
        actions_asked.answer(stage.authors[name], bytes.fromhex(ids[case]), {
            "person": person, "plan": made, "answer": "yes", "said": "", "language": "kor", "interpreter": "",
            "interpreter_is_broker": False, "present": ""})
    return made


def journey(name, status, stage, ids, *, at="MID", case="of-road", plan="route", **more):
    """A journey in the state in which the act of its row is the next one."""
    released = [{"id": "2a" * 8, "leg": "L1" if at == "START" else "L2", "start": at, "end": "MID" if at == "START" else "GOAL",
                 "to": "party", "channel": "call", "until": LATER, "text": "x", "by": "00" * 16, "at": NOW}]
    someone = chief(stage, name)
    with writing():
        return records.make(someone, "journey", {
            "case": ids[case], "case_ref": "R0AD", "plan": ids[plan], "decision": "00" * 16, "size": 1, "goals": [],
            "status": status, "at": at, "releases": released, "words": {"well": "heron", "other": "goose"}} | more).key


def divided(stage, ids):
    """A party in two parts that rest at one place."""
    name = "journey-step:rejoin/journey"
    parts = [journey(f"{name}/{person}", "resting", stage, ids, people=[person], **RESTING) for person in (A, B)]
    return journey(name, "split", stage, ids, parts=parts, **OVER)


def go(name, plan, stage, ids):
    """A go that two signed, after the journeys above began: one of them may be planned anew by it, or one be opened."""
    stage.office.pass_time(seconds=1)
    typed = actions_decide.Typed(Chosen.GO, "x", "y", dict.fromkeys(Bias, False), abort_rule="z")
    someone = chief(stage, name)
    made = actions_decide.ask(someone, bytes.fromhex(ids[plan]), typed, second=stage.authors["second"].id)
    actions_decide.sign(stage.authors["second"], made)
    return made.hex()


def incident(name, status, stage, ids):
    """With its line of proposals, so that a freeze can be confirmed; and a security officer who may sign a hold."""
    someone = chief(stage, name)
    if "guard" not in stage.authors:
        stage.authors["guard"] = member(stage.office, "guard", ("security_officer",))
    with writing():
        return records.make(someone, "incident", {
            "kind": "capture", "silent": False, "journey": ids["journey"], "case": ids["of-road"], "case_ref": "R0AD", "status": status,
            "began": NOW, "proposals": [{"code": "X1", "distance": 1, "through": ["party"], "state": "proposed"}], "tasks": []}).key


def frozen(stage, ids):
    """An incident with something that is frozen."""
    made = incident("incident-let-go/incident", "suspected", stage, ids)
    actions_incident.confirm(stage.authors["incident-let-go/incident"], bytes.fromhex(made), ["X1"])
    return made


def under_embargo(stage, ids):
    """An incident that holds its case back, which was set by somebody else and may be lifted."""
    made = incident("incident-lift/incident", "suspected", stage, ids)
    actions_embargo.embargo(stage.authors["incident-lift/incident"], bytes.fromhex(made), review=stage.office.now.date() + timedelta(days=9),
                            reason="x")
    return made


MOVING, RESTING = {"at": "START", "legs": [LEG]}, {"rest_due": [LATER] * 4}
OVER = {"legs": [LEG | {"code": "passed", "ended": NOW}]}
FROM = {  # the state from which each step is made
    "prepare": ("approved", {"at": "START"}), "depart": ("ready", {"at": "START"}), "reach": ("moving", MOVING), "go_on": ("resting", RESTING),
    "replan": ("resting", RESTING), "resume": ("replanning", RESTING | {"case": "of-anew", "plan": "anew-before"}), "wait": ("ready", {"at": "START"}),
    "suspend": ("moving", MOVING), "free": ("suspended", OVER), "stop": ("ready", {"at": "START"}), "hand_over": ("resting", RESTING),
    "complete": ("handed over", OVER), "learn": ("complete", OVER), "split": ("resting", RESTING),
}
TWO = ("resume", "free", "split")  # one signs first, after confirming who they are
THINGS = {
    **{name: Thing("case", partial(of_road, name)) for name in ("of-road", "of-anew")},
    **{name: Thing("plan", partial(route, name, case)) for name, case in (
        ("route", "of-road"), ("new-route", "of-road"), ("anew-before", "of-anew"), ("anew", "of-anew"))},
    "journey": Thing("journey", partial(journey, "journey", "resting", **RESTING)),
    **{f"journey-step:{event}/journey": Thing("journey", partial(journey, f"journey-step:{event}/journey", status, **more))
       for event, (status, more) in FROM.items()},
    "journey-step:rejoin/journey": Thing("journey", divided),
    "journey-hold/journey": Thing("journey", partial(journey, "journey-hold/journey", "resting", rest_due=[BEFORE_] * 4)),
    "journey-open/decision": Thing("decision", partial(go, "journey-open/decision", "new-route")),
    "go-anew": Thing("decision", partial(go, "go-anew", "anew")),
    "incident": Thing("incident", partial(incident, "incident", "suspected")),
    "incident-let-go/incident": Thing("incident", frozen),
    "incident-lift/incident": Thing("incident", under_embargo),
    "incident-demand/incident": Thing("incident", partial(incident, "incident-demand/incident", "responding")),
}
PARTY = ("plan", "case")  # what the page of a journey needs beside it


def confirmed(who):
    """Whoever is on duty, and where nobody is: everybody, each of their own; each must have confirmed who they are."""
    return {401} if who.outside else {200} if who.stepped_up else {403}


TABLE = {
    "journeys": {"GET": anybody(200)},
    "journey": {"GET": holders("journey", 200, *PARTY)},
    "journey-heard": {"POST": writers("journey", 302)}, "journey-hold": {"POST": writers("journey", 302)},
    "journey-release": {"POST": writers("journey", 302, "plan")},
    "journey-step": {"GET": holders("journey", 200, *PARTY), "POST": writers("journey", 302, *PARTY)},
    **{f"journey-step:{event}": {"GET": holders("journey", 200, *PARTY), "POST": writers("journey", 403, *PARTY, stepped_up=302)}
       for event in TWO},
    "now": {"GET": anybody(200)}, "now-rows": {"GET": anybody(400)},  # it names no journey
    "board": {"GET": anybody(200)}, "stream-road": {"GET": anybody(200)},
    "attend": {"GET": confirmed},
    "incident-new": {"GET": holders("journey", 200, *PARTY), "POST": writers("journey", 302, *PARTY)},
    "incident": {"GET": holders("incident", 200)},
    "incident-line": {"POST": writers("incident", 302)}, "incident-freeze": {"POST": writers("incident", 302, only=CO)},
    "incident-let-go": {"POST": writers("incident", 302, only=CO)},
    **{name: {"POST": writers("incident", 302)} for name in ("incident-family", "incident-handed", "incident-purpose")},
    "incident-embargo": {"POST": writers("incident", 302)},
    "incident-lift": {"POST": writers("incident", 403, only=CO | {Role.RIGHTS_OFFICER}, stepped_up=302)},
    "incident-step": {"POST": writers("incident", 302, only=CO)},
    "incident-demand": {"GET": holders("incident", 200), "POST": writers("incident", 403, only=CO, stepped_up=302)},
    "journey-open": {"GET": holders("decision", 200), "POST": writers("decision", 302, only=CO)},
}
HEARD = {"no_word": "x", "condition": CONDITIONS[0][0], "present": "1", "welfare": "x"}
STEPS = {
    "prepare": {"well": "blue heron", "other": "grey goose"}, "depart": {"paid": "on", "rested": "on"}, "reach": HEARD | {"code": "passed"},
    "go_on": {"rested": "on"}, "replan": {"code": "turned_back"}, "suspend": {"code": "captured"}, "free": {"asked_again": "on"},
    "split": {f"part_{A}": "1", f"part_{B}": "2", f"alone_{A}": "on", f"alone_{B}": "on", "asked_again": "on"},
    "hand_over": {"proof": "voice", "proof_text": "x", "code": "passed"}, "complete": {"status_case": "x"},
}
SENT = {
    "journey-open": {"reason": "x"}, "journey-heard": {"word": "heron", "condition": "well", "present": "1"},
    "journey-release": {"leg": "L2", "to": "party", "channel": "call", "hours": "12"},
    **{f"journey-step:{event}": {"reason": "x"} | STEPS.get(event, {}) for event in (*FROM, "rejoin")},
    "incident-new": {"kind": "injury", "how_known": "x"},
    "incident-line": {"name": "codes", "done": "1"}, "incident-freeze": {"code": ["X1"]},
    "incident-let-go": {"code": ["X1"], "reason": "x"},
    "incident-handed": {"from_": "LA", "to": "CN", "how_known": "x"}, "incident-purpose": {"purposes": ["marriage"], "causes": "x"},
    "incident-family": lambda ids: {"who": "x", "teller": ids.person("cashier"), "says": "x", "when": "x"},
    "incident-step": {"event": "refute", "reason": "x"},
    "incident-embargo": {"review": "2026-03-20", "reason": "x"},
    "incident-lift": lambda ids: {"reason": "x", "out_of_danger": "on", "other": ids.person("guard")},
    "incident-demand": lambda ids: {"amount": "1000 USD", "words": "x", "note": "x", "second": ids.person("cashier"), "other": ids.person("guard")},
}
ENDS = ("incident-step", "incident-demand")  # a line that is due and not paid holds a party back

"""Doors of plans and decisions: coordinators; who is asked to sign second is given both for a fortnight."""

from functools import partial

from doors import Thing, has, holders, joined, page_of, roles, writers

from waystation.access import Role
from waystation.planning.decision import Bias, Chosen
from waystation_web.gateways.database import writing
from waystation_web.plans import actions_decide
from waystation_web.plans.words import BIASES
from waystation_web.records import actions as records

FACTS = {"choices": [], "first": "Wait.", "rests_on": {"n": None}, "ends": None, "p_safe": None, "steps": [], "terms": {"budget": "1 USD", "deadline": "x"}}
CO, SIGN = {Role.COORDINATOR}, {Role.COORDINATOR, Role.SECURITY_OFFICER}
BEFORE = {"n": 24, "newest_age_d": 2, "stale": False, "one_source": False, "pregnancy_weeks": None, "infants": 0, "oldest_y": 41,
          "winter_river": False, "losses_90_days": 0, "forbidden_leg": False, "last_loss": None}


def chief(stage, *names):
    """Who makes plans, and a colleague who signs second."""
    if "planner" not in stage.authors:
        stage.authors["planner"] = joined(stage, "planner", "coordinator")
    found = stage.authors["planner"]
    for name in names:
        stage.authors[name] = found
    if "second" not in stage.authors:
        stage.authors["second"] = joined(stage, "seconder", "coordinator")
    return found


def of_plan(stage, ids):
    """The case that plans are made for: whoever reads a journey, or lays a sheet into it, holds it too."""
    someone = chief(stage, "of-plan")
    with writing():
        return records.make(someone, "case", {"ref": "P1AN", "people": []}).key


def plan(name, stage, ids, *, case="", **more):
    from waystation_web.plans.sheets import packed

    someone = chief(stage, name)
    with writing():
        case = case or records.make(someone, "case", {"ref": "P1AN", "people": []}).key
        return records.make(someone, "plan", body_of(case, packed("<p>x</p>")) | more).key


def body_of(case, sheets):
    """What a plan of which nothing is known says."""
    return {"case": case, "case_ref": "P1AN", "question": "P1AN: 1", "headline": "We do not know.", "state": "UNKNOWN",
            "digest": "ab" * 16, "aloud": [], "before": BEFORE, "exposed": [], "exposed_beyond_limit": [], "fictional": True,
            "made_at": "2026-03-02T09:00:00+00:00", "facts": FACTS, "sheets": sheets, "first": "Wait."}


def decision(name, of, stage, ids):
    """A no that one has signed."""
    typed = actions_decide.Typed(Chosen.NO, "x", "y", dict.fromkeys(Bias, False), look_again=stage.office.now.date())
    someone = chief(stage, name)
    return actions_decide.ask(someone, bytes.fromhex(ids[of]), typed, second=stage.authors["second"].id).hex()


def answered(question):
    """The planner's child answers at once: what it computes is tested elsewhere, and takes seconds."""
    if "taught" in question:
        yield {"taught": [{"leg": row["leg"], "ended": None, "stands": False, "before": None, "now": None, "moved": 0, "by_one": False}
                          for row in question["taught"]["legs"]]}
        return
    if "change" in question:
        from doors_what_if import COMPARED

        yield {"answer": COMPARED | {"size": 1, "fictional": True}}
        return
    facts = {"title": "x", "answer": "x", "state": "UNKNOWN", "first": "Wait.", "party": {"size": 1}, "made": {"inputs_digest": "ab" * 16}}
    yield {"answer": {"facts": facts, "sheets": "<p>x</p>", "fictional": True, "aloud": [], "before": BEFORE, "exposed": [],
                      "exposed_beyond_limit": [], "places": [], "lines": [], "waits": {}}}


THINGS = {
    "of-plan": Thing("case", of_plan),
    "plan": Thing("plan", lambda stage, ids: plan("plan", stage, ids, case=ids["of-plan"])),
    "decision": Thing("decision", partial(decision, "decision", "plan")),
    "plan-wanted/plan": Thing("plan", lambda stage, ids: plan("plan-wanted/plan", stage, ids, case=ids["of-plan"], facts=FACTS | {
        "worth": [{"area": "A", "kind": "lets_us_speak", "changes_decision": None, "shrinks_sd": None, "sentence": "x"}]})),
    "plan-decide/plan": Thing("plan", partial(plan, "plan-decide/plan")),
    "declined": Thing("plan", partial(plan, "declined")),
    "decision-decline/decision": Thing("decision", partial(decision, "decision-decline/decision", "declined")),
}
ASKED = lambda who: {401} if who.outside else {  # noqa: E731 (two plans: who holds none has none to lay beside each other)
    200 if has(who, "plan") else 400}
PLANNED = lambda who: {401} if who.outside else (  # noqa: E731 (who holds no book finds no place in the form)
    {404} if not has(who, "case") else {200} if who.role in CO else {400})
TABLE = {
    "plan-compare": {"GET": roles(set(Role), 200), "POST": ASKED},
    "plan-show": page_of("plan"), "plan-map": {"POST": holders("plan", 200)},
    "plan-wanted": {"POST": writers("plan", 302, "case")},
    "plan-decide": {"GET": holders("plan", 200), "POST": writers("plan", 403, stepped_up=302, only=SIGN)},
    "plan-sheet": {"GET": holders("plan", 200), "POST": writers("plan", 302, "case")},
    "decision": page_of("decision"), "decision-sign": {"POST": writers("decision", 403, stepped_up=302)},
    "decision-decline": {"POST": writers("decision", 302)}, "decision-dissent": {"POST": writers("decision", 302)},
    "case-plans": {"GET": holders("case", 200), "POST": PLANNED},
}
SENT = {
    "plan-compare": lambda ids: {"plans": [ids["plan"], ids["declined"]]}, "plan-sheet": {"sure": "on"}, "plan-wanted": {"report": "1"},
    "plan-decide": lambda ids: {"chosen": "no", "reasons": "x", "change_of_mind": "y", "look_again": "2026-03-09",
                                "second": ids.person("seconder")} | {f"bias_{name}": "no" for name, _ in BIASES},
    "decision-dissent": {"text": "x"}, "decision-decline": {"text": "x"},
    "case-plans": {"start": "START", "depart_from": "2030-02-12", "deadline": "2030-03-12", "money": "3000 USD", "part": "0"},
}
ASKS = ("plan-compare", "plan-map")
ON = {"plan-sheet": "of-plan", "plan-wanted": "of-plan"}
ENDS = ("decision-sign",)

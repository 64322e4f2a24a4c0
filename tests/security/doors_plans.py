"""Doors of plans and decisions: coordinators; who is asked to sign second is given both for a fortnight."""

from doors import Thing, acts, holders, joined, page_of

from waystation.planning.decision import Bias, Chosen
from waystation_web.gateways.database import writing
from waystation_web.plans import actions_decide
from waystation_web.records import actions as records

BEFORE = {"n": 24, "newest_age_d": 2, "stale": False, "one_source": False, "pregnancy_weeks": None, "infants": 0, "oldest_y": 41,
          "winter_river": False, "losses_90_days": 0, "forbidden_leg": False, "last_loss": None}


def plan(stage):
    from waystation_web.plans.sheets import packed

    chief = stage.authors.get("plan") or joined(stage, "planner", "coordinator")
    stage.authors["plan"] = stage.authors["decision"] = chief
    with writing():
        case = records.make(chief, "case", {"ref": "P1AN", "people": []})
        body = {"case": case.key, "case_ref": "P1AN", "question": "P1AN: 1", "headline": "We do not know.", "state": "UNKNOWN",
                "digest": "ab" * 16, "aloud": [], "before": BEFORE, "exposed": [], "exposed_beyond_limit": [], "fictional": True,
                "made_at": "2026-03-02T09:00:00+00:00", "facts": {}, "sheets": packed("<p>x</p>"), "first": "Wait."}
        return records.make(chief, "plan", body).key


def decision(stage, ids):
    typed = actions_decide.Typed(Chosen.NO, "x", "y", dict.fromkeys(Bias, False), look_again=stage.office.now.date())
    other = stage.authors.get("second") or joined(stage, "seconder", "coordinator")
    stage.authors["second"] = other
    from waystation_web.records import actions as kept

    with writing():
        kept.admit(stage.authors["plan"], ["plan", "case"], other.id, reason="joined")
    return actions_decide.ask(stage.authors["plan"], bytes.fromhex(ids["plan"]), typed, second=other.id).hex()


THINGS = {"plan": Thing("plan", plan), "decision": Thing("decision", decision, of="plan")}
TABLE = {
    "plan-compare": {"GET": lambda who: {401} if who.outside else {200}, "POST": lambda who: {401} if who.outside else {400}},
    "plan-show": page_of("plan"), "plan-map": {"POST": holders("plan", 200)},
    "plan-decide": {"GET": holders("plan", 200), "POST": acts("plan")},
    "plan-sheet": {"GET": holders("plan", 200), "POST": acts("plan")},
    "decision": page_of("decision"), "decision-sign": {"POST": acts("decision")}, "decision-decline": {"POST": acts("decision")},
    "decision-dissent": {"POST": acts("decision")},
    "case-plans": {"GET": holders("case", 200), "POST": acts("case")},
}
ENDS = ("decision-sign", "decision-decline")
SENT = {"decision-dissent": {"text": "x"}, "decision-decline": {"text": "x"}}

"""Doors of what-ifs: those of plans. Whoever holds plans reads them; who holds the case and the route book asks."""

from doors import Thing, holders, page_of
from doors_plans import PLANNED, chief

from waystation_web.gateways.database import writing
from waystation_web.records import actions as records

SIDE = {"mean": 80.0, "low": 70.0, "high": 90.0}
ROW = {"before": SIDE, "after": SIDE, "difference": {"mean": 0.4, "low": -3.0, "high": 3.0}, "better": 0.6}
COMPARED = {
    "facts": {"title": "x", "known": "THIN", "reasons": [], "before": [], "after": [], "draws": 9, "seed": 7, "money": "1 USD",
              "rows": [ROW | {"measure": name} for name in ("arrive", "lost", "days", "spent")]},
    "verdict": "not_told", "more_in": 60, "goals": [], "goals_after": ["START"],
}


def what_if(stage, ids):
    someone = chief(stage, "what-if/plan")
    with writing():
        return records.make(someone, "plan", {
            "case": ids["of-plan"], "case_ref": "P1AN", "made_at": "2026-03-02T09:00:00+00:00", "people": [], "question": "P1AN: 1",
            "state": "THIN", "digest": "ab" * 16, "fictional": True, "expert": False, "limit": None,
            "what_if": COMPARED | {"change": {"waystation_change": 1, "title": "x", "apply": [{"place": "START", "open": True}]}}}).key


THINGS = {"what-if/plan": Thing("plan", what_if)}
TABLE = {
    "case-what-if": {"GET": holders("case", 200), "POST": PLANNED},
    "what-if": page_of("plan"),
}
SENT = {"case-what-if": {"start": "START", "depart_from": "2030-02-12", "deadline": "2030-03-12", "money": "3000 USD", "part": "0",
                         "title": "x", "apply_1_place": "START", "apply_1_open": "open"}}

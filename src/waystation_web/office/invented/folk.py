"""People of the invented cases: ages, what they can do, who they are to each other. Names are made up in Korean."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from waystation import worlds

# Made up: a family name that is not frequent, a word as a given name. Nobody is meant.
NAMES = ("류새벽", "옥가람", "방노을", "태보라", "현두루", "석미리내", "추하람", "마나루", "기아라", "옥다온", "방슬아",
         "류한별", "태가온", "현여울", "석다솜", "추마루")
BIRTHS = ("1946-01-01", "1985-01-01", "1988-01-01", "2016-01-01", "2020-01-01")
LETTERS = "ABCDE"


def people(number: int, told: Mapping[str, Any], today: date) -> list[dict[str, Any]]:
    """The people of a case: the old one first, then adults, then children; what nobody asked is not there."""
    size, children, old = told["head_count"], told["children"], told["over_60"]
    listed = []
    for k in range(size):
        child = k >= size - children
        years = 4 + (number + 5 * k) % 12 if child else 63 + number % 14 if k < old else 21 + (number * 3 + 7 * k) % 33
        one: dict[str, Any] = {"id": f"{number:016x}{k:016x}", "code": LETTERS[k], "birth": str(today.year - years),
                               "sex": "120"[(number + k) % 3], "needs": list(told["needs"][:1]) if k == 0 else []}
        if number % 2:  # somebody asked
            one["fitness"] = {"exertion": 1 + (number + k) % 4, "walk_km_day": 4 + (number + k) % 9, "swim": k % 2 == 1,
                              "cold": not child}
        if k == 0 and told["pregnant_weeks"]:
            one |= {"sex": "2", "pregnant_weeks": told["pregnant_weeks"], "pregnant_on": today.isoformat()}
        listed.append(one | ({"adult": False} if child else {}))
    return listed


def ties(listed: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The grown-up before the children is their parent, as one of them said."""
    young = [one for one in listed if one.get("adult") is False]
    grown = [one for one in listed if one.get("adult") is not False]
    return [{"id": f"{k:016x}", "from": grown[-1]["id"], "to": one["id"], "type": "parent", "certainty": "one_side"}
            for k, one in enumerate(young)] if grown else []


def households(number: int, listed: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One household, where there is more than one person; whether it may be split was asked in every second case."""
    if len(listed) < 2:
        return []
    return [{"id": f"{number:016x}{15:016x}", "name": "Household (invented)", "members": [one["id"] for one in listed],
             "stay_together": "must" if number % 2 else "", "kin": True}]


def family() -> dict[str, Any]:
    """The family of the long way: five people who make exactly the party of the invented world."""
    can = json.loads(worlds.party("long-way", "family"))["party"]
    able = {"exertion": can["exertion_max"], "walk_km_day": can["walk_km_day"], "swim": can["swim"],
            "cold": can["cold"], "slower_percent": round(can["pace"] * 100)}
    listed = [{"id": f"{k:032x}", "code": LETTERS[k], "birth": birth, "sex": "21221"[k], "fitness": able}
              for k, birth in enumerate(BIRTHS)]
    first = [("0", "2", "parent"), ("1", "2", "spouse"), ("1", "3", "parent"), ("1", "4", "parent")]
    return {
        "alias": "The long way (invented)", "wish": "To go together. If the grandmother cannot go on, nobody does.",
        "people": listed, "request_status": "accepted", "status": "planning",
        "relations": [{"id": f"{k:016x}", "from": f"{int(one):032x}", "to": f"{int(other):032x}", "type": type_,
                       "certainty": "stated"} for k, (one, other, type_) in enumerate(first)],
        "households": [{"id": "f" * 32, "name": "The long way (invented)", "members": [one["id"] for one in listed],
                        "stay_together": "must", "kin": True, "head": f"{1:032x}"}],
        "interpreter": {"code": "Thrush", "language": "kor", "is_broker_of_case": False},
        "request": {"danger_now": "days", "head_count": 5, "children": 2, "over_60": 1, "country": "KP",
                    "situation": ["in_dprk"], "goal": "reunification", "goal_country": "KR", "needs": ["ER-FR"],
                    "channel": "relative_call", "requester_kind": "formerly_helped",
                    "story": "A daughter abroad asks for five people. (Invented.)"},
    }


def party(number: int, alias: str, adults: int) -> dict[str, Any]:
    """One or two grown-ups who can walk far: a case whose people are known well enough for a plan."""
    able = {"exertion": 4, "walk_km_day": 24, "swim": True, "cold": True, "slower_percent": 100}
    listed = [{"id": f"{number:016x}{k:016x}", "code": LETTERS[k], "birth": f"{1990 + k}-01-01",
               "sex": "21"[k], "fitness": able} for k in range(adults)]
    return {
        "alias": alias, "wish": "To arrive where nobody sends them back.", "people": listed,
        "request_status": "accepted", "status": "planning",
        "relations": [] if adults < 2 else [{"id": f"{number:016x}", "from": listed[0]["id"], "to": listed[1]["id"],
                                             "type": "spouse", "certainty": "stated"}],
        "households": households(number, listed),
        "interpreter": {"code": "Thrush", "language": "kor", "is_broker_of_case": False},
        "request": {"danger_now": "days", "head_count": adults, "country": "KP", "situation": ["in_dprk"],
                    "goal": "resettlement", "goal_country": "KR", "needs": [], "channel": "relative_call",
                    "requester_kind": "relative_abroad", "story": "Asked for by a relative abroad. (Invented.)"},
    }

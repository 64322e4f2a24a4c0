"""What a plan says, in the reader's language: its answer in a sentence, its steps as a table.

Only what the planner has let out is said, by its own print rule; nothing is worked out here. In English the answer is
the planner's own sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext

from waystation.report.phrases import WIDE
from waystation.units import Money, of_100
from waystation_web.network.words import VALUES


@dataclass(frozen=True, slots=True)
class Line:
    """One step of the plan; its `number` begins with its branch. `lost` is of 100; empty where nobody may say."""

    number: str
    branch: str
    when: str = field(repr=False)     # of a branch: what must be so; in English, as the planner says it
    place: str = field(repr=False)
    to: str = field(repr=False)
    leg: str = field(repr=False)
    does: str
    first: date | None
    last: date | None
    money: str
    lost: str
    known: int | None                 # helpers, houses and parties that one capture here gives away
    most: int | None                  # by the worst history
    over: bool


def headline(body: Mapping[str, Any]) -> str:
    """The answer of a plan in one or two sentences. Raises `KeyError`, `TypeError` for a payload that is none."""
    told = str(body["headline"])
    facts = body.get("facts") or {}
    if (get_language() or "en").startswith("en") or "p_safe" not in facts:
        return told
    safe, state = facts["p_safe"], str(body["state"])
    if state == "UNKNOWN" or (state == "PRIOR_ONLY" and not safe):
        return gettext("We do not know.") if state == "UNKNOWN" else gettext(
            "We do not know. Expert judgement, no record of our own.")
    numbers = {name: of_100(safe[name]) for name in ("mean", "low", "high") if safe.get(name) is not None}
    if state == "PRIOR_ONLY":
        return gettext("We do not know. Expert judgement, no record of our own: of 100 parties like this, between "
                       "%(low)d and %(high)d arrive.") % numbers
    if "mean" not in numbers or safe["high"] - safe["low"] > WIDE:
        arrive = gettext("Of 100 parties like this, between %(low)d and %(high)d arrive.") % numbers
    else:
        arrive = gettext("Of 100 parties like this, about %(mean)d arrive (between %(low)d and %(high)d).") % numbers
    return f"{arrive} {_known_from(facts['rests_on'])}".strip()


def _known_from(rests: Mapping[str, Any]) -> str:
    if rests["n"] is None:
        return ""
    if rests["newest_age_d"] is None:
        return gettext("Known from %(n)d similar legs.") % {"n": rests["n"]}
    return gettext("Known from %(n)d similar legs, the newest %(days)d days old.") % {
        "n": rests["n"], "days": rests["newest_age_d"]}


def lines(body: Mapping[str, Any]) -> tuple[Line, ...]:
    """The steps of a plan and of its branches. Raises `KeyError`, `TypeError`, `ValueError`."""
    facts = body["facts"]
    exposed = {(row["branch"], row["number"]): row for row in body.get("exposed", ())}
    rows = [("", "", step) for step in facts.get("steps", ())]
    rows += [(one["letter"], one["when"], step) for one in facts.get("contingencies", ()) for step in one["steps"]]
    found, count = [], dict[str, int]()
    for branch, when, step in rows:
        number = count[branch] = count.get(branch, 0) + 1
        found.append(_line(branch, number, when if number == 1 else "", step, exposed.get((branch, number), {})))
    return tuple(found)


def first_step(body: Mapping[str, Any]) -> str:
    """What the plan says to do first, and where; in the planner's words where no step says it. Raises as `lines`.

    It is the choice, not the first line of the steps: those are what happens to most parties.
    """
    facts = body["facts"]
    chosen = next((one for one in facts["choices"] if one["chosen"]), None)
    for line in lines(body) if chosen else ():
        if line.leg == chosen["leg"] and line.place == facts["terms"]["start"]:
            return f"{line.place} → {line.to} · {line.does}" if line.leg else f"{line.place} · {line.does}"
    return str(facts["first"])


def _line(branch: str, number: int, when: str, step: Mapping[str, Any], known: Mapping[str, Any]) -> Line:
    return Line(
        f"{branch}{number}", branch, when, str(step["place"]), str(step["to"]), str(step["leg"]), _does(step),
        _day(step["earliest"]), _day(step["latest"]), in_thousands(step["cost"]), _lost(step["loss"]),
        known.get("count"), known.get("most", known.get("count")), known.get("over") is True)


def _does(step: Mapping[str, Any]) -> str:
    if step["action"] == "wait":
        return gettext("wait here")
    if step["action"] == "stop":
        return gettext("stop here and ask the desk")
    return str(VALUES.get(str(step["mode"]), step["mode"]))


def in_thousands(amount: object) -> str:
    """A sum with its thousands apart, as the planner's own pages write it; empty for none."""
    said = str(amount or "")
    try:
        return str(Money.parse(said)) if said else ""
    except ValueError:
        return said


def _lost(chance: float | None) -> str:
    """A chance as whole parties of 100, never none unless it is exactly that."""
    if chance is None:
        return ""
    if 0 < chance < 0.005:
        return gettext("fewer than 1")
    return str(of_100(chance))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

"""Screenings as a case keeps them: which are offered, what lies in the case, what is sealed apart, what follows.

In the case: to whom, which, whether they said no, whether an act, a means and a purpose were told, who holds what,
whether a plan to keep safe was made. The words themselves lie in the sealed record of their household.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from waystation.casework import screening as rules

from . import values
from .case import Case
from .folk import Someone

SCREENS = ("trafficking", "violence", "suicide", "power")
HELD = tuple(rules.HELD)
SAID = ("act", "means", "purpose", "found", "at_hand", "plan", "present")


def offered(typed: Mapping[str, Any], someone: Someone, day: date) -> dict[str, Any]:
    """The line of the case about a screening, from everything that was typed."""
    what, refused = str(typed["what"]), typed["refused"] == "yes"
    line: dict[str, Any] = {"person": someone.id, "what": what, "refused": "yes" if refused else "no"}
    if what == "trafficking" and not refused:
        line["told"] = rules.trafficking(typed.get("act") or (), typed.get("means") or (), typed.get("purpose") or (),
                                         child=someone.child_on(day)).value
    if what == "power":
        line["holders"] = {name: typed[name] for name in HELD if typed.get(name)}
    if what in rules.PLAN:
        line["planned"] = bool(typed.get("plan"))
    return line


def follows(line: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """What comes next, as pairs of what it is about (or empty) and a sentence."""
    what, refused = values.text(line, "what"), values.text(line, "refused") == "yes"
    if refused:
        return (("", rules.REFUSED),)
    if what == "trafficking":
        told = rules.TRAFFICKING.get(values.text(line, "told"), "")
        return (("", told),) if told else ()
    if what == "power":
        return rules.power({name: str(who) for name, who in values.part(line, "holders").items()})
    sentence = rules.next_of(what, refused=False, planned=line.get("planned") is True)
    return (("", sentence),) if sentence else ()


def not_offered(case: Case, day: date) -> list[tuple[str, str]]:
    """Which screenings nobody has offered yet, to whom: pairs of a person's code and a screening, for every adult."""
    said = {(values.text(one, "person"), values.text(one, "what")) for one in values.items(case.record.body, "screens")}
    return [(one.code, what) for one in case.people if one.child_on(day) is not True
            for what in SCREENS if (one.id, what) not in said]

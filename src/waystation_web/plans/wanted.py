"""What is most worth finding out, as a plan says it: what each would change, and whether it is a task already.

At most three reports on areas and three legs of which somebody may know more, in one order.

They were worked out with the plan and lie in it; nothing is computed here. A plan that does not know enough to speak
names first what would let it speak. No number stands where the planner withheld it: the order then says which first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from waystation.planning.results import CHANGES_FIRST, CHANGES_LATER, CHANGES_NOTHING
from waystation.units import of_100
from waystation_web.cases.case import Case
from waystation_web.cases.work import Task

MOST = 6
LETS_SPEAK, DECISION, OF_LEG = "lets_us_speak", "changes_decision", "leg_changes_decision"
LEAST = 0.05    # arrivals of 100: less is none, as the planner rounds


@dataclass(frozen=True, slots=True)
class Wanted:
    """One of them. `more` is how many more of 100 arrive with it: None where that is withheld or means nothing."""

    number: int
    about: str = field(repr=False)
    sentence: str = field(repr=False)      # in English, as the planner says it
    changes: str                           # the same in the reader's language; empty where only the sentence says it
    more: int | None
    fewer_than_one: bool
    offered: bool
    of_leg: bool                           # what somebody says who knows the leg; else a report from an area
    task: Task | None = field(default=None, repr=False)


def wanted(body: Mapping[str, Any], plan: bytes, case: Case | None) -> tuple[Wanted, ...]:
    """Those of a plan, best first. Raises `KeyError`, `TypeError` for a payload that is none."""
    rows = [row for row in body.get("facts", {}).get("worth", ()) if row["kind"] in {LETS_SPEAK, DECISION, OF_LEG}]
    return tuple(_wanted(number, row, _task(case, plan, number)) for number, row in enumerate(rows[:MOST], 1))


def _wanted(number: int, row: Mapping[str, Any], task: Task | None) -> Wanted:
    sentence, worth = str(row["sentence"]), row["changes_decision"]
    changes = next((words for end, words in _changes().items() if sentence.endswith(end)), "")
    tiny = worth is not None and LEAST <= worth < 0.5
    more = None if worth is None or tiny or worth < LEAST else of_100(worth / 100)
    return Wanted(number, str(row["area"]), sentence, changes, more, tiny,
                  row["kind"] == LETS_SPEAK or not sentence.endswith(CHANGES_NOTHING), row["kind"] == OF_LEG, task)


def _changes() -> dict[str, str]:
    return {CHANGES_FIRST: gettext("could change what is done first"),
            CHANGES_LATER: gettext("changes nothing today, but what is done later"),
            CHANGES_NOTHING: gettext("would not change what we do")}


def _task(case: Case | None, plan: bytes, number: int) -> Task | None:
    """The newest task that asks for it."""
    given = [one for one in case.tasks if one.plan == plan and one.report == number] if case else []
    return given[-1] if given else None

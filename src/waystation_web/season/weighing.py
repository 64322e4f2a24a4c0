"""What a set of missions means, by the plain sums that judge the solver too: never by the solver's word.

People reached, need and safety stay apart; nothing here adds them up.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from waystation.portfolio.limits import Out, why_out
from waystation.portfolio.missions import GREAT_NEED, Caps, Mission, Month, Variant
from waystation.portfolio.missions_file import read_missions
from waystation.portfolio.proposal import Broken, Choice
from waystation.portfolio.question import Question, question
from waystation.portfolio.solver import How

UNKNOWN, BELOW, LEFT = Out.UNKNOWN, Out.BELOW_FLOOR, Out.LEFT


@dataclass(frozen=True, slots=True)
class Undone:
    """What a set leaves undone: people who wait, how many of them in great need, and people short of each floor."""

    people: int
    great_need: int
    short: tuple[tuple[str, int, int], ...]

    def as_body(self) -> dict[str, Any]:
        """For the record."""
        return {"people": self.people, "great_need": self.great_need, "short": [list(one) for one in self.short]}


class Weighing:
    """One question, ready to weigh any set of its missions."""

    def __init__(self, month: Mapping[str, Any], caps: Mapping[str, Any], answer: Mapping[str, Any]) -> None:
        self.month: Month
        self.caps: Caps
        self.month, self.caps = read_missions(json.dumps(month).encode(), json.dumps(caps).encode())
        self.scenarios, self.seed = int(answer["scenarios"]), int(answer["seed"])

    @cached_property
    def asked(self) -> Question:
        """The question counted out; the solver is not asked."""
        return question(self.month, self.caps, scenarios=self.scenarios, how=How(seed=self.seed))

    def out(self, mission: Mission, variant: Variant) -> Out | None:
        """Why a way may not be chosen; None where it may."""
        return why_out(mission, variant, self.caps)

    def barred(self, codes: Iterable[tuple[str, str]]) -> tuple[tuple[str, str, Out], ...]:
        """Those of a set that may not be chosen, whoever chooses."""
        chosen = set(codes)
        return tuple((mission.code, one.code, why) for mission in self.month.missions for one in mission.variants
                     if (mission.code, one.code) in chosen and (why := self.out(mission, one)) is not None)

    def broken(self, codes: Iterable[tuple[str, str]]) -> tuple[Broken, ...]:
        """Every limit that a set passes."""
        return self.asked.broken(frozenset(codes))

    def choice(self, codes: Iterable[tuple[str, str]]) -> Choice:
        """What a set means."""
        return self.asked.choice(codes)

    def undone(self, codes: Iterable[tuple[str, str]]) -> Undone:
        """What a set leaves undone."""
        moved = {mission for mission, _ in codes}
        waits = [one for one in self.month.missions if one.code not in moved]
        return Undone(sum(one.size for one in waits), sum(one.size for one in waits if one.need >= GREAT_NEED),
                      self.choice(codes).unmet)

    def said(self, codes: Iterable[tuple[str, str]]) -> dict[str, Any]:
        """What a set means and leaves undone, for the record."""
        those = frozenset(codes)
        told: dict[str, Any] = json.loads(json.dumps(asdict(self.choice(those))))
        return told | {"undone": self.undone(those).as_body()}

"""Exposure before departure: if they are taken here, which helpers, houses and parties would be known?

People who are taken are made to tell what they know. What a party knows grows with every step: whoever drove them,
whose roof they slept under, whom they saw there. What lies ahead they do not know, if nobody told them. Helpers who are
taken with them know more: those to whom they hand over. Both are shown, apart.

    known(step) = helpers and houses met up to this step, parties met there     beyond = whom those helpers know

An organisation may set a limit on what one capture may give away. A plan with a step beyond it is vetoed; nothing is
taken out of the planning for it, because where the danger of being taken is greatest is what the plan weighs.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from waystation.planning.results import Answer, Step

Codes = frozenset[str]


@dataclass(frozen=True, slots=True)
class Served:
    """Who serves what, by code: helpers of legs and of places, parties on them now, and whom each helper knows."""

    helpers: Mapping[str, Codes] = field(default_factory=dict)  # leg or place -> helpers
    parties: Mapping[str, Codes] = field(default_factory=dict)  # leg or place -> other parties that use it now
    knows: Mapping[str, Codes] = field(default_factory=dict)  # helper -> helpers


@dataclass(frozen=True, slots=True)
class Exposed:
    """What would be known if the party were taken at one step. `branch` is a letter, or empty for the main way."""

    branch: str
    number: int  # from 1, along the way
    place: str  # where the step begins
    to: str
    leg: str
    helpers: Codes
    houses: Codes
    parties: Codes
    beyond: Codes  # helpers whom those helpers know
    over: bool

    @property
    def count(self) -> int:
        """Helpers, houses and parties that the party itself could name."""
        return len(self.helpers) + len(self.houses) + len(self.parties)


def exposure(answer: Answer, served: Served, *, limit: int | None = None) -> tuple[Exposed, ...]:
    """Every step of the plan and of its branches, with what would be known there. `limit` is the organisation's.

    A branch knows what the main way knew at its fork.
    """
    houses = {place.code for place in answer.places if place.kind == "safe_house"}
    rows = list(_along("", answer.tree.main, served, houses, limit, frozenset()))
    for branch in answer.tree.contingencies:
        met = _met_before(answer.tree.main, branch.place)
        rows += _along(branch.letter, branch.steps, served, houses, limit, met)
    return tuple(rows)


def beyond_limit(rows: Iterable[Exposed]) -> tuple[str, ...]:
    """Places at which more would be known than the organisation allows, in the order of the way."""
    return tuple(dict.fromkeys(row.place for row in rows if row.over))


def _along(branch: str, steps: Iterable[Step], served: Served, houses: set[str], limit: int | None,
           met: Codes) -> Iterator[Exposed]:
    guides: Codes = frozenset()
    for number, step in enumerate(steps, 1):
        met |= _touched(step)
        guides |= {step.guide} - {""}
        helpers = _gathered(served.helpers, met) | guides
        parties = _gathered(served.parties, met)
        slept = frozenset(met & houses)
        beyond = _gathered(served.knows, helpers) - helpers
        total = len(helpers) + len(slept) + len(parties)
        yield Exposed(branch, number, step.place, step.to, step.leg, helpers, slept, parties, beyond,
                      limit is not None and total > limit)


def _met_before(main: Iterable[Step], fork: str) -> Codes:
    met: Codes = frozenset()
    for step in main:
        if step.place == fork:
            break
        met |= _touched(step)
    return met


def _touched(step: Step) -> Codes:
    """A capture on a leg gives away where it began; its end is known only to whoever arrived."""
    return frozenset({step.place, step.leg} - {""})


def _gathered(of: Mapping[str, Codes], keys: Iterable[str]) -> Codes:
    return frozenset().union(*(of.get(key, frozenset()) for key in keys))

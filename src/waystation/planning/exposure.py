"""Exposure before departure: if they are taken here, which helpers, houses and parties would be known?

People who are taken are made to tell what they know. What a party knows grows with every step: whoever drove them,
whose roof they slept under, whom they saw there. What lies ahead they do not know, if nobody told them. Helpers who are
taken too know more: those to whom they hand over, and the houses they serve. Both are shown, apart.

    known(step) = helpers and houses met up to this step, parties met there     beyond = what those helpers know besides

A step is told by the way that the page draws. `most` counts the worst history that the plan allows: other branches
before it, and legs on which the party was turned back. An organisation may set a limit on what one capture may give
away, and it is held against the worst. A leg that passes it by itself is taken out before anything is planned
(`without_exposed`), so that a way around it is looked for; what only a whole way adds up to is seen when there is one,
and a plan with such a step is vetoed as it stands. It is never a price: no chance of arriving buys it back.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from waystation.network.rows import RouteBook
from waystation.planning.histories import Way, histories
from waystation.planning.results import Answer, Step

Codes = frozenset[str]
HOUSE = "safe_house"
TOO_MUCH_KNOWN = "whoever is taken here gives away more than the organisation allows"


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
    beyond: Codes  # helpers whom those helpers know, and houses that they serve
    most: int  # helpers, houses and parties by the worst history of this step
    over: bool  # beyond the organisation's limit, by that history

    @property
    def count(self) -> int:
        """Helpers, houses and parties that the party itself could name."""
        return len(self.helpers) + len(self.houses) + len(self.parties)


def exposure(answer: Answer, served: Served, *, limit: int | None = None) -> tuple[Exposed, ...]:
    """Every step of the plan and of its branches, with what would be known there. `limit` is the organisation's.

    A branch knows what the main way knew at its fork.
    """
    told = _Telling(answer, served, limit)
    rows = list(told.along("", answer.tree.main, frozenset()))
    for branch in answer.tree.contingencies:
        rows += told.along(branch.letter, branch.steps, _met_before(answer.tree.main, branch.place))
    return tuple(rows)


def beyond_limit(rows: Iterable[Exposed]) -> tuple[str, ...]:
    """Places at which more would be known than the organisation allows, in the order of the way."""
    return tuple(dict.fromkeys(row.place for row in rows if row.over))


def without_exposed(book: RouteBook, served: Served, limit: int | None, *, goals: Iterable[str] = ()) -> RouteBook:
    """The book with those legs closed that by themselves give away more than the limit, whatever came before.

    On the leg they know where it began and who leads it; arrived, also who is there, unless it is a goal (`goals`, or
    those of the book). Never a leg that a plan could take within the limit: of several guides none is counted.

    >>> from waystation.network.example import example_book
    >>> served = Served({"L2": frozenset({"Wren"})})  # L2 is led by the guide G1 besides
    >>> [[leg.code for leg in without_exposed(example_book(), served, limit).legs if leg.status == "closed"]
    ...  for limit in (None, 2, 1)]
    [[], [], ['L2']]
    """
    if limit is None:
        return book
    led: dict[str, Codes] = {}
    for guide in book.guides:
        for code in guide.legs:
            led[code] = led.get(code, frozenset()) | {guide.code}
    helpers = dict(served.helpers)
    for code, guides in led.items():
        helpers[code] = helpers.get(code, frozenset()) | (guides if len(guides) == 1 else frozenset())
    houses = frozenset(place.code for place in book.places if place.kind == HOUSE)
    counting = _Counting(replace(served, helpers=helpers), houses)
    ends = frozenset(goals) or frozenset(place.code for place in book.places if place.goal)
    legs = []
    for leg in book.legs:
        known = counting.of(frozenset({leg.start, leg.code} | ({leg.end} - ends)))
        shut = known > limit and leg.status not in {"closed", "forbidden"}
        legs.append(replace(leg, status="closed", reason=TOO_MUCH_KNOWN) if shut else leg)
    return replace(book, legs=tuple(legs))


@dataclass(frozen=True, slots=True)
class _Counting:
    """Who would be known to whoever met some legs and places."""

    served: Served
    houses: Codes

    def named(self, met: Codes) -> tuple[Codes, Codes, Codes]:
        """Helpers, houses, parties."""
        return _gathered(self.served.helpers, met), met & self.houses, _gathered(self.served.parties, met)

    def of(self, met: Codes) -> int:
        """All of them together."""
        return sum(len(codes) for codes in self.named(met))

    def beyond(self, helpers: Codes, houses: Codes) -> Codes:
        """What these helpers know besides: helpers, and the houses that they serve."""
        serve = {house for house in self.houses if self.served.helpers.get(house, frozenset()) & helpers}
        return (_gathered(self.served.knows, helpers) - helpers) | (serve - houses)

    @property
    def carriers(self) -> Codes:
        """Legs and places by which anybody is given away."""
        both = (*self.served.helpers.items(), *self.served.parties.items())
        return self.houses | {code for code, who in both if who}


class _Telling:
    """One plan; holds what every row needs."""

    def __init__(self, answer: Answer, served: Served, limit: int | None) -> None:
        steps = [*answer.tree.main, *(step for branch in answer.tree.contingencies for step in branch.steps)]
        houses = frozenset(place.code for place in answer.places if place.kind == HOUSE)
        self.counting = _Counting(_with_guides(served, steps), houses)
        ways = [Way(step.place, step.leg, step.to) for step in steps if step.leg]
        start = answer.tree.main[0].place if answer.tree.main else answer.terms.start
        self.histories = histories(start, ways, carries=self.counting.carriers)
        self.limit = limit

    def along(self, branch: str, steps: Iterable[Step], met: Codes) -> Iterator[Exposed]:
        """The rows of one branch, which begins having met `met`."""
        for number, step in enumerate(steps, 1):
            met |= _touched(step)
            helpers, houses, parties = self.counting.named(met)
            worst = (self.counting.of(history | _touched(step)) for history in self.histories.get(step.place, ()))
            most = max(self.counting.of(met), *worst, 0)
            yield Exposed(branch, number, step.place, step.to, step.leg, helpers, houses, parties,
                          self.counting.beyond(helpers, houses), most, self.limit is not None and most > self.limit)


def _with_guides(served: Served, steps: Iterable[Step]) -> Served:
    """The guide whom a step names serves its leg, whether or not a contact says so."""
    helpers = dict(served.helpers)
    for step in steps:
        helpers[step.leg] = helpers.get(step.leg, frozenset()) | ({step.guide} - {""})
    return replace(served, helpers=helpers)


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

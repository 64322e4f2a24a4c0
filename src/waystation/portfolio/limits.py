"""Every limit as a plain sum over what is chosen: the solver is given these, and its answer is judged by them.

A house is counted in beds for the whole week: two parties who share a bed on different nights cannot be promised one.
An area is counted in people over any two weeks that follow each other, once each.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from waystation.portfolio.missions import GREAT_NEED, Caps, Mission, Month, Variant


class Kind(StrEnum):
    """What a limit is of."""

    BUDGET = "budget"
    PURSE = "purse"
    GUIDE = "guide"
    HOUSE = "house"
    DESK = "desk"
    AREA = "area"
    SHARED_GUIDE = "shared guide"
    SHARED_HOUSE = "shared house"
    BAD_CASE = "bad case"


class Out(StrEnum):
    """Why a variant is not considered at all."""

    UNKNOWN = "unknown"
    BELOW_FLOOR = "below the safety floor"
    LEFT = "left out by a person"


@dataclass(frozen=True, slots=True)
class Option:
    """A mission in one of its variants."""

    mission: Mission
    variant: Variant

    @property
    def code(self) -> tuple[str, str]:
        """The codes of both."""
        return self.mission.code, self.variant.code

    @property
    def gain(self) -> int:
        """People more who reach safety than if they stayed, in thousandths."""
        return self.mission.size * ((self.variant.arrives or 0) - self.mission.stay)

    @property
    def in_need(self) -> int:
        """People of great need who are moved."""
        return self.mission.size if self.mission.need >= GREAT_NEED else 0


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most`, of what the options use; `week` is 0 where it holds for the whole time."""

    kind: Kind
    name: str
    week: int
    most: int
    uses: Mapping[tuple[str, str], int]

    def used(self, chosen: Iterable[tuple[str, str]]) -> int:
        """What a set uses of it."""
        return sum(self.uses.get(code, 0) for code in chosen)


@dataclass(frozen=True, slots=True)
class Floor:
    """At least `asked` people of a class; of those who can be moved safely enough, `of`."""

    name: str
    asked: int
    of: int
    counts: Mapping[tuple[str, str], int]


def why_out(mission: Mission, variant: Variant, caps: Caps) -> Out | None:
    """Why a variant is not considered, if it is not."""
    if mission.code in caps.leave:
        return Out.LEFT
    if variant.arrives is None or variant.low is None:
        return Out.UNKNOWN
    if variant.low < caps.safety_floor and (mission.code, variant.code) not in caps.let_in:
        return Out.BELOW_FLOOR
    return None


def options_of(month: Month, caps: Caps) -> tuple[Option, ...]:
    """Everything that may be chosen, in the order of codes."""
    return tuple(Option(mission, variant) for mission in month.missions for variant in mission.variants
                 if why_out(mission, variant, caps) is None)


def limits_of(caps: Caps, options: Iterable[Option]) -> tuple[Limit, ...]:
    """Every limit that some option touches, money first, then by what it is of, its code and its week."""
    touched: dict[tuple[Kind, str, int], dict[tuple[str, str], int]] = {}
    for one in options:
        for key, used in _uses(one, caps):
            touched.setdefault(key, {})[one.code] = used
    order = sorted(touched, key=lambda key: (list(Kind).index(key[0]), key[1], key[2]))
    return tuple(Limit(*key, most=_most(caps, *key), uses=touched[key]) for key in order)


def _uses(one: Option, caps: Caps) -> Iterator[tuple[tuple[Kind, str, int], int]]:
    """What an option uses of each limit that is stated."""
    size, variant = one.mission.size, one.variant
    yield (Kind.BUDGET, "", 0), variant.cost
    if variant.purse:
        yield (Kind.PURSE, variant.purse, 0), variant.cost
    for guide, weeks in variant.guides.items():
        yield from (((Kind.GUIDE, guide, week), 1) for week in weeks)
    for house, weeks in variant.houses.items():
        yield from (((Kind.HOUSE, house, week), size) for week in weeks)
    for area, weeks in variant.areas.items():
        if area in caps.exposure:  # the week and the one after it are counted under the first of the two
            both = {start for week in weeks for start in (week - 1, week) if start >= 1}
            yield from (((Kind.AREA, area, start), size) for start in both)
    if caps.moving is not None:
        yield from (((Kind.DESK, "", week), 1) for week in variant.moving)
    if caps.sharing is not None:
        yield from (((Kind.SHARED_GUIDE, guide, 0), 1) for guide in variant.guides)
        yield from (((Kind.SHARED_HOUSE, house, 0), 1) for house in variant.houses)


def _most(caps: Caps, kind: Kind, name: str, week: int) -> int:
    match kind:
        case Kind.BUDGET:
            return caps.budget
        case Kind.PURSE:
            return caps.purses[name]
        case Kind.GUIDE:
            return caps.guides[name][week - 1]
        case Kind.HOUSE:
            return caps.houses[name][week - 1]
        case Kind.AREA:
            return caps.exposure[name]
        case Kind.DESK:
            return (caps.moving or ())[week - 1]
        case _:
            return caps.sharing or 0


def floors_of(caps: Caps, options: Iterable[Option]) -> tuple[Floor, ...]:
    """Every floor: its share of the people of a class who have a way that may be chosen, rounded up."""
    given, floors = tuple(options), []
    for name, share in sorted(caps.floors.items()):
        counts = {one.code: one.mission.people_of[name] for one in given if one.mission.people_of.get(name)}
        of = sum({one.mission.code: one.mission.people_of.get(name, 0) for one in given}.values())
        floors.append(Floor(name, -(-share * of // 100), of, counts))
    return tuple(floors)

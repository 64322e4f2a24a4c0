"""How many people fit what a story tells of somebody: the fewer, the surer the village knows who it is.

Counted over people of whom it is known that they went that way in that time. Whoever is not known to fit does not
count: a number too small stops a story, a number too large would give somebody away.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from .coarse import band

FEWEST, ALONE = 5, 11  # below the first: refused; below the second one person's count is not enough


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What a story tells of somebody. Empty: it does not say."""

    sex: str = ""                                  # ISO 5218: 1 male, 2 female
    band: str = ""
    from_year: int | None = None
    to_year: int | None = None
    areas: frozenset[str] = frozenset()
    traits: frozenset[str] = frozenset()           # codes of needs and situations, as cases keep them


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One person as far as it is known. `age` in the year of the story."""

    sex: str = "0"
    age: int | None = None
    year: int | None = None
    areas: frozenset[str] = frozenset()
    traits: frozenset[str] = field(default=frozenset(), repr=False)


def fits(one: Known, told: Described) -> bool:
    """Whether somebody is known to fit all that is told.

    >>> told = Described(sex="2", band="30 to 39", from_year=2019, to_year=2019)
    >>> fits(Known(sex="2", age=34, year=2019), told), fits(Known(sex="2", age=None, year=2019), told)
    (True, False)
    """
    in_time = (told.from_year is None and told.to_year is None) or (
        one.year is not None and (told.from_year or one.year) <= one.year <= (told.to_year or one.year))
    of_age = not told.band or (one.age is not None and band(one.age) == told.band)
    return (in_time and of_age and (not told.sex or one.sex == told.sex) and told.areas <= one.areas
            and told.traits <= one.traits)


def matching(people: Iterable[Known], told: Described) -> int:
    """How many people fit.

    >>> matching([Known(sex="2", areas=frozenset({"CN", "LA"}))] * 6, Described(sex="2", areas=frozenset({"LA"})))
    6
    """
    return sum(fits(one, told) for one in people)

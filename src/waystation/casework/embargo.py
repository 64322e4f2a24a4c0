"""An embargo: nothing about a case leaves the office until two people end it. Its day is to look again, and no end.

Setting it takes one person, ending it one of each of two offices: who knows the people, and who guards those who helped
them. Care goes on: whoever helps the person is told what they need for that, and nothing of the way.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from waystation.access.roles import Role

from .moves import Grounds, Move, Moves

REVIEW_WITHIN = 92  # days: somebody looks at it again each quarter at least
STANDS, LIFTED = "stands", "lifted"
CARE = frozenset({"health", "psychosocial", "safe_house", "legal", "protection", "livelihoods"})
OF_CARE = frozenset({"needs", "contact", "name", "birth", "family", "health"})  # of the person, nothing of the way


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet(Grounds):
    """What a guard of an embargo may need to know; each default leads to a refusal."""

    review_in: int | None = None  # days until it is looked at again
    out_of_danger: bool = False  # whoever went and whoever helped, by anything that would be told


_REVIEW = ("review", "Name a day to look at it again, within three months. It does not end by itself on that day.",
           lambda f: f.review_in is not None and 1 <= f.review_in <= REVIEW_WITHIN)
_WRITERS = frozenset({Role.COORDINATOR, Role.CASE_WORKER, Role.FIELD_LIAISON, Role.RIGHTS_OFFICER})
_PEOPLE, _GUARD = frozenset({Role.COORDINATOR, Role.RIGHTS_OFFICER}), frozenset({Role.SECURITY_OFFICER})
EMBARGO: Moves[Quiet] = MappingProxyType({
    **{(before, "embargo"): Move(STANDS, _WRITERS, (_REVIEW,)) for before in ("", LIFTED)},
    (STANDS, "prolong"): Move(STANDS, _WRITERS, (_REVIEW,)),
    (STANDS, "lift"): Move(LIFTED, _PEOPLE | _GUARD, (
        ("H-12", "First find out that nobody who went and nobody who helped is in danger by what would be told.",
         lambda f: f.out_of_danger),), two=True, offices=(_PEOPLE, _GUARD)),
})


def due(review: date, today: date) -> bool:
    """Whether it is to be looked at again. It holds all the same.

    >>> due(date(2030, 5, 2), date(2030, 5, 1)), due(date(2030, 5, 2), date(2030, 5, 2))
    (False, True)
    """
    return today >= review


def is_care(recipient: str, data: Collection[str]) -> bool:
    """Whether a referral goes on under an embargo: to whoever helps the person, without anything of the way.

    >>> is_care("health", {"needs"}), is_care("health", {"needs", "journey"}), is_care("media", {"needs"})
    (True, False, False)
    """
    return recipient in CARE and set(data) <= OF_CARE

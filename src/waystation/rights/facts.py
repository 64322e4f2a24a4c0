"""Facts of law and practice: each with its source, the day on which it was written down, and whether it was checked.

`verified` means that the sentence was seen in the primary source itself; `verify`, that it was not: it may be old,
second-hand or contested, and somebody must look before anything rests on it.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

AMBER, RED = 180, 365  # days after which a fact must be looked at again, and after which it must not be relied on


class Mark(StrEnum):
    """Whether a statement was seen in the primary source."""

    VERIFIED = "verified"
    VERIFY = "verify"


class Standing(StrEnum):
    """What an instrument is to a State."""

    PARTY = "party"
    SIGNED = "signed"
    NOT_PARTY = "not party"


class Age(StrEnum):
    """How a fact is to be shown: nothing is ever better than `checked`, and what nobody checked is never that."""

    CHECKED = "checked"
    UNCHECKED = "unchecked"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What is said, where it stands, and since when it stands here."""

    words: str
    sources: tuple[str, ...]  # codes of the table of sources, one at least
    mark: Mark
    as_of: date  # when the row was written down: nobody has looked later, unless somebody writes it anew

    def age(self, today: date) -> Age:
        """How it is to be shown on a day.

        >>> fact = Fact(words="party", sources=("57",), mark=Mark.VERIFIED, as_of=date(2026, 1, 1))
        >>> [fact.age(day).value for day in (date(2026, 6, 29), date(2026, 6, 30), date(2027, 1, 1))]
        ['checked', 'amber', 'red']
        """
        days = (today - self.as_of).days
        if days >= RED:
            return Age.RED
        if days >= AMBER:
            return Age.AMBER
        return Age.CHECKED if self.mark is Mark.VERIFIED else Age.UNCHECKED


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument(Fact):
    """What one State did with one treaty. `since` is a year, a month or a day (EDTF); empty if nobody wrote it down."""

    country: str
    instrument: str
    status: Standing
    since: str

    def binds(self, day: date) -> bool | None:
        """Whether the State was a party on a day; None if it is one, and since when is not known well enough.

        >>> row = Instrument(words="", sources=("69",), mark=Mark.VERIFY, as_of=date(2026, 1, 1), country="TH",
        ...                  instrument="CED", status=Standing.PARTY, since="2024-06-13")
        >>> row.binds(date(2024, 6, 12)), row.binds(date(2024, 6, 13))
        (False, True)
        """
        if self.status is not Standing.PARTY:
            return False
        if not self.since:
            return None
        said, asked = self.since, day.isoformat()[:len(self.since)]
        if said == asked and len(said) < 10:
            return None  # in that very year or month: before or after, nobody can say
        return said <= asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Position(Fact):
    """What a State, or UNHCR, says of these people."""

    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice(Fact):
    """What was done, when: a dated log, never a colour."""

    country: str
    first: str
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cooperation(Fact):
    """What two States agreed on about sending people back, or about telling each other of them."""

    country: str
    partner: str
    title: str
    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation(Fact):
    """What an article binds those to who are a party to it."""

    code: str
    instrument: str
    article: str
    absolute: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mechanism(Fact):
    """A body that can be written to. Months and days of 0 are no limit and no promise."""

    code: str
    name: str
    kinds: frozenset[str]
    when: str  # ongoing | past | any
    treaty: str  # an instrument that must bind the State, or the State of the person's nationality; empty = none
    within_months: int
    languages: frozenset[str]  # ISO 639-3; empty = any
    family: str  # whose yes is needed: yes = the family's, either = theirs or the person's, wished = asked for, no
    answer_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Fact):
    """One step of a way to a status. Durations are what was reported of certain years, never a promise."""

    pathway: str
    title: str
    country: str
    goal: str
    order: int
    by: str
    days_least: int | None
    days_most: int | None
    said_of: str  # the years of which the duration was said
    alarm_days: int | None
    protects: bool  # from here on an application can be made, or a mission answers for them

"""What a betrayal would pay somebody, beside what it would cost them: in months of wages, as a range, with its sources.

A reward is told per person, family, party or report; where nobody said per what, it may be paid once or for each of
the party, and the range holds both. The design (reference data, 10) asks for four inputs: reward for the whole party,
months of local wages, fee still unpaid, penalty for helping. All are figures that somebody told, with a source and a
day; a figure that nobody told is missing and is said to be missing, never nought.

    pays    reward x what it is counted by
    loses   fee still owed for this party
    beside  what the law does to helpers (they would be rid of it), whom they could give away, the record

The two sides are laid beside each other. They are not subtracted into one number: money does not decide what somebody
does, and a helper of many years is not a sum.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from waystation.trust.chance import Record

ONCE = frozenset({"family", "party", "case"})  # paid once for all who travel together


@dataclass(frozen=True, slots=True)
class Figure:
    """One amount as months of wages at the place (above nothing), what it is for, who said so and when."""

    months: Fraction
    of: str  # person, family, party, case; empty if nobody said
    source: str
    on: date


@dataclass(frozen=True, slots=True)
class Range:
    """Months of wages, from the least to the most that the figures allow."""

    low: Fraction
    high: Fraction

    def __str__(self) -> str:
        low, high = _months(self.low), _months(self.high)
        return low if low == high else f"{low} to {high}"


@dataclass(frozen=True, slots=True)
class Incentive:
    """Both sides, each None where nobody told a figure; with what each rests on."""

    size: int
    pays: Range | None
    loses: Range | None
    fine: Range | None
    exposed: int | None
    record: Record | None
    sources: tuple[tuple[str, date], ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """What nobody told: reward, fee, fine, exposed, record."""
        told = {"reward": self.pays, "fee": self.loses, "fine": self.fine, "exposed": self.exposed,
                "record": self.record}
        return tuple(name for name, value in told.items() if value is None)

    @property
    def sentence(self) -> str:
        """All of it in one sentence. It says what is on the table and not what somebody will do."""
        party = f"a party of {self.size}"
        pays = (f"For {party}, a report would pay {self.pays} months of wages" if self.pays is not None else
                f"What a report of {party} would pay is not known")
        loses = (f"{self.loses} months of fee are still owed to them" if self.loses is not None else
                 "what is still owed to them is not known")
        exposed = "whom they could give away is not known" if self.exposed is None else \
            f"they could give away {self.exposed} of ours"
        record = "no journey with them is on record"
        if self.record is not None and self.record.known:
            through = self.record.known - len(self.record.losses)
            record = f"{through} of {self.record.known} parties with a known end came through with them"
        return f"{pays}; {loses}; {exposed}; {record}."


def incentive(size: int, *, rewards: Iterable[Figure] = (), owed: Iterable[Figure] = (), fines: Iterable[Figure] = (),
              exposed: int | None = None, record: Record | None = None) -> Incentive:
    """What a betrayal of a party of `size` (1 or more) would pay and cost. Raises `ValueError` for no party.

    >>> told = Figure(Fraction(6), "", "reward for a family, source 001", date(2030, 1, 1))
    >>> seen = incentive(4, rewards=[told], exposed=3)
    >>> str(seen.pays), seen.missing
    ('6 to 24', ('fee', 'fine', 'record'))
    """
    if size < 1:
        raise ValueError("a party has somebody in it")
    rewards, owed, fines = tuple(rewards), tuple(owed), tuple(fines)
    sources = dict.fromkeys((one.source, one.on) for one in (*rewards, *owed, *fines))
    return Incentive(size, _paid(rewards, size), _sum(owed), _paid(fines, 1), exposed, record, tuple(sources))


def _paid(figures: tuple[Figure, ...], size: int) -> Range | None:
    """From the least told to the most told: different sources are not averaged."""
    if not figures:
        return None
    least = [one.months * (size if one.of == "person" else 1) for one in figures]
    most = [one.months * (1 if one.of in ONCE else size) for one in figures]
    return Range(min(least), max(most))


def _sum(figures: tuple[Figure, ...]) -> Range | None:
    total = sum((one.months for one in figures), Fraction(0))
    return Range(total, total) if figures else None


def _months(of: Fraction) -> str:
    return "under 1" if 0 < of < 1 else str(round(of))

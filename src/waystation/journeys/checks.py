"""Were the plans right? What each plan had said before its party left, held against what became of the party.

    end_of(codes, arrived=..., in_time=...)     what became of one party, in the plan's own terms
    checks(seen)                                plans that said about the same together, the surest first; then all

A plan speaks of arriving by its last day, and of being taken, harmed or missing on the way. Who arrived later did not
arrive as it said, and who was taken and came free was lost on the way: both are counted so. Of a party that nobody
heard of it is never assumed that it arrived: the share of those who arrived lies between "none of the unknown did" and
"all of them did", and around both ends stands what so few can tell at all (`fates.bounds`, 90 of 100). Under
`bin_events` known ends (`calibration` in the starting values: 20) nothing is said but the counts.

One range in ten misses what is true by chance alone. A plan that gave no number is counted and judges nothing.
(Dawid, JRSS A 147, 1984: predictions are judged by what was said before.)
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import fsum

from waystation.journeys.fates import bounds
from waystation.journeys.outcomes import ENDS, OWN_CHOICE
from waystation.network.defaults import DEFAULTS
from waystation.network.rows import Ended

LOST = frozenset({Ended.INTERCEPTED, Ended.HARMED, Ended.MISSING})
ENOUGH = DEFAULTS.bin_events
WIDEST = 0.5  # a range wider than this says nothing


class End(StrEnum):
    """What became of a party, as its plan speaks of it; from the worst."""

    LOST = "lost"  # taken, harmed or missing on a leg, whatever came after
    UNKNOWN = "unknown"
    LATE = "late"  # not there on the last day of the plan
    STOPPED = "stopped"  # turned back, or stopped by their own choice
    ARRIVED = "arrived"


class Verdict(StrEnum):
    """What the ends say of what was said."""

    SILENT = "silent"  # the plans gave no number
    FEW = "few"
    WIDE = "wide"  # so many are unknown that every share would fit
    FITS = "fits"
    BELOW = "below"  # fewer than was said
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class Seen:
    """One party. `arrive` and `lost`: chances that its plan had stated before it left; None if it gave no number."""

    arrive: float | None
    lost: float | None
    end: End


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a row it happened to. `said`, `low`, `high` are shares of 0 to 1; None where nothing may be said."""

    said: float | None
    happened: int
    low: float | None
    high: float | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Check:
    """Plans that said about the same. `tenths`: how many of 10 they said arrive; None for all, or for no number."""

    tenths: int | None
    n: int
    ends: dict[End, int]
    arriving: Share
    losing: Share


def end_of(codes: Iterable[str], *, arrived: bool, in_time: bool) -> End:
    """What became of a party, from the codes of the legs that it began (empty: nothing is known).

    >>> [end_of(codes, arrived=there, in_time=True).value for codes, there in (
    ...     (["passed", "captured", "passed"], True), (["passed", "seen"], True), (["passed", ""], False),
    ...     (["turned_back"], False))]
    ['lost', 'arrived', 'unknown', 'stopped']
    """
    codes = list(codes)
    if any(ENDS.get(code) in LOST for code in codes):
        return End.LOST
    if not all(code in ENDS or code == OWN_CHOICE for code in codes):
        return End.UNKNOWN
    if arrived:
        return End.ARRIVED if in_time else End.LATE
    return End.STOPPED if in_time else End.LATE


def worst(ends: Iterable[End]) -> End:
    """What became of a party whose parts ended differently.

    >>> worst([End.ARRIVED, End.UNKNOWN]).value
    'unknown'
    """
    return min(ends, key=list(End).index)


def checks(seen: Sequence[Seen]) -> tuple[Check, ...]:
    """A row for each tenth that plans had said, the surest first; all of these together; those without a number.

    >>> [(row.tenths, row.n, row.arriving.verdict.value) for row in checks([Seen(0.9, 0.05, End.ARRIVED)])]
    [(9, 1, 'few'), (None, 1, 'few')]
    """
    told = [one for one in seen if one.arrive is not None and one.lost is not None]
    silent = [one for one in seen if one.arrive is None or one.lost is None]
    by_tenth: dict[int, list[Seen]] = {}
    for one in told:
        by_tenth.setdefault(tenths(one.arrive or 0.0), []).append(one)
    rows = [_check(number, by_tenth[number]) for number in sorted(by_tenth, reverse=True)]
    return (*rows, *([_check(None, told)] if told else []), *([_check(None, silent)] if silent else []))


def tenths(chance: float) -> int:
    """How many of 10 that is.

    >>> tenths(0.85), tenths(0.849), tenths(0.96)
    (9, 8, 10)
    """
    return int(10 * chance + 0.5 + 1e-9)


def _check(number: int | None, seen: Sequence[Seen]) -> Check:
    ends = {end: sum(one.end is end for one in seen) for end in End}
    arriving = _share([one.arrive for one in seen], ends[End.ARRIVED], ends[End.UNKNOWN])
    return Check(number, len(seen), ends, arriving,
                 _share([one.lost for one in seen], ends[End.LOST], ends[End.UNKNOWN]))


def _share(said: Sequence[float | None], happened: int, unknown: int) -> Share:
    told = [one for one in said if one is not None]
    if len(told) < len(said):
        return Share(None, happened, None, None, Verdict.SILENT)
    mean, n = fsum(told) / len(told), len(told)
    if n - unknown < ENOUGH:
        return Share(mean, happened, None, None, Verdict.FEW)
    low, high = bounds(happened, unknown, n)
    if high - low > WIDEST:
        return Share(mean, happened, low, high, Verdict.WIDE)
    verdict = Verdict.BELOW if high < mean else Verdict.ABOVE if low > mean else Verdict.FITS
    return Share(mean, happened, low, high, verdict)

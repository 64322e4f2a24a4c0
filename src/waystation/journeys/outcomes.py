"""What a journey leaves to the next plan: one outcome for each leg that was begun, of the party and never of a person.

    passed, delayed, seen, shot at, separated     arrived     they came through; the code stays beside it
    turned back                                   turned back
    captured                                      intercepted
    injured, exploited, killed                    harmed
    missing                                       missing
    nothing yet                                   silent      censored: it may be slow word, or a loss
    left by own choice                            no outcome  says nothing of the leg's danger

A leg without a code is never counted as passed. A leg on which a party was divided was begun once: it has one outcome,
the worst that became of a part.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from waystation.network.rows import Ended, Outcome

OWN_CHOICE = "left"
ENDS: Mapping[str, Ended] = MappingProxyType({
    "passed": Ended.ARRIVED, "delayed": Ended.ARRIVED, "seen": Ended.ARRIVED, "shot_at": Ended.ARRIVED,
    "separated": Ended.ARRIVED, "turned_back": Ended.TURNED_BACK, "captured": Ended.INTERCEPTED,
    "injured": Ended.HARMED, "exploited": Ended.HARMED, "killed": Ended.HARMED, "missing": Ended.MISSING,
})
CODES = (*ENDS, OWN_CHOICE)
# from the worst: a loss before what nobody knows yet, that before any way to come through; own choice says least
WORST_FIRST = ("killed", "missing", "captured", "exploited", "injured", "", "turned_back", "separated", "shot_at",
               "seen", "delayed", "passed", OWN_CHOICE)
WORDS: Mapping[str, str] = MappingProxyType({
    "passed": "passed", "delayed": "passed, late", "seen": "passed, but seen", "shot_at": "passed, shot at",
    "separated": "passed, not all together", "turned_back": "turned back", "captured": "captured",
    "injured": "injured", "exploited": "exploited or sold", "killed": "killed", "missing": "missing",
    OWN_CHOICE: "stopped by their own choice",
})


@dataclass(frozen=True, slots=True)
class Begun:
    """One leg that a party began. `condition` is that of its area at the start, empty if nobody knew."""

    leg: str
    started: datetime
    party_size: int
    condition: str = ""
    code: str = ""  # of CODES; empty = nothing is known yet
    ended: datetime | None = None
    last_heard: datetime | None = None


def outcomes(begun: Iterable[Begun]) -> tuple[Outcome, ...]:
    """The rows for the route book, in the order of the legs.

    Raises `ValueError` for a code that is none, a leg that ended before it began, or an end without a code.

    >>> from datetime import UTC
    >>> at = datetime(2030, 1, 1, tzinfo=UTC)
    >>> [row.ended.value for row in outcomes([Begun("L1", at, 3, code="seen", ended=at), Begun("L2", at, 3)])]
    ['arrived', 'silent']
    """
    return tuple(_outcome(one) for one in begun if one.code != OWN_CHOICE)


def of_parts(codes: Iterable[str]) -> str:
    """How a leg ended for a party that was divided on it: the worst of its parts; empty while that is not known.

    >>> of_parts(["passed", "captured", ""]), of_parts(["passed", ""]), of_parts(["left", "delayed"])
    ('captured', '', 'delayed')
    """
    return min(codes, key=WORST_FIRST.index, default="")


def _outcome(one: Begun) -> Outcome:
    if one.code not in {*CODES, ""}:
        raise ValueError(f"{one.code!r} is no way for a leg to end: {', '.join(CODES)}")
    if one.ended is not None and (one.ended < one.started or not one.code):
        raise ValueError("a leg ends after it began, and in some way")
    return Outcome(one.leg, one.started.date(), one.condition, "", ENDS.get(one.code, Ended.SILENT), _day(one.ended),
                   _day(one.last_heard or one.ended or one.started), one.party_size)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None

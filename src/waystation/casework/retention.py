"""How long each kind of record is kept: which clock, what starts it, why. Days of deletion are Mondays.

One table. An act that starts a clock asks it for the day; whoever changes a term changes it here, and the manual's page
is made from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

NOTICE = timedelta(days=14)  # whoever holds a record reads so long before that it goes; no clock comes back with less
LONGEST_HOLD = timedelta(days=366)  # a year, and the day of a leap year


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock: for which types of records, how many days (None: no number can be given), from when, and why.

    `done` says in words what the office does by itself; `open` what it does not do yet.
    """

    types: tuple[str, ...]
    days: int | None
    starts: str
    why: str
    done: str
    open: str = ""


CLOCKS: Mapping[str, Clock] = MappingProxyType({
    "road": Clock(
        ("journey", "plan", "decision"), 30, "the day they arrived, or stopped by their own choice",
        "Where somebody went, through whom and when is worth most to those who look for them and least to us: what the "
        "next party needs stands in the route book by then, as one outcome for each leg.",
        "Closing the journey sets the day: of the journey, of its plan and its decision, and of older plans and "
        "decisions of the same case that no other journey needs.",
        "Somebody who was caught has not arrived, or is looked for: no clock runs, because it may take years. A plan "
        "that nobody ever went by gets its day with the next journey of its case that ends; where none ever does, it "
        "has none."),
    "season": Clock(
        ("season",), 30, "the last day of the weeks for which it was asked",
        "Who waits, who would lead them and where they would sleep, all on one page, is worth most to those who hunt "
        "them. What was decided of a mission stands in its own decision.",
        "Asking sets the day at once, before anything is decided."),
    "handle": Clock(
        ("handle",), 90, "the day the number was last used",
        "A number that nobody calls is worth something to whoever takes our machines, and nothing to us.",
        "Writing a number down, and each use, sets the day. A liaison who opens the contact wipes a number that is due "
        "at once; without anybody the record goes."),
    "declined": Clock(
        ("case", "person"), 90, "the day the request was declined",
        "Whom we did not help must not be found with us; three months leave time to ask again and to complain.",
        "The second signature under declining sets the day of the case, and of the records of names that whoever signs "
        "second holds; the other ones get the same day as soon as somebody who holds them looks at what goes soon."),
    "testimony": Clock(
        ("testimony", "item", "dossier"), None, "what the person consented to",
        "Testimony belongs to whoever gave it.",
        "Writing down that an interview was taken sets the day until which the witness let it be kept; a plan of an "
        "interview that never was goes after half a year.",
        "What is coded from a statement holds no name and has no day: it stays until somebody destroys it."),
    "signatures": Clock(
        ("petition",), 180, "the day the petition was given",
        "Who signed matters while somebody may still ask whether the number is true; after that a list of names is "
        "worth something only to whoever looks for those who signed.",
        "Writing down to whom a petition was given sets the day of its sheets. Its text, its number and the digest of "
        "the signatures stay.",
        "A petition that is never given has no day: strike out who takes a signature back."),
    "money": Clock(
        ("money",), None, "the law of the country where the books are kept",
        "Books have to be kept for as many years as the law says. Their sums stay when two "
        "people destroy a case.",
        "", "No line of money has a day yet: there is no term that holds in every country. It stays until two people "
            "destroy its case, and then its sum does."),
})


def monday_before(day: date) -> date:
    """The Monday of a day's week: a date of deletion is never later than it was promised.

    >>> monday_before(date(2026, 3, 4)), monday_before(date(2026, 3, 2))
    (datetime.date(2026, 3, 2), datetime.date(2026, 3, 2))
    """
    return day - timedelta(days=day.weekday())


def monday_after(day: date) -> date:
    """The first Monday that is not before a day: a hold, or a notice, is never shorter than it was promised.

    >>> monday_after(date(2026, 3, 3)), monday_after(date(2026, 3, 2))
    (datetime.date(2026, 3, 9), datetime.date(2026, 3, 2))
    """
    return day + timedelta(days=-day.weekday() % 7)


def due(clock: str, start: date) -> date:
    """When a record goes whose clock starts on a day. Raises `KeyError`; `ValueError` for a clock without a number.

    >>> due("road", date(2026, 3, 4)), due("handle", date(2026, 3, 4))
    (datetime.date(2026, 3, 30), datetime.date(2026, 6, 1))
    """
    days = CLOCKS[clock].days
    if days is None:
        raise ValueError(f"the clock {clock!r} has no number of days")
    return monday_before(start + timedelta(days=days))


def free_again(end: date) -> date:
    """From when on something that was held may go: a notice after the hold's last day.

    >>> free_again(date(2026, 3, 2))
    datetime.date(2026, 3, 16)
    """
    return monday_after(end + NOTICE)


def may_hold(start: date, end: date) -> bool:
    """Whether a hold from a day may end on another: after it, and within a year.

    >>> may_hold(date(2026, 3, 2), date(2027, 3, 3)), may_hold(date(2026, 3, 2), date(2027, 3, 4))
    (True, False)
    """
    return start < end <= start + LONGEST_HOLD

"""What an office lacks before real people may be written into it, and what is late afterwards. Days in, names out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

QUARTER = timedelta(days=92)
NAG = timedelta(days=30)
YEAR = timedelta(days=365)
BACKUP_HOURS = 48
OFFICERS = 2


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an office; each default is the one that keeps the door shut."""

    assessed: bool = False              # an assessment that two signed
    fits: bool = False                  # nothing of the office has changed since
    review: date | None = None          # day by which it is looked at again
    restore: date | None = None         # last time that a backup was restored and everything was there
    recovery: date | None = None        # last time that two sheets opened the records
    officers: int = 0
    recovery_key: bool = False
    backups_apart: int = 0              # folders of backups on another disk
    backup_hours: int | None = None     # age of the newest one
    escrow: bool = False
    invented: bool = True


RULES: tuple[tuple[str, Callable[[Facts, date], bool]], ...] = (
    ("invented", lambda f, _: not f.invented),
    ("officers", lambda f, _: f.officers >= OFFICERS),
    ("recovery_key", lambda f, _: f.recovery_key),
    ("backups_apart", lambda f, _: f.backups_apart > 0),
    ("backup_new", lambda f, _: f.backup_hours is not None and f.backup_hours <= BACKUP_HOURS),
    ("escrow", lambda f, _: f.escrow),
    ("restore", lambda f, today: passed_lately(f.restore, today)),
    ("recovery", lambda f, today: passed_lately(f.recovery, today)),
    ("assessed", lambda f, _: f.assessed),
    ("fits", lambda f, _: f.assessed and f.fits),
    ("review", lambda f, today: f.review is not None and today <= f.review),
)


def missing(facts: Facts, today: date) -> tuple[str, ...]:
    """Names of what is missing, in the order of `RULES`; nothing missing means that two may sign.

    >>> missing(Facts(), date(2026, 3, 2))[:3]
    ('invented', 'officers', 'recovery_key')
    """
    return tuple(name for name, there in RULES if not there(facts, today))


def passed_lately(day: date | None, today: date) -> bool:
    """Whether a drill went well within a quarter.

    >>> day = date(2026, 3, 2)
    >>> [passed_lately(day, day + timedelta(days=more)) for more in (0, 92, 93)]
    [True, True, False]
    """
    return day is not None and timedelta() <= today - day <= QUARTER


def review_fits(review: date, today: date) -> bool:
    """Whether a day for looking again is still to come, and at most a year away."""
    return timedelta() < review - today <= YEAR


def nags(facts: Facts, today: date, *, in_use: bool) -> tuple[str, ...]:
    """What the first page of the day says to those who answer for it, most pressing first.

    Before an office has an assessment or a drill it is only told what is missing; it is late with nothing.
    """
    said = []
    if facts.assessed and not facts.fits:
        said.append("drift")
    if facts.assessed and facts.review is not None and facts.review - today <= NAG:
        said.append("review_late" if today > facts.review else "review_soon")
    for name in ("restore", "recovery"):
        day: date | None = getattr(facts, name)
        if (in_use or day is not None) and not passed_lately(day, today):
            said.append(f"{name}_late")
    return tuple(said)

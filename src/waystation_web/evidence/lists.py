"""The list of a week: made every Monday from what waits, also when nothing does, without anybody's keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from waystation.evidence import batch
from waystation.evidence.package import Stamped
from waystation_web.vault.errors import NoSuchVault
from waystation_web.vault.proving import chance, request_for

from .models import Batch, Spool

SLOTS = ("a", "b")
LATE = timedelta(days=14)      # without a stamp, a list is asked for


@dataclass(frozen=True, slots=True)
class Week:
    """One list as a page shows it."""

    week: str
    digest: str
    tokens: dict[str, bool]
    late: bool
    text: bytes = field(repr=False)


def number_of(week: str) -> int:
    """A week as its row is numbered.

    >>> number_of("2026-W47")
    202647
    """
    return int(week.replace("-W", ""))


def make_due(today: date) -> int:
    """Make the list of this week if there is none, inside the caller's `writing()`. Returns how many were made: 0 or 1.

    An office that slept over a Monday makes it when it wakes: what waited was there before.
    """
    week = batch.week_of(today)
    if Batch.objects.filter(week=number_of(week)).exists():
        return 0
    last = Batch.objects.order_by("-week").first()
    prev = batch.digest_of(bytes(last.text)) if last else batch.FIRST
    waiting = [bytes(one) for one in Spool.objects.order_by("commit").values_list("commit", flat=True)]
    text = batch.list_of(week, prev, waiting, chance)
    Batch.objects.create(week=number_of(week), text=text, request_a=request_for(text), request_b=request_for(text))
    Spool.objects.filter(commit__in=waiting).delete()
    return 1


def weeks(today: date) -> list[Week]:
    """Every list, the newest first."""
    found = []
    for row in Batch.objects.order_by("-week"):
        tokens = {slot: getattr(row, f"token_{slot}") is not None for slot in SLOTS}
        begun = date.fromisocalendar(row.week // 100, row.week % 100, 1)
        found.append(Week(row.name, batch.digest_of(bytes(row.text)), tokens,
                          not any(tokens.values()) and begun + LATE <= today, bytes(row.text)))
    return found


def stamped_lists() -> list[Stamped]:
    """Every list with the tokens that were brought back, as a package takes them."""
    return [Stamped(row.name, bytes(row.text), {slot: bytes(token) for slot in SLOTS
                                                if (token := getattr(row, f"token_{slot}")) is not None})
            for row in Batch.objects.order_by("week")]


def file_of(week: str, what: str) -> tuple[str, bytes]:
    """Name and bytes of a week's list, or of the request for an authority. Raises `NoSuchVault`."""
    row = Batch.objects.filter(week=number_of(week)).first()
    if row is None:
        raise NoSuchVault
    if what == "list":
        return f"{row.name}.txt", bytes(row.text)
    return f"{row.name}.{what}.tsq", bytes(getattr(row, f"request_{what}"))

"""The only clock of the office. Callers write `clock.now()`, so that a test can set it."""

from __future__ import annotations

from datetime import UTC, date, datetime


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The present day, in UTC: what dates on grants and retention are compared with."""
    return now().date()


def hour(moment: datetime) -> int:
    """Hours since 1970: the only time that the record of acts shows in clear."""
    return int(moment.timestamp()) // 3600

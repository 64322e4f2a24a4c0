"""A sealed record as an app sees it: its own fields, how often it was written, and what it said before.

    body = {"revision": 3, "made": {"by", "at"}, "history": [{"at", "by", "what", "was": {field: old value}}, ...], ...}

Apps turn a body into their own frozen classes (`notes/note.py` shows how) and never see keys.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from waystation_web.vault.errors import Refused
from waystation_web.vault.queries import Opened

HEAD = ("v", "type", "id", "files", "retain_until")          # written by the vault itself
KEPT = (*HEAD, "revision", "made", "history")                # and by `records.actions`: never an app's own field
ABSENT = "(none)"                                            # stands in a history for a field that was not there


@dataclass(frozen=True, slots=True)
class Made:
    """Who made a record, or one item in it, and when."""

    by: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Record:
    """One record, opened for one request. `body` holds the app's own fields alone."""

    id: bytes
    type: str
    revision: int
    body: dict[str, Any] = field(repr=False)
    made: Made
    history: tuple[dict[str, Any], ...] = field(repr=False)
    opened: Opened = field(repr=False)

    @property
    def key(self) -> str:
        """The id as it stands in addresses and in other records' payloads."""
        return self.id.hex()


@dataclass(frozen=True, slots=True)
class OfRecord:
    """What an app makes of a record: its own class, with its own fields and questions, and the names of its record."""

    record: Record = field(repr=False)

    @property
    def id(self) -> bytes:
        """Of its vault."""
        return self.record.id

    @property
    def key(self) -> str:
        """Its id in addresses and payloads."""
        return self.record.key


def record_of(opened: Opened) -> Record:
    """The record in an opened vault. Raises `Refused("payload")` for one that was not written here."""
    payload = opened.payload
    try:
        if payload["v"] != 1:
            raise Refused("payload")
        made = Made(bytes.fromhex(payload["made"]["by"]), moment(payload["made"]["at"]))
        body = {name: value for name, value in payload.items() if name not in KEPT}
        return Record(opened.id, opened.type, int(payload["revision"]), body, made, tuple(payload["history"]), opened)
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason


def moment(text: str) -> datetime:
    """A time as a payload says it. Raises `ValueError`."""
    return datetime.fromisoformat(text).astimezone(UTC)


def said(at: datetime) -> str:
    """A time as it is written into a payload: UTC, to the second."""
    return at.astimezone(UTC).isoformat(timespec="seconds")

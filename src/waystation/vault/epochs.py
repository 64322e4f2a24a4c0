"""The course of the host key: when each epoch began and when its key was destroyed. From it follows what is forgotten.

What was destroyed on a day still stands in backups of before, under the host key of that day. From the moment that key
is gone, from this machine and from every escrow, no such backup opens, not even with all sheets.

    HOME/epochs.json    {"epochs": {"1": {"begun": TIME, "whole": TIME, "ended": TIME}},
                         "escrow": {"of": HEX, "file": HEX}}

It holds no key. `whole`: since when every row is of this epoch. The two digests say whether an escrow is current: of
host.key, whose secrets nobody can guess from a digest, and of the escrow file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time

from waystation.vault.host import HostKeys

STAMP = "%Y-%m-%dT%H:%M:%S.%fZ"


@dataclass(frozen=True, slots=True)
class Epoch:
    """When one host key came, when all rows were under it, when it was destroyed. None: not yet, or nobody noted it."""

    begun: datetime
    whole: datetime | None = None
    ended: datetime | None = None


@dataclass(frozen=True, slots=True)
class Escrowed:
    """What was laid beside the backups last."""

    of: str         # SHA-256 of the host.key text and of the recovery key that it is sealed to, in hex
    file: str       # SHA-256 of the escrow file


@dataclass(frozen=True, slots=True)
class Course:
    """The epochs of one office, by number.

    >>> first = Course({1: Epoch(datetime(2026, 1, 1, tzinfo=UTC))})
    >>> then = first.begin(2, datetime(2026, 3, 1, tzinfo=UTC)).end((2,), datetime(2026, 3, 2, tzinfo=UTC))
    >>> then.gone(datetime(2026, 2, 1, tzinfo=UTC))
    datetime.datetime(2026, 3, 2, 0, 0, tzinfo=datetime.timezone.utc)
    >>> then.gone(datetime(2026, 3, 3, tzinfo=UTC)) is None
    True
    """

    epochs: Mapping[int, Epoch] = field(default_factory=dict)
    escrow: Escrowed | None = None

    @classmethod
    def read(cls, text: str) -> Course:
        """What the file says. Raises `ValueError` for a file that was damaged."""
        try:
            said = json.loads(text)
            epochs = {int(number): Epoch(_moment(one["begun"]), *(_moment(one[key]) if key in one else None
                                                                  for key in ("whole", "ended")))
                      for number, one in said["epochs"].items()}
            laid = said.get("escrow")
            return cls(epochs, Escrowed(str(laid["of"]), str(laid["file"])) if laid else None)
        except (KeyError, TypeError, AttributeError) as reason:
            raise ValueError("not the course of a host key") from reason

    def text(self) -> str:
        """The file."""
        said = {str(number): {key: moment.strftime(STAMP) for key, moment in
                              (("begun", one.begun), ("whole", one.whole), ("ended", one.ended)) if moment}
                for number, one in sorted(self.epochs.items())}
        laid = {"escrow": {"of": self.escrow.of, "file": self.escrow.file}} if self.escrow else {}
        return json.dumps({"epochs": said} | laid, indent=1) + "\n"

    def beside(self, keys: HostKeys, now: datetime) -> Course:
        """What the host key itself says, where nobody noted it: epochs that it holds began with their day.

        An epoch that it holds no more is over, now at the latest: a crash may have come before that was noted.
        """
        days = {number: Epoch(datetime.combine(day, time(), UTC)) for number, day in keys.days.items()}
        return replace(self, epochs={**days, **self.epochs}).end(keys.epochs, now)

    def begin(self, number: int, now: datetime) -> Course:
        """A new epoch, noted before its key is there: what is sealed from now on may be of it."""
        return replace(self, epochs={**self.epochs, number: Epoch(now)})

    def became_whole(self, number: int, now: datetime) -> Course:
        """Every row is of this epoch."""
        return replace(self, epochs={**self.epochs, number: replace(self.epochs[number], whole=now)})

    def end(self, held: tuple[int, ...], now: datetime) -> Course:
        """All epochs but those held are over; noted after their keys were destroyed."""
        over = {number: replace(one, ended=now) for number, one in self.epochs.items()
                if number not in held and one.ended is None}
        return replace(self, epochs={**self.epochs, **over})

    def of(self, moment: datetime) -> int:
        """The latest epoch that anything may be of that was sealed by then."""
        return max((number for number, one in self.epochs.items() if one.begun <= moment), default=min(self.epochs))

    def gone(self, moment: datetime) -> datetime | None:
        """Since when nothing opens that was destroyed at a moment; None while the key of that day is still here."""
        last = self.of(moment)
        ends = [one.ended for number, one in self.epochs.items() if number <= last]
        return None if None in ends else max(end for end in ends if end)


def _moment(text: str) -> datetime:
    return datetime.strptime(text, STAMP).replace(tzinfo=UTC)

"""The outer layer of every key in the database, under a key that is not in the database.

    E2  0x01 | epoch u32 | E1(host key of that epoch, inner, context "host")

A stolen database alone can therefore not even be guessed against. Changing the host key makes old backups useless.
At most two epochs exist: the current one, and the one before it, to restore a backup.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from waystation.contexts import ctx, u32
from waystation.vault.envelope import Key, new_key
from waystation.vault.refused import Refused

VERSION = b"\x01"
TITLE = "WAYSTATION-HOST-KEY-1"
LINE = re.compile(r"epoch (\d{1,9}) ([0-9a-f]{64}) (\d{4}-\d\d-\d\d)")
PURPOSES = frozenset({"slot", "factors", "label", "invite", "grant"})


@dataclass(frozen=True, slots=True)
class Epoch:
    """One host key and the day it was made."""

    number: int
    secret: bytes = field(repr=False)
    made: date
    key: Key = field(repr=False, compare=False)


def _epoch(number: int, secret: bytes, made: date) -> Epoch:
    return Epoch(number, secret, made, Key(secret))


class HostKeys:
    """The host keys of one installation.

    >>> keys = HostKeys.new(date(2026, 1, 1))
    >>> keys.unseal(keys.seal(b"inner", "slot", bytes(16)), "slot", bytes(16))
    b'inner'
    >>> HostKeys.parse(keys.text()).current
    1
    """

    def __init__(self, epochs: tuple[Epoch, ...]) -> None:
        self._epochs = {epoch.number: epoch for epoch in epochs}
        self.current = max(self._epochs)

    def __repr__(self) -> str:
        return f"HostKeys(epochs={self.epochs})"

    @property
    def epochs(self) -> tuple[int, ...]:
        """Numbers of the epochs that open, the current one last."""
        return tuple(sorted(self._epochs))

    @property
    def days(self) -> dict[int, date]:
        """On which day the key of each epoch was made."""
        return {number: epoch.made for number, epoch in self._epochs.items()}

    @classmethod
    def new(cls, today: date) -> HostKeys:
        """Epoch 1, with a random key."""
        return cls((_epoch(1, new_key(), today),))

    def next(self, today: date) -> HostKeys:
        """A new current epoch; of the old ones only the latest stays."""
        now = self._epochs[self.current]
        return HostKeys((now, _epoch(now.number + 1, new_key(), today)))

    def alone(self) -> HostKeys:
        """The current epoch without the one before it: what that one sealed opens no more."""
        return HostKeys((self._epochs[self.current],))

    @classmethod
    def parse(cls, text: str) -> HostKeys:
        """Read a host.key file. Raises `ValueError` with the line and what to do; no key is ever in the message."""
        lines = text.splitlines()
        if not lines or lines[0] != TITLE:
            raise ValueError(f"line 1: a host key file begins with {TITLE}. Is this the right file?")
        epochs = []
        for number, line in enumerate(lines[1:], 2):
            found = LINE.fullmatch(line)
            if not found:
                raise ValueError(f"line {number}: not 'epoch NUMBER 64-HEX-DIGITS DATE'. Restore the file")
            epochs.append(_epoch(int(found[1]), bytes.fromhex(found[2]), _day(found[3], line=number)))
        if not 1 <= len({epoch.number for epoch in epochs}) == len(epochs) <= 2:
            raise ValueError(f"{len(epochs)} epochs: a host key file holds one or two, each once")
        return cls(tuple(epochs))

    def text(self) -> str:
        """The host.key file."""
        lines = (f"epoch {e.number} {e.secret.hex()} {e.made.isoformat()}" for _, e in sorted(self._epochs.items()))
        return "\n".join([TITLE, *lines, ""])

    def seal(self, inner: bytes, purpose: str, *rows: bytes) -> bytes:
        """Add the outer layer under the current epoch, bound to a purpose and the ids of the row."""
        now = self._epochs[self.current]
        return VERSION + u32(now.number) + now.key.seal(inner, _context(now.number, purpose, rows))

    def unseal(self, sealed: bytes, purpose: str, *rows: bytes) -> bytes:
        """Take the outer layer off. Raises `Refused`: "version", "epoch", and what a seal raises."""
        if sealed[:1] != VERSION:
            raise Refused("version")
        number = epoch_of(sealed)
        if number not in self._epochs:
            raise Refused("epoch")
        return self._epochs[number].key.unseal(sealed[5:], _context(number, purpose, rows))


def _day(text: str, *, line: int) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"line {line}: {text} is no day of the calendar. Restore the file") from None


def _context(epoch: int, purpose: str, rows: tuple[bytes, ...]) -> bytes:
    if purpose not in PURPOSES:
        raise ValueError(f"nothing of the purpose {purpose!r} has a host layer")
    return ctx("host", purpose, *rows, u32(epoch))


def epoch_of(sealed: bytes) -> int:
    """The epoch a sealed value was made in. Raises `Refused`: "length"."""
    if len(sealed) < 5:
        raise Refused("length")
    return int.from_bytes(sealed[1:5], "big")

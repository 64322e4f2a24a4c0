"""What lives now, written beside the backups: ids of all records and states of all accounts, sealed as a backup is.

An older backup brings back what was destroyed after it, and lets in whom somebody locked or removed. Whoever restores
it gives the newest of these files, and what is not in it any more is destroyed again before anything is served. What
lives is listed and not what was destroyed: that list needs no trace of any destruction, and none can be forgotten in
it.

The ids are random and the file says nothing that the backups beside it do not say too; so it is sealed to the same
keys, opens with the same identity, and is as long as the next 64 KiB.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from waystation_web.gateways.backups import read, said

from .archive import Damaged

FORMAT, STEP, WIDTH = 1, 1 << 16, 16
LONGEST = 256 << 20


@dataclass(frozen=True, slots=True)
class Head:
    """An office at one moment, in ids."""

    at: datetime
    organisation: str
    head: tuple[int, str]               # of the record of acts
    vaults: frozenset[bytes]
    accounts: dict[bytes, int]          # state of each

    def text(self) -> bytes:
        """As it is sealed: padded with blanks.

        >>> from datetime import UTC
        >>> one = Head(datetime(2026, 3, 2, tzinfo=UTC), "07", (3, "ab"), frozenset({bytes(16)}), {bytes(16): 1})
        >>> read_head(one.text()) == one, len(one.text())
        (True, 65536)
        """
        of = {"format": FORMAT, "at": said(self.at), "organisation": self.organisation, "head": list(self.head),
              "vaults": b64encode(b"".join(sorted(self.vaults))).decode("ascii"),
              "accounts": {one.hex(): state for one, state in sorted(self.accounts.items())}}
        text = json.dumps(of).encode()
        return text + b" " * (-len(text) % STEP)


def read_head(text: bytes) -> Head:
    """What lived then. Raises `Damaged`."""
    try:
        of = json.loads(text)
        if of["format"] != FORMAT:
            raise Damaged("the head was written by a newer release: restore with that one")
        seq, digest = of["head"]
        ids = b64decode(of["vaults"], validate=True)
        if len(ids) % WIDTH:
            raise Damaged("the head cannot be read")
        return Head(read(of["at"]), str(of["organisation"]), (int(seq), str(digest)),
                    frozenset(ids[at:at + WIDTH] for at in range(0, len(ids), WIDTH)),
                    {bytes.fromhex(one): int(state) for one, state in of["accounts"].items()})
    except (ValueError, KeyError, TypeError, AttributeError) as reason:
        raise Damaged("the head cannot be read") from reason


def opened(path: Path, identities: Sequence[object]) -> Head:
    """A head as it lies beside the backups. Raises `Damaged`; `OSError` if it is not there."""
    import pyrage

    if path.stat().st_size > LONGEST:
        raise Damaged(f"{path} is longer than any head")
    try:
        return read_head(bytes(pyrage.decrypt(path.read_bytes(), list(identities))))
    except pyrage.DecryptError as reason:
        raise Damaged(f"{path} does not open with this key, or was damaged") from reason

"""What a backup says of itself: each member with its digest, each table with its rows, where the record of acts stood.

Pure: from plain values to text and back, and in which way two of them differ.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from waystation_web.gateways.backups import read, said

from .archive import Damaged, Members

FORMAT = 1
Tables = dict[str, tuple[int, str]]     # name -> rows, SHA-256 over all of them


@dataclass(frozen=True, slots=True)
class Manifest:
    """A backup in sums."""

    made: datetime
    organisation: str           # the id, as office.toml has it
    database: str               # sqlite or postgresql
    head: tuple[int, str]       # of the record: the last entry's number and hash
    tables: Tables
    members: Members

    @property
    def rows(self) -> int:
        """Of all tables."""
        return sum(count for count, _ in self.tables.values())

    @property
    def files(self) -> int:
        """Sealed files."""
        return sum(name.startswith("files/") for name in self.members)

    def text(self) -> bytes:
        """As it lies in the backup."""
        of = {"format": FORMAT, "made": said(self.made), "organisation": self.organisation, "database": self.database,
              "head": list(self.head), "tables": self.tables, "members": self.members}
        return json.dumps(of, sort_keys=True, indent=0).encode()


def read_manifest(text: bytes) -> Manifest:
    """The manifest again. Raises `Damaged`.

    >>> from datetime import UTC
    >>> one = Manifest(datetime(2026, 3, 2, 9, tzinfo=UTC), "07", "sqlite", (1, "ab"), {"vault": (2, "cd")}, {})
    >>> read_manifest(one.text()) == one
    True
    """
    try:
        of = json.loads(text)
        if of["format"] != FORMAT:
            raise Damaged("it was made by a newer release: restore it with that one")
        seq, head = of["head"]
        return Manifest(read(of["made"]), str(of["organisation"]), str(of["database"]), (int(seq), str(head)),
                        _sums(of["tables"]), _sums(of["members"]))
    except (ValueError, KeyError, TypeError, AttributeError) as reason:
        raise Damaged("its list cannot be read") from reason


def _sums(of: dict[str, list[object]]) -> dict[str, tuple[int, str]]:
    return {str(name): (int(str(size)), str(digest)) for name, (size, digest) in of.items()}


def differences(kind: str, said_of: Tables, there: Tables) -> list[str]:
    """In which way what is there is not what was said of it; nothing if it is.

    >>> there = {"a": (1, "x"), "b": (2, "w"), "d": (0, "")}
    >>> differences("table", {"a": (1, "x"), "b": (2, "y"), "c": (3, "z")}, there)
    ['table b is not what was backed up', 'table c is missing', 'table d was never backed up']
    """
    told = []
    for name in sorted(said_of.keys() | there.keys()):
        if name not in there:
            told.append(f"{kind} {name} is missing")
        elif name not in said_of:
            told.append(f"{kind} {name} was never backed up")
        elif said_of[name][0] != there[name][0] and kind == "table":
            told.append(f"{kind} {name} has {there[name][0]} rows and had {said_of[name][0]}")
        elif said_of[name] != there[name]:
            told.append(f"{kind} {name} is not what was backed up")
    return told

"""One recipient's archive, from plain values: tables, whole records, files as they came, and what it says of itself.

    READ-ME.txt          how to open and read it, in plain words
    manifest.csv         what it is, for whom, and how many of everything there are here and in the office
    not-opened.csv       what could not be taken along, each with the reason
    office.toml          how the office was set up, without keys and addresses
    csv/<type>.csv       one table for each type of record; csv/<type>.<list>.csv for lists in them
    csv/files.csv, history.csv, acts.csv, accounts.csv, holders.csv, table-<name>.csv
    records/<type>/<id>.json, files/<id>
    SHA256SUMS
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .cells import Sheet
from .columns import COLUMNS, MANIFEST, NOT_OPENED
from .tables import Tables
from .tar import Sink, Tar
from .words import read_me

FORMAT = "waystation takeout 1"
INVENTED = "invented"


class NotWhole(Exception):
    """Something is neither in the archive nor in the list of what could not be opened: it is not given out."""


@dataclass(frozen=True, slots=True)
class About:
    """What an archive says of itself."""

    mark: str
    recipient: str = field(repr=False)
    jurisdiction: str
    fingerprint: str                       # of the recipient's key
    organisation: str
    purpose: str = field(repr=False)
    until: str                             # ISO day
    asked_by: str
    signed_by: str
    released_at: str                       # ISO time
    at: int                                # the same, in seconds since 1970: the one time in the tar
    office: str                            # office.toml without keys
    invented: bool

    @property
    def root(self) -> str:
        """The folder in the tar; the archive is called after it."""
        return f"takeout-{INVENTED}-{self.mark}" if self.invented else f"takeout-{self.mark}"

    @property
    def lines(self) -> dict[str, str]:
        """What stands at the head of the manifest."""
        return {"format": FORMAT, "demonstration": INVENTED if self.invented else "", "mark": self.mark,
                "recipient": self.recipient, "jurisdiction": self.jurisdiction, "key": self.fingerprint,
                "organisation": self.organisation, "purpose": self.purpose, "until": self.until,
                "asked_by": self.asked_by, "signed_by": self.signed_by, "released_at": self.released_at}


@dataclass(frozen=True, slots=True)
class Counted:
    """How many records of each type an archive holds, and of how many things it says why they are not in it."""

    types: Mapping[str, int]
    left: int


class Archive:
    """An archive while it is written: records and files one after another, tables at the end."""

    def __init__(self, sink: Sink, about: About) -> None:
        self.about, self.mark = about, INVENTED if about.invented else ""
        self.tables = Tables(self.mark)
        self._tar = Tar(sink, about.root, at=about.at)
        self._missing = Sheet(NOT_OPENED)
        self._here, self._left = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
        self._tar.add("READ-ME.txt", read_me(about.root, about.lines).encode())
        self._tar.add("office.toml", about.office.encode())

    def record(self, kind: str, payload: Mapping[str, Any]) -> None:
        """One record, whole and in its tables."""
        name, key = str(payload["type"]), str(payload["id"])
        self.tables.record(payload)
        said = {"format": FORMAT, "demonstration": self.mark, "record": payload}
        text = json.dumps(said, ensure_ascii=False, indent=1, allow_nan=False)
        self._tar.add(f"records/{name}/{key}.json", text.encode())
        self._here["kind", kind] += 1
        self._here["type", name] += 1

    def file(self, record: Mapping[str, Any], entry: Mapping[str, Any], size: int, pieces: Iterator[bytes]) -> None:
        """One file as it came, of a record."""
        path = f"files/{entry['id']}"
        self._tar.add_pieces(path, size, pieces)
        said = [entry.get(name) for name in ("name", "mime")]
        self.tables.sheets["files"].add((entry["id"], record["id"], record["type"], *said, size, entry.get("sha256"),
                                         path, self.mark))
        self._here["files", ""] += 1

    def rows(self, name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """One more table, of what is no record."""
        sheet = self.tables.new(name, columns)
        for row in rows:
            sheet.add((*row, self.mark))
            self._here["table", name] += 1

    def day(self, kind: str) -> None:
        """One vault that has no payload of its own: its key opened a day of the record of acts."""
        self._here["kind", kind] += 1

    def not_opened(self, sort: str, key: str, why: str, *, name: str = "") -> None:
        """Something that could not be taken along, and why."""
        self._missing.add((sort, key, why, self.mark))
        self._left[sort, name] += 1

    def close(self, office: Mapping[tuple[str, str], int]) -> Counted:
        """Write tables and manifest; what is in it.

        `office` counts what its database holds, by the same sort and name. Raises `NotWhole` if the sums differ.
        """
        for (sort, name), there in office.items():
            if there != (found := self._here[sort, name] + self._left[sort, name]):
                raise NotWhole(f"{sort} {name}: the office has {there}, the archive accounts for {found}")
        for name, sheet in self.tables.sheets.items():
            self._tar.add(f"csv/{name}.csv", sheet.data)
        self._tar.add("not-opened.csv", self._missing.data)
        self._tar.add("manifest.csv", self._manifest(office))
        self._tar.close()
        return Counted({name: self._here["type", name] for name in COLUMNS}, self._left.total())

    def _manifest(self, office: Mapping[tuple[str, str], int]) -> bytes:
        sheet = Sheet(MANIFEST)
        for name, value in self.about.lines.items():
            sheet.add(("about", name, value, None, None, None))
        for (sort, name), there in office.items():
            sheet.add((sort, name, None, there, self._here[sort, name], self._left[sort, name]))
        for name in COLUMNS:
            sheet.add(("type", name, None, None, self._here["type", name], None))
        return sheet.data

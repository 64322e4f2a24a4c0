"""What a note is, as its payload says it: schema 1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from waystation.texts import seen
from waystation_web.vault.errors import Refused


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of a note, as the payload names it; its content is sealed elsewhere."""

    id: bytes
    name: str
    size: int
    mime: str


@dataclass(frozen=True, slots=True)
class Note:
    """One note, opened. `revision` counts what people wrote, so that two who write at once both learn of it."""

    id: bytes
    title: str = field(repr=False)
    text: str = field(repr=False)
    revision: int
    author: bytes
    written: datetime
    files: tuple[Attached, ...] = field(default=(), repr=False)

    def says(self, words: str) -> bool:
        """Whether each of some words stands in the title or the text, as a reader would see them."""
        said = folded(f"{self.title}\n{self.text}\n" + "\n".join(file.name for file in self.files))
        return all(word in said for word in folded(words).split())


def folded(text: str) -> str:
    """Text as it is compared: look-alikes and composed forms made equal, hidden characters out, case ignored.

    >>> folded("ＮＯＴＥ"), folded("Straße")
    ('note', 'strasse')
    """
    return seen(text).casefold()


def body_of(*, title: str, text: str, revision: int, author: bytes, written: datetime) -> dict[str, Any]:
    """A note as a payload's body; what else a body holds (files) is kept by whoever writes it."""
    return {"title": title, "text": text, "revision": revision, "author": author.hex(),
            "written": written.isoformat(timespec="seconds")}


def read_note(vault: bytes, payload: Mapping[str, Any]) -> Note:
    """The note in an opened payload. Raises `Refused("payload")` for a schema that is not known here."""
    try:
        if payload["v"] != 1:
            raise Refused("payload")
        files = tuple(Attached(bytes.fromhex(one["id"]), str(one["name"]), int(one["size"]), str(one["mime"]))
                      for one in payload.get("files", ()))
        return Note(vault, str(payload["title"]), str(payload["text"]), int(payload["revision"]),
                    bytes.fromhex(payload["author"]), datetime.fromisoformat(payload["written"]).astimezone(UTC), files)
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason

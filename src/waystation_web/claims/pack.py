"""Everything held about one person, as a page and as text: facts as they are, and words once somebody has read them.

A fact is a code, a number or a day: it can name nobody. A word is what somebody typed: it may name others, so it stands
in the pack only as a person of the office has released it, for exactly the text that they read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext

from waystation_web.cases import values

from .redacting import Others, redacted


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that can name nobody."""

    label: str
    value: str = field(repr=False)
    waits = False


@dataclass(frozen=True, slots=True)
class Words:
    """Something that was typed. `given`: as it may be given; None until somebody has read it. `left`: why it is not."""

    key: str
    label: str
    source: str = field(repr=False)
    proposed: str = field(repr=False)
    given: str | None = field(default=None, repr=False)
    left: str = field(default="", repr=False)

    @property
    def waits(self) -> bool:
        """Nobody has read it as it stands now."""
        return self.given is None and not self.left

    @property
    def value(self) -> str:
        """As the pack says it."""
        if self.given is not None:
            return self.given
        return gettext("Left out: %s") % self.left if self.left else gettext("Not read through yet.")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the pack."""

    title: str
    lines: tuple[Fact | Words, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack, and what it leaves out with the reason."""

    sections: tuple[Section, ...]
    left_out: tuple[str, ...]

    @property
    def waiting(self) -> tuple[Words, ...]:
        """What somebody must read first."""
        return tuple(line for part in self.sections for line in part.lines if isinstance(line, Words) and line.waits)

    @property
    def words(self) -> tuple[Words, ...]:
        """Everything that was typed."""
        return tuple(line for part in self.sections for line in part.lines if isinstance(line, Words))

    @property
    def text(self) -> str:
        """The pack as plain text, to be read aloud."""
        parts = [f"{part.title}\n" + "\n".join(f"  {line.label}: {line.value}" for line in part.lines)
                 for part in self.sections]
        return "\n\n".join([*parts, "\n".join(f"- {one}" for one in self.left_out)]) + "\n"

    @property
    def digest(self) -> str:
        """Of exactly this text."""
        return sha256(self.text.encode()).hexdigest()


def digest_of(source: str) -> str:
    """Of a text as it was read."""
    return sha256(source.encode()).hexdigest()


class Gathering:
    """Sections as they are put together; empty ones are none."""

    def __init__(self, read: Mapping[str, Any], others: Others) -> None:
        self.read, self.others, self.sections = read, others, list[Section]()
        self._lines: list[Fact | Words] = []

    def fact(self, label: str, value: object) -> None:
        """A code in words, a number, a day; nothing for what is not known."""
        if value not in {None, ""}:
            self._lines.append(Fact(label, str(value)))

    def words(self, key: str, label: str, source: object) -> None:
        """Something that somebody typed."""
        text = source if isinstance(source, str) else ""
        if not text.strip():
            return
        name = sha256(key.encode()).hexdigest()[:16]
        said = values.part(self.read, name)
        given, left = None, ""
        if said.get("of") == digest_of(text):
            left = values.text(said, "left")
            given = None if left else redacted(values.text(said, "text"), self.others, careful=False)
        self._lines.append(Words(name, label, text, redacted(text, self.others, careful=True), given, left))

    def rest(self, key: str, of: Mapping[str, Any], known: Iterable[str]) -> None:
        """Whatever else stands there, under its own name: nothing is left out because nobody thought of it."""
        for name in sorted(set(of) - set(known)):
            if of[name] not in (None, "", [], {}, False):
                self.words(f"{key}/{name}", name.replace("_", " "), _plain(of[name]))

    def part(self, title: str) -> None:
        """End a section."""
        if self._lines:
            self.sections.append(Section(title, tuple(self._lines)))
        self._lines = []


def _plain(value: object) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_plain(one)}" for name, one in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_plain, value))
    return str(value)

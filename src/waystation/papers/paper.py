"""A paper: addressee, sections, paragraphs with notes, annexes; as plain text, as data for a printer, and its digest.

Nothing of a paper is markup: every string is printed as it stands. What must not be said of somebody is left out before
a paper is made, never hidden while it is printed.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

LANGUAGES = ("en", "ko")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences. Each note is printed at the foot of the page: what it rests on, and what a State says of it."""

    text: str = field(repr=False)
    notes: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings. Every row has as many cells as there are headings."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it. In a form, one section is one field of it."""

    heading: str
    paragraphs: tuple[Paragraph, ...] = field(default=(), repr=False)
    table: Table | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A letter, a memo or a form, whole. `mark` tells one copy from another; annexes begin on a page of their own.

    `annex_language` is that of the annexes, where it is another one: readers who listen must hear it in its own sounds.
    """

    title: str
    language: str  # of LANGUAGES
    day: date
    sections: tuple[Section, ...] = field(repr=False)
    sender: tuple[str, ...] = field(default=(), repr=False)
    addressee: tuple[str, ...] = field(default=(), repr=False)
    closing: tuple[str, ...] = field(default=(), repr=False)
    annexes: tuple[Section, ...] = field(default=(), repr=False)
    mark: str = ""
    annex_language: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 of everything it says, in hexadecimal: which version somebody was given.

        >>> from datetime import date
        >>> here = Paper(title="A", language="en", day=date(2030, 1, 1), sections=(Section("B"),))
        >>> here.digest == of_data(as_data(here)).digest, len(here.digest)
        (True, 64)
        """
        text = json.dumps(as_data(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return sha256(text.encode()).hexdigest()


def strings(paper: Paper) -> Iterator[tuple[str, str]]:
    """Every string that a reader sees, each with where it stands.

    >>> from datetime import date
    >>> one = Paper(title="A", language="en", day=date(2030, 1, 1), sections=(Section("B", (Paragraph("C", ("D",)),)),))
    >>> list(strings(one))
    [('title', 'A'), ('section 1', 'B'), ('section 1', 'C'), ('note in section 1', 'D')]
    """
    yield "title", paper.title
    for where, lines in (("sender", paper.sender), ("addressee", paper.addressee), ("closing", paper.closing)):
        yield from ((where, line) for line in lines)
    for name, sections in (("section", paper.sections), ("annex", paper.annexes)):
        for number, section in enumerate(sections, 1):
            where = f"{name} {number}"
            yield where, section.heading
            for paragraph in section.paragraphs:
                yield where, paragraph.text
                yield from ((f"note in {where}", note) for note in paragraph.notes)
            if section.table is not None:
                yield from ((f"table in {where}", cell) for row in (section.table.head, *section.table.rows)
                            for cell in row)
    if paper.mark:
        yield "mark", paper.mark


def as_data(paper: Paper) -> dict[str, Any]:
    """The paper as JSON knows it; the language of annexes stands in it only where it is another one."""
    found = asdict(paper) | {"day": paper.day.isoformat()}
    if not paper.annex_language:
        del found["annex_language"]  # else papers of which copies were given would have another digest today
    return found


def of_data(data: Mapping[str, Any]) -> Paper:
    """The paper in data that `as_data` gave. Raises `KeyError`, `TypeError`, `ValueError`."""
    return Paper(
        title=str(data["title"]), language=str(data["language"]), day=date.fromisoformat(data["day"]),
        sections=_sections(data["sections"]), sender=_lines(data["sender"]), addressee=_lines(data["addressee"]),
        closing=_lines(data["closing"]), annexes=_sections(data["annexes"]), mark=str(data["mark"]),
        annex_language=str(data.get("annex_language", "")))


def _sections(data: Any) -> tuple[Section, ...]:
    return tuple(Section(
        str(one["heading"]), tuple(Paragraph(str(said["text"]), _lines(said["notes"])) for said in one["paragraphs"]),
        _table(one["table"])) for one in data)


def _table(data: Any) -> Table | None:
    return Table(_lines(data["head"]), tuple(map(_lines, data["rows"]))) if data else None


def _lines(data: Any) -> tuple[str, ...]:
    return tuple(map(str, data))

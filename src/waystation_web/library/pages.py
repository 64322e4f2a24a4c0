"""What the pages of the library show: loaded and recorded in one go, said in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language

from waystation.access import Facts, Kind, Permission
from waystation.library.citation import in_words, when
from waystation.library.said import as_written
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor
from waystation_web.vault.queries import allow, lacks

from . import queries, words
from .publication import TYPE, Entry, Note, Person, Publication
from .queries import Library


@dataclass(frozen=True, slots=True)
class Row:
    """A publication in the list, or on its page."""

    of: Publication
    kind: str
    genres: tuple[str, ...]
    when: str
    words: str = field(repr=False)   # the citation as one line
    incomplete: bool
    work: Publication | None
    reviews: int


@dataclass(frozen=True, slots=True)
class Page:
    """The whole library for one of its lists."""

    found: Library
    rows: tuple[Row, ...]
    people: tuple[tuple[Person, str], ...]
    refused: int
    may_write: bool
    lacks: bool   # this person came later and cannot read all of it yet

    @property
    def works(self) -> list[tuple[str, str]]:
        """Works to choose from."""
        return [(one.key, one.name) for one in self.found.publications]

    @property
    def persons(self) -> list[tuple[str, str]]:
        """Public persons to choose from."""
        return [(one.key, one.name) for one in self.found.people]


@dataclass(frozen=True, slots=True)
class Shown:
    """One entry on its page."""

    of: Entry
    sort: str
    page: Page
    author: str                  # who of the house wrote it down, by handle
    row: Row | None = None
    role: str = ""
    reviewed: tuple[Row, ...] = ()
    people: tuple[Person, ...] = ()
    appears: tuple[Row, ...] = ()
    left: tuple[tuple[str, int], ...] = ()
    removed: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """A line of a pasted page, with why it is left out and what its dates may mean."""

    number: int
    text: str = field(repr=False)
    why: str
    dates: tuple[str, ...]


def page(actor: Actor, *, kind: str = "", genre: str = "") -> Page:
    """Every entry, of publications those of a kind and a genre. Raises `NotPermitted` for an auditor."""
    allow(actor, Permission.OPEN_VAULT, Facts(type=TYPE, holds=True))
    refused: list[bytes] = []
    with writing():
        found = queries.library(actor, refused=refused)
    return _page(actor, found, len(refused), kind, genre)


def one(actor: Actor, entry_id: bytes) -> Shown:
    """One entry with what belongs to it. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        found = queries.held(actor, entry_id)
        around = queries.library(actor, refused=[], looked=False)
    whole = _page(actor, around, 0, "", "")
    author = kept.colleagues().get(found.record.made.by)
    by = author.handle if author else ""
    if isinstance(found, Publication):
        return Shown(found, "publication", whole, by, row=_row(found, around),
                     reviewed=tuple(_row(each, around) for each in around.of(found.key)),
                     people=tuple(each for each in around.people if each.key in found.people),
                     left=_counted(found.left, words.WHY), removed=_counted(found.removed, words.WAYS))
    if isinstance(found, Person):
        return Shown(found, "person", whole, by, role=str(words.ROLES.get(found.role, found.role)),
                     appears=tuple(_row(each, around) for each in around.publications if found.key in each.people))
    return Shown(found, "note", whole, by)


def sides(page: Any) -> tuple[Side, ...]:
    """The lines of a pasted page, in words."""
    return tuple(Side(number, line.text, str(words.WHY[line.why]) if line.why else "",
                      tuple(f"{one.words}: {as_written(one.span)}" for one in line.dates))
                 for number, line in enumerate(page.lines))


def removed(page: Any) -> tuple[tuple[str, int], ...]:
    """What was taken out of a pasted page, in words."""
    return _counted(page.removed.items(), words.WAYS)


def spoken() -> str:
    """The language of the reader, as citations know it."""
    return "ko" if (get_language() or "").startswith("ko") else "en"


def _page(actor: Actor, found: Library, refused: int, kind: str, genre: str) -> Page:
    rows = tuple(_row(one, found) for one in found.publications
                 if kind in ("", one.citation.kind) and (not genre or genre in one.citation.genres))
    people = tuple((one, str(words.ROLES.get(one.role, one.role))) for one in found.people)
    return Page(found, rows, people, refused, kept.may_make(actor, TYPE), lacks(actor, Kind.HOUSE))


def _row(one: Publication, found: Library) -> Row:
    cited, language = found.cited(one), spoken()
    return Row(one, str(words.KINDS.get(cited.kind, cited.kind)),
               tuple(str(words.GENRES.get(genre, genre)) for genre in cited.genres), when(cited, language),
               in_words(cited, language), cited.incomplete, found.publication(one.reviews), len(found.of(one.key)))


def _counted(of: Iterable[tuple[str, int]], called: dict[str, Any]) -> tuple[tuple[str, int], ...]:
    return tuple((str(called.get(name, name)), count) for name, count in of)


__all__ = ["Note", "Page", "Row", "Shown", "Side", "one", "page", "removed", "sides", "spoken"]

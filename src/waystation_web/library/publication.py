"""An entry of the library, as its sealed record says it. Whoever works here reads it: it names nobody of a case.

    publication: {"sort", "title", "titles", "kind", "genres", "authors": [{"name", "is"}], "container", "publisher",
        "reviews": id, "people": [ids], "issued": EDTF, "issued_words", "looked_up", "language", "address",
        "facts": [{"text", "where", "when"}], "left": [{"why", "count"}], "removed": [{"what", "count"}]}
    person: {"sort", "name", "others", "role", "does", "source", "looked_up"}
    note: {"sort", "title", "text", "author", "source", "looked_up"}

A person stands here by what they do in public. There is no field for a way to reach them, and none for a case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from waystation.library.briefing import Fact
from waystation.library.citation import Author, Citation
from waystation.library.said import read
from waystation_web.records.record import OfRecord, Record
from waystation_web.vault.errors import Refused

TYPE = "publication"
SORTS = ("publication", "person", "note")
ROLES = ("writer", "film_maker", "official", "scholar", "journalist", "campaigner", "religious", "survivor_author")


@dataclass(frozen=True, slots=True)
class Kept:
    """A sentence that somebody kept from a publication, where it stands there, and when it says that it was."""

    id: str
    text: str = field(repr=False)
    where: str
    when: str

    @property
    def fact(self) -> Fact:
        """As the core knows it."""
        return Fact(self.text, self.where)


@dataclass(frozen=True, slots=True)
class Publication(OfRecord):
    """What somebody published."""

    citation: Citation
    reviews: str                              # the work that it speaks of, by its id in addresses
    people: tuple[str, ...]
    facts: tuple[Kept, ...] = field(repr=False)
    left: tuple[tuple[str, int], ...]         # lines that were left out when it came, by why
    removed: tuple[tuple[str, int], ...]      # ways to reach somebody that were taken out, by their sort

    @property
    def name(self) -> str:
        """What it is called."""
        return self.citation.title


@dataclass(frozen=True, slots=True)
class Person(OfRecord):
    """Somebody who acts in public about the matter."""

    name: str
    others: tuple[str, ...]
    role: str
    does: str = field(repr=False)
    source: str
    looked_up: date


@dataclass(frozen=True, slots=True)
class Note(OfRecord):
    """What one must know to understand the rest."""

    title: str
    text: str = field(repr=False)
    author: str
    source: str
    looked_up: date

    @property
    def name(self) -> str:
        """What it is called."""
        return self.title


Entry = Publication | Person | Note


def entry_of(held: Record) -> Entry:
    """The entry in a record. Raises `Refused("payload")` for what cannot be read."""
    body = held.body
    try:
        match body["sort"]:
            case "publication":
                return _publication(held, body)
            case "person":
                return Person(held, str(body["name"]), _lines(body["others"]), str(body["role"]), str(body["does"]),
                              str(body["source"]), date.fromisoformat(body["looked_up"]))
            case "note":
                return Note(held, str(body["title"]), str(body["text"]), str(body["author"]), str(body["source"]),
                            date.fromisoformat(body["looked_up"]))
    except (AttributeError, KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason
    raise Refused("payload")


def _publication(held: Record, body: Mapping[str, Any]) -> Publication:
    facts = tuple(Kept(str(one["id"]), str(one["text"]), str(one["where"]), str(one.get("when", "")))
                  for one in body.get("facts", ()))
    return Publication(held, _citation(held, body), str(body["reviews"]), _lines(body["people"]), facts,
                       _counts(body.get("left", ()), "why"), _counts(body.get("removed", ()), "what"))


def _citation(held: Record, body: Mapping[str, Any]) -> Citation:
    issued, looked_up = body["issued"], body["looked_up"]
    return Citation(
        key=held.key, kind=str(body["kind"]), title=str(body["title"]), titles=_lines(body["titles"]),
        authors=tuple(Author(str(one["name"]), str(one["is"])) for one in body["authors"]),
        container=str(body["container"]), publisher=str(body["publisher"]), issued=read(issued) if issued else None,
        looked_up=date.fromisoformat(looked_up) if looked_up else None, address=str(body["address"]),
        language=str(body["language"]), genres=_lines(body["genres"]), words=str(body["issued_words"]))


def _lines(of: Any) -> tuple[str, ...]:
    return tuple(map(str, of))


def _counts(of: Any, name: str) -> tuple[tuple[str, int], ...]:
    return tuple((str(one[name]), int(one["count"])) for one in of)

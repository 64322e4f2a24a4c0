"""An entry of the directory, as its sealed record says it. Whoever works here reads it: it names nobody of a case.

    organisation, official: {"sort", "name", "others", "country", "authority", "office", "body", "languages", "address",
        "source", "as_of", "note", "terms": [{"what", "why", "keeps", "onward", "signed_on", "until", "ended_on",
        "ended_why"}], "asked": [{"on", "how", "about", "again", "answer", "closed"}]}
    statement: {"sort", "who", "name", "office", "standing", "said_on", "language", "text", "translation", "denies",
        "about", "source", "author", "address", "as_of"}
    occasion: {"sort", "name", "kind", "day", "yearly", "ahead", "who", "raise", "raised": [{"for", "what", "answer"}]}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from waystation_web.records.record import OfRecord, Record
from waystation_web.vault.errors import Refused

from .terms import AHEAD, Terms, in_force, next_day

TYPE = "directory"
ADDRESSEES = ("organisation", "official")
SORTS = (*ADDRESSEES, "statement", "occasion")
AUTHORITIES = ("none", "state", "armed", "between", "not_known")
STANDINGS = ("official", "organisation", "commentator")
OCCASIONS = ("anniversary", "session", "other")


@dataclass(frozen=True, slots=True)
class Asked:
    """Something that was asked of somebody outside, and the day by which they are asked again."""

    id: str
    on: date
    how: str
    about: str = field(repr=False)
    again: date | None
    answer: str = field(repr=False)
    closed: date | None


@dataclass(frozen=True, slots=True)
class Addressee(OfRecord):
    """An organisation, or an official or public body."""

    sort: str
    name: str
    others: tuple[str, ...]
    country: str
    authority: str
    office: str
    body: str
    languages: tuple[str, ...]
    address: str = field(repr=False)
    source: str
    as_of: date
    note: str = field(repr=False)
    terms: tuple[Terms, ...]
    asked: tuple[Asked, ...]

    @property
    def open(self) -> tuple[Asked, ...]:
        """What was asked and is not closed, the next day first."""
        return tuple(sorted((one for one in self.asked if one.closed is None), key=lambda one: one.again or date.max))

    def binding(self, today: date) -> Terms | None:
        """The terms under which something may go there; None: nothing may."""
        return in_force(self.terms, today)


@dataclass(frozen=True, slots=True)
class Statement(OfRecord):
    """Words that somebody said in public. They show what was said, never that it is so."""

    who: str                     # an addressee's key, or nothing
    name: str
    office: str
    standing: str                # of STANDINGS
    said_on: str                 # a year, a month or a day
    language: str
    text: str = field(repr=False)
    translation: str = field(repr=False)
    denies: bool                 # it denies a finding: it is shown beside that, as large
    about: str
    source: str
    author: str
    address: str
    as_of: date

    @property
    def evidence(self) -> bool:
        """Never: neither what a commentator thinks nor what an official says proves what happened."""
        return False


@dataclass(frozen=True, slots=True)
class Occasion(OfRecord):
    """A day on which the matter is raised: an anniversary, a session, a visit."""

    name: str
    kind: str
    day: date
    yearly: bool
    ahead: int
    who: str
    bring: str = field(repr=False)
    raised: tuple[Mapping[str, Any], ...] = field(repr=False)

    @property
    def next(self) -> date | None:
        """The first day of it that nobody has answered for."""
        return next_day(self.day, self.yearly, {date.fromisoformat(str(one["for"])) for one in self.raised})


Entry = Addressee | Statement | Occasion


def entry_of(held: Record) -> Entry:
    """The entry in a record. Raises `Refused("payload")` for what cannot be read."""
    body = held.body
    try:
        match body["sort"]:
            case "statement":
                return _statement(held, body)
            case "occasion":
                return _occasion(held, body)
            case "organisation" | "official":
                return _addressee(held, body)
    except (AttributeError, KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason
    raise Refused("payload")


def _addressee(held: Record, body: Mapping[str, Any]) -> Addressee:
    terms = tuple(Terms(str(one["id"]), str(one["what"]), str(one["why"]), str(one["keeps"]), str(one["onward"]),
                        date.fromisoformat(one["signed_on"]), date.fromisoformat(one["until"]),
                        _day(one.get("ended_on")), str(one.get("ended_why", ""))) for one in body.get("terms", ()))
    asked = tuple(Asked(str(one["id"]), date.fromisoformat(one["on"]), str(one["how"]), str(one["about"]),
                        _day(one.get("again")), str(one.get("answer", "")), _day(one.get("closed")))
                  for one in body.get("asked", ()))
    return Addressee(held, body["sort"], str(body["name"]), tuple(map(str, body["others"])), str(body["country"]),
                     str(body["authority"]), str(body["office"]), str(body["body"]),
                     tuple(map(str, body["languages"])), str(body["address"]), str(body["source"]),
                     date.fromisoformat(body["as_of"]), str(body["note"]), terms, asked)


def _statement(held: Record, body: Mapping[str, Any]) -> Statement:
    return Statement(held, str(body["who"]), str(body["name"]), str(body["office"]), str(body["standing"]),
                     str(body["said_on"]), str(body["language"]), str(body["text"]), str(body["translation"]),
                     body["denies"] is True, str(body["about"]), str(body["source"]), str(body["author"]),
                     str(body["address"]), date.fromisoformat(body["as_of"]))


def _occasion(held: Record, body: Mapping[str, Any]) -> Occasion:
    raised = tuple(body.get("raised", ()))
    for one in raised:
        date.fromisoformat(str(one["for"]))
    return Occasion(held, str(body["name"]), str(body["kind"]), date.fromisoformat(body["day"]),
                    body["yearly"] is True, int(body.get("ahead", AHEAD)), str(body["who"]), str(body["raise"]), raised)


def _day(said: Any) -> date | None:
    return date.fromisoformat(said) if said else None

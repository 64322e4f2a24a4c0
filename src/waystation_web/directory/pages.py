"""What the pages of the directory show: loaded and recorded in one go, said in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from waystation.access import Facts, Kind, Permission
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor
from waystation_web.vault.queries import allow, lacks

from . import queries, words
from .entry import TYPE, Addressee, Asked, Entry, Occasion, Statement
from .queries import Directory
from .terms import Terms


@dataclass(frozen=True, slots=True)
class Row:
    """An addressee in the list, or on its page."""

    of: Addressee
    sort: str
    authority: str
    terms: str
    look: str
    next: date | None
    late: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with what it is worth."""

    of: Statement
    standing: str
    worth: str


@dataclass(frozen=True, slots=True)
class Day:
    """An occasion in the calendar; `state` is late, soon, later or over."""

    of: Occasion
    kind: str
    who: str
    state: str


@dataclass(frozen=True, slots=True)
class Open:
    """Something that was asked, in words."""

    of: Asked
    how: str
    late: bool


@dataclass(frozen=True, slots=True)
class Done:
    """What was raised on a day of an occasion, and who wrote it down."""

    item: Mapping[str, Any] = field(repr=False)
    who: str


@dataclass(frozen=True, slots=True)
class Page:
    """The whole directory for one of its three lists."""

    addressees: tuple[Row, ...]
    statements: tuple[Said, ...]
    days: tuple[Day, ...]
    people: list[tuple[str, str]]
    refused: int
    may_write: bool
    lacks: bool   # this person came later and cannot read all of it yet


@dataclass(frozen=True, slots=True)
class Shown:
    """One entry on its page."""

    of: Entry
    sort: str
    row: Row | Said | Day
    people: list[tuple[str, str]]
    may_write: bool
    terms: tuple[tuple[Terms, str, str, bool], ...] = ()   # with standing, look, and whether it can be ended
    asked: tuple[Open, ...] = ()
    said: tuple[Said, ...] = ()
    raised: tuple[Done, ...] = ()


def page(actor: Actor) -> Page:
    """Every entry. Raises `NotPermitted` for an auditor."""
    allow(actor, Permission.OPEN_VAULT, Facts(type=TYPE, holds=True))
    refused: list[bytes] = []
    with writing():
        found = queries.directory(actor, refused=refused)
    today = clock.today()
    return Page(tuple(_row(one, today) for one in found.addressees), tuple(map(_said, found.statements)),
                tuple(_day(one, found, today) for one in found.occasions), _people(found), len(refused),
                kept.may_make(actor, TYPE), lacks(actor, Kind.HOUSE))


def one(actor: Actor, entry_id: bytes) -> Shown:
    """One entry with what belongs to it. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        found = queries.held(actor, entry_id)
        around = queries.directory(actor, refused=[], looked=False)
    today, people, writes = clock.today(), _people(around), kept.may_write(actor, TYPE)
    if isinstance(found, Addressee):
        return Shown(found, found.sort, _row(found, today), people, writes, terms=_terms(found, today),
                     asked=_asked(found, today), said=tuple(map(_said, around.said_by(found.key))))
    if isinstance(found, Statement):
        return Shown(found, "statement", _said(found), people, writes)
    names = {who.id.hex(): who.handle for who in kept.colleagues().values()}
    return Shown(found, "occasion", _day(found, around, today), people, writes, raised=tuple(
        Done(one, names.get(str(one["by"]), "")) for one in reversed(found.raised)))


def _terms(one: Addressee, today: date) -> tuple[tuple[Terms, str, str, bool], ...]:
    return tuple((terms, str(words.TERMS[terms.standing(today)]), words.LOOKS[terms.standing(today)],
                  terms.bind(today)) for terms in sorted(one.terms, key=lambda each: each.until, reverse=True))


def _asked(one: Addressee, today: date) -> tuple[Open, ...]:
    closed = [each for each in one.asked if each.closed is not None]
    return tuple(Open(each, str(words.HOWS.get(each.how, each.how)), each.closed is None and each.again is not None
                      and each.again < today) for each in (*one.open, *reversed(closed)))


def _row(one: Addressee, today: date) -> Row:
    bound = one.binding(today)
    if bound is not None:
        terms, look = str(words.TERMS[bound.standing(today)]), words.LOOKS[bound.standing(today)]
    elif one.terms:
        terms, look = str(words.TERMS["ended"]), "bad"
    else:
        terms, look = str(words.NO_TERMS), "off"
    coming = one.open[0].again if one.open else None
    return Row(one, str(words.SORTS[one.sort]), str(words.AUTHORITIES.get(one.authority, one.authority)), terms, look,
               coming, coming is not None and coming < today)


def _said(one: Statement) -> Said:
    return Said(one, str(words.STANDINGS.get(one.standing, one.standing)), str(words.WORTH.get(one.standing, "")))


def _day(one: Occasion, found: Directory, today: date) -> Day:
    who, coming = found.addressee(one.who), one.next
    state = "over" if coming is None else "late" if coming < today else \
        "soon" if (coming - today).days <= one.ahead else "later"
    return Day(one, str(words.OCCASIONS.get(one.kind, one.kind)), who.name if who else "", state)


def _people(found: Directory) -> list[tuple[str, str]]:
    return [(one.key, one.name) for one in found.addressees]

"""What the pages of petitions show: loaded and recorded in one go."""

from __future__ import annotations

from dataclasses import dataclass, field

from waystation.access import Facts, Permission
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.directory import queries as directory
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor
from waystation_web.vault.queries import allow

from . import queries, words
from .petition import TYPE, Numbers, Petition, Sheet, numbers
from .signatures import Double, doubles


@dataclass(frozen=True, slots=True)
class Line:
    """A petition in the list."""

    of: Petition
    state: str
    look: str
    total: int


@dataclass(frozen=True, slots=True)
class Page:
    """All petitions."""

    lines: tuple[Line, ...]
    people: list[tuple[str, str]]
    refused: int
    may_write: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """Two signatures that may be one person's, in words."""

    of: Double
    level: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One petition on its page."""

    of: Petition
    state: str
    look: str
    how: str
    numbers: Numbers
    sheets: tuple[Sheet, ...] = field(repr=False)
    pairs: tuple[Pair, ...] = field(repr=False)
    whole: bool                # every pair was compared
    people: list[tuple[str, str]]
    may_write: bool


def page(actor: Actor) -> Page:
    """Petitions that this person reads. Raises `NotPermitted` for whoever never reads any."""
    allow(actor, Permission.OPEN_VAULT, Facts(type=TYPE, holds=True))
    refused: list[bytes] = []
    with writing():
        found, sheets = queries.every(actor, refused=refused)
        people = _people(actor)
    totals: dict[str, list[Sheet]] = {}
    for one in sheets:
        totals.setdefault(one.petition, []).append(one)
    return Page(tuple(Line(one, str(words.STATES[one.state]), words.LOOKS[one.state], _count(one, totals))
                      for one in found), people, len(refused), kept.may_make(actor, TYPE))


def one(actor: Actor, petition_id: bytes) -> Shown:
    """One petition with its sheets. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        found = queries.held(actor, petition_id)
        sheets = tuple(queries.sheets_of(actor, found))
        record(actor, Event.LIST_READ, count=len(sheets))
        people = _people(actor)
    pairs, whole = doubles([row for sheet in sheets for row in sheet.rows], found.apart) \
        if found.state == "collecting" else ((), True)
    counted = numbers(sheets) if sheets else Numbers(int(found.closed.get("count", 0)), ())
    return Shown(found, str(words.STATES[found.state]), words.LOOKS[found.state],
                 str(words.HOWS.get(str(found.delivered.get("how")), "")), counted, sheets,
                 tuple(Pair(each, str(words.LEVELS[each.level])) for each in pairs), whole, people,
                 kept.may_write(actor, TYPE))


def _count(one: Petition, sheets: dict[str, list[Sheet]]) -> int:
    return int(one.closed["count"]) if one.closed else numbers(sheets.get(one.key, ())).total


def _people(actor: Actor) -> list[tuple[str, str]]:
    return [(one.key, one.name) for one in directory.directory(actor, refused=[], looked=False).addressees]

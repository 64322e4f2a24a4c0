"""Search over everything one may read: opened, looked through, forgotten. There is no index, and no word is kept.

A name is found in every spelling, and hits say how they were found: as written, spelled otherwise, perhaps. What
somebody holds under seal is not searched, and the page says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from waystation.access import TYPES, Allowed, Facts, Kind, Permission, may
from waystation.linkage.finding import How, Query, Span
from waystation.linkage.sieve import Sieve
from waystation_web.audit.actions import record, record_refusal
from waystation_web.audit.events import Event
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.vault.actor import Actor
from waystation_web.vault.queries import Opened, open_held

from .found import APART, Place, place_of, text_of, written_at

SEARCHED = ("case", "person", "note", "contact", "place", "leg", "report", "hazard", "plan", "decision", "money",
            "incident", "card")
AT_ONCE = 200       # hits on a page
PIECES = 3          # pieces of text shown of one record
AROUND = 45         # characters shown before and behind a hit
ORDER = list(How)


@dataclass(frozen=True, slots=True)
class Piece:
    """A hit and the words around it."""

    before: str
    hit: str
    after: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that holds the words. `type` and `how` are codes; the page says them in the reader's language."""

    type: str
    how: How
    at: datetime
    place: Place
    pieces: tuple[Piece, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one type, the newest first."""

    type: str
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found. `sections`: for each way of finding, groups by type. `count`: of all, shown or not."""

    sections: tuple[tuple[How, tuple[Group, ...]], ...]
    count: int
    shown: int
    refused: int                    # records that do not open
    unsearched: tuple[str, ...]     # types that this person may not search
    name: bool                      # the words were also looked for as a name


def unsearched(actor: Actor) -> tuple[str, ...]:
    """Types of records that a search by this person leaves out."""
    able = _searchable(actor)
    return tuple(type_ for type_ in SEARCHED if type_ not in able)


def search(actor: Actor, words: str) -> Results:
    """Look for words in everything this person may search; one line of the record says how many records hold them.

    Raises `ValueError` for more than 200 characters.
    """
    query = Query(words.replace(APART, ""))
    able, refused = _searchable(actor), list[bytes]()
    found = []
    for opened in _opened(actor, query, {TYPES[type_] for type_ in able}, refused):
        if opened.type in able and (place := place_of(opened)) is not None:
            text = text_of(opened)
            if spans := query.spans(text):
                found.append((Hit(opened.type, _surest(spans), written_at(opened), place), text, spans))
    found.sort(key=lambda one: (-ORDER.index(one[0].how), one[0].at), reverse=True)
    with writing():
        record(actor, Event.SEARCHED, count=len(found))
        for vault in refused:
            record_refusal(actor, "search", vault=vault)
    shown = [_shown(*one) for one in found[:AT_ONCE]]
    return Results(_sections(shown), len(found), len(shown), len(refused), unsearched(actor), bool(query.names))


def _searchable(actor: Actor) -> frozenset[str]:
    member = actor.member(clock.now())
    return frozenset(type_ for type_ in SEARCHED if may(member, Permission.SEARCH, Facts(type=type_)) == Allowed())


def _opened(actor: Actor, query: Query, kinds: Iterable[Kind], refused: list[bytes]) -> Iterable[Opened]:
    """Read outside of a transaction that writes: a search of ten thousand records holds up nobody."""
    sieve = Sieve(query)
    for kind in sorted(kinds):
        yield from open_held(actor, kind, sieve.may_hold, refused=refused)


def _surest(spans: Sequence[Span]) -> How:
    return min((span.how for span in spans), key=ORDER.index)


def _shown(hit: Hit, text: str, spans: Sequence[Span]) -> Hit:
    """A hit with the words around it: of the surest sort, a few."""
    wanted = [span for span in spans if span.how == hit.how]
    return replace(hit, pieces=tuple(_piece(text, span) for span in wanted[:PIECES]), more=len(wanted[PIECES:]))


def _piece(text: str, span: Span) -> Piece:
    start = max(text.rfind(APART, 0, span.start) + 1, span.start - AROUND)
    end = text.find(APART, span.end)
    end = min(len(text) if end < 0 else end, span.end + AROUND)
    cut = "…" if start and text[start - 1] != APART else ""
    left = "…" if end < len(text) and text[end] != APART else ""
    return Piece(cut + text[start:span.start], text[span.start:span.end], text[span.end:end] + left)


def _sections(hits: Sequence[Hit]) -> tuple[tuple[How, tuple[Group, ...]], ...]:
    found = []
    for how in How:
        groups = [Group(type_, tuple(hit for hit in hits if (hit.how, hit.type) == (how, type_))) for type_ in SEARCHED]
        if any(group.hits for group in groups):
            found.append((how, tuple(group for group in groups if group.hits)))
    return tuple(found)



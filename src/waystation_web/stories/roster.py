"""Whom a story may not show: names, numbers, places and helpers of its cases, as far as whoever looks can open them.

Nobody holds all of it: whoever holds the names searches for the names, whoever guards the helpers for them. It
is said which of the two was done, and a story waits for both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from waystation.access import Role
from waystation.evidence.roster import Roster
from waystation.stories.parts import AREAS
from waystation_web.cases import values
from waystation_web.cases.case import case_of
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor

from .story import Story

HELPERS = frozenset({Role.COORDINATOR, Role.SECURITY_OFFICER})
PLACES = ("near", "code", "area")
PUBLIC = frozenset(word.strip().casefold() for code, (name, *_) in AREAS.items() for word in (code, *name.split(",")))


@dataclass(frozen=True, slots=True)
class Known:
    """A roster, and what it covers: the cases whose names it holds, and whether places and helpers are on it."""

    roster: Roster = field(repr=False)
    names: frozenset[str]
    network: bool


def known(actor: Actor, story: Story) -> Known:
    """What this person can look for, inside the caller's `writing()`."""
    names: list[tuple[str, str]] = []
    handles: list[tuple[str, str]] = []
    places: list[tuple[str, str]] = []
    covered = set()
    for key in story.cases:
        held = kept.maybe(actor, key, "case")
        if held is None:
            continue
        case = case_of(held)
        places += [(word, case.key) for word in (case.ref, case.alias) if len(word) > 1]
        records = [kept.maybe(actor, one, "person") for one in case.household_records]
        for one in filter(None, records):
            names += [(values.text(said, "text"), case.key) for said in values.items(one.body, "names")]
            handles.append((values.text(values.part(one.body, "call_back"), "number"), case.key))
        if None not in records:
            covered.add(case.key)
    names += [(name, "house") for each in kept.colleagues().values() for name in (each.name, each.handle)]
    network = bool(actor.roles & HELPERS)  # who holds every contact by their role; places as far as they are given
    broken: list[bytes] = []
    if network:
        places += [(word, "network") for word in _of_the_network(actor, broken)]
        handles += [(values.text(one.body, "value"), "network") for one in kept.every(
            actor, "handle", looked=False, refused=broken)]
    wide = [(words, of) for words, of in names if len(words.strip()) > 1]
    return Known(Roster.of(names=wide, places=places, handles=[one for one in handles if one[0].strip()]),
                 frozenset(covered), network and not broken)  # what does not open was not looked for


def _of_the_network(actor: Actor, broken: list[bytes]) -> Iterator[str]:
    for held in kept.every(actor, "contact", looked=False, refused=broken):
        yield from (str(word) for word in [held.body.get("code_name"), *(held.body.get("aliases") or [])] if word)
    for held in kept.every(actor, "place", looked=False, refused=broken):
        yield from _finer(values.part(held.body, "row"))


def _finer(cells: Mapping[str, Any]) -> Iterable[str]:
    """Words of a row that say more than a country or a province."""
    words = [str(cells[name]) for name in PLACES if cells.get(name)]
    return [word for word in words if len(word) > 2 and word.casefold() not in PUBLIC]

"""Addresses of one app and who gets which answer there: what a `doors_<app>.py` beside this file says.

    THINGS = {"case": Thing("case", make)}         what stands in addresses as <id:case>; make(stage) -> hex id, made by
                                                   somebody who may; `of` names the thing that must be made first
    TABLE  = {"case": {"GET": holders("case", 200), "POST": writers("case", 302, reader=403)}}
    SENT   = {"case": {"wish": "x"}}               what POST sends: valid, so that a 302 means that it was done; a function
                                                   of the ids (a dict by name) where it must name one
    ENDS   = ("case-shred",)                       what must come last: it ends something
    FIRST  = (...)                                 what must come first: a later one needs its state

A column of the matrix is a person of one role, once without and once with a grant of every thing whose table of roles
allows one at all. Who holds nothing of a type by role gets "there is no such page"; who holds it and does not write it, 403.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from acts import member

from waystation.access import WRITERS, Holding, holding
from waystation_web.duty import actions as house
from waystation_web.gateways.database import writing
from waystation_web.records import actions, queries
from waystation_web.vault.queries import held_ids

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Thing:
    """Something that an address names by its id."""

    type: str
    make: Callable[..., str]
    of: str = ""


@dataclass
class Doors:
    """Everything that the modules say, together."""

    things: dict[str, Thing] = field(default_factory=dict)
    table: dict[str, dict[str, Any]] = field(default_factory=dict)
    sent: dict[str, Any] = field(default_factory=dict)
    ends: tuple[str, ...] = ()
    first: tuple[str, ...] = ()


def joined(stage: Any, handle: str, role: str) -> Any:
    """Somebody who makes things. Who came after the house's own was written is let read it: its limits bind them."""
    someone = member(stage.office, handle, (role,))
    if "duty" in stage.authors:
        house.admit(stage.authors["duty"], someone.id)
    return someone


def every() -> Doors:
    """What all modules beside this one say. Two that speak of one address are a mistake."""
    found = Doors()
    for path in sorted(HERE.glob("doors_*.py")):
        module = importlib.import_module(path.stem)
        twice = set(found.table) & set(module.TABLE)
        assert not twice, f"{path.name}: {twice} stands elsewhere already"
        found.things |= getattr(module, "THINGS", {})
        found.table |= module.TABLE
        found.sent |= getattr(module, "SENT", {})
        found.ends += getattr(module, "ENDS", ())
        found.first += getattr(module, "FIRST", ())
    return found


def has(who, type_: str) -> bool:
    """Whether a column's person holds a thing of this type: by role, or because it was shared with them."""
    if who.role is None:
        return False
    how = holding(type_, {who.role})
    return how is Holding.BY_ROLE or (who.granted and how is not Holding.NEVER)


def anybody(status, stepped_up=None):
    """Whoever is signed in; `stepped_up`, if the answer is another one after confirming who one is."""
    return lambda who: {401} if who.outside else {stepped_up if who.stepped_up and stepped_up else status}


def roles(some, status, *, others=403, stepped_up=None):
    """Some roles, whatever they hold; another answer for the others."""
    return lambda who: {401} if who.outside else {
        (stepped_up if who.stepped_up and stepped_up else status) if who.role in some else others}


def makers(type_, status, *, others=403):
    """Whoever may make a record of this type."""
    return roles(WRITERS[type_], status, others=others)


def holders(type_, status, *, others=404, stepped_up=None):
    """Whoever holds the thing; for everybody else there is none."""
    return lambda who: {401} if who.outside else {
        (stepped_up if who.stepped_up and stepped_up else status) if has(who, type_) else others}


def writers(type_, status, *, reader=403, others=404, stepped_up=None, only=None):
    """Whoever holds the thing and writes its type (or is of the roles `only`); who only reads it is refused."""
    may = WRITERS[type_] if only is None else frozenset(only)
    return lambda who: {401} if who.outside else {
        others if not has(who, type_) else reader if who.role not in may else
        stepped_up if who.stepped_up and stepped_up else status}


def acts(type_, *, ok=302):
    """A change to a thing: whoever does not hold it finds none; who holds and writes its type does it, or is told what is
    missing (a form, a signature, a step); who holds it and does not write it never succeeds."""
    def rule(who):
        if who.outside:
            return {401}
        if not has(who, type_):
            return {404}
        return {ok, 400, 403, 409} if who.role in WRITERS[type_] else {400, 403, 404, 409}

    return rule


def page_of(type_, *others):
    """The two usual methods of a page of a thing: reading it, and changing it there if it takes forms."""
    return {"GET": holders(type_, 200)} | ({"POST": acts(type_)} if "POST" in others else {})


def shared(author, things: dict[str, Thing], ids: dict[str, str], reader) -> None:
    """Give a reader every thing that may be given to them at all, by the act that people use."""
    from datetime import timedelta

    from waystation_web.gateways import clock
    from waystation_web.vault.errors import NotPermitted

    for name, thing in things.items():
        try:
            with writing():
                actions.share(author(name), bytes.fromhex(ids[name]), thing.type, reader.id, reason="to see it",
                              until=clock.today() + timedelta(days=30), second=bytes(16))
        except NotPermitted as why:
            if why.rule not in {"recipient", "own"}:  # this role is never given it; or they made it themselves
                raise


def welcome(chief, account: bytes) -> None:
    """Let somebody who came later read what everybody reads: without the house's limits nobody pays anything."""
    with writing():
        there = held_ids(account)
        for type_ in ("duty", "card", "setting"):
            for held in queries.every(chief, type_, looked=False):
                if held.id not in there:
                    actions.share(chief, held.id, type_, account, reason="joined", second=bytes(16))

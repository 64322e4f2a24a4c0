"""Addresses of one app and who gets which answer there: what a `doors_<app>.py` beside this file says.

    THINGS = {"case": Thing("case", make)}         what stands in addresses as <id:case>; make(stage, ids) -> hex id, made by
                                                   somebody who may; a thing called "case-notes/case" is for that row alone
    TABLE  = {"case": {"GET": holders("case", 200), "POST": writers("case", 302)}}
    SENT   = {"case": {"wish": "x"}}               what POST sends: complete and valid, so that nothing but a permission is in
                                                   its way; a function of the ids (`Ids`) where it must name something
    ASKS   = ("search",)                           rows whose POST only asks: what is allowed there changes nothing
    ON     = {"plan-sheet": "of-plan"}             the thing that an act is done to, where its address names another one
    ENDS   = ("case-shred",)                       what must come last: it ends something
    FIRST  = (...)                                 what must come first: a later one changes what it rests on

Several addresses of one name (the sheets of a book) are a row each, "book-sheet:legs"; rows that are equal may stand under
the name alone. A column of the matrix is a person of one role, once without and once with a grant of every thing whose
table of roles allows one at all. Who holds nothing of a type by role gets "there is no such page"; who holds it and does not
write it, 403. Each cell is one answer, and `test_access.look` sees what became of the records: an act that is allowed was
done to the record that its address names or made a new one, and whatever is refused or only read changed nothing.
"""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from acts import member
from django.urls import URLPattern
from tour import addresses

from waystation.access import WRITERS, Holding, holding
from waystation_web.duty import actions as house
from waystation_web.gateways.database import writing
from waystation_web.records import actions, queries
from waystation_web.vault.queries import held_ids

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Thing:
    """Something that an address names by its id. A type of "" is no record, or one that is shared with nobody."""

    type: str
    make: Callable[..., str]


class Ids(dict):
    """Ids of things by their names, and what a form must say of them as they stand now. Without a stage they are nobody's."""

    stage: Any = None
    types: dict[str, str]

    def held(self, name: str, type_: str = "") -> Any:
        """The record of a thing, as whoever made it reads it."""
        with writing():
            return queries.one(self.stage.authors[name], bytes.fromhex(self[name]), type_ or self.types[name], looked=False)

    def revision(self, name: str) -> int:
        """Which edition of a thing stands now."""
        return self.held(name).revision if self.stage else 1

    def person(self, handle: str) -> str:
        """The id of somebody of the stage, who is somebody else than the column's person."""
        return self.stage.somebody(handle).hex() if self.stage else "00" * 16


@dataclass
class Doors:
    """Everything that the modules say, together."""

    things: dict[str, Thing] = field(default_factory=dict)
    table: dict[str, dict[str, Any]] = field(default_factory=dict)
    sent: dict[str, Any] = field(default_factory=dict)
    asks: tuple[str, ...] = ()
    on: dict[str, str] = field(default_factory=dict)
    ends: tuple[str, ...] = ()
    first: tuple[str, ...] = ()


def rows() -> Iterator[tuple[str, URLPattern]]:
    """Every address as a row of the matrix: its name, and what it is about where several have that name."""
    there = list(addresses())
    count = Counter(name for name, _ in there)
    for name, pattern in there:
        about = "/".join(str(value) for value in pattern.default_args.values())
        yield name if count[name] == 1 else f"{name}:{about}", pattern


def whole(table: dict[str, Any], keys: Any) -> dict[str, Any]:
    """The table with a row for each address: those under a name alone hold for each address of this name."""
    found = dict(table)
    for key in keys:
        name = key.partition(":")[0]
        if key not in found and name in table:
            found[key] = table[name]
    return {key: row for key, row in found.items() if key in keys or not any(one.startswith(f"{key}:") for one in keys)}


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
        found.asks += getattr(module, "ASKS", ())
        found.on |= getattr(module, "ON", {})
        found.ends += getattr(module, "ENDS", ())
        found.first += getattr(module, "FIRST", ())
    return found


def has(who, *types: str) -> bool:
    """Whether a column's person holds a thing of each of these types: by role, or because it was shared with them."""
    hows = [holding(type_, {who.role}) for type_ in types] if who.role else [Holding.NEVER]
    return all(how is Holding.BY_ROLE or (who.granted and how is not Holding.NEVER) for how in hows)


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


def holders(type_, status, *more, others=404, stepped_up=None):
    """Whoever holds the thing (and one of each type in `more`); for everybody else there is none."""
    return lambda who: {401} if who.outside else {
        (stepped_up if who.stepped_up and stepped_up else status) if has(who, type_, *more) else others}


def writers(type_, status, *more, reader=403, others=404, stepped_up=None, only=None):
    """Whoever holds the thing (and what its page needs beside it) and writes its type, or is of the roles `only`; who only
    reads it is refused."""
    may = WRITERS[type_] if only is None else frozenset(only)
    return lambda who: {401} if who.outside else {
        others if not has(who, type_, *more) else reader if who.role not in may else
        stepped_up if who.stepped_up and stepped_up else status}


def page_of(type_, *others):
    """The two usual methods of a page of a thing: reading it, and changing it there if it takes forms."""
    return {"GET": holders(type_, 200)} | ({"POST": writers(type_, 302)} if "POST" in others else {})


def shared(author, things: dict[str, Thing], ids: dict[str, str], reader) -> None:
    """Give a reader every thing that may be given to them at all, by the act that people use."""
    from datetime import timedelta

    from waystation_web.gateways import clock
    from waystation_web.vault.errors import NotPermitted

    for name, thing in things.items():
        if holding(thing.type, reader.roles) is Holding.NEVER:
            continue  # it could not be given to them: test_grants
        try:
            with writing():
                actions.share(author(name), bytes.fromhex(ids[name]), thing.type, reader.id, reason="to see it",
                              until=clock.today() + timedelta(days=30), second=bytes(16))
        except NotPermitted as why:
            if why.rule != "own":  # they made it themselves
                raise


def welcome(chief, account: bytes) -> None:
    """Let somebody who came later read what everybody reads: without the house's limits nobody pays anything."""
    with writing():
        there = held_ids(account)
        for type_ in house.HOUSE:
            for held in queries.every(chief, type_, looked=False):
                if held.id not in there:
                    actions.share(chief, held.id, type_, account, reason="joined", second=bytes(16))

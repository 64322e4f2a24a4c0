"""Reading statements: the list, one page, and whom another interview is for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from waystation.access import Facts, Permission, Role
from waystation.testimony.interview import USES, Segment, may_quote
from waystation.testimony.versions import Version, recanted
from waystation_web.cases import queries as cases
from waystation_web.cases import values
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.records.queries import Colleague
from waystation_web.vault.actor import Actor
from waystation_web.vault.queries import allow

from . import words
from .actions import digest
from .coded import PERPETRATOR, of_sort
from .coded import TYPE as CODED
from .statement import TYPE, Statement, statement_of
from .witnesses import Witness, earlier_of, register

CLOSE = frozenset({Role.RIGHTS_OFFICER, Role.CASE_WORKER})  # who works with the witness; others read words and codes


@dataclass(frozen=True, slots=True)
class Listing:
    """Statements that this person holds, and the witnesses by pseudonym."""

    rows: tuple[Statement, ...]
    witnesses: tuple[Witness, ...]
    may_make: bool
    people: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """The earlier interviews of a witness, as they are shown before another one is planned."""

    earlier: tuple[Statement, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece that may be quoted, its words, and for which uses it may be quoted today; else why not."""

    n: int
    words: str = field(repr=False)
    speaker: str
    language: str
    risk: str
    sensitive: str
    uses: tuple[str, ...]
    may: tuple[str, ...]
    why_not: str


@dataclass(frozen=True, slots=True)
class Page:
    """One statement with everything that stands on its page for whoever asks."""

    statement: Statement
    today: date
    may_write: bool
    names: Mapping[str, str]
    readers: tuple[Colleague, ...]
    earlier: tuple[Statement, ...]
    versions: tuple[tuple[Version, Version | None], ...]
    pieces: tuple[Piece, ...]
    safety: Mapping[str, Any] = field(repr=False)
    captor: tuple[tuple[str, str], ...] = field(repr=False)
    perpetrators: tuple[tuple[str, str], ...]
    consents: tuple[tuple[str, bool, bool], ...]   # use, whether a yes stands, whether it is cleared


def listing(actor: Actor, *, refused: list[bytes]) -> Listing:
    """What this person holds, the newest first. Raises `NotPermitted` for roles that never read a statement."""
    allow(actor, Permission.OPEN_VAULT, Facts(type=TYPE, holds=True))
    able = kept.may_make(actor, TYPE)
    with writing():
        found = [statement_of(one) for one in kept.every(actor, TYPE, refused=refused)]
        mine = cases.cases(actor, refused=[]) if able else []
    people = [(f"{case.key}:{one.id}", f"{case.ref} · {one.code}") for case in mine for one in case.people]
    rows = sorted(found, key=lambda one: (one.record.made.at, one.key), reverse=True)
    return Listing(tuple(rows), tuple(register(found)), able, tuple(people))


def looked(actor: Actor, who: Mapping[str, Any]) -> Looked:
    """The earlier interviews of a witness, all of them read. Raises `NotPermitted`."""
    allow(actor, Permission.CREATE_VAULT, Facts(type=TYPE))
    with writing():
        known = [statement_of(one) for one in kept.every(actor, TYPE)]
    found = earlier_of(who["witness"], who["case"], who["person"], known)
    return Looked(tuple(found), digest(found))


def page(actor: Actor, statement_id: bytes) -> Page:
    """One statement. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        of = statement_of(kept.one(actor, statement_id, TYPE))
        readers = kept.held_by(kept.holders(actor, statement_id))
        known = [statement_of(one) for one in kept.every(actor, TYPE, looked=False)]
        coded = of_sort(kept.every(actor, CODED, looked=False), PERPETRATOR)
    today, near = clock.today(), bool(actor.roles & CLOSE)
    names = {one.id.hex(): one.handle for one in kept.colleagues().values()}
    units = tuple((one.key, unit_of(one.body)) for one in coded)
    cleared = values.part(of.body, "cleared")
    safety = dict(values.part(of.body, "safety")) if near else {}
    if Role.RIGHTS_OFFICER not in actor.roles:
        safety.pop("identity", None)
    held_by = tuple((dict(units).get(values.text(one, "perpetrator"), "?"), values.text(one, "note"))
                    for one in values.items(of.body, "captor")) if near else ()
    others = [one for one in earlier_of(of.witness, of.case, of.person, known) if one.key != of.key]
    return Page(of, today, kept.may_write(actor, TYPE), names, tuple(readers), tuple(others),
                tuple((one, recanted(of.versions, one.n)) for one in of.versions), pieces(of, today), safety, held_by,
                units, tuple((use, of.consented(use, today), use in cleared) for use in USES))


def pieces(of: Statement, today: date) -> tuple[Piece, ...]:
    """The pieces of a statement that were marked, each with the uses for which it may be quoted now."""
    texts, found = {one.n: one for one in of.versions}, []
    for one in values.items(of.body, "segments"):
        version = texts[int(one["n"])]
        uses = values.texts(one, "uses")
        start, end = int(one["start"]), int(one["end"])
        method = any(each.restricted and each.n == version.n and each.start < end and start < each.end
                     for each in of.claims)  # words that say how violence was done, wherever a piece begins or ends
        said = Segment(uses, values.text(one, "risk"), values.text(one, "sensitive"), method,
                       recanted(of.versions, version.n) is not None)
        answers = {use: may_quote(said, use, consented=of.consented(use, today)) for use in USES}
        no = next((answers[use] for use in ("public", *uses) if answers[use] is not None), None)
        found.append(Piece(version.n, version.text[start:end], values.text(one, "speaker"),
                           version.language, said.risk, said.sensitive, uses,
                           tuple(use for use, why in answers.items() if why is None), no.sentence if no else ""))
    return tuple(found)


def unit_of(body: Mapping[str, Any]) -> str:
    """A perpetrator of the register in one line: kind, unit, rank, facility. There is no name to show."""
    parts = (words.term("24", body.get("kind")), body.get("unit"), body.get("rank"), body.get("facility"))
    return " · ".join(str(one) for one in parts if one)

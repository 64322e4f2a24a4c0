"""The claims of a statement, each with its label and its words, beside what says otherwise and what a State says."""

from __future__ import annotations

from dataclasses import dataclass, field

from waystation.testimony.claims import Claim, Relation
from waystation.testimony.independence import in_words
from waystation_web.cases import values
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.records.record import Record
from waystation_web.vault.actor import Actor

from .coded import DENIAL, PERPETRATOR, of_sort
from .coded import TYPE as CODED
from .queries import unit_of
from .recount import Everything, all_of
from .statement import TYPE, Statement, statement_of


@dataclass(frozen=True, slots=True)
class Beside:
    """Another claim beside one: whose, its words, why they may differ, what was noted."""

    ref: str
    witness: str = field(repr=False)
    claim: Claim
    words: str = field(repr=False)
    link: Relation


@dataclass(frozen=True, slots=True)
class Row:
    """One claim as the page shows it. `verification` and `sources` are worked out and cannot be left out."""

    claim: Claim
    words: str = field(repr=False)
    verification: str
    sources: str
    single: bool
    same: tuple[Beside, ...]
    otherwise: tuple[Beside, ...]
    denials: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The claims of one statement."""

    statement: Statement
    rows: tuple[Row, ...]
    may_write: bool
    may_code: bool
    witnesses: tuple[str, ...]
    others: tuple[tuple[str, str], ...]
    perpetrators: tuple[tuple[str, str], ...]


def claims(actor: Actor, statement_id: bytes) -> Page:
    """The claims of a statement. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        of = statement_of(kept.one(actor, statement_id, TYPE))
        known = all_of(actor)
        coded = kept.every(actor, CODED, looked=False)
    denials = of_sort(coded, DENIAL)
    others = tuple((one.id, f"{known.statements[one.id.partition(':')[0]].ref} · {one.says}")
                   for one in known.claims.values())
    names = tuple(dict.fromkeys(one.witness for one in known.statements.values() if one.witness != of.witness))
    return Page(of, tuple(_row(known, one, denials) for one in of.claims), kept.may_write(actor, TYPE),
                kept.may_make(actor, CODED) and kept.may_write(actor, TYPE), names, others,
                tuple((one.key, unit_of(one.body)) for one in of_sort(coded, PERPETRATOR)))


def _row(known: Everything, claim: Claim, denials: list[Record]) -> Row:
    count = known.count(claim.id)
    place = claim.about.get("facility")
    about = tuple(one for one in denials if place and values.text(one.body, "facility") == place)
    return Row(claim, words_of(known, claim), count.verification, in_words(count), count.single,
               _beside(known, claim, "corroborates"), _beside(known, claim, "contradicts"), about)


def _beside(known: Everything, claim: Claim, kind: str) -> tuple[Beside, ...]:
    found = []
    for other, link in known.beside(claim.id, kind):
        of = known.statements[other.id.partition(":")[0]]
        found.append(Beside(of.ref, of.witness, other, words_of(known, other), link))
    return tuple(found)


def words_of(known: Everything, claim: Claim) -> str:
    """The exact words that a claim was taken from."""
    of = known.statements[claim.id.partition(":")[0]]
    version = next(one for one in of.versions if one.n == claim.n)
    return version.text[claim.start:claim.end]

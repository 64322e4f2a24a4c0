"""Statements of witnesses in a package: which may go along, and their files, under codes that are the package's own.

A statement goes to the UN or a court alone: of no other use outside are its whole words asked. Two must say yes to it,
the statement itself, which was cleared for this use, and the case of whoever told it (`agreeing`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext, gettext_noop

from waystation.evidence.package import Laid, laid
from waystation.testimony.claims import Claim
from waystation.testimony.files import claims_file, statement_file
from waystation.testimony.versions import quotable
from waystation_web.cases import values
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.testimony import words
from waystation_web.testimony.actions_use import may_leave
from waystation_web.testimony.coded import DENIAL, of_sort
from waystation_web.testimony.coded import TYPE as CODED
from waystation_web.testimony.recount import all_of
from waystation_web.testimony.statement import RESTRICTED, TAKEN, Statement
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted

from .agreeing import NO_DATA, For
from .package import Package

USES = frozenset({"un", "court"})
OF_DENIAL = ("country", "who", "said_on", "words", "citation")
ELSEWHERE = gettext_noop("Whole statements go to the UN or to a court alone: witnesses are asked about no other use "
                         "outside. Choose one of these, or leave the statement out.")
NO_CASE = gettext_noop("This statement belongs to no case, so nobody can see here what its witness agreed to. "
                       "It stays out.")
TELLS = gettext_noop("The words of a witness tell of others too. Write down why they may be shown.")

Chosen = Sequence[tuple[bytes, Sequence[int]]]


@dataclass(frozen=True, slots=True)
class Told:
    """A statement that goes along: under which code, with the words of which versions."""

    code: str
    of: Statement = field(repr=False)
    shown: frozenset[int]


def choices(actor: Actor) -> list[tuple[str, str]]:
    """What could go along, as "statement/version": words that a person checked, of statements with a case."""
    with writing():
        found = all_of(actor, refused=[]).statements.values()
    return [(f"{of.key}/{one.n}", " · ".join((of.ref, of.witness, gettext("version %d") % one.n,
                                              words.word("version", one.kind), one.language)))
            for of in found if of.case and of.status in {TAKEN, RESTRICTED}
            for one in of.versions if quotable(of.versions, one.n) is None]


def may_go(actor: Actor, statement_id: bytes, versions: Iterable[int], wanted: For, shown: str) -> Statement:
    """The statement, if its words may go for this use, inside `writing()`. Raises `NotPermitted`, `NoSuchVault`."""
    if wanted.use not in USES:
        raise NotPermitted("statement_use", ELSEWHERE, vault=statement_id)
    of = may_leave(actor, statement_id, wanted.use)
    if not of.case:
        raise NotPermitted("no_case", NO_CASE, vault=statement_id)
    if "testimony" not in wanted.data:
        raise NotPermitted("no_data", NO_DATA, vault=statement_id)
    if not shown:
        raise NotPermitted("thirds", TELLS, vault=statement_id)
    for n in versions:
        if (no := quotable(of.versions, n)) is not None:
            raise NotPermitted(no.rule, no.sentence, vault=statement_id)
    return of


def with_owners(people: Iterable[tuple[bytes, str]], found: Iterable[Statement]) -> list[tuple[bytes, str]]:
    """Whose consent is looked up: whoever was named, and each witness whose words go along, named or not."""
    return list(dict.fromkeys([*people, *((of.case, of.person) for of in found)]))


def told(actor: Actor, package: Package) -> list[Told]:
    """The statements of a package as they are now. Raises `NotPermitted` if one may not go any more."""
    wanted = For(package.use, package.to, package.state_of, package.data)
    return [Told(one.code, may_go(actor, one.statement, one.versions, wanted, package.shown), frozenset(one.versions))
            for one in package.statements]


def files(actor: Actor, along: Sequence[Told]) -> list[Laid]:
    """Every file of the statements and the one of their claims, inside `writing()`; none where none goes along."""
    return [*(one for each in along for one in _of_one(each)), *([_claims(actor, along)] if along else [])]


def digests(of: Iterable[Laid]) -> dict[str, str]:
    """Which bytes exactly two people sign for."""
    return {one.path: one.sha256 for one in of}


def _of_one(one: Told) -> Iterator[Laid]:
    made = statement_file(one.code, one.of.versions, one.shown, language=values.text(one.of.body, "language"),
                          inducement=values.text(one.of.taken, "inducement") or "unknown",
                          interviews_before=int(one.of.planned.get("earlier") or 0))
    for name, data in made.items():
        kind = "application/json" if name.endswith(".json") else "text/plain"
        yield laid(f"data/statements/{one.code}/{name}", data, kind)


def _claims(actor: Actor, along: Sequence[Told]) -> Laid:
    """Claims of the words that go along. Sources are counted over everything held here; its words stay here."""
    known = all_of(actor)
    codes = {claim.id: f"{one.code}.{place}" for one in along for place, claim in enumerate(one.of.claims, 1)
             if claim.n in one.shown}
    used = [replace(claim, id=codes[claim.id]) for claim in known.claims.values() if claim.id in codes]
    others = [claim for claim in known.claims.values() if claim.id not in codes]
    links = [replace(one, one=codes.get(one.one, one.one), other=codes.get(one.other, one.other))
             for one in known.links]
    return laid("data/claims.json", claims_file(used, others, links, {}, _denials(actor, used)), "application/json")


def _denials(actor: Actor, used: Iterable[Claim]) -> list[dict[str, str]]:
    """What States say of the places that these claims are about."""
    about = {place for one in used if (place := one.about.get("facility"))}
    return [{name: values.text(held.body, name) for name in OF_DENIAL}
            for held in of_sort(kept.every(actor, CODED, looked=False), DENIAL)
            if values.text(held.body, "facility") in about]

"""Pages of arrivals: their list, one with what is not all right, and how it went for everybody, counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from waystation.access import Facts, Permission
from waystation.casework.arrival import Counted, Milestone, counted
from waystation_web.cases import queries as cases
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.ledger.reading import ledger, may_read
from waystation_web.ledger.rows import DebtRow, debt_row
from waystation_web.records import queries as kept
from waystation_web.status.application import Application, application_of
from waystation_web.vault.actor import Actor
from waystation_web.vault.queries import allow

from .actions import ARRIVED
from .due import Due, of_one
from .followup import TYPE, Debts, FollowUp, debts_of, followup_of


@dataclass(frozen=True, slots=True)
class Page:
    """One arrival."""

    one: FollowUp
    today: date
    worries: tuple[str, ...]
    unasked: tuple[str, ...]
    milestones: tuple[Milestone, ...]
    debts: tuple[DebtRow, ...] = field(repr=False)
    reads_money: bool                   # whether this person holds lines of the ledger at all
    claims: tuple[Application, ...] = field(repr=False)   # of the same person, that are not over
    may_write: bool
    names: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Listing:
    """Arrivals that this person follows, and how it went for all of them."""

    rows: tuple[tuple[FollowUp, tuple[Due, ...]], ...]
    outcomes: Counted
    work: Counted
    may_make: bool


def listing(actor: Actor, *, refused: list[bytes]) -> Listing:
    """By their letters, never by how they are. Raises `NotPermitted` for other roles."""
    allow(actor, Permission.OPEN_VAULT, Facts(type=TYPE, holds=True))
    with writing():
        found = [followup_of(one) for one in kept.every(actor, TYPE, refused=refused)]
    today = clock.today()
    rows = sorted(found, key=lambda one: (one.stopped, one.ref, one.key))
    return Listing(tuple((one, tuple(of_one(one, today))) for one in rows),
                   counted(str(one.outcome.get("code") or ("no_contact" if one.no_contact else "")) for one in found),
                   counted(str(one.newest("work") or "") for one in found), kept.may_make(actor, TYPE))


def people(actor: Actor) -> list[tuple[str, str]]:
    """Who may be followed: people of the cases that this person holds and that arrived, as "case:person"."""
    with writing():
        held = cases.cases(actor, refused=[])
        there = {(one.body.get("case"), one.body.get("person")) for one in kept.every(actor, TYPE, looked=False,
                                                                                      refused=[])}
    return [(f"{case.key}:{one.id}", f"{case.ref} · {one.code}") for case in held if case.stage in ARRIVED
            for one in case.people if (case.key, one.id) not in there]


def page(actor: Actor, followup_id: bytes) -> Page:
    """One arrival. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        one = followup_of(kept.one(actor, followup_id, TYPE))
        reads = may_read([role.value for role in actor.roles])
        owed = [each for each in ledger(actor).debts if each.case_id == one.case] if reads else []
        claims = [application_of(each) for each in kept.every(actor, "application", looked=False, refused=[])
                  if each.body.get("case") == one.case.hex()]
    today, debts = clock.today(), debts_of(owed, one.case) if reads else Debts()
    names = {each.id.hex(): each.handle for each in kept.colleagues().values()}
    return Page(one, today, one.worries(today, debts), one.unasked(), one.milestones(today),
                tuple(debt_row(each) for each in owed), reads,
                tuple(each for each in claims if one.person in each.persons and not each.over),
                kept.may_write(actor, TYPE), names)

"""Everything of the ledger that somebody holds, opened once for one request; and who shall read what is written.

Runs inside the caller's `writing()`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from waystation.access import Facts, Holding, Permission, Role, holding
from waystation.ledger.entries import Direction, Entry
from waystation.ledger.observations import Observation, PersonSold
from waystation_web.cases import actions as timeline
from waystation_web.cases import queries as cases
from waystation_web.duty.queries import binding, limits
from waystation_web.gateways import clock
from waystation_web.records import queries as kept
from waystation_web.records.look import Look
from waystation_web.records.record import Record
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted, Refused
from waystation_web.vault.queries import allow

from . import debt, entry, figures
from .debt import Owed, owed_of
from .entry import Line, State, line_of
from .figures import Figures, figures_of, observation_of, sold_of

__all__ = ["Ledger", "binding", "case_of", "ledger", "limits", "may_look", "readers", "tell", "who_reads"]

WITHIN = timedelta(days=7)  # parts of one payment that come within a week are one payment
READS = Holding.NAMED  # whoever may hold a line without a reason, an end or a second signature


@dataclass(frozen=True, slots=True)
class Ledger:
    """What one person holds of the ledger. `broken` counts records that did not open: sums say so."""

    lines: tuple[Line, ...] = field(repr=False)
    debts: tuple[Owed, ...] = field(repr=False)
    figures: Figures = field(repr=False)
    figure_records: tuple[Record, ...] = field(repr=False)
    told: tuple[tuple[bytes, Observation], ...] = field(repr=False)
    sold: tuple[tuple[bytes, PersonSold], ...] = field(repr=False)
    broken: int = 0

    @property
    def entries(self) -> list[Entry]:
        """The core's entries of all lines."""
        return [one.entry for one in self.lines]

    def to_the_same(self, paid: Entry, own: str) -> tuple[Entry, ...]:
        """Lines of one signature to the same code name within a week, but for the line itself."""
        if not paid.contact:
            return ()
        return tuple(one.entry for one in self.lines
                     if one.key != own and one.why is None and one.state in {State.OPEN, State.PAID}
                     and one.entry.contact == paid.contact and one.entry.direction is Direction.OUT
                     and abs(one.entry.day - paid.day) <= WITHIN)


def ledger(actor: Actor, *, looked: bool = False, seen: Look | None = None) -> Ledger:
    """All records of money that this person holds. `looked`: a page shows them, which is one line of the record.

    `seen`: what the page has opened already, and has told the record of what did not open.
    """
    refused: list[bytes] = []
    held = kept.every(actor, "money", refused=refused, looked=looked) if seen is None else seen.of("money")
    numbers = tuple(one for one in held if one.body.get("sort") == figures.SORT)
    known = figures_of(numbers)
    lines, debts, told, sold, broken = [], [], [], [], len(refused)
    for one in held:
        try:
            match one.body.get("sort"):
                case entry.SORT:
                    lines.append(line_of(one))
                case debt.SORT:
                    debts.append(owed_of(one, known, clock.today()))
                case figures.TOLD:
                    told.append((one.id, observation_of(one)))
                case figures.SOLD:
                    sold.append((one.id, sold_of(one)))
        except Refused:
            broken += 1
    lines.sort(key=lambda one: (one.entry.day, one.key), reverse=True)
    return Ledger(tuple(lines), tuple(debts), known, numbers, tuple(told), tuple(sold), broken)


def may_look(actor: Actor) -> None:
    """Raises `NotPermitted` for roles that never hold a record of money."""
    allow(actor, Permission.OPEN_VAULT, Facts(type="money", holds=True))


def case_of(actor: Actor, case_id: bytes) -> str:
    """The code of a case that this person holds. Raises `NoSuchVault`."""
    return cases.case(actor, case_id).ref


def tell(actor: Actor, body: Mapping[str, Any], text: str, **about: str) -> None:
    """One coarse line for the timeline of a case, without an amount or a name, from whoever holds that case."""
    case_id = body.get("case_id")
    if case_id and kept.maybe(actor, bytes.fromhex(case_id), "case") is not None:
        timeline.tell(actor, bytes.fromhex(case_id), "money", text, **about)


def who_reads(actor: Actor, case_id: bytes | None, second: bytes | None = None) -> list[bytes]:
    """Who is given a new record of money besides its author and finance: the case's workers, and who signs second.

    Raises `NotPermitted` for a second whose role never holds one.
    """
    known = kept.colleagues()
    if second is not None and (second not in known or not may_read(known[second].roles)):
        raise NotPermitted("recipient", "The role of this colleague does not sign for money. Choose somebody else.")
    wanted = {second} if second is not None else set()
    if case_id is not None:
        wanted |= {one.id for one in kept.held_by(kept.holders(actor, case_id)) if Role.CASE_WORKER in one.roles}
    return sorted(one for one in wanted if one != actor.id and known[one].active)


def readers(actor: Actor, record_id: bytes) -> list[bytes]:
    """Who else holds a record for good: those who are given the next one that belongs to it."""
    there = kept.held_by(kept.holders(actor, record_id))
    return [one.id for one in there if one.active and one.id != actor.id and may_read(one.roles)]


def may_read(roles: Iterable[str]) -> bool:
    """Whether an account with these roles may simply be given a record of money."""
    return holding("money", {Role(role) for role in roles}) >= READS

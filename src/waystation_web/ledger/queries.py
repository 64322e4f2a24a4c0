"""Pages of the ledger: all lines that one holds, balances by code name, the money of a case.

Each page is one transaction and one line of the record. Whoever does not hold everything is told so: a sum over a part
is not a balance.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from waystation.access import Facts, Permission, Role
from waystation.ledger.balances import balances, by_case, by_contact, due, purse
from waystation.ledger.coins import said
from waystation_web.cases import queries as cases
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted
from waystation_web.vault.queries import allow

from .actions_sign import FIRST, SECOND_ROLES
from .entry import State
from .reading import ledger, limits, may_look, may_read
from .rows import DebtRow, Row, Sum, Total, debt_row, row, sums, total

AHEAD = timedelta(days=14)
SIGNS_NOW = frozenset({State.WAITING})


@dataclass(frozen=True, slots=True)
class Book:
    """The ledger as one person holds it."""

    rows: tuple[Row, ...]
    waiting: tuple[Row, ...]  # for a signature, the first or the second
    due: tuple[Row, ...]
    purse: tuple[Sum, ...]
    total: Total
    debts: tuple[DebtRow, ...]  # with a protection flag alone
    whole: bool  # this person is given every record of money
    broken: int
    writes: bool
    takes_out: bool


@dataclass(frozen=True, slots=True)
class Balances:
    """What each code name was paid and is owed, and each case; or the lines of one code name."""

    contacts: tuple[tuple[str, tuple[Sum, ...]], ...]
    cases: tuple[tuple[str, tuple[Sum, ...]], ...]
    code: str
    rows: tuple[Row, ...]
    whole: bool
    broken: int


@dataclass(frozen=True, slots=True)
class CaseMoney:
    """The money of one case, of what this person holds."""

    id: bytes
    ref: str
    rows: tuple[Row, ...]
    sums: tuple[Sum, ...]
    debts: tuple[DebtRow, ...]
    grant: str
    grant_year: int
    grant_verified: bool
    grant_old: bool
    whole: bool
    broken: int
    writes: bool

    @property
    def key(self) -> str:
        """The case in an address, as its other pages spell it."""
        return self.id.hex()


def book(actor: Actor) -> Book:
    """The ledger of this person. Raises `NotPermitted` for roles that never hold any of it."""
    with writing():
        may_look(actor)
        found = ledger(actor, looked=True)
        to = limits(actor).second_signature_above.currency
    today = clock.today()
    by_ref = {one.key: one for one in found.lines}
    waiting = [one for one in found.lines if one.state in FIRST | SIGNS_NOW]
    mine = purse(found.entries)
    return Book(
        tuple(row(one, today) for one in found.lines), tuple(row(one, today) for one in waiting),
        tuple(row(by_ref[one.ref], today) for one in due(found.entries, until=today + AHEAD)
              if by_ref[one.ref].waits),
        tuple(sums(mine)), total([one.net for one in mine], to, found.figures, today),
        tuple(debt_row(one) for one in found.debts if one.weight.protection), _whole(actor), found.broken,
        kept.may_make(actor, "money"), bool(actor.roles & SECOND_ROLES))


def balances_page(actor: Actor, code: str = "") -> Balances:
    """Balances by code name and by case; with `code`, the lines of that contact or case too."""
    with writing():
        may_look(actor)
        found = ledger(actor, looked=True)
    today = clock.today()
    rows = tuple(row(one, today) for one in found.lines if code and code in {one.entry.contact, one.entry.case})
    return Balances(
        tuple((name, tuple(sums(each))) for name, each in by_contact(found.entries).items()),
        tuple((name, tuple(sums(each))) for name, each in by_case(found.entries).items()),
        code, rows, _whole(actor), found.broken)


def case_money(actor: Actor, case_id: bytes) -> CaseMoney:
    """The money of a case. Raises `NoSuchVault` for a case that is not this person's, finance's among them."""
    with writing():
        case = cases.case(actor, case_id)
        found = ledger(actor, looked=True)
    today = clock.today()
    lines = [one for one in found.lines if one.case_id == case_id]
    grant = found.figures.grant(today)
    return CaseMoney(
        case_id, case.ref, tuple(row(one, today) for one in lines),
        tuple(sums(balances(one.entry for one in lines))),
        tuple(debt_row(one) for one in found.debts if one.case_id == case_id),
        said(grant.figure.amount) if grant else "", grant.figure.year if grant else 0,
        bool(grant and grant.figure.verified), bool(grant and grant.old), _whole(actor), found.broken,
        kept.may_make(actor, "money"))


@dataclass(frozen=True, slots=True)
class Of:
    """The case that something is written for; no id for what is written by finance without one."""

    id: bytes | None
    ref: str


def writing_for(actor: Actor, case_id: bytes | None) -> Of:
    """Whether this person may write money down, and for which case. Raises `NotPermitted`, `NoSuchVault`."""
    with writing():
        allow(actor, Permission.CREATE_VAULT, Facts(type="money"))
        return Of(None, "") if case_id is None else Of(case_id, cases.case(actor, case_id, looked=True).ref)


def may_take_out(actor: Actor) -> None:
    """Raises `NotPermitted` for whoever may not take the ledger out."""
    if not actor.roles & SECOND_ROLES:
        raise NotPermitted("role", "A coordinator or finance takes the ledger out. Ask one of them.")


def seconds(actor: Actor) -> list[tuple[str, str]]:
    """Colleagues who may sign second, as a form offers them: id and name."""
    return [(one.id.hex(), f"{one.handle} · {one.name}")
            for one in sorted(kept.colleagues().values(), key=lambda one: one.handle)
            if one.active and one.id != actor.id and may_read(one.roles) and one.roles & SECOND_ROLES]


def _whole(actor: Actor) -> bool:
    return Role.FINANCE in actor.roles

"""What waits for whoever comes in: danger first, then signatures, then what is due. No totals, no charts.

Runs over what this person holds; somebody who holds no cases sees no cases here, and the page is useful all the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.conf import settings

from waystation.access import Kind, Role
from waystation_web.appeals import due as letters
from waystation_web.arrival import due as arrival
from waystation_web.cases import lists
from waystation_web.cases.lists import Row
from waystation_web.claims import due as claims
from waystation_web.claims.due import Due
from waystation_web.directory.due import Outside
from waystation_web.directory.due import due as due_outside
from waystation_web.duty.pages import Roster, roster
from waystation_web.gateways import beats, clock
from waystation_web.gateways.database import writing
from waystation_web.journeys import closing
from waystation_web.journeys.board import Board, board
from waystation_web.ledger.actions_sign import signs_second
from waystation_web.ledger.entry import State
from waystation_web.ledger.reading import ledger
from waystation_web.packs import due as packs
from waystation_web.plans import queries_decide as decisions
from waystation_web.plans.queries_decide import Earlier
from waystation_web.protection import actions as protection
from waystation_web.protection.words import word
from waystation_web.records import queries as kept
from waystation_web.records.look import Look, look
from waystation_web.status import due as status
from waystation_web.vault.actor import Actor

PEOPLE = frozenset({Role.COORDINATOR, Role.CASE_WORKER})
MONEY = frozenset({Role.COORDINATOR, Role.CASE_WORKER, Role.FINANCE})
OF_PEOPLE = ("case", "money", "incident", "application", "communication", "followup")
OF_NETWORK = ("journey", "decision")
MOST = 12  # lines of one sort; the whole list is a click away


@dataclass(frozen=True, slots=True)
class Payment:
    """A line of the ledger that one has signed. `mine`: it waits for this person's signature, and not for another's."""

    key: str
    case: str
    state: str
    mine: bool = True


@dataclass(frozen=True, slots=True)
class Today:
    """What the first page shows, in its order."""

    danger: tuple[Row, ...]
    sign: tuple[Earlier, ...]
    payments: tuple[Payment, ...]
    due: tuple[Row, ...]
    more_due: int
    duty: Roster | None
    hand_overs: int                # that wait to be read by this person
    next_due: date | None
    at: datetime
    road: Board = field(default_factory=Board)
    claims: tuple[Due, ...] = ()   # for this person's own screen, never for a wall
    closed: int = 0                # claims that do not open
    outside: Outside = field(default_factory=Outside)
    status: tuple[status.Due, ...] = ()  # applications, for this person's own screen too
    arrived: tuple[arrival.Due, ...] = ()  # and those who arrived
    late: tuple[str, ...] = ()     # what protects the office and is late, for those who answer for it
    alarm: int | None = None       # seconds since the alarm's last sign of life; None: it is not running
    letters: tuple[letters.Due, ...] = ()  # to be looked at again, or somebody must still hear
    packs: tuple[packs.Due, ...] = ()  # what readers outside were given, for this person's own screen too

    @property
    def to_sign(self) -> tuple[Payment, ...]:
        """Payments that wait for this person's own second signature."""
        return tuple(one for one in self.payments if one.mine)[:MOST]

    @property
    def nothing(self) -> bool:
        """Whether nothing at all waits."""
        return self.road.nothing and not (self.danger or self.sign or self.to_sign or self.due or self.hand_overs)


def today(actor: Actor) -> Today:
    """What waits for this person now."""
    roles, now = actor.roles, clock.now()
    people, network = look(actor, Kind.PEOPLE, OF_PEOPLE), look(actor, Kind.NETWORK, OF_NETWORK, marks=closing.MARKS)
    guard = look(actor, Kind.GUARD, claims.TYPES)
    rows = lists.listing(actor, lists.Wanted(), refused=[], seen=people).rows if roles & PEOPLE else ()
    due = [row for row in rows if row.due is not None and row.due <= now.date() and not row.danger]
    later = [row.due for row in rows if row.due is not None and row.due > now.date()]
    asked, outside = claims.due(actor, seen=guard), due_outside(actor)
    applied = status.due(actor, seen=people)
    read, unread = packs.due(actor)
    with writing():
        sign = tuple(decisions.waiting(actor, seen=network))
        lines = ledger(actor, seen=people).lines if roles & MONEY else ()
        kept.tell_refused(actor, sorted({*people.broken, *network.broken, *guard.broken, *outside.broken, *unread}))
    page = roster(actor, seen=network) if roles - {Role.AUDITOR} else None
    mine = [one for one in page.handed if one.of.to == actor.id and one.of.read_at is None] if page else []
    wait = tuple(Payment(one.key, one.entry.case, one.state.value, signs_second(actor, one))
                 for one in lines if one.state is State.WAITING)
    return Today(tuple(row for row in rows if row.danger)[:MOST], sign, wait, tuple(due[:MOST]),
                 max(0, len(due) - MOST), page, len(mine), min(later, default=None), now, _road(actor, network, people),
                 asked[:MOST], len(guard.broken), replace(outside, rows=outside.rows[:MOST]),
                 applied[:MOST], arrival.due(actor, seen=people)[:MOST],
                 tuple(word("nag", one) for one in protection.note_drift(actor)), _alarm(),
                 letters=tuple(one for one in letters.due(people.of("communication"), people.of("incident"))
                               if one.at <= now + letters.AHEAD)[:MOST], packs=read[:MOST])


def _road(actor: Actor, network: Look, people: Look) -> Board:
    """Of the road, for whoever holds journeys: the clocks come before everything else on the page.

    Whoever holds none is told as well when something did not open: a signature that is awaited may be in it.
    """
    if Role.COORDINATOR in actor.roles:
        return board(actor, network=network, people=people)
    return Board(broken=len({*network.broken, *people.broken}))


def _alarm() -> int | None:
    """How long ago the alarm was heard of, for a board on which nothing is due: silence must be somebody's."""
    heard = beats.age(settings.INSTALLATION, beats.WATCH)
    return int(heard) if heard is not None and heard <= beats.GONE else None

"""Moves from step to step as tables: who makes one, what is in the way, whether two must. Nothing else is allowed.

    step(table, status, event, roles, grounds) -> Moved | Refused        grounds default to what leads to a refusal

Every move is made by a person with a reason. Moves marked two are made by two: never the same, and both sign.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from waystation.access.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What every move asks for; each kind of table adds the facts its guards need."""

    reason: str = ""
    second: bool = False  # another person signed this very move


F = TypeVar("F", bound=Grounds)
Need = tuple[str, str, Callable[[F], bool]]  # rule, sentence, whether it is there


@dataclass(frozen=True)  # without slots: a frozen generic with slots cannot be made by its parametrised name
class Move(Generic[F]):
    """One row of a table: to where, by whom, with what in the way, and whether two must sign."""

    to: str
    who: frozenset[Role]
    needs: tuple[Need[F], ...] = ()
    two: bool = False
    offices: tuple[frozenset[Role], frozenset[Role]] | None = None  # of two who sign one is of each; None: any two


@dataclass(frozen=True, slots=True)
class Moved:
    """The step after the move."""

    to: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a move is not made."""

    rule: str
    sentence: str


Moves = Mapping[tuple[str, str], Move[F]]  # by the step it starts from, and what happens


def step(table: Moves[F], status: str, event: str, roles: frozenset[Role], facts: F, *,
         first: frozenset[Role] | None = None) -> Moved | Refused:
    """Make a move, or say what is in the way: the first thing that is missing.

    `first`: the roles of whoever signed it first, once somebody did.
    """
    move = table.get((status, event))
    if move is None:
        return Refused("no_such_move", "This is no step from here.")
    if not roles & move.who:
        return Refused("role", "Your role does not make this step.")
    if first is not None and move.offices is not None and not of_both(move.offices, first, roles):
        return Refused("office", "Two offices sign this together: the other one must sign.")
    if not facts.reason.strip():
        return Refused("reason", "Write down why.")
    for rule, sentence, there in move.needs:
        if not there(facts):
            return Refused(rule, sentence)
    if move.two and not facts.second:
        return Refused("second_signature", "This step needs a second signature.")
    return Moved(move.to)


def of_both(offices: tuple[frozenset[Role], frozenset[Role]], one: frozenset[Role], other: frozenset[Role]) -> bool:
    """Whether of two people one is of each office, whichever signed first.

    >>> hold = frozenset({Role.COORDINATOR}), frozenset({Role.SECURITY_OFFICER})
    >>> of_both(hold, hold[1], hold[0]), of_both(hold, hold[0], hold[0])
    (True, False)
    """
    here, there = offices
    return bool(here & one and there & other) or bool(there & one and here & other)


def steps_from(table: Moves[F], status: str) -> tuple[tuple[str, Move[F]], ...]:
    """The moves from a step, in the order of the table."""
    return tuple((event, move) for (start, event), move in table.items() if start == status)

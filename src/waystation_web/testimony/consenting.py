"""Whether a statement may be used: what the witness said of it here, and what they took back in their case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from waystation.casework.consent import Said
from waystation.testimony.interview import ForUse
from waystation.testimony.versions import recanted
from waystation_web.cases import queries as cases
from waystation_web.cases.consents import rows_of
from waystation_web.duty import embargoed
from waystation_web.gateways import clock
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted

from .statement import RESTRICTED, Statement

PURPOSES = {"un": "un", "court": "court", "public": "public"}  # of a use, the purpose in the consents of a case


@dataclass(frozen=True, slots=True)
class Case:
    """What their case says: whether it is open here, and whether they took this use back there since they said yes."""

    seen: bool
    withdrawn: bool = False


def case_says(actor: Actor, of: Statement, use: str) -> Case:
    """What the case of a witness says of a use, as far as it is open to whoever asks; inside `writing()`."""
    if not of.case:
        return Case(seen=True)
    try:
        held = cases.held_case(actor, of.case)
    except (NoSuchVault, NotPermitted):
        return Case(seen=False)
    since = of.said_yes_on(use) or date.min
    later = [row for row in rows_of(held.body) if row.person == of.person and row.purpose == PURPOSES.get(use)
             and "testimony" in row.data and row.day >= since]
    return Case(seen=True, withdrawn=bool(later) and later[-1].said is not Said.YES)


def for_use(actor: Actor, of: Statement, use: str, *, second: bool) -> ForUse:
    """Everything that clearing a statement for a use asks for; inside the caller's `writing()`."""
    today, says = clock.today(), case_says(actor, of, use)
    held_back = of.embargo_until is not None and today < of.embargo_until
    names = (of.case_ref, of.case.hex()) if of.case else ()
    return ForUse(
        read_back=any(one.kind in {"read_back", "correction"} and recanted(of.versions, one.n) is None
                      for one in of.versions),
        consented=of.consented(use, today), withdrawn=of.status == RESTRICTED or says.withdrawn,
        embargoed=held_back or (bool(names) and embargoed.standing(actor).on(*names)), case_seen=says.seen,
        second=second)

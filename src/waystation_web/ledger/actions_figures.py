"""Acts on what money is reckoned with, and on what was reported: rates, wages, grants, rewards, prices. Export, too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from waystation.access import Role
from waystation.ledger.grants import Figure
from waystation.ledger.observations import Observation, PersonSold
from waystation.ledger.rates import Rate
from waystation.ledger.wages import Wage
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.duty import embargoed
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted

from .entry import Line
from .figures import SOLD, SORT, TOLD
from .reading import ledger, may_look, may_read
from .sheet import sheet

EXPORTERS = frozenset({Role.FINANCE, Role.COORDINATOR})


def add_rate(actor: Actor, rate: Rate) -> None:
    """A rate of a day with its source. Raises `NotPermitted`."""
    _add(actor, "rates", {"base": rate.base, "quote": rate.quote, "value": str(rate.value), "day": rate.day.isoformat(),
                          "source": rate.source, "verify": rate.verify})


def add_wage(actor: Actor, wage: Wage) -> None:
    """A month's wage at a place, with its day and source. Raises `NotPermitted`."""
    _add(actor, "wages", {"place": wage.place, "monthly": str(wage.monthly.amount), "currency": wage.monthly.currency,
                          "day": wage.day.isoformat(), "source": wage.source, "verify": wage.verify})


def add_grant(actor: Actor, figure: Figure) -> None:
    """The settlement grant of a year, in won, with its source. Raises `NotPermitted`."""
    _add(actor, "grants", {"year": figure.year, "amount": str(figure.amount.amount), "source": figure.source,
                           "verify": not figure.verified})


def tell(actor: Actor, told: Observation) -> None:
    """A reward, a fine for helping or a fee that was asked, as it was told; coordinators read it too."""
    with writing():
        colleagues = kept.colleagues().values()
        others = [one.id for one in colleagues if one.active and one.id != actor.id and Role.COORDINATOR in one.roles]
        records.make(actor, "money", {
            "sort": TOLD, "what": told.sort.value, "amount": str(told.amount.amount), "currency": told.amount.currency,
            **_where(told)}, holders=others)


def tell_sold(actor: Actor, sold: PersonSold) -> None:
    """What was said to be paid for a person: evidence, for its author and finance alone, never reckoned with."""
    with writing():
        records.make(actor, "money", {"sort": SOLD, "told": sold.told, **_where(sold)})


def export(actor: Actor, *, reason: str, without: bool = False) -> str:
    """The lines that this person holds, as CSV with code names alone. Leaves the house: confirmed, with a reason.

    Lines of a case under an embargo stay here; `without`: whoever takes the rest knows that it is not whole.

    Raises `NotPermitted` (`step_up`), `ValueError` without a reason.
    """
    if not reason.strip():
        raise ValueError("reason")
    with writing():
        may_look(actor)
        if not actor.roles & EXPORTERS:
            raise NotPermitted("role", "A coordinator or finance takes the ledger out. Ask one of them.")
        if not actor.stepped_up(clock.now()):
            raise NotPermitted("step_up", "Confirm that it is you, then send this again.", step_up=True)
        lines = embargoed.let_out(actor, ledger(actor).lines, names, without=without)
        record(actor, Event.EXPORTED, count=len(lines), reason=reason)
    return sheet(lines)


def is_whole(actor: Actor) -> bool:
    """Whether every line that this person holds may leave now, for the page on which they ask for it."""
    with writing():
        held = embargoed.standing(actor)
        return not any(held.on(*names(one)) for one in ledger(actor).lines)


def names(line: Line) -> tuple[str, str]:
    """What the case of a line is called, where it may be held back; empty where a line is of no case."""
    return line.entry.case, line.case_id.hex() if line.case_id else ""


def _add(actor: Actor, to: str, item: Mapping[str, Any]) -> None:
    """Add a figure to the house's record of figures; whoever may read money is given it."""
    with writing():
        may_look(actor)
        everybody = [one.id for one in kept.colleagues().values()
                     if one.active and one.id != actor.id and may_read(one.roles)]
        found = sorted(ledger(actor).figure_records, key=lambda one: (one.made.at, one.id))
        if not found:
            held = records.make(actor, "money", {"sort": SORT}, holders=everybody)
        else:
            held, there = found[0], kept.holders(actor, found[0].id)
            for account in everybody:
                if account not in there:
                    records.share(actor, held.id, "money", account, reason="rates and wages")
        records.add(actor, held, to, item)


def _where(told: Observation | PersonSold) -> dict[str, Any]:
    return {"unit": told.unit.value, "place": told.place, "day": told.day.isoformat(), "grade": told.grade,
            "source": told.source}

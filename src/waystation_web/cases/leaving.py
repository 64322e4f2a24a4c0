"""A copy of the list of cases that leaves the office: codes and numbers alone, nothing that anybody wrote in words.

Only fields that `domain/entities.md` lets leave as figures stand in it. Whoever takes it confirms who they are and says
why; the record keeps who, why and how many. It is no statistic: cells of it are single cases, and it says so.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from waystation.access import WHY, Facts, Permission
from waystation.texts import starts_formula
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.duty import embargoed
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted
from waystation_web.vault.queries import allow

from . import queries
from .case import Case
from .words import LISTED, known

HEADINGS = ("case", "status", "received_on", "channel", "requester_kind", "situation", "country", "head_count",
            "children", "infants", "over_60", "needs", "push_factors", "broker_involved", "fee_quoted", "triage")


def export(actor: Actor, *, reason: str, without: bool = False) -> bytes:
    """The list as CSV (UTF-8 with a mark, so that a spreadsheet reads it), for whoever writes cases.

    Somebody who was given one case to read takes no list out. A case under an embargo stays here; `without`: whoever
    takes the rest knows that it is not whole. Raises `NotPermitted` (`step_up`).
    """
    may_take_out(actor)
    if not actor.stepped_up(clock.now()):
        raise NotPermitted("step_up", WHY["step_up"], step_up=True)
    with writing():
        held = embargoed.let_out(actor, queries.cases(actor), names, without=without)
        record(actor, Event.EXPORTED, count=len(held), reason=reason)
    return sheet_of(held)


def may_take_out(actor: Actor) -> None:
    """Raises `NotPermitted` for whoever takes no list out."""
    allow(actor, Permission.CREATE_VAULT, Facts(type="case"))


def is_whole(actor: Actor) -> bool:
    """Whether everything that this person holds may leave now, for the page on which they ask for it."""
    with writing():
        held = embargoed.standing(actor)
        return not any(held.on(*names(one)) for one in queries.cases(actor, refused=[]))


def names(case: Case) -> tuple[str, str]:
    """What a case is called, where it may be held back."""
    return case.ref, case.id.hex()


def sheet_of(cases: Iterable[Case]) -> bytes:
    """Cases as CSV, one a line, in the order of their references."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    for one in sorted(cases, key=lambda case: case.ref):
        writer.writerow([neutral(str(cell)) for cell in _cells(one)])
    return out.getvalue().encode("utf-8-sig")


def _cells(case: Case) -> list[object]:
    plea = case.request
    listed = [_codes("situation", plea.situation), _codes("country", (plea.country,))]
    numbers = ["" if one is None else one for one in (plea.head_count, plea.children, plea.infants, plea.over_60)]
    broker = {True: "yes", False: "no"}.get(plea.broker_involved, "") if plea.broker_involved is not None else ""
    return [case.ref, _codes("stage", (case.stage,)), plea.received_at.date() if plea.received_at else "",
            _codes("channel", (plea.channel,)), _codes("requester", (plea.requester_kind,)), *listed, *numbers,
            _codes("needs", case.all_needs), _codes("push", case.push_factors), broker,
            queries.as_money(plea.fee_quoted) or "" if plea.fee_quoted else "", _codes("triage", (plea.triage,))]


def _codes(of: str, said: Iterable[str]) -> str:
    """Codes that are on their list, and nothing else: what somebody typed where a code belongs stays here."""
    return ";".join(code for code in said if code and (known(of, code) if of == "country" else code in LISTED[of]))


def neutral(text: str) -> str:
    """A cell that no spreadsheet runs.

    >>> neutral("K7Q2"), neutral("=1+1"), neutral(" -2")
    ('K7Q2', "'=1+1", "' -2")
    """
    return f"'{text}" if starts_formula(text.lstrip()) or text[:1] in {"\t", "\r", "\n"} else text

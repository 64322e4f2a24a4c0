"""People hold back a case while it could endanger somebody, look at that again, and end it together.

Setting it is one person's, at once. Ending it takes one who knows the people and a security officer: what has left
cannot be called back.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from waystation.casework.embargo import EMBARGO, LIFTED, STANDS, Quiet
from waystation.casework.moves import Moved, step
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.cases import values
from waystation_web.duty import embargoed
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records.record import Record, said
from waystation_web.vault import approvals
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted

from . import live
from .actions_incident import logged, to_act_on
from .embargo import names, stands_over, waiting_lift
from .incidents import Incident, incident_of
from .offices import ask_office, first_roles


def embargo(actor: Actor, incident_id: bytes, *, review: date, reason: str) -> None:
    """Nothing about this case leaves from now on; where that stands already, it is looked at again on another day.

    Raises `NoSuchVault`, `NotPermitted`.
    """
    with writing():
        held = to_act_on(actor, incident_id)
        incident, day = incident_of(held), review.isoformat()
        stood = stands_over(incident)
        event = "prolong" if stood else "embargo"
        _must(actor, held, incident, event, Quiet(reason=reason, review_in=(review - clock.today()).days))
        new = {"state": STANDS, "at": said(clock.now()), "by": actor.id.hex(), "reason": reason, "review": day}
        new = {**held.body["embargo"], "review": day} if stood else new
        records.change(actor, held, {"embargo": new, "lifting": None,
                                     "log": logged(actor, held, event, f"{day}: {reason}")}, what=event, kept=False)
        if not stood:
            embargoed.hold_back(actor, names(incident), of=incident_id)
        live.changed(incident_id)


def lift(actor: Actor, incident_id: bytes, *, reason: str = "", out_of_danger: bool = False, other: bytes = b"") -> str:
    """End it, or sign first that it ends: "lifted" or "asked". Whoever signs second signs what the first wrote.

    Raises `NoSuchVault`, `NotPermitted` (`step_up`).
    """
    with writing():
        held = to_act_on(actor, incident_id)
        incident = incident_of(held)
        asked, there = waiting_lift(incident), incident.embargo
        why = values.text(asked, "reason") if asked else reason
        _must(actor, held, incident, "lift",
              Quiet(reason=why, second=True, out_of_danger=bool(asked) or out_of_danger), asked=asked)
        if there is None or (offices := EMBARGO[STANDS, "lift"].offices) is None:  # the table has asked for it already
            raise NotPermitted("no_such_move", "This is no step from here.", vault=incident_id)
        this = {"act": "embargo", "event": "lift", "since": said(there.at), "review": there.review.isoformat(),
                "reason": why}
        if not asked:
            block = approvals.ask(actor, held.id, this)
            ask_office(actor, held, offices, other)
            fields = {name: this[name] for name in ("since", "review", "reason")}
            records.change(actor, held, {"lifting": {**fields, "approval": block}}, what="step", kept=False)
            record(actor, Event.ASKED_FOR_SECOND, vault=held.id)
            live.changed(incident_id)
            return "asked"
        signed = approvals.approve(actor, held.id, asked["approval"], this)
        approvals.use(held.id, signed, this)
        record(actor, Event.SIGNED_SECOND, vault=held.id)
        ended = {"at": said(clock.now()), "by": [signed["asked_by"], actor.id.hex()], "reason": why}
        records.change(actor, held, {"embargo": {**held.body["embargo"], "state": LIFTED, "lifted": ended},
                                     "lifting": None, "log": logged(actor, held, "lift", why)},
                       what="lift", kept=False, second=True)
        embargoed.let_go(actor, of=incident_id)
        live.changed(incident_id)
    return "lifted"


def _must(actor: Actor, held: Record, incident: Incident, event: str, facts: Quiet, *, asked: Any = None) -> None:
    state = incident.embargo.state if incident.embargo else ""
    found = step(EMBARGO, state, event, actor.roles, facts, first=first_roles(asked or {}))
    if not isinstance(found, Moved):
        raise NotPermitted(found.rule, found.sentence, vault=held.id)

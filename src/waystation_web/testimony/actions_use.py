"""Clearing a statement for a use, and writing down to whom it was given. The office itself sends nothing."""

from __future__ import annotations

from typing import Any

from waystation.testimony.interview import BY_TWO, may_clear
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.cases import values
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.vault import approvals
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted

from .actions import opened, refuse, stamped
from .consenting import for_use
from .statement import Statement


def clear(actor: Actor, statement_id: bytes, *, use: str, reason: str) -> str:
    """Clear it for a use, or sign first where two must: "cleared" or "asked". Raises `NotPermitted` (`step_up`)."""
    with writing():
        held, of = opened(actor, statement_id)
        refuse(may_clear(use, for_use(actor, of, use, second=True)), held.id)
        if use in BY_TWO:
            block = approvals.ask(actor, held.id, _manifest(held.body, use, reason))
            asked = {"use": use, "reason": reason, "approval": block}
            records.change(actor, held, {"clearing": asked}, what="clearing", kept=False)
            record(actor, Event.ASKED_FOR_SECOND, vault=held.id)
            return "asked"
        _clear(actor, held, use, reason, [actor.id.hex()])
    return "cleared"


def sign(actor: Actor, statement_id: bytes) -> str:
    """The second signature: everything is asked again. Raises `NotPermitted`, also where nothing was asked."""
    with writing():
        held, of = opened(actor, statement_id)
        asked = values.part(held.body, "clearing")
        if not asked:
            raise NotPermitted("no_such_move", "Nobody has signed first. Ask for it anew.", vault=held.id)
        use, reason = values.text(asked, "use"), values.text(asked, "reason")
        refuse(may_clear(use, for_use(actor, of, use, second=True)), held.id)
        this = _manifest(held.body, use, reason)
        signed = approvals.use(held.id, approvals.approve(actor, held.id, asked["approval"], this), this)
        record(actor, Event.SIGNED_SECOND, vault=held.id)
        _clear(actor, held, use, reason, [signed["asked_by"], actor.id.hex()])
    return use


def hand_over(actor: Actor, statement_id: bytes, *, use: str, to: str) -> None:
    """A person gave it to somebody: only for a use it is cleared for, and still may be. Raises `NotPermitted`."""
    with writing():
        handed(actor, may_leave(actor, statement_id, use), use=use, to=to)


def may_leave(actor: Actor, statement_id: bytes, use: str) -> Statement:
    """The statement, if it was cleared for a use and still may be; inside `writing()`. Raises `NotPermitted`."""
    held, of = opened(actor, statement_id)
    if use not in values.part(held.body, "cleared"):
        raise NotPermitted("cleared", "It is not cleared for this use. Clear it first.", vault=held.id)
    refuse(may_clear(use, for_use(actor, of, use, second=True)), held.id)
    return of


def handed(actor: Actor, of: Statement, *, use: str, to: str) -> None:
    """Write down to whom it was given, inside `writing()`: they are told if it is taken back."""
    records.add(actor, of.record, "handed", {"to": to, "use": use, "day": clock.today().isoformat()})
    record(actor, Event.EXPORTED, vault=of.record.id, count=1)


def _clear(actor: Actor, held: Any, use: str, reason: str, by: list[str]) -> None:
    new = stamped(actor, reason=reason, signed=by)
    records.change(actor, held, {"cleared": {**values.part(held.body, "cleared"), use: new}, "clearing": None},
                   what="cleared", kept=False)


def _manifest(body: Any, use: str, reason: str) -> dict[str, Any]:
    """What both sign: the use, why, and exactly which words and answers of the witness."""
    return {"act": "clear", "use": use, "reason": reason,
            "versions": [one["commit"] for one in values.items(body, "versions")],
            "consents": [one["id"] for one in values.items(body, "consents")]}


__all__ = ["clear", "hand_over", "handed", "may_leave", "sign"]

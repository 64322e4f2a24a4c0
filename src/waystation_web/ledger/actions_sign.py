"""Signing and paying: one asks, another signs or does not, then the payment is written down with its receipt.

What two people sign is every field that says what is paid, to whom and why; it is read anew from the record at each
step, so that a line changed after the first signature is refused. A ransom waits a day at least, and may be answered
with no.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from waystation.access import Role
from waystation.ledger.entries import InvalidEntry, Kind, check
from waystation.ledger.signatures import Choice, Facts, Missing, Why, missing, needs_two
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.duty.stopped import is_stopped
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import Record, said
from waystation_web.vault import approvals
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted

from .actions import attached
from .entry import Line, State, line_of, manifest
from .flagging import Flags, flags_on
from .reading import Ledger, binding, ledger, limits, tell

SECOND_ROLES = frozenset({Role.COORDINATOR, Role.FINANCE})  # who may sign second
FIRST = frozenset({State.UNSIGNED, State.REFUSED, State.LATE, State.CHANGED})  # a first signature may be given
WAITS = frozenset({State.WAITING, State.SIGNED, State.LATE, State.CHANGED})  # and may be declined


class Incomplete(Exception):
    """What stands between a line and its payment; nothing was saved."""

    def __init__(self, missing: tuple[Missing, ...]) -> None:
        super().__init__(len(missing))
        self.missing = missing


def ask(actor: Actor, entry_id: bytes, *, choice: Choice, reason: str) -> None:
    """The first signature: what shall be done, and why. Raises `NotPermitted` (`step_up`), `ValueError` without words.

    A signature that is too old, or over something that was changed, gives way to this one.
    """
    if not reason.strip():
        raise ValueError("reason")
    with writing():
        held = kept.one(actor, entry_id, "money", looked=False)
        line = line_of(held)
        if line.state not in FIRST and not (line.state is State.OPEN and why_two(actor, line, ledger(actor))):
            raise NotPermitted("state", "This cannot be signed first now. Look at it again.", vault=entry_id)
        if choice is not Choice.PAY and line.entry.kind is not Kind.RANSOM:
            raise NotPermitted("choice", "Only a ransom is answered in another way. Take the line back instead.",
                               vault=entry_id)
        asked: dict[str, Any] = {"choice": choice.value, "reason": reason, "refused": None, "second_reason": None}
        block = approvals.ask(actor, held.id, manifest(held.body | asked, held.key))
        records.change(actor, held, asked | {"approval": block}, what="signed")
        record(actor, Event.ASKED_FOR_SECOND, vault=held.id, second=_named(held))


def sign(actor: Actor, entry_id: bytes, *, reason: str) -> None:
    """The second signature, with the second person's own reason. Raises `NotPermitted` (`step_up`), `ValueError`."""
    if not reason.strip():
        raise ValueError("reason")
    with writing():
        held = kept.one(actor, entry_id, "money", looked=False)
        _may_second(actor, held)
        block = approvals.approve(actor, held.id, _block(held), manifest(held.body, held.key))
        first = bytes.fromhex(block["asked_by"])
        records.change(actor, held, {"approval": block, "second_reason": reason}, what="signed")
        record(actor, Event.SIGNED_SECOND, vault=held.id, account=first)
        if held.body.get("choice") != Choice.PAY:
            record(actor, Event.DECIDED, vault=held.id, second=first, result="refused")


def refuse(actor: Actor, entry_id: bytes, *, reason: str) -> None:
    """Somebody who was asked does not sign, and says why. The first signature is void. Raises `NotPermitted`."""
    if not reason.strip():
        raise ValueError("reason")
    with writing():
        held = kept.one(actor, entry_id, "money", looked=False)
        if line_of(held).state not in WAITS:
            raise NotPermitted("state", "Nothing waits for a signature here. Look at it again.", vault=entry_id)
        no = {"by": actor.id.hex(), "at": said(clock.now()), "text": reason}
        records.change(actor, held, {"refused": no, "approval": None}, what="refused")
        record(actor, Event.DECIDED, vault=held.id, result="refused")


def pay(actor: Actor, entry_id: bytes, *, day: date, upload: Any = None, no_receipt: str = "") -> None:
    """Say that a line was paid on a day, with its receipt or why there is none. The signatures are used up by it.

    Raises `Incomplete` with what is missing, `NotPermitted`, `ValueError` without receipt and words, `InvalidEntry`.
    """
    if upload is None and not no_receipt.strip():
        raise ValueError("receipt")
    with writing():
        held = kept.one(actor, entry_id, "money", looked=False)
        line = line_of(held)
        binding(actor)  # who cannot read the limit cannot keep it
        why = why_two(actor, line, ledger(actor))
        if what := missing(line.entry, facts_of(actor, line), why):
            raise Incomplete(what)
        if day > clock.today():
            raise InvalidEntry("day", "future")
        check(replace(line.entry, paid=day))
        fields: dict[str, Any] = {"paid": day.isoformat(), "no_receipt": no_receipt.strip() or None}
        second = None
        if why is not None:
            block = approvals.use(held.id, _block(held), manifest(held.body, held.key))
            fields["approval"], second = block, bytes.fromhex(block["approved_by"])
        if upload is not None:
            held = attached(actor, held, upload)
        records.change(actor, held, fields, what="paid")
        record(actor, Event.PAID, vault=held.id, second=second)
        tell(actor, held.body, "paid", entry=held.key)


def why_two(actor: Actor, line: Line, book: Ledger) -> Why | None:
    """Why two must sign: asked anew, because the limit may be lower by now; never less than when it was written."""
    now = needs_two(line.entry, limit=limits(actor).second_signature_above, rates=book.figures.rates,
                    others=book.to_the_same(line.entry, line.key),
                    flagged=bool(flags_on(actor, line.entry, _own_flags(line))))
    return now or line.why


def facts_of(actor: Actor, line: Line) -> Facts:
    """What the rules ask of a line before it may be paid."""
    return Facts(
        now=clock.now(), since=line.since, signatures=bool(line.first) + bool(line.second),
        reason=str(line.body.get("reason") or ""), proof_asked=bool(line.body.get("proof_asked")),
        choice=Choice.REFUSE if line.state is State.REFUSED else line.choice,
        taken_back=line.state is State.TAKEN_BACK, frozen=_frozen(actor, line),
        flag_since=_flag_since(line, flags_on(actor, line.entry, _own_flags(line))),
        hold_hours=limits(actor).ransom_hold_hours)


def _frozen(actor: Actor, line: Line) -> bool:
    """By code name and by case; a ransom for a case has its own hold, and two offices decide it."""
    return is_stopped(actor, line.entry.contact, "" if line.entry.kind is Kind.RANSOM else line.entry.case)


def _own_flags(line: Line) -> tuple[str, ...]:
    return tuple(line.body.get("flags") or ())


def _flag_since(line: Line, flags: Flags) -> bool:
    """Whether somebody signed before a flag was raised: they did not know of it."""
    return line.first is not None and flags.since is not None and flags.since >= line.first.at


def _may_second(actor: Actor, held: Record) -> None:
    """Coordinators and finance sign second; a ransom is signed by one of each."""
    if held.body.get("refused") or held.body.get("corrected_by") or held.body.get("paid"):
        raise NotPermitted("state", "Nothing waits for a signature here. Look at it again.", vault=held.id)
    first = kept.colleagues().get(bytes.fromhex(_block(held)["asked_by"]))
    mine = actor.roles & SECOND_ROLES
    if not mine:
        raise NotPermitted("role", "A coordinator or finance signs second. Ask one of them.", vault=held.id)
    if held.body.get("kind") == Kind.RANSOM and not _two_offices(mine, first):
        raise NotPermitted("two_offices", "A ransom is decided by a coordinator and by finance together.",
                           vault=held.id)


def signs_second(actor: Actor, line: Line) -> bool:
    """Whether a line waits for this person's signature: not if they gave the first, nor for a role that gives none."""
    mine = actor.roles & SECOND_ROLES
    if line.state is not State.WAITING or line.first is None or line.first.by == actor.id or not mine:
        return False
    if not kept.may_write(actor, "money"):
        return False
    return line.entry.kind is not Kind.RANSOM or _two_offices(mine, kept.colleagues().get(line.first.by))


def _two_offices(mine: frozenset[Role], first: kept.Colleague | None) -> bool:
    other = frozenset() if first is None else first.roles & SECOND_ROLES
    return bool(other) and len(mine | other) >= 2


def _block(held: Record) -> Mapping[str, Any]:
    block = held.body.get("approval")
    if block is None:
        raise NotPermitted("second_signature", "The first signature is missing. It must be asked for first.",
                           vault=held.id)
    found: Mapping[str, Any] = block
    return found


def _named(held: Record) -> bytes | None:
    return bytes.fromhex(held.body["second"]) if held.body.get("second") else None

"""Asking which missions fit, and choosing: one person proposes, another confirms or declines. Nothing starts by itself.

What is confirmed changes no case, no plan and no journey: each mission that is to move is decided on its own plan, with
everything that is asked there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.db import OperationalError

from waystation.access import Facts, Permission
from waystation.casework.retention import CLOCKS, due
from waystation.network.problems import InvalidBook
from waystation_web.audit.actions import record, record_refusal
from waystation_web.audit.events import Event
from waystation_web.gateways import clock, demonstrating
from waystation_web.gateways.database import writing
from waystation_web.plans import child
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import Record, said
from waystation_web.vault import approvals
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import Changed, NotPermitted, Refused
from waystation_web.vault.queries import allow

from . import gathering
from .chosen import ASKED, COMPUTED, MOVE, Said, Season, digest_of, manifest, season_of
from .gathering import Crackdown, Gathered
from .ways import Window
from .weighing import Weighing

__all__ = ["Asked", "Ended", "Faulty", "InvalidBook", "NotSaved", "Typed", "ask", "confirm", "decline", "faults_of",
           "knew", "load", "may_ask", "propose", "unconfirmed"]

CLOCK = "season"
assert CLOCK in CLOCKS


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody says there is: for which weeks, and every cap of the house."""

    title: str
    window: Window
    caps: Mapping[str, Any] = field(repr=False)
    areas: Mapping[str, Crackdown] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, ready for the child, and what is kept of it."""

    typed: Typed = field(repr=False)
    month: dict[str, Any] = field(repr=False)
    names: dict[str, str] = field(repr=False)
    left: list[dict[str, str]] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Ended:
    """How it ended: kept, with faults of what was typed, or not kept."""

    season: bytes = b""
    faults: tuple[str, ...] = field(default=(), repr=False)


class NotSaved(Exception):
    """There was an answer that could not be kept."""


class Faulty(Exception):
    """A proposal that may not be made as it is; nothing was saved. `faults` are (code, what it is about)."""

    def __init__(self, faults: Sequence[tuple[str, Any]]) -> None:
        super().__init__(len(faults))
        self.faults = tuple(faults)


def may_ask(actor: Actor) -> None:
    """Whether somebody asks at all: whoever makes plans, and thereby holds what is asked about. Raises `NotPermitted`.

    A security officer writes seasons too, as the second who signs; asking without the cases would leave everybody out.
    """
    allow(actor, Permission.CREATE_VAULT, Facts(type="plan"))
    allow(actor, Permission.CREATE_VAULT, Facts(type="season"))


def load(actor: Actor, typed: Typed) -> Asked:
    """Open what the question is made of. Raises `InvalidBook`, `NotPermitted`, `Refused`."""
    may_ask(actor)
    with writing():
        there: Gathered = gathering.gathered(actor)
        month, names, left = gathering.month(there, typed.window, typed.title, typed.areas)
        month["fictional"] = demonstrating.is_demonstration()
        record(actor, Event.PLAN_ASKED, count=len(there.parties),
               book=sha256(repr((month, typed.caps)).encode()).hexdigest()[:32])
    return Asked(typed, month, names, left)


def ask(actor: Actor, asked: Asked) -> Iterator[str | Ended]:
    """Words of work while the child computes, then how it ended. Raises `child.NoAnswer`: nothing was saved."""
    for line in child.answered({"month": asked.month, "caps": dict(asked.typed.caps)}):
        if "tell" in line:
            yield str(line["tell"])
        elif "answer" in line:
            yield Ended(season=_save(actor, asked, line["answer"]))
        else:
            yield Ended(faults=tuple(line.get("fault", ())))


def _save(actor: Actor, asked: Asked, answer: dict[str, Any]) -> bytes:
    window = asked.typed.window
    body: dict[str, Any] = {
        "title": asked.typed.title, "made_at": said(clock.now()), "first_week": window.first.isoformat(),
        "weeks": window.weeks, "currency": window.currency, "month": asked.month, "caps": dict(asked.typed.caps),
        "names": asked.names, "left": asked.left, "answer": answer, "until": window.last.isoformat(),
    }
    body["digest"] = digest_of(body)
    try:
        with writing():
            return records.make(actor, "season", body, retain_until=due(CLOCK, window.last)).id
    except (NotPermitted, Refused, Changed, OperationalError, ValueError) as reason:
        raise NotSaved from reason


def propose(actor: Actor, season_id: bytes, chosen: Sequence[Said], *, second: bytes) -> None:
    """The first signature under one person's own choice. Raises `Faulty`, `NotPermitted` (`step_up`), `NoSuchVault`."""
    with writing():
        held = kept.one(actor, season_id, "season", looked=False)
        found = season_of(held)
        if found.status != COMPUTED:
            raise NotPermitted("decided", "Somebody has signed here already. Ask again for a new choice.",
                               vault=season_id)
        weighing = Weighing(found.month, found.caps, found.answer)
        if faults := faults_of(weighing, chosen):
            raise Faulty(faults)
        if second == actor.id:
            raise NotPermitted("same_person", "You asked for this yourself. Somebody else must sign it.")
        moved = [(one.mission, one.way) for one in chosen if one.what == MOVE]
        if gone := _gone(actor, found, moved):
            raise Faulty([("gone", one) for one in gone])
        body = {"chosen": [one.as_body() for one in chosen], "decided": weighing.said(moved), "knew": knew(found)}
        held = records.change(actor, held, body, what="proposed")
        held = records.change(actor, held, {"approval": approvals.ask(actor, held.id, manifest(held.body))},
                              what="signed")
        record(actor, Event.ASKED_FOR_SECOND, vault=held.id, account=second)
        records.let_sign(actor, held.id, "season", second)


def unconfirmed(actor: Actor, season_id: bytes) -> None:
    """That somebody tried to sign without having confirmed who they are: what they typed stays on their page."""
    with writing():
        record_refusal(actor, "step_up", vault=season_id)


def confirm(actor: Actor, season_id: bytes) -> None:
    """The second signature. Raises `Faulty` where what was chosen is not there any more, `NotPermitted`, `NoSuchVault`.
    """
    with writing():
        held, found = _asked(actor, season_id)
        if found.asked_by != actor.id and (gone := _gone(actor, found, found.moved)):
            raise Faulty([("gone", one) for one in gone])
        block = approvals.approve(actor, held.id, held.body["approval"], manifest(held.body))
        block = approvals.use(held.id, block, manifest(held.body))
        records.change(actor, held, {"approval": block}, what="signed")
        record(actor, Event.SIGNED_SECOND, vault=held.id, account=found.asked_by)
        record(actor, Event.DECIDED, vault=held.id, second=found.asked_by)


def decline(actor: Actor, season_id: bytes, *, why: str) -> None:
    """The second person does not sign, and says why: it ends here. Raises `NotPermitted`, `ValueError` for no words."""
    if not why.strip():
        raise ValueError("why")
    with writing():
        held, found = _asked(actor, season_id)
        if found.asked_by is not None:
            approvals.another(actor, found.asked_by, vault=held.id)
        records.change(actor, held, {"declined_by": actor.id.hex(), "declined_why": why}, what="declined")
        record(actor, Event.DECIDED, vault=held.id, result="refused")


def faults_of(weighing: Weighing, chosen: Sequence[Said]) -> list[tuple[str, Any]]:
    """Everything because of which a choice may not be signed.

    Nobody is forgotten, nobody without a reason, no way of which nobody knows how safe it is, no limit passed.
    """
    there = {one.code for one in weighing.month.missions}
    found: list[tuple[str, Any]] = [("missing", code) for code in sorted(there - {one.mission for one in chosen})]
    found += [("reason", one.mission) for one in chosen if not one.reason.strip()]
    moved = [(one.mission, one.way) for one in chosen if one.what == MOVE]
    ways = {(mission.code, one.code) for mission in weighing.month.missions for one in mission.variants}
    if len({one.mission for one in chosen}) < len(chosen) or not set(moved) <= ways:
        found.append(("unreadable", ""))
        return found
    found += [("barred", one) for one in weighing.barred(moved)]
    return found or [("broken", one) for one in weighing.broken(moved)]


def knew(found: Season) -> dict[str, Any]:
    """What stood before the first signer, beside the digest of all of it."""
    answer, proposed = found.answer, found.answer.get("chosen") or {}
    return {"ended": answer["ended"], "arriving": proposed.get("arriving"), "bound": answer["bound"],
            "gap": answer["gap"], "proposed": proposed.get("missions", []), "left": len(found.left),
            "waiting": [one["mission"] for one in answer["waiting"]]}


def _asked(actor: Actor, season_id: bytes) -> tuple[Record, Season]:
    held = kept.one(actor, season_id, "season", looked=False)
    found = season_of(held)
    if found.status != ASKED:
        raise NotPermitted("decided", "This is closed, or nobody has proposed anything yet.", vault=season_id)
    return held, found


def _gone(actor: Actor, found: Season, moved: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Missions that were to move and cannot any more: the case ended, or left by another decision.

    Whoever signs second from another room holds no case; what they cannot see, the first signer answers for.
    """
    asked = tuple(moved)
    if not asked or not kept.may_make(actor, "plan"):
        return ()
    try:
        parties = gathering.gathered(actor).parties
    except InvalidBook as reason:
        raise NotPermitted("book", "The route book has faults, so nobody sees whether they still wait. Mend it first."
                           ) from reason
    there = {party.code: {one.key for one in party.plans} for party in parties}
    return tuple(mission for mission, way in asked
                 if found.names.get(way) not in there.get(mission, frozenset()))

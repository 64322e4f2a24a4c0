"""What people do after somebody arrived: begin to follow, write a talk down, stop, ask for a relative, end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from waystation.casework.arrival import MILESTONES
from waystation_web.cases import actions as telling
from waystation_web.cases import queries as cases
from waystation_web.cases.case import Case
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import said
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted

from .followup import TYPE, FollowUp, followup_of

TALK = ("milestone", "day", "housing", "income", "work", "hours", "tenure", "harassed", "benefits", "benefits_missing",
        "language", "school", "screen", "afraid", "needs", "satisfaction", "staff", "text")
ARRIVED = frozenset({"arrived", "settling", "follow-up"})  # stages of a case from which on somebody is followed


def begin(actor: Actor, typed: Mapping[str, Any]) -> bytes:
    """Follow somebody of a case who arrived; its id. Raises `NoSuchVault` unless one holds the case, `NotPermitted`."""
    with writing():
        case = cases.case(actor, typed["case"])
        one = next((each for each in case.people if each.id == typed["person"]), None)
        if one is None:
            raise NoSuchVault
        if case.stage not in ARRIVED:
            raise NotPermitted("status", "Their case has not arrived yet. Make the steps of the case first.",
                               vault=case.id)
        if any((each.case, each.person) == (case.id, one.id) for each in _every(actor)):
            raise NotPermitted("there", "Somebody follows them already.", vault=case.id)
        held = records.make(actor, TYPE, {
            "case": case.key, "case_ref": case.ref, "person": one.id, "code": one.code,
            "arrived": typed["arrived"].isoformat()}, holders=_team(actor, case))
        telling.tell(actor, case.id, "status", "followup", followup=held.key)
    return held.id


def talk(actor: Actor, followup_id: bytes, typed: Mapping[str, Any]) -> None:
    """What they said when they were asked. Raises `NotPermitted` for whoever wants no contact."""
    with writing():
        one = _asked(actor, followup_id)
        if typed["milestone"] not in {"", *MILESTONES}:
            raise NoSuchVault
        item = {name: typed[name] for name in TALK if name != "needs" and typed.get(name) not in {None, ""}}
        item |= {"day": typed["day"].isoformat(), "milestone": typed["milestone"], "needs": list(typed["needs"])}
        records.add(actor, one.record, "talks", item)


def discriminated(actor: Actor, followup_id: bytes, typed: Mapping[str, Any]) -> None:
    """They were treated worse, where, and what was done about it. Raises as `talk`."""
    with writing():
        one = _asked(actor, followup_id)
        records.add(actor, one.record, "discrimination", {name: typed[name] for name in ("where", "what", "action")})


def acted(actor: Actor, followup_id: bytes, item: str, *, action: str) -> None:
    """What was done about it since. Raises `NoSuchVault`."""
    with writing():
        records.replace_item(actor, _held(actor, followup_id).record, "discrimination", item, {"action": action},
                             what="acted")


def related(actor: Actor, followup_id: bytes, typed: Mapping[str, Any]) -> None:
    """Whom they met or married since they left, whether they are together. Raises as `talk`."""
    with writing():
        one = _asked(actor, followup_id)
        records.add(actor, one.record, "relations", {name: typed[name] for name in ("what", "since", "together")})


def reunite(actor: Actor, followup_id: bytes, typed: Mapping[str, Any]) -> bytes:
    """They ask for a relative: a request of its own, which names their case; its id. Raises as a call."""
    with writing():
        one = _held(actor, followup_id)
        case = telling.begun(actor, {"wish": typed["wish"], "request": {
            "channel": "self", "requester_kind": "formerly_helped", "former_case": one.case.hex(),
            "goal": "reunification", "reunify_with": typed["with"], "reunify_case": one.case.hex()}},
            taken={each.ref for each in cases.cases(actor, refused=[])})
        records.add(actor, one.record, "reunions", {"case": case.key, "with": typed["with"]})
    return case.id


def leave_alone(actor: Actor, followup_id: bytes, *, why: str) -> None:
    """They want no contact: every task of it ends. Raises `NoSuchVault`."""
    with writing():
        one = _held(actor, followup_id)
        records.change(actor, one.record, {"no_contact": {"why": why, "by": actor.id.hex(), "at": said(clock.now())}},
                       what="no contact")


def ask_again(actor: Actor, followup_id: bytes, *, why: str) -> None:
    """They came back of themselves. Raises `NotPermitted` where nobody had stopped."""
    with writing():
        one = _held(actor, followup_id)
        if not one.no_contact:
            raise NotPermitted("contact", "They never said that they want no contact.", vault=followup_id)
        held = records.change(actor, one.record, {"no_contact": {}}, what="contact")
        records.add(actor, held, "talks", {"milestone": "", "day": clock.today().isoformat(), "needs": [], "text": why})


def end(actor: Actor, followup_id: bytes, *, code: str, text: str) -> None:
    """How it went. Raises `NotPermitted` if it has ended."""
    with writing():
        one = _held(actor, followup_id)
        if one.outcome:
            raise NotPermitted("ended", "This follow-up has ended.", vault=followup_id)
        records.change(actor, one.record, {"outcome": {"code": code, "text": text, "day": clock.today().isoformat()}},
                       what="outcome")


def _asked(actor: Actor, followup_id: bytes) -> FollowUp:
    one = _held(actor, followup_id)
    if one.stopped:
        raise NotPermitted("no_contact", "They want no contact, or it has ended: nobody asks them anything. If they "
                           "came back of themselves, write that down first.", vault=followup_id)
    return one


def _held(actor: Actor, followup_id: bytes) -> FollowUp:
    return followup_of(kept.one(actor, followup_id, TYPE, looked=False))


def _every(actor: Actor) -> list[FollowUp]:
    return [followup_of(one) for one in kept.every(actor, TYPE, looked=False, refused=[])]


def _team(actor: Actor, case: Case) -> list[bytes]:
    there = {each.id for each in kept.colleagues().values() if each.active and "case_worker" in each.roles}
    return sorted({who for who in (case.worker, case.deputy) if who and who != actor.id} & there)

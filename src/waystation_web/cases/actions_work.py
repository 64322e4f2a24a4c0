"""Acts in a case: what is to do, what was promised, what was heard, how great the need is."""

from __future__ import annotations

from datetime import date
from typing import Any

from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records.record import Record, said
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault

from .queries import held_case

TASKS, FOLLOWUPS = "tasks", "followups"
SCALES = ("need_scale", "safety_scale")


def _held(actor: Actor, case_id: bytes) -> Record:
    return held_case(actor, case_id)


def add_note(actor: Actor, case_id: bytes, text: str) -> None:
    """Write down what somebody heard or saw. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        records.add(actor, _held(actor, case_id), "notes", {"text": text})


def add_task(actor: Actor, case_id: bytes, *, text: str, due: date | None, for_: bytes = b"", need: str = "",
             follow_up: bool = False, plan: bytes = b"", report: int | None = None) -> None:
    """Something to do, or (`follow_up`) a day on which to look at somebody again. Raises as `add_note`.

    `plan` and `report`: the report of a plan that is wanted. On what it is stands in the plan alone.
    """
    item: dict[str, Any] = {"text": text, "due": due.isoformat() if due else "", "for": for_.hex(), "need": need}
    if plan:
        item |= {"plan": plan.hex(), "report": report}
    with writing():
        records.add(actor, _held(actor, case_id), FOLLOWUPS if follow_up else TASKS, item)


def finish(actor: Actor, case_id: bytes, item: str, *, done: bool = True) -> None:
    """A task or follow-up is done, or after all is not. Raises as `add_note`; `NoSuchVault` for none of this case."""
    with writing():
        held = _held(actor, case_id)
        done_ = {"done_at": said(clock.now()), "done_by": actor.id.hex()} if done else {"done_at": "", "done_by": ""}
        for name in (TASKS, FOLLOWUPS):
            if any(one.get("id") == item for one in held.body.get(name, ())):
                records.replace_item(actor, held, name, item, done_, what="done" if done else "open again")
                return
        raise NoSuchVault


def promise(actor: Actor, case_id: bytes, *, text: str, due: date | None) -> None:
    """What the person was told they can count on. Raises as `add_note`."""
    with writing():
        records.add(actor, _held(actor, case_id), "promises", {"text": text, "due": due.isoformat() if due else ""})


def keep(actor: Actor, case_id: bytes, item: str, *, kept_: bool) -> None:
    """A promise was kept, or was not. Raises as `finish`."""
    with writing():
        records.replace_item(actor, _held(actor, case_id), "promises", item, {"kept": kept_}, what="promise")


def scale(actor: Actor, case_id: bytes, which: str, *, value: int, reason: str, revision: int) -> None:
    """One of the two scales, 1 to 5, with its reason. Raises `Changed`, as `add_note`, `ValueError` for another scale.

    There is no function that makes one number of the two, and no field for one.
    """
    if which not in SCALES or not 1 <= value <= 5 or not reason.strip():
        raise ValueError(which)
    given = {"value": value, "reason": reason, "by": actor.id.hex(), "at": said(clock.now())}
    with writing():
        records.change(actor, _held(actor, case_id), {which: given}, what=which, revision=revision)


def watch(actor: Actor, case_id: bytes, *, next_check: date | None, every_days: int | None, text: str) -> None:
    """How somebody who hides for long is looked after; None and None end it. Raises as `add_note`."""
    given: dict[str, Any] | None = {"next_check": next_check.isoformat() if next_check else "",
                                    "every_days": every_days, "text": text}
    if next_check is None and every_days is None:
        given = None
    with writing():
        records.change(actor, _held(actor, case_id), {"monitoring": given}, what="monitoring")

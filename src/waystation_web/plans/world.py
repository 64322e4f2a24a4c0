"""A plan is of the world as it is. What was computed of a changed world is kept beside plans and is never one.

It can be read and compared. Nobody decides on it, signs it, reads it aloud or sets out with it: whatever acts on a
plan opens it here.
"""

from __future__ import annotations

from waystation_web.records import queries as kept
from waystation_web.records.record import Record
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted

CHANGED = "what_if"  # a payload that has it tells of a changed world


def is_changed(record: Record) -> bool:
    """Whether this tells of a changed world."""
    return CHANGED in record.body


def plan_of(actor: Actor, plan_id: bytes, *, looked: bool = True) -> Record:
    """A plan, never a what-if. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    held = kept.one(actor, plan_id, "plan", looked=looked)
    if is_changed(held):
        raise NotPermitted("changed_world", "This tells of a changed world. Nobody decides on it: ask for a plan of "
                                            "the world as it is.", vault=plan_id)
    return held

"""The rules of `waystation.access`, asked by every action before it touches a key."""

from __future__ import annotations

from waystation.access.decisions import NOTHING, Facts, NotAllowed, Permission, may
from waystation_web.gateways import clock

from .actor import Actor
from .errors import NotPermitted

__all__ = ["Facts", "Permission", "demand"]


def demand(actor: Actor, permission: Permission, facts: Facts = NOTHING, *, vault: bytes | None = None) -> None:
    """Raise `NotPermitted` with the rule's sentence unless this person may do this now."""
    said = may(actor.member(clock.now()), permission, facts)
    if isinstance(said, NotAllowed):
        raise NotPermitted(said.rule, said.why, step_up=said.step_up, vault=vault)

"""Reading plans. Each view of a page is one line of the record."""

from __future__ import annotations

from dataclasses import dataclass, field

from waystation.access import Facts, Permission, Role
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, Refused
from waystation_web.vault.queries import allow

from .sheets import Drawn, unpacked


@dataclass(frozen=True, slots=True)
class Shown:
    """The newest plan that somebody holds; `sheets` is empty where a coordinator has none yet."""

    title: str = ""
    fictional: bool = True
    may_make: bool = False
    sheets: Drawn = field(default=Drawn(), repr=False)
    broken: int = 0


def newest(actor: Actor) -> Shown:
    """The plan that was made last among those this person holds; those that do not open are counted.

    Raises `NoSuchVault` where there is none and the person makes none, `NotPermitted`, `Refused`.
    """
    coordinates, broken = Role.COORDINATOR in actor.roles, list[bytes]()
    with writing():
        held = [one for one in kept.every(actor, "plan", refused=broken, looked=False) if "title" in one.body]
        if not held:
            if not coordinates:
                raise NoSuchVault
            record(actor, Event.LIST_READ, count=0)
            return Shown(may_make=True, broken=len(broken))
        chosen = max(held, key=lambda one: (one.made.at, str(one.body.get("made_at", ""))))
        allow(actor, Permission.READ_PLAN, Facts(type="plan", holds=True), vault=chosen.id)
        record(actor, Event.PLAN_READ, vault=chosen.id, version=chosen.opened.version)
    try:
        return Shown(chosen.body["title"], chosen.body["fictional"], coordinates, unpacked(chosen.body["sheets"]),
                     len(broken))
    except KeyError as reason:
        raise Refused("payload") from reason

"""Reading plans. Each view of a page is one line of the record."""

from __future__ import annotations

from dataclasses import dataclass, field

from waystation.access import Facts, Kind, Permission, Role
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.gateways.database import writing
from waystation_web.vault import queries as vaults
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


def newest(actor: Actor) -> Shown:
    """The invented plan that was made last among those this person holds.

    Raises `NoSuchVault` where there is none and the person makes none, `NotPermitted`, `Refused`.
    """
    coordinates = Role.COORDINATOR in actor.roles
    with writing():
        held = [one for one in vaults.open_all(actor, Kind.NETWORK, type="plan", refused=[])
                if "case" not in one.payload]  # plans of cases have pages of their own
        if not held:
            if not coordinates:
                raise NoSuchVault
            record(actor, Event.LIST_READ, count=0)
            return Shown(may_make=True)
        chosen = max(held, key=lambda opened: str(opened.payload.get("made", "")))
        allow(actor, Permission.READ_PLAN, Facts(type="plan", holds=True), vault=chosen.id)
        record(actor, Event.PLAN_READ, vault=chosen.id, version=chosen.version)
    try:
        return Shown(chosen.payload["title"], chosen.payload["fictional"], coordinates,
                     unpacked(chosen.payload["sheets"]))
    except KeyError as reason:
        raise Refused("payload") from reason

"""Reading holds: what is held until when and why, what waits for a second signature, what was done."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from waystation.casework.retention import NOTICE, free_again
from waystation_web.audit.actions import record_read
from waystation_web.cases import queries as cases
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.records.record import Record, moment
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted, Refused

from . import holds
from .actions_hold import SIGN, of
from .certificate import DESTROYED, Certificate, certificate_of


@dataclass(frozen=True, slots=True)
class Did:
    """A line of a hold: what two did, and when."""

    act: str
    end: date
    reason: str = field(repr=False)
    who: tuple[str, str]
    at: datetime


@dataclass(frozen=True, slots=True)
class Hold:
    """One hold. `state`: asked, late (one signature, too old), standing, over."""

    id: bytes
    name: str = field(repr=False)
    state: str
    reason: str = field(repr=False)
    end: date
    goes: date                       # from when on what is held may go
    types: tuple[tuple[str, int], ...]
    log: tuple[Did, ...]
    asked: str                       # the act that waits for a second signature
    asked_end: date | None
    asked_reason: str = field(repr=False)
    asked_by: str
    own: bool
    may_sign: bool
    may_write: bool

    @property
    def key(self) -> str:
        """Its id in addresses."""
        return self.id.hex()

    @property
    def soon(self) -> bool:
        """Whether it ends within a fortnight: renew it, or let it end."""
        return self.state == "standing" and self.end <= clock.today() + NOTICE


@dataclass(frozen=True, slots=True)
class Page:
    """The list of holds, of certificates, and the cases of which a hold can be asked."""

    holds: tuple[Hold, ...]
    gone: tuple[Certificate, ...]
    cases: tuple[tuple[str, str], ...]
    broken: int


def listing(actor: Actor) -> Page:
    """Every hold and every certificate that this person holds. Raises `NotPermitted` for whoever places none."""
    if not kept.may_make(actor, holds.TYPE):
        raise NotPermitted("role", "Your role does not do this. Ask a colleague whose role does.")
    broken = list[bytes]()
    with writing():
        found = kept.every(actor, holds.TYPE, refused=broken)
        mine = cases.cases(actor, refused=[]) if kept.may_write(actor, "case") else []
    people = {id_: one.handle for id_, one in kept.colleagues().items()}
    held, gone = list[Hold](), list[Certificate]()
    for one in found:
        try:
            if DESTROYED in one.body:
                gone.append(certificate_of(one))
            else:
                held.append(hold_of(actor, one, people))
        except Refused:
            broken.append(one.id)
    held.sort(key=lambda one: (one.state == "over", one.end, one.id))
    gone.sort(key=lambda one: (one.at, one.id), reverse=True)
    return Page(tuple(held), tuple(gone), tuple(sorted(((one.key, one.ref) for one in mine), key=lambda of_: of_[1])),
                len(broken))


def one_hold(actor: Actor, hold_id: bytes) -> Hold:
    """One hold. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        held = of(actor, hold_id)
        record_read(actor, held.opened)
    return hold_of(actor, held, {id_: one.handle for id_, one in kept.colleagues().items()})


def one_certificate(actor: Actor, record_id: bytes) -> Certificate:
    """One certificate. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        held = kept.one(actor, record_id, holds.TYPE, looked=False)
        if DESTROYED not in held.body:
            raise NoSuchVault
        record_read(actor, held.opened)
    return certificate_of(held)


def hold_of(actor: Actor, held: Record, people: dict[bytes, str]) -> Hold:
    """A hold as its record says it. Raises `Refused("payload")`."""
    body = held.body
    try:
        asked, block = body.get("asked") or {}, body.get("approval") or {}
        end, log = date.fromisoformat(body["end"]), tuple(_did(one, people) for one in body["log"])
        waits = bool(asked) and clock.now() <= moment(block["until"])
        own = bool(block) and bytes.fromhex(block["asked_by"]) == actor.id
        return Hold(
            held.id, str(body["name"]), _state(body, waits=waits), str(body["reason"]), end, free_again(end),
            tuple(sorted(Counter(map(str, body["vaults"].values())).items())), log,
            str(asked["act"]) if waits else "", date.fromisoformat(asked["end"]) if waits else None,
            str(asked["reason"]) if waits else "", people.get(bytes.fromhex(block["asked_by"]), "?") if waits else "",
            own, waits and not own and bool(actor.roles & SIGN), kept.may_write(actor, holds.TYPE))
    except (KeyError, TypeError, ValueError, AttributeError) as reason:
        raise Refused("payload") from reason


def _state(body: dict[str, Any], *, waits: bool) -> str:
    if not body["rows"]:
        return "asked" if waits else "late"
    return "standing" if date.fromisoformat(body["end"]) > clock.today() else "over"


def _did(one: dict[str, Any], people: dict[bytes, str]) -> Did:
    who = tuple(people.get(bytes.fromhex(one[name]), "?") for name in ("first", "by"))
    return Did(str(one["act"]), date.fromisoformat(one["end"]), str(one["reason"]), (who[0], who[1]),
               moment(one["at"]))


def handles() -> dict[bytes, str]:
    """Colleagues by their ids, as a certificate names them."""
    return {id_: one.handle for id_, one in kept.colleagues().items()}

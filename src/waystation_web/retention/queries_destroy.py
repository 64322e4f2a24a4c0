"""The page before something is destroyed: what goes, who else holds some of it and must agree, what stays and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from waystation.access import WRITERS, Role
from waystation_web.audit.actions import record_read
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.records.record import moment
from waystation_web.vault.actor import Actor
from waystation_web.vault.queries import principals

from .actions_destroy import neither, subject


@dataclass(frozen=True, slots=True)
class Others:
    """Records of a type that whoever looks cannot destroy alone, and who could sign for them."""

    type: str
    count: int
    who: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Before:
    """The page. `asked_*`: the first signature, if it waits; `by_others` is what the second signer must hold."""

    id: bytes
    type: str
    ref: str = field(repr=False)
    case: bytes
    goes: tuple[tuple[str, int], ...]
    by_others: tuple[Others, ...]
    money: bool
    in_the_way: str
    asked_by: str
    asked_at: datetime | None
    asked_why: str
    own: bool
    may_ask: bool
    may_sign: bool

    @property
    def key(self) -> str:
        """Its id in addresses."""
        return self.id.hex()


def before(actor: Actor, record_id: bytes) -> Before:
    """A case or a record of names before it is destroyed. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    found = subject(actor, record_id)
    with writing():
        record_read(actor, found.record.opened)
    block = found.asked.get("approval", {})
    waits = bool(block) and clock.now() <= moment(block["until"])
    first = bytes.fromhex(block["asked_by"]) if waits else b""
    people = kept.colleagues()
    left = neither(found.types, (actor.id, first) if waits else (actor.id,))
    may = kept.may_write(actor, found.record.type)
    case = found.case.id if found.case is not None else b""
    ref = str(found.case.body.get("ref", "")) if found.case is not None else ""
    clear = not found.in_the_way
    return Before(
        record_id, found.record.type, ref, case, tuple(sorted(Counter(found.types.values()).items())),
        _others(left, found.types), "money" in found.types.values(), found.in_the_way,
        people[first].handle if waits and first in people else "", moment(block["asked_at"]) if waits else None,
        str(found.asked.get("why", "")) if waits else "", first == actor.id, may and clear and not waits,
        may and clear and waits and first != actor.id and not left)


def _others(left: list[bytes], types: dict[bytes, str]) -> tuple[Others, ...]:
    if not left:
        return ()
    people, found = kept.colleagues(), []
    for type_ in sorted({types[one] for one in left}):
        mine = [one for one in left if types[one] == type_]
        able = {one.handle for id_, one in people.items() if one.active
                and {Role(role) for role in one.roles} & WRITERS[type_] and id_ in principals(mine)}
        found.append(Others(type_, len(mine), tuple(sorted(able))))
    return tuple(found)



"""Reading breaches: who may see what of the records that are in one. Inside the caller's `writing()`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from waystation.access import Kind
from waystation_web.records import queries as kept
from waystation_web.vault import queries as vaults
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted, Refused
from waystation_web.vault.models import Vault

from . import breach
from .breach import Breach, breach_of

CASES = ("case",)


@dataclass(frozen=True, slots=True)
class Inside:
    """One record in a breach. `type` and `ref` only for whoever may read that record themself."""

    id: str
    kind: str
    acts: tuple[str, ...]
    first: str
    last: str
    type: str = ""
    ref: str = field(default="", repr=False)


def every(actor: Actor) -> list[Breach]:
    """Breaches that this person may read, the newest first. Raises `Refused`."""
    found = [breach_of(one) for one in kept.every(actor, breach.TYPE)]
    return sorted(found, key=lambda one: (one.known, one.id), reverse=True)


def held(actor: Actor, breach_id: bytes, *, looked: bool = True) -> Breach:
    """One breach. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    return breach_of(kept.one(actor, breach_id, breach.TYPE, looked=looked))


def inside(actor: Actor, found: Breach) -> list[Inside]:
    """The records in a breach; what this person may not read stays an id and a kind. Raises `Refused`."""
    if found.scope is None:
        return []
    try:
        return [Inside(str(one["id"]), str(one["kind"]), tuple(map(str, one["acts"])), str(one["first"]),
                       str(one["last"]), *_called(actor, bytes.fromhex(one["id"]))) for one in found.scope["records"]]
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason


def kinds_of(ids: Iterable[bytes]) -> dict[bytes, str]:
    """The kind of each record, as its row says it in clear. Nothing of them is opened; what is shredded has none."""
    rows = Vault.objects.filter(pk__in=set(ids)).values_list("id", "kind")
    return {vault: Kind(kind).name.lower() for vault, kind in rows if kind in set(Kind)}


def _called(actor: Actor, vault: bytes) -> tuple[str, str]:
    """Type and reference of a record, if this person may open it."""
    try:
        opened = vaults.open_vault(actor, vault)
    except (NoSuchVault, NotPermitted, Refused):
        return "", ""
    ref = opened.payload.get("ref", opened.payload.get("code", ""))
    return opened.type, ref if isinstance(ref, str) else ""

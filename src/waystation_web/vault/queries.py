"""Reading vaults: the grant, the host layer, the person's key, the vault's key, the payload, each bound to its place.

What somebody holds no grant of does not exist for them. Nothing opened here outlives the request that asked for it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from waystation.access import TYPES, Allowed, Facts, Kind, NotAllowed, Permission, may
from waystation.vault import grants as core
from waystation.vault.envelope import nonce_of, payload_context, text_of, unpack, unseal
from waystation.vault.refused import Refused
from waystation_web.gateways import clock, database

from . import keyless
from .actor import Actor
from .errors import NoSuchVault, NotPermitted
from .host import HostKeys, host_keys
from .models import Account, Grant, Vault
from .principals import signers

NOTHING = Facts()
BATCH = 256  # rows fetched at once, and unsealed at once by a search
KINDS = {int(kind): kind for kind in Kind}
FORMS = {size + 78: form.decode() for form, size in core.SIZES.items()}  # the host layer adds 78 bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """A vault, opened for one request: its key and payload are never shown, logged or kept."""

    id: bytes
    kind: Kind
    version: int
    payload: dict[str, Any] = field(repr=False)
    dek: bytes = field(repr=False)
    nonce: bytes = field(repr=False)   # the edition that was read: a write that meets another one is refused
    rotate_due: bool
    retain_until: date | None

    @property
    def type(self) -> str:
        """What kind of record it is, as the payload says."""
        return str(self.payload["type"])


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who can open a vault. `form` says whether they have signed in since (S) or not yet (P, D)."""

    id: bytes
    until: date | None
    form: str


@contextmanager
def about(vault_id: bytes) -> Iterator[None]:
    """Let a refusal inside say which vault it was about, for the record of acts."""
    try:
        yield
    except Refused as why:
        why.vault = vault_id  # type: ignore[attr-defined]
        raise


def in_time(grants: QuerySet[Grant]) -> QuerySet[Grant]:
    """Those not past their end, whether or not a night has deleted the others."""
    return grants.filter(Q(until=None) | Q(until__gte=clock.today()))


def current(principal: bytes) -> QuerySet[Grant]:
    """Somebody's grants that count: of the vault's present key, and in time."""
    return in_time(Grant.objects.filter(principal=principal, version=F("vault__version"))).select_related("vault")


class Row(NamedTuple):
    """A grant and its vault as they stand in the tables: what a list reads ten thousand of."""

    vault: bytes
    kind: int
    version: int
    payload: bytes | None
    rotate_due: bool
    retain_until: date | None
    wrap: bytes


Looked = tuple[list[tuple[Row, bytes, bytes]], Future[list[int]]]  # rows with their keys and texts, and places to come
COLUMNS = ("vault_id", "vault__kind", "version", "vault__payload", "vault__rotate_due", "vault__retain_until", "wrap")


def dek_of(actor: Actor, grant: Grant, signer: Callable[[bytes], bytes]) -> core.Opened:
    """The key in somebody's own grant. Raises `Refused`."""
    if keyless.is_bare(grant):
        return core.open_grant(bytes(grant.wrap), actor.secrets, principal=actor.id, vault=grant.vault_id,
                               kind=grant.vault.kind, version=grant.version, signer=signer)
    return _dek(actor, _row(grant), signer, host_keys())


def _row(grant: Grant) -> Row:
    vault = grant.vault
    return Row(vault.id, vault.kind, vault.version, vault.payload, vault.rotate_due, vault.retain_until, grant.wrap)


def _dek(actor: Actor, row: Row, signer: Callable[[bytes], bytes], host: HostKeys) -> core.Opened:
    inner = _inner(row, actor.id, host)
    return core.open_grant(inner, actor.secrets, principal=actor.id, vault=row.vault, kind=row.kind,
                           version=row.version, signer=signer)


def _inner(row: Row, principal: bytes, host: HostKeys) -> bytes:
    """A grant without its host layer. `host` is what counted when a list began; it may be changed while it is read."""
    bound = row_of(row.vault, row.version, principal)
    try:
        return host.unseal(row.wrap, "grant", *bound)
    except Refused as why:
        if why.kind != "epoch":
            raise
        return host_keys().unseal(row.wrap, "grant", *bound)


def row_of(vault: bytes, version: int, principal: bytes) -> tuple[bytes, bytes, bytes]:
    """What the host layer of a grant is bound to."""
    return vault, version.to_bytes(4, "big"), principal


def opened(actor: Actor, grant: Grant, signer: Callable[[bytes], bytes]) -> Opened:
    """A vault through somebody's own grant. Raises `Refused`; checks that the payload belongs to the row."""
    with about(grant.vault_id):
        return _opened(actor, _row(grant), signer, host_keys())


def _opened(actor: Actor, row: Row, signer: Callable[[bytes], bytes], host: HostKeys) -> Opened:
    return _read(row, *_unsealed(actor, row, signer, host))


def _unsealed(actor: Actor, row: Row, signer: Callable[[bytes], bytes], host: HostKeys) -> tuple[bytes, bytes]:
    """The key and the payload of a row, padded and not parsed yet. Raises `Refused`."""
    dek = _dek(actor, row, signer, host).dek
    if row.payload is None or row.kind not in KINDS:
        raise Refused("payload")
    return dek, unseal(dek, row.payload, payload_context(row.vault, row.kind, row.version))


def _read(row: Row, dek: bytes, padded: bytes) -> Opened:
    """A payload parsed, if it belongs to its row. Raises `Refused`."""
    kind, payload = KINDS[row.kind], unpack(padded)
    if row.payload is None:
        raise Refused("payload")
    planned = row.retain_until.isoformat() if row.retain_until else None
    if payload["id"] != row.vault.hex() or TYPES.get(payload["type"]) != kind \
            or payload.get("retain_until") != planned:
        raise Refused("payload")
    return Opened(row.vault, kind, row.version, payload, dek, nonce_of(row.payload), row.rotate_due, row.retain_until)


def allow(actor: Actor, permission: Permission, facts: Facts = NOTHING, *, vault: bytes | None = None) -> None:
    """Ask the table of roles. Raises `NotPermitted` with its sentence."""
    decision = may(actor.member(clock.now()), permission, facts)
    if isinstance(decision, NotAllowed):
        raise NotPermitted(decision.rule, decision.why, step_up=decision.step_up, vault=vault)


def open_vault(actor: Actor, vault_id: bytes, *, kind: Kind | None = None, type: str | None = None) -> Opened:  # noqa: A002
    """Open one vault. One query, whether it exists or not.

    Raises `NoSuchVault` without a grant, and if it is not of the kind or type asked for; `NotPermitted`; `Refused`.
    """
    grant = current(actor.id).filter(vault_id=vault_id).first()
    if grant is None or kind not in {None, grant.vault.kind} or grant.vault.payload is None:
        raise NoSuchVault
    found = opened(actor, grant, signers())
    if type not in {None, found.type}:
        raise NoSuchVault
    allow(actor, Permission.OPEN_VAULT, Facts(type=found.type, holds=True), vault=vault_id)
    return found


def open_held(actor: Actor, kind: Kind, may_hold: Callable[[list[bytes]], Iterable[int]], *,
              refused: list[bytes] | None = None) -> list[Opened]:
    """What of a kind this person may read and a search may find in, in the order of ids. One query.

    Every row is unsealed, a batch at a time; `may_hold` gets the JSON of a batch as bytes and says which are worth
    being parsed, in a thread of its own while the next batch is unsealed. Those alone are read, and then checked as
    everything else is. `refused` as for `open_all`.
    """
    key_of, host, found = signers(), host_keys(), list[Opened]()
    grants = current(actor.id).filter(vault__kind=kind, vault__payload__isnull=False).order_by("vault_id")
    with database.rows(grants, COLUMNS, batch=BATCH) as rows, ThreadPoolExecutor(1) as beside:
        before: Looked | None = None
        while batch := list(map(Row._make, islice(rows, BATCH))):
            kept = []
            for row in batch:
                with _told(row.vault, refused):
                    kept.append((row, *_unsealed(actor, row, key_of, host)))
            now = kept, beside.submit(_places, may_hold, [text_of(padded) for *_, padded in kept])
            found += _worth_reading(before, refused)
            before = now
        found += _worth_reading(before, refused)
    return readable(actor, found)


def _places(may_hold: Callable[[list[bytes]], Iterable[int]], texts: list[bytes]) -> list[int]:
    return list(may_hold(texts))


def _worth_reading(looked: Looked | None, refused: list[bytes] | None) -> list[Opened]:
    """What of a batch that was looked through may hold the words, read and checked."""
    found = list[Opened]()
    kept, places = ([], []) if looked is None else (looked[0], looked[1].result())
    for place in places:
        with _told(kept[place][0].vault, refused):
            found.append(_read(*kept[place]))
    return found


@contextmanager
def _told(vault: bytes, refused: list[bytes] | None) -> Iterator[None]:
    """Write down which row does not open, where the caller keeps a list of such."""
    try:
        yield
    except Refused as why:
        if refused is None:
            why.vault = vault  # type: ignore[attr-defined]
            raise
        refused.append(vault)


def open_all(actor: Actor, kind: Kind, *, type: str | None = None,  # noqa: A002
             refused: list[bytes] | None = None) -> list[Opened]:
    """Everything of a kind that this person may read, in the order of ids. One query.

    A row that does not open raises `Refused`, unless the caller gives a list for the ids of such rows and shows that
    the list is not whole. A payload of another type is not parsed: in its JSON the type asked for does not stand.
    """
    key_of, host, found = signers(), host_keys(), []
    mark = b"" if type is None else json.dumps({"type": type}, separators=(",", ":"))[1:-1].encode()
    grants = current(actor.id).filter(vault__kind=kind, vault__payload__isnull=False).order_by("vault_id")
    with database.rows(grants, COLUMNS, batch=BATCH) as rows:
        for row in map(Row._make, rows):
            with _told(row.vault, refused):
                dek, padded = _unsealed(actor, row, key_of, host)
                if mark in text_of(padded):
                    found.append(_read(row, dek, padded))
    return readable(actor, found, type)


def open_several(actor: Actor, ids: Iterable[bytes], *, type: str, refused: list[bytes]) -> list[Opened]:  # noqa: A002
    """Those of some vaults that this person may read and that are of a type; `refused` gets what is broken."""
    key_of, host, found, wanted = signers(), host_keys(), list[Opened](), iter(sorted(set(ids)))
    while batch := list(islice(wanted, BATCH)):
        grants = current(actor.id).filter(vault_id__in=batch, vault__kind=TYPES[type], vault__payload__isnull=False)
        for row in map(Row._make, grants.order_by("vault_id").values_list(*COLUMNS)):
            with _told(row.vault, refused):
                found.append(_opened(actor, row, key_of, host))
    return readable(actor, found, type)


def readable(actor: Actor, found: list[Opened], type: str | None = None) -> list[Opened]:  # noqa: A002
    """Those whose type this person may read; a type, if one is asked for."""
    member = actor.member(clock.now())
    asked = {one.type for one in found} if type is None else {type}
    readable = {one for one in asked if may(member, Permission.OPEN_VAULT, Facts(type=one, holds=True)) == Allowed()}
    return [one for one in found if one.type in readable]


def holders(actor: Actor, vault_id: bytes) -> list[Holder]:
    """Who can open a vault, the recovery key (16 zero bytes) included. Raises `NoSuchVault` unless one holds it."""
    if not current(actor.id).filter(vault_id=vault_id).exists():
        raise NoSuchVault
    rows = Grant.objects.filter(vault_id=vault_id, version=F("vault__version")).order_by("principal")
    return [Holder(row.principal, row.until, FORMS.get(len(row.wrap), "?")) for row in rows]


def lasting_holders() -> QuerySet[Grant]:
    """Grants without an end, of people who can come back: not the recovery key, not who was removed.

    The last such holder of a vault cannot leave it, so the end of a grant for a time never leaves one without a reader.
    """
    there = Account.objects.filter(state__in=(Account.State.ACTIVE, Account.State.LOCKED)).values("id")
    return Grant.objects.filter(until=None, version=F("vault__version"), principal__in=there)


def last_of(account_id: bytes) -> list[bytes]:
    """Vaults that nobody else holds without an end: this account cannot be removed before they are shared."""
    others = lasting_holders().filter(vault_id=OuterRef("vault_id")).exclude(principal=account_id)
    alone = lasting_holders().filter(~Exists(others), principal=account_id)
    return list(alone.order_by("vault_id").values_list("vault_id", flat=True))


def holding_count(actor: Actor) -> dict[Kind, int]:
    """How many vaults of each kind this person holds."""
    return dict(Counter(map(Kind, current(actor.id).values_list("vault__kind", flat=True))))


def held_ids(principal: bytes, among: Iterable[bytes] | None = None) -> set[bytes]:
    """Which vaults somebody holds, of all or among some. Nothing of them is read."""
    held = current(principal) if among is None else current(principal).filter(vault_id__in=list(among))
    return set(held.values_list("vault_id", flat=True))


def principals(vaults: Iterable[bytes]) -> set[bytes]:
    """Whoever holds at least one of some vaults, in time. Nothing of them is read."""
    rows = Grant.objects.filter(vault_id__in=list(vaults), version=F("vault__version"))
    return set(in_time(rows).values_list("principal", flat=True))


def lacks(actor: Actor, kind: Kind) -> bool:
    """Whether there is anything of a kind that this person does not hold. Nothing is said about it."""
    there = Vault.objects.filter(kind=kind, payload__isnull=False)
    return there.exclude(pk__in=current(actor.id).values("vault_id")).exists()


def backlog(actor: Actor) -> int:
    """How many vaults this person holds that wait for a new key because somebody left."""
    return current(actor.id).filter(vault__rotate_due=True, vault__payload__isnull=False).count()

"""What people do with vaults: create, write, share, end a grant, settle what was shared, leave, shred.

Each runs inside the caller's `writing()` and records nothing itself: the caller writes one entry about what is
returned, in the same transaction. Who may do what is asked of `waystation.access` here, where type, holders and grants
are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import EllipsisType
from typing import Any

from django.db.models.functions import Length

from waystation.access import TYPES, WHY, Facts, NotAllowed, Permission, default_roles, fields, may
from waystation.casework.retention import monday_before
from waystation.vault.envelope import new_id, new_key, nonce_of
from waystation.vault.grants import PERSON, SIZES, grant_own
from waystation.vault.refused import Refused
from waystation_web.gateways import clock

from . import files, retention
from .actor import Actor
from .errors import NoSuchVault, NotPermitted
from .host import host_keys
from .labels import read_label
from .models import Account, Grant, Vault
from .principals import (
    RECOVERY_PRINCIPAL,
    Recipient,
    active_recipients,
    kinds_held,
    recipient,
    recovery_recipient,
    signers,
)
from .queries import Opened, about, allow, current, dek_of, in_time, last_of, lasting_holders, open_vault, row_of
from .rotation import (
    Written,
    drop_all,
    expire,
    grant_row,
    rekeyed,
    replace_edition,
    rotate,
    rotate_backlog,
    sealed_payload,
    written,
)

__all__ = ["Settled", "Written", "attach", "create", "end_expired", "end_grant", "keep_until", "open_file", "retire",
           "rotate", "rotate_backlog", "settle", "share", "shred", "write"]

OURS = ("type", "id", "files", "retain_until")  # of a payload: set here, whatever a body says
HOST_LAYER = 78


@dataclass(frozen=True, slots=True)
class Settled:
    """Grants taken under a person's own key, and vaults whose grant did not hold what its signature says."""

    count: int
    refused: list[bytes]


def create(actor: Actor, type: str, body: Mapping[str, Any], *, holders: Iterable[Recipient] = (),  # noqa: A002
           retain_until: date | None = None) -> Written:
    """Make a vault, for its author, the holders given, those whose role is given all of its type, and recovery.

    `retain_until` is rounded down to a Monday. Raises `NotPermitted`, `Refused`, `ValueError` for a body too large.
    """
    allow(actor, Permission.CREATE_VAULT, Facts(type=type))
    monday = retain_until and monday_before(retain_until)
    vault = new_id()
    payload = _payload(body, {"type": type, "id": vault.hex(), "retain_until": monday and monday.isoformat()})
    fresh = Opened(vault, TYPES[type], 1, payload, new_key(), b"", rotate_due=False, retain_until=monday)
    people = {one.id: one for one in active_recipients(default_roles(type))}
    for one in holders:
        if one.id != actor.id:
            account = _account(one.id)
            _may_hold(actor, fresh, account, until=None, reason=True, confirmed=True)
            people[one.id] = recipient(account)
    people[actor.id] = recipient(_account(actor.id))  # who was locked or removed in this very moment makes nothing
    sealed = sealed_payload(fresh)
    Vault.objects.create(id=vault, kind=fresh.kind, version=1, retain_until=monday, payload=sealed)
    Grant.objects.bulk_create([grant_row(actor, one, fresh) for one in [*people.values(), recovery_recipient()]])
    return written(fresh, sealed)


def _payload(body: Mapping[str, Any], ours: dict[str, Any]) -> dict[str, Any]:
    own = {key: value for key, value in ours.items() if value is not None}
    whole = {"v": 1, **{key: value for key, value in body.items() if key not in OURS}, **own}
    fields.check(ours["type"], whole)  # what nobody said the purpose, the class and the end of is not kept
    return whole


def write(actor: Actor, opened: Opened, body: Mapping[str, Any], *, second: bool = False) -> Written:
    """Write a vault that was opened in this request; its files stay. Under a new key, if somebody left.

    `second`: two people signed what is written, and both signatures were checked in this very act. Raises `Changed` if
    somebody else wrote meanwhile, `NotPermitted`, `Refused`.
    """
    _, done = rewritten(actor, opened, body, second=second)
    return done


def rewritten(actor: Actor, opened: Opened, body: Mapping[str, Any], *, files: list[dict[str, Any]] | None = None,
              permission: Permission = Permission.WRITE_VAULT, second: bool = False,
              retain_until: date | EllipsisType | None = ...) -> tuple[Opened, Written]:
    """As `write`; also the vault as it is now. `files` replaces the list of files in the payload.

    `retain_until`: another day of deletion (rounded down to a Monday), None for none, left out for the same as before.
    """
    if not current(actor.id).filter(vault_id=opened.id).exists():  # it was opened before this transaction began
        raise NoSuchVault
    allow(actor, permission, Facts(type=opened.type, holds=True, second_signature=second), vault=opened.id)
    kept = {key: opened.payload.get(key) for key in OURS} | ({} if files is None else {"files": files})
    monday = opened.retain_until
    if not isinstance(retain_until, EllipsisType):
        monday = retain_until and monday_before(retain_until)
        kept |= {"retain_until": monday and monday.isoformat()}
    payload = _payload(body, kept)
    due = Vault.objects.filter(pk=opened.id, rotate_due=True).exists()
    if due or opened.rotate_due:
        now, sealed = rekeyed(actor, opened, payload, retain_until=monday)
    else:
        sealed = sealed_payload(replace(opened, payload=payload))
        replace_edition(opened, payload=sealed, retain_until=monday)
        now = replace(opened, payload=payload, nonce=nonce_of(sealed), retain_until=monday)
    return now, written(now, sealed)


def keep_until(actor: Actor, opened: Opened, day: date | None, *, body: Mapping[str, Any] | None = None) -> Written:
    """Start, move or stop the clock of a vault: it goes on that day's Monday, or (None) by nobody's clock.

    `body` is written with it, if given. Raises as `write`.
    """
    return rewritten(actor, opened, opened.payload if body is None else body, retain_until=day)[1]


def share(actor: Actor, vault_id: bytes, recipient: Recipient, *, until: date | None = None,
          reason: str = "", second: bool = False) -> Written:
    """Give a vault to a colleague, until a day or without an end. What they hold already is never shortened.

    `second`: the caller has checked the signature of another person for this very act (`approvals.use`).

    Raises `NoSuchVault`, `NotPermitted`, `Refused` (recipient not certified), `ValueError` for an end in the past.
    """
    found = open_vault(actor, vault_id)
    account = _account(recipient.id)
    _may_hold(actor, found, account, until=until, reason=bool(reason), confirmed=False, second=second)
    if until is not None and until < clock.today():
        raise ValueError("this end is in the past")
    to = _certified(account)
    held = in_time(Grant.objects.filter(vault_id=found.id, version=found.version, principal=to.id)).first()
    if held is not None and (held.until is None or until is None):
        until = None
    elif held is not None and held.until is not None and until is not None:
        until = max(held.until, until)
    Grant.objects.filter(vault_id=found.id, principal=to.id).delete()
    grant_row(actor, to, found, until).save(force_insert=True)
    return _unchanged(found)


def _certified(account: Account) -> Recipient:
    return recipient(account)


def _account(account_id: bytes) -> Account:
    account = Account.objects.filter(pk=account_id).first()
    if account is None:
        raise Refused("certificate")
    return account


def _may_hold(actor: Actor, found: Opened, account: Account, *, until: date | None, reason: bool,
              confirmed: bool, second: bool = False) -> None:
    """Ask whether the actor may give this to that account. `confirmed`: the record is being made, which asks for no
    second sign-in and lets its author name whoever is assigned to it."""
    facts = Facts(type=found.type, holds=True, own=account.id == actor.id, reason=reason, until=until is not None,
                  second_signature=second, roles=read_label(account).roles, kinds=kinds_held(account.id),
                  fresh=confirmed)
    member = actor.member(clock.now())
    decision = may(replace(member, stepped_up=member.stepped_up or confirmed), Permission.GRANT, facts)
    if isinstance(decision, NotAllowed):
        raise NotPermitted(decision.rule, decision.why, step_up=decision.step_up, vault=found.id)


def _unchanged(found: Opened) -> Written:
    payload = Vault.objects.values_list("payload", flat=True).get(pk=found.id)
    return written(found, payload or b"")


def end_grant(actor: Actor, vault_id: bytes, principal: bytes) -> Written:
    """Take a vault from somebody, or leave it; it gets a new key at the next write or sign-in of a holder.

    Raises `NoSuchVault`, also if that person does not hold it; `NotPermitted`, also for the last holder.
    """
    found = open_vault(actor, vault_id)
    rows = Grant.objects.filter(vault_id=found.id, principal=principal)
    grant = rows.filter(version=found.version).first()
    if grant is None:
        raise NoSuchVault
    if principal == RECOVERY_PRINCIPAL:
        raise NotPermitted("recovery", "The recovery key keeps every record. It cannot be taken away.", vault=found.id)
    lasting = lasting_holders().filter(vault_id=found.id).count()
    holders = lasting if grant.until is None else lasting + 1
    allow(actor, Permission.END_GRANT,
          Facts(type=found.type, holds=True, own=principal == actor.id, holders=holders), vault=found.id)
    rows.delete()
    Vault.objects.filter(pk=found.id).update(rotate_due=True)
    return _unchanged(found)


def settle(actor: Actor) -> Settled:
    """Take what colleagues granted under one's own key, which opens faster.

    A grant that does not verify stays as it is, and its vault is named.
    """
    key_of, count, refused = signers(), 0, []
    for grant in current(actor.id).annotate(size=Length("wrap")).filter(size=SIZES[PERSON] + HOST_LAYER):
        vault = grant.vault
        try:
            dek = dek_of(actor, grant, key_of).dek
        except Refused:
            refused.append(vault.id)
            continue
        inner = grant_own(actor.secrets, principal=actor.id, vault=vault.id, kind=vault.kind, version=vault.version,
                          dek=dek)
        wrap = host_keys().seal(inner, "grant", *row_of(vault.id, vault.version, actor.id))
        Grant.objects.filter(vault_id=vault.id, version=vault.version, principal=actor.id).update(wrap=wrap)
        count += 1
    return Settled(count, refused)


def retire(account_id: bytes) -> list[bytes]:
    """Take everything from an account that is being removed. Returns the vaults it held, which wait for a new key.

    Raises `NotPermitted` if it is the last who holds any without an end; `queries.last_of` lists those.
    """
    if last := last_of(account_id):
        raise NotPermitted("last_holder", WHY["last_holder"], vault=last[0])
    return drop_all(account_id)


def end_expired(today: date) -> int:
    """Delete grants past their end. Returns of how many vaults."""
    return len(expire(today))


def shred(actor: Actor, vault_id: bytes, *, second: bool = False) -> Written:
    """Destroy a vault: payload, all grants, file keys; sealed files and old pages of the database after the commit.

    `second`: another person signed this very act, and both signatures were checked in it. Raises `NoSuchVault`,
    `NotPermitted` (also under a hold), `Refused`.
    """
    found = open_vault(actor, vault_id)
    allow(actor, Permission.SHRED, Facts(type=found.type, holds=True, second_signature=second), vault=found.id)
    retention.not_held([found.id])
    retention.drop([found.id])
    return Written(found.id, found.version, b"")


def attach(actor: Actor, opened: Opened, upload: files.Arrived, *, name: str, mime: str) -> Written:
    """Add a file that arrived sealed: its key under the vault's key, its name and size into the payload.

    Raises `Changed`, `NotPermitted`, `Refused("file")` if it was sealed for another vault.
    """
    if upload.vault != opened.id:
        raise Refused("file")
    entry = {"id": upload.file_id.hex(), "name": name, "mime": mime, "size": upload.size, "sha256": upload.sha256}
    now, done = rewritten(actor, opened, opened.payload, files=[*opened.payload.get("files", []), entry],
                          permission=Permission.UPLOAD)
    files.insert(now, upload)
    return done


def open_file(actor: Actor, opened: Opened, file_id: bytes) -> files.Opener:
    """Open a file of an opened vault. Raises `NoSuchVault` if it is none of its files, `NotPermitted`, `Refused`."""
    allow(actor, Permission.DOWNLOAD, Facts(type=opened.type, holds=True), vault=opened.id)
    with about(opened.id):
        return files.opener(opened, file_id)

"""A vault's key, changed: whoever left cannot open what is written afterwards. And grants for a time, ended.

The new key is wrapped for everybody who stays and for the recovery key; every grant of an older key is deleted with it.
A vault waits for its new key (`rotate_due`) until somebody who holds it writes to it or signs in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any

from django.db.models import Case, Exists, F, Func, IntegerField, OuterRef, Value, When

from waystation.access import WHY, Kind
from waystation.vault.envelope import file_context, new_key, nonce_of, pack, payload_context, seal, unseal
from waystation.vault.grants import grant_own, grant_person
from waystation.vault.refused import Refused

from .actor import Actor
from .errors import Changed, NoSuchVault, NotPermitted
from .fields import Bytes
from .host import host_keys
from .models import Account, File, Grant, Vault
from .principals import Recipient, keeper, recovery_recipient, signers
from .queries import Opened, about, current, in_time, opened, row_of
from .trust import trust

SENSITIVE_FIRST = (Kind.PEOPLE, Kind.EVIDENCE, Kind.NETWORK)


@dataclass(frozen=True, slots=True)
class Written:
    """What the record of acts says of a write: which vault, under which version of its key, which sealed bytes."""

    vault: bytes
    version: int
    digest: bytes          # SHA-256 of the sealed payload; empty if nothing is left


def written(found: Opened, sealed: bytes) -> Written:
    """A write, for the record."""
    return Written(found.id, found.version, sha256(sealed).digest())


def grant_row(actor: Actor, to: Recipient, found: Opened, until: date | None = None) -> Grant:
    """A grant as its row holds it: one's own under one's own key, another's signed and encrypted to them."""
    facts: dict[str, Any] = {"principal": to.id, "vault": found.id, "kind": int(found.kind), "version": found.version,
                             "dek": found.dek}
    inner = grant_own(actor.secrets, **facts) if to.id == actor.id \
        else grant_person(actor.secrets, actor.id, to.bundle, **facts)
    wrap = host_keys().seal(inner, "grant", *row_of(found.id, found.version, to.id))
    return Grant(vault_id=found.id, version=found.version, principal=to.id, until=until, wrap=wrap)


def sealed_payload(found: Opened) -> bytes:
    """The payload as its row holds it."""
    return seal(found.dek, pack(found.payload), payload_context(found.id, found.kind, found.version))


def replace_edition(read: Opened, **columns: Any) -> None:
    """Change a vault's row if it is still the edition that was read. Raises `Changed`, and nothing was saved."""
    edition = Func(F("payload"), Value(2), Value(24), function="SUBSTR", output_field=Bytes())
    rows = Vault.objects.alias(edition=edition).filter(pk=read.id, version=read.version, edition=read.nonce)
    if not rows.update(**columns):
        raise Changed


def rekeyed(actor: Actor, read: Opened, payload: dict[str, Any], **columns: Any) -> tuple[Opened, bytes]:
    """Give a vault a new key and seal this payload under it, for everybody who stays.

    `columns` of its row are written with it. Raises `Changed`, `Refused`, or `NotPermitted` if nobody would stay who
    can open it without an end.
    """
    stay = _stay(actor, read)
    fresh = replace(read, version=read.version + 1, payload=payload, dek=new_key(), rotate_due=False, **columns)
    grants = [grant_row(actor, to, fresh, until) for to, until in stay]
    files = [(file, _rewrapped(file, read, fresh)) for file in File.objects.filter(vault_id=read.id)]
    sealed = sealed_payload(fresh)
    replace_edition(read, version=fresh.version, payload=sealed, rotate_due=False, **columns)
    Grant.objects.filter(vault_id=read.id).delete()
    Grant.objects.bulk_create(grants)
    for file, wrap in files:
        File.objects.filter(pk=file.id).update(wrap=wrap)
    return replace(fresh, nonce=nonce_of(sealed)), sealed


def _stay(actor: Actor, read: Opened) -> list[tuple[Recipient, date | None]]:
    """Who keeps a vault, until when: holders in time who are there and certified, and the recovery key."""
    believed, people, stay = trust(), {account.id: account for account in Account.objects.all()}, []
    for grant in in_time(Grant.objects.filter(vault_id=read.id, version=read.version)).order_by("principal"):
        person = people.get(grant.principal)
        if person is not None and (to := keeper(person, believed)):
            stay.append((to, grant.until))
    if not any(until is None for _, until in stay) or actor.id not in {to.id for to, _ in stay}:
        raise NotPermitted("last_holder", WHY["last_holder"], vault=read.id)
    return [*stay, (recovery_recipient(), None)]


def _rewrapped(file: File, read: Opened, fresh: Opened) -> bytes:
    with about(read.id):
        key = unseal(read.dek, file.wrap, file_context(read.id, read.version, file.id))
    return seal(fresh.dek, key, file_context(fresh.id, fresh.version, file.id))


def rotate(actor: Actor, vault_id: bytes) -> Written:
    """Give a vault a new key now. Raises `NoSuchVault`, `Refused`, `NotPermitted`."""
    grant = current(actor.id).filter(vault_id=vault_id, vault__payload__isnull=False).first()
    if grant is None:
        raise NoSuchVault
    read = opened(actor, grant, signers())
    return written(*rekeyed(actor, read, read.payload))


def rotate_backlog(actor: Actor, limit: int = 500) -> list[Written]:
    """Give new keys to vaults that wait for one, those about people first.

    What does not open, or would be left without a reader, keeps waiting: it stays in `queries.backlog`, and is refused
    and recorded when somebody opens it. Signing in must not depend on it. So does what somebody holds whose new public
    keys no officer has signed yet: they could be given nothing now. Whoever writes to it does not wait.
    """
    key_of, done = signers(), []
    unsigned = Account.objects.filter(state__in=(Account.State.ACTIVE, Account.State.LOCKED), bundle__isnull=False,
                                      cert_sig=None)
    theirs = Grant.objects.filter(vault_id=OuterRef("vault_id"), principal__in=unsigned.values("id"))
    due = current(actor.id).filter(~Exists(theirs), vault__rotate_due=True, vault__payload__isnull=False)
    order = Case(*(When(vault__kind=kind, then=Value(place)) for place, kind in enumerate(SENSITIVE_FIRST)),
                 default=Value(9), output_field=IntegerField())
    for grant in due.annotate(place=order).order_by("place", "vault_id")[:limit]:
        try:
            read = opened(actor, grant, key_of)
            done.append(written(*rekeyed(actor, read, read.payload)))
        except (Refused, NotPermitted):
            continue
    return done


def expire(today: date) -> list[bytes]:
    """Delete grants past their end; their vaults wait for a new key. Returns the vaults, each once."""
    over = Grant.objects.filter(until__lt=today)
    return _dropped(over)


def drop_all(principal: bytes) -> list[bytes]:
    """Delete all grants of somebody; their vaults wait for a new key. Returns the vaults."""
    return _dropped(Grant.objects.filter(principal=principal))


def _dropped(grants: Any) -> list[bytes]:
    vaults = sorted(set(grants.values_list("vault_id", flat=True)))
    # a day of the record has no new key: its entries are sealed for good
    Vault.objects.filter(pk__in=vaults).exclude(kind=Kind.AUDIT).update(rotate_due=True)
    grants.delete()
    return vaults

"""The key of a day: it seals the entries of that day, and at midnight the server forgets it.

Whoever writes first on a day makes a vault without payload, granted by the server to the auditors, the security
officers and the recovery key, and keeps its key in the runtime folder. A new one is made after a restart that emptied
the folder, and when somebody who could read the day is removed or locked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.conf import settings

from waystation.access import Kind, default_roles
from waystation.vault.envelope import new_id, new_key
from waystation.vault.grants import grant_server
from waystation.vault.refused import Refused
from waystation_web.gateways import clock
from waystation_web.gateways.runtime import folder, write_whole
from waystation_web.vault import keyless
from waystation_web.vault.actor import Actor
from waystation_web.vault.host import host_keys
from waystation_web.vault.models import Account, Grant, Vault
from waystation_web.vault.principals import (
    RECOVERY_PRINCIPAL,
    Recipient,
    active_recipients,
    keeper,
    recovery_recipient,
    signers,
)
from waystation_web.vault.queries import Opened, current, dek_of, row_of
from waystation_web.vault.rotation import grant_row
from waystation_web.vault.trust import trust

from .models import Entry

READERS = default_roles("audit")
VERSION = 1  # of a day's key: it is never changed (`vault.keyless`: of a day that was begun without the host key)


@dataclass(frozen=True, slots=True)
class Day:
    """A day's key, and the vault whose grants give it to its readers."""

    vault: bytes
    dek: bytes = field(repr=False)


def _file() -> Path:
    return folder(settings.INSTALLATION) / "audit-key"


def today(*, by_itself: bool = False) -> Day:
    """Today's key, made anew if there is none. Inside the caller's `writing()`.

    `by_itself`: what is written is what time did, by nobody's hand; then no host key is needed.
    Raises `Refused("trust")` before there is a recovery key: what nobody could ever read again is not recorded.
    """
    held = kept(clock.today())
    of = held and Vault.objects.filter(pk=held.vault, kind=Kind.AUDIT).values_list("version", flat=True).first()
    if held is not None and (of == VERSION or (of == keyless.VERSION and by_itself)):
        return held
    if by_itself and not _has_host_key():
        return _begun(keyless.VERSION, [*_last_readers(), recovery_recipient()])
    keyless.dress()
    return _begun(VERSION, [*active_recipients(READERS), recovery_recipient()])


def _begun(version: int, readers: Iterable[Recipient]) -> Day:
    fresh = Day(new_id(), new_key())
    Vault.objects.create(id=fresh.vault, kind=Kind.AUDIT, version=version, payload=None)
    _grant(fresh, readers, version)
    write_whole(_file(), fresh.vault + fresh.dek + clock.today().toordinal().to_bytes(4, "big"))
    return fresh


def kept(day: date) -> Day | None:
    """The key that the server still has, if it is that day's."""
    try:
        content = _file().read_bytes()
    except FileNotFoundError:
        return None
    if len(content) != 52 or int.from_bytes(content[48:], "big") != day.toordinal():
        return None
    return Day(content[:16], content[16:48])


def _has_host_key() -> bool:
    try:
        host_keys()
    except Refused as why:
        if why.kind == "host":
            return False
        raise
    return True


def _last_readers() -> list[Recipient]:
    """Who reads the newest day, as far as they are here and certified: whose role it is stands under the host key."""
    newest = Entry.objects.order_by("-seq").values_list("key", flat=True).first()
    ids = Grant.objects.filter(vault_id=newest).exclude(principal=RECOVERY_PRINCIPAL).values("principal")
    there = Account.objects.filter(pk__in=ids, state=Account.State.ACTIVE).order_by("id")
    return [one for account in there if (one := keeper(account, trust())) is not None]


def _grant(day: Day, readers: Iterable[Recipient], version: int = VERSION) -> None:
    rows = []
    for to in readers:
        wrap = grant_server(to.bundle, principal=to.id, vault=day.vault, kind=Kind.AUDIT, version=version, dek=day.dek)
        if version == VERSION:  # else there is no host key to seal with; the next process that has one does
            wrap = host_keys().seal(wrap, "grant", *row_of(day.vault, version, to.id))
        rows.append(Grant(vault_id=day.vault, version=version, principal=to.id, wrap=wrap))
    Grant.objects.bulk_create(rows)


def renew() -> None:
    """Forget today's key, so that the next entry is sealed under one that former readers do not have."""
    _file().unlink(missing_ok=True)


def forget_old() -> None:
    """Forget a key whose day is over, though nobody has written since."""
    if kept(clock.today()) is None:
        renew()


def admit() -> None:
    """Give today's key to readers who were certified or given the role since it was made."""
    day = today()
    there = set(Grant.objects.filter(vault_id=day.vault).values_list("principal", flat=True))
    _grant(day, [one for one in active_recipients(READERS) if one.id not in there])


def hand_on(actor: Actor, limit: int) -> int:
    """After the recovery key was changed: give it the days that wait for it and that this person reads. How many.

    A day has no new key, its entries are sealed for good; so only the grant to the former recovery key is replaced.
    What does not open keeps waiting: signing in must not depend on it.
    """
    key_of, to, done = signers(), recovery_recipient(), 0
    for grant in current(actor.id).filter(vault__kind=Kind.AUDIT, vault__rotate_due=True).order_by("vault_id")[:limit]:
        try:
            dek = dek_of(actor, grant, key_of).dek
        except Refused:
            continue
        day = Opened(grant.vault_id, Kind.AUDIT, grant.version, {}, dek, b"", rotate_due=False, retain_until=None)
        Grant.objects.filter(vault_id=day.id, principal=to.id).delete()
        grant_row(actor, to, day).save(force_insert=True)
        Vault.objects.filter(pk=day.id).update(rotate_due=False)
        done += 1
    return done


def keys_held(actor: Actor, vaults: Iterable[bytes] | None = None) -> dict[bytes, bytes]:
    """Keys of the days that this person was given, by vault: of these vaults, or of all. Raises `Refused`."""
    key_of, rows = signers(), current(actor.id).filter(vault__kind=Kind.AUDIT)
    wanted = rows if vaults is None else rows.filter(vault_id__in=list(vaults))
    return {grant.vault_id: dek_of(actor, grant, key_of).dek for grant in wanted}

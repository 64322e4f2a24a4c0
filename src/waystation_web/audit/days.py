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
from waystation_web.gateways import clock
from waystation_web.gateways.runtime import folder, write_whole
from waystation_web.vault.actor import Actor
from waystation_web.vault.host import host_keys
from waystation_web.vault.models import Grant, Vault
from waystation_web.vault.principals import Recipient, active_recipients, recovery_recipient, signers
from waystation_web.vault.queries import current, dek_of, row_of

READERS = default_roles("audit")
VERSION = 1  # of a day's key: it is never changed


@dataclass(frozen=True, slots=True)
class Day:
    """A day's key, and the vault whose grants give it to its readers."""

    vault: bytes
    dek: bytes = field(repr=False)


def _file() -> Path:
    return folder(settings.INSTALLATION) / "audit-key"


def today() -> Day:
    """Today's key, made anew if there is none. Inside the caller's `writing()`.

    Raises `Refused("trust")` before there is a recovery key: what nobody could ever read again is not recorded.
    """
    held = kept(clock.today())
    if held is not None and Vault.objects.filter(pk=held.vault, kind=Kind.AUDIT).exists():
        return held
    readers = [*active_recipients(READERS), recovery_recipient()]
    fresh = Day(new_id(), new_key())
    Vault.objects.create(id=fresh.vault, kind=Kind.AUDIT, version=VERSION, payload=None)
    _grant(fresh, readers)
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


def _grant(day: Day, readers: Iterable[Recipient]) -> None:
    rows = []
    for to in readers:
        inner = grant_server(to.bundle, principal=to.id, vault=day.vault, kind=Kind.AUDIT, version=VERSION, dek=day.dek)
        wrap = host_keys().seal(inner, "grant", *row_of(day.vault, VERSION, to.id))
        rows.append(Grant(vault_id=day.vault, version=VERSION, principal=to.id, wrap=wrap))
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


def keys_held(actor: Actor, vaults: Iterable[bytes] | None = None) -> dict[bytes, bytes]:
    """Keys of the days that this person was given, by vault: of these vaults, or of all. Raises `Refused`."""
    key_of, rows = signers(), current(actor.id).filter(vault__kind=Kind.AUDIT)
    wanted = rows if vaults is None else rows.filter(vault_id__in=list(vaults))
    return {grant.vault_id: dek_of(actor, grant, key_of).dek for grant in wanted}

"""What time deletes, without anybody's keys: vaults past their day, unless a hold says until when they stay.

A hold is a row beside the vault, not a change of what is sealed: it counts from the moment it is written, also for
records whose keys neither of those who place it holds, and ends by its day alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from waystation.access import Kind
from waystation.vault.envelope import new_id
from waystation_web.gateways import clock

from . import files
from .actor import Actor
from .errors import NoSuchVault, NotPermitted, Refused
from .models import File, Grant, Hold, Vault
from .principals import signers
from .queries import Opened, current, opened, readable

HELD = "This is under a hold and must stay as it is. Two people can end the hold."


def _holding(today: date) -> QuerySet[Hold]:
    return Hold.objects.filter(until__gt=today)


def held(vaults: Iterable[bytes] | None = None) -> dict[bytes, date]:
    """Which of some vaults (None: of all) are under a hold, and from when on each may go again."""
    rows = _holding(clock.today()) if vaults is None else _holding(clock.today()).filter(vault_id__in=list(vaults))
    return dict(rows.values_list("vault_id").annotate(last=Max("until")))


def not_held(vaults: Iterable[bytes]) -> None:
    """Nothing under a hold is destroyed, by nobody. Raises `NotPermitted`."""
    for vault in sorted(held(vaults)):
        raise NotPermitted("H-26", HELD, vault=vault)


def hold(vault: bytes, until: date) -> bytes:
    """Keep a vault from going before a Monday; the row's id, by which it is ended. Raises `NoSuchVault`."""
    if not is_there(vault):
        raise NoSuchVault
    row = new_id()
    Hold.objects.create(id=row, vault_id=vault, until=until)
    return row


def is_there(vault: bytes) -> bool:
    """Whether there is such a vault, whoever holds it. Days of the record of acts are none: they are never deleted."""
    return bool(Vault.objects.filter(pk=vault).exclude(kind=Kind.AUDIT).exists())


def end_hold(row: bytes, until: date) -> bytes | None:
    """Move the end of a hold's row; its vault, or None if the row is gone with its time."""
    found = Hold.objects.filter(pk=row).first()
    if found is None:
        return None
    Hold.objects.filter(pk=row).update(until=until)
    return bytes(found.vault_id)


def due(today: date) -> list[bytes]:
    """Vaults past their day and under no hold, in the order of ids."""
    kept = _holding(today).filter(vault_id=OuterRef("id"))
    rows = Vault.objects.filter(~Exists(kept), retain_until__lte=today).exclude(kind=Kind.AUDIT)
    return list(rows.order_by("id").values_list("id", flat=True))


def with_a_day(actor: Actor, *, refused: list[bytes], only: bytes | None = None) -> list[Opened]:
    """What this person holds that has a day of deletion, the next first; `refused` takes what does not open.

    `only`: that one, if it is one of them.
    """
    rows = current(actor.id).filter(vault__retain_until__isnull=False, vault__payload__isnull=False)
    rows = rows if only is None else rows.filter(vault_id=only)
    key_of, found = signers(), []
    for grant in rows.order_by("vault__retain_until", "vault_id"):
        try:
            found.append(opened(actor, grant, key_of))
        except Refused:
            refused.append(bytes(grant.vault_id))
    return readable(actor, found)


def drop(vaults: Iterable[bytes]) -> None:
    """Destroy vaults inside the caller's `writing()`: grants, file keys, payload; what lies on the disk after it.

    Asks nothing: whoever calls it has asked the rules, or time has.
    """
    wanted = list(vaults)
    bodies = list(File.objects.filter(vault_id__in=wanted).values_list("id", flat=True))
    File.objects.filter(vault_id__in=wanted).delete()
    Grant.objects.filter(vault_id__in=wanted).delete()
    Vault.objects.filter(pk__in=wanted).delete()
    transaction.on_commit(lambda: files.forget(bodies))


def sweep_holds(today: date) -> None:
    """Rows of holds whose time is over say nothing any more."""
    Hold.objects.filter(until__lte=today).delete()

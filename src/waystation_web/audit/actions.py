"""Writing the record: each act writes its entry in its own transaction, so there is no act without it.

Callers say who did what. What an entry says of vaults and accounts is read from the rows, after the act, by `record`.
"""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any

from waystation.access import Facts, Kind, Permission
from waystation.vault.envelope import witness_context
from waystation_web.gateways import clock
from waystation_web.vault import retention
from waystation_web.vault.actor import Actor
from waystation_web.vault.labels import read_label
from waystation_web.vault.models import Account, Grant, Vault
from waystation_web.vault.principals import Recipient, kinds_held, recipient
from waystation_web.vault.queries import Opened, allow
from waystation_web.vault.rotation import expire, grant_row
from waystation_web.vault.trust import trust

from . import days, pace, states
from .by_time import BY_ITSELF
from .days import Day
from .entries import REASON_BYTES, ROOM, Head, append, head, reason_fits, size
from .events import ACCOUNT_COLUMNS, NEW_KEY_OF_THE_DAY, NEW_READERS, VAULT_CHANGED, Event

__all__ = ["Head", "end_expired", "hand_on_days", "record", "record_read", "record_refusal", "share_days",
           "shred_due", "witness"]


def record(actor: Actor | None, event: Event, *, vault: bytes | None = None, version: int | None = None,
           digest: bytes | None = None, account: bytes | None = None, reason: str = "", second: bytes | None = None,
           result: str = "done", count: int | None = None, **more: str | int) -> int:
    """Write one entry, after the rows of the act and in its transaction. Returns its number.

    Raises `ValueError` for a reason longer than 160 bytes (`entries.reason_fits`), `Refused("trust")` before there is
    a recovery key. A vault with very many holders takes further entries for the rest of their list.
    """
    if not reason_fits(reason):
        raise ValueError(f"a reason has at most {REASON_BYTES} bytes, about {REASON_BYTES // 3} Korean syllables")
    event = Event(event)
    if event in ACCOUNT_COLUMNS and account is None and actor is not None:
        account = actor.id
    body: dict[str, Any] = {
        "at": int(clock.now().timestamp() * 1000), "by": actor and actor.id.hex(), "do": event.value,
        "vault": vault and vault.hex(), "version": version, "digest": digest and states.text(digest),
        "account": account and account.hex(), "why": reason, "second": second and second.hex(),
        "result": None if result == "done" else result, "count": count}
    said = {**more, **{key: value for key, value in body.items() if value not in {None, ""}}}
    said |= _account_as_it_is(event, account)
    holders = _vault_as_it_is(event, vault, said)
    if event in NEW_KEY_OF_THE_DAY:
        days.renew()
    seq = _append(days.today(by_itself=actor is None and event in BY_ITSELF), said, holders)
    if event in NEW_READERS:
        days.admit()
    return seq


def _account_as_it_is(event: Event, account: bytes | None) -> dict[str, str | int]:
    if account is None or event not in ACCOUNT_COLUMNS:
        return {}
    return states.account_columns(Account.objects.get(pk=account), ACCOUNT_COLUMNS[event])


def _vault_as_it_is(event: Event, vault: bytes | None, said: dict[str, Any]) -> bytes | None:
    """Put version and digest of the vault's row into the body; who holds it comes back, packed."""
    row = Vault.objects.filter(pk=vault).first() if vault and event in VAULT_CHANGED else None
    if row is None:
        return None
    now = {"version": row.version, "digest": states.text(sha256(row.payload or b"").digest())}
    if any(key in said and said[key] != value for key, value in now.items()):
        raise ValueError("an entry is written right after its act: this vault is not as the caller says")
    said |= now | ({"due": row.retain_until.isoformat()} if row.retain_until else {})
    return states.pack_held(states.held(row.id))


def _append(day: Day, said: dict[str, Any], holders: bytes | None) -> int:
    """One entry; if the list of holders does not fit beside the rest, more entries with what is left of it."""
    if holders is None:
        return append(day, said).seq
    fits = max(0, (ROOM - size({**said, "held": "", "more": 1})) * 3 // 4 // states.WIDTH) * states.WIDTH
    part, rest = holders[:fits], holders[fits:]
    seq = append(day, {**said, "held": states.text(part)} | ({"more": 1} if rest else {})).seq
    if rest:
        further = {key: said[key] for key in ("at", "by", "vault", "version") if key in said}
        _append(day, {**further, "do": Event.HOLDERS.value}, rest)
    return seq


def record_read(actor: Actor, opened: Opened, *, reason: str = "") -> int:
    """One page view of a vault. Many records about people, or many contacts, in an hour are a notice of their own."""
    seq = record(actor, Event.VAULT_READ, vault=opened.id, version=opened.version, reason=reason)
    if opened.type in pace.WATCHED and pace.too_many(actor.id, opened.id, opened.type):
        record(actor, Event.MANY_READ, count=pace.MANY[pace.WATCHED[opened.type]])
    return seq


def record_refusal(actor: Actor | None, kind: str, *, vault: bytes | None = None) -> None:
    """Something was refused: which check, about which vault. Before there is a recovery key, nothing is recorded."""
    if trust().recovery is not None:
        record(actor, Event.REFUSED, vault=vault, reason=kind, result="refused")


def witness(actor: Actor) -> Head:
    """Countersign the record with the actor's own key, which the server has only now. Returns the new head."""
    last = head()
    signature = actor.secrets.sign(witness_context(last.seq, last.hash))
    record(actor, Event.WITNESS, of=last.seq, sig=states.text(signature))
    return head()


def share_days(actor: Actor, to: Recipient) -> int:
    """Give the past days that the actor can read to a new auditor. Returns how many.

    Raises `NotPermitted`, `Refused` if the new auditor is not certified.
    """
    account = Account.objects.get(pk=to.id)
    facts = Facts(type="audit", holds=True, own=to.id == actor.id, reason=True, roles=read_label(account).roles,
                  kinds=kinds_held(to.id))
    allow(actor, Permission.READ_AUDIT, Facts())
    allow(actor, Permission.GRANT, facts)
    there = set(Grant.objects.filter(principal=to.id).values_list("vault_id", flat=True))
    versions = dict(Vault.objects.filter(kind=Kind.AUDIT).values_list("id", "version"))
    rows = [grant_row(actor, recipient(account), _day(vault, versions[vault], dek))
            for vault, dek in days.keys_held(actor).items() if vault not in there]
    Grant.objects.bulk_create(rows)
    record(actor, Event.AUDIT_SHARED, account=to.id, count=len(rows))
    return len(rows)


def hand_on_days(actor: Actor, limit: int) -> None:
    """Give days of the record that wait for it to the recovery key of today."""
    count = days.hand_on(actor, limit)
    if count:
        record(actor, Event.AUDIT_SHARED, count=count, reason="the new recovery key")


def _day(vault: bytes, version: int, dek: bytes) -> Opened:
    return Opened(vault, Kind.AUDIT, version, {}, dek, b"", rotate_due=False, retain_until=None)


def end_expired(today: date) -> int:
    """Delete grants past their end and write an entry for each vault; needs nobody's keys. Returns how many vaults."""
    vaults = expire(today)
    for vault in vaults:
        record(None, Event.GRANT_ENDED, vault=vault, reason="end")
    return len(vaults)


def shred_due(today: date) -> int:
    """Destroy every vault that is past its day and under no hold, with an entry for each; needs nobody's keys.

    Returns how many.
    """
    vaults = retention.due(today)
    retention.drop(vaults)
    for vault in vaults:
        record(None, Event.SHREDDED, vault=vault, reason="due")
    retention.sweep_holds(today)
    return len(vaults)

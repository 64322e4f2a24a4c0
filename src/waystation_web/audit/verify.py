"""The record against the rows: is the chain whole, and do the rows stand as the last entries about them say?

`check_chain` needs no keys. `replay` needs an auditor's: it opens every body it can and walks through the acts from the
first, so that an older payload, grant or account put back shows, and a holder that nobody granted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from waystation.access import Facts, Kind, Permission
from waystation.evidence.chain import GENESIS, Break, first_break
from waystation.vault.envelope import witness_context
from waystation.vault.keys import signed_by
from waystation.vault.refused import Refused
from waystation_web.vault import keyless
from waystation_web.vault.actor import Actor
from waystation_web.vault.models import Account, Vault
from waystation_web.vault.queries import allow
from waystation_web.vault.verify import Finding

from . import days, states
from .by_time import Times, against_rows, without_host_key
from .entries import link, open_body
from .events import ACCOUNT_COLUMNS, VAULT_CHANGED, Event
from .models import Entry
from .states import Held

__all__ = ["Break", "Finding", "check_chain", "replay"]


def check_chain() -> Break | None:
    """The first entry that does not fit its place; None if the record is unbroken. It does not see a cut-off end."""
    return first_break(link(entry) for entry in Entry.objects.order_by("seq").iterator())


@dataclass(slots=True)
class Told:
    """What the entries so far say of the rows."""

    digests: dict[bytes, tuple[int, str]] = field(default_factory=dict)         # vault -> version, payload
    holders: dict[bytes, Held] = field(default_factory=dict)
    due: set[bytes] = field(default_factory=set)                                # vaults that wait for a new key
    shredded: set[bytes] = field(default_factory=set)
    accounts: dict[bytes, dict[str, Any]] = field(default_factory=dict)         # account -> column -> digest
    parts: dict[bytes, tuple[str, bytes | None, bytes]] = field(default_factory=dict)   # lists begun, not ended
    times: Times = field(default_factory=Times)
    asked: dict[bytes, str] = field(default_factory=dict)                       # account -> digest of its open request
    given_back: dict[bytes, int] = field(default_factory=dict)                  # account -> what a ceremony yet gives
    unread: int = 0


def replay(actor: Actor) -> list[Finding]:
    """Everything in which rows and record disagree, in the order of entries, then of rows.

    Raises `NotPermitted`, and `Refused` for a day's key that does not open.
    """
    allow(actor, Permission.VERIFY_AUDIT, Facts())
    keys, told, found, previous = days.keys_held(actor), Told(), [], GENESIS
    if broken := check_chain():
        found.append(Finding(f"entry {broken.seq}", broken.why))
    hashes = dict(Entry.objects.values_list("seq", "hash"))
    bare = set(Vault.objects.filter(kind=Kind.AUDIT, version=keyless.VERSION).values_list("id", flat=True))
    for entry in Entry.objects.order_by("seq").iterator():
        where = f"entry {entry.seq}"
        if entry.key not in keys:
            told.unread += 1
        else:
            try:
                body = open_body(keys[entry.key], entry, previous)
                found += [Finding(where, what) for what in _told(told, entry.seq, body, hashes)]
                if entry.key in bare:
                    found += [Finding(where, what) for what in without_host_key(Event(body["do"]), body)]
            except (Refused, KeyError, TypeError, ValueError):
                found.append(Finding(where, "was not written at this place of this record"))
        previous = entry.hash
    gone = set(Entry.objects.values_list("key", flat=True)) - set(
        Vault.objects.filter(kind=Kind.AUDIT).values_list("id", flat=True))
    found += [Finding(f"vault {vault.hex()}", "the key of a day of the record is gone") for vault in sorted(gone)]
    rows = [*_vaults(told), *against_rows(told.times), *_accounts(told)]
    if told.unread:  # they may explain such a row; but whoever can write rows can also write an entry that nobody reads
        rows = [Finding(one.where, f"{one.what}, as far as you can read") for one in rows]
        rows.append(Finding("record", f"{told.unread} entries are of days that were not shared with you"))
    return [*found, *rows]


def _told(told: Told, seq: int, body: dict[str, Any], hashes: dict[int, bytes]) -> Iterator[str]:
    event = Event(body["do"])
    vault = bytes.fromhex(body["vault"]) if "vault" in body else None
    account = bytes.fromhex(body["account"]) if "account" in body else None
    if event is Event.WITNESS:
        if not _countersigned(told, body, seq, hashes):
            yield "is a countersignature that does not fit this record"
    elif event is Event.RESTORED:
        told.times.restored(body)
    elif event is Event.SHREDDED and vault is not None:
        yield from told.times.shredded(vault, body)
        told.shredded.add(vault)
        told.due.discard(vault)
        for known in (told.digests, told.holders):
            known.pop(vault, None)
    elif event in {Event.HELD, Event.HOLD_ENDED} and vault is not None:
        told.times.held(vault, body)
    elif event is Event.RECOVERY_SET:
        told.due |= told.digests.keys()
    elif event in VAULT_CHANGED | {Event.HOLDERS} and vault is not None and "version" in body:
        yield from _vault_told(told, event, vault, account, body)
    if account is not None and event in ACCOUNT_COLUMNS:
        columns = told.accounts.setdefault(account, {})
        columns |= {column: body[column] for column in ACCOUNT_COLUMNS[event]}
        yield from _ceremony_told(told, event, account, body)
        if event is Event.REMOVED:
            told.due |= {one for one, holders in told.holders.items() if holders.pop(account, 0) != 0}


def _ceremony_told(told: Told, event: Event, account: bytes, body: dict[str, Any]) -> Iterator[str]:
    """Each ceremony answers one request that was made here, once, and gives so many records."""
    if event is Event.RECOVERY_ASKED:
        told.asked[account] = body["digest"]
    elif event is Event.RECOVERY_DONE:
        if told.asked.pop(account, None) != body["digest"]:
            yield "is a ceremony that answers no request made here"
            return
        told.given_back[account] = body.get("count", 0)


def _countersigned(told: Told, body: dict[str, Any], seq: int, hashes: dict[int, bytes]) -> bool:
    signing_key = told.accounts.get(bytes.fromhex(body["by"]), {}).get("key")
    of = int(body["of"])
    if not signing_key or of != seq - 1 or of not in hashes:
        return False
    return signed_by(states.bytes_of(signing_key), states.bytes_of(body["sig"]), witness_context(of, hashes[of]))


def _vault_told(told: Told, event: Event, vault: bytes, account: bytes | None, body: dict[str, Any]) -> Iterator[str]:
    """Take in what an entry says of a vault; a list of holders may go on over several entries."""
    packed = states.bytes_of(body.get("held", ""))
    if event is Event.HOLDERS:
        begun = told.parts.pop(vault, None)
        if begun is None:
            yield "goes on with a list that was not begun"
            return
        event, account, packed = Event(begun[0]), begun[1], begun[2] + packed
    else:
        last = told.digests.get(vault, (0, ""))[0]
        if last > body["version"]:
            yield "goes back to an older key of its vault"
        if event is Event.GRANT_ENDED:
            told.due.add(vault)
        elif last < body["version"]:
            told.due.discard(vault)
        told.digests[vault] = body["version"], body["digest"]
        told.times.written(vault, body)
    if "more" in body:
        told.parts[vault] = event.value, account, packed
        return
    now, before = states.read_held(packed), told.holders.get(vault)
    told.holders[vault] = now
    if event is not Event.VAULT_CREATED and before is not None:
        allowed = {account} if event is Event.GRANTED or _given_back(told, event, account) else set()
        if {who for who, until in now.items() if before.get(who, 0) != until} - allowed:
            yield "names a holder of its vault whom nobody granted it to"


def _given_back(told: Told, event: Event, account: bytes | None) -> bool:
    """Whether this is one of the records that a ceremony gave."""
    if event is not Event.RECOVERED or account is None or not told.given_back.get(account, 0):
        return False
    told.given_back[account] -= 1
    return True


def _vaults(told: Told) -> Iterator[Finding]:
    rows = {vault.id: vault for vault in Vault.objects.exclude(kind=Kind.AUDIT)}
    for vault in sorted(told.digests.keys() - rows.keys()):
        yield Finding(f"vault {vault.hex()}", "is gone, and nobody shredded it")
    for vault in sorted(rows.keys() - told.digests.keys()):
        what = "was shredded and is here again" if vault in told.shredded else "is here, and nobody made it"
        yield Finding(f"vault {vault.hex()}", what)
    for vault in sorted(rows.keys() & told.digests.keys()):
        row, where = rows[vault], f"vault {vault.hex()}"
        if told.digests[vault] != (row.version, states.text(sha256(row.payload or b"").digest())):
            yield Finding(where, "its payload or key is not the one written last")
        if vault in told.due and not row.rotate_due:
            yield Finding(where, "somebody left it, it has no new key, and it does not wait for one")
        yield from (Finding(where, what) for what in _held(states.held(vault), told.holders.get(vault, {})))


def _held(now: Held, said: Held) -> Iterator[str]:
    for who in sorted(now.keys() - said.keys()):
        yield f"{who.hex()} holds it, and the record says otherwise"
    for who in sorted(said.keys() - now.keys()):
        yield f"{who.hex()} holds it no more, and nobody ended that grant"
    for who in sorted(now.keys() & said.keys()):
        if now[who] != said[who]:
            yield f"{who.hex()} holds it until another day than was recorded"


def _accounts(told: Told) -> Iterator[Finding]:
    rows = {account.id: account for account in Account.objects.all()}
    for account in sorted(told.accounts.keys() - rows.keys()):
        yield Finding(f"account {account.hex()}", "is gone; accounts are never deleted")
    for account in sorted(rows):
        where, said = f"account {account.hex()}", told.accounts.get(account, {})
        if "state" not in said:
            yield Finding(where, "is here, and nobody invited it")
            continue
        try:
            now = states.account_columns(rows[account], said)
        except Refused as why:
            yield Finding(where, f"does not open under the host key ({why.kind})")
            continue
        for column in sorted(column for column in said if now[column] != said[column]):
            yield Finding(where, f"its {column} is not the one recorded last")

"""Acts on notes. Each is asked of the rules first, done in one transaction, and recorded in it."""

from __future__ import annotations

from datetime import date
from typing import Any

from waystation.access import Facts, Permission
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.vault import actions as vaults
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import Changed
from waystation_web.vault.models import Account
from waystation_web.vault.principals import RECOVERY_PRINCIPAL, kinds_held, recipient
from waystation_web.vault.queries import Opened, allow, holders

from .colleagues import colleague
from .note import body_of
from .queries import opened_note

HEAD = ("v", "type", "id")  # of a payload: written by the vault itself
HELD = Facts(type="note", holds=True)


def create(actor: Actor, *, title: str, text: str) -> bytes:
    """A new note, for its author alone until it is shared; its id."""
    allow(actor, Permission.CREATE_VAULT, Facts(type="note"))
    body = body_of(title=title, text=text, revision=1, author=actor.id, written=clock.now())
    with writing():
        made = vaults.create(actor, "note", body)
        record(actor, Event.VAULT_CREATED, vault=made.vault, version=made.version, digest=made.digest)
    return made.vault


def write(actor: Actor, note_id: bytes, *, title: str, text: str, revision: int) -> None:
    """Write a note anew. Raises `Changed` if somebody wrote after the `revision` that this person had before them."""
    with writing():
        opened = opened_note(actor, note_id)
        allow(actor, Permission.WRITE_VAULT, HELD, vault=note_id)
        if opened.payload.get("revision") != revision:
            raise Changed
        body = _body(opened) | body_of(title=title, text=text, revision=revision + 1, author=actor.id,
                                       written=clock.now())
        done = vaults.write(actor, opened, body)
        record(actor, Event.VAULT_WRITTEN, vault=note_id, version=done.version, digest=done.digest)


def share(actor: Actor, note_id: bytes, account_id: bytes, *, reason: str, until: date | None) -> None:
    """Let a colleague read and write a note, until a day or without an end. Raises `NoSuchVault`, `NotPermitted`."""
    with writing():
        opened_note(actor, note_id)
        other = colleague(account_id)
        allow(actor, Permission.GRANT, Facts(
            type="note", holds=True, own=account_id == actor.id, reason=bool(reason.strip()), until=until is not None,
            roles=other.roles, kinds=kinds_held(account_id)), vault=note_id)
        done = vaults.share(actor, note_id, recipient(Account.objects.get(pk=account_id)), until=until)
        record(actor, Event.GRANTED, vault=note_id, version=done.version, account=account_id, reason=reason,
               **({"until": until.isoformat()} if until else {}))


def end(actor: Actor, note_id: bytes, account_id: bytes) -> None:
    """End somebody's reading of a note; it is sealed anew under another key. Raises `NotPermitted` for the last."""
    with writing():
        opened_note(actor, note_id)
        people = sum(1 for holder in holders(actor, note_id) if holder.id != RECOVERY_PRINCIPAL)
        allow(actor, Permission.END_GRANT, Facts(type="note", holds=True, own=account_id == actor.id, holders=people),
               vault=note_id)
        done = vaults.end_grant(actor, note_id, account_id)
        record(actor, Event.GRANT_ENDED, vault=note_id, version=done.version, account=account_id, digest=done.digest)


def shred(actor: Actor, note_id: bytes) -> None:
    """Destroy a note, its files and every key to it. Raises `NotPermitted` with `step_up`."""
    with writing():
        opened = opened_note(actor, note_id)
        allow(actor, Permission.SHRED, HELD, vault=note_id)
        vaults.shred(actor, note_id)
        record(actor, Event.SHREDDED, vault=note_id, version=opened.version)


def attach(actor: Actor, note_id: bytes, upload: Any, *, name: str) -> None:
    """Keep a file with a note. `upload` was sealed while it arrived; `name` is kept in the payload alone."""
    with writing():
        opened = opened_note(actor, note_id)
        allow(actor, Permission.UPLOAD, HELD, vault=note_id)
        done = vaults.attach(actor, opened, upload, name=name, mime=upload.content_type or "application/octet-stream")
        record(actor, Event.FILE_ADDED, vault=note_id, version=done.version, digest=done.digest)


def _body(opened: Opened) -> dict[str, Any]:
    return {name: value for name, value in opened.payload.items() if name not in HEAD}



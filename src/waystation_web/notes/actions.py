"""Acts on notes. Each is one transaction, and recorded in it; the vault asks the rules before it touches a key."""

from __future__ import annotations

from datetime import date
from typing import Any

from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.vault import actions as vaults
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import Changed
from waystation_web.vault.models import Account
from waystation_web.vault.principals import recipient
from waystation_web.vault.queries import Opened

from .colleagues import colleague
from .note import body_of
from .queries import opened_note

HEAD = ("v", "type", "id")  # of a payload: written by the vault itself


def create(actor: Actor, *, title: str, text: str) -> bytes:
    """A new note, for its author alone until it is shared; its id."""
    body = body_of(title=title, text=text, revision=1, author=actor.id, written=clock.now())
    with writing():
        made = vaults.create(actor, "note", body)
        record(actor, Event.VAULT_CREATED, vault=made.vault, version=made.version, digest=made.digest)
    return made.vault


def write(actor: Actor, note_id: bytes, *, title: str, text: str, revision: int) -> None:
    """Write a note anew. Raises `Changed` if somebody wrote after the `revision` that this person had before them."""
    with writing():
        opened = opened_note(actor, note_id)
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
        to = recipient(Account.objects.get(pk=colleague(account_id).id))
        done = vaults.share(actor, note_id, to, until=until, reason=reason)
        record(actor, Event.GRANTED, vault=note_id, version=done.version, account=account_id, reason=reason,
               **({"until": until.isoformat()} if until else {}))


def end(actor: Actor, note_id: bytes, account_id: bytes) -> None:
    """End somebody's reading of a note; its next edition lies under a new key. Raises `NotPermitted` for the last."""
    with writing():
        opened_note(actor, note_id)
        done = vaults.end_grant(actor, note_id, account_id)
        record(actor, Event.GRANT_ENDED, vault=note_id, version=done.version, account=account_id, digest=done.digest)


def shred(actor: Actor, note_id: bytes) -> None:
    """Destroy a note, its files and every key to it. Raises `NotPermitted` with `step_up`."""
    with writing():
        opened = opened_note(actor, note_id)
        vaults.shred(actor, note_id)
        record(actor, Event.SHREDDED, vault=note_id, version=opened.version)


def attach(actor: Actor, note_id: bytes, upload: Any, *, name: str) -> None:
    """Keep a file with a note. `upload` was sealed while it arrived; `name` is kept in the payload alone."""
    with writing():
        opened = opened_note(actor, note_id)
        done = vaults.attach(actor, opened, upload, name=name, mime=upload.content_type or "application/octet-stream")
        record(actor, Event.FILE_ADDED, vault=note_id, version=done.version, digest=done.digest)


def _body(opened: Opened) -> dict[str, Any]:
    return {name: value for name, value in opened.payload.items() if name not in HEAD}



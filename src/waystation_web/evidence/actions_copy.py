"""Working copies: made in a child, looked through by a second reader, cleared by two before anybody else sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from secrets import token_hex
from typing import Any

from django.utils.translation import gettext_noop

from waystation.access import Facts, Permission
from waystation.evidence import batch
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records.record import said
from waystation_web.vault import actions as vaults
from waystation_web.vault import approvals
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted
from waystation_web.vault.laying import lay
from waystation_web.vault.proving import chance
from waystation_web.vault.queries import allow

from . import child, queries
from .actions import TYPES, sealed
from .item import TYPE, Copy, Item, manifest_of
from .keeping import Happened, spool, with_lines

UNSAID = gettext_noop("Say who appears in it and who could be found by it, with voices, scars, clothes, rooms, "
                      "windows, plates, screens and handwriting in mind.")
ONE_FIRST = gettext_noop("Nobody has signed this copy yet. Whoever made it says first who is in it.")
NOT_COVERED = gettext_noop("Others could be known again in the original, and nothing is covered in this copy. Make "
                           "another one with boxes over them.")


def make(actor: Actor, item_id: bytes, *, why: str, boxes: Sequence[Sequence[float]]) -> str:
    """A working copy of a sealed picture, with boxes (per cent) filled; its key. Raises `NotPermitted`."""
    with writing():
        item = sealed(queries.held(actor, item_id))
        allow(actor, Permission.WRITE_VAULT, Facts(type=TYPE, holds=True), vault=item.id)
        data = queries.picture(actor, item, bytes.fromhex(item.original["file"]))
    made = child.copied(data, boxes)  # outside of the transaction: it takes its time
    laid = lay(item_id, made.data)
    try:
        with writing():
            item = sealed(queries.held(actor, item_id))
            number = f"D-{len(item.copies) + 1:02d}"
            name = f"{number}.{made.format}"
            done = vaults.attach(actor, item.record.opened, laid, name=name, mime=TYPES[made.format])
            record(actor, Event.FILE_ADDED, vault=item.id, version=done.version, digest=done.digest)
            held, salt = queries.held(actor, item_id).record, chance(32)
            commit, key = batch.commitment(salt, [made.data]), token_hex(8)
            entry = {"id": key, "by": actor.id.hex(), "at": said(clock.now()), "number": number,
                     "file": laid.file_id.hex(), "format": made.format, "size": laid.size, "sha256": laid.sha256,
                     "sha512": laid.sha512, "salt": salt.hex(), "why": why, "boxes": made.boxes, "width": made.width,
                     "height": made.height}
            lines = with_lines(actor, held.body, Happened("derived", number, commit, why))
            spool([commit])
            records.change(actor, held, {"copies": [*held.body.get("copies", []), entry], **lines}, what="copy",
                           kept=False)
    finally:
        laid.close()
    return key


def ask(actor: Actor, item_id: bytes, key: str, *, appears: str, found_by: str) -> None:
    """The first signature under a copy, with what was seen in it. Raises `NotPermitted` (also with `step_up`)."""
    with writing():
        item = sealed(queries.held(actor, item_id))
        copy = queries.copy_of(item, key)
        if not appears or not found_by:
            raise NotPermitted("unsaid", UNSAID, vault=item.id)
        if item.others_known and not copy.boxes:
            raise NotPermitted("not_covered", NOT_COVERED, vault=item.id)
        answers = {"appears": appears, "found_by": found_by}
        block = approvals.ask(actor, item.id, manifest_of(item, replace(copy, **answers)))
        _keep(actor, item, key, {**answers, "approval": block})
        record(actor, Event.ASKED_FOR_SECOND, vault=item.id, reason="copy")


def clear(actor: Actor, item_id: bytes, key: str) -> None:
    """The second signature: from now on the copy may go out. Raises `NotPermitted`, `Refused`."""
    with writing():
        item = sealed(queries.held(actor, item_id))
        copy = queries.copy_of(item, key)
        if not copy.asked:
            raise NotPermitted("second_signature", ONE_FIRST, vault=item.id)
        manifest = manifest_of(item, copy)
        block = approvals.use(item.id, approvals.approve(actor, item.id, copy.approval, manifest), manifest)
        lines = with_lines(actor, item.record.body, Happened("checked", copy.number, commit_of_copy(actor, item, copy),
                                                             "two-people"))
        _keep(actor, item, key, {"approval": block}, **lines)
        record(actor, Event.SIGNED_SECOND, vault=item.id, reason="copy")


def commit_of_copy(actor: Actor, item: Item, copy: Copy) -> bytes:
    """What was committed to when it was made."""
    data = queries.picture(actor, item, copy.file)
    return batch.commitment(bytes.fromhex(copy.entry["salt"]), [data])


def _keep(actor: Actor, item: Item, key: str, fields: dict[str, Any], **more: Any) -> None:
    copies = [{**one, **fields} if one["id"] == key else one for one in item.record.body["copies"]]
    records.change(actor, item.record, {"copies": copies, **more}, what="signed", kept=False)

"""Acts on items: one is announced, its file comes, it is asked about, and sealed or refused; the original is opened.

The digest of what came is taken while it arrives, before anything looks at it. From then on the original never changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop

from waystation.evidence import batch
from waystation.evidence.pictures import sniffed
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.vault import actions as vaults
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted
from waystation_web.vault.proving import chance

from . import queries
from .item import COVERT, PLAYED, SORT, TYPE, Item, item_of, refusal
from .keeping import Happened, spool, with_lines

THERE = gettext_noop("A file came for this item already. What came is never replaced: announce another item.")
NOT_YET = gettext_noop("First its file, then the questions, then this.")
STEP = gettext_noop("Confirm that it is you, then send this again.")
TYPES = {"jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp"}


def announce(actor: Actor, *, title: str, origin: str, creator: str, acquired_from: str, acquired_on: date,
             how: str) -> bytes:
    """Say what is about to come, from whom and how; its id. Raises `NotPermitted`."""
    with writing():
        held = records.make(actor, TYPE, {
            "sort": SORT, "title": title, "origin": origin, "creator": creator, "acquired_from": acquired_from,
            "acquired_on": acquired_on.isoformat(), "how": how, "state": "awaited", "salt": chance(32).hex(),
            "custody_salt": chance(32).hex(), "custody": [], "codes": {}, "said": {}})
    return held.id


def receive(actor: Actor, item_id: bytes, upload: Any) -> None:
    """Take the file that arrived, sealed, into quarantine. Raises `NotPermitted` if one came already."""
    with writing():
        item = queries.held(actor, item_id)
        if item.original:
            raise NotPermitted("write_once", THERE, vault=item.id)
        done = vaults.attach(actor, item.record.opened, upload, name=upload.name, mime="application/octet-stream")
        record(actor, Event.FILE_ADDED, vault=item.id, version=done.version, digest=done.digest)
        held = queries.held(actor, item_id).record
        commit, head = _committed(actor, item_of(held), upload.file_id)
        original = {"file": upload.file_id.hex(), "name": upload.name, "format": sniffed(head), "size": upload.size,
                    "sha256": upload.sha256, "sha512": upload.sha512}
        lines = with_lines(actor, held.body, *(Happened(act, "original", commit, "intake")
                                               for act in ("received", "hashed", "quarantined")))
        spool([commit])
        records.change(actor, held, {"state": "quarantined", "original": original, **lines}, what="received",
                       kept=False)


def answer(actor: Actor, item_id: bytes, answers: Mapping[str, Any], *, revision: int) -> None:
    """Answer the questions and seal it. Raises `NotPermitted` for what was played or invented, `Changed`."""
    with writing():
        item = _in_quarantine(queries.held(actor, item_id))
        if refusal(answers):
            raise NotPermitted("played", PLAYED, vault=item.id)
        lines = with_lines(actor, item.record.body, Happened("sealed", "original", commit_of(item), "questions"))
        records.change(actor, item.record, {"state": "sealed", "answers": dict(answers), **lines}, what="sealed",
                       revision=revision, kept=False)


def refuse(actor: Actor, item_id: bytes, *, why: str, said: str) -> None:
    """Say that it is no evidence, and why: it stays sealed, and nothing can be made of it."""
    with writing():
        item = _in_quarantine(queries.held(actor, item_id))
        lines = with_lines(actor, item.record.body, Happened("refused", "original", commit_of(item), why, said))
        records.change(actor, item.record, {"state": "refused", **lines}, what="refused", kept=False)


def open_original(actor: Actor, item_id: bytes, *, why: str, said: str) -> queries.Download:
    """The original on its way out: an event of its custody, with a reason and after confirming who one is.

    Raises `NotPermitted` with `step_up`, and for what a hidden camera took.
    """
    with writing():
        item = sealed(queries.held(actor, item_id))
        if not actor.stepped_up(clock.now()):
            raise NotPermitted("step_up", STEP, step_up=True, vault=item.id)
        if item.covert:
            raise NotPermitted("covert", COVERT, vault=item.id)
        out = Happened("original-downloaded", "original", commit_of(item), why, said)
        lines = with_lines(actor, item.record.body, out)
        held = records.change(actor, item.record, lines, what="original", kept=False)
        return queries.download(actor, held.opened, bytes.fromhex(item.original["file"]))


def look_after(actor: Actor, item_id: bytes) -> bool:
    """Whether the original is the same still; written into its custody either way."""
    with writing():
        item = queries.held(actor, item_id)
        commit, _ = _committed(actor, item, bytes.fromhex(item.original["file"]))
        same = commit == commit_of(item)
        act = "fixity-ok" if same else "fixity-failed"
        lines = with_lines(actor, item.record.body, Happened(act, "original", commit, "sign-in"))
        records.change(actor, item.record, lines, what="fixity", kept=False)
    return same


def commit_of(item: Item) -> bytes:
    """What the first line of custody committed to."""
    import json
    return bytes.fromhex(json.loads(item.custody[0])["commit"])


def sealed(item: Item) -> Item:
    """The item, if it is sealed. Raises `NotPermitted`."""
    if item.state != "sealed":
        raise NotPermitted("not_sealed", NOT_YET, vault=item.id)
    return item


def _in_quarantine(item: Item) -> Item:
    if item.state != "quarantined":
        raise NotPermitted("not_quarantined", NOT_YET, vault=item.id)
    return item


def _committed(actor: Actor, item: Item, file_id: bytes) -> tuple[bytes, bytes]:
    """The commitment to a file as it lies there, and its first bytes."""
    with closing(vaults.open_file(actor, item.record.opened, file_id)) as body:
        head = b"".join(body.read(0, 16))
        return batch.commitment(bytes.fromhex(item.record.body["salt"]), body.read()), head

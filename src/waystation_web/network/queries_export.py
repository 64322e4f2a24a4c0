"""Reading exports: who asked for what, for whom, who signed, which copies were fetched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from waystation_web.audit.actions import record_read
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records.queries import Colleague, colleagues, may_make
from waystation_web.records.record import moment
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault

from .export import TYPE, Export, export_held, export_of
from .reading import held_records


@dataclass(frozen=True, slots=True)
class Copy:
    """One recipient's copy. `state`: waits, built, fetched."""

    code: str
    key: str
    mark: str
    state: str


@dataclass(frozen=True, slots=True)
class ExportPage:
    """One export. `state`: asked (one signature), signed (two), built, late (the signatures are too old)."""

    id: bytes
    state: str
    purpose: str
    rows: int
    asked_by: str
    asked_at: datetime
    signed_by: str
    copies: tuple[Copy, ...]
    own: bool
    whole: bool = True                  # no outcome was left out because it may not leave now

    @property
    def may_sign(self) -> bool:
        """Whether to show the second signature's button: never to whoever asked."""
        return self.state == "asked" and not self.own


def exports(actor: Actor) -> list[ExportPage]:
    """Every export this person can read, the newest first. Raises `NoSuchVault` for somebody who makes none."""
    if not may_make(actor, TYPE):
        raise NoSuchVault
    people = colleagues()
    with writing():
        found = [one for held in held_records(actor, frozenset({TYPE}), refused=[]) if (one := export_of(held))]
    pages = [_page(actor, one, people) for one in found if one.approval]
    return sorted(pages, key=lambda page: (page.asked_at, page.id), reverse=True)


def one_export(actor: Actor, export_id: bytes) -> ExportPage:
    """One export. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        export = export_held(actor, export_id)
        record_read(actor, export.record.opened)
    return _page(actor, export, colleagues())


def _page(actor: Actor, export: Export, people: dict[bytes, Colleague]) -> ExportPage:
    block = export.approval
    first, second = bytes.fromhex(block["asked_by"]), bytes.fromhex(block.get("approved_by", ""))
    copies = tuple(Copy(one.code, one.key, one.mark, _state_of(export.copies.get(one.mark, "")))
                   for one in export.recipients)
    return ExportPage(export.id, _state(block), export.purpose, int(block["manifest"]["rows"]), _handle(first, people),
                      moment(block["asked_at"]), _handle(second, people) if second else "", copies, first == actor.id,
                      block["manifest"].get("whole", True) is True)


def _state_of(said: str) -> str:
    return {"": "waits", "built": "built"}.get(said, "fetched")


def _state(block: dict[str, str]) -> str:
    if "used_at" in block:
        return "built"
    last = block.get("approved_at")
    until = moment(last) + timedelta(hours=24) if last else moment(block["until"])
    return "late" if clock.now() > until else "signed" if last else "asked"


def _handle(account: bytes, people: dict[bytes, Colleague]) -> str:
    return people[account].handle if account in people else "?"

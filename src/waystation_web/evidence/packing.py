"""From records to the plain values of a package: what is opened here is read once more while it goes out."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from waystation.evidence.package import Asked, Consent, Copy, Exhibit, Laid
from waystation_web.vault import actions as vaults
from waystation_web.vault.actor import Actor

from . import lists, queries
from .actions import TYPES
from .item import Item
from .package import Package, Part
from .signing import Signing

EXTENSIONS = {"jpeg": "jpg", "png": "png", "webp": "webp"}


@dataclass(frozen=True, slots=True)
class Opened:
    """An item that goes along, with its part of the order."""

    part: Part
    item: Item = field(repr=False)


def opened_items(actor: Actor, package: Package) -> list[Opened]:
    """The items of a package as they are now. Raises `NoSuchVault` if one is not this person's."""
    return [Opened(part, queries.held(actor, part.item)) for part in package.parts]


def contents_of(items: list[Opened]) -> dict[str, Any]:
    """Which bytes exactly two people sign for."""
    return {one.part.code: {"item": one.item.id.hex(),
                            "original": one.item.original["sha256"] if one.part.original else "",
                            "copies": {copy.number: copy.sha256 for copy in one.item.copies
                                       if copy.number in one.part.copies},
                            "exposure": one.item.exposure} for one in items}


def asked_of(actor: Actor, package: Package, items: list[Opened], more: Sequence[Laid], signing: Signing, day: date,
             stack: ExitStack) -> Asked:
    """The package as the core plans it. Files stay open until `stack` is closed."""
    consents = [Consent(one.person, package.purpose, package.recipient, one.scope, one.day, one.expiry)
                for one in package.consents]
    return Asked(name=package.name, recipient=package.recipient, purpose=package.purpose, day=day, mark=package.mark,
                 exhibits=[_exhibit(actor, one, stack) for one in items], consents=consents,
                 lists=lists.stamped_lists(), certificates=signing.certificates, alone=package.alone, more=more)


def _exhibit(actor: Actor, one: Opened, stack: ExitStack) -> Exhibit:
    body, item, code = one.item.record.body, one.item, one.part.code
    facts = {"received": item.acquired_on.isoformat(), "origin": item.origin,
             **{name: str(item.answers.get(name, "")) for name in ("authenticity", "label", "exposure")},
             "note": str(item.answers.get("rights_holder", ""))}
    original = None
    if one.part.original:
        kind = str(item.original["format"])
        original = _laid(actor, item, f"data/originals/{code}/original.{EXTENSIONS.get(kind, 'bin')}", item.original,
                         TYPES.get(kind, "application/octet-stream"), stack)
    copies = [Copy(copy.number, _laid(actor, item, f"data/derivatives/{code}/{copy.number}.{EXTENSIONS[copy.format]}",
                                      copy.entry, TYPES[copy.format], stack), copy.why, copy.cleared)
              for copy in item.copies if copy.number in one.part.copies]
    return Exhibit(code, facts, item.custody, bytes.fromhex(body["custody_salt"]), bytes.fromhex(body["salt"]),
                   original, copies)


def _laid(actor: Actor, item: Item, path: str, entry: Any, media_type: str, stack: ExitStack) -> Laid:
    body = vaults.open_file(actor, item.record.opened, bytes.fromhex(entry["file"]))
    stack.callback(body.close)
    return Laid(path, int(entry["size"]), str(entry["sha256"]), str(entry["sha512"]), body.read, media_type)

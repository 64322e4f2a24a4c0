"""Building the archives: everything that the office's copy holds, once for each recipient, sealed to them.

What does not open is named in the archive with its reason; if what is in it and what is named do not add up to what the
database holds, no archive gets its name.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings

from waystation.access import Kind
from waystation.takeout.archive import About, Archive, Counted
from waystation_web.audit.recovered import Act, acts
from waystation_web.records.record import moment
from waystation_web.vault import files
from waystation_web.vault.errors import NoSuchVault, Refused
from waystation_web.vault.labels import Label
from waystation_web.vault.queries import Opened
from waystation_web.vault.recovered import Recovered, Recovery, Unopened, file_rows, our_key, recovered

from . import tables
from .carried import check, chosen, orders
from .order import Order, Recipient
from .sealing import Inlet, seal_into


@dataclass(frozen=True, slots=True)
class Slip:
    """What the custodians write down of one archive."""

    path: Path
    mark: str
    recipient: str
    sha256: str
    counted: Counted


@dataclass(frozen=True, slots=True)
class Carried:
    """An office as it was carried here, with its keys and an order that may be followed."""

    recovery: Recovery
    order: Order
    signers: tuple[Label, Label]
    acts: list[Act]


def carried(recovery: Recovery, order_id: bytes | None, today: date) -> Carried:
    """Open the order and check it, before an archive is begun. Raises `NotPermitted`, `Refused`."""
    our_key(recovery)
    order = chosen(orders(recovery), order_id, today)
    keys = {one.id: one.dek for one in recovered(recovery, kind=Kind.AUDIT) if isinstance(one, Recovered)}
    said = list(acts(keys))
    return Carried(recovery, order, check(order, said, today), said)


def build(of: Carried, out: Path, say: Callable[[str], None] = lambda _: None) -> list[Slip]:
    """One archive for each recipient, in a folder. Raises `NotSealed`, `NotWhole`; then it has no name."""
    made = list[Slip]()
    for one in of.order.recipients:
        about = _about(of, one)
        path = out / f"{about.root}.tar.age"

        def write(inlet: Inlet, about: About = about) -> Counted:
            return _written(of, about, inlet)

        say(path.name)
        counted, digest = seal_into(path, one.key, write)
        made.append(Slip(path, one.mark, one.name, digest, counted))
    return made


def _written(of: Carried, about: About, inlet: Inlet) -> Counted:
    archive = Archive(inlet, about)
    rows = file_rows()
    for one in recovered(of.recovery):
        named = rows.pop(one.id, [])
        if isinstance(one, Unopened):
            archive.not_opened("kind", one.id.hex(), one.why, name=one.kind)
            for file in named:
                archive.not_opened("files", file.hex(), "its record did not open")
        elif one.opened is None:
            archive.day(one.kind)
        else:
            archive.record(one.kind, one.opened.payload)
            _files(archive, one.opened, named)
    for file in (file for left in rows.values() for file in left):
        archive.not_opened("files", file.hex(), "its record is gone")
    tables.write(archive, of.acts)
    return archive.close(tables.counts())


def _files(archive: Archive, opened: Opened, named: list[bytes]) -> None:
    listed = {entry["id"]: entry for entry in opened.payload.get("files", [])}
    for file in named:
        entry = listed.pop(file.hex(), None)
        if entry is None:
            archive.not_opened("files", file.hex(), "its record does not name it")
            continue
        try:
            body = _whole(opened, file, entry)
        except (Refused, NoSuchVault, OSError) as why:
            archive.not_opened("files", file.hex(), f"its body does not open ({why})")
            continue
        with closing(body):
            archive.file(opened.payload, entry, body.size, body.read())
    for left in listed:
        archive.not_opened("listed", left, "its record names it, and it is not in the office")


def _whole(opened: Opened, file: bytes, entry: dict[str, Any]) -> files.Opener:
    """A file that was read through once: a damaged one must not break the archive in its middle. Raises `Refused`."""
    body = files.opener(opened, file)
    try:
        _as_it_came(body, entry)
    except BaseException:
        body.close()
        raise
    return body


def _as_it_came(body: files.Opener, entry: dict[str, Any]) -> None:
    digest = sha256()
    for piece in body.read():
        digest.update(piece)
    if digest.hexdigest() != entry.get("sha256"):
        raise Refused("digest")


def _about(of: Carried, one: Recipient) -> About:
    office, order = settings.INSTALLATION, of.order
    released = moment(order.approval["used_at"])
    first, second = of.signers
    return About(mark=one.mark, recipient=one.name, jurisdiction=one.jurisdiction, fingerprint=one.fingerprint,
                 organisation=office.organisation, purpose=order.purpose, until=order.until.isoformat(),
                 asked_by=first.handle, signed_by=second.handle, released_at=released.isoformat(),
                 at=int(released.timestamp()), office=_office_text(), invented=office.demonstration or office.invented)


def _office_text() -> str:
    """office.toml without keys, and without addresses of machines, which may hold a password."""
    office = settings.INSTALLATION
    lines = {"origin": office.origin, "organisation": office.organisation,
             "organisation_id": office.organisation_id.hex(), "demonstration": office.demonstration,
             "invented": office.invented}
    return "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in lines.items())

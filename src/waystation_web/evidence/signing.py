"""The key that signs packages, and the authorities of time that are believed: records that rights officers hold.

    key        {"sort": "key", "desk", "key", "request", "certificate", "root"}
    authority  {"sort": "authority", "slot": "a" | "b", "name", "root", "stamps": [{"week", "stamped"}]}
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext_noop

from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import OfRecord, Record, said
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted
from waystation_web.vault.laying import content_of
from waystation_web.vault.proving import (
    NotASigner,
    NotStamped,
    Signer,
    accepted,
    ends,
    fingerprint,
    new_key,
    request_of,
    root_fingerprint,
    signature,
    stamped,
)

from .lists import SLOTS, number_of
from .models import Batch

TYPE = "signer"
LONGEST = 64 << 10      # bytes of a token
NO_KEY = gettext_noop("There is no certified key yet. Make one on the page of signatures and stamps.")
NO_FILE = gettext_noop("Choose the authority's answer, a small file that ends in .tsr.")


@dataclass(frozen=True, slots=True)
class Key(OfRecord):
    """The key in force, or one that waits to be certified."""

    desk: str
    request: str
    certified: bool
    root_print: str
    ends: datetime | None


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority of time that is believed."""

    id: bytes
    slot: str
    name: str
    root: str
    root_print: str


@dataclass(frozen=True, slots=True)
class Signing:
    """What a package needs: who signs, and the roots that lie beside it."""

    signer: Signer = field(repr=False)
    certificates: dict[str, str]

    def sign(self, data: bytes) -> bytes:
        """A detached signature."""
        return signature(self.signer, data, clock.now())


def make_key(actor: Actor, desk: str) -> bytes:
    """A fresh key; what is to be certified stands on the page. Raises `NotPermitted`."""
    key = new_key()
    with writing():
        return records.make(actor, TYPE, {"sort": "key", "desk": desk, "key": key.hex(),
                                          "request": request_of(key, desk)}).id


def certify(actor: Actor, key_id: bytes, *, certificate: str, root: str) -> None:
    """Take in what the root made of the request. Raises `NotPermitted` with the reason."""
    with writing():
        held = _of(actor, key_id, "key")
        try:
            signer = accepted(bytes.fromhex(held.body["key"]), certificate, root, clock.now())
        except NotASigner as why:
            raise NotPermitted("certificate", str(why), vault=held.id) from why
        records.change(actor, held, {"certificate": signer.certificate, "root": signer.root}, what="certified")


def pin(actor: Actor, *, slot: str, name: str, root: str) -> bytes:
    """Believe an authority of time from now on, under its root. Raises `NotPermitted`."""
    try:
        root_fingerprint(root)
    except NotStamped as why:
        raise NotPermitted("certificate", str(why)) from why
    with writing():
        return records.make(actor, TYPE, {"sort": "authority", "slot": slot, "name": name, "root": root}).id


def bring(actor: Actor, authority_id: bytes, week: str, upload: object) -> None:
    """Take in a token for the list of a week. Raises `NotPermitted` for one of another list, request or authority."""
    with writing():
        held = _of(actor, authority_id, "authority")
        row, slot = Batch.objects.filter(week=number_of(week)).first(), str(held.body["slot"])
        if row is None or slot not in SLOTS:
            raise NoSuchVault
        token = content_of(upload, most=LONGEST)  # type: ignore[arg-type]
        if token is None:
            raise NotPermitted("stamp", NO_FILE, vault=held.id)
        try:
            stamp = stamped(token, data=bytes(row.text), request=bytes(getattr(row, f"request_{slot}")),
                            root=str(held.body["root"]))
        except NotStamped as why:
            raise NotPermitted("stamp", str(why), vault=held.id) from why
        Batch.objects.filter(week=number_of(week)).update(**{f"token_{slot}": token})
        records.add(actor, held, "stamps", {"week": week, "stamped": said(stamp.at)})


def key_in_force(actor: Actor) -> Key | None:
    """The key that was made last; certified or waiting."""
    found = [one for one in kept.every(actor, TYPE, looked=False) if one.body.get("sort") == "key"]
    if not found:
        return None
    held = max(found, key=lambda one: (one.made.at, one.id))
    certificate, root = str(held.body.get("certificate", "")), str(held.body.get("root", ""))
    return Key(held, str(held.body["desk"]), str(held.body["request"]), bool(certificate),
               fingerprint(root) if root else "", ends(certificate) if certificate else None)


def authorities(actor: Actor) -> list[Authority]:
    """The authority that is believed now in each slot: the one that was pinned last."""
    found = {str(one.body["slot"]): one for one in sorted(kept.every(actor, TYPE, looked=False),
                                                          key=lambda one: (one.made.at, one.id))
             if one.body.get("sort") == "authority"}
    return [Authority(one.id, slot, str(one.body["name"]), str(one.body["root"]),
                      root_fingerprint(str(one.body["root"]))) for slot, one in sorted(found.items())]


def signing(actor: Actor) -> Signing:
    """What signs a package now, inside the caller's `writing()`. Raises `NotPermitted` if nothing does."""
    key = key_in_force(actor)
    if key is None or not key.certified:
        raise NotPermitted("no_signer", NO_KEY)
    body = key.record.body
    try:
        signer = accepted(bytes.fromhex(body["key"]), body["certificate"], body["root"], clock.now())
    except NotASigner as why:
        raise NotPermitted("certificate", str(why), vault=key.record.id) from why
    roots = {f"tsa-{one.slot}-root": one.root for one in authorities(actor)}
    return Signing(signer, {"signer-root": signer.root, **roots})


def _of(actor: Actor, record_id: bytes, sort: str) -> Record:
    held = kept.one(actor, record_id, TYPE, looked=False)
    if held.body.get("sort") != sort:
        raise NoSuchVault
    return held

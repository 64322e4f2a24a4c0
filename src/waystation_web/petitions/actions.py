"""Acts on petitions: write the text, take signatures in, decide on doubles, close, write down to whom it was given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from secrets import token_hex
from typing import Any

from django.utils.translation import gettext_noop

from waystation.casework.retention import due
from waystation_web.directory import actions as outside
from waystation_web.directory import queries as directory
from waystation_web.directory.entry import Addressee
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records.record import said
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted

from . import queries
from .petition import TYPE, Petition, Sheet, digest, numbers
from .signatures import Row

SIGNED = gettext_noop("People have signed this text: it is not changed any more. Begin another petition.")
CLOSED = gettext_noop("This petition is closed. Its number stands.")
OPEN = gettext_noop("Close it first: from then on its number stands.")
TWICE = gettext_noop("A sheet of this name was taken in already. Look whether it is the same paper.")
EMPTY = gettext_noop("Nobody has signed it yet.")
WHOM = gettext_noop("Choose whom it is addressed to in the directory.")
LATER = gettext_noop("It cannot have been given on a day to come.")


def begin(actor: Actor, typed: Mapping[str, Any]) -> bytes:
    """A new petition: its id. Raises `NotPermitted`."""
    with writing():
        return records.make(actor, TYPE, {"sort": "petition", **_fields(actor, typed)}).id


def write(actor: Actor, petition_id: bytes, typed: Mapping[str, Any], *, revision: int) -> None:
    """Write its text anew, as long as nobody has signed it. Raises `NotPermitted`, `Changed`, `NoSuchVault`."""
    with writing():
        found = queries.held(actor, petition_id, looked=False)
        if queries.sheets_of(actor, found):
            raise NotPermitted("signed", SIGNED, vault=found.record.id)
        records.change(actor, found.record, _fields(actor, typed), what="text", revision=revision)


def take_in(actor: Actor, petition_id: bytes, rows: Sequence[Row], *, how: str) -> int:
    """Signatures that stand on paper, sheet by sheet: how many. All or none.

    Raises `NotPermitted` once it is closed, and for a sheet that is here already; `NoSuchVault`.
    """
    with writing():
        found = queries.held(actor, petition_id, looked=False)
        _collecting(found)
        there = {one.sheet.casefold() for one in queries.sheets_of(actor, found)}
        groups = defaultdict[str, list[Row]](list)
        for row in rows:
            groups[row.sheet.casefold()].append(row)
        if there & groups.keys():
            raise NotPermitted("twice", TWICE, vault=found.record.id)
        for group in groups.values():
            records.make(actor, TYPE, {
                "sort": "sheet", "petition": found.key, "sheet": group[0].sheet, "how": how,
                "rows": [{"id": token_hex(8), "name": one.name, "country": one.country} for one in group]})
    return len(rows)


def strike(actor: Actor, petition_id: bytes, row_id: str, *, why: str) -> None:
    """A signature does not count: it stands there twice, or somebody took it back. It stays, struck out, with why.

    Raises `NotPermitted` once it is closed, `NoSuchVault`.
    """
    with writing():
        found = queries.held(actor, petition_id, looked=False)
        _collecting(found)
        for sheet in queries.sheets_of(actor, found):
            if any(row.id == row_id and not row.struck for row in sheet.rows):
                records.replace_item(actor, sheet.record, "rows", row_id, {"struck": why}, what="struck")
                return
        raise NoSuchVault


def keep_apart(actor: Actor, petition_id: bytes, pair: str) -> None:
    """Two signatures are two people's; nobody is asked again. Raises `NotPermitted`, `NoSuchVault`."""
    with writing():
        found = queries.held(actor, petition_id, looked=False)
        _collecting(found)
        there = {row.id for sheet in queries.sheets_of(actor, found) for row in sheet.rows}
        if not set(pair.split("-")) <= there:
            raise NoSuchVault
        records.change(actor, found.record, {"apart": sorted({*found.apart, pair})}, what="apart", kept=False)


def close(actor: Actor, petition_id: bytes) -> None:
    """No more signatures: its number stands from now on. Raises `NotPermitted` if there is none, `NoSuchVault`."""
    with writing():
        found = queries.held(actor, petition_id, looked=False)
        _collecting(found)
        sheets = queries.sheets_of(actor, found)
        count = numbers(sheets).total
        if not count:
            raise NotPermitted("empty", EMPTY, vault=found.record.id)
        records.change(actor, found.record, {"closed": {
            "at": said(clock.now()), "by": actor.id.hex(), "count": count, "digest": digest(found, sheets)}},
            what="closed")


def deliver(actor: Actor, petition_id: bytes, typed: Mapping[str, Any]) -> None:
    """To whom it was given, when and where. Who signed goes half a year later; whom it was given to is asked again.

    Raises `NotPermitted` before it is closed and a second time, `NoSuchVault`.
    """
    on: date = typed["on"]
    if on > clock.today():
        raise NotPermitted("later", LATER)
    with writing():
        found = queries.held(actor, petition_id, looked=False)
        if found.state != "closed":
            raise NotPermitted("state", OPEN if found.state == "collecting" else CLOSED, vault=found.record.id)
        records.change(actor, found.record, {"delivered": {
            "on": on.isoformat(), **{name: str(typed[name]) for name in ("where", "by_whom", "to_whom", "how")},
            "count": found.closed["count"]}}, what="given")
        outside.ask_inside(actor, bytes.fromhex(found.addressee), on=on, how="petition", about=found.title,
                           again=typed["again"])
        for sheet in queries.sheets_of(actor, found):
            _goes(actor, sheet, on)


def _goes(actor: Actor, sheet: Sheet, on: date) -> None:
    records.keep_until(actor, sheet.record, due("signatures", on), reason="given")


def _collecting(found: Petition) -> None:
    if found.state != "collecting":
        raise NotPermitted("closed", CLOSED, vault=found.record.id)


def _fields(actor: Actor, typed: Mapping[str, Any]) -> dict[str, Any]:
    whom = directory.held(actor, bytes.fromhex(typed["addressee"]), looked=False)
    if not isinstance(whom, Addressee):
        raise NotPermitted("addressee", WHOM)
    plan = typed.get("plan")
    return {"title": typed["title"], "language": typed["language"], "text": typed["text"],
            "demands": list(typed["demands"]), "addressee": whom.key, "addressed": whom.name,
            "plan": plan.isoformat() if plan else ""}

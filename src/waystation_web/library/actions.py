"""Acts on the library: write an entry, take a pasted page in, keep a sentence or take it out, give something out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from secrets import token_hex
from typing import Any

from django.utils.translation import gettext_noop

from waystation.access import Facts, Permission
from waystation.library.cleaning import Cleaned
from waystation.library.reachable import reachable
from waystation.library.said import as_written
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records.record import said
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted
from waystation_web.vault.queries import allow

from .publication import SORTS, TYPE, Publication
from .queries import held

SORT = gettext_noop("This is an entry of another kind. Choose a publication.")
REACH = gettext_noop("This says how to reach somebody. The library keeps what was said in public, never that: "
                     "take it out.")
ITSELF = gettext_noop("A publication is no review of itself. Choose another work.")
MAY_BE = {"address": ("handle",), "authors": ("handle",)}  # where a page stands; all that is known of an author


def write(actor: Actor, sort: str, fields: Mapping[str, Any]) -> bytes:
    """A new entry: its id. Raises `NotPermitted`, also for a way to reach somebody in it."""
    if sort not in SORTS:
        raise ValueError(f"an entry is one of {', '.join(SORTS)}")
    _public(fields)
    with writing():
        return records.make(actor, TYPE, {"sort": sort, **fields}).id


def take_in(actor: Actor, fields: Mapping[str, Any], page: Cleaned, keep: Collection[int]) -> bytes:
    """A pasted page: the lines that somebody chose, and how much of it was left out and taken out. Its id.

    Raises `NotPermitted`.
    """
    stamp = {"by": actor.id.hex(), "at": said(clock.now())}
    facts = [{"id": token_hex(8), **stamp, "text": line.text, "where": "",
              "when": "; ".join(f"{one.words}: {as_written(one.span)}" for one in line.dates)}
             for number, line in enumerate(page.lines) if number in keep]
    left = Counter(line.why or "not_chosen" for number, line in enumerate(page.lines) if number not in keep)
    return write(actor, "publication", {
        **fields, "facts": facts, "left": [{"why": why, "count": count} for why, count in sorted(left.items())],
        "removed": [{"what": what, "count": count} for what, count in sorted(page.removed.items())]})


def change(actor: Actor, entry_id: bytes, fields: Mapping[str, Any], *, revision: int) -> None:
    """Write an entry anew; what it said before stays in its history.

    Raises `Changed`, `NoSuchVault`, `NotPermitted`.
    """
    _public(fields)
    if fields.get("reviews") == entry_id.hex():
        raise NotPermitted("itself", ITSELF, vault=entry_id)
    with writing():
        found = held(actor, entry_id, looked=False)
        records.change(actor, found.record, fields, what="entry", revision=revision)


def keep_fact(actor: Actor, entry_id: bytes, *, text: str, where: str) -> None:
    """One more sentence of a publication, and where it stands there. Raises `NoSuchVault`, `NotPermitted`."""
    _public({"text": text, "where": where})
    with writing():
        records.add(actor, _publication(actor, entry_id).record, "facts", {"text": text, "where": where, "when": ""})


def take_out(actor: Actor, entry_id: bytes, item: str) -> None:
    """Take a sentence out; the history says that it stood there. Raises `NoSuchVault`, `NotPermitted`."""
    with writing():
        found = _publication(actor, entry_id)
        if not any(one.id == item for one in found.facts):
            raise NoSuchVault
        records.change(actor, found.record, {
            "facts": [one for one in found.record.body["facts"] if one["id"] != item]}, what="taken out")


def gave_out(actor: Actor, count: int) -> None:
    """Somebody takes citations or a pack out of the office: recorded before it is handed to them.

    For whoever may write in the library. Raises `NotPermitted`.
    """
    with writing():
        allow(actor, Permission.CREATE_VAULT, Facts(type=TYPE))
        record(actor, Event.EXPORTED, count=count, reason="library")


def _public(fields: Mapping[str, Any]) -> None:
    """Raises `NotPermitted` for a way to reach somebody, wherever it stands."""
    for name, value in fields.items():
        if any(reachable(text, but=MAY_BE.get(name, ())) for text in _strings(value)):
            raise NotPermitted("reach", REACH)


def _strings(value: Any) -> list[str]:
    """Every text in a value; an interval of days is no number to call."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text for name, one in value.items() if name not in ("id", "by", "at", "when") for text in _strings(one)]
    return [text for one in value for text in _strings(one)] if isinstance(value, list | tuple) else []


def _publication(actor: Actor, entry_id: bytes) -> Publication:
    found = held(actor, entry_id, looked=False)
    if not isinstance(found, Publication):
        raise NotPermitted("sort", SORT, vault=found.record.id)
    return found

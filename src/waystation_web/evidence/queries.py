"""Reading evidence. Who holds no grant of an item is told that there is none."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from waystation.access import Role
from waystation_web.audit.actions import record, record_read
from waystation_web.audit.events import Event
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.records.record import Record, moment
from waystation_web.vault import actions as vault_files
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault
from waystation_web.vault.queries import Opened

from .item import SORT, TYPE, Copy, Item, item_of
from .words import word

MOST = 80 << 20     # bytes of a picture that is looked at


@dataclass(frozen=True, slots=True)
class Download:
    """A file on its way out."""

    size: int
    opener: vault_files.Opener = field(repr=False)

    def read(self, start: int, stop: int) -> Iterator[bytes]:
        """The bytes from `start` to before `stop`."""
        return self.opener.read(start, stop)

    def close(self) -> None:
        """Let go of the file."""
        self.opener.close()


@dataclass(frozen=True, slots=True)
class Line:
    """One event of custody as a page shows it."""

    at: datetime
    act: str
    bad: bool
    object: str
    who: str
    said: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Page:
    """One item with everything around it."""

    of: Item
    answers: list[tuple[str, str]]
    lines: list[Line]
    may_write: bool
    me: str
    people: dict[bytes, kept.Colleague] = field(repr=False)
    no_second: bool                # nobody else works here who could sign after this person


def held(actor: Actor, item_id: bytes) -> Item:
    """One item, for an act on it. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    found = kept.one(actor, item_id, TYPE, looked=False)
    if found.body.get("sort") != SORT:
        raise NoSuchVault
    return item_of(found)


def listing(actor: Actor, *, refused: list[bytes]) -> list[Item]:
    """Every item that this person holds, the newest first."""
    with writing():
        found = [item_of(one) for one in kept.every(actor, TYPE, refused=refused) if one.body.get("sort") == SORT]
    return sorted(found, key=lambda one: (one.record.made.at, one.id), reverse=True)


def page(actor: Actor, item_id: bytes) -> Page:
    """One item. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        item = held(actor, item_id)
        record_read(actor, item.record.opened)
    people = kept.colleagues()
    return Page(item, _said(item), [_line(one, item.record, people) for one in item.custody],
                kept.may_write(actor, TYPE), actor.id.hex(), people, nobody_signs_after(actor, people.values()))


def nobody_signs_after(actor: Actor, people: Iterable[kept.Colleague]) -> bool:
    """Whether no other rights officer works here: then no copy can be cleared, and no package signed."""
    return not any(one.active and one.id != actor.id and Role.RIGHTS_OFFICER in set(map(Role, one.roles))
                   for one in people)


def picture(actor: Actor, item: Item, file_id: bytes) -> bytes:
    """The bytes of one picture of an item, and a line of the record of acts. Raises `NoSuchVault` for too large a "
      "one."""
    body = vault_files.open_file(actor, item.record.opened, file_id)
    try:
        if body.size > MOST:
            raise NoSuchVault
        data = b"".join(body.read())
    finally:
        body.close()
    record(actor, Event.FILE_READ, vault=item.id, version=item.record.opened.version)
    return data


def copy_of(item: Item, key: str) -> Copy:
    """One copy. Raises `NoSuchVault`."""
    for one in item.copies:
        if one.key == key:
            return one
    raise NoSuchVault


def signers(page: Page, copy: Copy) -> tuple[str, str, bool]:
    """Who signed a copy first and second, and whether the first was this person."""
    names = [page.people[bytes.fromhex(who)].handle if who and bytes.fromhex(who) in page.people else ""
             for who in (copy.approval.get("asked_by", ""), copy.approval.get("approved_by", ""))]
    return names[0], names[1], copy.approval.get("asked_by") == page.me


def download(actor: Actor, opened: Opened, file_id: bytes) -> Download:
    """A file on its way out, recorded, inside the caller's `writing()`."""
    opener = vault_files.open_file(actor, opened, file_id)
    record(actor, Event.FILE_READ, vault=opened.id, version=opened.version)
    return Download(opener.size, opener)


def _said(item: Item) -> list[tuple[str, str]]:
    """Answers in words, in the order of the questions."""
    found = []
    for name, value in item.answers.items():
        if isinstance(value, list):
            found.append((name, ", ".join(word("marks", one) for one in value)))
        elif value:
            found.append((name, word(name, value) if name in {"authenticity", "label", "exposure", "thirds", "covert",
                                                              "inducement"} else str(value)))
    return [(name, text) for name, text in found if text]


def _line(line: str, of: Record, people: dict[bytes, kept.Colleague]) -> Line:
    said: dict[str, Any] = json.loads(line)
    who = people.get(bytes.fromhex(of.body["codes"][said["actor"]]))
    return Line(moment(said["utc"]), word("act", said["act"]), said["act"] == "fixity-failed", said["object"],
                who.handle if who else said["actor"], str(of.body["said"].get(str(said["seq"]), "")))

"""Reading notes. Everything is opened for one request and forgotten; each view of a page is one line of the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from waystation.access import Facts, Kind, Permission
from waystation_web.audit.actions import record, record_read, record_refusal
from waystation_web.audit.events import Event
from waystation_web.gateways.database import writing
from waystation_web.vault import actions as vault_files
from waystation_web.vault import queries as vaults
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault
from waystation_web.vault.queries import allow

from .colleagues import Colleague, Reader, colleague, colleagues, readers
from .note import Attached, Note, read_note


@dataclass(frozen=True, slots=True)
class Page:
    """A note with everybody who can read it, and those it could be shared with."""

    note: Note
    readers: tuple[Reader, ...]
    others: tuple[Colleague, ...]


@dataclass(frozen=True, slots=True)
class Download:
    """A file on its way out: its size in bytes, and its content from one byte to another, opened piece by piece."""

    file: Attached
    size: int
    opener: vault_files.Opener = field(repr=False)

    def read(self, start: int, stop: int) -> Iterator[bytes]:
        """The bytes from `start` to before `stop`. A changed piece raises `Refused` before any of its bytes."""
        return self.opener.read(start, stop)

    def close(self) -> None:
        """Let go of the file."""
        self.opener.close()


def listing(actor: Actor, words: str = "", *, refused: list[bytes] | None = None) -> list[Note]:
    """Notes this person can read, newest first; only those where each of `words` stands, if there are any.

    One that does not open raises `Refused`, unless the caller gives a list for the ids of such and says that the list
    is not whole: one note that was damaged, or shared under keys that are gone, must not close all the others.
    """
    if words:
        allow(actor, Permission.SEARCH, Facts(type="note"))
    with writing():
        opened = vaults.open_all(actor, Kind.PEOPLE, type="note", refused=refused)
        held = [read_note(one.id, one.payload) for one in opened]
        found = [note for note in held if not words or note.says(words)]
        record(actor, Event.SEARCHED if words else Event.LIST_READ, count=len(found))
        for vault in refused or ():
            record_refusal(actor, "list", vault=vault)
    return sorted(found, key=lambda note: (note.written, note.id), reverse=True)


def opened_note(actor: Actor, note_id: bytes) -> vaults.Opened:
    """An opened vault, if it is a note of this person's. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    return vaults.open_vault(actor, note_id, kind=Kind.PEOPLE, type="note")


def page(actor: Actor, note_id: bytes) -> Page:
    """One note. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        opened = opened_note(actor, note_id)
        holders = vaults.holders(actor, note_id)
        record_read(actor, opened)
    shown = readers(actor.id, holders)
    others = colleagues(without=[actor.id, *(holder.id for holder in holders)])
    return Page(read_note(opened.id, opened.payload), tuple(shown), tuple(others))


def sharing(actor: Actor, note_id: bytes, account_id: bytes) -> tuple[Note, Colleague]:
    """A note and the colleague it is about to be shared with, whose words are to be compared."""
    with writing():
        opened = opened_note(actor, note_id)
        record_read(actor, opened)
    return read_note(opened.id, opened.payload), colleague(account_id)


def download(actor: Actor, note_id: bytes, file_id: bytes) -> Download:
    """A file of a note. Raises `NoSuchVault` also for a file of another note, `NotPermitted`, `Refused`."""
    with writing():
        opened = opened_note(actor, note_id)
        named = [file for file in read_note(opened.id, opened.payload).files if file.id == file_id]
        if not named:
            raise NoSuchVault
        opener = vault_files.open_file(actor, opened, file_id)
        record(actor, Event.FILE_READ, vault=note_id, version=opened.version)
    return Download(named[0], opener.size, opener)

"""Whom this office believes: key officers, whose certificates count, and the recovery key; and its ceremonies.

It stands in `trust.toml`, outside the database: whoever can write rows cannot make an officer. Every person's pins hold
the file's digest, so a changed file is seen by everybody at their next sign-in. There are no chains: a certificate
counts if a listed officer signed it, and not otherwise.
"""

from __future__ import annotations

import os
import secrets
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings

from waystation.vault.keys import Bundle
from waystation.vault.recovery import Public, read_public
from waystation.vault.refused import Refused

HEAD = ("# Whose certificates count here, and the organisation's recovery key.\n"
        "# Written while the office is set up, and by each recovery ceremony. Everybody is told when it changes.\n")


@dataclass(frozen=True, slots=True)
class Ceremony:
    """That two sheets gave somebody records back. It stands here so that nobody who comes in can miss it."""

    entry: int                       # its number in the record of acts
    day: date
    account: bytes                   # who was given them
    records: int


@dataclass(frozen=True, slots=True)
class Trust:
    """What the file says."""

    officers: tuple[bytes, ...]      # Ed25519 keys, 32 B each
    recovery: Public | None
    digest: bytes                    # SHA-256 of the file
    ceremonies: tuple[Ceremony, ...] = ()


def trust(file: Path | None = None) -> Trust:
    """Whom this office believes; nobody, if the file is not written yet. Raises `Refused("trust")` if it is damaged."""
    path: Path = file or settings.INSTALLATION.trust
    if not path.exists():
        return Trust((), None, sha256(b"").digest())
    try:
        return _believed(path.read_bytes())
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as reason:
        raise Refused("trust") from reason


@lru_cache(maxsize=4)
def _believed(content: bytes) -> Trust:
    """What stands in the file, which is read each time; the same bytes are taken apart once, not ten times a page."""
    said = tomllib.loads(content.decode("ascii"))
    officers = tuple(bytes.fromhex(officer["ed25519"]) for officer in said.get("officer", []))
    recovery = _recovery(said["recovery"]) if "recovery" in said else None
    ceremonies = tuple(_ceremony(one) for one in said.get("ceremony", []))
    if any(len(key) != 32 for key in officers) or len(set(officers)) != len(officers):
        raise Refused("trust")
    return Trust(officers, recovery, sha256(content).digest(), ceremonies)


def _ceremony(said: dict[str, Any]) -> Ceremony:
    return Ceremony(int(said["entry"]), date.fromisoformat(said["day"]), bytes.fromhex(said["account"]),
                    int(said["records"]))


def _recovery(said: dict[str, str]) -> Public:
    bundle, signing_key = Bundle(bytes.fromhex(said["bundle"])), bytes.fromhex(said["ed25519"])
    public = Public(bundle, signing_key)
    if public.words != said["words"] or len(signing_key) != 32:
        raise Refused("trust")
    return public


def read_recovery(public_text: str) -> Public:
    """The public half of a recovery key, from the text that the ceremony made. Raises `Refused` if it is damaged."""
    return read_public(public_text)


def write_recovery(public_text: str, words: str) -> None:
    """Believe a recovery key, once: `words` are its eight words as read from a custodian's sheet.

    Raises `Refused("words")` if they are not this key's words, `Refused("trust")` if there is a recovery key already.
    """
    public, now = _heard(public_text, words), trust()
    if now.recovery is not None:
        raise Refused("trust")
    _write(replace(now, recovery=public))


def change_recovery(public_text: str, words: str) -> None:
    """Believe another recovery key from now on. Raises `Refused`: "words", "recovery" (none, or this one)."""
    public, now = _heard(public_text, words), trust()
    if now.recovery is None or now.recovery == public:
        raise Refused("recovery", "this office has no recovery key yet, or it has this one already")
    _write(replace(now, recovery=public))


def _heard(public_text: str, words: str) -> Public:
    """A public half whose eight words are those that were read from a sheet: nobody exchanged it on its way."""
    public = read_public(public_text)
    if not secrets.compare_digest(" ".join(words.lower().split()).encode(), public.words.encode()):
        raise Refused("words", "these are not the eight words of the key in this file. Read them from a sheet")
    return public


def add_officer(signing_key: bytes) -> None:
    """Believe one more key officer. Raises `Refused("trust")` for a key that is no key or stands there already."""
    now = trust()
    if len(signing_key) != 32 or signing_key in now.officers:
        raise Refused("trust")
    _write(replace(now, officers=(*now.officers, signing_key)))


def note_ceremony(held: Ceremony) -> None:
    """Tell everybody of a ceremony: the file changes, and whoever comes in is asked to confirm it."""
    now = trust()
    _write(replace(now, ceremonies=(*now.ceremonies, held)))


@contextmanager
def unless_it_fails() -> Iterator[None]:
    """Put the file back as it was if what follows fails: rows and file say the same, or neither was written."""
    path: Path = settings.INSTALLATION.trust
    before = path.read_bytes() if path.exists() else None
    try:
        yield
    except BaseException:
        if before is None:
            path.unlink(missing_ok=True)
        else:
            _put(before)
        raise


def _write(said: Trust) -> None:
    lines = [f'[[officer]]\ned25519 = "{key.hex()}"\n' for key in said.officers]
    if (recovery := said.recovery) is not None:
        lines.append(f'[recovery]\nbundle = "{recovery.bundle.raw.hex()}"\ned25519 = "{recovery.signing_key.hex()}"\n'
                     f'words = "{recovery.words}"\n')
    lines += [f'[[ceremony]]\nentry = {one.entry}\nday = "{one.day}"\naccount = "{one.account.hex()}"\n'
              f'records = {one.records}\n' for one in said.ceremonies]
    _put("\n".join([HEAD, *lines]).encode("ascii"))


def _put(content: bytes) -> None:
    path: Path = settings.INSTALLATION.trust
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400), "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(path)

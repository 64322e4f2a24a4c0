"""Whom and for whom the house pays nothing now: what is frozen, told to everybody who may pay, and nameable by none.

    body = {"sort": "stopped", "of": id of the freeze, "salt": hex, "marks": [a keyed digest of each code name, hex]}

Who pays holds no route book, so each freeze is written down here too, where every colleague reads. Whoever knows a code
name can ask about it; whoever does not learns none.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from hashlib import blake2b

from waystation.access import Kind
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import Record
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted
from waystation_web.vault.queries import lacks

TYPE, SORT = "duty", "stopped"


def stop(actor: Actor, codes: Iterable[str], *, of: bytes) -> None:
    """Stop what a freeze holds, inside the caller's `writing()`. Raises `NotPermitted`."""
    salt = os.urandom(32)
    records.make(actor, TYPE, {"sort": SORT, "of": of.hex(), "salt": salt.hex(), "marks": marks(codes, salt)})


def keep(actor: Actor, codes: Iterable[str], *, of: bytes) -> None:
    """What a freeze still holds, after some of it was let go. Raises `NotPermitted` for whoever cannot read it."""
    mine = [one for one in _stopped(actor) if one.body["of"] == of.hex()]
    if not mine:
        raise NotPermitted("house", "You cannot read yet what this house has set for everybody. Ask a colleague to let "
                           "you, on the page Duty.")
    for one in mine:
        records.change(actor, one, {"marks": marks(codes, bytes.fromhex(one.body["salt"]))}, what="let go")


def is_stopped(actor: Actor, *codes: str) -> bool:
    """Whether nothing is paid now to or for one of some codes of contacts and cases; yes for whoever cannot know.

    Inside the caller's `writing()`. Raises `Refused` if a record does not open.
    """
    asked = [code for code in codes if code]
    if not asked:
        return False
    held = _stopped(actor)  # opened first: what does not open is no reason to pay
    return lacks(actor, Kind.HOUSE) or any(
        mark in one.body["marks"] for one in held for mark in marks(asked, bytes.fromhex(one.body["salt"])))


def _stopped(actor: Actor) -> list[Record]:
    return [one for one in kept.every(actor, TYPE, looked=False) if one.body.get("sort") == SORT]


def marks(codes: Iterable[str], salt: bytes) -> list[str]:
    """A keyed digest of each code, in no telling order. A code is typed by hand: capitals, spaces and hyphens make no
    other person of it.
    """
    plain = {"".join(filter(str.isalnum, code.casefold())) for code in codes}
    return sorted(blake2b(one.encode(), key=salt, digest_size=16).hexdigest() for one in plain)

"""`recovery-request` and `recovery-import`: what the office asks the custodians for, and taking in what they answer.

Both need the host key, and nobody's words. Between the two lies a machine without a network: `waystation recover open`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from waystation_web.gateways.installation import Installation

from . import FOUND, Cannot
from .making import opened

FILE = "recovery-request-{}.bin"
LARGEST = 1 << 30  # bytes of an answer: far more than half a million records


def request(installation: Installation, handle: str, *, vaults: Sequence[str], lost_by: str, of_roles: bool,
            out: Path) -> int:
    """Write a request file and say what stands in it. Raises `Cannot`."""
    if not out.is_dir():
        raise Cannot(f"{out} is no folder. Make it, or choose another with --out")
    opened(installation)
    from waystation_web.accounts.ceremony import ask_at_console
    with _explained("Nothing was asked for"):
        asked = ask_at_console(handle, vaults=vaults, lost_by=lost_by, of_roles=of_roles)
    target = out / FILE.format(asked.digest.hex()[:8])
    try:
        with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(asked.raw)
    except OSError as reason:
        raise Cannot(f"{target} cannot be written ({reason.strerror}). Ask again with another --out") from reason
    print(f"A request for {handle}: {_counted(asked.kinds)}.\n"
          f"  The file:                 {target}\n"
          f"  Its words:                {asked.words}\n"
          f"  Words of {handle}'s keys: {asked.holder_words}\n"
          "Write its words down. On a machine without network, with two custodians and the file:\n\n"
          f"    waystation recover open {target.name}\n\n"
          f"One request for {handle} is open at a time: this one, until {asked.until}. Then, here:\n\n"
          f"    waystation-office recovery-import {installation.home} recovery-answer-{asked.digest.hex()[:8]}.bin")
    if asked.elsewhere:
        print(f"Left out: {_counted(asked.elsewhere)}, which {handle}'s roles are not given. "
              "Ask for them for somebody else.")
    if asked.unwrapped:
        print("The recovery key has no grant of these that the host key opens; see verify:",
              *(vault.hex() for vault in asked.unwrapped), sep="\n    ")
    return 0


def take_in(installation: Installation, path: Path) -> int:
    """Take an answer in, all of it or nothing. Raises `Cannot`."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST)
    except OSError as reason:
        raise Cannot(f"{path} cannot be read ({reason.strerror}). Is the stick in?") from reason
    opened(installation)
    from waystation_web.accounts.ceremony import take_in_at_console
    with _explained("Nothing was changed"):
        given = take_in_at_console(raw)
    print(f"{len(given.vaults):,} records and {given.days:,} days of the record of acts can be opened again, from the "
          "next sign-in on. Everybody who comes in is told.\n"
          "Next: make new sheets if anybody may have read these. Delete both files; they are used up.")
    if given.passed_over:
        print(f"{given.passed_over:,} were passed over: changed, destroyed or shared with this person since.")
    return 0


def change(installation: Installation, path: Path, *, ask: Callable[[str], str] = input) -> int:
    """Believe another recovery key, whose eight words are typed from one of its sheets. Raises `Cannot`."""
    try:
        text = path.read_text("ascii")
    except (OSError, UnicodeDecodeError) as reason:
        raise Cannot(f"{path} is not the file that `recover new` wrote, or cannot be read: is the stick in?") \
            from reason
    opened(installation)
    from waystation_web.accounts.ceremony import change_recovery_key_at_console
    words = ask("The eight words of the new key, read from one of its sheets: ")
    with _explained("Nothing was changed"):
        change_recovery_key_at_console(text, words)
    _lay_escrow(installation)
    print("The new recovery key counts. Everybody who signs in is told.")
    remainder(installation)
    return 0


def _lay_escrow(installation: Installation) -> None:
    """Seal the host key to the new recovery key: the escrow that lies there opens with the former sheets alone."""
    if not installation.backups:
        return
    from waystation_web.vault import escrows
    try:
        escrows.keep_present()
    except escrows.Unkept as why:
        print(f"{why}\nUntil the escrow of the host key is laid there again, the former sheets alone open it: make a "
              "backup now.", file=sys.stderr)


def remainder(installation: Installation) -> int:
    """Say how much still waits for the recovery key of today; 1 if anything does. Raises `Cannot`."""
    opened(installation)
    from waystation_web.vault.ceremony import waiting
    with _explained("Nothing was counted"):
        records, days = waiting()
    if records or days:
        print(f"{records:,} records and {days:,} days of the record of acts still wait: each is done when somebody who "
              "holds it signs in, five hundred at a time.\nKeep the former sheets until nothing waits any more.")
        return FOUND
    print("Nothing waits. Burn the former sheets, if the key was changed.")
    return 0


@contextmanager
def _explained(what: str) -> Iterator[None]:
    """Say in one sentence what stood in the way. Raises `Cannot`."""
    from django.db import DatabaseError

    from waystation_web.vault.errors import Refused
    try:
        yield
    except Refused as why:
        raise Cannot(f"{what}: {WHY.get(why.kind, str(why))}.") from why
    except ValueError as why:
        raise Cannot(f"{what}: {why}.") from why
    except DatabaseError as why:
        raise Cannot(f"{what}: the rows could not be read or written. Is the database there?") from why


WHY = {
    "certificate": "this person is not active here, or no officer has confirmed their keys yet. Do that in the browser",
    "host": "the host key is not in its place",
    "trust": "this office has no recovery key that can be read: see trust.toml",
    "nothing": "nothing is left to give back. What was asked for is held by this person already, was changed since, or "
               "is of kinds that their roles are not given. With --lost-by HANDLE: what only that colleague could open",
}


def _counted(kinds: Mapping[Any, int]) -> str:
    """How many records of each kind.

    >>> from waystation.access import Kind
    >>> _counted({Kind.PEOPLE: 2, Kind.AUDIT: 1})
    '3 records (2 people, 1 audit)'
    """
    each = ", ".join(f"{count:,} {kind.name.lower()}" for kind, count in sorted(kinds.items()))
    return f"{sum(kinds.values()):,} records ({each})"

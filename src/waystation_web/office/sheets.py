"""The host key for a restore: from its own file, or from the escrow beside the backup with two sheets, which are typed.

Sheets are never arguments: those stand in the list of processes and in the shell's memory.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from waystation.vault import escrow
from waystation.vault.host import HostKeys
from waystation.vault.recovery import WORDS, combine, read_sheet
from waystation.vault.refused import Refused
from waystation_web.gateways.backups import mark

from . import Cannot

Ask = Callable[[str], str]
NOTHING = "Nothing was restored"


def host_key_of(host_key: Path | None, given: Path | None, backup: Path, organisation: bytes, ask: Ask) -> str:
    """The text of host.key. Raises `Cannot`."""
    if host_key is not None:
        return _from_file(host_key)
    path = given or backup.parent / f"{mark(organisation)}.escrow"
    try:
        data = path.read_bytes()
    except OSError as reason:
        raise Cannot(f"the host key's escrow {path} cannot be read ({reason.strerror}): it lies beside the backups; "
                     f"name its place with --escrow. {NOTHING}") from None
    try:
        return escrow.opened(data, organisation, combine([_sheet("first", ask), _sheet("second", ask)]))
    except Refused as why:
        raise Cannot(f"{why}. {NOTHING}") from None
    except EOFError:
        raise Cannot(f"two sheets are typed here, one a line. {NOTHING}") from None


def _from_file(path: Path) -> str:
    try:
        text = path.read_text("ascii")
        HostKeys.parse(text)
    except OSError as reason:
        raise Cannot(f"{path} cannot be read ({reason.strerror}). {NOTHING}") from None
    except ValueError as why:
        said = "it is no host key" if isinstance(why, UnicodeDecodeError) else why
        raise Cannot(f"{path}: {said}. {NOTHING}") from None
    return text


def _sheet(which: str, ask: Ask) -> str:
    """As it is typed, asked for again after a slip: which word is wrong is said."""
    while True:
        try:
            return read_sheet(ask(f"{which} sheet, its {WORDS} words: "), name=f"the {which} sheet")
        except Refused as why:
            print(f"{why}.", file=sys.stderr)

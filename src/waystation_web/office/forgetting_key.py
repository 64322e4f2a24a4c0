"""The host key of this machine, destroyed: from then on only its escrow and two sheets bring anything back.

It asks for a word, and for another one if no escrow of this very key lies beside a backup: nothing would ever open.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from waystation_web.gateways import overwriting
from waystation_web.gateways.installation import Installation

WORD, SECOND_WORD = "FORGET", "FOREVER"


def forget(installation: Installation, say: Callable[[str], None]) -> bool:
    """Ask, then overwrite and unlink the host key. Whether it is gone."""
    path = installation.host_key
    if not path.is_file():
        say("the host key is not in its place: nothing was destroyed. Where its medium is, it still opens everything")
        return False
    if not _asked(escrows_of(installation)):
        say("the host key was not destroyed")
        return False
    try:
        overwriting.destroy(path)
    except OSError as reason:
        say(f"the host key could NOT be destroyed ({reason.strerror}): take the medium away or destroy it")
        return False
    say("the host key is destroyed here")
    return True


def escrows_of(installation: Installation) -> list[Path]:
    """Folders of backups in which an escrow of the host key as it is now lies. What cannot be read is none."""
    from waystation_web.vault import escrows
    try:
        return [folder for folder, present in escrows.lying(installation).items() if present]
    except (OSError, ValueError):
        return []


def _asked(there: list[Path]) -> bool:
    """Whether the words were given: one if an escrow is there, two if not."""
    for folder in there:
        print(f"The escrow of this host key lies in {folder}. With two sheets it brings this office back.")
    if not _typed(WORD, "to destroy the host key of this machine"):
        return False
    if there:
        return True
    print("No escrow of this host key lies in a folder of backups (backups = [...] in office.toml). Without it NOTHING "
          "in this office can ever be opened again, by anybody, not even with all three sheets.")
    return _typed(SECOND_WORD, "to lose everything for good")


def _typed(word: str, what_for: str) -> bool:
    print(f"Type {word} {what_for}, anything else to keep it: ", end="", flush=True)
    said = sys.stdin.readline().strip()
    print(flush=True)
    return said == word

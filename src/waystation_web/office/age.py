"""Keys of age: the public halves that `office.toml` names, and the others, which come on a medium of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from waystation_web.gateways.installation import Installation

from . import Cannot

NO_KEY = ("No backup is made without a key to seal it to. On another machine, which is not this one:\n"
          "    age-keygen -o office-backup.key\n"
          "It prints a public key (age1...). Keep the file there and a copy of it elsewhere, and write the public key "
          "into office.toml here:\n    backup_keys = [\"age1...\"]")


def recipients(installation: Installation) -> list[Any]:
    """Whom a backup is sealed to. Raises `Cannot` if there is nobody, or one of them is no key."""
    import pyrage

    if not installation.backup_keys:
        raise Cannot(NO_KEY)
    keys = []
    for number, text in enumerate(installation.backup_keys, 1):
        try:
            keys.append(pyrage.x25519.Recipient.from_str(text.strip()))
        except pyrage.RecipientError:
            raise Cannot(f"key {number} of backup_keys in office.toml is no public key of age: it begins with age1 and "
                         "is what age-keygen prints. Nothing was backed up") from None
    return keys


def identities(path: Path) -> list[Any]:
    """The other halves of `backup_keys`, from the file that age-keygen wrote. Raises `Cannot`; no key is ever said."""
    import pyrage

    try:
        lines = path.read_text("ascii").splitlines()
        keys = [pyrage.x25519.Identity.from_str(line.strip()) for line in lines
                if line.strip() and not line.startswith("#")]
    except OSError as reason:
        raise Cannot(f"{path} cannot be read ({reason.strerror}): it is the file that age-keygen wrote") from None
    except (ValueError, pyrage.IdentityError):
        raise Cannot(f"{path} is no file of age-keygen: its key begins with AGE-SECRET-KEY-1") from None
    if not keys:
        raise Cannot(f"{path} holds no key")
    return keys

"""The runtime folder: what lives only while the machine is on.

Sessions, throttles, one-time challenges, today's audit key. It is in memory where the system has that
(`installation.runtime_folder`), private (0700), and emptied by a panic.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from .installation import Installation

KEY_BYTES = 65_536  # sessions and keys are smaller by far; copies on their way out are sealed


def folder(installation: Installation, name: str = "") -> Path:
    """A folder of the runtime directory, made private at its first use."""
    place = installation.runtime / name if name else installation.runtime
    for part in (installation.runtime, place):
        part.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def write_whole(path: Path, content: bytes) -> None:
    """Write a small private file so that a reader sees the old content or the new one, never a part."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(path)


def boot_secret(installation: Installation) -> str:
    """One random value for all workers of one start, in the runtime folder; gone with it."""
    path = folder(installation) / "boot"
    if not path.is_file():
        fresh = path.with_name(f".boot.{secrets.token_hex(6)}")
        write_whole(fresh, secrets.token_hex(32).encode("ascii"))
        with suppress(FileExistsError):  # another worker was first: its value counts, and it is whole
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text("ascii")


def clear(place: Path, keep: frozenset[Path] = frozenset()) -> list[Path]:
    """Drop what lived only while the office was open: sessions, throttles, today's audit key. Gives what did not go.

    What is small enough to be a key is written over first: the memory under a file that was only unlinked keeps what
    stood there until somebody else needs it.
    """
    there = []
    for folder, _, names in os.walk(place, topdown=False):
        paths = {Path(folder) / name for name in names} - keep
        for path in paths:
            drop(path)
        there += [path for path in paths if os.path.lexists(path)]
        with suppress(OSError):  # something is kept in it
            Path(folder).rmdir()
    return there


def drop(path: Path) -> None:
    """One file: written over if it is small, and unlinked."""
    with suppress(OSError):
        if not path.is_symlink() and path.stat().st_size <= KEY_BYTES:
            with path.open("r+b") as stream:
                stream.write(bytes(path.stat().st_size))
    with suppress(OSError):
        path.unlink(missing_ok=True)

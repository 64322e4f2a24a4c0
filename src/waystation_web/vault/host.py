"""The host key: the outer layer of slots, factors, labels, invitations and grants. Without it a database opens nothing.

The file may lie on a medium that is pulled after the start: what was read once is held in memory and used until the
file comes back changed.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from waystation.vault.host import PURPOSES, HostKeys, epoch_of
from waystation.vault.refused import Refused
from waystation_web.gateways import overwriting

__all__ = ["PURPOSES", "HostKeys", "epoch_of", "forget", "host_keys", "put"]

Mark = tuple[int, int, int]
_held: dict[Path, tuple[Mark, HostKeys]] = {}


def host_keys() -> HostKeys:
    """The host keys of this office.

    Read anew when the file changes. Raises `Refused("host")` if the file was never seen by this process, or
    `ValueError` with the line if it cannot be read.
    """
    path: Path = settings.INSTALLATION.host_key
    while True:
        try:
            mark = _mark(path)
            if path in _held and _held[path][0] == mark:
                return _held[path][1]
            text = path.read_text("ascii")
            same = _mark(path) == mark
        except OSError:
            if path in _held:
                return _held[path][1]
            raise Refused("host") from None
        if same:  # else it was exchanged while it was read
            _held[path] = mark, HostKeys.parse(text)


def _mark(path: Path) -> Mark:
    """What is another one when the file was exchanged."""
    about = path.stat()
    return about.st_mtime_ns, about.st_ino, about.st_size


def put(keys: HostKeys) -> None:
    """Exchange the file; every process reads the new one at its next use. Raises `OSError`, and the old one counts."""
    overwriting.exchange(settings.INSTALLATION.host_key, keys.text().encode("ascii"), mode=0o400)


def forget() -> None:
    """Drop what is held, so that the next use reads the file: for tests and after the file was changed on purpose."""
    _held.clear()

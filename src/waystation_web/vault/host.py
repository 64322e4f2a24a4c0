"""The host key: the outer layer of slots, factors, labels, invitations and grants. Without it a database opens nothing.

The file may lie on a medium that is pulled after the start: what was read once is held in memory and used until the
file comes back changed.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from waystation.vault.host import HostKeys, epoch_of
from waystation.vault.refused import Refused

__all__ = ["HostKeys", "epoch_of", "host_keys"]

_held: dict[Path, tuple[int, HostKeys]] = {}


def host_keys() -> HostKeys:
    """The host keys of this office.

    Read anew when the file changes. Raises `Refused("host")` if the file was never seen by this process, or
    `ValueError` with the line if it cannot be read.
    """
    path: Path = settings.INSTALLATION.host_key
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        if path in _held:
            return _held[path][1]
        raise Refused("host") from None
    if path not in _held or _held[path][0] != changed:
        _held[path] = changed, HostKeys.parse(path.read_text("ascii"))
    return _held[path][1]


def forget() -> None:
    """Drop what is held, so that the next use reads the file: for tests and after the file was changed on purpose."""
    _held.clear()

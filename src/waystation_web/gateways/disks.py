"""What can be told of the disks under an office. None is "cannot tell", which is no yes."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from . import safety


def in_memory(folder: Path) -> bool | None:
    """Whether a folder, or the nearest one above it that is there, lies in memory."""
    if not sys.platform.startswith("linux"):
        return None
    return safety.in_memory(_there(folder))


def encrypted(folder: Path) -> bool | None:
    """Whether a device of dm-crypt lies under a folder."""
    if not sys.platform.startswith("linux"):
        return None
    device = _there(folder).stat().st_dev
    block = Path(f"/sys/dev/block/{os.major(device)}:{os.minor(device)}")
    return crypt_below(block.resolve()) if block.exists() else None


def crypt_below(block: Path) -> bool:
    """Whether a block device, or one that it stands on, is encrypted."""
    name = block / "dm" / "uuid"
    if name.is_file() and name.read_text("ascii").startswith("CRYPT-"):
        return True
    slaves = block / "slaves"
    return slaves.is_dir() and any(crypt_below(slave.resolve()) for slave in slaves.iterdir())


def _there(folder: Path) -> Path:
    while not folder.exists():
        folder = folder.parent
    return folder

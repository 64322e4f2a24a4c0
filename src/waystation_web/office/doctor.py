"""`doctor`: is this machine fit to keep an office? Each question is answered yes, no, or "cannot tell": not yes."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from waystation_web.gateways import backups, clock, disks
from waystation_web.gateways.installation import Installation

from . import doctor_keys

YES, NO, UNKNOWN = "yes", "NO", "cannot tell"


def examine(installation: Installation) -> int:
    """Print every answer; 0 if each is yes, else 1."""
    answers = list(_answers(installation))
    for answer, question, remedy in answers:
        print(f"{answer:12} {question}" + ("" if answer == YES else f"\n{'':13}{remedy}"))
    return 0 if all(answer == YES for answer, *_ in answers) else 1


def _answers(installation: Installation) -> Iterator[tuple[str, str, str]]:
    key = installation.host_key
    yield _said(key.is_file()), "the host key is in its place", f"put the medium in, or restore {key} from its escrow"
    if key.is_file():
        private = stat.S_IMODE(key.stat().st_mode) & 0o077 == 0 if os.name == "posix" else None
        yield _said(private), "nobody else can read the host key", f"chmod 0400 {key}"
        outside = installation.data.resolve() not in key.resolve().parents
        yield _said(outside), "the host key is outside the data, so outside every backup", "move it out"
        yield from ((_said(answer), *words) for answer, *words in doctor_keys.answers(installation))
    yield _said(disks.in_memory(installation.runtime)), "sessions are kept in memory", \
        "name a tmpfs with WAYSTATION_RUNTIME"
    yield _said(disks.encrypted(installation.data)), "the disk under the data is encrypted", \
        "move the office to an encrypted disk: a seized disk keeps what was deleted"
    yield _said(_swap_safe()), "swap is off or encrypted", "swapoff -a, and take it out of /etc/fstab"
    yield _said(_kernel("fs/suid_dumpable", lambda text: text == "0")), "no core dump holds a program's memory", \
        "sysctl fs.suid_dumpable=0"
    yield _said(_kernel("kernel/yama/ptrace_scope", lambda text: int(text) >= 2)), \
        "no other program may read a worker's memory", "sysctl kernel.yama.ptrace_scope=2"
    yield _said(_clock_kept()), "the clock is kept right", "switch time synchronisation on: codes depend on it"
    yield from _kept(installation)


def _kept(installation: Installation) -> Iterator[tuple[str, str, str]]:
    """Whether this office would survive its machine."""
    now, at = clock.now(), backups.newest(installation)
    yield _said(at is not None and now - at <= backups.OLD), "the newest backup is not older than two days", \
        "waystation-office backup, every night; docs/how-to/back-up-and-restore.md says how it begins"
    for folder in backups.folders(installation):
        yield _said(folder.is_dir()), f"the folder for backups {folder} is there", "mount its disk"
        if folder.is_dir():
            yield _said(not backups.on_our_disk(installation, folder)), \
                f"{folder} is on another disk than the office", "add a folder of another disk: one fire takes both"
    yield _said(at is not None and not backups.drill_due(installation, now)), \
        "in the last three months a backup came back in a drill", "waystation-office drill"


def _said(answer: bool | None) -> str:
    return UNKNOWN if answer is None else YES if answer else NO


def _swap_safe() -> bool | None:
    swaps = Path("/proc/swaps")
    if not swaps.is_file():
        return None
    used = [line.split()[0] for line in swaps.read_text("utf-8").splitlines()[1:]]
    names = [Path(device).resolve().name for device in used]
    return all(name.startswith("zram") or disks.crypt_below(Path("/sys/class/block") / name) for name in names)


def _kernel(name: str, fine: Callable[[str], bool]) -> bool | None:
    path = Path("/proc/sys") / name
    try:
        return fine(path.read_text("ascii").strip())
    except (OSError, ValueError):
        return None


def _clock_kept() -> bool | None:
    try:
        said = subprocess.run(["timedatectl", "show", "--property=NTPSynchronized", "--value"],  # noqa: S607
                              capture_output=True, text=True, check=False, timeout=5)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return {"yes": True, "no": False}.get(said.stdout.strip())

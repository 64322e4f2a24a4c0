"""Which processes work for an office: each has a line in the runtime folder, by which a panic finds it.

A number alone may be another program's by now. So the line also says when that process began, as the system tells it,
and of which office it is; where one of them differs, nobody is stopped. `HOME/runtime-at` says where the folder lies:
whoever presses the switch in another terminal has not the variables with which the office was started.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from . import beats, runtime
from .installation import Installation

SERVER, WORKER, CHILD, WATCH, CONSOLE = "server", "worker", "child", "watch", "console"
LINES, WHERE = "processes", "runtime-at"


@dataclass(frozen=True, slots=True)
class Process:
    """A process of an office that has not ended."""

    pid: int
    role: str
    home: str
    since: str
    line: Path

    def lives(self) -> bool:
        """Whether it still runs, also after it has taken its own line away."""
        return began(self.pid) == self.since


def enter(installation: Installation, role: str, pid: int | None = None) -> Path:
    """Write the line of a process, of this one unless told otherwise; gives its place."""
    number = os.getpid() if pid is None else pid
    line = runtime.folder(installation, LINES) / str(number)
    runtime.write_whole(line, f"{role}\n{began(number)}\n{installation.home}\n".encode())
    if role in {SERVER, WATCH}:
        _say_where(installation)
    elif role == CONSOLE:
        with suppress(OSError):  # a copy on a medium that cannot be written to may still be looked at
            _say_where(installation)
    return line


def _say_where(installation: Installation) -> None:
    path, place = installation.home / WHERE, str(installation.runtime)
    if place not in _listed(path):
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8") as stream:
            stream.write(f"{place}\n")


def _listed(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return []


def folders(installation: Installation) -> list[Path]:
    """Every runtime folder that this office may have: as this process was told, and as those that run were."""
    listed = [Path(line) for line in _listed(installation.home / WHERE) if line.startswith("/")]
    return list(dict.fromkeys([installation.runtime, *listed]))


def leave(installation: Installation, pid: int | None = None) -> None:
    """Take the line of a process away, of this one unless told otherwise."""
    number = os.getpid() if pid is None else pid
    (installation.runtime / LINES / str(number)).unlink(missing_ok=True)
    if pid is None:
        forget_where(installation)


def forget_where(installation: Installation) -> None:
    """Nobody needs to know where the runtime folder is once nothing runs."""
    if not any(living(installation)):
        (installation.home / WHERE).unlink(missing_ok=True)


def everybody(folder: Path) -> Iterator[Process]:
    """Processes with a line in a runtime folder that live, of whichever office, but this one."""
    with suppress(FileNotFoundError):
        for line in list((folder / LINES).iterdir()):
            with suppress(OSError, ValueError):  # it has just gone, or is no line of ours
                role, since, home = line.read_text("utf-8").splitlines()
                one = Process(int(line.name), role, home, since, line)
                if one.pid != os.getpid() and since and one.lives():
                    yield one


def living(installation: Installation) -> Iterator[Process]:
    """Processes of this office that live, but this one."""
    for folder in folders(installation):
        yield from (one for one in everybody(folder) if one.home == str(installation.home))


def began(pid: int) -> str:
    """When a process began, in the system's own words; empty if it has ended, or where the system does not say."""
    if sys.platform.startswith("linux"):
        try:
            state, *rest = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
        except OSError:
            return ""
        return "" if state in {"Z", "X"} else rest[18]  # ended, and nobody has asked how; else ticks since the start
    if os.name != "posix":
        return ""
    said = subprocess.run(["ps", "-o", "stat=,lstart=", "-p", str(pid)], capture_output=True, text=True,  # noqa: S603, S607
                          check=False, env={"LC_ALL": "C", "PATH": os.environ.get("PATH", os.defpath)})
    state, _, since = said.stdout.strip().partition(" ")
    return "" if state.startswith("Z") else since.strip()


def send(one: Process, number: signal.Signals) -> None:
    """A signal to a process that may have ended by now."""
    with suppress(ProcessLookupError):
        os.kill(one.pid, number)


def close(installation: Installation) -> None:
    """The office has closed: what still computes for it ends, and what lived in memory goes.

    Lines of those who go on (the alarm, somebody at the console) stay, so that they are found.
    """
    for one in living(installation):
        if one.role == CHILD:
            send(one, signal.SIGKILL)
    runtime.clear(installation.runtime, keep=spared(installation.runtime, {WATCH, CONSOLE}))
    forget_where(installation)


def spared(folder: Path, roles: Collection[str]) -> frozenset[Path]:
    """Files of a runtime folder that belong to processes which go on: their lines, and the alarm's sign of life."""
    there = [one for one in everybody(folder) if one.role in roles]
    signs = [folder / "beats" / beats.WATCH for one in there if one.role == WATCH]
    return frozenset([*(one.line for one in there), *signs])

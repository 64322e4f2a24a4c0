"""`panic`: within two seconds nobody is signed in, no process of this office runs, nothing is left in its memory.

It touches no database and needs no key, so that a busy office, a locked table or a full disk delays nothing. Sessions
and today's audit key go first: from then on no page can be opened, whoever still runs. Whoever does not go when told is
killed. The alarm goes on unless told otherwise: parties are on their way, and it holds no key. It is said in seconds
from the start, and without a name, what was done.
"""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from waystation_web.gateways import processes, runtime
from waystation_web.gateways.installation import Installation
from waystation_web.gateways.processes import CHILD, WATCH, WORKER, Process

from .forgetting_key import forget

LIMIT = 2.0       # seconds, as promised
PATIENCE = 0.5    # for those who were told; then they are killed
LAST = 1.6        # when we stop waiting for whoever cannot be killed
TELL = {WORKER: signal.SIGINT, CHILD: signal.SIGKILL}  # a child has nothing to save; the others end by SIGTERM
LEFT, DONE = 1, 0


@dataclass(slots=True)
class Log:
    """What was done, in seconds from the start. No name, no day: it may be found."""

    began: float = field(default_factory=time.monotonic)
    lines: list[str] = field(default_factory=list)

    def say(self, what: str) -> None:
        """One line, on the terminal as well, which may be gone."""
        self.lines.append(f"{self.seconds():6.3f} s  {what}")
        with suppress(OSError):
            print(self.lines[-1], flush=True)

    def seconds(self) -> float:
        """Since the start."""
        return time.monotonic() - self.began

    def keep(self, installation: Installation) -> None:
        """Beside office.toml; the disk may be full."""
        with suppress(OSError):
            runtime.write_whole(installation.home / "panic.log", "".join(f"{line}\n" for line in self.lines).encode())


def panic(installation: Installation, *, everything: bool = False, forget_host_key: bool = False) -> int:
    """Stop everything of this office; 0 if nothing is left, 1 if something is, and then what to do."""
    log = Log()
    for number in (signal.SIGINT, getattr(signal, "SIGHUP", signal.SIGINT)):
        signal.signal(number, signal.SIG_IGN)  # a second Ctrl+C, or a terminal that is closed, must not stop this
    _end_sessions(installation)
    log.say("nobody is signed in any more")
    there = _stopped(installation, log, everything=everything)
    left = _emptied(installation)
    log.say("the folder in memory is empty" if not left else f"{left} files in memory could not be removed")
    good = not there and not left and log.seconds() <= LIMIT
    log.say("done" if good else "NOT done: switch this machine off, by its plug")
    log.keep(installation)
    if forget_host_key:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        good = forget(installation, log.say) and good
        log.keep(installation)
    return DONE if good else LEFT


def _there(installation: Installation, told: Mapping[int, Process], *, everything: bool) -> list[Process]:
    """Whoever must go and has not: those with a line, and those who took theirs away when told and still run."""
    with_line = {one.pid: one for one in processes.living(installation) if everything or one.role != WATCH}
    return [one for one in {**told, **with_line}.values() if one.lives()]


def _end_sessions(installation: Installation) -> None:
    for folder in processes.folders(installation):
        if not _shared(installation, folder):
            runtime.clear(folder / "sessions")
            runtime.drop(folder / "audit-key")


def _shared(installation: Installation, folder: Path) -> bool:
    """Whether another office lives in a runtime folder: what lies there may be theirs, and it stays."""
    return any(one.home != str(installation.home) for one in processes.everybody(folder))


def _stopped(installation: Installation, log: Log, *, everything: bool) -> list[Process]:
    """Tell everybody, kill who has not gone, and look again for who was started meanwhile. Gives who is left."""
    told: dict[int, Process] = {}
    killed = 0
    while there := _there(installation, told, everything=everything):
        late = log.seconds() > PATIENCE
        for one in there:
            if late or one.pid not in told:
                processes.send(one, signal.SIGKILL if late else TELL.get(one.role, signal.SIGTERM))
                killed += late
            told[one.pid] = one
        if log.seconds() > LAST:
            break
        time.sleep(0.02)
    log.say(f"{len(told)} processes were told to stop; {len(there)} are left" if told else "no process ran")
    if killed:
        log.say("not all went when told; those were killed")
    return there


def _emptied(installation: Installation) -> int:
    """Empty the runtime folder but for the line and the sign of life of an alarm that goes on. How many are left."""
    left = 0
    for folder in processes.folders(installation):
        if _shared(installation, folder):
            print(f"{folder} serves another office as well: what lies there stays", file=sys.stderr)
            left += 1
            continue
        left += len(runtime.clear(folder, keep=processes.spared(folder, {WATCH})))
    processes.forget_where(installation)
    return left

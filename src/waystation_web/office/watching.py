"""`watch`: a process of its own that looks every twenty seconds whether somebody must look at the board.

It opens nothing: it holds no key, reads the times of the table of watches and nothing else, and says one fixed sentence
by each of its ways. A way that fails is said by the others. It has no way to the field, and none out of this machine
but a command of yours.
"""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime

from waystation.journeys.overdue import ROUND, Alarm, Look, Memory, alarms
from waystation_web.gateways import beats, processes
from waystation_web.gateways.installation import Installation

from . import Cannot
from .making import opened

SENTENCE = "Please look at the board."
HOOK_SECONDS = 60  # after which a command that hangs is ended
PASSED_ON = ("PATH", "HOME", "LANG", "DISPLAY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS")


def watch(installation: Installation, *, hooks: Sequence[str] = (), rounds: int | None = None) -> int:
    """Look until told to stop (or so many rounds). Raises `Cannot` for a hook that is no program."""
    opened(installation, role=processes.WATCH)
    ways, memory, stopped = Ways(hooks), Memory(), []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.append(True))
    done = 0
    while not stopped and done != rounds:
        memory, said = alarms(memory, look(installation))
        ways.say(said)
        with suppress(OSError):  # the office sees no sign of life, which is the truth: it cannot be given
            beats.beat(installation, beats.WATCH)
        done += 1
        until = time.monotonic() + ROUND.total_seconds()
        while not stopped and done != rounds and time.monotonic() < until:
            time.sleep(min(0.5, max(0.0, until - time.monotonic())))
            ways.tidy()
    return 0


def look(installation: Installation) -> Look:
    """What there is to see now."""
    from django.db import Error, connections

    from waystation_web.journeys import watches

    wall, ticks = datetime.now(UTC), time.monotonic()
    try:
        read, broken = watches.every()
    except Error:  # locked, gone, restarted, or its tables are not there
        read, broken = None, ()
    finally:
        with suppress(Error):
            connections.close_all()  # a database that was started again is met by a new connection
    away = beats.age(installation, beats.OFFICE)
    return Look(wall, ticks, read, broken, office=away is not None and away < beats.GONE)


class Ways:
    """How somebody is told: a line and a bell, a note on the desktop where there is one, and commands of the house."""

    def __init__(self, hooks: Sequence[str] = ()) -> None:
        self.commands = [shlex.split(one) for one in hooks]
        for one in self.commands:
            if not one or shutil.which(one[0]) is None:
                raise Cannot(f"{' '.join(one) or 'an empty hook'!r} is no program of this machine. Name one that takes "
                             "the sentence as its last argument, with --hook")
        if shutil.which("notify-send") and {"DISPLAY", "WAYLAND_DISPLAY"} & set(os.environ):
            self.commands.append(["notify-send", "--urgency=critical", "--expire-time=0"])
        self.running: list[tuple[subprocess.Popen[bytes], float]] = []

    def say(self, said: Sequence[Alarm]) -> None:
        """By every way at once; none waits for another."""
        if not said:
            return
        self._line(summary(said))
        environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        for command in self.commands:
            try:
                process = subprocess.Popen(  # noqa: S603  (a program that the house named when it started the alarm)
                    [*command, SENTENCE], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL, env=environment, start_new_session=True)
            except OSError as reason:
                self._line(f"{command[0]} could not be started ({reason.strerror})")
            else:
                self.running.append((process, time.monotonic()))

    def tidy(self) -> None:
        """Say which command failed, and end one that hangs."""
        for process, since in list(self.running):
            if process.poll() is None and time.monotonic() - since > HOOK_SECONDS:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            if process.returncode is not None:
                self.running.remove((process, since))
                if process.returncode:
                    self._line(f"{_name(process)} failed ({process.returncode}): nobody was told that way")

    @staticmethod
    def _line(text: str) -> None:
        with suppress(OSError):  # a terminal that went away
            print(f"\a{datetime.now().astimezone():%H:%M:%S} {text}", file=sys.stderr, flush=True)


def _name(process: subprocess.Popen[bytes]) -> str:
    return str(process.args[0]) if isinstance(process.args, list) else str(process.args)


def summary(said: Sequence[Alarm]) -> str:
    """One line for the terminal: how many of what, and no word about whom.

    >>> from waystation.journeys.overdue import Why
    >>> summary([Alarm(Why.DUE, b"a", 1), Alarm(Why.DUE, b"b", 2), Alarm(Why.CLOCK)])
    'Please look at the board: a party is due (2), the clock of this computer was changed'
    """
    counted = Counter(one.why for one in said)
    parts = [why.value + (f" ({count})" if count > 1 else "") for why, count in counted.items()]
    return f"{SENTENCE[:-1]}: {', '.join(parts)}"

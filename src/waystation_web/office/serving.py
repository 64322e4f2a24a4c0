"""One listening socket, and workers that take turns at it.

A worker that served people keeps traces of what they opened in its memory, and Python cannot erase memory. So a worker
leaves after some two hundred pages, or after five minutes in which nobody asked anything, and a fresh process takes its
place: the fresh one accepts before the old one stops, and the old one first finishes what it has begun. Polls and event
streams are not counted: they would empty a busy office in minutes.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from waystation_web.gateways import processes
from waystation_web.gateways.installation import Installation

from . import Cannot
from .housekeeping import Housekeeping
from .making import opened

if TYPE_CHECKING:
    from .worker import Server

READY, LEAVE = b"+", b"-"
START_SECONDS, STOP_SECONDS, AGAIN_SECONDS = 30, 6, 30
FAILURES = 3  # in a row, before we give up
HANDS_ON = os.name == "posix"  # whether a socket can be handed to another process


@dataclass(frozen=True, slots=True)
class Worker:
    """A running worker and the end of the pipe on which it says that it is ready, or wants to leave."""

    process: subprocess.Popen[bytes]
    says: int


def serve(installation: Installation, *, port: int | None = None, bind: str = "127.0.0.1") -> int:
    """Serve until stopped by Ctrl+C or SIGTERM. Raises `Cannot` with every reason not to start."""
    from .worker import keep_memory_private
    keep_memory_private()
    listener = prepared(installation, port=port, bind=bind)
    print(f"Open in a browser of this machine: {installation.origin}\nCtrl+C stops it.", flush=True)
    return Supervisor(installation, listener).run()


def prepared(installation: Installation, *, port: int | None, bind: str) -> socket.socket:
    """Check that this office may start, bring its tables up to date, and listen. Raises `Cannot`."""
    from waystation_web.gateways.safety import refuse_unsafe_start
    try:
        opened(installation, role=processes.SERVER)
        refuse_unsafe_start()
    except ImproperlyConfigured as reason:
        raise Cannot(str(reason)) from reason
    from django.core.management import call_command
    call_command("migrate", verbosity=0)
    number = port or urlsplit(installation.origin).port or 8700
    try:
        return socket.create_server((bind, number), backlog=128)
    except OSError as reason:
        raise Cannot(f"port {number} of {bind} cannot be used ({reason.strerror}). Is this office open already? "
                     "Choose another with --port, and the same in office.toml") from reason


class Supervisor:
    """Starts workers, replaces those that want to leave, and stops all of them when told.

    A worker whose successor cannot start stays: the medium with the host key may have been pulled after the start.
    """

    def __init__(self, installation: Installation, listener: socket.socket) -> None:
        self.installation, self.listener = installation, listener
        self.current: Worker | None = None
        self.leaving: list[Worker] = []
        self.stopping = False
        self.replace_at: float | None = None
        self.alone: Server | None = None
        self.housekeeping = Housekeeping()

    def run(self) -> int:
        """Until told to stop. Gives the exit code."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop())
        if not HANDS_ON:
            return self._run_alone()
        failures = 0
        while not self.stopping:
            if self.current is None:
                self.current = self._started()
                failures = 0 if self.current else failures + 1
                if failures >= FAILURES:
                    print("The office could not be started; the lines above say why.", file=sys.stderr)
                    return self._ended(2)
                continue
            self._attend(self.current)
            if fault := self.housekeeping.look():
                print(f"Not tidied up ({fault}); it is tried again in a minute.", file=sys.stderr, flush=True)
            self._count_out()
        return self._ended(0)

    def _count_out(self) -> None:
        """Workers that have left are looked for by nobody."""
        for worker in self.leaving:
            if worker.process.poll() is not None:
                processes.leave(self.installation, worker.process.pid)
        self.leaving = [worker for worker in self.leaving if worker.process.poll() is None]

    def _attend(self, worker: Worker) -> None:
        """Hear what the current worker wants, for a second at most."""
        said = self._heard(worker, seconds=1)
        if said == LEAVE:
            self.replace_at = time.monotonic()
        elif said == b"" or worker.process.poll() is not None:
            self._reap(worker)
            self.current = self.replace_at = None
        if self.replace_at is not None and time.monotonic() >= self.replace_at:
            if fresh := self._started():
                self._let_go(worker)
                self.current, self.replace_at = fresh, None
            elif not self.stopping:
                print(f"No fresh worker could be started; the present one stays, and it is tried again in "
                      f"{AGAIN_SECONDS} s.", file=sys.stderr, flush=True)
                self.replace_at = time.monotonic() + AGAIN_SECONDS

    def stop(self) -> None:
        """Stop within seconds."""
        self.stopping = True
        if self.alone:
            self.alone.should_exit = self.alone.hurried = True

    def _run_alone(self) -> int:
        """Serve in this process, which is not replaced: Windows. The manual says to restart it daily."""
        from .worker import Server, counted_office
        self.alone = Server(counted_office(lambda: None))
        with suppress(KeyboardInterrupt):
            self.alone.run(sockets=[self.listener])
        processes.close(self.installation)
        return 0

    def _started(self) -> Worker | None:
        """A worker that accepts; None if it could not start."""
        ours, theirs = os.pipe()
        self.listener.set_inheritable(True)
        command = [sys.executable, "-m", "waystation_web.office.worker", str(self.listener.fileno()), str(theirs)]
        settings = {**os.environ, "WAYSTATION_HOME": str(self.installation.home)}
        process = subprocess.Popen(command, pass_fds=(self.listener.fileno(), theirs), env=settings,  # noqa: S603
                                   stdin=subprocess.DEVNULL)
        os.close(theirs)
        processes.enter(self.installation, processes.WORKER, process.pid)
        worker = Worker(process, ours)
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and not self.stopping:
            said = self._heard(worker, seconds=0.2)
            if said == READY:
                return worker
            if said == b"":
                break
        self._reap(worker)
        return None

    @staticmethod
    def _heard(worker: Worker, *, seconds: float) -> bytes | None:
        """What a worker says; None for nothing yet, empty if it is gone."""
        try:
            ready, _, _ = select.select([worker.says], [], [], seconds)
        except InterruptedError:
            return None
        return os.read(worker.says, 1) if ready else None

    def _let_go(self, worker: Worker) -> None:
        """Ask a worker to finish what it has begun and go."""
        worker.process.terminate()
        os.close(worker.says)
        self.leaving.append(worker)

    def _reap(self, worker: Worker) -> None:
        if worker.process.poll() is None:
            worker.process.send_signal(signal.SIGINT)
            try:
                worker.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                worker.process.kill()
                worker.process.wait()
        os.close(worker.says)
        processes.leave(self.installation, worker.process.pid)

    def _ended(self, code: int) -> int:
        """Stop everybody; what lived in memory goes with them."""
        self.listener.close()
        there = [*self.leaving, *([self.current] if self.current else [])]
        for worker in there:
            worker.process.send_signal(signal.SIGINT)
        for worker in there:
            try:
                worker.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                worker.process.kill()
                worker.process.wait()
        processes.close(self.installation)
        return code

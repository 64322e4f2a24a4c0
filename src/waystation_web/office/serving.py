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
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from waystation_web.gateways import runtime
from waystation_web.gateways.installation import Installation

from . import Cannot
from .making import opened

READY, LEAVE = b"+", b"-"
START_SECONDS, STOP_SECONDS = 30, 15
FAILURES = 3  # in a row, before we give up


@dataclass(frozen=True, slots=True)
class Worker:
    """A running worker and the end of the pipe on which it says that it is ready, or wants to leave."""

    process: subprocess.Popen[bytes]
    says: int


def serve(installation: Installation, *, port: int | None = None, bind: str = "127.0.0.1") -> int:
    """Serve until stopped by Ctrl+C or SIGTERM. Raises `Cannot` with every reason not to start."""
    listener = prepared(installation, port=port, bind=bind)
    print(f"Open in a browser of this machine: {installation.origin}\nCtrl+C stops it.", flush=True)
    return Supervisor(installation, listener).run()


def prepared(installation: Installation, *, port: int | None, bind: str) -> socket.socket:
    """Check that this office may start, bring its tables up to date, and listen. Raises `Cannot`."""
    from waystation_web.gateways.safety import refuse_unsafe_start
    try:
        opened(installation)
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
    """Starts workers, replaces those that want to leave, and stops all of them when told."""

    def __init__(self, installation: Installation, listener: socket.socket) -> None:
        self.installation, self.listener = installation, listener
        self.current: Worker | None = None
        self.leaving: list[Worker] = []
        self.stopping = False

    def run(self) -> int:
        """Until told to stop. Gives the exit code."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop())
        failures = 0
        while not self.stopping:
            if self.current is None:
                self.current = self._started()
                failures = 0 if self.current else failures + 1
                if failures >= FAILURES:
                    print("The office could not be started; the lines above say why.", file=sys.stderr)
                    return self._ended(2)
                continue
            said = self._heard(self.current, seconds=1)
            if said == LEAVE and (fresh := self._started()):
                self._let_go(self.current)
                self.current = fresh
            elif said == b"" or self.current.process.poll() is not None:
                self._reap(self.current)
                self.current = None
            self.leaving = [worker for worker in self.leaving if worker.process.poll() is None]
        return self._ended(0)

    def stop(self) -> None:
        """Stop within a second; what was begun is finished."""
        self.stopping = True

    def _started(self) -> Worker | None:
        """A worker that accepts; None if it could not start."""
        ours, theirs = os.pipe()
        self.listener.set_inheritable(True)
        command = [sys.executable, "-m", "waystation_web.office.worker", str(self.listener.fileno()), str(theirs)]
        settings = {**os.environ, "WAYSTATION_HOME": str(self.installation.home)}
        process = subprocess.Popen(command, pass_fds=(self.listener.fileno(), theirs), env=settings,  # noqa: S603
                                   stdin=subprocess.DEVNULL)
        os.close(theirs)
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
            worker.process.terminate()
            try:
                worker.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                worker.process.kill()
                worker.process.wait()
        os.close(worker.says)

    def _ended(self, code: int) -> int:
        """Stop everybody; what lived in memory goes with them."""
        self.listener.close()
        for worker in [*self.leaving, *([self.current] if self.current else [])]:
            if worker.process.poll() is None:
                worker.process.terminate()
        for worker in [*self.leaving, *([self.current] if self.current else [])]:
            try:
                worker.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                worker.process.kill()
                worker.process.wait()
        runtime.clear(self.installation)
        return code

"""The process that computes a plan: started for one question, fed through a pipe, forgotten with its answer.

What goes in names helpers and houses. It stands in no argument, no variable and no file; what the child says on
standard error goes nowhere. The child gets no office: neither its folder nor its keys, and no network to speak of.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from threading import Timer
from typing import Any

from django.conf import settings

from waystation_web.gateways import processes

MOST_SECONDS = 120
MOST_BYTES = 2 * 1024 ** 3          # of memory; the largest book of the tests needs a quarter of it
COMMAND = (sys.executable, "-m", "waystation.cli.answering")
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "WAYSTATION_BACKEND", "SYSTEMROOT")


class NoAnswer(Exception):
    """The child ended without an answer: it was stopped, took too long, or broke. Nothing was saved."""


def answered(question: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """What the child says, line by line: `{"tell": …}` while it works, then the answer, a refusal or faults.

    Raises `NoAnswer`. Whoever stops listening stops the child.
    """
    child = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE,  # noqa: S603 - our own program
                             stderr=subprocess.DEVNULL, cwd=os.sep, env=_environment(), close_fds=True)
    alarm = Timer(MOST_SECONDS, child.kill)
    alarm.start()
    try:
        processes.enter(settings.INSTALLATION, processes.CHILD, child.pid)  # before it learns anything
        _limit(child.pid)
        yield from _said(child, json.dumps(question, ensure_ascii=False, allow_nan=False).encode())
    finally:
        alarm.cancel()
        child.kill()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()
        child.wait()
        processes.leave(settings.INSTALLATION, child.pid)


def _said(child: subprocess.Popen[bytes], question: bytes) -> Iterator[dict[str, Any]]:
    if child.stdin is None or child.stdout is None:
        raise NoAnswer
    try:
        child.stdin.write(question)
        child.stdin.close()
    except OSError as reason:
        raise NoAnswer from reason
    last: dict[str, Any] = {}
    for line in child.stdout:
        try:
            last = json.loads(line)
        except ValueError as reason:
            raise NoAnswer from reason
        yield last
    if not last or "tell" in last:
        raise NoAnswer


def _environment() -> dict[str, str]:
    """Nothing of the office: neither where it lies nor what opens it."""
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1"}


def _limit(pid: int) -> None:
    """A bound on memory and time where the system knows one."""
    try:
        import resource
        resource.prlimit(pid, resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
        resource.prlimit(pid, resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0))   # a core file would hold the question
    except (ImportError, AttributeError, OSError, ValueError):
        return

"""Another process for one piece of work: fed through a pipe, bounded, found by a panic, and forgotten with its answer.

What goes in stands in no argument, no variable and no file; what the child says on standard error goes nowhere. It gets
no office: neither its folder nor its keys, and no network to speak of.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Timer

from django.conf import settings

from waystation_web.gateways import processes

PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "WAYSTATION_BACKEND", "SYSTEMROOT")


@contextmanager
def running(command: Sequence[str], *, seconds: int, most_bytes: int) -> Iterator[subprocess.Popen[bytes]]:
    """A child with pipes for what goes in and comes out. It is ended with the block, whatever happens in it."""
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,  # noqa: S603 - our own program
                             stderr=subprocess.DEVNULL, cwd=os.sep, env=_environment(), close_fds=True)
    alarm = Timer(seconds, child.kill)
    alarm.start()
    try:
        processes.enter(settings.INSTALLATION, processes.CHILD, child.pid)  # before it learns anything
        _limit(child.pid, seconds, most_bytes)
        yield child
    finally:
        alarm.cancel()
        child.kill()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()
        child.wait()
        processes.leave(settings.INSTALLATION, child.pid)


def _environment() -> dict[str, str]:
    """Nothing of the office: neither where it lies nor what opens it."""
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1"}


def _limit(pid: int, seconds: int, most_bytes: int) -> None:
    """A bound on memory and time where the system knows one."""
    try:
        import resource
        resource.prlimit(pid, resource.RLIMIT_AS, (most_bytes, most_bytes))
        resource.prlimit(pid, resource.RLIMIT_CPU, (seconds, seconds))
        resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0))   # a core file would hold what it was told
    except (ImportError, AttributeError, OSError, ValueError):
        return

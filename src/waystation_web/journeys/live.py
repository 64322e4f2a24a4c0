"""That something changed on the road, told to open boards: a number and nothing else.

A board that is open holds a stream of this number; when it moves, the browser asks for its list again, by the ordinary
way and with every check. The number lives in the memory of this process: after a restart, or with another process, a
board finds out by asking every twenty seconds.
"""

from __future__ import annotations

from itertools import count
from threading import Lock

from django.db import transaction

_lock, _numbers = Lock(), count(1)
_now = [0]


def changed() -> None:
    """Say so once the act is saved; an act that is taken back says nothing."""
    transaction.on_commit(_raise)


def number() -> int:
    """The present number."""
    return _now[0]


def _raise() -> None:
    with _lock:
        _now[0] = next(_numbers)

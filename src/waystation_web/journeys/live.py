"""That something changed on the road, told to open boards: a number and nothing else.

A board that is open holds a stream of its person's number; when it moves, the browser asks for its list again, by the
ordinary way and with every check. Told is whoever holds what changed, and nobody else: a hundred boards that all ask at
once keep everybody's word waiting. What they hold the database knows already; a number says nothing more.

The numbers live in the memory of this process: after a restart, or with another process, a board finds out by asking
every twenty seconds.
"""

from __future__ import annotations

from functools import partial
from threading import Lock

from django.db import transaction

from waystation_web.vault.queries import principals

_lock = Lock()
_now = dict[bytes, int]()


def changed(*vaults: bytes) -> None:
    """Say so to whoever holds these once the act is saved; an act that is taken back says nothing."""
    transaction.on_commit(partial(_raise, principals(vaults)))


def number(account: bytes) -> int:
    """The present number of somebody."""
    return _now.get(account, 0)


def _raise(accounts: set[bytes]) -> None:
    with _lock:
        for one in accounts:
            _now[one] = number(one) + 1

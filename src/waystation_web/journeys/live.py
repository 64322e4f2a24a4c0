"""That something changed on the road, told to open boards: a number, and which row if it is only one.

A board that is open holds a stream of its person's numbers. When the list changed, the browser asks for its list again;
when a journey did and nothing else, for that journey's rows: by the ordinary way and with every check. Told is whoever
holds what changed, and nobody else: a hundred boards that all ask at once keep everybody's word waiting. Who holds what
and which record changed when the database knows already.

The numbers live in the memory of this process: after a restart, or with another process, a board finds out by asking.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from functools import partial
from threading import Lock

from django.db import transaction

from waystation_web.vault.queries import principals

KEPT = 32    # changes of one person; whoever listens hears of each within a second
ALL = b""    # instead of a journey: the whole list


@dataclass(slots=True)
class Told:
    """What somebody was told last: how many changes there were, and the last of them, oldest first."""

    number: int = 0
    last: deque[bytes] = field(default_factory=lambda: deque(maxlen=KEPT))


_lock = Lock()
_now = dict[bytes, Told]()


def changed(*vaults: bytes) -> None:
    """The list of whoever holds these changed. Said once the act is saved; an act that is taken back says nothing."""
    transaction.on_commit(partial(_tell, principals(vaults), ALL))


def row(journey: bytes) -> None:
    """Of a list only what stands there of this journey, without the windows of the book, changed. Said as `changed`."""
    transaction.on_commit(partial(_tell, principals([journey]), journey))


def number(account: bytes) -> int:
    """The present number of somebody."""
    return _now[account].number if account in _now else 0


def since(account: bytes, known: int) -> tuple[int, list[bytes]]:
    """The present number, and what changed since a number: journeys, each once, then `ALL` where the list did.

    >>> _tell({b"kestrel"}, b"first"), _tell({b"kestrel"}, b"first"), since(b"kestrel", 0)
    (None, None, (2, [b'first']))
    >>> since(b"kestrel", 2), since(b"heron", 0)
    ((2, []), (0, []))
    """
    with _lock:
        told = _now.get(account) or Told()
        new, last = told.number - known, list(told.last)
    if not new:
        return told.number, []
    found = dict.fromkeys(last[-new:]) if 0 < new <= len(last) else {ALL: None}
    return told.number, sorted(found, key=lambda one: one == ALL)


def _tell(accounts: set[bytes], what: bytes) -> None:
    with _lock:
        for one in accounts:
            told = _now.setdefault(one, Told())
            told.number += 1
            told.last.append(what)

"""A change of the host key: this is how the office forgets what backups still hold.

Whatever was destroyed still stands in backups of before, wrapped under the host key of that day. A new host key comes,
every row gets under it, and the old one is destroyed here and in every escrow: then no such backup opens, with or
without sheets.

Each step can be cut short. Rows say their own epoch, and both host keys open until the last row is done; whoever begins
again ends first what was begun. Never are there more than two.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from waystation.vault.epochs import Course
from waystation.vault.refused import Refused
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing

from . import escrows, host, layers
from .files import empty_log
from .host import HostKeys, host_keys

__all__ = ["Certificate", "Done", "Stopped", "Unkept", "certificate", "change"]

LINGER_SECONDS = 5.0      # for whoever read a row just before it got under the new host key
LOG_SECONDS = 10.0        # for whoever reads while the log is to be emptied
Tell = Callable[[str], object]
Unkept = escrows.Unkept

class Stopped(Exception):
    """The host key was not changed, or not to the end; the message says why and what to do. Everything opens."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a change did."""

    epoch: int                    # the present one
    at: datetime                  # since when it counts
    rows: int                     # that got under it
    ended: tuple[int, ...]        # epochs whose key was destroyed
    held: tuple[int, ...]         # epochs that open
    resumed: bool                 # only what an earlier change had left was done
    broken: dict[str, str]        # rows that open under no host key: left as they were
    log_empty: bool               # whether no old page lies in SQLite's log


def change(tell: Tell, *, forget: bool, batch: int = layers.BATCH) -> Done:
    """Change the host key. `forget`: and destroy the one before it at once; else it goes with the next change.

    `tell` writes down what is done, in the transaction that does it. Raises `Unkept` if an escrow cannot be kept,
    before any row is touched; `Stopped`; `OSError`, and what a database raises. After each it can be called again.
    """
    with escrows.alone():
        keys = _fitting()
        escrows.save(_course(keys))
        left = layers.renew(keys, batch=batch)
        if left.count and not forget:
            return _whole(keys, left, resumed=True)
        fresh = keys.next(clock.today())
        _put(keys, fresh, tell, f"host key {fresh.current} began")
        seen = layers.renew(fresh, batch=batch)
        if not forget:
            return _whole(fresh, seen)
        _note(_course(fresh).became_whole(fresh.current, clock.now()))
        time.sleep(LINGER_SECONDS)
        layers.renew(fresh, batch=batch)
        _put(fresh, fresh.alone(), tell, f"host keys before {fresh.current} were destroyed")
        return _whole(fresh.alone(), seen)


def _fitting() -> HostKeys:
    """The host key from its file, if it is the newest of this database."""
    host.forget()
    try:
        keys = host_keys()
    except Refused:
        raise Stopped(f"The host key is not at {settings.INSTALLATION.host_key}: put its medium in. Nothing was "
                      "changed") from None
    if not layers.opens_any(keys):
        raise Stopped("This host key opens nothing in this database: it belongs to another office. Nothing was changed")
    if layers.look(keys).newest > keys.current:
        raise Stopped("Rows of this database are of a newer host key than the one in its place. Put the newer one "
                      "back, from its medium or its escrow; look with: waystation-office verify. Nothing was changed")
    return keys


def _put(now: HostKeys, fresh: HostKeys, tell: Tell, words: str) -> None:
    """The escrow first, everywhere; then the host key, while nobody writes and no row needs what it holds no more."""
    escrows.keep(fresh.text())
    if fresh.current != now.current:
        _note(_course(now).begin(fresh.current, clock.now()))
    with writing():
        host.forget()
        if host_keys().text() != now.text():
            raise Stopped("Somebody else changed the host key meanwhile. Begin again")
        if layers.look(now).count:
            raise Stopped("Somebody wrote under the older host key meanwhile. Begin again")
        tell(words)
        host.put(fresh)
    host.forget()
    _note(_course(fresh))


def _course(keys: HostKeys) -> Course:
    return escrows.course(settings.INSTALLATION).beside(keys, clock.now())


def _note(course: Course) -> None:
    escrows.save(course)


def _whole(keys: HostKeys, seen: layers.Seen, *, resumed: bool = False) -> Done:
    course = _course(keys).became_whole(keys.current, clock.now())
    _note(course)
    ended = tuple(number for number, one in course.epochs.items() if one.ended)
    since = course.epochs[keys.current].begun
    return Done(keys.current, since, seen.count, ended, keys.epochs, resumed, seen.broken, _log_emptied())


def _log_emptied() -> bool:
    until = time.monotonic() + LOG_SECONDS
    while not empty_log():
        if time.monotonic() > until:
            return False
        time.sleep(0.2)
    return True


# ------------------------------------------------------------------------------------------ what is true of a shredding
@dataclass(frozen=True, slots=True)
class Certificate:
    """What can honestly be said of something that was destroyed: from when on nothing opens it, backups included."""

    since: datetime | None        # when the last host key was destroyed under which it stands in a backup
    server: bool                  # PostgreSQL: old rows, its log and replicas are not ours to empty

    def words(self) -> str:
        """One or two sentences for people."""
        if self.since is not None:
            day = f"{self.since:%Y-%m-%d %H:%M} UTC"
            return _("Gone for good. The host key under which older backups hold it was destroyed on %(day)s: since "
                     "then no backup opens it, not even with all recovery sheets.") % {"day": day}
        if self.server:
            return _("Deleted, and no page shows it. Old rows, the log and replicas of the PostgreSQL server may hold "
                     "it still, and backups made before do: they open it until the host key is changed. No change is "
                     "planned; run: waystation-office forget-now")
        return _("Gone from the live system now. Backups made before still open it until the host key is changed. No "
                 "change is planned; run: waystation-office forget-now")


def certificate(destroyed: datetime) -> Certificate:
    """What is true now of something that was destroyed at a moment. Where nothing can be told, nothing is promised."""
    try:
        course = _course(host_keys())
    except (Refused, ValueError):
        return Certificate(None, connection.vendor != "sqlite")
    return Certificate(course.gone(destroyed), connection.vendor != "sqlite")

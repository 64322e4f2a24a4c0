"""What of the book stays here: outcomes of a journey about whose case nothing may leave now.

A row of the book names no case: the record in which an outcome lies says whose it is, and no copy has that. Other rows
are about a place or a leg, and about nobody's journey.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from waystation_web.duty import embargoed
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted

from .row import Row


def parted(actor: Actor, rows: Iterable[Row]) -> tuple[list[Row], list[Row]]:
    """Rows that may leave and rows that may not, inside the caller's `writing()`.

    Raises `NotPermitted` for whoever cannot read what is held back, `Refused` if something of it does not open.
    """
    there = embargoed.standing(actor)
    if there.unknown:
        raise NotPermitted("house", embargoed.CANNOT_KNOW)
    free, held = list[Row](), list[Row]()
    for row in rows:
        (held if there.on(row.about) else free).append(row)
    return free, held


def may_go(actor: Actor, rows: Iterable[Row], built: datetime, left_out: Iterable[str]) -> None:
    """Raise `NotPermitted` for a copy in which something stands that may not leave any more. As `parted` otherwise."""
    _, held = parted(actor, rows)
    if {row.id.hex() for row in held if row.written.made.at <= built} - set(left_out):
        raise NotPermitted("embargo", embargoed.HELD_BACK)

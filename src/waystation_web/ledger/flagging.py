"""Which flags a payment carries: what its writer marked, and what is raised on whoever gets it.

Who pays opens no contact: of a flag on a code name they learn its rule and its day, by marks (`duty.flagged`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from waystation.ledger.entries import Direction, Entry
from waystation_web.duty.flagged import Raised, raised
from waystation_web.vault.actor import Actor


@dataclass(frozen=True, slots=True)
class Flags:
    """Flags on one payment."""

    marked: tuple[str, ...]  # by its writer, in the line itself: they are signed over
    on_contact: Raised

    @property
    def since(self) -> datetime | None:
        """When the newest was raised that is not signed over."""
        return self.on_contact.since

    def __bool__(self) -> bool:
        """Whether two people look, whatever the amount."""
        return bool(self.marked or self.on_contact)


def flags_on(actor: Actor, entry: Entry, marked: Iterable[str]) -> Flags:
    """The flags of a line that goes out; none of one that comes in. Inside the caller's `writing()`."""
    if entry.direction is not Direction.OUT:
        return Flags((), Raised())
    return Flags(tuple(marked), raised(actor, entry.contact))

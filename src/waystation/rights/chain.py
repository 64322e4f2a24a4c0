"""Several States, one after the other: what each did, and which duty not to send people back bound it on that day.

A hand-over does not end the duty of whoever handed on, and does not wait for the one who takes over: each link is
looked at for itself, by the treaties of that State as they stood on that day.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from waystation.rights.facts import Instrument, Obligation
from waystation.rights.library import Library, library


@dataclass(frozen=True, slots=True)
class Link:
    """One State handed them on to another. `day` None: nobody knows when. `told`: how it is known."""

    state: str
    to: str
    day: date | None = None
    told: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Bound:
    """A duty and whether it bound. None: it may have; since when the State is a party, or the day, is not known."""

    obligation: Obligation
    instrument: Instrument
    applies: bool | None


@dataclass(frozen=True, slots=True)
class Responsible:
    """What one State did, and what bound it."""

    link: Link
    bound: tuple[Bound, ...]

    @property
    def silent(self) -> bool:
        """Whether no treaty that is written down here bound it: custom law stays, and somebody must argue it."""
        return not self.bound


def responsible(links: Iterable[Link], *, shipped: Library | None = None) -> tuple[Responsible, ...]:
    """Each link with the duties of that State on its day; treaties that did not bind are left out.

    >>> told = [Link("TH", "CN", date(2024, 6, 12)), Link("CN", "KP", date(2024, 6, 20))]
    >>> [[(one.obligation.code, one.applies) for one in each.bound] for each in responsible(told)]
    [[('CAT3', True), ('ICCPR7', True)], [('RC33', True), ('RC31', True), ('CAT3', True)]]
    """
    books = shipped or library()
    return tuple(Responsible(link, bound_by(link.state, link.day, books)) for link in links)


def bound_by(state: str, day: date | None, books: Library) -> tuple[Bound, ...]:
    """Duties of a State on a day, in the order of the table; without a day, those that may have bound it."""
    found = []
    for duty in books.obligations:
        row = books.instrument(state, duty.instrument)
        if row is None:
            continue
        applies = row.binds(day) if day is not None else (None if row.binds(date.max) is not False else False)
        if applies is not False:
            found.append(Bound(duty, row, applies))
    return tuple(found)

"""What the route book lays on the table of a contact: whose word of calm stood where and when, and what was learnt of
their own reports.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from waystation.network.build import network_of
from waystation.network.files import book_of_cells
from waystation.network.problems import InvalidBook
from waystation.trust.links import plain
from waystation.trust.sources import sources
from waystation.trust.suggested import Calm
from waystation_web.contacts.contact import Contact
from waystation_web.contacts.flags import names
from waystation_web.contacts.gathering import Found, Looks, Source
from waystation_web.gateways import clock
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import Refused

from .knowledge import moment_of
from .reading import rows_held
from .row import Row, book_of, row_of

VALID_H = 168.0  # as long as a report is believed whose row does not say


def lay(actor: Actor, contact: Contact, looks: Looks, found: Found) -> None:
    """Reports of calm by anybody, and how the book's sources learn of this one, if they ever reported."""
    rows = _rows(looks, found)
    found.area_of |= {str(row.cells["code"]): str(row.cells["area"]) for row in rows if row.sheet == "places"}
    calm = next((_calmest(row) for row in rows if row.sheet == "book"), "")
    reports = [row for row in rows if row.sheet == "reports"]
    found.calm += [_said(row) for row in reports if calm and row.cells["condition"] == calm]
    called = {plain(one) for one in names(contact.record.body)} - {""}
    theirs = [row for row in reports if plain(row.cells["source"]) in called]
    found.reports = len(theirs)
    if theirs:
        _learnt(actor, theirs, found)


def _learnt(actor: Actor, theirs: list[Row], found: Found) -> None:
    """What was learnt of whoever they come from: over the whole book, which is opened for it."""
    rows = rows_held(actor, refused=[], looked=False)
    try:
        book = book_of_cells(book_of(rows), name="the route book")
    except InvalidBook:
        return
    root = str(theirs[-1].cells.get("origin") or theirs[-1].cells["source"])
    found.learnt = sources(network_of(book), now=moment_of(rows, clock.now())).get(root)


def _rows(looks: Looks, found: Found) -> list[Row]:
    rows = []
    for held in (*looks.network.of("report"), *looks.network.of("place")):
        try:
            row = row_of(held)
        except Refused:
            found.broken.append(held.id)
            continue
        if row is not None and not row.removed:
            rows.append(row)
    return rows


def _calmest(book: Row) -> str:
    """The first of the book's conditions, which names the calmest first."""
    return str(next(iter(book.cells.get("conditions") or ()), ""))


def _said(row: Row) -> Calm:
    seen = datetime.fromisoformat(row.cells["observed_at"]).astimezone(UTC)
    until = seen + timedelta(hours=float(row.cells.get("valid_for", VALID_H)))
    return Calm(str(row.cells["source"]), str(row.cells["area"]), seen.date(), until.date())


SOURCE = Source(lay, network=("place", "report"))

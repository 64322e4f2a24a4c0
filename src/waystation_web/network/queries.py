"""Reading the route book. `book` is what a planner is given; everything else is what a page shows."""

from __future__ import annotations

from hashlib import sha256

from waystation.network.files import book_of_cells
from waystation.network.jsonbook import json_of
from waystation.network.rows import RouteBook
from waystation_web.vault.actor import Actor

from .reading import rows_held
from .row import book_of


def book(actor: Actor) -> RouteBook:
    """The route book as it stands, through every check of a file: a plan made of it equals that of its export.

    Runs inside the caller's `writing()` and is recorded there as one list. Raises `InvalidBook` also while there is no
    book yet, `Refused` if one row does not open: a plan without that row would be another plan.
    """
    return book_of_cells(book_of(rows_held(actor)), name="the route book")


def digest(actor: Actor) -> str:
    """SHA-256 of the book as a JSON file, as hex: what a plan and a decision say they rest on. As `book`."""
    return sha256(json_of(book(actor))).hexdigest()

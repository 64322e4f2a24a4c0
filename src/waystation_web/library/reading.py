"""What people type or paste, read by the rules of the core, for forms and pages."""

from __future__ import annotations

from typing import Any

from waystation.library.citation import author_of, typed
from waystation.library.cleaning import MOST, Cleaned, ReadersList, cleaned
from waystation.library.reachable import reachable
from waystation.library.said import as_written, read
from waystation_web.gateways import clock

from .publication import Publication

LONGEST = MOST
MOST_LINES = 600  # a page that is longer is pasted in parts: nobody looks through more at once


def names_a_way(text: str, *, handles: bool = False) -> bool:
    """Whether it says how to reach somebody. `handles`: a handle may stand there."""
    return reachable(text, but=("handle",) if handles else ())


def interval(text: str) -> str:
    """When something was, as it is kept. Raises `ValueError`."""
    return as_written(read(text)) if text.strip() else ""


def authors(text: str) -> list[dict[str, str]]:
    """Authors as they are kept, one in a line."""
    return [{"name": one.said, "is": one.sort} for one in map(author_of, text.splitlines()) if one.said]


def page(text: str, looked_up: Any) -> Cleaned | None:
    """A pasted page, or None for a list of readers. Raises `ValueError` for nothing, or too many lines."""
    try:
        found = cleaned(text, looked_up=looked_up)
    except ReadersList:
        return None
    if len(found.lines) > MOST_LINES:
        raise ValueError("too many lines")
    return found


def first(page: Cleaned, looked_up: Any) -> dict[str, Any]:
    """What the form of a pasted page says at first: only what the page itself says of it."""
    said = page.published
    return {"title": page.title, "authors": page.author, "looked_up": looked_up,
            "issued": as_written(said.span) if said else "",
            "issued_words": said.words if said and said.relative else ""}


def kept_as(of: Publication) -> dict[str, Any]:
    """A publication as its form says it."""
    cited = of.citation
    return {"title": cited.title, "titles": "\n".join(cited.titles), "kind": cited.kind, "genres": list(cited.genres),
            "authors": "\n".join(map(typed, cited.authors)), "container": cited.container,
            "publisher": cited.publisher, "reviews": of.reviews, "people": list(of.people),
            "issued": as_written(cited.issued) if cited.issued else "",
            "issued_words": cited.words, "looked_up": cited.looked_up, "language": cited.language,
            "address": cited.address}


def today() -> Any:
    """The day on the office's clock."""
    return clock.today()

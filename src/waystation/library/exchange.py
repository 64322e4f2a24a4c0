"""Citations for other programs: CSL-JSON, which the field reads, and RIS. Never more than the citation holds."""

import json
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from waystation.casework.dates import Span
from waystation.library.citation import NAME, SHOWN, Author, Citation
from waystation.library.said import as_written

CSL: Mapping[str, str] = MappingProxyType({
    "opinion": "article-newspaper", "news": "article-newspaper", "magazine": "article-magazine",
    "scholarly": "article-journal", "book": "book", "report": "report", "film": "motion_picture",
    "video": "motion_picture", "broadcast": "broadcast",
    "review": "review", "interview": "interview", "page": "webpage", "post": "post-weblog", "newsletter": "webpage",
    "speech": "speech"})
RIS: Mapping[str, str] = MappingProxyType({
    "opinion": "NEWS", "news": "NEWS", "magazine": "MGZN", "scholarly": "JOUR", "book": "BOOK", "report": "RPRT",
    "film": "MPCT", "video": "VIDEO", "broadcast": "VIDEO", "review": "NEWS", "interview": "PCOMM", "page": "ELEC",
    "post": "BLOG",
    "newsletter": "ELEC", "speech": "HEAR"})


def csl_json(citations: Iterable[Citation]) -> str:
    """All of them as one array of CSL-JSON, in the order given.

    >>> csl_json([Citation(key="a", kind="film", title="A film", authors=(Author("Doe, Jane"),))])
    '[{"id": "a", "type": "motion_picture", "title": "A film", "director": [{"family": "Doe", "given": "Jane"}]}]'
    """
    return json.dumps([dict(_csl(one)) for one in citations], ensure_ascii=False)


def ris(citations: Iterable[Citation]) -> str:
    """All of them as RIS, one after the other, each line ended as that format asks."""
    return "".join(f"{tag}  - {_line(value)}\r\n" for one in citations for tag, value in _ris(one))


def _csl(of: Citation) -> Iterator[tuple[str, Any]]:
    yield "id", of.key
    yield "type", CSL[of.kind]
    yield "title", of.title
    if of.authors:
        yield ("director" if of.kind in SHOWN else "author"), [_csl_name(one) for one in of.authors]
    for name, value in (("container-title", of.container), ("publisher", of.publisher), ("URL", of.address),
                        ("language", of.language), ("reviewed-title", of.reviews), ("genre", ", ".join(of.genres))):
        if value:
            yield name, value
    if of.issued is not None:
        yield "issued", {"date-parts": _date_parts(of.issued)}
    if of.looked_up is not None:
        day = of.looked_up
        yield "accessed", {"date-parts": [[day.year, day.month, day.day]]}


def _csl_name(of: Author) -> dict[str, str]:
    family, both, given = of.said.partition(",")
    return {"family": family.strip(), "given": given.strip()} if both and of.sort == NAME else {"literal": of.said}


def _date_parts(of: Span) -> list[list[int]]:
    """One date as precise as it is known, or both ends of an interval."""
    return [[int(part) for part in text.split("-")] for text in as_written(of).split("/")]


def _ris(of: Citation) -> Iterator[tuple[str, str]]:
    yield "TY", RIS[of.kind]
    yield "ID", of.key
    yield "TI", of.title
    for author in of.authors:
        yield ("A1" if of.kind in SHOWN else "AU"), author.said
    for tag, value in (("T2", of.container), ("PB", of.publisher), ("UR", of.address), ("LA", of.language),
                       ("RI", of.reviews)):
        if value:
            yield tag, value
    for genre in of.genres:
        yield "KW", genre
    if of.issued is not None:
        first, both, last = as_written(of.issued).partition("/")  # an interval: its first year, and both ends in words
        yield "DA", f"{first[:4]}///{first}–{last}" if both else "/".join((*first.split("-"), "", "")[:3]) + "/"
    if of.looked_up is not None:
        yield "Y2", of.looked_up.strftime("%Y/%m/%d/")
    yield "ER", ""


def _line(value: str) -> str:
    return " ".join(value.split())

"""The tables that are shipped: terms by which acts are coded, and public facilities, each row with its source."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType

TABLES = "tables"
# Numbers of lists are those of the HURIDOCS Events Standard Formats; the terms are a small choice in our own words.
LISTS: Mapping[str, str] = MappingProxyType({
    "04": "types of act", "05": "methods of violence", "17": "types of place", "18": "degree of involvement",
    "23": "about the victim", "24": "types of perpetrator", "38": "reason that was said",
    "NK-condition": "conditions of detention", "NK-death": "cause of death", "NK-proof": "standard of proof",
    "NK-return": "after they were sent back",
})


class BadTable(ValueError):
    """A row that cannot be used; the message says of which table, which line, and what to do."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term of one list, with the articles it is about. `restricted`: never described in public."""

    list: str
    code: str
    words: str
    articles: tuple[str, ...]
    restricted: bool
    mark: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Facility:
    """A place of detention that others published, by its names. No coordinate stands here."""

    code: str
    kind: str
    name: str
    variants: tuple[str, ...]
    country: str
    area: tuple[int, int] | None
    words: str
    sources: tuple[str, ...]
    mark: str
    as_of: date


@cache
def terms() -> Mapping[str, Mapping[str, Term]]:
    """Terms by list and code. Raises `BadTable`.

    >>> terms()["04"]["forced_abortion"].articles
    ('CAT1', 'ICCPR7', 'CEDAW12', 'CEDAW16')
    """
    found: dict[str, dict[str, Term]] = {name: {} for name in LISTS}
    for line, row in enumerate(_rows("terms"), 2):
        where = f"terms.csv, line {line}"
        as_of = _dated(where, row)
        if row["list"] not in LISTS or not row["code"].strip():
            raise BadTable(f"{where}: no known list or no code. Name one of {', '.join(LISTS)}")
        if row["code"] in found[row["list"]]:
            raise BadTable(f"{where}: {row['code']} stands in list {row['list']} already. Give it another code")
        found[row["list"]][row["code"]] = Term(row["list"], row["code"], row["words"], tuple(row["articles"].split()),
                                               row["restricted"] == "yes", row["mark"], as_of)
    return MappingProxyType({name: MappingProxyType(of) for name, of in found.items()})


@cache
def facilities() -> Mapping[str, Facility]:
    """Facilities by code. Raises `BadTable`.

    >>> facilities()["KWL16"].area
    (539, 560)
    """
    found = {}
    for line, row in enumerate(_rows("facilities"), 2):
        where = f"facilities.csv, line {line}"
        as_of = _dated(where, row)
        if row["kind"] not in terms()["17"]:
            raise BadTable(f"{where}: no known kind of place. Name one of list 17")
        area = (int(row["area_km2_lo"]), int(row["area_km2_hi"])) if row["area_km2_lo"] else None
        found[row["code"]] = Facility(row["code"], row["kind"], row["name"], tuple(row["variants"].split("; ")),
                                      row["country"], area, row["words"], tuple(row["source"].split()), row["mark"],
                                      as_of)
    return MappingProxyType(found)


def facility(typed: str) -> Facility | None:
    """The facility that is called so, in any of its variants; letters alone count.

    >>> facility("hwa-song").code, facility("관리소 없음") is None
    ('KWL16', True)
    """
    wanted = _bare(typed)
    return next((one for one in facilities().values() if wanted in {_bare(name) for name in
                                                                     (one.code, one.name, *one.variants)}), None)


def _bare(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _dated(where: str, row: Mapping[str, str]) -> date:
    if not row["words"].strip() or not row["source"].strip() or row["mark"] not in {"verify", "verified"}:
        raise BadTable(f"{where}: every row needs words, a source and a mark (verify or verified)")
    try:
        return date.fromisoformat(row["as_of"])
    except ValueError as reason:
        raise BadTable(f"{where}: write the day on which it was written down as 2026-11-28") from reason


def _rows(table: str) -> list[dict[str, str]]:
    text = files("waystation.testimony").joinpath(TABLES, f"{table}.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))

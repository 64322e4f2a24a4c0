"""Signatures as they are typed or pasted, with the place of each error; and which of them may be one person's."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from itertools import combinations

from waystation.linkage.compare import Level, compare
from waystation.linkage.letters import bare
from waystation.linkage.names import parse

COLUMNS = ("sheet", "name", "country")
MOST, LONGEST = 2_000, 200      # rows of one import, letters of a name
MOST_COMPARED = 1_500           # pairs of names: those that are spelled otherwise take a millisecond each
COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class Row:
    """One signature on paper. `id` once it is kept; `struck` says why it does not count."""

    sheet: str
    name: str = field(repr=False)
    country: str
    id: str = ""
    struck: str = field(repr=False, default="")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one place: the row of the file (the heading is the first), and the column."""

    row: int
    column: str
    code: str
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Double:
    """Two signatures that may be one person's. A person decides."""

    one: Row
    other: Row
    level: str

    @property
    def key(self) -> str:
        """Both ids, in one order."""
        return "-".join(sorted((self.one.id, self.other.id)))


def read(text: str) -> tuple[tuple[Row, ...], tuple[Fault, ...]]:
    r"""Rows of a pasted table with the columns sheet, name, country; every fault of it, and no row if there is one.

    >>> read("sheet,name,country\n1,An invented signer,KR\n1,,korea")[1]
    (Fault(row=3, column='name', code='empty', sheet='1'), Fault(row=3, column='country', code='country', sheet='1'))
    """
    try:
        table = list(csv.reader(StringIO(text.strip().removeprefix("\ufeff"), newline=""), strict=True))
    except csv.Error:
        return (), (Fault(1, "", "table"),)
    head = [one.strip().casefold() for one in table[0]] if table else []
    if missing := [one for one in COLUMNS if head.count(one) != 1]:
        return (), tuple(Fault(1, one, "column") for one in missing)
    if len(table) - 1 > MOST:
        return (), (Fault(MOST + 2, "", "many"),)
    rows, faults = list[Row](), list[Fault]()
    for number, cells in enumerate(table[1:], 2):
        if not any(one.strip() for one in cells):
            continue
        if len(cells) != len(head):
            faults.append(Fault(number, "", "cells"))
            continue
        said = {name: " ".join(cell.split()) for name, cell in zip(head, cells, strict=True)}
        row = Row(said["sheet"], said["name"], said["country"].upper())
        faults += [Fault(number, column, code, row.sheet) for column, code in _wrong(row)]
        rows.append(row)
    if not rows and not faults:
        faults.append(Fault(2, "", "nothing"))
    return (() if faults else tuple(rows)), tuple(faults)


def _wrong(row: Row) -> Iterator[tuple[str, str]]:
    if not row.sheet or len(row.sheet) > 20:
        yield "sheet", "sheet"
    if not row.name:
        yield "name", "empty"
    elif len(row.name) > LONGEST:
        yield "name", "long"
    if not COUNTRY.fullmatch(row.country):
        yield "country", "country"


def doubles(rows: Sequence[Row], apart: Collection[str] = ()) -> tuple[tuple[Double, ...], bool]:
    """Pairs of one country that may be one person, and whether all were compared. Nothing is ever put together here.

    >>> rows = [Row("1", "김별담", "KR", "a"), Row("2", "Kim Byeol-dam", "KR", "b"), Row("3", "김별담", "TH", "c")]
    >>> [(one.key, one.level) for one in doubles(rows)[0]], doubles(rows, ["a-b"])[0]
    ([('a-b', 'fine')], ())
    """
    found, left, known = dict[str, Double](), MOST_COMPARED, frozenset(apart)
    counted = [row for row in rows if not row.struck]
    for group in _groups(counted, lambda row: [_plain(row.name)]):
        for one, other in combinations(group, 2):
            double = Double(one, other, Level.SAME.value)
            if len(found) == MOST_COMPARED:  # one name a thousand times is half a million pairs: nobody reads them
                return _kept(found, apart), False
            if double.key not in known:
                found[double.key] = double
    for group in _groups(counted, _blocks):
        for one, other in combinations(group, 2):
            key = "-".join(sorted((one.id, other.id)))
            if key in found or key in known:
                continue
            if not left:
                return _kept(found, apart), False
            left -= 1
            level, _why = compare(one.name, other.name)
            if level in (Level.SAME, Level.FINE, Level.COARSE):
                double = Double(one, other, level.value)
                found[double.key] = double
    return _kept(found, apart), True


def _kept(found: dict[str, Double], apart: Collection[str]) -> tuple[Double, ...]:
    order = [one.value for one in Level]
    return tuple(sorted((one for key, one in found.items() if key not in apart),
                        key=lambda one: (order.index(one.level), one.one.name, one.key)))


def _groups(rows: Sequence[Row], keys: object) -> Iterable[list[Row]]:
    groups = defaultdict[tuple[str, object], list[Row]](list)
    for row in rows:
        for key in keys(row):  # type: ignore[operator]
            groups[row.country, key].append(row)
    return [group for group in groups.values() if len(group) > 1]


def _plain(name: str) -> str:
    return "".join(letter for letter in bare(name) if letter.isalpha())


def _blocks(row: Row) -> set[tuple[str, int]]:
    """Families that a name may be of, with how many syllables follow: only names that share one are compared."""
    return {(family, len(one.given)) for one in parse(row.name).readings for family in one.families}

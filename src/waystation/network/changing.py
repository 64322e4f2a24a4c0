"""A change of the world that somebody asks about: the book as it would be, beside the book as it is.

Both books hold the same places and legs, so that what is learnt of their dangers is the same; what is not there yet is
closed in the first. Where people may apply is no row of a book here but a goal of the question (`goals_of`), and how
much more or less dangerous something gets is a factor (`times_of`): nothing of what was learnt is written over.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from waystation.network.files import read_book, write_json
from waystation.network.jsonbook import json_of
from waystation.network.problems import InvalidBook
from waystation.network.rows import RouteBook
from waystation.problems import Findings, InvalidInput, Rule
from waystation.units import Money

MARK = "waystation_change"
SHEETS = ("apply", "prices", "hours", "dangers", "places", "profiles", "legs")
ADDED = ("places", "profiles", "legs")
LEAST, MOST = 0.0, 100.0
NOT_YET, OWN = "not there yet", "W-"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "apply": ("place", "open"), "prices": ("leg", "cost", "currency"), "hours": ("leg", "min", "mode", "max"),
    "dangers": ("area", "leg", "times"),
}
RULES = {
    "WI101": Rule("this is no change", f'give one JSON object that begins with "{MARK}": 1'),
    "WI102": Rule("the sheet is not known", f"keep to {', '.join(SHEETS)} and a title"),
    "WI103": Rule("a sheet is a list of rows", 'write [{{"place": "P1", "open": true}}], for example'),
    "WI104": Rule("the columns are not those of this sheet", "give {columns}"),
    "WI105": Rule("nothing changes", "name at least one row"),
    "WI201": Rule("the route book has no such place", "give the code of a place, of the book or of this change"),
    "WI202": Rule("the route book has no such leg", "give the code of a leg, of the book or of this change"),
    "WI203": Rule("the route book has no such area", "give the code of an area"),
    "WI204": Rule("a danger is that of an area or of a leg", "give one of the two"),
    "WI205": Rule("the number is outside its limits", f"give {LEAST:g} to {MOST:g}; 1 changes nothing"),
    "WI206": Rule("this is neither true nor false", "write true where people may apply, false where they no more may"),
    "WI207": Rule("the code stands in the route book already", "give what is added a code of its own"),
    "WI209": Rule("this is not a number", "write a plain number such as 12 or 0.5"),
    "WI208": Rule("this is changed twice", "keep one of the rows"),
}


class InvalidChange(InvalidInput):
    """A change that cannot be asked about as it is written."""


@dataclass(frozen=True, slots=True)
class Change:
    """What would be otherwise. Rows that are added are those of a route book in JSON."""

    title: str = ""
    opened: tuple[str, ...] = ()                       # places where people may apply from then on
    closed: tuple[str, ...] = ()                       # places where they no longer may
    prices: Mapping[str, tuple[float, str]] = field(default_factory=dict)   # by leg: amount per person, currency
    hours: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)  # by leg: shortest, usual, longest
    dangers: Mapping[str, float] = field(default_factory=dict)              # by area or leg: times as dangerous
    added: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)  # by sheet: rows


def read_change(data: bytes, book: RouteBook, *, name: str = "the change") -> Change:
    """A change from its JSON, checked against the book that it is of. Raises `InvalidChange` with every fault.

    >>> from waystation import worlds
    >>> book = read_book(worlds.world("river"))
    >>> said = b'{"waystation_change": 1, "dangers": [{"area": "NORTH", "times": 2}]}'
    >>> read_change(said, book)
    Traceback (most recent call last):
    waystation.network.changing.InvalidChange: the change: /dangers/0/area WI203 ...
    """
    to = Findings(RULES, file=name, address=lambda sheet, row, column: f"/{sheet}/{row - 2}/{column}".rstrip("/"),
                  sheets=SHEETS)
    try:
        said = json.loads(data)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or said.pop(MARK, None) != 1:
        to.add("WI101")
        raise InvalidChange(to.problems)
    title = str(said.pop("title", ""))[:200]
    for sheet in sorted(set(said) - set(SHEETS)):
        to.add("WI102", sheet=sheet, cell=f"/{sheet}"[:40])
    tables = {sheet: _rows(said, sheet, to) for sheet in SHEETS}
    if not to.problems and not any(tables.values()):
        to.add("WI105")
    change = _change(title, tables, _Known(book, tables), to) if not to.problems else Change()
    if to.problems:
        raise InvalidChange(to.sorted())
    for one in both_of(book, change):
        _read(json_of(one))  # what is changed must make a sound book
    return change


def both_of(book: RouteBook, change: Change) -> tuple[RouteBook, RouteBook]:
    """The book as it is, with what would be added closed, and as it would be. Raises `InvalidChange`."""
    return _with(book, change, there=False), _with(book, change, there=True)


def goals_of(book: RouteBook, asked: tuple[str, ...], change: Change) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Where people may apply as it is, and as it would be. `asked`: the goals of the question; none means all."""
    before = asked or tuple(place.code for place in book.places if place.goal)
    added = tuple(row["code"] for row in change.added.get("places", ()) if row.get("goal"))
    after = [code for code in before if code not in change.closed]
    return before, tuple(dict.fromkeys([*after, *change.opened, *added]))


def times_of(book: RouteBook, change: Change) -> tuple[dict[str, float], dict[str, float]]:
    """How many times as dangerous each leg and each place becomes, by code; an area's factor is that of what is in it.

    A leg is in the area in which it starts, as its dangers are; a factor of its own counts besides.
    """
    area = {place.code: place.area for place in book.places}
    legs = {leg.code: change.dangers.get(area[leg.start], 1.0) * change.dangers.get(leg.code, 1.0) for leg in book.legs}
    return legs, {code: change.dangers.get(where, 1.0) for code, where in area.items()}


# --- reading ----------------------------------------------------------------------------------------------------------


class _Known:
    """The codes that a change may speak of."""

    def __init__(self, book: RouteBook, tables: Mapping[str, list[Any]]) -> None:
        self.own = {sheet: {row.code for row in getattr(book, sheet)} for sheet in ADDED}
        new = {sheet: {row.get("code") for row in tables[sheet]} for sheet in ADDED}
        self.places, self.legs = self.own["places"] | new["places"], self.own["legs"] | new["legs"]
        self.areas = {row.code for row in book.areas}


def _rows(said: Mapping[str, Any], sheet: str, to: Findings) -> list[dict[str, Any]]:
    rows = said.get(sheet, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        to.add("WI103", sheet=sheet, cell=f"/{sheet}")
        return []
    if sheet in COLUMNS:
        for number, row in enumerate(rows, 2):
            needed = set(COLUMNS[sheet]) if sheet != "dangers" else {"times"}
            if not needed <= set(row) <= set(COLUMNS[sheet]):
                to.add("WI104", sheet, number, columns=", ".join(COLUMNS[sheet]))
    return rows


def _change(title: str, tables: Mapping[str, list[dict[str, Any]]], known: _Known, to: Findings) -> Change:
    for sheet in ADDED:
        for number, row in enumerate(tables[sheet], 2):
            if row.get("code") in known.own[sheet]:
                to.add("WI207", sheet, number, "code")
    opened = _once(tables["apply"], "apply", "place", known.places, "WI201", to)
    for number, row in enumerate(tables["apply"], 2):
        if not isinstance(row["open"], bool):
            to.add("WI206", "apply", number, "open")
    prices = _once(tables["prices"], "prices", "leg", known.legs, "WI202", to)
    hours = _once(tables["hours"], "hours", "leg", known.legs, "WI202", to)
    dangers = _dangers(tables["dangers"], known, to)
    for sheet, columns in (("prices", ("cost",)), ("hours", ("min", "mode", "max"))):
        for number, row in enumerate(tables[sheet], 2):
            for column in columns:
                if isinstance(row[column], bool) or not isinstance(row[column], int | float):
                    to.add("WI209", sheet, number, column)
    if to.problems:
        return Change()
    return Change(
        title, tuple(code for code, row in opened.items() if row["open"]),
        tuple(code for code, row in opened.items() if not row["open"]),
        {code: (row["cost"], row["currency"]) for code, row in prices.items()},
        {code: (float(row["min"]), float(row["mode"]), float(row["max"])) for code, row in hours.items()}, dangers,
        {sheet: tuple(tables[sheet]) for sheet in ADDED if tables[sheet]})


def _once(rows: list[dict[str, Any]], sheet: str, column: str, known: set[str], code: str,
          to: Findings) -> dict[str, dict[str, Any]]:
    """Rows by their code, which must be known and stand once."""
    found: dict[str, dict[str, Any]] = {}
    for number, row in enumerate(rows, 2):
        if not isinstance(row[column], str) or row[column] not in known:
            to.add(code, sheet, number, column)
        elif row[column] in found:
            to.add("WI208", sheet, number, column)
        else:
            found[row[column]] = row
    return found


def _dangers(rows: list[dict[str, Any]], known: _Known, to: Findings) -> dict[str, float]:
    found: dict[str, float] = {}
    for number, row in enumerate(rows, 2):
        named = [name for name in ("area", "leg") if row.get(name)]
        if len(named) != 1:
            to.add("WI204", "dangers", number)
            continue
        (name,), times = named, row["times"]
        if not isinstance(times, int | float) or isinstance(times, bool) or not LEAST <= times <= MOST:
            to.add("WI205", "dangers", number, "times")
        elif not isinstance(row[name], str) or row[name] not in (known.areas if name == "area" else known.legs):
            to.add("WI203" if name == "area" else "WI202", "dangers", number, name)
        elif row[name] in found:
            to.add("WI208", "dangers", number, name)
        else:
            found[row[name]] = float(times)
    return found


# --- the two books ----------------------------------------------------------------------------------------------------


def _with(book: RouteBook, change: Change, *, there: bool) -> RouteBook:
    """The book with the rows of a change: in force, or with all that is added closed. Raises `InvalidChange`."""
    whole = _added(book, change, there=there) if change.added else book
    profiles, legs = {one.code: one for one in whole.profiles}, []
    for leg in whole.legs:
        own = profiles[leg.profile]
        if leg.code in change.hours:  # a duration of its own, before and after: other legs may have the same profile
            hours = change.hours[leg.code] if there else own.hours
            own = profiles[f"{OWN}{leg.code}"[:24]] = replace(own, code=f"{OWN}{leg.code}"[:24], hours=hours)
        amount, currency = change.prices.get(leg.code, (0, "")) if there else (0, "")
        cost = Money(Decimal(str(amount)), currency) if currency else leg.cost
        legs.append(replace(leg, profile=own.code, cost=cost))
    return replace(whole, legs=tuple(legs), profiles=tuple(profiles.values()))


def _added(book: RouteBook, change: Change, *, there: bool) -> RouteBook:
    table = json.loads(write_json(book))
    for sheet, rows in change.added.items():
        shut = {"status": "closed", "reason": NOT_YET} if sheet == "legs" and not there else {}
        table[sheet] = [*table.get(sheet, []), *({**row, **shut} for row in rows)]
    return _read(json.dumps(table).encode())


def _read(data: bytes) -> RouteBook:
    try:
        return read_book(data, name="the changed book")
    except InvalidBook as error:
        raise InvalidChange(error.problems) from error

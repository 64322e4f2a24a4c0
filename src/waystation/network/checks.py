"""Whether the rows of a route book fit together: within a row, between rows of a sheet, and over the whole network.

Each rule within a row stands as one line of `ROW_RULES`: its code, the column to look at, and when it is broken. Rules
over several rows are functions. A rule over rows says nothing while one of those rows cannot be read, because what
would be reported then might be an echo of that first mistake.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from waystation.network.chains import Chains, chains_of
from waystation.network.columns import BY_NAME, FORMAT, Sheet
from waystation.network.problems import InvalidBook
from waystation.network.references import check_once, check_references
from waystation.network.rows import BookRow, Rate, RouteBook, Season
from waystation.network.tables import ReadRow, Tables, book_of
from waystation.problems import Findings
from waystation.units import Money

MOST_CONDITIONS, MOST_SEASONS, MOST_PROFILES, MOST_LEGS_OUT = 6, 12, 64, 253
MOST_UNITS = 32_767  # an amount in money units fits 16 bits
MOST_STEPS = 31  # of one leg
SUM_TOLERANCE = 1e-9

Broken = Callable[[Any], bool]


def _after(first: str, second: str) -> Broken:
    def broken(row: Any) -> bool:
        early, late = getattr(row, first), getattr(row, second)
        return early is not None and late is not None and early > late

    return broken


def _not_below(row: Any) -> bool:
    return bool(row.most_likely >= row.surely_below)


# sheet -> (code, column, when it is broken, hints of the sentence)
ROW_RULES: dict[str, tuple[tuple[str, str, Broken, dict[str, str]], ...]] = {
    "book": (
        ("RB225", "money_value", lambda b: b.unit.value == 0, {}),
        ("RB806", "conditions", lambda b: len(b.conditions) > MOST_CONDITIONS, {}),
        ("RB807", "seasons", lambda b: len(b.seasons) > MOST_SEASONS, {}),
        ("RB211", "seasons", lambda b: len({s.name for s in b.seasons}) < len(b.seasons), {}),
        ("RB506", "seasons", lambda b: min(_times_held(b.seasons)) == 0, {}),
        ("RB507", "seasons", lambda b: max(_times_held(b.seasons)) > 1, {}),
        ("RB706", "as_of", lambda b: b.as_of is not None and not b.fictional, {}),
    ),
    "profiles": (
        ("RB214", "min", lambda p: list(p.hours) != sorted(p.hours), {}),
        ("RB402", "q1", lambda p: abs(sum(p.shares) - 1) > SUM_TOLERANCE, {}),
    ),
    "legs": (
        ("RB605", "to", lambda leg: leg.start == leg.end, {}),
        ("RB215", "min_age", _after("min_age", "max_age"), {}),
        ("RB216", "swim", lambda leg: leg.mode == "swim" and not leg.swim, {}),
        ("RB702", "reason", lambda leg: leg.status == "forbidden" and not leg.reason, {}),
    ),
    "windows": (
        ("RB504", "to_date", _after("from_date", "to_date"), {"first": "from_date", "second": "to_date"}),
    ),
    "reports": (
        ("RB504", "received_at", _after("observed_at", "received_at"),
         {"first": "observed_at", "second": "received_at"}),
    ),
    "outcomes": (
        ("RB504", "ended_at", _after("started", "ended_at"), {"first": "started", "second": "ended_at"}),
        ("RB504", "last_heard", _after("started", "last_heard"), {"first": "started", "second": "last_heard"}),
        ("RB505", "last_heard", lambda o: o.ended == "silent" and o.last_heard is None, {}),
    ),
    "priors": (
        ("RB217", "most_likely", _not_below, {}),
        ("RB226", "leg", lambda p: bool(p.leg and (p.mode or p.country)), {}),
    ),
    "waiting_loss": (("RB217", "most_likely", _not_below, {}),),
    "silence": (("RB223", "delay_median", lambda s: s.delay_median_h >= s.delay_95_h, {}),),
}


def checked(tables: Tables, findings: Findings) -> RouteBook:
    """The route book of these tables. Raises `InvalidBook` with everything noted so far and everything found here."""
    check_references(tables, findings)
    check_once(tables, findings)
    for name in ROW_RULES:
        for read in tables.get(name, []):
            check_row(BY_NAME[name], read, findings)
    _check_format(tables, findings)
    _check_areas(tables, findings)
    _check_durations(tables, findings)
    _check_amounts(tables, findings)
    _check_network(tables, findings)
    _check_chains(tables, findings)
    if findings.problems:
        raise InvalidBook(findings.sorted())
    return book_of(tables)


def check_row(sheet: Sheet, read: ReadRow, findings: Findings) -> None:
    """Note the rules that a row breaks by itself."""
    for code, column, broken, hints in ROW_RULES.get(sheet.name, ()):
        if read.row is not None and broken(read.row):
            findings.add(code, sheet.name, read.number, column, **hints)


def _rows(tables: Tables, sheet: str) -> list[ReadRow]:
    """The rows of a sheet, or none while one of them is broken or the sheet is missing."""
    rows = tables.get(sheet, [])
    return rows if all(read.row is not None for read in rows) else []


def _book(tables: Tables) -> BookRow | None:
    rows = _rows(tables, "book")
    return rows[0].row if rows else None


def _times_held(seasons: tuple[Season, ...]) -> list[int]:
    return [sum(season.holds(month) for season in seasons) for month in range(1, 13)]


def _check_format(tables: Tables, findings: Findings) -> None:
    for read in tables.get("book", []):
        if read.values.get("format", FORMAT) != FORMAT:
            findings.add("RB109", "book", read.number, "format")


def _check_areas(tables: Tables, findings: Findings) -> None:
    countries = {read.values.get("country") for read in tables.get("areas", [])}
    for read in tables.get("areas", []):
        if read.values.get("code") in countries:
            findings.add("RB606", "areas", read.number, "code")


def _check_durations(tables: Tables, findings: Findings) -> None:
    book = _book(tables)
    profiles = tables.get("profiles", [])
    if len(profiles) > MOST_PROFILES:
        findings.add("RB805", "profiles", profiles[MOST_PROFILES].number, "code")
    for read in profiles:
        if book and read.row is not None and max(read.row.hours) > MOST_STEPS * book.step_hours:
            findings.add("RB809", "profiles", read.number, "max")


def _check_amounts(tables: Tables, findings: Findings) -> None:
    book = _book(tables)
    if book is None or book.unit.value == 0:
        return
    rates = {read.row.currency: read.row for read in tables.get("rates", []) if read.row is not None}
    for read in tables.get("rates", []):
        if read.values.get("currency") == book.unit.currency:
            findings.add("RB607", "rates", read.number, "currency")
    for sheet, column in (("places", "wait_cost"), ("legs", "cost"), ("guides", "fee")):
        for read in tables.get(sheet, []):
            amount = getattr(read.row, column, None)
            if amount is not None and _units(amount, book, rates) > MOST_UNITS:
                findings.add("RB808", sheet, read.number, column)


def _units(amount: Money, book: BookRow, rates: dict[str, Rate]) -> Fraction:
    """The amount in money units; 0 while its currency has no rate."""
    if amount.currency == book.unit.currency:
        return Fraction(amount.amount) / Fraction(book.unit.value)
    rate = rates.get(amount.currency)
    return Fraction(amount.amount) / Fraction(str(rate.per_unit)) if rate else Fraction(0)


def _check_network(tables: Tables, findings: Findings) -> None:
    """Goals that nothing leads to, places that nothing leads on from, places with too many ways out.

    A forbidden leg leads nowhere. A closed one may open again and counts.
    """
    legs, places = _rows(tables, "legs"), _rows(tables, "places")
    codes = {read.row.code for read in places}
    if any(not {read.row.start, read.row.end} <= codes for read in legs):
        return
    out = Counter(read.row.start for read in legs)
    onward = {read.row.start for read in legs if read.row.status != "forbidden"}
    reached = {read.row.end for read in legs if read.row.status != "forbidden"}
    for read in places:
        place = read.row
        if out[place.code] > MOST_LEGS_OUT:
            findings.add("RB804", "places", read.number, "code")
        if legs and place.goal and place.code not in reached:
            findings.add("RB601", "places", read.number, "goal")
        ends_here = place.goal or place.stay_value > 0 or place.kind == "custody"
        if place.code in reached and place.code not in onward and not ends_here:
            findings.add("RB603", "places", read.number, "code")
    if places and not any(read.row.goal for read in places):
        findings.add("RB602", "places", 1, "goal")


def _check_chains(tables: Tables, findings: Findings) -> None:
    """Rows that do not add up, and areas whose chain does not close over the conditions that occur there."""
    rows, book = _rows(tables, "chains"), _book(tables)
    if book is None or not rows or not _known_chain_words(rows, book):
        return
    groups: dict[tuple[str, str, str], list[ReadRow]] = defaultdict(list)
    for read in rows:
        groups[read.row.scope, read.row.season, read.row.from_condition].append(read)
    for group in groups.values():
        if abs(sum(read.row.share for read in group) - 1) > SUM_TOLERANCE:
            findings.add("RB403", "chains", group[0].number, "share")
        for read in group[1:]:
            if read.row.strength != group[0].row.strength:
                findings.add("RB404", "chains", read.number, "strength")
    chains = chains_of(tuple(read.row for read in rows), book)
    leading: set[int] = set()
    for read in _rows(tables, "areas"):
        _check_area_chain(read, chains, rows, leading, findings)
    for number in sorted(leading):
        findings.add("RB405", "chains", number, "to_condition")


def _known_chain_words(rows: list[ReadRow], book: BookRow) -> bool:
    conditions, seasons = set(book.conditions), {"", *(season.name for season in book.seasons)}
    return all({read.row.from_condition, read.row.to_condition} <= conditions and read.row.season in seasons
               for read in rows)


def _check_area_chain(read: ReadRow, chains: Chains, rows: list[ReadRow], leading: set[int],
                      findings: Findings) -> None:
    area = read.row
    occurring = [chains.occurring(area, season) for season in chains.seasons]
    if not any(occurring):
        findings.add("RB407", "areas", read.number, "code")
    elif any(one != occurring[0] for one in occurring):
        findings.add("RB406", "areas", read.number, "code")
    else:
        used = {row for season in chains.seasons for condition in occurring[0]
                for row in chains.rows(area, season, condition)}
        leading |= {read.number for read in rows
                    if read.row in used and read.row.share > 0 and read.row.to_condition not in occurring[0]}


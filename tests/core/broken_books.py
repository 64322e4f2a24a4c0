"""Broken books by named edits of a good one: what was changed, and every problem that must then be found.

An edit works on the JSON tables of the example book; the same tables are also laid out as a workbook, so that both readers
are judged by the same list. Rows count as in a workbook: 2 is the first.
"""

import io
import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import openpyxl
import pytest

from waystation.network.columns import BY_NAME
from waystation.network.example import example_book
from waystation.network.files import read_book, write_json
from waystation.network.problems import InvalidBook

Tables = dict[str, Any]
Edit = Callable[[Tables], None]
GOOD: Tables = json.loads(write_json(example_book()))


def put(sheet: str, row: int, column: str, value: Any) -> Edit:
    """Write a value into a cell; row 2 is the first."""

    def edit(tables: Tables) -> None:
        if sheet == "book":
            tables["book"][column] = value
        else:
            tables[sheet][row - 2][column] = value

    return edit


def empty(sheet: str, row: int, column: str) -> Edit:
    """Empty a cell."""

    def edit(tables: Tables) -> None:
        (tables["book"] if sheet == "book" else tables[sheet][row - 2]).pop(column)

    return edit


def more(sheet: str, *rows: dict[str, Any]) -> Edit:
    """Add rows."""
    return lambda tables: tables.setdefault(sheet, []).extend(deepcopy(list(rows)))


def again(sheet: str, row: int, **changes: Any) -> Edit:
    """Add a row once more, with changes."""
    return lambda tables: tables[sheet].append({**tables[sheet][row - 2], **changes})


def without(sheet: str, row: int) -> Edit:
    """Take a row out."""
    return lambda tables: tables[sheet].pop(row - 2)


def gone(sheet: str) -> Edit:
    """Take a sheet out."""
    return lambda tables: tables.pop(sheet)


def all_of(*edits: Edit) -> Edit:
    """Several edits."""

    def edit(tables: Tables) -> None:
        for one in edits:
            one(tables)

    return edit


def cells(column: str, *rows: int) -> Callable[[str, str], list[tuple[str, int, str, str]]]:
    """Expected problems of one code in several rows of a column."""
    return lambda sheet, code: [(sheet, row, column, code) for row in rows]


def edited(edit: Edit) -> Tables:
    """The good tables after an edit."""
    tables = deepcopy(GOOD)
    edit(tables)
    return tables


def as_json(tables: Tables) -> bytes:
    """The tables as a JSON file."""
    return json.dumps(tables).encode()


def as_workbook(tables: Tables) -> bytes:
    """The same tables laid out as a workbook, every sheet with all its headings."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, table in tables.items():
        if name == "waystation_route_book":
            continue
        rows = [{"format": tables.get("waystation_route_book"), **table}] if name == "book" else table
        page = made.create_sheet(name)
        heads = [column.name for column in BY_NAME[name].columns] if name in BY_NAME else []
        heads += [key for row in rows for key in row if key not in heads]
        page.append(list(dict.fromkeys(heads)))
        for row in rows:
            page.append([_cell(row.get(head)) for head in dict.fromkeys(heads)])
            for cell in page[page.max_row]:
                if cell.data_type == "f":
                    cell.data_type = "s"  # text that begins like a formula, not a formula
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ";".join(map(str, value)) if isinstance(value, list) else value


LONG = "x" * 501
PRIOR = {"mode": "bus", "split": "lost", "most_likely": 2, "surely_below": 8, "author": "desk", "date": "2030-01-20",
         "basis": "invented"}
WAIT = {"scope": "START", "condition": "calm", "most_likely": 1, "surely_below": 4, "author": "desk",
        "date": "2030-01-20", "basis": "invented"}
STAYS = {"from_condition": "calm", "to_condition": "calm", "share": 1}

BROKEN: dict[str, tuple[Edit, list[tuple[str, int, str, str]]]] = {
    # --- structure
    "format missing": (lambda t: t.pop("waystation_route_book"), [("book", 2, "format", "RB201")]),
    "format of a later version": (lambda t: t.update(waystation_route_book=2), [("book", 2, "format", "RB109")]),
    "format not a number": (lambda t: t.update(waystation_route_book="one"), [("book", 2, "format", "RB202")]),
    "unknown sheet": (more("lges", {"code": "L1"}), [("", 0, "", "RB110")]),
    "no sheet book": (gone("book"), [("book", 0, "", "RB111")]),
    "no sheet areas": (gone("areas"), [("areas", 0, "", "RB111")]),
    "no sheet places": (gone("places"), [("places", 0, "", "RB111")]),
    "no sheet profiles": (gone("profiles"), [("profiles", 0, "", "RB111")]),
    "no sheet legs": (all_of(gone("legs"), gone("guides")), [("legs", 0, "", "RB111")]),
    "no sheet chains": (gone("chains"), [("chains", 0, "", "RB111")]),
    "no legs in the sheet": (lambda t: t["legs"].clear(), [("legs", 0, "", "RB112")]),
    "no areas in the sheet": (lambda t: t["areas"].clear(), [("areas", 0, "", "RB112")]),
    "no chains in the sheet": (lambda t: t["chains"].clear(), [("chains", 0, "", "RB112")]),
    "unknown column": (put("legs", 2, "danger", 3), [("legs", 1, "", "RB113")]),
    "misspelt column": (all_of(put("legs", 2, "kost", 3), empty("legs", 2, "cost")),
                        [("legs", 1, "", "RB113"), ("legs", 2, "cost", "RB201")]),
    "unit in a column's name": (put("reports", 2, "valid_for_h", 12), [("reports", 1, "", "RB113")]),
    # --- values
    "title missing": (empty("book", 2, "title"), [("book", 2, "title", "RB201")]),
    "title blank": (put("book", 2, "title", "   "), [("book", 2, "title", "RB201")]),
    "title begins like a formula": (put("book", 2, "title", "=1+1"), [("book", 2, "title", "RB122")]),
    "near begins with a plus": (put("places", 2, "near", "+ the valley"), [("places", 2, "near", "RB122")]),
    "near begins with a minus": (put("places", 2, "near", "- the valley"), [("places", 2, "near", "RB122")]),
    "near begins with an at": (put("places", 2, "near", "@valley"), [("places", 2, "near", "RB122")]),
    "two lines": (put("legs", 3, "reason", "first line\nsecond line"), [("legs", 3, "reason", "RB123")]),
    "text that turns round": (put("legs", 3, "reason", "safe \u202egniton"), [("legs", 3, "reason", "RB123")]),
    "title too long": (put("book", 2, "title", LONG), [("book", 2, "title", "RB210")]),
    "step of zero hours": (put("book", 2, "step_hours", 0), [("book", 2, "step_hours", "RB205")]),
    "step of 25 hours": (put("book", 2, "step_hours", 25), [("book", 2, "step_hours", "RB205")]),
    "step of a word": (put("book", 2, "step_hours", "half a day"), [("book", 2, "step_hours", "RB202")]),
    "step of half an hour": (put("book", 2, "step_hours", 1.5), [("book", 2, "step_hours", "RB204")]),
    "money unit of zero": (put("book", 2, "money_value", 0), [("book", 2, "money_value", "RB225")]),
    "money unit negative": (put("book", 2, "money_value", -10), [("book", 2, "money_value", "RB206")]),
    "money unit in words": (put("book", 2, "money_value", "ten"), [("book", 2, "money_value", "RB202")]),
    "currency in small letters": (put("book", 2, "money_currency", "usd"), [("book", 2, "money_currency", "RB212")]),
    "condition in capitals": (put("book", 2, "conditions", ["Calm", "alert"]), [("book", 2, "conditions", "RB222")]),
    "condition twice": (put("book", 2, "conditions", ["calm", "alert", "calm"]), [("book", 2, "conditions", "RB211")]),
    "fictional perhaps": (put("book", 2, "fictional", "perhaps"), [("book", 2, "fictional", "RB209")]),
    "code in small letters": (put("areas", 2, "code", "west"),
                              [("areas", 2, "code", "RB208"), *cells("area", 2, 3)("places", "RB301"),
                               ("reports", 2, "area", "RB301"), ("waiting_loss", 2, "scope", "RB308")]),
    "code too long": (again("profiles", 2, code="P" * 25), [("profiles", 4, "code", "RB208")]),
    "code missing": (again("profiles", 2, code=""), [("profiles", 4, "code", "RB201")]),
    "code with a blank": (again("profiles", 2, code="HALF DAY"), [("profiles", 4, "code", "RB208")]),
    "country by its name": (again("areas", 2, code="NORTH", country="Thailand"), [("areas", 4, "country", "RB220")]),
    "country that is none": (again("areas", 2, code="NORTH", country="XX"), [("areas", 4, "country", "RB220")]),
    "river maybe": (put("areas", 2, "river", "maybe"), [("areas", 2, "river", "RB209")]),
    "unknown kind of place": (put("places", 2, "kind", "castle"), [("places", 2, "kind", "RB207")]),
    "goal by a number": (put("places", 2, "goal", 2), [("places", 2, "goal", "RB209")]),
    "wait cost negative": (put("places", 2, "wait_cost", -1), [("places", 2, "wait_cost", "RB206")]),
    "wait cost without currency": (empty("places", 2, "currency"), [("places", 2, "currency", "RB213")]),
    "currency without wait cost": (put("places", 3, "currency", "USD"), [("places", 3, "wait_cost", "RB213")]),
    "longest wait negative": (put("places", 3, "max_wait", -1), [("places", 3, "max_wait", "RB205")]),
    "longest wait half a step": (put("places", 3, "max_wait", 0.5), [("places", 3, "max_wait", "RB204")]),
    "latitude beyond the pole": (all_of(put("places", 2, "map_lat", 91), put("places", 2, "map_lon", 10)),
                                 [("places", 2, "map_lat", "RB205")]),
    "latitude without longitude": (put("places", 2, "map_lat", 15.2), [("places", 2, "map_lon", "RB221")]),
    "longitude without latitude": (put("places", 2, "map_lon", 15.2), [("places", 2, "map_lat", "RB221")]),
    "duration zero": (put("profiles", 2, "min", 0), [("profiles", 2, "min", "RB203")]),
    "duration negative": (put("profiles", 2, "mode", -3), [("profiles", 2, "mode", "RB203")]),
    "duration in words": (put("profiles", 2, "max", "a day"), [("profiles", 2, "max", "RB202")]),
    "durations falling": (put("profiles", 2, "min", 11), [("profiles", 2, "min", "RB214")]),
    "duration missing": (empty("profiles", 2, "max"), [("profiles", 2, "max", "RB201")]),
    "cost negative": (put("legs", 2, "cost", -15), [("legs", 2, "cost", "RB206")]),
    "cost in words": (put("legs", 2, "cost", "cheap"), [("legs", 2, "cost", "RB202")]),
    "cost with a comma": (put("legs", 2, "cost", "1,5"), [("legs", 2, "cost", "RB202")]),
    "cost missing": (empty("legs", 2, "cost"), [("legs", 2, "cost", "RB201")]),
    "cost with five decimals": (put("legs", 2, "cost", 1.23456), [("legs", 2, "cost", "RB218")]),
    "currency of a leg missing": (empty("legs", 2, "currency"), [("legs", 2, "currency", "RB201")]),
    "unknown mode": (put("legs", 2, "mode", "camel"), [("legs", 2, "mode", "RB207")]),
    "exertion of six": (put("legs", 2, "exertion", 6), [("legs", 2, "exertion", "RB205")]),
    "exertion of two and a half": (put("legs", 2, "exertion", 2.5), [("legs", 2, "exertion", "RB204")]),
    "load negative": (put("legs", 2, "carry_kg", -1), [("legs", 2, "carry_kg", "RB205")]),
    "load in words": (put("legs", 2, "carry_kg", "a bag"), [("legs", 2, "carry_kg", "RB202")]),
    "a month without cold": (put("legs", 3, "uncooled_h", 745), [("legs", 3, "uncooled_h", "RB205")]),
    "half an hour without cold": (put("legs", 3, "uncooled_h", 0.5), [("legs", 3, "uncooled_h", "RB204")]),
    "cooled perhaps": (put("places", 3, "cooling", "perhaps"), [("places", 3, "cooling", "RB209")]),
    "walking negative": (put("legs", 2, "walk_km", -1), [("legs", 2, "walk_km", "RB205")]),
    "unknown exposure": (put("legs", 3, "exposure", ["water", "wind"]), [("legs", 3, "exposure", "RB207")]),
    "exposure twice": (put("legs", 3, "exposure", ["water", "water"]), [("legs", 3, "exposure", "RB211")]),
    "swimming perhaps": (put("legs", 3, "swim", "perhaps"), [("legs", 3, "swim", "RB209")]),
    "swimming leg not marked": (put("legs", 3, "mode", "swim"), [("legs", 3, "swim", "RB216")]),
    "group of nobody": (put("legs", 3, "group_max", 0), [("legs", 3, "group_max", "RB205")]),
    "ages crossed": (put("legs", 3, "min_age", 80), [("legs", 3, "min_age", "RB215")]),
    "age of 121": (put("legs", 3, "max_age", 121), [("legs", 3, "max_age", "RB205")]),
    "week 60 of a pregnancy": (put("legs", 3, "pregnancy_max_weeks", 60), [("legs", 3, "pregnancy_max_weeks", "RB205")]),
    "unknown status": (put("legs", 3, "status", "risky"), [("legs", 3, "status", "RB207")]),
    "unknown part of the day": (put("windows", 2, "part", "dusk"), [("windows", 2, "part", "RB207")]),
    "strength zero": (again("chains", 2, scope="LA", strength=0), [("chains", 10, "strength", "RB225")]),
    "unknown reliability": (put("reports", 2, "reliability", "G"), [("reports", 2, "reliability", "RB207")]),
    "credibility of seven": (put("reports", 2, "credibility", 7), [("reports", 2, "credibility", "RB205")]),
    "fourth hand": (put("reports", 2, "hand", 4), [("reports", 2, "hand", "RB205")]),
    "never valid": (put("reports", 2, "valid_for", 0), [("reports", 2, "valid_for", "RB225")]),
    "source with a name": (put("reports", 2, "source", "Somebody"), [("reports", 2, "source", "RB208")]),
    "unknown end": (put("outcomes", 2, "ended", "lost"), [("outcomes", 2, "ended", "RB207")]),
    "party of nobody": (put("outcomes", 2, "party_size", 0), [("outcomes", 2, "party_size", "RB205")]),
    "unknown split": (put("priors", 2, "split", "harmed"), [("priors", 2, "split", "RB207")]),
    "prior without an author": (empty("priors", 2, "author"), [("priors", 2, "author", "RB201")]),
    "prior of a leg and a mode": (put("priors", 2, "leg", "L1"), [("priors", 2, "leg", "RB226")]),
    "prior of a leg that is none": (all_of(put("priors", 2, "leg", "L99"), empty("priors", 2, "mode")),
                                    [("priors", 2, "leg", "RB304")]),
    "prior surely below its middle": (put("priors", 2, "surely_below", 2), [("priors", 2, "most_likely", "RB217")]),
    "waiting surely below its middle": (put("waiting_loss", 2, "most_likely", 9),
                                        [("waiting_loss", 2, "most_likely", "RB217")]),
    "delays crossed": (put("silence", 2, "delay_median", 720), [("silence", 2, "delay_median", "RB223")]),
    "rate of zero": (put("rates", 2, "per_unit", 0), [("rates", 2, "per_unit", "RB225")]),
    "guide for nobody": (put("guides", 2, "capacity", 0), [("guides", 2, "capacity", "RB205")]),
    "guide's fee negative": (put("guides", 2, "fee", -1), [("guides", 2, "fee", "RB206")]),
    "guide with a leg twice": (put("guides", 2, "legs", ["L2", "L2"]), [("guides", 2, "legs", "RB211")]),
    # --- references
    "place in no area": (put("places", 2, "area", "WESTT"), [("places", 2, "area", "RB301")]),
    "report on no area": (put("reports", 2, "area", "NORTH"), [("reports", 2, "area", "RB301")]),
    "leg from nowhere": (put("legs", 2, "from", "STRT"), [("legs", 2, "from", "RB302")]),
    "leg to nowhere": (put("legs", 2, "to", "MIDD"), [("legs", 2, "to", "RB302")]),
    "leg of no profile": (put("legs", 2, "profile", "QUICK"), [("legs", 2, "profile", "RB303")]),
    "window of no leg": (put("windows", 2, "leg", "L9"), [("windows", 2, "leg", "RB304")]),
    "outcome of no leg": (put("outcomes", 2, "leg", "L9"), [("outcomes", 2, "leg", "RB304")]),
    "guide of no leg": (put("guides", 2, "legs", ["L2", "L9"]), [("guides", 2, "legs", "RB304")]),
    "chain from no condition": (put("chains", 2, "from_condition", "storm"), [("chains", 2, "from_condition", "RB305")]),
    "chain to no condition": (put("chains", 3, "to_condition", "storm"), [("chains", 3, "to_condition", "RB305")]),
    "report of no condition": (put("reports", 2, "condition", "alert|storm"), [("reports", 2, "condition", "RB305")]),
    "outcome in no condition": (put("outcomes", 2, "condition", "storm"), [("outcomes", 2, "condition", "RB305")]),
    "prior in no condition": (put("priors", 2, "condition", "storm"), [("priors", 2, "condition", "RB305")]),
    "outcome in no season": (put("outcomes", 2, "season", "autumn"), [("outcomes", 2, "season", "RB306")]),
    "chain in no season": (again("chains", 2, season="autumn"), [("chains", 10, "season", "RB306")]),
    "cost in a currency without a rate": (put("legs", 2, "currency", "EUR"), [("legs", 2, "currency", "RB307")]),
    "fee in a currency without a rate": (put("guides", 2, "currency", "EUR"), [("guides", 2, "currency", "RB307")]),
    "wait cost in a currency without a rate": (put("places", 2, "currency", "EUR"), [("places", 2, "currency", "RB307")]),
    "rate taken away": (gone("rates"), [("legs", 3, "currency", "RB307")]),
    "chain of no scope": (put("chains", 6, "scope", "NORTH"), [("chains", 6, "scope", "RB308"),
                                                               ("chains", 6, "share", "RB403"),
                                                               ("chains", 7, "share", "RB403")]),
    "break of no scope": (put("breaks", 2, "scope", "everything"), [("breaks", 2, "scope", "RB308")]),
    "waiting at no scope": (put("waiting_loss", 2, "scope", "NORTH"), [("waiting_loss", 2, "scope", "RB308")]),
    "prior for a country without areas": (put("priors", 3, "country", "CN"), [("priors", 3, "country", "RB309")]),
    "name of nothing": (more("names", {"code": "NORTH", "name": "invented"}), [("names", 2, "code", "RB310")]),
    # --- probabilities
    "probability above 1": (put("silence", 2, "ever_reported", 1.2), [("silence", 2, "ever_reported", "RB401")]),
    "probability below 0": (put("breaks", 2, "keep", -0.1), [("breaks", 2, "keep", "RB401")]),
    "probability of a word": (put("breaks", 2, "keep", "little"), [("breaks", 2, "keep", "RB202")]),
    "stay value of 1": (put("places", 3, "stay_value", 1), [("places", 3, "stay_value", "RB401")]),
    "share above 1": (put("profiles", 2, "q1", 1.5), [("profiles", 2, "q1", "RB401")]),
    "shares not 1": (put("profiles", 2, "q1", 0.31), [("profiles", 2, "q1", "RB402")]),
    "chain row not 1": (put("chains", 3, "share", 0.2), [("chains", 2, "share", "RB403")]),
    "chain row with one share only": (without("chains", 5), [("chains", 4, "share", "RB403")]),
    "chain share above 1": (put("chains", 2, "share", 1.1), [("chains", 2, "share", "RB401")]),
    "chain strengths differ": (put("chains", 3, "strength", 9), [("chains", 3, "strength", "RB404")]),
    "chain into what does not occur": (
        lambda t: t.update(chains=t["chains"][:2] + t["chains"][4:]), [("chains", 3, "to_condition", "RB405")]),
    "condition in one season only": (
        all_of(put("chains", 4, "season", "winter"), put("chains", 5, "season", "winter"),
               put("chains", 2, "share", 1), put("chains", 3, "share", 0)), [("areas", 2, "code", "RB406")]),
    "area without a chain": (again("areas", 2, code="NORTH", country="VN"), [("areas", 4, "code", "RB407")]),
    "prior of 100": (put("priors", 2, "surely_below", 100), [("priors", 2, "surely_below", "RB408")]),
    "prior of 0": (put("priors", 2, "most_likely", 0), [("priors", 2, "most_likely", "RB408")]),
    "prior of 250": (put("priors", 2, "most_likely", 250), [("priors", 2, "most_likely", "RB408")]),
    # --- dates and seasons
    "date in words": (put("priors", 2, "date", "last winter"), [("priors", 2, "date", "RB501")]),
    "date with the day first": (put("priors", 2, "date", "20.01.2030"), [("priors", 2, "date", "RB501")]),
    "30 February": (put("breaks", 2, "date", "2030-02-30"), [("breaks", 2, "date", "RB501")]),
    "date as a number": (put("rates", 2, "date", 47503), [("rates", 2, "date", "RB501")]),
    "time in words": (put("reports", 2, "observed_at", "noon"), [("reports", 2, "observed_at", "RB502")]),
    "time as a number": (put("reports", 2, "observed_at", 12), [("reports", 2, "observed_at", "RB502")]),
    "year 1030": (put("rates", 2, "date", "1030-02-01"), [("rates", 2, "date", "RB503")]),
    "year 3030": (put("reports", 2, "received_at", "3030-02-01"), [("reports", 2, "received_at", "RB503")]),
    "window that ends before it begins": (put("windows", 2, "to_date", "2030-01-01"), [("windows", 2, "to_date", "RB504")]),
    "heard of before it was seen": (put("reports", 2, "received_at", "2030-02-07"),
                                    [("reports", 2, "received_at", "RB504")]),
    "ended before it started": (put("outcomes", 2, "ended_at", "2029-11-01"), [("outcomes", 2, "ended_at", "RB504")]),
    "heard of before it started": (put("outcomes", 3, "last_heard", "2029-11-01"),
                                   [("outcomes", 3, "last_heard", "RB504")]),
    "silent since nobody knows": (empty("outcomes", 3, "last_heard"), [("outcomes", 3, "last_heard", "RB505")]),
    "a month in no season": (put("book", 2, "seasons", ["winter:11-3", "summer:5-10"]),
                             [("book", 2, "seasons", "RB506")]),
    "a month in two seasons": (put("book", 2, "seasons", ["winter:11-4", "summer:4-10"]),
                               [("book", 2, "seasons", "RB507")]),
    "season without months": (put("book", 2, "seasons", ["winter", "summer:4-10"]), [("book", 2, "seasons", "RB508")]),
    "season of month 13": (put("book", 2, "seasons", ["winter:11-13", "summer:4-10"]), [("book", 2, "seasons", "RB508")]),
    "season in capitals": (put("book", 2, "seasons", ["Winter:11-3", "summer:4-10"]), [("book", 2, "seasons", "RB222")]),
    "season twice": (put("book", 2, "seasons", ["winter:11-3", "winter:4-10"]),
                     [("book", 2, "seasons", "RB211")]),
    "month 0": (put("windows", 3, "months", [0, 11]), [("windows", 3, "months", "RB508")]),
    "month in words": (put("windows", 3, "months", ["november"]), [("windows", 3, "months", "RB508")]),
    "month twice": (put("windows", 3, "months", ["11", "10-12"]), [("windows", 3, "months", "RB211")]),
    "weekday in full": (put("windows", 3, "weekdays", ["monday"]), [("windows", 3, "weekdays", "RB509")]),
    # --- network
    "goal that no leg reaches": (again("places", 4, code="FAR"), [("places", 5, "goal", "RB601")]),
    "goal behind a forbidden leg only": (
        all_of(again("places", 4, code="FAR"), again("legs", 5, code="L5", to="FAR")), [("places", 5, "goal", "RB601")]),
    "no goal": (put("places", 4, "goal", False), [("places", 1, "goal", "RB602"), ("places", 4, "code", "RB603")]),
    "dead end": (all_of(again("places", 3, code="TRAP"), again("legs", 2, code="L5", to="TRAP")),
                 [("places", 5, "code", "RB603")]),
    "area twice": (again("areas", 2), [("areas", 4, "code", "RB604")]),
    "place twice": (again("places", 2), [("places", 5, "code", "RB604")]),
    "profile twice": (again("profiles", 2), [("profiles", 4, "code", "RB604")]),
    "leg twice": (again("legs", 2), [("legs", 6, "code", "RB604")]),
    "guide twice": (again("guides", 2), [("guides", 3, "code", "RB604")]),
    "rate twice": (again("rates", 2), [("rates", 3, "currency", "RB604")]),
    "silence twice": (again("silence", 2), [("silence", 4, "outcome", "RB604")]),
    "report twice": (again("reports", 2), [("reports", 3, "area", "RB604")]),
    "prior twice": (again("priors", 2), [("priors", 4, "mode", "RB604")]),
    "window twice": (again("windows", 2), [("windows", 4, "leg", "RB604")]),
    "chain share twice": (again("chains", 2), [("chains", 2, "share", "RB403"), ("chains", 10, "scope", "RB604")]),
    "leg in a circle": (again("legs", 2, code="L5", to="START"), [("legs", 6, "to", "RB605")]),
    "area called like a country": (again("areas", 2, code="TH"), [("areas", 4, "code", "RB606")]),
    "rate of the book's own currency": (again("rates", 2, currency="USD"), [("rates", 3, "currency", "RB607")]),
    # --- safety
    "position finer than one decimal": (
        all_of(put("places", 2, "map_lat", 15.25), put("places", 2, "map_lon", 101.0)),
        [("places", 2, "map_lat", "RB701")]),
    "both positions too fine": (
        all_of(put("places", 2, "map_lat", 15.25), put("places", 2, "map_lon", 101.03)),
        [("places", 2, "map_lat", "RB701"), ("places", 2, "map_lon", "RB701")]),
    "forbidden without a reason": (empty("legs", 5, "reason"), [("legs", 5, "reason", "RB702")]),
    "fictional missing": (empty("book", 2, "fictional"), [("book", 2, "fictional", "RB703")]),
    "phone number in a reason": (put("legs", 3, "reason", "ask 010-1234-5678"), [("legs", 3, "reason", "RB704")]),
    "phone number in a title": (put("book", 2, "title", "call +82 2 123 4567"), [("book", 2, "title", "RB704")]),
    "phone number in wide digits": (put("places", 2, "near", "０１０１２３４５６７８"), [("places", 2, "near", "RB704")]),
    "phone number in a basis": (put("priors", 2, "basis", "call (02) 123 45 67"), [("priors", 2, "basis", "RB704")]),
    "phone number as a code": (put("reports", 2, "source", "01012345678"), [("reports", 2, "source", "RB704")]),
    "e-mail address in an author": (put("priors", 2, "author", "desk@example.org"), [("priors", 2, "author", "RB705")]),
    "handle in a reason": (put("legs", 3, "reason", "write to the boat @desk"), [("legs", 3, "reason", "RB705")]),
    "as_of in a real book": (put("book", 2, "fictional", False), [("book", 2, "as_of", "RB706")]),
    "column of names": (put("guides", 2, "name", "somebody"), [("guides", 1, "", "RB707")]),
    "column of phones": (put("guides", 2, "phone", "none"), [("guides", 1, "", "RB707")]),
    "column of exact positions": (put("places", 2, "latitude", 15.25), [("places", 1, "", "RB707")]),
    "break without a reason": (empty("breaks", 2, "reason"), [("breaks", 2, "reason", "RB708")]),
    "position in a text": (put("places", 2, "near", "at 15.2512, 101.1234"), [("places", 2, "near", "RB709")]),
    # --- limits
    "65 profiles": (lambda t: t["profiles"].extend({**t["profiles"][0], "code": f"P{n}"} for n in range(63)),
                    [("profiles", 66, "code", "RB805")]),
    "seven conditions": (put("book", 2, "conditions", ["calm", "alert", *"cdefg"]), [("book", 2, "conditions", "RB806")]),
    "thirteen seasons": (
        put("book", 2, "seasons", [*(f"m{n}:{n}-{n}" for n in range(1, 13)), "winter:1-1"]),
        [("book", 2, "seasons", "RB807"), ("book", 2, "seasons", "RB507")]),
    "254 legs out of a place": (
        lambda t: t["legs"].extend({**t["legs"][0], "code": f"X{n}"} for n in range(251)),
        [("places", 2, "code", "RB804")]),
    "cost beyond 32,767 units": (put("legs", 2, "cost", 327_671), [("legs", 2, "cost", "RB808")]),
    "duration of 32 steps": (put("profiles", 3, "max", 373), [("profiles", 3, "max", "RB809")]),
    # --- several at once
    "everything of a leg": (
        all_of(put("legs", 2, "from", "STRT"), put("legs", 2, "cost", -1), put("legs", 2, "mode", "camel"),
               put("legs", 2, "exertion", 9)),
        [("legs", 2, "from", "RB302"), ("legs", 2, "mode", "RB207"), ("legs", 2, "cost", "RB206"),
         ("legs", 2, "exertion", "RB205")]),
    "one in each of four sheets": (
        all_of(put("areas", 2, "river", "maybe"), put("places", 2, "kind", "castle"), put("rates", 2, "per_unit", -1),
               put("silence", 3, "ever_reported", 2)),
        [("areas", 2, "river", "RB209"), ("places", 2, "kind", "RB207"), ("rates", 2, "per_unit", "RB225"),
         ("silence", 3, "ever_reported", "RB401")]),
}


def codes_of(source, **options) -> list[str]:
    with pytest.raises(InvalidBook) as caught:
        read_book(source, **options)
    assert all(problem.sentence for problem in caught.value.problems)
    return [problem.code for problem in caught.value.problems]


def cells_of(source) -> list[tuple[str, str]]:
    with pytest.raises(InvalidBook) as caught:
        read_book(source)
    return [(problem.cell, problem.code) for problem in caught.value.problems]

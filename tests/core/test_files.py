"""Route books go through files without loss, and no file can do harm or raise anything but `InvalidBook`."""

import io
import json
import re
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import openpyxl
import pytest
from broken_books import GOOD, as_json, as_workbook, cells_of, codes_of
from hypothesis import given, settings

from waystation.network.example import example_book
from waystation.network.files import MOST_BYTES, read_book, write_json, write_workbook
from waystation.network.problems import InvalidBook
from waystation.network.rows import Leg
from waystation.network.template import NOTES, template_json, template_workbook
from waystation.units import Money
from worlds import two_ways
from worlds.invented import route_books

# --- there and back ---------------------------------------------------------------------------------------------------


@settings(max_examples=60)
@given(route_books())
def test_json_there_and_back(book):
    data = write_json(book)
    assert read_book(data) == book
    assert write_json(read_book(data)) == data


@settings(max_examples=12)
@given(route_books())
def test_workbook_there_and_back(book):
    data = write_workbook(book)
    assert read_book(data) == book
    assert write_json(read_book(data)) == write_json(book)


@pytest.mark.soak
@settings(max_examples=400)
@given(route_books())
def test_both_there_and_back_at_length(book):
    assert read_book(write_workbook(book)) == read_book(write_json(book)) == book


@pytest.mark.parametrize("make", [example_book, two_ways])
def test_the_same_book_gives_the_same_bytes(make):
    assert write_workbook(make()) == write_workbook(make())
    assert write_json(make()) == write_json(make())
    assert read_book(write_workbook(make())) == make()


def test_json_has_one_row_on_each_line():
    lines = write_json(example_book()).decode().splitlines()
    rows = [line for line in lines if line.startswith("  {")]
    book = example_book()
    assert len(rows) == sum(len(table) for name, table in GOOD.items() if isinstance(table, list))
    assert sum(line.startswith('  {"code": "L') for line in lines) == len(book.legs)


def test_times_of_other_zones_are_the_same_instant():
    seoul = timezone(timedelta(hours=9))
    book = example_book()
    report = replace(book.reports[0], observed_at=datetime(2030, 2, 8, 19, tzinfo=seoul))
    again = read_book(write_json(replace(book, reports=(report,))))
    assert again.reports[0].observed_at == book.reports[0].observed_at
    assert again.reports[0].observed_at.utcoffset() == timedelta(0)


def test_a_workbook_carries_no_time_and_no_author():
    with zipfile.ZipFile(io.BytesIO(write_workbook(two_ways()))) as archive:
        core = archive.read("docProps/core.xml").decode()
        assert {info.date_time for info in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}
    assert re.search(r"<dc:creator[^>]*>Waystation</dc:creator>", core)  # with lxml at hand the name space stands in the tag
    assert core.count("2000-01-01T00:00:00Z") == 2
    assert "lastModifiedBy" not in core


def test_hand_typed_cells_of_a_spreadsheet_program_are_understood():
    """Dates as date cells, numbers as text, whole numbers with a point, blanks around words, blank rows."""
    page = openpyxl.load_workbook(io.BytesIO(as_workbook(GOOD)))
    page["outcomes"]["B2"] = date(2029, 11, 3)
    page["reports"]["C2"] = datetime(2030, 2, 8, 10, 0)
    page["legs"]["F2"] = "15"
    page["legs"]["H2"] = 2.0
    page["legs"]["D2"] = " bus "
    page["places"].insert_rows(3)
    page["legs"]["A1"] = " Code "
    out = io.BytesIO()
    page.save(out)
    assert read_book(out.getvalue()) == example_book()


# --- what is not written ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": "=HYPERLINK(1)"}, "RB122"),
        ({"title": "#REF!"}, "RB108"),
        ({"title": " two blanks "}, "RB124"),
        ({"title": "call 010-1234-5678"}, "RB704"),
        ({"as_of": datetime(2030, 1, 1)}, "RB124"),
    ],
)
def test_a_book_that_would_not_be_read_back_is_not_written(change, code):
    book = replace(example_book(), book=replace(example_book().book, **change))
    for write in (write_json, write_workbook):
        with pytest.raises(InvalidBook) as caught:
            write(book)
        assert [problem.code for problem in caught.value.problems] == [code]


def test_a_book_that_breaks_a_rule_is_not_written():
    leg = Leg("L9", "START", "NOWHERE", "bus", "ONE", Money(Decimal(1), "USD"))
    with pytest.raises(InvalidBook):
        write_json(replace(two_ways(), legs=(*two_ways().legs, leg)))


# --- files that are no route books ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "RB102"),
        (b"\x00\x01\x02", "RB102"),
        (b"code,country\nWEST,TH\n", "RB102"),
        (b"[]", "RB117"),
        (b"3", "RB117"),
        (b"null", "RB117"),
        (b'{"waystation_route_book": 1, ', "RB103"),
        (b"\xff\xfe{\x00}\x00", "RB102"),
        (b"\xd0\xcf\x11\xe0 an old workbook", "RB104"),
        (b"PK\x03\x04 and nothing else", "RB103"),
        (b'{"a":' * 100_000, "RB811"),
        (b'{"areas": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "RB811"),
        (b'{"waystation_route_book": ' + b"9" * 5_000 + b"}", "RB103"),
        (b"x" * (MOST_BYTES + 1), "RB801"),
    ],
    ids=["empty", "binary", "csv", "list", "number", "null", "truncated", "utf-16", "xls", "zip", "deep", "deep list",
         "long number", "large"],
)
def test_what_is_no_route_book_is_refused(data, code):
    assert codes_of(data) == [code]


def test_a_50_mb_junk_file_is_refused_without_being_read(tmp_path):
    junk = tmp_path / "junk.xlsx"
    with junk.open("wb") as file:
        file.truncate(50_000_000)
    start = time.process_time()
    assert codes_of(junk) == ["RB801"]
    assert time.process_time() - start < 0.2


def test_a_file_that_is_not_there_is_refused_and_named(tmp_path):
    assert codes_of(tmp_path / "none.xlsx") == ["RB101"]
    assert codes_of(tmp_path) == ["RB101"]
    assert codes_of("bad\0name") == ["RB101"]
    with pytest.raises(InvalidBook) as caught:
        read_book(tmp_path / "none.xlsx")
    assert caught.value.problems[0].file == "none.xlsx"


def test_a_path_and_its_bytes_are_the_same_book(tmp_path):
    path = tmp_path / "book.json"
    path.write_bytes(as_json(GOOD))
    assert read_book(path) == read_book(str(path)) == read_book(path.read_bytes())


def test_all_problems_of_a_file_come_at_once_and_two_hundred_are_kept():
    tables = json.loads(as_json(GOOD))
    tables["legs"] = [{**tables["legs"][0], "code": f"L{n}", "cost": -1} for n in range(300)]
    tables.pop("windows"), tables.pop("guides"), tables.pop("outcomes")
    with pytest.raises(InvalidBook) as caught:
        read_book(as_json(tables))
    assert len(caught.value.problems) == 200
    assert caught.value.more == 100
    assert str(caught.value).endswith("... and 100 more")


def test_a_problem_as_an_object_for_programs():
    with pytest.raises(InvalidBook) as caught:
        read_book(as_json({**GOOD, "windows": {}}), name="book.json")
    assert caught.value.problems[0].row_for_json() == {
        "file": "book.json", "sheet": "windows", "row": 0, "column": "", "cell": "/windows", "code": "RB117",
        "sentence": "the JSON has another shape than a list of rows: compare it with `waystation template --json`"}
    assert caught.value.lines() == [f"book.json: {caught.value.problems[0]}"]


def test_problems_are_in_the_order_of_the_file():
    tables = json.loads(as_json(GOOD))
    tables["rates"][0]["per_unit"] = 0
    tables["areas"][0]["river"] = "maybe"
    tables["legs"][2]["cost"] = tables["legs"][1]["cost"] = -1
    assert [cell for cell, _ in cells_of(as_json(tables))] == [
        "/areas/0/river", "/legs/1/cost", "/legs/2/cost", "/rates/0/per_unit"]


# --- JSON -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (b'"areas": [', b'"areas": {"a": [', "RB103"),
        (b'"code": "WEST", "country"', b'"code": "WEST", "code": "WEST", "country"', "RB118"),
        (b'"book": {', b'"book": [], "read_me": {', "RB117"),
        (b'"waystation_route_book": 1,', b'"waystation_route_book": 1, "waystation_route_book": 1,', "RB118"),
        (b'"river": false', b'"river": {"a": 1}', "RB224"),
        (b'"cost": 15', b'"cost": NaN', "RB202"),
        (b'"cost": 15', b'"cost": Infinity', "RB202"),
        (b'"cost": 15', b'"cost": 1e999', "RB202"),
        (b'"cost": 15', b'"cost": ' + b"9" * 400, "RB202"),
        (b'"cost": 15', b'"cost": true', "RB202"),
        (b'"cost": 15', b'"cost": [15]', "RB202"),
        (b'"title": "Example', b'"title": "\\ud800 Example', "RB123"),
        (b'"months": [11, 12]', b'"months": [[11], 12]', "RB224"),
    ],
)
def test_json_of_another_shape(old, new, expected):
    data = write_json(example_book())
    assert old in data
    assert codes_of(data.replace(old, new, 1)) == [expected]


def test_a_table_that_is_no_list_and_a_row_that_is_no_object():
    assert cells_of(as_json({**GOOD, "windows": {"leg": "L1"}})) == [("/windows", "RB117")]
    assert cells_of(as_json({**GOOD, "windows": ["L1", {"leg": "L1"}]})) == [("/windows/0", "RB117")]


def test_too_many_cells():
    rows = b'{"code":1,"name":1},' * 100_001
    data = as_json(GOOD)[:-1] + b', "names": [' + rows[:-1] + b"]}"
    assert codes_of(data) == ["RB802"]


# --- the template, speed ----------------------------------------------------------------------------------------------

TEMPLATE = template_workbook()


def test_the_template_reads_back_and_explains_itself():
    assert template_workbook() == TEMPLATE
    assert read_book(TEMPLATE) == read_book(template_json()) == example_book()
    assert read_book(TEMPLATE).book.fictional
    made = openpyxl.load_workbook(io.BytesIO(TEMPLATE))
    assert made.sheetnames[0] == "read me"
    assert [cell.value for (cell,) in made["read me"].iter_rows()] == list(NOTES)
    for page in made.worksheets[1:]:
        assert all(head.comment and "e.g." in head.comment.text for head in page[1])
    offers = {str(offer.sqref): offer.formula1 for offer in made["legs"].data_validations.dataValidation}
    assert offers["D2:D500"].startswith('"foot,car,bus')


def test_the_template_filled_in_reads_back():
    made = openpyxl.load_workbook(io.BytesIO(TEMPLATE))
    made["book"]["B2"] = "A filled in book"
    made["legs"].append(["L5", "START", "MID", "train", "HALFDAY", 8, "USD"])
    made["reports"]["C2"] = datetime(2030, 2, 8, 10, 0)
    out = io.BytesIO()
    made.save(out)
    book = read_book(out.getvalue())
    assert book.book.title == "A filled in book"
    assert book.legs[-1] == Leg("L5", "START", "MID", "train", "HALFDAY", Money(Decimal(8), "USD"))


def test_json_of_sixty_legs_is_read_fast_and_without_a_spreadsheet_library():
    tables = json.loads(as_json(GOOD))
    tables["legs"] += [{**tables["legs"][0], "code": f"X{n}"} for n in range(56)]
    data = as_json(tables)
    read_book(data)
    start = time.process_time()
    for _ in range(5):
        read_book(data)
    assert (time.process_time() - start) / 5 < 0.05
    code = ("import sys; from waystation.network.files import read_book; read_book(sys.stdin.buffer.read());"
            "sys.exit('openpyxl' in sys.modules)")
    done = subprocess.run([sys.executable, "-c", code], input=data, check=False)
    assert done.returncode == 0

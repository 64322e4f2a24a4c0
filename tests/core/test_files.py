"""Route books go through files without loss, and no file can do harm or raise anything but `InvalidBook`."""

import io
import json
import subprocess
import sys
import time
import zipfile
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import openpyxl
import pytest
from broken_books import GOOD, as_json, as_workbook
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.network.example import example_book
from waystation.network.files import MOST_BYTES, read_book, write_json, write_workbook
from waystation.network.problems import InvalidBook
from waystation.network.rows import Leg
from waystation.network.template import NOTES, template_json, template_workbook
from waystation.units import Money
from worlds import two_ways
from worlds.invented import route_books


def codes_of(source, **options) -> list[str]:
    with pytest.raises(InvalidBook) as caught:
        read_book(source, **options)
    assert all(problem.sentence for problem in caught.value.problems)
    return [problem.code for problem in caught.value.problems]


def cells_of(source) -> list[tuple[str, str]]:
    with pytest.raises(InvalidBook) as caught:
        read_book(source)
    return [(problem.cell, problem.code) for problem in caught.value.problems]


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
    assert "<dc:creator>Waystation</dc:creator>" in core
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


# --- workbooks --------------------------------------------------------------------------------------------------------


def changed(change) -> bytes:
    """The good workbook after a change made with openpyxl."""
    made = openpyxl.load_workbook(io.BytesIO(as_workbook(GOOD)))
    change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def with_members(members: dict[str, bytes]) -> bytes:
    """The good workbook with members of its archive added or replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_workbook(GOOD))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in members:
                new.writestr(name, old.read(name))
        for name, content in members.items():
            new.writestr(name, content)
    return out.getvalue()


def _set(sheet, cell, value):
    return lambda made: made[sheet].__setitem__(cell, value)


def _comment(made):
    made["legs"]["A3"].comment = openpyxl.comments.Comment("ask 010-1234-5678", "desk")


def _heading_comment(made):
    made["legs"]["B1"].comment = openpyxl.comments.Comment("write to desk@example.org", "desk")


def _link(made):
    made["legs"]["A2"].hyperlink = "https://example.org/"


def _inner_link(made):
    made["legs"]["A2"].hyperlink = openpyxl.worksheet.hyperlink.Hyperlink(ref="A2", location="areas!A1")


def _chart(made):
    made.create_chartsheet("picture").add_chart(openpyxl.chart.BarChart())


def _twice(made):
    made["legs"]["K1"] = "code"


def _wide(made):
    made["legs"]["XFD1"] = "far"


def _long(made):
    made["legs"]["A1048576"] = "far"


def _headless(made):
    made["windows"].delete_rows(1, 10)


def _no_column(made):
    made["legs"].delete_cols(6)


def _no_optional_column(made):
    made["legs"].delete_cols(15)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (_set("legs", "F2", "=10+5"), [("legs!F2", "RB107")]),
        (_set("legs", "P3", "=cmd()"), [("legs!P3", "RB107")]),
        (_set("legs", "F2", "#REF!"), [("legs!F2", "RB108")]),
        (_set("legs", "Z2", "aside"), [("legs!Z2", "RB116")]),
        (_set("legs", "E2", True), [("legs!E2", "RB224")]),
        (_set("legs", "E2", 1.5), [("legs!E2", "RB224")]),
        (_set("outcomes", "B2", datetime(2029, 11, 3, 7)), [("outcomes!B2", "RB501")]),
        (_set("windows", "D3", datetime(2029, 11, 3)), [("windows!D3", "RB224")]),
        (_comment, [("legs!A3", "RB704")]),
        (_heading_comment, [("legs!B1", "RB705")]),
        (_link, [("", "RB106")]),
        (_inner_link, [("legs!A2", "RB106"), ("outcomes!A2", "RB304")]),
        (_chart, [("sheet 16", "RB110")]),
        (_twice, [("legs!K1", "RB115")]),
        (_wide, [("legs", "RB810")]),
        (_long, [("legs", "RB810")]),
        (_headless, [("windows", "RB112")]),
        (lambda made: made["legs"].delete_rows(1, 100), [("legs", "RB112")]),
        (_no_column, [("legs!1", "RB114")]),
        (lambda made: made.create_sheet("Legs 2"), [("sheet 16", "RB110")]),
    ],
)
def test_workbooks_that_hold_something_else(change, expected):
    assert cells_of(changed(change)) == expected


def test_a_second_row_of_the_sheet_book():
    second = [1, "second", "yes", 12, 10, "USD", "calm;alert", "year:1-12"]
    assert cells_of(changed(lambda made: made["book"].append(second))) == [("book!3", "RB119")]


def _elsewhere(made):
    made["legs"].move_range("A1:A5", cols=30)
    made["areas"].move_range("A1:C3", rows=0, cols=4)


def test_columns_may_stand_anywhere_and_optional_ones_may_be_missing():
    assert read_book(changed(_elsewhere)) == example_book()
    assert {leg.pregnancy_max_weeks for leg in read_book(changed(_no_optional_column)).legs} == {None}


def test_the_sheet_read_me_is_not_read():
    def add(made):
        made.create_sheet("Read Me")["A1"] = "=SUM(1,2) call 010-1234-5678"

    assert read_book(changed(add)) == example_book()


XML = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
TYPES = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"xl/vbaProject.bin": b"macro"}, ["RB105"]),
        ({"xl/macrosheets/sheet1.xml": b"<x/>"}, ["RB105"]),
        ({"xl/externalLinks/externalLink1.xml": b"<x/>"}, ["RB106"]),
        ({"xl/connections.xml": b"<x/>"}, ["RB106"]),
        ({"xl/embeddings/thing.bin": b"x"}, ["RB106"]),
        ({"xl/worksheets/_rels/sheet1.xml.rels": b'<r TargetMode="External" Target="https://example.org/"/>'}, ["RB106"]),
        ({"xl/extra.xml": XML}, ["RB120"]),
        ({"xl/extra.xml": "<x/>".encode("utf-16")}, ["RB120"]),
        ({"xl/extra.xml": b'<?xml version="1.0" encoding="cp037"?><x/>'}, ["RB120"]),
        ({"xl/extra.xml": b"<c />" * 200_001}, ["RB802"]),
        ({"xl/media/blank.bin": b"\0" * 50_000_001}, ["RB803"]),
        ({f"xl/{n}.bin": b"" for n in range(1_001)}, ["RB803"]),
        ({"[Content_Types].xml": TYPES}, ["RB105"]),
        ({"XL/styles.xml": b"<x/>"}, ["RB103"]),
        ({"xl/workbook.xml": b"<x/>"}, ["RB111"] * 6),
        ({"xl/workbook.xml": b"<x>"}, ["RB103"]),
    ],
    ids=["macros", "macro sheet", "external link", "connection", "embedded", "link", "entities", "utf-16", "ebcdic",
         "cells", "bomb", "members", "macro type", "name twice", "no workbook", "broken xml"],
)
def test_archives_that_must_not_be_parsed(members, expected):
    assert codes_of(with_members(members)) == expected


def test_a_zip_that_is_no_workbook():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("letter.txt", "no workbook")
    assert codes_of(out.getvalue()) == ["RB102"]


@pytest.mark.parametrize("size", [10, 100_100])
def test_a_member_that_lies_about_its_size(size):
    data = bytearray(with_members({"xl/media/blank.bin": b"\0" * 100_000}))
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = size.to_bytes(4, "little")
    assert codes_of(bytes(data)) == ["RB103"]


def test_a_member_with_a_password():
    data = bytearray(with_members({"xl/media/blank.bin": b"secret"}))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert codes_of(bytes(data)) == ["RB104"]


def test_a_truncated_workbook():
    data = as_workbook(GOOD)
    for part in (0.2, 0.5, 0.9, 0.999):
        assert codes_of(data[: int(len(data) * part)]) == ["RB103"]


# --- whatever the bytes -----------------------------------------------------------------------------------------------


def read_or_refuse(data: bytes) -> None:
    with suppress(InvalidBook):
        read_book(data)


@settings(max_examples=150)
@given(st.binary(max_size=400))
def test_random_bytes(data):
    read_or_refuse(data)
    read_or_refuse(b"PK\x03\x04" + data)
    read_or_refuse(b'{"waystation_route_book": 1, "' + data)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3), max_leaves=6)


@settings(max_examples=150)
@given(st.dictionaries(st.sampled_from([*GOOD, "other"]), ANYTHING, max_size=5))
def test_random_json(tables):
    read_or_refuse(json.dumps({**GOOD, **tables}).encode())


@settings(max_examples=200)
@given(st.data())
def test_random_cells(data):
    """One to three cells of a good book are replaced by anything."""
    tables = json.loads(as_json(GOOD))
    for _ in range(data.draw(st.integers(1, 3))):
        name = data.draw(st.sampled_from([name for name in tables if name != "waystation_route_book"]))
        row = tables["book"] if name == "book" else data.draw(st.sampled_from(tables[name]))
        row[data.draw(st.sampled_from(list(row)))] = data.draw(ANYTHING)
    read_or_refuse(json.dumps(tables).encode())


@settings(max_examples=40)
@given(st.data())
def test_damaged_workbooks(data):
    """Bytes of a good workbook are overwritten anywhere."""
    damaged = bytearray(TEMPLATE)
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    read_or_refuse(bytes(damaged))


@settings(max_examples=30)
@given(st.data())
def test_damaged_xml_inside_a_sound_archive(data):
    """Only the XML is damaged, so that the parser sees it."""
    name = data.draw(st.sampled_from(["xl/workbook.xml", "xl/worksheets/sheet5.xml", "xl/styles.xml",
                                      "[Content_Types].xml", "xl/_rels/workbook.xml.rels"]))
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as archive:
        xml = bytearray(archive.read(name))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(xml) - 1))
        xml[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    read_or_refuse(with_members({name: bytes(xml)}))


# --- the template, speed ----------------------------------------------------------------------------------------------

TEMPLATE = template_workbook()
WORKBOOK = as_workbook(GOOD)


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

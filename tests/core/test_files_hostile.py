"""Workbooks that hold something else, archives that must not be parsed, and whatever the bytes: only `InvalidBook`."""

import io
import json
import zipfile
from datetime import datetime

import openpyxl
import pytest
from broken_books import GOOD, as_json, as_workbook, cells_of, codes_of
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.network.example import example_book
from waystation.network.files import read_book, write_json
from waystation.network.problems import InvalidBook
from waystation.network.template import template_workbook

TEMPLATE = template_workbook()
WORKBOOK = as_workbook(GOOD)


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
SHEET = zipfile.ZipFile(io.BytesIO(as_workbook(GOOD))).read("xl/worksheets/sheet2.xml")
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


SPREAD = {"joined": b'<mergeCells><mergeCell ref="%s" /></mergeCells>',
          "linked": b'<hyperlinks><hyperlink display="a>b" location="A1" ref="%s" /></hyperlinks>'}


@pytest.mark.parametrize("how", SPREAD)
@pytest.mark.parametrize("ref", [b"A1:Z30000", b"$A$1:$Z$30000", b"Z30000:A1", b"A:Z", b"&#65;1:Z30000"])
def test_a_range_is_as_many_cells_as_it_means(how, ref):
    """One line of XML and 780,000 cells in memory; A1:XFD1048576 would be seventeen thousand million."""
    sheet = SHEET.replace(b"</sheetData>", b"</sheetData>" + SPREAD[how] % ref)
    assert codes_of(with_members({"xl/worksheets/sheet2.xml": sheet})) == ["RB802"]
    assert codes_of(with_members({"xl/worksheets/sheet2.dat": sheet})) == ["RB802"]


@pytest.mark.parametrize("how", SPREAD)
def test_a_small_range_is_no_reason(how):
    sheet = SHEET.replace(b"</sheetData>", b"</sheetData>" + SPREAD[how] % b"A1")
    assert read_book(with_members({"xl/worksheets/sheet2.xml": sheet}))


@pytest.mark.parametrize("name", ["xl/worksheets/sheet9.dat", "sheet", "docs/picture.png"])
@pytest.mark.parametrize(("content", "expected"), [
    (XML, ["RB120"]), (b"\xef\xbb\xbf \n" + XML, ["RB120"]), ("<x/>".encode("utf-16"), ["RB120"]),
    ("<x/>".encode("utf-16-be"), ["RB120"]), (b"<x>" + b"<c />" * 200_001 + b"</x>", ["RB802"])],
    ids=["entities", "behind a mark", "utf-16", "utf-16 without a mark", "cells"])
def test_what_a_member_is_called_hides_nothing(name, content, expected):
    """A workbook says itself which member is a sheet: a sheet need not be called .xml."""
    assert codes_of(with_members({name: content})) == expected


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


def sound(data: bytes) -> bool:
    """Read in full, so that it goes there and back; or refused, with a place to look and a sentence for each problem."""
    try:
        book = read_book(data, name="any")
    except InvalidBook as refusal:
        return bool(refusal.problems) and all(p.code and p.sentence and p.file == "any" for p in refusal.problems)
    return read_book(write_json(book)) == book


@settings(max_examples=150)
@given(st.binary(max_size=400))
def test_random_bytes(data):
    assert sound(data)
    assert sound(b"PK\x03\x04" + data)
    assert sound(b'{"waystation_route_book": 1, "' + data)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3), max_leaves=6)


@settings(max_examples=150)
@given(st.dictionaries(st.sampled_from([*GOOD, "other"]), ANYTHING, max_size=5))
def test_random_json(tables):
    assert sound(json.dumps({**GOOD, **tables}).encode())


@settings(max_examples=200)
@given(st.data())
def test_random_cells(data):
    """One to three cells of a good book are replaced by anything."""
    tables = json.loads(as_json(GOOD))
    for _ in range(data.draw(st.integers(1, 3))):
        name = data.draw(st.sampled_from([name for name in tables if name != "waystation_route_book"]))
        row = tables["book"] if name == "book" else data.draw(st.sampled_from(tables[name]))
        row[data.draw(st.sampled_from(list(row)))] = data.draw(ANYTHING)
    assert sound(json.dumps(tables).encode())


@settings(max_examples=40)
@given(st.data())
def test_damaged_workbooks(data):
    """Bytes of a good workbook are overwritten anywhere."""
    damaged = bytearray(TEMPLATE)
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    assert sound(bytes(damaged))


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
    assert sound(with_members({name: bytes(xml)}))

"""A file of cases read cell by cell: what is known, what is not, and every fault with its sheet, row and column."""

import io

import openpyxl
import pytest

from waystation_web.cases.columns import COLUMNS, headings
from waystation_web.cases.sheet import MOST_BYTES, read_sheet


def workbook(*rows, title="cases"):
    made = openpyxl.Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


HEAD = ["How many people", "danger_now", "Country where they are", "Needs", "Their wish, in their own words", "old number"]


def told(sheet):
    return [(fault.sheet, fault.row, fault.column.split(" ")[0], str(fault.sentence)) for fault in sheet.faults]


def test_words_codes_and_both_languages_mean_the_same():
    found = read_sheet(workbook(HEAD, [4, "within hours", "China", "difficult pregnancy; SM-CC", "to see her son", "77-B"],
                                ["2", "hours", "중국", "sm-dp", None, None]))
    assert found.sound and found.unknown == ("old number",)
    first, second = found.rows
    assert first.request == {"head_count": 4, "danger_now": "hours", "country": "CN", "needs": ["SM-DP", "SM-CC"]}
    assert (first.own, first.unmapped, first.number) == ({"wish": "to see her son"}, {"old number": "77-B"}, 2)
    assert second.request == {"head_count": 2, "danger_now": "hours", "country": "CN", "needs": ["SM-DP"]}


def test_twelve_faults_are_told_at_once_each_with_its_place():
    rows = [["How many people", "Danger", "Needs", "Received", "Price they were told", "What we call them (no real name)",
             "Is a broker involved?", "Pregnant: which week", "own", None],
            [1, "now", "SM-DP", "2026-03-01", "900 CNY", "first", "yes", 30, "x", None],     # sound
            [201, "soon", "SM-XX", "last spring", "many", "x" * 201, "perhaps", 46, "=1+1", "y"],
            [-1, None, None, None, None, "a\u202eb", None, None, None, None],
            ["#REF!", None, None, None, None, None, None, None, None, None]]
    found = read_sheet(workbook(*rows, title="한장"))
    assert not found.sound and found.rows[0].request["pregnant_weeks"] == 30
    assert [(sheet, row, column) for sheet, row, column, _ in told(found)] == [
        *(("한장", 3, letter) for letter in "ABCDEFGHIJ"), ("한장", 4, "A"), ("한장", 4, "F"), ("한장", 5, "A")]
    said = {(row, column): sentence for _, row, column, sentence in told(found)}
    assert said[3, "A"] == "Write a whole number from 0 to 200." and "formula" in said[3, "I"] and "heading" in said[3, "J"]
    assert "cannot be seen" in said[4, "F"] and "error" in said[5, "A"]
    assert not any("last spring" in sentence or "soon" in sentence for sentence in said.values())  # nothing of the file


def test_csv_is_read_whatever_its_mark_and_a_formula_stays_a_text():
    for mark in ",;\t":
        found = read_sheet(f"head_count{mark}wish\n3{mark}=cmd|x\n".encode("utf-8-sig"))
        assert found.sound and found.rows[0].request == {"head_count": 3} and found.rows[0].own == {"wish": "=cmd|x"}


@pytest.mark.parametrize(("data", "says"), [
    (b"", "empty"), (b"wish\n", "no rows"), (b"a,b\n1,2\n", "None of these headings"), (b"\xff\xfe\x00", "UTF-8"),
    (b"wish,wish\na,b\n", "Two columns"), (b'wish\n"a', "does not end"), (b"PK\x03\x04 no archive", "Save it anew"),
    (b"a\0b", "UTF-8"), (b"x" * (MOST_BYTES + 1), "5 MB"), (b"wish\n" + b"a\n" * 2001, "Split"),
    (b"wish," + b"," * 101 + b"\na\n", "Split")])
def test_a_file_that_is_none_is_told_so(data, says):
    found = read_sheet(data)
    assert not found.sound and any(says in str(fault.sentence) for fault in found.faults)


def test_a_workbook_that_is_too_long_or_carries_a_macro_is_not_read():
    assert "Split" in str(read_sheet(workbook(["wish"], *[["a"]] * 2001)).faults[0].sentence)
    import zipfile
    out = io.BytesIO(workbook(["wish"], ["a"]))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    assert "macros" in str(read_sheet(out.getvalue()).faults[0].sentence)


def test_each_heading_means_one_column():
    known = headings()
    assert {column.name for column in known.values()} == {column.name for column in COLUMNS}
    assert not {"name", "names", "phone", "number", "village", "passport"} & {column.name for column in COLUMNS}

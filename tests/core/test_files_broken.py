"""Every broken book of the table is refused with exactly the expected problems, as JSON and as a workbook."""

import re
from collections.abc import Callable
from dataclasses import MISSING, fields
from functools import cache

import pytest
from broken_books import BROKEN, GOOD, Tables, as_json, as_workbook, edited

from waystation.network.columns import SHEETS
from waystation.network.example import example_book
from waystation.network.files import read_book
from waystation.network.problems import FAMILIES, RULES, InvalidBook


@cache
def refused(name: str, layout: Callable[[Tables], bytes]) -> InvalidBook:
    edit, _ = BROKEN[name]
    with pytest.raises(InvalidBook) as caught:
        read_book(layout(edited(edit)), name="book")
    return caught.value


def found(name: str, layout: Callable[[Tables], bytes]) -> list[tuple[str, int, str, str]]:
    problems = refused(name, layout).problems
    assert all(problem.file == "book" for problem in problems)
    return sorted((p.sheet, p.row, p.column, p.code) for p in problems)


def test_the_good_book_is_good_both_ways():
    assert read_book(as_json(GOOD)) == read_book(as_workbook(GOOD)) == example_book()


def test_the_table_is_long_enough_and_reaches_every_family():
    assert len(BROKEN) >= 120
    families = {code[:3] for _, expected in BROKEN.values() for *_, code in expected}
    assert families == set(FAMILIES) - {"RB9"}


@pytest.mark.refuses("H-01", "H-02")
@pytest.mark.parametrize("name", BROKEN)
def test_broken_json(name):
    assert found(name, as_json) == sorted(BROKEN[name][1])


@pytest.mark.parametrize("name", BROKEN)
def test_broken_workbook(name):
    assert found(name, as_workbook) == sorted(BROKEN[name][1])


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("layout", [as_json, as_workbook])
def test_sentences_say_what_to_do_and_nothing_from_the_data(name, layout):
    for problem in refused(name, layout).problems:
        wrong, colon, remedy = problem.sentence.partition(": ")
        assert wrong and colon and remedy
        assert "{" not in problem.sentence
    said = str(refused(name, layout))
    for secret in ("1234", "010", "desk@", "somebody", "camel", "storm", "-15", "327", "15.25", "WESTT", "STRT"):
        assert secret not in said


def test_cells_are_named_as_the_person_finds_them():
    assert str(refused("leg to nowhere", as_workbook)) == (
        "book: legs!C2 RB302 no place has this code: the nearest spelling stands in places!A3; add the place or correct the code")
    assert str(refused("leg to nowhere", as_json)) == (
        "book: /legs/0/to RB302 no place has this code: the nearest spelling stands in /places/1/code; "
        "add the place or correct the code")


def test_a_misspelt_column_is_answered_with_the_right_spelling():
    assert "if `cost` is meant" in refused("misspelt column", as_json).problems[0].sentence


def test_every_rule_has_a_code_of_a_family_and_a_remedy():
    for code, rule in RULES.items():
        assert re.fullmatch(r"RB[1-9]\d\d", code) and code[:3] in FAMILIES
        assert rule.wrong and rule.remedy


@pytest.mark.parametrize("sheet", [sheet for sheet in SHEETS if sheet.row is not tuple], ids=lambda sheet: sheet.name)
def test_columns_fill_every_field_and_mean_the_same_when_empty(sheet):
    filled = {column.path[0] for column in sheet.columns} - {"-"}
    assert filled == {field.name for field in fields(sheet.row)}
    defaults = {field.name: field.default for field in fields(sheet.row) if field.default is not MISSING}
    empty = {column.path[0]: column.empty for column in sheet.columns if not column.required}
    assert {name: empty[name] for name in defaults if name in empty} == {
        name: value for name, value in defaults.items() if name in empty}


def test_every_column_is_explained_and_its_example_can_be_read():
    for sheet in SHEETS:
        for column in sheet.columns:
            assert column.meaning and column.kind.words
            assert column.kind.read(column.example) is not None

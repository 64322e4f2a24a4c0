"""The threat model promises nothing that no test holds, and each way of doing so would be noticed."""

import pytest

from promises import ROOT, disagreements, holding, promises_in

TEXT = (ROOT / "docs" / "threat-model.md").read_text("utf-8")


def test_every_promise_is_there_once():
    assert list(promises_in(TEXT)) == [f"P{number:02}" for number in range(1, 23)]


def test_table_and_markers_agree():
    assert disagreements(promises_in(TEXT), holding(ROOT / "tests", ROOT)) == []


@pytest.mark.parametrize(("promised", "held", "words"), [
    ({"P01": ("a", "tested")}, {}, "no test is marked"),
    ({"P01": ("a", "open: later")}, {}, "nothing says what will close it"),
    ({}, {"P23": ["tests/test_a.py::test_b"]}, "not in the table"),
])
def test_each_disagreement_is_noticed(promised, held, words):
    faults = disagreements(promised, held)
    assert len(faults) == 1
    assert words in faults[0]


def test_markers_are_read_from_functions_classes_and_modules(tmp_path):
    (tmp_path / "test_a.py").write_text(
        "import pytest\npytestmark = [pytest.mark.promise('P03')]\n"
        "@pytest.mark.promise('P01', 'P02')\ndef test_b():\n    assert True\n", "utf-8")
    assert holding(tmp_path, tmp_path) == {"P01": ["test_a.py::test_b"], "P02": ["test_a.py::test_b"], "P03": ["test_a.py"]}


def test_the_first_page_says_that_nobody_audited_it():
    assert "not been independently audited" in (ROOT / "README.md").read_text("utf-8")
    assert "Not independently audited" in TEXT

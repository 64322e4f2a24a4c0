"""The table of refusals tells the truth; and the check of it notices each way of not doing so."""

import re
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from proofs import Mark, marks_in
from refusals import BUILT, Duty, copies, disagreements, duties_of, not_held, planted, write

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "docs" / "refusals.csv"
WANTED = [f"H-{number:02}" for number in (*range(1, 18), *range(20, 51))] + [f"W-{number:02}" for number in range(1, 19)]


def test_every_refusal_requirement_and_warning_is_there_once():
    duties = duties_of(TABLE)
    assert [duty.id for duty in duties] == WANTED
    assert all(duty.refused.strip() for duty in duties)
    assert {area for duty in duties for area in duty.area.split(";")} <= {f"K{number}" for number in range(1, 15)}


def test_table_markers_and_planted_faults_say_the_same():
    assert disagreements(duties_of(TABLE), marks_in(ROOT / "tests", ROOT, "refuses"), planted()) == []


def test_each_refusal_that_the_code_names_has_its_line():
    named = {name for path in (ROOT / "src").rglob("*.py") for name in re.findall(r"\b[HW]-\d\d\b", path.read_text("utf-8"))}
    assert len(named) > 15 and named <= set(WANTED)


def test_no_duty_of_cases_the_book_plans_contacts_or_money_is_open():
    """Of those who work here some are: alarms, complaints, breaches, retention, leaving for good."""
    assert {duty.area.split(";")[0] for duty in duties_of(TABLE) if duty.state == "open"} & BUILT == {"K14"}


@dataclass(frozen=True)
class Fault:
    name: str
    killed_by: str
    refuses: str


HELD = Duty("H-04", "a forbidden leg", "K3", "enforced", ("tests/test_a.py::test_never",), ("planned over",))
OPEN = Duty("H-08", "a message", "K4", "open", (), (), "nothing is sent")
MARK = Mark("H-04", "tests/test_a.py::test_never")
FAULT = Fault("planned over", "tests/test_a.py::test_never", "H-04")


@pytest.mark.parametrize(("duty", "marks", "faults", "words"), [
    (replace(HELD, state="works"), [MARK], [FAULT], "the state is one of"),
    (replace(HELD, tests=(), faults=()), [], [], "no test is marked with it"),
    (replace(HELD, faults=()), [MARK], [], "no planted fault attacks it"),
    (HELD, [], [FAULT], "is not marked refuses('H-04')"),
    (HELD, [MARK, Mark("H-99", MARK.test)], [FAULT], "H-99, which is no line"),
    (HELD, [MARK], [replace(FAULT, refuses="H-04 H-99")], "names H-99, which is no line"),
    (HELD, [MARK, replace(MARK, test="tests/test_a.py::test_other")], [FAULT], "not those of the table"),
    (HELD, [MARK], [FAULT, replace(FAULT, name="another")], "not those of the table"),
    (replace(HELD, why_open="later"), [MARK], [FAULT], "no area that is still to come"),
    (replace(HELD, why_open="the rest of K1"), [MARK], [FAULT], "no area that is still to come"),
    (replace(HELD, state="open", tests=(), faults=()), [], [], "does not say why"),
])
def test_each_disagreement_is_noticed(duty, marks, faults, words):
    assert any(words in one for one in disagreements([duty], marks, faults))


def test_a_line_with_a_comma_too_many_is_noticed(tmp_path):
    write(tmp_path / "refusals.csv", [HELD])
    assert duties_of(tmp_path / "refusals.csv") == [HELD]
    with (tmp_path / "refusals.csv").open("a", encoding="utf-8") as file:
        file.write("H-05,a,K1,open,,,not built, and more\n")
    with pytest.raises(AssertionError, match="comma"):
        duties_of(tmp_path / "refusals.csv")


def test_agreement_is_silent():
    waits = replace(HELD, why_open="departures come with K4")
    assert disagreements([HELD, OPEN], [MARK], [FAULT]) == disagreements([waits], [MARK], [FAULT]) == []


def test_a_test_that_did_not_pass_holds_nothing():
    assert not_held([HELD, OPEN], {MARK.test: ["passed", "passed"]}) == []
    assert not_held([HELD], {}) == ["H-04: tests/test_a.py::test_never did not run"]
    assert not_held([HELD], {MARK.test: ["passed", "failed"]}) == ["H-04: tests/test_a.py::test_never failed and passed"]


def test_markers_and_faults_are_copied_and_reasons_stay(tmp_path):
    write(tmp_path / "refusals.csv", copies([replace(HELD, tests=(), faults=("gone",)), OPEN], [MARK], [FAULT]))
    assert duties_of(tmp_path / "refusals.csv") == [HELD, OPEN]

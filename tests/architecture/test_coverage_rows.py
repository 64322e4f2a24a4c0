"""The table of requirement rows tells the truth; and the check of it notices each way of not doing so."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from proofs import Mark, Row, disagreements, marked, marks_in, not_proved, rows_of, write

ROOT = Path(__file__).resolve().parents[2]
ROWS_PER_SOURCE = {"S000": 34, "S001": 64, "S002": 24, "S003": 27, "S004": 56}


def test_every_row_is_there_once():
    rows = rows_of(ROOT / "docs" / "coverage.csv")
    wanted = [f"{source}-{number:02}" for source, many in ROWS_PER_SOURCE.items() for number in range(1, many + 1)]
    assert [row.id for row in rows] == wanted
    assert len(rows) == 205
    assert all(row.capability.strip() for row in rows)
    areas = {area for row in rows for area in row.area.split(";")}
    assert areas == {f"K{number}" for number in range(1, 15)}


def test_table_and_markers_say_the_same():
    assert disagreements(rows_of(ROOT / "docs" / "coverage.csv"), marks_in(ROOT / "tests", ROOT)) == []


WORKS = Row("S001-26", "K2", "forbidden leg", "works", ("tests/test_a.py::test_mine",))
OPEN = Row("S001-27", "K3", "route choice", "open", (), "comes with journeys")
MARK = Mark("S001-26", "tests/test_a.py::test_mine")


@pytest.mark.parametrize(
    ("rows", "marks", "words"),
    [
        ([OPEN], [MARK], "no row of coverage.csv"),
        ([Row("S001-26", "K2", "forbidden leg", "works", ())], [], "names no proof"),
        ([Row("S001-26", "K2", "forbidden leg", "open", WORKS.proofs, "later")], [MARK], "not said to work"),
        ([Row("S001-26", "K2", "forbidden leg", "done", ())], [], "the state is one of"),
        ([WORKS], [], "is not marked proves"),
        ([Row("S001-26", "K2", "forbidden leg", "open", (), "later")], [MARK], "does not name it"),
        ([replace(WORKS, why_open="later")], [MARK], "gives a reason why it is open"),
        ([replace(OPEN, why_open="")], [], "does not say why"),
    ],
)
def test_each_disagreement_is_noticed(rows, marks, words):
    faults = disagreements(rows, marks)
    assert len(faults) == 1
    assert words in faults[0]


def test_agreement_is_silent():
    assert disagreements([WORKS, OPEN], [MARK]) == []


@pytest.mark.parametrize(
    ("outcomes", "words"),
    [({}, "did not run"), ({"tests/test_a.py::test_mine": ["skipped"]}, "skipped"),
     ({"tests/test_a.py::test_mine": ["passed", "failed"]}, "failed and passed")],
)
def test_a_proof_that_did_not_pass_is_no_proof(outcomes, words):
    (fault,) = not_proved([WORKS, OPEN], outcomes)
    assert words in fault


def test_a_proof_that_passed_in_every_case_is_one():
    assert not_proved([WORKS], {"tests/test_a.py::test_mine": ["passed", "passed"]}) == []


def small_project(folder: Path, body: str) -> Path:
    """A project with this repository's conftest, one row that is said to work, and one test file."""
    (folder / "tests").mkdir()
    (folder / "docs").mkdir()
    for name in ("conftest.py", "proofs.py", "refusals.py"):
        (folder / "tests" / name).write_text((ROOT / "tests" / name).read_text("utf-8"), "utf-8")
    (folder / "tests" / "test_a.py").write_text(body, "utf-8")
    (folder / "docs" / "coverage.csv").write_text(
        "id,area,capability,state,proof,why_open\nS001-26,K2,forbidden leg,works,tests/test_a.py::test_mine,\n", "utf-8")
    (folder / "docs" / "refusals.csv").write_text("id,refused,area,state,tests,planted_faults,why_open\n", "utf-8")
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = proves(row): asserts a row\n", "utf-8")
    return folder


PASSES = "import pytest\n\n@pytest.mark.proves('S001-26')\ndef test_mine():\n    assert 1 + 1 == 2\n"


@pytest.mark.parametrize("workers", [("-p", "no:xdist"), ("-n", "2")], ids=["alone", "two workers"])
@pytest.mark.parametrize(
    ("body", "code", "words"),
    [
        (PASSES, 0, "1 passed"),
        (PASSES.replace("== 2", "== 2\n    pytest.skip('not today')"), 1, "test_mine skipped"),
        (PASSES.replace("test_mine", "test_other"), 1, "test_mine did not run"),
    ],
    ids=["passed", "skipped", "missing"],
)
def test_the_run_itself_fails_without_its_proofs(tmp_path, workers, body, code, words):
    project = small_project(tmp_path, body)
    command = [sys.executable, "-m", "pytest", "--proofs", "-q", *workers, "tests"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    assert words in done.stdout


def test_markers_are_found_in_classes_and_with_several_rows(tmp_path):
    (tmp_path / "test_b.py").write_text(
        "import pytest\n\nclass TestLeg:\n    @pytest.mark.proves('S001-26', 'S001-27')\n    def test_it(self):\n"
        "        assert True\n", "utf-8")
    assert marks_in(tmp_path, tmp_path) == [Mark("S001-26", "test_b.py::TestLeg::test_it"),
                                            Mark("S001-27", "test_b.py::TestLeg::test_it")]


def test_markers_can_be_copied_into_the_table(tmp_path):
    rows = [replace(WORKS, state="open", proofs=(), why_open="later"),
            replace(OPEN, state="works", proofs=("tests/test_gone.py::test_it",))]
    write(tmp_path / "coverage.csv", marked(rows, [MARK]))
    assert rows_of(tmp_path / "coverage.csv") == [WORKS, OPEN]

"""Which requirement row is proved by which test, and whether that test really ran and passed.

`docs/coverage.csv` has one line per row: `works` with the tests that prove it, or `open`; in an area that was built, with
the reason why it still is. A proof is a test marked `@pytest.mark.proves("S001-08")`. The two must say the same in both directions, and in a full run every named proof must
have passed: a skipped proof proves nothing.

    python tests/proofs.py         copy the markers into the table; the difference is what a review reads
"""

import ast
import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

STATES = ("open", "works")
COLUMNS = ["id", "area", "capability", "state", "proof", "why_open"]
BUILT = frozenset({"K1", "K2", "K3", "K4", "K5", "K6", "K7", "K14"})  # areas in which a row that does not work says why


@dataclass(frozen=True, slots=True)
class Row:
    """One requirement: what is asked for, and the tests that prove it."""

    id: str
    area: str
    capability: str
    state: str
    proofs: tuple[str, ...]  # "tests/core/test_truth.py::test_name"
    why_open: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A marker found in a test file."""

    row: str
    test: str


def rows_of(path: Path) -> list[Row]:
    """Read `coverage.csv`."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.DictReader(file)
        assert lines.fieldnames == COLUMNS, f"{path.name} has the columns {lines.fieldnames}"
        return [
            Row(line["id"], line["area"], line["capability"], line["state"], tuple(line["proof"].split()), line["why_open"])
            for line in lines
        ]


def marks_in(folder: Path, root: Path, marker: str = "proves") -> list[Mark]:
    """Every marker of a kind below `folder`, read from the source without running it."""
    found = []
    for path in sorted(folder.rglob("test_*.py")):
        name = path.relative_to(root).as_posix()
        found += _marks(ast.parse(path.read_text("utf-8")).body, name, marker)
    return found


def _marks(body: Iterable[ast.stmt], prefix: str, marker: str) -> list[Mark]:
    found = []
    for node in body:
        if isinstance(node, ast.ClassDef):
            found += _marks(node.body, f"{prefix}::{node.name}", marker)
        elif isinstance(node, ast.FunctionDef):
            found += [Mark(row, f"{prefix}::{node.name}") for mark in node.decorator_list for row in _rows_in(mark, marker)]
    return found


def _rows_in(mark: ast.expr, marker: str) -> list[str]:
    if not (isinstance(mark, ast.Call) and ast.unparse(mark.func).endswith(f"mark.{marker}")):
        return []
    return [str(word.value) if isinstance(word, ast.Constant) else ast.unparse(word) for word in mark.args]


def disagreements(rows: Iterable[Row], marks: Iterable[Mark]) -> list[str]:
    """Sentences about every place where the table and the markers do not say the same."""
    table = {row.id: row for row in rows}
    marked = {(mark.row, mark.test) for mark in marks}
    faults = [f"{test} proves {row}, which is no row of coverage.csv" for row, test in sorted(marked) if row not in table]
    for row in table.values():
        if row.state not in STATES:
            faults.append(f"{row.id}: the state is one of {', '.join(STATES)}, not {row.state!r}")
        if row.state == "works" and not row.proofs:
            faults.append(f"{row.id}: works, but names no proof")
        if row.state != "works" and row.proofs:
            faults.append(f"{row.id}: names a proof, but is not said to work")
        if row.state == "works" and row.why_open:
            faults.append(f"{row.id}: works, but gives a reason why it is open")
        if row.state == "open" and BUILT & set(row.area.split(";")) and not row.why_open:
            faults.append(f"{row.id}: is open in an area that was built, and does not say why")
        faults += [f"{row.id}: {test} is not marked proves({row.id!r})" for test in row.proofs if (row.id, test) not in marked]
    named = {(row.id, test) for row in table.values() for test in row.proofs}
    faults += [f"{row}: {test} is marked as its proof, but coverage.csv does not name it"
               for row, test in sorted(marked - named) if row in table]
    return faults


def not_proved(rows: Iterable[Row], outcomes: Mapping[str, Iterable[str]]) -> list[str]:
    """Sentences about every named proof that did not run, or ran and did not pass.

    `outcomes` gives for each test, by its name without parameters, what became of each of its cases.
    """
    faults = []
    for row in rows:
        for test in row.proofs:
            seen = sorted(set(outcomes.get(test, ())))
            if seen != ["passed"]:
                faults.append(f"{row.id}: {test} {' and '.join(seen) if seen else 'did not run'}")
    return faults


def marked(rows: Iterable[Row], marks: Iterable[Mark]) -> list[Row]:
    """The rows with the proofs that the markers claim for them; a row that works keeps no reason why it was open."""
    claims: dict[str, set[str]] = {}
    for mark in marks:
        claims.setdefault(mark.row, set()).add(mark.test)
    return [replace(row, state="works" if row.id in claims else "open", proofs=tuple(sorted(claims.get(row.id, ()))),
                    why_open="" if row.id in claims else row.why_open) for row in rows]


def write(path: Path, rows: Iterable[Row]) -> None:
    """Write `coverage.csv`."""
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(COLUMNS)
        lines.writerows([row.id, row.area, row.capability, row.state, " ".join(row.proofs), row.why_open] for row in rows)


if __name__ == "__main__":
    ROOT = Path(__file__).resolve().parent.parent
    TABLE = ROOT / "docs" / "coverage.csv"
    write(TABLE, marked(rows_of(TABLE), marks_in(ROOT / "tests", ROOT)))

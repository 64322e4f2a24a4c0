"""What the office refuses, requires and warns of, which test asserts it, and which planted fault that test catches.

`docs/refusals.csv` has one line per duty: `enforced` with the tests marked `@pytest.mark.refuses("H-21")` and the faults of
`tests/security/mutants_*.py` that name it, or `open` with the reason. An enforced line may say which part of the duty waits,
if that part belongs to an area (K4 and so on) that was not built. Tests and faults are copied; state and reason are written.

    python tests/refusals.py       copy markers and planted faults into the table; the difference is what a review reads
"""

import csv
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from proofs import Mark, marks_in

STATES = ("enforced", "open")
COLUMNS = ["id", "refused", "area", "state", "tests", "planted_faults", "why_open"]
BUILT = frozenset({"K1", "K2", "K3", "K5", "K7", "K14"})  # areas whose duties are held, but for what a reason names


class Fault(Protocol):
    """A planted fault, as `tests/security/mutant.py` has it."""

    name: str
    killed_by: str
    refuses: str


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that is refused, required or warned of."""

    id: str
    refused: str
    area: str
    state: str
    tests: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    why_open: str = ""


def duties_of(path: Path) -> list[Duty]:
    """Read `refusals.csv`."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.DictReader(file)
        assert lines.fieldnames == COLUMNS, f"{path.name} has the columns {lines.fieldnames}"
        found = list(lines)
        assert all(None not in line and None not in line.values() for line in found), f"{path.name}: a line with a comma too many or too few"
        return [Duty(line["id"], line["refused"], line["area"], line["state"], tuple(line["tests"].split()),
                     tuple(filter(None, line["planted_faults"].split("; "))), line["why_open"]) for line in found]


def planted() -> list[Fault]:
    """Every planted fault."""
    folder = str(Path(__file__).resolve().parent / "security")
    sys.path.insert(0, folder)
    try:
        from mutants import MUTANTS  # their folder is on the path only now
    finally:
        sys.path.remove(folder)
    return list(MUTANTS)


def disagreements(duties: Iterable[Duty], marks: Iterable[Mark], faults: Iterable[Fault]) -> list[str]:
    """Sentences about every place where the table, the markers and the planted faults do not say the same."""
    table, marks, faults = {duty.id: duty for duty in duties}, list(marks), list(faults)
    marked = {(mark.row, mark.test) for mark in marks}
    said = [f"{test} is marked with {row}, which is no line of refusals.csv" for row, test in sorted(marked) if row not in table]
    for fault in faults:
        for row in fault.refuses.split():
            if row not in table:
                said.append(f"the fault {fault.name!r} names {row}, which is no line of refusals.csv")
            said += [f"{test} catches {fault.name!r}, but is not marked refuses({row!r})"
                     for test in fault.killed_by.split() if (row, test) not in marked]
    for duty, copied in zip(table.values(), copies(table.values(), marks, faults), strict=True):
        said += [f"{duty.id}: {words}" for words in _wrong(duty)]
        if duty != copied:
            said.append(f"{duty.id}: its tests and planted faults are not those of the table: python tests/refusals.py")
    return said


def _wrong(duty: Duty) -> list[str]:
    """What one line says wrongly, whatever the tests are."""
    waiting = set(re.findall(r"\bK\d+\b", duty.why_open))
    return [words for words, wrong in (
        (f"the state is one of {', '.join(STATES)}, not {duty.state!r}", duty.state not in STATES),
        ("is enforced, but no test is marked with it", duty.state == "enforced" and not duty.tests),
        ("is enforced, but no planted fault attacks it", duty.state == "enforced" and not duty.faults),
        ("is open, and does not say why", duty.state == "open" and not duty.why_open),
        ("is enforced, and what waits belongs to no area that is still to come",
         duty.state == "enforced" and bool(duty.why_open) and not waiting - BUILT),
    ) if wrong]


def copies(duties: Iterable[Duty], marks: Iterable[Mark], faults: Iterable[Fault]) -> list[Duty]:
    """The duties with the tests that are marked and the faults that are planted for them."""
    tests: dict[str, set[str]] = {}
    names: dict[str, list[str]] = {}
    for mark in marks:
        tests.setdefault(mark.row, set()).add(mark.test)
    for fault in faults:
        for row in fault.refuses.split():
            names.setdefault(row, []).append(fault.name)
    return [replace(duty, tests=tuple(sorted(tests.get(duty.id, ()))), faults=tuple(names.get(duty.id, ())))
            for duty in duties]


def not_held(duties: Iterable[Duty], outcomes: Mapping[str, Iterable[str]]) -> list[str]:
    """Sentences about every test of a duty that did not run, or ran and did not pass."""
    found = {(duty.id, test, " and ".join(sorted(set(outcomes.get(test, ()))))) for duty in duties for test in duty.tests}
    return [f"{row}: {test} {seen or 'did not run'}" for row, test, seen in sorted(found) if seen != "passed"]


def write(path: Path, duties: Iterable[Duty]) -> None:
    """Write `refusals.csv`."""
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(COLUMNS)
        lines.writerows([duty.id, duty.refused, duty.area, duty.state, " ".join(duty.tests), "; ".join(duty.faults),
                         duty.why_open] for duty in duties)


if __name__ == "__main__":
    ROOT = Path(__file__).resolve().parent.parent
    TABLE = ROOT / "docs" / "refusals.csv"
    write(TABLE, copies(duties_of(TABLE), marks_in(ROOT / "tests", ROOT, "refuses"), planted()))

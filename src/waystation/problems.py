"""What is wrong with a file somebody gave us: where, which rule, and what to do about it.

A `Problem` points at one cell and says how to mend it. All problems of a file are collected and raised together, so
that a person repairs a file once and not cell by cell. A sentence is made from a catalogue of rules and never from the
data: it may hold a rule's limits and the words that are allowed, but no name, place or number that stood in the file.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

SHOWN = 200  # problems kept of one file; whoever has more needs the rule, not the list


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in one cell.

    `row` counts as in a workbook (1 is the heading, 2 the first row) for every kind of file; 0 means the sheet or the
    file as a whole. `cell` is the address as the person finds it: ``legs!F17`` or ``/legs/15/cost``.

    >>> print(Problem("legs", 17, "cost", "RB206", "a cost is negative: give 0 or more", cell="legs!F17"))
    legs!F17 RB206 a cost is negative: give 0 or more
    """

    sheet: str
    row: int
    column: str
    code: str
    sentence: str
    cell: str = ""
    file: str = ""

    def __str__(self) -> str:
        where = self.cell or self.sheet
        return f"{where} {self.code} {self.sentence}" if where else f"{self.code} {self.sentence}"

    def row_for_json(self) -> dict[str, str | int]:
        """The fields as a plain object, for programs that read our output."""
        return {"file": self.file, "sheet": self.sheet, "row": self.row, "column": self.column, "cell": self.cell,
                "code": self.code, "sentence": self.sentence}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the catalogue: what is wrong and the remedy, with ``{hints}`` that are filled from limits, not data."""

    wrong: str
    remedy: str

    def sentence(self, hints: Mapping[str, object]) -> str:
        """The rule as one sentence for a reader."""
        return f"{self.wrong}: {self.remedy}".format_map(hints)


class InvalidInput(Exception):
    """A file that cannot be used as it is. `problems` holds the first 200, `more` how many were left off."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        found = tuple(problems)
        self.problems = found[:SHOWN]
        self.more = len(found) - len(self.problems)
        super().__init__("\n".join(self.lines()))

    def lines(self) -> list[str]:
        """One line a problem, its file first, and a last line if some were left off."""
        lines = [f"{problem.file}: {problem}" if problem.file else str(problem) for problem in self.problems]
        return [*lines, f"... and {self.more} more"] if self.more else lines


class Findings:
    """Collects the problems of one file while it is read."""

    def __init__(self, rules: Mapping[str, Rule], *, file: str,
                 address: Callable[[str, int, str], str] | None = None, sheets: Iterable[str] = ()) -> None:
        self.rules = rules
        self.file = file
        self.address = address
        self.sheets = tuple(sheets)  # in the order in which a reader goes through them
        self.problems: list[Problem] = []

    def add(self, code: str, sheet: str = "", row: int = 0, column: str = "", *, cell: str = "",
            **hints: object) -> None:
        """Note a problem; `hints` fill the rule's sentence. `cell` is worked out unless it is given."""
        sentence = self.rules[code].sentence(hints)
        if not cell and sheet and self.address:
            cell = self.address(sheet, row, column)
        self.problems.append(Problem(sheet, row, column, code, sentence, cell=cell, file=self.file))

    def sorted(self) -> list[Problem]:
        """The problems in the order of the file: those of the whole file, then sheet by sheet, row by row."""
        order = {sheet: n for n, sheet in enumerate(dict.fromkeys(["", *self.sheets]))}
        return sorted(self.problems, key=lambda p: (order.get(p.sheet, len(order)), p.row))

"""Write the generated pages of the manual: `docs/reference/*.md`. Each says what the program itself reads or offers.

    python tools/docs.py           write them
    python tools/docs.py --check   only say which of them are no longer true; a test does the same

Nothing on these pages is written by hand, so that they cannot come to differ from the program.
"""

import argparse
import dataclasses
import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from waystation.cli.arguments import parser
from waystation.network.columns import FORMAT, SHEETS, Column
from waystation.network.problems import FAMILIES, RULES
from waystation.party import Party
from waystation.party_file import FIELDS
from waystation.party_file import RULES as PARTY
from waystation.problems import Rule

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
DEFAULTS = ROOT / "src" / "waystation" / "network" / "defaults.toml"
NOTE = "Written by `make docs` from the program itself; changes belong there."


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    """A Markdown table."""
    names = list(head)
    lines = [f"| {' | '.join(names)} |", "|" + "---|" * len(names)]
    return [*lines, *(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows)]


def rules(catalogue: Iterable[tuple[str, Rule]]) -> list[str]:
    """What is wrong, and what to do about it, by code."""
    def shown(words: str) -> str:  # what is filled in for the case at hand stands in italics
        return re.sub(r"`?\{(\w+)\}`?", r"*\1*", words.replace("{nearest}", ""))

    rows = ((code, shown(rule.wrong), shown(rule.remedy)) for code, rule in catalogue)
    return table(("code", "wrong", "remedy"), rows)


def options(verb: argparse.ArgumentParser) -> Iterator[tuple[str, str]]:
    """What a verb takes, and what it means, in the order of its help."""
    for action in verb._actions:
        if isinstance(action, argparse._HelpAction | argparse._SubParsersAction):
            continue
        value = action.metavar or ("" if action.nargs == 0 else action.dest.upper())
        names = ", ".join(action.option_strings) or str(value)
        meaning = re.sub(r"\s+", " ", action.help or "")
        yield f"`{names}{f' {value}' if action.option_strings and value else ''}`", (
            meaning + (" (needed)" if action.required and action.option_strings else ""))


def command_line() -> str:
    """Every verb with its options and exit codes."""
    top = parser()
    verbs = next(action for action in top._actions if isinstance(action, argparse._SubParsersAction))
    lines = ["# Command line", "", NOTE, "", " ".join((top.description or "").split()), "", top.epilog or "", ""]
    for name, verb in verbs.choices.items():
        lines += [f"## waystation {name}", "", verb.description or "", ""]
        lines += [*table(("option", "meaning"), options(verb)), ""]
    return "\n".join(lines)


def column_row(column: Column) -> tuple[str, ...]:
    """One column as the manual shows it."""
    empty = "" if column.required else "may be empty"
    refers = f"stands in `{column.refers}`" if column.refers else ""
    kind = "; ".join(part for part in (column.kind.words, refers, empty) if part)
    return f"`{column.name}`", column.meaning, column.unit, kind, f"`{column.example}`" if column.example else ""


def route_book() -> str:
    """Sheets and columns of a route book, and every rule it is checked by."""
    about = f"One workbook (`.xlsx`) or one JSON object with the same tables, format {FORMAT}. Both are read alike."
    lines = ["# Route book", "", NOTE, "", about, "",
             "`waystation template` writes an empty one that explains itself.", "",
             "No names, no phone numbers, no exact positions: a file that holds them is refused.", ""]
    for sheet in SHEETS:
        lines += [f"## {sheet.name}", "", sheet.meaning + (" Needed." if sheet.required else ""), ""]
        lines += [*table(("column", "meaning", "unit", "holds", "example"), map(column_row, sheet.columns)), ""]
    lines += ["## Rules", "", "Every broken rule of a file is named at once, with its sheet, row and column.", ""]
    for family, words in FAMILIES.items():
        lines += [f"### {family}: {words}", ""]
        lines += [*rules(item for item in RULES.items() if item[0].startswith(family)), ""]
    return "\n".join(lines)


def party() -> str:
    """The keys of a party's file, and every rule it is checked by."""
    given = {field.name: field for field in dataclasses.fields(Party)}
    rows = [(f"`{key}`", field.meaning, shown_default(given[key])) for key, field in FIELDS.items()]
    return "\n".join([
        "# Party", "", NOTE, "", "One JSON object, and nothing in it that says who they are.", "",
        "```json", '{"size": 2, "youngest_y": 9, "oldest_y": 34, "all_agree": true, "guardian_ok": true}', "```", "",
        *table(("key", "meaning", "if left out"), rows), "",
        "`subgroups` is a list of parties, only where `stay_together` is false.", "",
        "## Rules", "", *rules(PARTY.items()), ""])


def shown_default(field: "dataclasses.Field[object]") -> str:
    """What a key means when it is left out."""
    if field.default is dataclasses.MISSING:
        return "an error"
    return f"`{json.dumps(field.default)}`"


def starting_values() -> str:
    """The numbers set by judgement, as they stand in the file."""
    about = "Numbers that nobody has measured yet. They were set by judgement and are to be replaced by data."
    values = DEFAULTS.read_text("utf-8").strip()
    return f"# Starting values\n\n{NOTE}\n\n{about}\n\n```toml\n{values}\n```\n"


def pages() -> dict[Path, str]:
    """Every generated page and its text."""
    return {
        REFERENCE / "command-line.md": command_line(),
        REFERENCE / "route-book.md": route_book(),
        REFERENCE / "party.md": party(),
        REFERENCE / "starting-values.md": starting_values(),
    }


def stale() -> list[str]:
    """Names of the pages that no longer say what the program does."""
    return [path.name for path, text in pages().items() if not path.is_file() or path.read_text("utf-8") != text]


def main(arguments: list[str]) -> int:
    """Write the pages, or only check them."""
    if "--check" in arguments:
        old = stale()
        print("\n".join(f"{name} is no longer true: run `make docs`" for name in old) or "All pages are true.")
        return 1 if old else 0
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for path, text in pages().items():
        path.write_text(text, "utf-8")
        print(path.relative_to(ROOT).as_posix())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Write the generated pages of the manual: `docs/reference/*.md`. Each says what the program itself reads or offers.

    python tools/docs.py           write them
    python tools/docs.py --check   only say which of them are no longer true; a test does the same

Nothing on these pages is written by hand, so that they cannot come to differ from the program.
"""

import argparse
import dataclasses
import itertools
import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from waystation.access import (
    TABLE,
    TYPES,
    WHY,
    WRITERS,
    Facts,
    Holding,
    Member,
    NotAllowed,
    Permission,
    Role,
    check_roles,
    default_kinds,
    may,
)
from waystation.access.decisions import STEP_UP_TYPES, TWO_TO_GRANT, TWO_TO_SHRED, TWO_TO_WRITE
from waystation.access.fields import COLUMN, EVERY, registry
from waystation.access.roles import APART
from waystation.casework.application import APPLICATION
from waystation.casework.retention import CLOCKS, LONGEST_HOLD, NOTICE
from waystation.casework.status import CASE, PAST_THE_ROAD, REQUEST
from waystation.casework.status import Table as Moves
from waystation.cli.arguments import parser
from waystation.network.columns import FORMAT, SHEETS, Column
from waystation.network.problems import FAMILIES, RULES
from waystation.party import Party
from waystation.party_file import FIELDS
from waystation.party_file import RULES as PARTY
from waystation.portfolio import missions_file as month
from waystation.portfolio.reading import NEEDED, Key
from waystation.portfolio.rules import RULES as MONTH
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


def missions() -> str:
    """The keys of a month's missions and of its caps, and every rule they are checked by."""
    def keys(title: str, fields: dict[str, Key]) -> list[str]:
        rows = [(f"`{name}`", key.meaning, "an error" if key.default is NEEDED else f"`{json.dumps(key.default)}`")
                for name, key in fields.items()]
        return [f"## {title}", "", *table(("key", "meaning", "if left out"), rows), ""]

    objects = {"Missions": month.MONTH, "Each of `missions`": month.MISSION, "Each of `variants`": month.VARIANT,
               "Each of `areas`": month.AREA, "Caps": month.CAPS}
    return "\n".join([
        "# Missions and caps", "", NOTE, "",
        "Two JSON objects for `waystation portfolio`: a month's missions, and what there is for them. Nothing in them",
        "says who somebody is, what they believe or what they could pay.", "",
        *(line for title, fields in objects.items() for line in keys(title, fields)),
        "## Rules", "", *rules(MONTH.items()), ""])


def starting_values() -> str:
    """The numbers set by judgement, as they stand in the file."""
    about = "Numbers that nobody has measured yet. They were set by judgement and are to be replaced by data."
    values = DEFAULTS.read_text("utf-8").strip()
    return f"# Starting values\n\n{NOTE}\n\n{about}\n\n```toml\n{values}\n```\n"


HOLDS = {
    Holding.BY_ROLE: "holds",
    Holding.ASSIGNED: "if assigned, else **key**",
    Holding.NAMED: "if named, else **key**",
    Holding.SEALED: "**key**; on a reason",
    Holding.TWO: "**key**; on two signatures",
    Holding.NEVER: "**key**",
}
BEST = Facts(kinds=frozenset(), last_of=0)  # of the account acts: nothing stands against them but the role
OF_RECORDS = {Permission.OPEN_VAULT, Permission.WRITE_VAULT, Permission.CREATE_VAULT, Permission.GRANT,
              Permission.END_GRANT, Permission.SHRED, Permission.UPLOAD, Permission.DOWNLOAD, Permission.SEARCH}


def holds(name: str, role: Role) -> str:
    """How a role comes to hold records of a type; what would unite all three kinds takes two."""
    how = TABLE[name][role]
    unites = default_kinds({role}) | {TYPES[name]} >= APART
    return HOLDS[Holding.TWO if how is Holding.SEALED and unites else how]


def writing(name: str, role: Role) -> str:
    """What keeps a role from writing records of a type, if anything does."""
    if role in WRITERS[name]:
        return "writes"
    if TABLE[name][role] is Holding.NEVER:
        return "**key**"
    return "two signatures (**rule**)" if role in TWO_TO_WRITE.get(name, ()) else "**rule**"


def act(permission: Permission, role: Role) -> str:
    """What the server answers a person of one role when every other fact is in favour."""
    answer = may(Member(bytes(16), frozenset({role}), officer=True), permission, BEST)
    if not isinstance(answer, NotAllowed):
        return "yes"
    return "step-up" if answer.step_up else "**rule**"


def clashes() -> Iterator[str]:
    """Every smallest set of roles that one person may not unite."""
    found: list[set[Role]] = []
    for size in range(1, len(Role) + 1):
        for some in itertools.combinations(Role, size):
            if check_roles(some) and not any(smaller < set(some) for smaller in found):
                found.append(set(some))
                yield " + ".join(role.words for role in some)


def named(types: Iterable[str]) -> str:
    """Types of records in the order of the table."""
    wanted = set(types)
    return ", ".join(f"`{name}`" for name in TYPES if name in wanted)


ROLES_ABOUT = """\
Each cell says what stands in the way.

* **key**: without a grant there is no key, and the stored bytes stay sealed, whoever has the disk.
* **rule**: the server refuses. Whoever controls the running server could make it answer otherwise.

An account may have several roles; of its cells the one that asks for least counts. How keys and grants work:
[vaults](../explanation/vaults.md)."""
ROLES_HOLD = """\
The author and the recovery key hold every record. *On a reason*: a holder may grant it, with a written reason and an
end date. *On two signatures*: another person must sign as well; that is a rule. Where a cell says **key** alone, the
server also refuses, by rule, to let a holder grant it."""
ROLES_ACT = """\
When all else is in favour: the account is another's, nobody's last record is lost. *Step-up* = after confirming that it
is you. To certify is for key officers, whatever their role. Whoever was granted a plan reads that plan."""


def roles() -> str:
    """Which role holds which records, what it may write and do, and which roles may not be united."""
    heads = [role.words for role in Role]
    kinds = {name: kind.name.lower() for name, kind in TYPES.items()}
    held = ((f"`{name}`", kinds[name], *(holds(name, role) for role in Role)) for name in TYPES)
    writes = ((f"`{name}`", *(writing(name, role) for role in Role)) for name in TYPES)
    acts = ((permission.value.replace("_", " "), *(act(permission, role) for role in Role))
            for permission in Permission if permission not in OF_RECORDS)
    return "\n".join([
        "# Roles", "", NOTE, "", ROLES_ABOUT, "",
        "## Who holds a new record", "", ROLES_HOLD, "", *table(("record", "kind", *heads), held), "",
        "## Who may write a record they hold", "",
        "Making a new record and shredding it are for the same roles, by rule. Every holder may grant it.", "",
        *table(("record", *heads), writes), "",
        f"* Granting {named(STEP_UP_TYPES)} needs step-up; so does every shredding.",
        f"* Granting {named(TWO_TO_GRANT)} needs a second signature,",
        "  and so does any grant that gives one account people, network and evidence.",
        f"* Shredding {named(TWO_TO_SHRED)} needs a second signature.",
        "* What was granted on a reason is opened one by one, and not searched.",
        "* The last person who holds a record cannot leave it.", "",
        "## Who may do what else", "", ROLES_ACT, "", *table(("act", *heads), acts), "",
        "## Roles that one person may not unite (R-10)", "", *(f"* {line}" for line in clashes()), "",
        "Every set of roles that holds one of these is refused.", "",
        "## What a refusal says", "",
        *table(("rule", "sentence"), ((f"`{rule}`", why) for rule, why in WHY.items())), ""])


STATES_ABOUT = """\
A step that is not listed is refused. Each step is made by a person of one of the roles named, with a written reason.
Steps marked ² need a second signature: never the same person's. What a step needs is looked up in the case, or asked
of whoever makes it, and the first thing that is missing is named."""


def diagram(moves: Moves) -> list[str]:
    """The steps as a drawing."""
    def drawn(status: str) -> str:
        return status.replace(" ", "_").replace("-", "_") or "[*]"

    arrows = (f"    {drawn(start)} --> {drawn(move.to or start)}: {event}{' ²' if move.two else ''}"
              for (start, event), move in moves.items())
    return ["```mermaid", "stateDiagram-v2", *arrows, "```"]


def states() -> str:
    """Where a request and a case may stand, and what each step needs."""
    def row(start: str, event: str) -> tuple[str, ...]:
        move = moves[start, event]
        needs = "; ".join(f"{sentence} (`{rule}`)" for rule, sentence, _ in move.needs)
        roles = ", ".join(role.words for role in Role if role in move.who)
        return start or "–", f"`{event}`{' ²' if move.two else ''}", move.to or "where it began", roles, needs

    lines = ["# Steps of a request, a case and an application", "", NOTE, "", STATES_ABOUT, ""]
    for name, moves in (("Request", REQUEST), ("Case", CASE), ("Application for a status", APPLICATION)):
        lines += [f"## {name}", "", *table(("from", "step", "to", "who", "needs"), (row(*key) for key in moves)), "",
                  *diagram(moves), ""]
    back = f"A crisis that began at {' or '.join(sorted(PAST_THE_ROAD))} leads back there."
    back += " An emergency of an application leads back to where it began."
    return "\n".join([*lines, back, "A crisis that began on the road leads to `active`: everybody is asked again.", ""])


RETENTION_ABOUT = """\
A record whose day has come is destroyed on it, by a job that needs nobody's keys. Days are Mondays, rounded down: never
later than was promised. [Let go](../how-to/let-go.md) says how people keep, hold and destroy."""


def retention() -> str:
    """Which record goes when, what starts its clock, why, and what is not done by itself."""
    lines = ["# What goes when", "", NOTE, "", RETENTION_ABOUT, ""]
    rows = ((", ".join(f"`{one}`" for one in clock.types), f"{clock.days} days" if clock.days else "no number",
             clock.starts, clock.why) for clock in CLOCKS.values())
    lines += [*table(("records", "kept for", "counted from", "why"), rows), ""]
    for name, clock in CLOCKS.items():
        lines += [f"## `{name}`", "", *([clock.done, ""] if clock.done else []),
                  *([f"Not by itself: {clock.open}", ""] if clock.open else [])]
    held = (f"A hold ends within {LONGEST_HOLD.days} days. What was held goes {NOTICE.days} days after its end at the "
            "earliest. Whatever goes stands on the page of what goes soon for as long.")
    rest = ("Everything that is not named above has no day: it stays until people destroy it. The record of acts is "
            "never deleted.")
    return "\n".join([*lines, "## Holds", "", held, "", "## No clock", "", rest, ""])


FIELDS_ABOUT = """\
What has no line here is not written: the office refuses to make or change a record that holds it. Classes: C0 public,
C1 for everybody who signs in, C2 for whoever was given the record, C3 says who or where somebody is. Clock: the term of
`waystation.casework.retention` after which a record is destroyed without anybody's keys, or in words what it goes with;
*by hand*: nobody has named a term, and it stays until somebody destroys it."""


def fields() -> str:
    """Every field that is kept: what for, how sensitive, how long, and whether it may leave."""
    lines = ["# Fields", "", NOTE, "", FIELDS_ABOUT, ""]
    for of in dict.fromkeys(line.of for line in registry().values()):
        whole, *rest = (line for line in registry().values() if line.of == of)
        head = f"`{of}` ({whole.kind.name.lower()})" if whole.kind else f"The table `{of[len(COLUMN):]}`"
        about = f"{whole.purpose[0].upper()}{whole.purpose[1:]}. Class {whole.sort.value}, clock: {whole.clock}."
        rows = ((f"`{one.name}`", one.purpose, one.sort.value, ", ".join(sorted(one.leaves))) for one in rest)
        lines += [f"## {'Every record' if of == EVERY else head}", "", about, ""]
        lines += [*table(("field", "what for", "class", "may leave"), rows), ""] if rest else []
    return "\n".join(lines)


def pages() -> dict[Path, str]:
    """Every generated page and its text."""
    return {
        REFERENCE / "command-line.md": command_line(),
        REFERENCE / "route-book.md": route_book(),
        REFERENCE / "party.md": party(),
        REFERENCE / "missions.md": missions(),
        REFERENCE / "starting-values.md": starting_values(),
        REFERENCE / "roles.md": roles(),
        REFERENCE / "fields.md": fields(),
        REFERENCE / "casework-states.md": states(),
        REFERENCE / "retention.md": retention(),
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

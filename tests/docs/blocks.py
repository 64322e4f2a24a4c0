"""The blocks of a manual page that can be run.

    ```python          runs; the blocks of one page share their names, in order
    ```console         each line `$ waystation ...` runs in an empty folder that the page keeps; a backslash continues it.
                       Lines that follow are what it prints: `...` stands for anything. It must end well, unless the
                       next line is `$ echo $?` and says with which code it ends.

Lines of other programs are shown and not run; which ones may be is a list in `NOT_RUN`.
"""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field

BLOCK = re.compile(r"^```(\w+)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NOT_RUN = ("make", "git", "python", "python3", "pre-commit", "uv", "cd", "age", "age-keygen")


@dataclass(slots=True)
class Command:
    """One command of a console block, the output shown, and the line it stands on."""

    words: list[str]
    line: int
    shown: list[str] = field(default_factory=list)


def blocks(text: str, kind: str) -> Iterator[tuple[int, str]]:
    """First line number and source of every block of one kind."""
    for found in BLOCK.finditer(text):
        if found[1] == kind:
            yield text.count("\n", 0, found.start(2)) + 1, found[2]


def commands(block: str, first: int) -> list[Command]:
    """The commands of a console block."""
    made: list[Command] = []
    open_line = ""
    for number, line in enumerate(block.splitlines(), first):
        if open_line or line.startswith("$ "):
            open_line += line.removeprefix("$ ").removesuffix("\\") + " " if line.endswith("\\") else line.removeprefix("$ ")
            if not line.endswith("\\"):
                made.append(Command(shlex.split(open_line), number))
                open_line = ""
        elif made:
            made[-1].shown.append(line)
    return made

"""What the child does: one paper from standard input as JSON, one file to standard output, or the faults of it.

    in   {"as": "pdf" | "docx", "paper": …}
    out  one line {"faults": […]}; without faults the file follows
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from waystation.papers.checks import Faulty, checked
from waystation.papers.paper import Paper, of_data

from .fonts import drawn
from .pdf import pdf
from .word import docx

FORMS: Mapping[str, Callable[[Paper], bytes]] = MappingProxyType({"pdf": pdf, "docx": docx})


def made(asked: Mapping[str, Any]) -> tuple[bytes, list[str]]:
    """The file and no faults, or nothing and every fault in words."""
    try:
        paper = checked(of_data(asked["paper"]), drawn=drawn())
    except Faulty as why:
        return b"", list(why.faults)
    return FORMS[asked["as"]](paper), []


def main() -> None:
    """Read, make, write."""
    file, faults = made(json.loads(sys.stdin.buffer.read()))
    sys.stdout.buffer.write(json.dumps({"faults": faults}).encode() + b"\n" + file)


if __name__ == "__main__":
    main()

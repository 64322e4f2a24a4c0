"""Drills: somebody restored a backup, or opened records with two sheets, on a day, with a result.

    body = {"sort": "restore" or "recovery", "on": day, "passed": bool, "minutes": int, "wrong": text, "who": text,
            "source": "hand" or "program", "line": digest of the line that the program wrote}

The program leaves a line for each restore drill in `data/drills.jsonl`, without a name; opening records with the sheets
is a matter of people, and written by hand. The two are told apart: a program says what it did, a person what they saw.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from math import ceil
from pathlib import Path

from waystation_web.records.record import Record
from waystation_web.vault.errors import Refused

TYPE = "drill"
SORTS = ("restore", "recovery")
FILE = "drills.jsonl"
RESULTS = ("passed", "failed")
MOST = 64_000  # bytes of a line; a file that somebody else filled is not read to its end


@dataclass(frozen=True, slots=True)
class Drill:
    """One drill."""

    sort: str
    on: date
    passed: bool
    minutes: int
    wrong: str = field(repr=False, default="")
    who: str = ""
    source: str = "hand"
    line: str = ""
    by: bytes = b""


def drill_of(held: Record) -> Drill:
    """The drill in a record. Raises `Refused("payload")`."""
    try:
        body = held.body
        if body["sort"] not in SORTS or not isinstance(body["passed"], bool):
            raise Refused("payload")
        return Drill(body["sort"], date.fromisoformat(body["on"]), body["passed"], int(body["minutes"]),
                     str(body["wrong"]), str(body["who"]), str(body["source"]), str(body["line"]), held.made.by)
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason


def last_passed(drills: Iterable[Drill], sort: str) -> date | None:
    """The last day on which a drill of a sort went well."""
    return max((one.on for one in drills if one.sort == sort and one.passed), default=None)


def left_by_program(folder: Path, known: Iterable[str], today: date) -> tuple[list[Drill], int]:
    """Drills that the program wrote down and nobody took in yet; and how many lines are none."""
    path, there, found, broken = folder / FILE, set(known), list[Drill](), 0
    if not path.is_file():
        return [], 0
    with path.open("rb") as lines:
        for raw in iter(lambda: lines.readline(MOST), b""):
            mark = sha256(raw.strip()).hexdigest()
            if not raw.strip() or mark in there:
                continue
            there.add(mark)
            one = of_line(raw, mark, today)
            broken += one is None
            found += [one] if one else []
    return found, broken


def of_line(raw: bytes, mark: str, today: date) -> Drill | None:
    """A line of the program as a drill; None for a line that is none, or of a day that is still to come."""
    try:
        said = json.loads(raw)
        on = datetime.fromisoformat(said["at"]).date()
        if said["result"] not in RESULTS or on > today:
            return None
        return Drill("restore", on, said["result"] == "passed", max(1, ceil(float(said["minutes"]))),
                     "; ".join(map(str, said["findings"]))[:1000], "", "program", mark)
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError):
        return None

"""The process that computes a plan: started for one question, fed through a pipe, forgotten with its answer.

What goes in names helpers and houses: `gateways.children` says where it never stands.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from waystation_web.gateways import children

MOST_SECONDS = 120
MOST_BYTES = 2 * 1024 ** 3          # of memory; the largest book of the tests needs a quarter of it
COMMAND = (sys.executable, "-m", "waystation.cli.answering")


class NoAnswer(Exception):
    """The child ended without an answer: it was stopped, took too long, or broke. Nothing was saved."""


def answered(question: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """What the child says, line by line: `{"tell": …}` while it works, then the answer, a refusal or faults.

    Raises `NoAnswer`. Whoever stops listening stops the child.
    """
    with children.running(COMMAND, seconds=MOST_SECONDS, most_bytes=MOST_BYTES) as child:
        yield from _said(child, json.dumps(question, ensure_ascii=False, allow_nan=False).encode())


def _said(child: subprocess.Popen[bytes], question: bytes) -> Iterator[dict[str, Any]]:
    if child.stdin is None or child.stdout is None:
        raise NoAnswer
    try:
        child.stdin.write(question)
        child.stdin.close()
    except OSError as reason:
        raise NoAnswer from reason
    last: dict[str, Any] = {}
    for line in child.stdout:
        try:
            last = json.loads(line)
        except ValueError as reason:
            raise NoAnswer from reason
        yield last
    if not last or "tell" in last:
        raise NoAnswer

"""A paper as a file, made by a child: no library that draws pages runs where the office's keys are."""

from __future__ import annotations

import json
import sys

from waystation.papers.checks import Faulty
from waystation.papers.paper import Paper, as_data
from waystation_web.gateways import children

MOST_SECONDS = 30
MOST_BYTES = 1024 ** 3
COMMAND = (sys.executable, "-m", "waystation_web.papers.setting")


class NotPrinted(Exception):
    """The child ended without a file: it was stopped, took too long, or broke."""


def pdf(paper: Paper) -> bytes:
    """PDF/A-2a and PDF/UA-1, as it declares itself. Raises `Faulty`, `NotPrinted`."""
    return _file(paper, "pdf")


def docx(paper: Paper) -> bytes:
    """For whoever works on it further. Raises `Faulty`, `NotPrinted`."""
    return _file(paper, "docx")


def _file(paper: Paper, form: str) -> bytes:
    asked = json.dumps({"as": form, "paper": as_data(paper)}, ensure_ascii=False).encode()
    with children.running(COMMAND, seconds=MOST_SECONDS, most_bytes=MOST_BYTES) as child:
        try:
            said, _errors = child.communicate(asked)
            head, _, file = said.partition(b"\n")
            faults = json.loads(head)["faults"]
        except (OSError, ValueError, KeyError, TypeError) as reason:
            raise NotPrinted from reason
    if faults:
        raise Faulty(faults)
    if not file or child.returncode:
        raise NotPrinted
    return file

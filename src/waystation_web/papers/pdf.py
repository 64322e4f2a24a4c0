"""A paper as PDF/A-2a and PDF/UA-1, or as pictures of its pages. Runs in the child.

What is typed enters as JSON and is placed as strings; only our own template is ever read as source (EV-24).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Literal

import typst

from waystation.papers.paper import Paper, as_data

from .fonts import FOLDER

TEMPLATE = Path(__file__).with_name("paper.typ")
STANDARDS: Sequence[Literal["a-2a", "ua-1"]] = ("a-2a", "ua-1")


def pdf(paper: Paper, *, standards: Sequence[Literal["a-2a", "ua-1"]] = STANDARDS) -> bytes:
    """The paper, tagged, its fonts inside. Its only time is its day."""
    made = _compiler(json.dumps(as_data(paper), ensure_ascii=False)).compile(
        format="pdf", pdf_standards=list(standards),
        timestamp=datetime(paper.day.year, paper.day.month, paper.day.day, tzinfo=UTC))
    if not isinstance(made, bytes):
        raise TypeError("one file was asked for")
    return made


def pictures(paper: Paper, *, ppi: float = 110.0) -> list[bytes]:
    """Every page as a PNG: for whoever wants to see it before it is taken out."""
    made = _compiler(json.dumps(as_data(paper), ensure_ascii=False)).compile(format="png", ppi=ppi)
    return [made] if isinstance(made, bytes) else list(made or ())


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FOLDER])


def _compiler(data: str) -> typst.Compiler:
    return typst.Compiler(input=TEMPLATE, root=TEMPLATE.parent, font_paths=_fonts(), ignore_system_fonts=True,
                          sys_inputs={"data": data})

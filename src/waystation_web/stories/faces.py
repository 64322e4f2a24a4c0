"""The pieces of a Korean typeface that a story needs: a reader's machine may have none, and fetches nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

FACE = "Noto Sans KR"
_RULE = ('@font-face{{font-family:"{face}";font-weight:100 900;font-display:swap;src:url("{url}") format("woff2");'
         "unicode-range:{ranges}}}\n")


def faces(text: str) -> dict[str, bytes]:
    """Files for a text: a style sheet and the pieces it names; none where every letter is in any typeface.

    >>> faces("only Latin letters")
    {}
    """
    wanted = {ord(letter) for letter in text if ord(letter) >= 0x3000 or 0x1100 <= ord(letter) < 0x1200}
    folder = files("waystation_web") / "static" / "vendor" / "fonts"
    found: dict[str, bytes] = {}
    rules = []
    for piece in _pieces(json.loads((folder / "faces.json").read_text("utf-8"))) if wanted else ():
        ranges = piece["unicode-range"]
        if any(low <= letter <= high for low, high in map(_span, ranges) for letter in wanted):
            found[piece["url"]] = (folder / piece["url"]).read_bytes()
            rules.append(_RULE.format(face=FACE, url=piece["url"], ranges=",".join(ranges)))
    return {"fonts.css": "".join(rules).encode(), **found} if rules else {}


def _pieces(known: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    return known.get(FACE, ())


def _span(text: str) -> tuple[int, int]:
    """A range of CSS as numbers.

    >>> _span("U+AC00-AC02"), _span("U+3131")
    ((44032, 44034), (12593, 12593))
    """
    low, _, high = text.removeprefix("U+").partition("-")
    return int(low, 16), int(high or low, 16)

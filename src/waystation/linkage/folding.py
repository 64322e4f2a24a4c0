"""Text as it is compared: composed, compatibility forms made plain, hidden characters out, case ignored.

Every character of the folded text knows where it stood: the words around a hit are shown as they were written.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_JAMO = re.compile("[\u1160-\u11ff]")


class Folded(NamedTuple):
    """A folded text; `starts[i]` and `ends[i]` are the place of its character i in the text as written, or None = i."""

    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a piece of the folded text stands in the text as written. It is not empty."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> Folded:
    """Fold a text.

    >>> fold("ＣＯＲＡＬ reef").text, fold("\u1100\u1161\u11bc").text, fold("\u1100\u1161\u11bc").place(0, 1)
    ('coral reef', '강', (0, 3))
    """
    if text.isascii():
        return Folded(text.lower())
    plain = text.casefold()
    if len(plain) == len(text) and not _HIDDEN.search(text) and unicodedata.is_normalized("NFKC", plain):
        return Folded(plain)
    return _piece_by_piece(text)


def _piece_by_piece(text: str) -> Folded:
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    piece, began = "", 0
    for place, letter in enumerate(text):
        if _HIDDEN.match(letter):
            continue
        apart = unicodedata.normalize("NFKD", letter)
        if piece and not (unicodedata.combining(apart[0]) or _JAMO.match(apart)):
            _add(piece, began, place, letters, starts, ends)
            piece = ""
        began = began if piece else place
        piece += apart
    if piece:
        _add(piece, began, len(text), letters, starts, ends)
    return Folded("".join(letters), tuple(starts), tuple(ends))


def _add(piece: str, began: int, ended: int, letters: list[str], starts: list[int], ends: list[int]) -> None:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", piece).casefold())
    letters.append(folded)
    starts.extend([began] * len(folded))
    ends.extend([ended] * len(folded))

"""Copies that differ in nothing but where their lines end: read, they say the same; laid over each other, they do not.

Where a line ends stays with a photograph, a scan, a print and a page torn out; it is gone once somebody types the words
anew or lets them flow. So it points to a copy and proves nothing against anybody: a copy can be taken from its reader.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

NARROWEST, WIDEST = 48, 72   # letters in a line; the widest fits a page of A4 in both scripts
SURELY = 3                   # lines that must agree with one copy and with no other before it is named


def laid(text: str, mark: str, at: int) -> str:
    """A text whose lines end as the copy with this mark has them; `at` tells one text of a copy from the others.

    >>> words = "We left before the rice was cut, and the pot stayed where it was, on the wall."
    >>> " ".join(laid(words, "a", 1).split()) == words
    True
    """
    return "\n".join(line for number, each in enumerate(text.splitlines())
                     for line in _broken(each, f"{mark}|{at}|{number}"))


def _broken(text: str, seed: str) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in text.split():
        wider = f"{line} {word}" if line else word
        if line and _width(wider) > _measure(seed, len(lines)):
            lines.append(line)
            line = word
        else:
            line = wider
    return [*lines, line]


def _measure(seed: str, number: int) -> int:
    return NARROWEST + sha256(f"{seed}|{number}".encode()).digest()[0] % (WIDEST - NARROWEST + 1)


def _width(text: str) -> int:
    """Letters of a line, a Korean or Chinese one counted as two.

    >>> _width("pot"), _width("솥")
    (3, 2)
    """
    return sum(2 if unicodedata.east_asian_width(one) in {"W", "F"} else 1 for one in text)


def lines_of(texts: Iterable[str]) -> frozenset[str]:
    """Lines as they are compared: what a scanner or a tired reader gets wrong is left out."""
    return frozenset(found for text in texts for line in text.splitlines() if (found := _plain(line)))


def _plain(line: str) -> str:
    """Letters and digits of a line of at least two words; nothing for less.

    >>> _plain("  We left,  before the “rice” "), _plain("We")
    ('we left before the rice', '')
    """
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", line).casefold())
    return " ".join(words) if len(words) > 1 else ""


def alone(own: frozenset[str], others: Sequence[frozenset[str]]) -> bool:
    """Whether a copy has enough lines that no other copy has: else nobody could tell it from that one."""
    return all(len(own - other) >= SURELY for other in others) and len(own) >= SURELY


@dataclass(frozen=True, slots=True)
class Likeness:
    """How many of the lines that were seen stand so in each copy, and the copy that they point to, if to one alone."""

    lines: int
    agree: Mapping[str, int]
    points_to: str = ""


def whose(seen: str, copies: Mapping[str, frozenset[str]]) -> Likeness:
    """To which copy some lines point, as they stand on a page that was found; to none rather than to two.

    >>> one = laid("word " * 100, "a", 1)
    >>> whose(one, {"a": lines_of([one]), "b": lines_of([laid("word " * 100, "b", 1)])}).points_to in {"a", ""}
    True
    >>> whose("Nothing of it is here.", {"a": lines_of([one])}).points_to
    ''
    """
    lines = lines_of([seen])
    agree = {name: len(lines & copy) for name, copy in copies.items()}
    ranked = sorted(agree.items(), key=lambda one: -one[1])
    best, second = (ranked[0][1] if ranked else 0), (ranked[1][1] if len(ranked) > 1 else 0)
    surely = best >= second + SURELY and 2 * best > len(lines)   # a copy that nobody here knows agrees in few
    return Likeness(len(lines), agree, ranked[0][0] if surely else "")

"""Short references of cases, such as K7Q2: drawn at random, said by phone, free of look-alikes; they say nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection
from secrets import choice

LETTERS, DIGITS = "ACDEFHJKMNPQRTUVWXY", "234679"   # no I O S B Z G L: they are 1 0 5 8 2 6 1
LENGTH = 4
TRIES = 50


def fresh(taken: Collection[str], *, draw: Callable[[str], str] = choice) -> str:
    """A reference that is not taken: letters and digits, with at least one digit so that it is no word, and a letter.

    >>> from itertools import cycle
    >>> drawn = cycle("K7Q2")
    >>> fresh({"AAAA"}, draw=lambda _: next(drawn))
    'K7Q2'
    """
    length = LENGTH
    while True:
        for _ in range(TRIES):
            ref = "".join(draw(LETTERS + DIGITS) for _ in range(length))
            if ref not in taken and not ref.isdigit() and any(one in DIGITS for one in ref):
                return ref
        length += 1  # four characters are used up for somebody who holds very many


def reads_as(typed: str) -> str:
    """A reference as somebody typed it, for looking it up: capitals, no spaces.

    >>> reads_as(" k7 q2 ")
    'K7Q2'
    """
    return "".join(typed.split()).upper()

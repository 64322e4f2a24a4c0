"""Two names: may they be one, and why."""

from __future__ import annotations

import unicodedata
from enum import StrEnum

from . import letters
from .names import Name, Reading, law, parse
from .sounds import Near, near


class Level(StrEnum):
    """How near two names are, nearest first."""

    SAME = "same"
    FINE = "fine"
    COARSE = "coarse"
    FAMILY = "family only"
    NONE = "none"


SENTENCES = {
    Level.SAME: "The same name, written the same way.",
    Level.FINE: "The same name in two spellings.",
    Level.COARSE: "Perhaps the same name: the two may be written alike in Latin letters.",
    Level.FAMILY: "The family name may be the same. The given names differ.",
    Level.NONE: "Two different names.",
}
ALONE = "The given name may be the same. One of the two has no family name."
UNREAD = "The family name may be the same. Given names in Chinese characters are not read here."


def compare(a: str, b: str) -> tuple[Level, str]:
    """How near two names are, and a sentence that says why. The order of the two does not matter.

    >>> compare("김별담", "Kim Byeol-dam")
    (<Level.FINE: 'fine'>, 'The same name in two spellings.')
    >>> compare("김별담", "Park Byeol-dam")[0].value
    'none'
    """
    one, other = parse(a), parse(b)
    if _plain(a) == _plain(b) and _plain(a):
        return Level.SAME, SENTENCES[Level.SAME]
    best, said = Level.NONE, SENTENCES[Level.NONE]
    order = list(Level)
    for mine in one.readings:
        for theirs in other.readings:
            level, sentence = _pair(mine, theirs)
            if order.index(level) < order.index(best):
                best, said = level, sentence
    if best is Level.FAMILY and "Hani" in {one.script, other.script} and not _both_hanja(one, other):
        said = UNREAD
    return best, said


def _pair(mine: Reading, theirs: Reading) -> tuple[Level, str]:
    alone = bool(mine.families) != bool(theirs.families)
    shared = mine.families.keys() & theirs.families.keys()
    family = max((min(mine.families[one], theirs.families[one]) for one in shared), default=Near.APART)
    if mine.families and theirs.families and not family:
        return Level.NONE, SENTENCES[Level.NONE]
    given = _given(mine, theirs)
    if alone and not (mine.alone or theirs.alone):
        given = Near.APART
    if not given:
        level = Level.FAMILY if family else Level.NONE
        return level, SENTENCES[level]
    if alone:
        return Level.COARSE, ALONE
    level = Level.FINE if given is Near.FINE and family is not Near.COARSE else Level.COARSE
    return level, SENTENCES[level]


def _given(mine: Reading, theirs: Reading) -> Near:
    if len(mine.given) != len(theirs.given) or not mine.given:
        return Near.APART
    if mine.written and theirs.written:  # in Hangul people wrote what they meant
        if set(law(mine.written)) & set(law(theirs.written)):
            return Near.FINE
        return min(Near.COARSE, *(near(one, two) for one, two in zip(mine.given, theirs.given, strict=True)))
    return min(near(one, two) for one, two in zip(mine.given, theirs.given, strict=True))


def _both_hanja(one: Name, other: Name) -> bool:
    return one.script == other.script == "Hani"


def _plain(text: str) -> str:
    seen = unicodedata.normalize("NFKC", text)
    return "".join(letter for letter in unicodedata.normalize("NFC", letters.bare(seen)) if letter.isalpha())

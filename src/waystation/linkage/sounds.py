"""What a syllable of a name sounds like, coarsely enough that every way of spelling it gives the same answer.

A sound is three sets of classes, because one spelling may stand for several sounds:

    initial   k n t r m p s c h, and _ for none
    vowel     A E O U I YA YO YU WA WE WO WI   (fine); spellings without breves merge them further (coarse)
    final     k n t r m p N, and empty for none
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

from .hangul import FINALS, INITIALS, SPOKEN, VOWELS, Syllable, apart, together

INITIAL_CLASS = dict(zip(INITIALS, "kknttrmppss_cccktph", strict=True))
VOWEL_CLASS = dict(zip(VOWELS, ("A", "E", "YA", "E", "O", "E", "YO", "E", "O", "WA", "WE", "WE", "YO", "U", "WO", "WE",
                                "WI", "YU", "U", "I", "I"), strict=True))
_ENDS = {"ㄱ": "k", "ㄴ": "n", "ㄷ": "t", "ㄹ": "r", "ㅁ": "m", "ㅂ": "p", "ㅇ": "N", "": ""}
FINAL_CLASS = {final: _ENDS[SPOKEN[final]] for final in FINALS}
COARSE = {"A": "A", "YA": "A", "WA": "A", "O": "O", "YO": "O", "U": "O", "YU": "O", "WO": "O", "E": "E", "WE": "E",
          "I": "I", "WI": "I"}
FRONT = frozenset({"I", "YA", "YO", "YU"})       # vowels before which the South drops ㄹ and ㄴ at the start of a word
FRONT_LETTERS = frozenset("ㅣㅑㅕㅛㅠㅖ")


class Near(IntEnum):
    """How near two sounds are."""

    APART = 0
    COARSE = 1
    FINE = 2


class Sound(NamedTuple):
    """What one syllable may sound like: classes, any of each."""

    initials: frozenset[str]
    vowels: frozenset[str]
    finals: frozenset[str]


def sound_of(syllable: Syllable) -> Sound:
    """The sound of a syllable of Hangul.

    >>> sorted(sound_of(apart("강")).initials), sorted(sound_of(apart("강")).finals)
    (['k'], ['N'])
    """
    return Sound(frozenset({INITIAL_CLASS[syllable.initial]}), frozenset({VOWEL_CLASS[syllable.vowel]}),
                 frozenset({FINAL_CLASS[syllable.final]}))


def near(one: Sound, other: Sound) -> Near:
    """Whether two syllables may be the same one, spelled by two people.

    >>> near(sound_of(apart("성")), sound_of(apart("송"))).name, near(sound_of(apart("은")), sound_of(apart("언"))).name
    ('FINE', 'COARSE')
    """
    if not one.initials & other.initials or not one.finals & other.finals:
        return Near.APART
    if one.vowels & other.vowels:
        return Near.FINE
    return Near.COARSE if coarse(one.vowels) & coarse(other.vowels) else Near.APART


def coarse(vowels: Iterable[str]) -> frozenset[str]:
    """Classes of vowels, merged as spellings without marks merge them."""
    return frozenset(COARSE[vowel] for vowel in vowels)


def first_of_word(sound: Sound) -> Sound:
    """A sound at the start of a family name or a given name, as North and South may both write it.

    The South drops ㄹ and ㄴ before ㅣ and the y-vowels, and writes ㄴ for ㄹ before others; the North keeps them.
    """
    front, back = bool(sound.vowels & (FRONT | {"E"})), bool(sound.vowels - FRONT)
    more: set[str] = set()
    if "r" in sound.initials:
        more |= ({"_"} if front else set()) | ({"n"} if back else set())
    if "n" in sound.initials:
        more |= ({"_"} if front else set()) | ({"r"} if back else set())
    if "_" in sound.initials and sound.vowels & FRONT:
        more |= {"r", "n"}
    return sound._replace(initials=sound.initials | more)


def as_in_the_other_half(letter: str) -> frozenset[str]:
    """A syllable of Hangul that begins a name, as North and South may write it.

    >>> sorted(as_in_the_other_half("량")), sorted(as_in_the_other_half("강"))
    (['량', '양'], ['강'])
    """
    one = apart(letter)
    front = one.vowel in FRONT_LETTERS
    ways = {"ㄹ": "ㄹㅇ" if front else "ㄹㄴ", "ㄴ": "ㄴㅇ" if front else "ㄴㄹ", "ㅇ": "ㅇㄹㄴ" if front else "ㅇ"}
    return frozenset(together(one._replace(initial=initial)) for initial in ways.get(one.initial, one.initial))


def widened(sounds: tuple[Sound, ...]) -> tuple[Sound, ...]:
    """Sounds as written by somebody who wrote down how consonants take after each other, undone as a second reading.

    ng before n or m may stand for k, n for t, m for p; a doubled l for n with r; n after m or ng for r.
    """
    said = list(sounds)
    for place in range(len(said) - 1):
        left, right = said[place], said[place + 1]
        finals, initials = set(left.finals), set(right.initials)
        if right.initials & {"n", "m"}:
            finals |= {was for now, was in (("N", "k"), ("n", "t"), ("m", "p")) if now in left.finals}
        if "r" in left.finals and "r" in right.initials:
            finals.add("n")
            initials.add("n")
        if "n" in right.initials and left.finals & {"N", "m", "k", "p"}:
            initials.add("r")
        said[place], said[place + 1] = left._replace(finals=frozenset(finals)), right._replace(
            initials=frozenset(initials))
    return tuple(said)


def syllables_of(sound: Sound, *, alike: bool = False) -> str:
    """Every syllable of Hangul that may have this sound; `alike`: those too that are merged without marks.

    >>> syllables_of(Sound(frozenset("k"), frozenset({"WO"}), frozenset("n")))[:4]
    '권궍궎꿘'
    """
    wanted = coarse(sound.vowels)
    vowels = [one for one, of in VOWEL_CLASS.items() if of in sound.vowels or (alike and COARSE[of] in wanted)]
    return "".join(together(Syllable(initial, vowel, final))
                   for initial in INITIALS if INITIAL_CLASS[initial] in sound.initials
                   for vowel in vowels for final in FINALS if FINAL_CLASS[final] in sound.finals)

"""Syllables of Hangul: taken apart, put together, and how the sounds change where two of them meet.

A syllable is U+AC00 + (initial x 588) + (vowel x 28) + final; all arithmetic, no list (Unicode standard, section 3.12).
"""

from __future__ import annotations

from typing import NamedTuple

FIRST, LAST = 0xAC00, 0xD7A3
INITIALS = tuple("ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ")
VOWELS = tuple("ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ")
FINALS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
NOTHING = "ㅇ"  # an initial that is not spoken

SPOKEN = {  # the seven sounds a syllable can end on
    **dict.fromkeys("ㄱㄲㄳㄺㅋ", "ㄱ"), **dict.fromkeys("ㄴㄵㄶ", "ㄴ"), **dict.fromkeys("ㄷㅅㅆㅈㅊㅌㅎ", "ㄷ"),
    **dict.fromkeys("ㄹㄼㄽㄾㅀ", "ㄹ"), **dict.fromkeys("ㅁㄻ", "ㅁ"),
    **dict.fromkeys("ㅂㅄㄿㅍ", "ㅂ"), "ㅇ": "ㅇ", "": "",
}
_PAIRS = {"ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ", "ㄽ": "ㄹㅅ",
          "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ"}
_NASAL = {"ㄱ": "ㅇ", "ㄷ": "ㄴ", "ㅂ": "ㅁ"}
_BREATHED = {"ㄱ": "ㅋ", "ㄷ": "ㅌ", "ㅈ": "ㅊ"}


class Syllable(NamedTuple):
    """One syllable as three letters of the alphabet; the final may be empty."""

    initial: str
    vowel: str
    final: str = ""


def is_syllable(letter: str) -> bool:
    """Whether a character is a whole syllable of Hangul."""
    return FIRST <= ord(letter) <= LAST


def apart(letter: str) -> Syllable:
    """A syllable as its letters. Raises `ValueError` for anything else.

    >>> apart("강")
    Syllable(initial='ㄱ', vowel='ㅏ', final='ㅇ')
    """
    if not is_syllable(letter):
        raise ValueError("not a syllable of Hangul")
    number = ord(letter) - FIRST
    return Syllable(INITIALS[number // 588], VOWELS[number % 588 // 28], FINALS[number % 28])


def together(syllable: Syllable) -> str:
    """The syllable as one character. Raises `ValueError` for letters that cannot stand there.

    >>> together(Syllable("ㄱ", "ㅏ", "ㅇ"))
    '강'
    """
    return chr(FIRST + INITIALS.index(syllable.initial) * 588 + VOWELS.index(syllable.vowel) * 28
               + FINALS.index(syllable.final))


def spoken(word: list[Syllable]) -> list[Syllable]:
    """A word as it is spoken: finals move on to a vowel, and consonants that meet take after each other.

    Sounds of nouns, as both Korean standards write them down: a stop before ㅎ keeps its ㅎ.

    >>> "".join(together(one) for one in spoken([apart("신"), apart("라")]))
    '실라'
    """
    said = list(word)
    for place in range(len(said) - 1):
        said[place], said[place + 1] = _meet(said[place], said[place + 1])
    if said:
        said[-1] = said[-1]._replace(final=SPOKEN[said[-1].final])
    return said


def _meet(left: Syllable, right: Syllable) -> tuple[Syllable, Syllable]:
    """Two neighbours as they are spoken together; the final of the left is one of the seven afterwards."""
    final, initial = left.final, right.initial
    if initial == NOTHING:
        return _moved(left, right)
    if final in {"ㅎ", "ㄶ", "ㅀ"} and initial in _BREATHED:
        stays = SPOKEN[_PAIRS[final][0]] if final in _PAIRS else ""
        return left._replace(final=stays), right._replace(initial=_BREATHED[initial])
    final = SPOKEN[final]
    if initial in "ㄴㅁ" and final in _NASAL:
        final = _NASAL[final]
    elif initial == "ㄹ" and final in _NASAL:
        final, initial = _NASAL[final], "ㄴ"
    elif initial == "ㄹ" and final in {"ㅁ", "ㅇ"}:
        initial = "ㄴ"
    elif (final, initial) in {("ㄴ", "ㄹ"), ("ㄹ", "ㄴ")}:
        final, initial = "ㄹ", "ㄹ"
    return left._replace(final=final), right._replace(initial=initial)


def _moved(left: Syllable, right: Syllable) -> tuple[Syllable, Syllable]:
    """A final before a vowel: it is spoken with the vowel; ㅎ falls silent; ㄷ and ㅌ before ㅣ become ㅈ and ㅊ."""
    if left.final in {"", NOTHING}:
        return left, right
    pair = _PAIRS.get(left.final, left.final)
    stays, goes = pair[:-1], pair[-1]
    if goes == "ㅎ":
        stays, goes = "", stays
    if right.vowel == "ㅣ":
        goes = {"ㄷ": "ㅈ", "ㅌ": "ㅊ"}.get(goes, goes)
    return left._replace(final=SPOKEN[stays]), right._replace(initial=goes or NOTHING)

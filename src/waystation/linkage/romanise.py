"""Hangul in Latin letters, by the published rules.

    rr      Revised Romanization, Ministry of Culture and Tourism of the Republic of Korea, notice 2000-8
    mr      McCune-Reischauer, 1939, with its marks (breves and apostrophes)
    dprk    the guideline of the Democratic People's Republic of Korea, 1992, as sent to the United Nations
    usual   as families write it: no marks, each syllable alone, the spelling that is met most

Places and words are written as they are spoken. Names of people are not: each syllable stands for itself (RR, section
3.4), but MR voices what stands between vowels inside a given name.
"""

from __future__ import annotations

import re
import unicodedata

from .hangul import SPOKEN, Syllable, apart, spoken

WAYS = ("rr", "mr", "dprk", "usual")
_RUN = re.compile("[가-힣]+")

_RR = dict(zip("ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ",
               ("g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"),
               strict=True))
_MR = _RR | {"ㄱ": "k", "ㄷ": "t", "ㅂ": "p", "ㅈ": "ch", "ㅉ": "tch", "ㅊ": "ch'", "ㅋ": "k'", "ㅌ": "t'", "ㅍ": "p'"}
_DPRK = _MR | {"ㅈ": "j", "ㅉ": "jj", "ㅊ": "ch", "ㅋ": "kh", "ㅌ": "th", "ㅍ": "ph"}
INITIAL = {"rr": _RR, "mr": _MR, "dprk": _DPRK, "usual": _RR}
VOICED = {"mr": {"ㄱ": "g", "ㄷ": "d", "ㅂ": "b", "ㅈ": "j"}, "dprk": {"ㄱ": "g", "ㄷ": "d", "ㅂ": "b"}}

_PLAIN = dict(zip("ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ",
                  ("a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi",
                   "yu", "eu", "ui", "i"), strict=True))
_MARKED = _PLAIN | {"ㅓ": "ŏ", "ㅕ": "yŏ", "ㅡ": "ŭ", "ㅢ": "ŭi", "ㅝ": "wŏ"}
_MET = _PLAIN | {"ㅜ": "oo", "ㅕ": "you", "ㅢ": "ee"}
VOWEL = {"rr": _PLAIN, "mr": _MARKED, "dprk": _MARKED, "usual": _MET}
FINAL = {"ㄱ": "k", "ㄴ": "n", "ㄷ": "t", "ㄹ": "l", "ㅁ": "m", "ㅂ": "p", "ㅇ": "ng", "": ""}


def romanise(hangul: str, way: str) -> str:
    """A text with every run of Hangul written in Latin letters as it is spoken; other characters stay.

    `way` is one of `WAYS`. Raises `ValueError` for another.

    >>> romanise("왕십리", "rr"), romanise("왕십리", "mr"), romanise("두만강", "dprk")
    ('wangsimni', 'wangsimni', 'tumangang')
    """
    if way not in WAYS:
        raise ValueError(f"a way of writing is one of {', '.join(WAYS)}")
    text = unicodedata.normalize("NFC", hangul)
    return _RUN.sub(lambda run: _word(spoken([apart(one) for one in run[0]]), way), text)


def romanise_name(family: str, given: str, way: str) -> str:
    """A person's name, family first, as each rule writes people: `Gim Byeoldam`, `Kim Pyŏl-dam`, `Kim Pyŏl Tam`.

    Raises `ValueError` for a way that is not known, or letters that are not syllables of Hangul.

    >>> romanise_name("김", "별담", "rr"), romanise_name("김", "별담", "dprk")
    ('Gim Byeoldam', 'Kim Pyŏl Tam')
    """
    if way not in WAYS:
        raise ValueError(f"a way of writing is one of {', '.join(WAYS)}")
    first, rest = ([apart(one) for one in unicodedata.normalize("NFC", part)] for part in (family, given))
    own = _alone(first, way) if way == "rr" else _word(first, way)
    if way == "rr":
        return f"{own} {_alone(rest, way)}"
    if way == "dprk":
        return " ".join([own.capitalize(), *(_word([one], way).capitalize() for one in rest)])
    said = _letters(spoken(rest), way) if way == "mr" else [_word([one], way) for one in rest]
    return f"{own.capitalize()} {'-'.join(said).capitalize()}"


def _alone(word: list[Syllable], way: str) -> str:
    """Each syllable by itself; a final before a vowel is written as the vowel makes it sound."""
    parts = []
    for place, one in enumerate(word):
        moves = place + 1 < len(word) and word[place + 1].initial == "ㅇ"
        end = {"ㄱ": "g", "ㄷ": "d", "ㅂ": "b", "ㄹ": "r"}.get(one.final) if moves else None
        parts.append(INITIAL[way][one.initial] + VOWEL[way][one.vowel] + (end or FINAL[SPOKEN[one.final]]))
    return "".join(parts).capitalize()


def _word(word: list[Syllable], way: str) -> str:
    return "".join(_letters(word, way))


def _letters(word: list[Syllable], way: str) -> list[str]:
    """The letters of each syllable of a word that is given as spoken."""
    parts: list[str] = []
    before = Syllable("ㅇ", "ㅡ", "?")  # what stands before a word voices nothing
    for one in word:
        parts.append(_first(before, one, way) + VOWEL[way][one.vowel] + FINAL[SPOKEN[one.final]])
        before = one
    return parts


def _first(before: Syllable, one: Syllable, way: str) -> str:
    initial = one.initial
    if before.final == "ㄹ" and initial == "ㄹ":
        return "l"
    open_, sonorant = before.final == "", before.final in {"ㄴ", "ㅁ", "ㅇ"}
    voiced = VOICED.get(way, {}).get(initial)
    if voiced and (open_ or sonorant or (before.final == "ㄹ" and initial in "ㄱㅂ")):
        return f"'{voiced}" if way == "mr" and before.final == "ㄴ" and initial == "ㄱ" else voiced
    return INITIAL[way][initial]

"""Latin letters read as sounds: every spelling of a sound that is met, and every way to cut a token into syllables."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from .sounds import COARSE, Sound, coarse

INITIALS = {"k": "k g q c kk gg gh kh", "t": "t d tt dd th", "p": "p b f v pp ph bb", "c": "c ch j ts z tch jj zh",
            "s": "s sh ss x", "r": "r l rh ll", "m": "m", "n": "n", "h": "h", "_": ""}
VOWELS = {"A": "a ah", "E": "e ae ai ay eh ye yae", "O": "o oh eo uh", "U": "u eu oo ou woo wu uu",
          "I": "i y ee yi ui eui yee", "YA": "ya yah", "YO": "yo yeo you yuh yoh", "YU": "yu yoo you",
          "WA": "wa oa wah", "WO": "wo weo wuh", "WE": "we wae oe oi oy", "WI": "wi wee"}
FINALS = {"k": "k g ck c", "t": "t d tt s", "p": "p b", "r": "l r ll", "m": "m", "n": "n", "N": "ng", "": " h"}
MOST = 8        # ways to cut one token
LONGEST = 4     # syllables in one token
_MARKS = re.compile(r"[\u0300-\u036f'’‘ʼ`]")


def _by_spelling(table: dict[str, str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for of, spellings in table.items():
        for spelling in spellings.split(" "):
            found.setdefault(spelling, set()).add(of)
    return {spelling: frozenset(of) for spelling, of in found.items()}


_INITIAL, _VOWEL, _FINAL = _by_spelling(INITIALS), _by_spelling(VOWELS), _by_spelling(FINALS)


def bare(text: str) -> str:
    """Latin text in small letters without marks and apostrophes.

    >>> bare("Ch'ŏn-Ŭi")
    'chon-ui'
    """
    return _MARKS.sub("", unicodedata.normalize("NFKD", text)).casefold()


def readings(token: str) -> tuple[tuple[Sound, ...], ...]:
    """Every way to read a token of Latin letters as one to four syllables, those with the fewest first; at most 8.

    What cannot be Korean has none.

    >>> len(readings("byeoldam")[0]), readings("strength")
    (2, ())
    """
    letters = bare(token)
    found = sorted(set(_cut(letters, LONGEST)), key=lambda way: (len(way), [sorted(one.finals) for one in way]))
    return tuple(found[:MOST])


@lru_cache(maxsize=2048)
def _cut(letters: str, left: int) -> tuple[tuple[Sound, ...], ...]:
    if not letters:
        return ((),)
    if not left:
        return ()
    found: list[tuple[Sound, ...]] = []
    for initial in _starts(letters, _INITIAL, 3):
        rest = letters[len(initial):]
        for vowel in _starts(rest, _VOWEL, 3):
            end = rest[len(vowel):]
            for final in _starts(end, _FINAL, 2):
                sound = Sound(_INITIAL[initial], _VOWEL[vowel], _FINAL[final])
                found += [(sound, *more) for more in _cut(end[len(final):], left - 1)]
    return tuple(dict.fromkeys(found))


def _starts(text: str, table: dict[str, frozenset[str]], most: int) -> list[str]:
    return [text[:size] for size in range(min(most, len(text)), -1, -1) if text[:size] in table]


def spellings(sound: Sound, *, alike: bool = False) -> tuple[list[str], list[str], list[str]]:
    """How the three parts of a syllable may be spelled, longest first; `alike`: merged vowels too."""
    wanted = coarse(sound.vowels)
    vowels = {spelling for spelling, of in _VOWEL.items()
              if of & sound.vowels or (alike and any(COARSE[one] in wanted for one in of))}
    initials = {spelling for spelling, of in _INITIAL.items() if of & sound.initials}
    finals = {spelling for spelling, of in _FINAL.items() if of & sound.finals}
    return _longest_first(initials), _longest_first(vowels), _longest_first(finals)


def _longest_first(parts: set[str]) -> list[str]:
    return sorted(parts, key=lambda one: (-len(one), one))

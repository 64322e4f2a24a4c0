"""Whom and what nothing that leaves may show: names, places and handles, each in every way it may be written.

A name stands in a text in Hangul or in Latin letters after one of four rules and many customs; composed or as letters
apart; with spaces, hyphens or characters that nobody sees between its syllables. What can be spelled in endless ways
is found by its sound (`waystation.linkage`); what can be listed is listed here, so that bytes can be searched for it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from waystation.linkage.families import ONE, TWO, families_spelled
from waystation.linkage.finding import LONGEST, Query
from waystation.linkage.folding import fold
from waystation.linkage.hangul import is_syllable
from waystation.linkage.letters import readings
from waystation.linkage.romanise import WAYS, romanise, romanise_name
from waystation.linkage.sounds import Near

GAP = r"[\s\-‐-―·・.,'’]{0,3}"
SHORTEST = 3                                 # bytes: fewer stand anywhere by chance
BETWEEN = ("", " ", "-", "\u200b")           # what people and machines put between syllables
_DIGITS = re.compile(r"^\+?[\d\s().\-·/]{5,}$")
_TOKENS = re.compile(r"[\s\-‐-―·・]+")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff가-힣]")


class Sort(StrEnum):
    """What an entry is. `GIVEN` is a given name without its family's: sure in one piece, less so in two."""

    NAME = "name"
    GIVEN = "given name"
    PLACE = "place"
    HANDLE = "handle"


@dataclass(frozen=True)
class Entry:
    """One thing that may not be seen. `of` says whose it is, by a reference that names nobody; never the words."""

    sort: Sort
    words: str
    of: str = ""

    @cached_property
    def query(self) -> Query | None:
        """What finds it by its sound: nothing for a handle."""
        return None if self.sort is Sort.HANDLE else Query(self.words[:LONGEST])

    @cached_property
    def exact(self) -> re.Pattern[str]:
        """It as it is written, over folded text: apart or together, and a number however it is grouped."""
        if self.sort is Sort.HANDLE and _DIGITS.match(self.words):
            digits = re.sub(r"\D", "", self.words)
            return re.compile(r"[\s().\-·/]{0,3}".join(digits[-9:]))  # with or without the country before it
        plain = fold(unicodedata.normalize("NFC", self.words)).text
        letters = [re.escape(one) for one in _TOKENS.sub("", plain)]
        if _WIDE.search(plain):
            return re.compile(GAP.join(letters))
        words = [re.escape(word) for word in _TOKENS.split(plain) if word]
        return re.compile(r"(?<![^\W\d_])" + GAP.join(words) + r"(?![^\W\d_])")

    @cached_property
    def _needles(self) -> dict[str, tuple[bytes, ...]]:
        return {}

    def needles(self, encoding: str) -> tuple[bytes, ...]:
        """It as bytes of an encoding, in small letters byte by byte: in every way of writing it that can be listed."""
        if encoding not in self._needles:
            held = (encoded(variant, encoding).lower() for variant in variants(self))
            self._needles[encoding] = tuple(dict.fromkeys(one for one in held if len(one) > SHORTEST))
        return self._needles[encoding]

    def __repr__(self) -> str:
        """Who stands on a roster appears in no log."""
        return f"Entry({self.sort.value}, of={self.of!r})"


@dataclass(frozen=True)
class Roster:
    """All that a piece of work may not show."""

    entries: tuple[Entry, ...]

    @classmethod
    def of(cls, *, names: Iterable[tuple[str, str]] = (), places: Iterable[tuple[str, str]] = (),
           handles: Iterable[tuple[str, str]] = ()) -> Roster:
        """A roster from pairs of words and whose they are. A name's given name comes on it by itself.

        >>> [(one.sort.value, one.words) for one in Roster.of(names=[("김별담", "p1")]).entries]
        [('name', '김별담'), ('given name', '별담')]
        """
        found: dict[tuple[Sort, str], Entry] = {}
        for sort, pairs in ((Sort.NAME, names), (Sort.PLACE, places), (Sort.HANDLE, handles)):
            for words, of in pairs:
                if not (plain := " ".join(words.split())):
                    continue
                found.setdefault((sort, plain), Entry(sort, plain, of))
                for given in given_names(plain) if sort is Sort.NAME else ():
                    found.setdefault((Sort.GIVEN, given), Entry(Sort.GIVEN, given, of))
        return cls(tuple(found.values()))


def given_names(name: str) -> tuple[str, ...]:
    """The given name within a name, if it has two syllables or more: one syllable alone would be found everywhere.

    >>> given_names("김별담"), given_names("Kim Byeol-dam"), given_names("Byeoldam Kim"), given_names("김솔")
    (('별담',), ('Byeol-dam',), ('Byeoldam',), ())
    """
    plain = unicodedata.normalize("NFC", name).strip()
    if all(is_syllable(one) for one in plain.replace(" ", "")) and plain:
        return tuple(dict.fromkeys(given for _, given in _hangul_parts(plain) if len(given) > 1))
    words = plain.replace(",", " ").split()
    if len(words) < 2 or _WIDE.search(plain):
        return ()
    found = []
    for family, given in ((words[0], words[1:]), (words[-1], words[:-1])):
        sounds = readings("".join(given).replace("-", ""))
        if Near.FINE in families_spelled(family).values() and sounds and len(sounds[0]) > 1:
            found.append(" ".join(given))
    return tuple(dict.fromkeys(found[:1]))


def variants(entry: Entry) -> tuple[str, ...]:
    """How it may be written, as far as that can be listed: what is searched for in bytes of any encoding.

    >>> names = variants(Entry(Sort.NAME, "김별담"))
    >>> "김-별-담" in names, "Gim Byeoldam" in names, "Byeoldam Gim" in names, "KIM Byeol-Dam".casefold() in {
    ...     one.casefold() for one in names}
    (True, True, True, False)
    """
    words = unicodedata.normalize("NFC", entry.words)
    if entry.sort is Sort.HANDLE:
        digits = re.sub(r"[\s().\-·/]", "", words)
        return tuple(dict.fromkeys([words, digits])) if _DIGITS.match(words) else (words,)
    tokens = [word for word in _TOKENS.split(words) if word]
    wide = _WIDE.search(words)
    letters = list("".join(tokens)) if wide else tokens
    written = [words, *(between.join(letters) for between in BETWEEN)]
    if wide and all(map(is_syllable, letters)):
        written += _romanised(entry.sort, "".join(letters))
    apart = (unicodedata.normalize("NFD", one) for one in written)
    return tuple(dict.fromkeys([*(unicodedata.normalize("NFC", one) for one in written), *apart]))


def encoded(text: str, encoding: str) -> bytes:
    """A text as bytes; none where the encoding has no such letters."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return b""


def _hangul_parts(name: str) -> list[tuple[str, str]]:
    word = name.replace(" ", "")
    return [(word[:size], word[size:]) for size, known in ((2, TWO), (1, ONE)) if word[:size] in known and word[size:]]


def _romanised(sort: Sort, word: str) -> list[str]:
    found = [romanise(word, way) for way in WAYS]
    for family, given in _hangul_parts(word) if sort is Sort.NAME else ():
        for way in WAYS:
            own, _, rest = romanise_name(family, given, way).partition(" ")
            found += [f"{own} {rest}", f"{rest} {own}", f"{own}, {rest}"]
            found += [f"{own} {between.join(re.split('[ -]', rest))}" for between in BETWEEN[:3]]
    return found

"""How the bytes of a hit may begin: for each kind of hit, what may stand side by side at its first eight places.

Records are JSON in UTF-8. What folds into other characters (marks, full-width letters, letters of Hangul apart) is a
kind of its own: where such a character stands the bytes say nothing, and the record is looked at whole.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from .families import irregular, sounds_of_family
from .finding import Query
from .folding import fold
from .hangul import is_syllable
from .letters import spellings
from .names import Reading, law
from .patterns import families
from .sounds import Sound, syllables_of

PLACES = 8
MOST = 32                                   # kinds
Key = int | str | frozenset[int]            # a byte, a letter in both cases, one of the signs below, or some bytes
ANY, BORDER, GAP, WIDE, HANGUL = "*", "^", "-", "~", "한"
LETTERS = frozenset([*range(0x41, 0x5B), *range(0x61, 0x7B)])
SIGNS: dict[str, frozenset[int]] = {
    ANY: frozenset(range(256)), BORDER: frozenset(range(256)) - LETTERS,
    GAP: frozenset(b" -.,'"),                                  # what stands between syllables, in one byte
    WIDE: frozenset([0x5C, 0xC2, 0xCA, 0xE2, 0xE3]),           # and the first byte of what has more, or an escape
    HANGUL: frozenset(range(0xEA, 0xEE)),                      # first bytes of syllables
    "escaped": frozenset(b"nrtbfu"), "breve": frozenset([0x8E, 0x8F, 0xAC, 0xAD]), "'": frozenset([0x27, 0xCA, 0xE2]),
}
_BACKSLASH, _VOWEL_WITH_BREVE = 0x5C, 0xC5
_WIDE_LETTERS = (range(0x80, 0xAC00), range(0xD7A4, 0xD800), range(0xF900, 0x10000), range(0x1D400, 0x1D800),
                 range(0x1F100, 0x1F200), range(0x2F800, 0x2FA20))


class Kind:
    """One kind of beginning: `pairs[i]` says which keys may stand at places i and i + 1."""

    def __init__(self) -> None:
        self.pairs: list[set[tuple[Key, Key]]] = [set() for _ in range(PLACES - 1)]

    def add(self, keys: Sequence[Key]) -> None:
        """Let hits begin with these; behind them anything may stand."""
        self.then(0, keys)

    def then(self, place: int, keys: Sequence[Key]) -> None:
        """Let these stand from a place on; behind them anything may stand."""
        self.link(keys, place)
        left = keys[-1]
        for behind in range(place + len(keys) - 1, PLACES - 1):
            self.pairs[behind].add((left, ANY))
            left = ANY

    def link(self, keys: Sequence[Key], place: int = 0) -> None:
        """Let these follow each other from a place on; nothing is said of what stands behind them."""
        for at, pair in zip(range(place, PLACES - 1), pairwise(keys), strict=False):
            self.pairs[at].add(pair)


class Apart:
    """Beginnings that hold a byte of another sort (a wide gap's, a breve's, an apostrophe's): a kind for each place.

    Behind it anything may stand; among the others that would let everything pass.
    """

    def __init__(self) -> None:
        self.kinds: dict[int, Kind] = {}

    def add(self, before: Sequence[Key], *special: Key) -> None:
        """Let hits begin with some keys, then the special ones."""
        self.then(0, before, *special)

    def then(self, place: int, before: Sequence[Key], *special: Key) -> None:
        """Let some keys stand from a place on, then the special ones."""
        if place + len(before) < PLACES:
            self.at(place + len(before)).then(place, (*before, *special)[:PLACES - place])

    def at(self, place: int) -> Kind:
        """The kind whose first special key stands at a place."""
        return self.kinds.setdefault(place, Kind())


@lru_cache(maxsize=1024)
def bytes_of(key: Key) -> list[int]:
    """The bytes that a key stands for."""
    if isinstance(key, int):
        return [key]
    if isinstance(key, str):
        return sorted(SIGNS[key]) if key in SIGNS else list((key.upper() + key).encode())
    return sorted(key)


def kinds(query: Query) -> list[Kind]:
    """Every kind of beginning that a hit of a query may have, without the odd ones: fewer than 32."""
    words, hangul, spelled, escaped = Apart(), Apart(), Apart(), Kind()
    found = [_of_words(query, words), _in_hangul(query, hangul)]
    latin = [kind for one in query.names for kind in _in_latin(one, spelled, escaped)]
    for name in query.family_alone:
        latin.append(Kind())
        _latin_part(latin[-1], spelled, escaped, (sounds_of_family(name), irregular(name)), set(), alike=False)
    rest = [kind for apart in (words, hangul, spelled) for kind in apart.kinds.values()]
    return [*found, *rest, escaped, *_few(latin, MOST - 2 - len(found) - len(rest))]


def _few(found: list[Kind], most: int) -> list[Kind]:
    """At most so many kinds: some put together where there are more."""
    for extra, one in enumerate(found[most:]):
        for mine, theirs in zip(found[extra % most].pairs, one.pairs, strict=True):
            mine |= theirs
    return found[:most]


# ---------------------------------------------------------------------------------------------- the words as they stand
def _of_words(query: Query, apart: Apart) -> Kind:
    kind, letters = Kind(), [letter for part in query.parts for letter in part]
    last = {len("".join(query.parts[:count])) - 1 for count in range(1, len(query.parts))}
    loose = sum(map(is_syllable, letters)) > 2
    gaps = [at in last or (loose and is_syllable(letter)) for at, letter in enumerate(letters)][:-1]
    _grow(kind, apart, [_cases(letter) for letter in letters[:PLACES]], [*gaps, False], ())
    return kind


def _cases(letter: str) -> list[bytes]:
    """A folded character in every case, as JSON writes it."""
    ways = {way for way in (letter, letter.upper(), letter.title()) if way.casefold() == letter}
    return [json.dumps(way, ensure_ascii=False)[1:-1].encode() for way in sorted(ways)]


def _grow(kind: Kind, apart: Apart, units: list[list[bytes]], gaps: list[bool], so_far: tuple[Key, ...]) -> None:
    """Characters one after the other, some with a gap behind them."""
    if not units or len(so_far) >= PLACES:
        if so_far:
            kind.add(so_far[:PLACES])
        return
    for way in units[0]:
        grown = (*so_far, *way)
        _grow(kind, apart, units[1:], gaps[1:], grown)
        if gaps[0]:
            for after in units[1] if units[1:] else (b"",):
                kind.add((*grown, GAP, *after)[:PLACES])
            apart.add(grown, GAP, GAP)
            apart.add(grown, GAP, WIDE)
            apart.add(grown, WIDE)


# ------------------------------------------------------------------------------------------------------ names in Hangul
def _in_hangul(query: Query, apart: Apart) -> Kind:
    starts: dict[str, set[str]] = {}    # what a gap may follow
    together: dict[str, set[str]] = {}
    for one in query.names:
        alike = bool(one.families) and len(one.given) > 1 and not one.written
        given = _syllables(one, alike=alike)
        for name in families(one, alike=alike):
            starts.setdefault(name[0], set()).update(name[1:] or given[0])
        for first in "" if one.families else given[0]:
            together.setdefault(first, set()).update(given[1])
    kind = Kind()
    for name in query.family_alone:
        for gap in ((), (GAP,)):
            kind.add((*name[0].encode(), *gap, HANGUL))
        apart.add(tuple(name[0].encode()), WIDE)
    for first, letters in (*starts.items(), *together.items()):
        for second in letters:
            kind.add((*first.encode(), *second.encode()))
    for first, letters in starts.items():
        for second in letters:
            kind.add((*first.encode(), GAP, *second.encode()))
        apart.add(tuple(first.encode()), WIDE)
    return kind


def _syllables(one: Reading, *, alike: bool) -> tuple[str, str]:
    """Which syllables of Hangul may stand first and second in a given name."""
    if one.written:
        ways = law(one.written)
        return "".join(way[0] for way in ways), "".join(way[1:2] for way in ways)
    first, second = (syllables_of(sound, alike=alike) for sound in (one.given * 2)[:2])
    return first, second if len(one.given) > 1 else ""


# ----------------------------------------------------------------------------------------------- names in Latin letters
Spelled = tuple[tuple[Sound, ...], tuple[str, ...]]  # a part of a name by its sounds, and spellings no rule gives


def _in_latin(one: Reading, apart: Apart, escaped: Kind) -> list[Kind]:
    """Family first, and family last."""
    alike = bool(one.families) and len(one.given) > 1
    own: list[Spelled] = [(sounds_of_family(name), irregular(name)) for name in families(one, alike=alike)]
    given: list[Spelled] = [(one.given, ())]
    found = []
    for first, second in ((own, given), (given, own)) if own else ((given, []),):
        kind = Kind()
        after = {way for sounds, more in second for way in _starts(sounds[0], more, alike=alike)}
        for part in first:
            _latin_part(kind, apart, escaped, part, after, alike=alike)
        found.append(kind)
    return found


def _starts(sound: Sound, more: Iterable[str], *, alike: bool) -> set[str]:
    """How a syllable may begin: two letters, or one where that is all of it."""
    initials, vowels, _ = spellings(sound, alike=alike)
    return {(initial + vowel)[:2] for initial in initials for vowel in vowels} | {way[:2] for way in more}


def _latin_part(kind: Kind, apart: Apart, escaped: Kind, part: Spelled, after: set[str], *, alike: bool) -> None:
    """A family name or a given name from the border of the word on; `after`: what may follow the whole of it."""
    sounds, more = part
    follow = _starts(sounds[1], (), alike=alike) if len(sounds) > 1 else after
    initials, vowels, finals = spellings(sounds[0], alike=alike)
    ways = {initial + vowel + final for initial in initials for vowel in vowels for final in finals}
    for spelled, then in ((ways, follow), (set(more), after)):
        for way in spelled:
            _marked(apart, 0, (BORDER,), way)
            escaped.add((_BACKSLASH, "escaped", *way)[:PLACES])
        _latin(kind, apart, spelled, then)


def _latin(kind: Kind, apart: Apart, ways: set[str], follow: set[str]) -> None:
    """Spellings from the border on, and how what follows them begins.

    What may follow depends on how long a spelling is and on its last letter alone, so it is written down once for each
    of these: there are a hundred times as many pairs of a spelling and what follows it.
    """
    if not follow:
        for way in ways:
            kind.add((BORDER, *way)[:PLACES])
        return
    ends = {(len(way), way[-1]) for way in ways}
    later = _later(follow)
    for way in ways:
        whole = (BORDER, *way)[:PLACES]
        kind.link(whole)
        for behind in later:
            if len(way) + 1 + behind < PLACES:
                apart.at(len(way) + 1 + behind).link(whole)
    for last, letter in ends:
        if last >= PLACES - 1:
            continue
        for special in ((WIDE,), (GAP, GAP), (GAP, WIDE)):
            apart.then(last, (letter,), *special)
        for start in follow:
            kind.then(last, (letter, *start)[:PLACES - last])
            kind.then(last, (letter, GAP, start[0])[:PLACES - last])
            _marked(apart, last, (letter,), start)
            _marked(apart, last, (letter, GAP), start)


def _marked(apart: Apart, place: int, before: Sequence[Key], way: str) -> None:
    """A breve or an apostrophe somewhere in a spelling that stands behind others."""
    for at, special in _marks(way):
        apart.then(place, (*before, *way[:at]), *special)


def _marks(way: str) -> Iterator[tuple[int, tuple[Key, ...]]]:
    """Behind how many of its letters a spelling may have a breve or an apostrophe, and what stands there then."""
    for at, letter in enumerate(way):
        if letter in "ou":
            yield at, (_VOWEL_WITH_BREVE, "breve")
        if letter in "ktpch":
            yield at + 1, ("'",)


def _later(follow: Iterable[str]) -> set[int]:
    """How far behind a spelling a special key may stand: a gap at once, marks in what follows it or its gap."""
    marks = {at for start in follow for at, _ in _marks(start)}
    return {0} | marks | {at + 1 for at in marks}


# ------------------------------------------------------------------------------------------------------- odd characters
@lru_cache(maxsize=2)
def odd(*, signs: bool) -> Kind:
    """Characters that fold into others; `signs`: those too that fold into signs alone.

    Letters that differ from another in their case alone are not odd: words are looked for in every case.
    """
    kind = Kind()
    for letter in _odd_letters(signs=signs):
        kind.add(tuple(letter.encode()))
    return kind


def _odd_letters(*, signs: bool) -> Iterator[str]:
    for block in _WIDE_LETTERS:
        for letter in map(chr, block):
            canonical = unicodedata.decomposition(letter)
            if canonical and not canonical.startswith("<"):
                yield from unicodedata.normalize("NFD", letter)[1:]
            folded = fold(letter).text
            cased = len(folded) == 1 and letter in {folded.upper(), folded.title()}
            if folded != letter and not cased and (signs or not folded or any(map(str.isalnum, folded))):
                yield letter
    yield from map(chr, range(0x1100, 0x1200))

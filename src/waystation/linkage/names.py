"""A name taken apart: which part may be the family's, and what the syllables of the rest may sound like."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice, product
from types import MappingProxyType

from . import letters
from .families import HANJA, ONE, TWO, families_of, families_spelled
from .hangul import apart, is_syllable, spoken
from .sounds import Near, Sound, as_in_the_other_half, first_of_word, sound_of, widened

READINGS = 16
_TITLES = frozenset("mr mrs ms miss mx dr prof madam madame sir".split())  # noqa: SIM905
_HONOURS = re.compile(r"(?:\s*(?:선생님|선생|씨|님))+$")
_HANJA = re.compile("[\u3400-\u9fff]")
_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_HYPHENS = re.compile("[-\u2010-\u2015·・]")
NO_FAMILY: Mapping[str, Near] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to take a name: the family names in Hangul it may have and how sure that is, and the given name's sounds.

    No families: this may be a given name alone; `alone` where that is likely. `written` is the given name as it stands
    in Hangul, or empty.
    """

    families: Mapping[str, Near] = field(hash=False)
    given: tuple[Sound, ...]
    written: str = ""
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """A name as given, its script (ISO 15924: Hang, Latn, Hani, or empty for another), and its readings, at most 16."""

    text: str
    script: str
    readings: tuple[Reading, ...]


def parse(text: str) -> Name:
    """Take a name apart. Spaces, hyphens, capitals, marks and titles carry no weight; a comma puts the family first.

    >>> parse("Byeoldam, Dr Kim").script, len(parse("김 별담").readings)
    ('Latn', 1)
    """
    seen = _HIDDEN.sub("", unicodedata.normalize("NFKC", text)).strip()
    if any(map(is_syllable, seen)):
        return Name(text, "Hang", _hangul(seen))
    if _HANJA.search(seen):
        return Name(text, "Hani", _hanja(seen))
    if letters.bare(seen)[:1].isascii() and any(map(str.isalpha, seen)):
        return Name(text, "Latn", _latin(seen))
    return Name(text, "", ())


def law(written: str) -> tuple[str, ...]:
    """A given name in Hangul as North and South may write its first syllable.

    >>> sorted(law("련담"))
    ['련담', '연담']
    """
    return tuple(first + written[1:] for first in as_in_the_other_half(written[0])) if written else ("",)


def _hangul(seen: str) -> tuple[Reading, ...]:
    word = "".join(letter for letter in _HONOURS.sub("", seen) if is_syllable(letter))
    found = []
    for size, known in ((2, TWO), (1, ONE)):
        if word[:size] in known and len(word) > size:
            sure = dict.fromkeys(families_of(word[:size]), Near.FINE)
            found += [Reading(sure, given, word[size:]) for given in sounds_of(word[size:])]
    if len(word) <= 2 or not found:
        found += [Reading(NO_FAMILY, given, word, alone=True) for given in sounds_of(word)]
    return tuple(found)


def sounds_of(written: str) -> list[tuple[Sound, ...]]:
    """A given name in Hangul as sounds: each syllable for itself, and as it is spoken if that differs."""
    if not written:
        return []
    alone = [apart(letter) for letter in written]
    ways = []
    for way in (alone, spoken(alone)):
        first, *rest = map(sound_of, way)
        ways.append((first_of_word(first), *rest))
    return list(dict.fromkeys(ways))


def _hanja(seen: str) -> tuple[Reading, ...]:
    """Chinese characters: the family name alone is read; a given name would need a table of readings."""
    family = HANJA.get(seen[:1], "")
    return (Reading(dict.fromkeys(families_of(family), Near.FINE), (), ""),) if family else ()


def _latin(seen: str) -> tuple[Reading, ...]:
    before, comma, after = seen.partition(",")
    first, rest = _words(before), _words(after)
    if comma and first and rest:
        return _with_family("".join(first), rest)
    words = first + rest
    found: list[Reading] = []
    if len(words) > 1:
        found += _with_family(words[0], words[1:])
        found += _with_family(words[-1], words[:-1])
        if len(words) > 2:
            found += _with_family(words[0] + words[1], words[2:], size=2)
    elif words:
        found += _run_together(words[0])
    likely = not found or len(words) < 2
    alone = [replace(one, alone=likely) for one in _given(NO_FAMILY, words) if likely or len(one.given) <= 2]
    return (*found[:READINGS], *alone)


def _words(text: str) -> list[str]:
    words = [word.strip("-.'’") for word in _HYPHENS.sub("-", text).replace(".", " ").split()]
    return [word for word in words if word and word.casefold() not in _TITLES]


def _with_family(family: str, given: list[str], size: int = 0) -> tuple[Reading, ...]:
    names = families_spelled(family.replace("-", ""))
    names = {name: how for name, how in names.items() if size in {0, len(name)}}
    return tuple(_given(names, given)) if names else ()


def _run_together(word: str) -> Iterable[Reading]:
    """One token: at a hyphen or anywhere else a family name may end."""
    plain = word.replace("-", "")
    for size in range(1, len(plain)):
        names = families_spelled(plain[:size])
        if Near.FINE in names.values():
            sure = {name: how for name, how in names.items() if how is Near.FINE}
            yield from (one for one in _given(sure, [plain[size:]]) if len(one.given) <= 2)


def _given(families: Mapping[str, Near], words: list[str]) -> Iterable[Reading]:
    parts = [letters.readings(part) for word in words for part in word.split("-") if part]
    if len(parts) > 1:  # how tokens were cut says little: "Jin-gyong" and "Jing-yong" are one name
        parts = [tuple(dict.fromkeys((*joined(parts), *letters.readings("".join(words).replace("-", "")))))]
    for sounds in islice(parts[0] if parts else (), letters.MOST):
        if sounds and len(sounds) <= letters.LONGEST:
            plain = (first_of_word(sounds[0]), *sounds[1:])
            yield Reading(families, tuple(_union(one, two) for one, two in zip(plain, widened(plain), strict=True)))


def joined(parts: Iterable[Iterable[tuple[Sound, ...]]]) -> Iterable[tuple[Sound, ...]]:
    """Readings of tokens put together, at most 8."""
    ways = (tuple(sound for part in way for sound in part) for way in product(*parts))
    return islice(ways, letters.MOST)


def _union(one: Sound, other: Sound) -> Sound:
    return Sound(one.initials | other.initials, one.vowels | other.vowels, one.finals | other.finals)

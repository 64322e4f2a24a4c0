"""Words looked for in text: as they stand, and names in every spelling.

    >>> [span.how.value for span in find("byeoldam", "어제 별담이 왔다")]
    ['spelled otherwise']
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import NamedTuple

from .families import families_spelled
from .folding import fold
from .hangul import is_syllable
from .names import Name, Reading, parse
from .patterns import AFTER, BEFORE, GAP, START, family_spellings, in_hangul, in_latin
from .sounds import Near

LONGEST = 200       # characters of a query
READINGS = 6        # of a name that are looked for
_APART = re.compile(r"[\s\-‐-―·・]+")
_BETWEEN = r"[\s\-‐-―·・]{0,4}"


class How(StrEnum):
    """How sure a hit is."""

    EXACT = "exact"
    FINE = "spelled otherwise"
    COARSE = "perhaps"


class Span(NamedTuple):
    """A hit: from where to before where in the text as written."""

    start: int
    end: int
    how: How


class Query:
    """Words, made ready once for many texts. Raises `ValueError` if they are longer than 200 characters."""

    def __init__(self, words: str) -> None:
        if len(words) > LONGEST:
            raise ValueError(f"search words hold at most {LONGEST} characters")
        self.folded = fold(unicodedata.normalize("NFC", words)).text
        self.parts = [part for part in _APART.split(self.folded) if part]
        self.names = _names(self.folded, self.parts)
        self.exact = _exact(self.parts)
        self._fine = _together(_patterns(self.names, alike=False))
        self._coarse = _together(_patterns([one for one in self.names if _long(one)], alike=True))
        self.family_alone = _family_alone(self.parts)
        self._family = _together(_family_patterns(self.family_alone))

    def spans(self, text: str) -> list[Span]:
        """Every hit in a text, in its order; where two overlap, the surer one."""
        if self.exact is None:
            return []
        folded = fold(text)
        found: list[Span] = []
        for pattern, how in ((self.exact, How.EXACT), (self._fine, How.FINE), (self._coarse, How.COARSE),
                             (self._family, How.COARSE)):
            for hit in pattern.finditer(folded.text) if pattern else ():
                start, end = folded.place(*hit.span())
                if all(end <= one.start or start >= one.end for one in found):
                    found.append(Span(start, end, how))
        return sorted(found)

    def stands_in(self, folded: str) -> bool:
        """Whether a folded text holds a hit of any sort: a quicker question than where."""
        some = (self.exact, self._fine, self._coarse, self._family)
        return any(pattern is not None and pattern.search(folded) is not None for pattern in some)


def find(query: str, text: str) -> list[Span]:
    """Where words stand in a text: as written, then as a name spelled otherwise."""
    return Query(query).spans(text)


def _names(folded: str, parts: list[str]) -> list[Reading]:
    """The words read as a name: nothing for a Latin word of fewer than three letters, or for more than four words."""
    letters = sum(map(len, parts))
    name: Name = parse(folded)
    hangul = name.script == "Hang" and all(is_syllable(one) for part in parts for one in part)
    if len(parts) > 4 or not (hangul or (name.script == "Latn" and letters >= 3)):
        return []
    whole = [one for one in name.readings if one.given and (one.families or (one.alone and len(one.given) > 1))]
    if len(parts) == 1 and not hangul:  # run together, one syllable is hardly a whole given name
        whole = [one for one in whole if len(one.given) > 1]
    taken: dict[frozenset[str], int] = {}  # how its parts were written comes first; two ways for each family
    ordered = []
    for one in dict.fromkeys(whole):
        own = frozenset(one.families)
        taken[own] = taken.get(own, 0) + 1
        if taken[own] <= 2:
            ordered.append(one)
    return sorted(ordered, key=lambda one: Near.FINE not in one.families.values())[:READINGS]


def _long(reading: Reading) -> bool:
    """Whether sounds that are merged may be looked for too: names of three syllables or more, not typed in Hangul."""
    return bool(reading.families) and len(reading.given) > 1


def _exact(parts: list[str]) -> re.Pattern[str] | None:
    syllables = sum(is_syllable(one) for part in parts for one in part)
    return re.compile(_BETWEEN.join(_literal(part, loose=syllables > 2) for part in parts)) if parts else None


def _literal(part: str, *, loose: bool) -> str:
    """A word as it stands; one of three syllables or more also with spaces between them."""
    if not loose:
        return re.escape(part)
    return "".join((GAP if place and is_syllable(one) and is_syllable(part[place - 1]) else "") + re.escape(one)
                   for place, one in enumerate(part))


def _patterns(names: list[Reading], *, alike: bool) -> list[str]:
    found = []
    for one in names:
        if not (alike and one.written):
            found.append(in_hangul(one, alike=alike))
        found += [in_latin(one, alike=alike, family_last=last) for last in (False, True)]
    return found


def _family_alone(parts: list[str]) -> list[str]:
    """Names in Hangul of a family name that stands alone in Latin letters."""
    if len(parts) != 1 or len(parts[0]) < 3 or not parts[0].isascii():
        return []
    return sorted(name for name, how in families_spelled(parts[0]).items() if how is Near.FINE)


def _family_patterns(names: list[str]) -> list[str]:
    """A family name alone: names in Hangul that begin with it, and its other spellings."""
    spelled = [f"{BEFORE}{one}{AFTER}" for name in names for one in family_spellings(name, alike=False)]
    return [f"{START}{name}(?=[\\s\\-]?[가-힣])" for name in names] + spelled


def _together(patterns: list[str]) -> re.Pattern[str] | None:
    found = list(dict.fromkeys(pattern for pattern in patterns if pattern))
    return re.compile("|".join(found)) if found else None

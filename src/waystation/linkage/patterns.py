"""What to look for: readings of a name as patterns over folded text, in Hangul and in Latin letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .families import irregular, sounds_of_family
from .letters import spellings
from .names import Reading, law
from .sounds import Near, Sound, syllables_of

GAP = r"[\s\-‐-―]?"                      # between syllables of a longer word in Hangul
INSIDE = r"[\s\-‐-―'’ʼ]{0,2}"            # between syllables of a given name in Latin letters
BETWEEN = r"[\s,.\-‐-―]{0,3}"            # between family and given name
START = "(?<![가-힣])"
BEFORE, AFTER = "(?<![a-zà-ɏ])", "(?![a-zà-ɏ])"
_BREATH = re.compile("^(ch|[ktpc])$")


def families(reading: Reading, *, alike: bool) -> list[str]:
    """Family names in Hangul of a reading; `alike`: those too that only spellings without marks merge."""
    return sorted(name for name, how in reading.families.items() if alike or how is Near.FINE)


def in_hangul(reading: Reading, *, alike: bool) -> str:
    """A reading as a pattern over Hangul. Empty where there is nothing to look for.

    The family name may stand apart, at the start of a word; a given name is written together.
    """
    if reading.written:
        given = f"(?:{'|'.join(law(reading.written))})"
    else:
        given = "".join(f"[{syllables_of(sound, alike=alike)}]" for sound in reading.given)
    if not reading.families:
        return given
    names = "|".join(families(reading, alike=alike))
    return f"(?:{START}(?:{names})[\\s\\-‐-―]|(?:{names})){given}" if names else ""


def in_latin(reading: Reading, *, alike: bool, family_last: bool) -> str:
    """A reading as a pattern over folded Latin text. Empty where there is nothing to look for."""
    given = INSIDE.join(_syllable(sound, alike=alike) for sound in reading.given)
    if not reading.families:
        return "" if family_last else f"{BEFORE}{given}{AFTER}"
    names = families(reading, alike=alike)
    if not names:
        return ""
    own = "(?:" + "|".join(dict.fromkeys(part for name in names for part in family_spellings(name, alike=alike))) + ")"
    return BEFORE + (f"{given}{BETWEEN}{own}" if family_last else f"{own}{BETWEEN}{given}") + AFTER


def family_spellings(name: str, *, alike: bool) -> list[str]:
    """Patterns of a family name in Latin letters: those by rule, then those that only custom knows."""
    by_rule = INSIDE.join(_syllable(sound, alike=alike) for sound in sounds_of_family(name))
    return [by_rule, *(_marked(one) for one in irregular(name))]


def _syllable(sound: Sound, *, alike: bool) -> str:
    initials, vowels, finals = spellings(sound, alike=alike)
    first = _choice(one + ("['’ʼ]?" if _BREATH.match(one) else "") for one in initials)
    return first + _choice(map(_marked, vowels)) + _choice(finals)


def _choice(parts: Iterable[str]) -> str:
    found: Sequence[str] = list(parts)
    return found[0] if len(found) == 1 else f"(?:{'|'.join(found)})"


def _marked(spelling: str) -> str:
    """A spelling with or without breves."""
    return spelling.replace("o", "[oŏ]").replace("u", "[uŭ]")

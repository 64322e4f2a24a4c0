"""Before something leaves: is anybody or anything of a roster in it, in any script, spelling or encoding?

It is asked of bytes and of text, and of the names of files. Bytes are searched in each encoding that is met between
Seoul, Beijing and Geneva; a text is searched by sound too. What is packed (PDF, DOCX, PNG) is unpacked first
(`containers`), and what a page shows is handed in as text by whoever can read it: a search of packed bytes proves
nothing. That nothing was found counts only if what was planted was found: else the check has failed, not the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from enum import StrEnum
from typing import NamedTuple

from waystation.linkage.finding import How
from waystation.linkage.folding import fold

from .containers import unpacked
from .roster import Entry, Roster, Sort, encoded, variants

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp949", "gb18030")
PLANTED = Entry(Sort.NAME, "김별담솔", "control")    # nobody: three nouns, of stars and pines
PADDING = b"\x00\xff line \n"


class Sure(StrEnum):
    """What a hit means: `PERHAPS` is for a person to judge, everything else stops what was to leave."""

    SEEN = "seen"
    PERHAPS = "perhaps"


class Part(NamedTuple):
    """A piece of what would leave: where it stands (the name of a file leaves too), and what stands there."""

    where: str
    holds: bytes | str


class Hit(NamedTuple):
    """Something of the roster that would be seen: which entry, in which part, and how it was read. Never the words."""

    entry: Entry
    where: str
    read_as: str
    sure: Sure


class ControlMissedError(Exception):
    """What was planted was not found: nothing may leave on the word of this check."""


def found(parts: Iterable[Part], roster: Roster) -> tuple[Hit, ...]:
    """All of a roster that stands in the parts: each entry once for each part and way of reading.

    >>> roster = Roster.of(names=[("김별담", "p1")], handles=[("555-0100-199", "p1")])
    >>> hits = found([Part("letter", "Byŏl-dam came"), Part("log", b"call 5550100199")], roster)
    >>> [(hit.where, hit.read_as) for hit in hits][:2]
    [('letter', 'text'), ('log', 'utf-8')]
    """
    hits: dict[tuple[Entry, str, str], Hit] = {}
    for part in parts:
        for read_as, held in _readings(part):
            for entry in roster.entries:
                sure = _in_bytes(held, entry, read_as) if isinstance(held, bytes) else in_text(held, entry)
                key = (entry, part.where, read_as)
                if sure is not None and (key not in hits or sure is Sure.SEEN):
                    hits[key] = Hit(entry, part.where, read_as, sure)
    return tuple(hits.values())


def check(parts: Iterable[Part], roster: Roster, *, controls: Iterable[Part] = ()) -> tuple[Hit, ...]:
    """`found`, after what was planted was found in every way of writing it and in each of the caller's controls.

    `controls`: parts made in the same way as the others, from something into which `PLANTED.words` was written: what
    takes the text out of a page may fail without a word. Raises `ControlMissedError`, and `ValueError` for a roster
    with nobody on it: it would find nothing.
    """
    if not roster.entries:
        raise ValueError("a roster with nobody on it checks nothing")
    _prove_the_search()
    planted = Roster((PLANTED,))
    for part in controls:
        if not any(hit.sure is Sure.SEEN for hit in found([Part("", part.holds)], planted)):
            raise ControlMissedError(f"the planted name was not found in {part.where}")
    return found(parts, roster)


def in_text(text: str, entry: Entry) -> Sure | None:
    """Whether an entry stands in a text, and how surely.

    >>> in_text("so a boat came", Entry(Sort.GIVEN, "서아")), in_text("Seo-a came", Entry(Sort.GIVEN, "서아"))
    (<Sure.PERHAPS: 'perhaps'>, <Sure.SEEN: 'seen'>)
    """
    pieces = [hit[0] for hit in entry.exact.finditer(fold(text).text)]
    for span in entry.query.spans(text) if entry.query is not None else ():
        if span.how is How.COARSE:
            pieces.append(" ")
        else:
            pieces.append(text[span.start:span.end])
    if not pieces:
        return None
    apart = entry.sort is Sort.GIVEN  # in two words of their own its syllables may be something else
    return Sure.PERHAPS if all(not one.strip() or (apart and " " in one) for one in pieces) else Sure.SEEN


def _readings(part: Part) -> Iterator[tuple[str, bytes | str]]:
    """Everything to look through: the name of the part, its text or bytes, and what is packed in them."""
    if part.where:
        yield "its name", part.where
    if isinstance(part.holds, str):
        yield "text", part.holds
        return
    for inside, held in (("", part.holds), *unpacked(part.holds)):
        if inside:
            yield "a name inside", inside
        lower = held.lower()
        texts: dict[str, str] = {held.decode("utf-8", "replace"): "utf-8"}
        for encoding in ENCODINGS:
            yield encoding, lower
            with suppress(UnicodeDecodeError):
                texts.setdefault(held.decode(encoding), encoding)
        yield from ((encoding, text) for text, encoding in texts.items())


def _in_bytes(lower: bytes, entry: Entry, encoding: str) -> Sure | None:
    """Whether an entry stands in bytes (in small letters, byte by byte) in one encoding, at any place.

    Bytes that happen to be alike in another encoding are found too: rather too often than not at all.
    """
    return Sure.SEEN if any(needle in lower for needle in entry.needles(encoding)) else None


def _prove_the_search() -> None:
    planted = Roster((PLANTED,))
    for variant in variants(PLANTED):
        held = (encoded(variant, encoding) for encoding in ENCODINGS)
        texts: list[str | bytes] = [variant, *(PADDING + one + PADDING for one in held if one)]
        if not all(found([Part("", text)], planted) for text in texts):
            raise ControlMissedError("the planted name was not found in every way of writing it")

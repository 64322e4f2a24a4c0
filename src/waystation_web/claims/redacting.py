"""Names of others, contacts and places taken out of a text, before somebody reads it through.

What is known to be somebody else's name is blacked out in every spelling; so are code names, codes of the route book
and numbers. No list knows every name: so a text is given only after a person has read it, and even then what is known
is taken out once more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from waystation.linkage.finding import LONGEST, How, Query

HIDDEN = "█████"
NUMBER = re.compile(r"\+?\d[\d\s().·,-]{5,}\d")


@dataclass(frozen=True, slots=True)
class Others:
    """What may stand in no pack: names of other people, and words of contacts and places. `own` is never taken out."""

    names: frozenset[str] = field(default=frozenset(), repr=False)
    words: frozenset[str] = field(default=frozenset(), repr=False)
    own: frozenset[str] = field(default=frozenset(), repr=False)
    _finders: list[Query] = field(default_factory=list, repr=False)  # made once for all the texts of a pack

    @property
    def finders(self) -> list[Query]:
        """What finds each name in every spelling."""
        if not self._finders:
            self._finders.extend(Query(name[:LONGEST]) for name in sorted(self.names))
        return self._finders


def redacted(text: str, others: Others, *, careful: bool) -> str:
    """A text without what is known to be somebody else's. `careful`: also what only perhaps is, and every number.

    >>> redacted("With Heron to the river.", Others(words=frozenset({"Heron"})), careful=False)
    'With █████ to the river.'
    >>> redacted("Call 555 010 0199 (invented).", Others(), careful=True)
    'Call █████ (invented).'
    """
    spans = [(at.start(), at.end()) for word in others.words for at in _word(word).finditer(text)]
    for finder in others.finders:
        spans += [(one.start, one.end) for one in finder.spans(text) if careful or one.how is not How.COARSE]
    if careful:
        spans += [at.span() for at in NUMBER.finditer(text) if at[0] not in others.own]
    kept = [at.span() for mine in others.own for at in _word(mine).finditer(text)]
    return _without(text, [one for one in spans if not any(a <= one[0] and one[1] <= b for a, b in kept)])


def _word(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    out, at = [], 0
    for start, end in sorted(spans):
        if end <= at:
            continue
        out += [text[at:max(start, at)], HIDDEN if start >= at else ""]
        at = end
    return "".join([*out, text[at:]])

"""What changed between two versions of a letter, sentence by sentence: whoever signs reads that first."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from waystation.papers.paper import Paper, strings


@dataclass(frozen=True, slots=True)
class Changes:
    """Sentences that came, and sentences that went."""

    came: tuple[str, ...] = field(default=(), repr=False)
    went: tuple[str, ...] = field(default=(), repr=False)

    @property
    def none(self) -> bool:
        """Whether both say the same."""
        return not (self.came or self.went)


def changes(old: Paper | None, new: Paper) -> Changes:
    """What is in one and not in the other, in the order in which it stands there.

    >>> from datetime import date
    >>> from waystation.papers.paper import Section
    >>> one, two = (Paper(title=t, language="en", day=date(2030, 1, 1), sections=(Section("S"),)) for t in "AB")
    >>> changes(one, two)
    Changes()
    >>> changes(one, two).came, changes(one, one).none
    (('B',), True)
    """
    if old is None:
        return Changes()
    before, after = tuple(dict.fromkeys(_said(old))), tuple(dict.fromkeys(_said(new)))
    return Changes(tuple(one for one in after if one not in before), tuple(one for one in before if one not in after))


def _said(paper: Paper) -> Iterator[str]:
    return (text for where, text in strings(paper) if where != "mark" and text)

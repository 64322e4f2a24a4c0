"""Who handed somebody on to whom: the chain of hand-overs between States after a capture, and where it breaks.

    chain(handed)      in the order of days; where the next one takes over from another State than the last one had,
                       nobody knows how they came there, and that stands in the chain as a link of its own
    holder(handed)     the State that has them, as far as anybody knows

A hand-over is one State giving a person to another (refoulement, where return means danger: Convention relating to the
Status of Refugees, 1951, article 33), or one force of a State to another of the same. States are codes of ISO 3166-1
alpha-2; an empty code is "nobody knows".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class HandOver:
    """One hand-over, as it was told. `day` None: nobody knows when."""

    from_: str
    to: str
    day: date | None = None
    how_known: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the chain. `known` False: nobody wrote down how they came from one to the other."""

    from_: str
    to: str
    day: date | None = None
    how_known: str = ""
    known: bool = True


def chain(handed: Iterable[HandOver]) -> tuple[Link, ...]:
    """The chain, the earliest first; what has no day comes after whatever was written before it.

    >>> told = [HandOver("TH", "CN", date(2030, 5, 3)), HandOver("LA", "TH", date(2030, 5, 1)),
    ...         HandOver("KP", "KP", date(2030, 5, 9))]
    >>> [(one.from_, one.to, one.known) for one in chain(told)]
    [('LA', 'TH', True), ('TH', 'CN', True), ('CN', 'KP', False), ('KP', 'KP', True)]
    """
    links: list[Link] = []
    for one in _in_order(handed):
        if links and links[-1].to != one.from_:
            links.append(Link(links[-1].to, one.from_, known=False))
        links.append(Link(one.from_, one.to, one.day, one.how_known))
    return tuple(links)


def holder(handed: Iterable[HandOver]) -> str:
    """The State that has them now, as far as anybody knows; empty for nobody knows.

    >>> holder([HandOver("LA", "CN", date(2030, 5, 3)), HandOver("TH", "LA", date(2030, 5, 1))]), holder([])
    ('CN', '')
    """
    links = chain(handed)
    return links[-1].to if links else ""


def _in_order(handed: Iterable[HandOver]) -> list[HandOver]:
    """By day, and as it was written on one day; what has no day comes after whatever was written before it."""
    dated: list[tuple[date, int, HandOver]] = []
    last = date.min
    for number, one in enumerate(handed):
        last = max(last, one.day or last)
        dated.append((one.day or last, number, one))
    return [one for _day, _number, one in sorted(dated, key=lambda entry: entry[:2])]

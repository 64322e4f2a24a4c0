"""After a capture: who and what this person knew, what is proposed to be stopped, and a route book that obeys.

People who are taken are made to tell, and whoever is told of may be taken next. So what a person knew is a walk: first
what they met themselves, then what those helpers know besides, step by step. Nearer things are more urgent, nothing is
certain: a proposal names the way by which it would be told, and a person confirms each.

    knew(known, {"party"})      every thing with its distance and one shortest way to it
    frozen(book, codes)         the book without frozen places, legs and guides: no plan of it touches them
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from waystation.network.rows import RouteBook

Codes = frozenset[str]
Knows = Mapping[str, Codes]  # who -> what they know: helpers, houses, places, legs, parties, channels
SHUT = "frozen: known to somebody who was taken"


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that would be told: how many people must talk before it is (1 = the person taken), and by which way."""

    code: str
    distance: int
    through: tuple[str, ...]  # from the person taken to whoever tells it


def knew(known: Knows, taken: Iterable[str]) -> tuple[Told, ...]:
    """Everything that may be told after these people were taken, the nearest first, then by code.

    >>> [(one.code, one.distance, one.through) for one in knew({"party": frozenset({"Wren"}),
    ...  "Wren": frozenset({"MILL", "Reed"})}, ["party"])]
    [('Wren', 1, ('party',)), ('MILL', 2, ('party', 'Wren')), ('Reed', 2, ('party', 'Wren'))]
    """
    first = sorted(set(taken))
    found = {code: Told(code, 0, ()) for code in first}
    ring = list(found.values())
    while ring:
        ring = [found.setdefault(code, Told(code, one.distance + 1, (*one.through, one.code)))
                for one in ring for code in sorted(known.get(one.code, frozenset())) if code not in found]
    return tuple(sorted((one for one in found.values() if one.distance), key=lambda one: (one.distance, one.code)))


def frozen(book: RouteBook, codes: Iterable[str], *, leaving: str = "") -> RouteBook:
    """The book in which nobody is led into or through what is frozen: places, legs and guides, by code.

    `leaving` is a frozen place where the party is now: they may leave it and never come back. A leg whose guides are
    all frozen is shut; of several the others still lead it.

    >>> from waystation.network.example import example_book
    >>> [leg.code for leg in frozen(example_book(), {"G1"}).legs if leg.status == "closed"]
    ['L2']
    """
    stopped = frozenset(codes)
    guides = tuple(guide for guide in book.guides if guide.code not in stopped)
    led = {code for guide in book.guides for code in guide.legs} - {code for guide in guides for code in guide.legs}
    legs = []
    for leg in book.legs:
        shut = ({leg.code, leg.end} & stopped or leg.code in led or (leg.start in stopped and leg.start != leaving))
        legs.append(replace(leg, status="closed", reason=SHUT) if shut and leg.status != "forbidden" else leg)
    return replace(book, legs=tuple(legs), guides=guides)

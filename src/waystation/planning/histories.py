"""What a party may have met before it stands at a place: every history that a plan allows, of which only the fullest.

A plan is a graph of places and legs, and loops: legs lead back, and a party that is turned back stands where it began,
having met the leg. Histories only grow and there are finitely many legs, so this ends: go over the legs until nothing
new comes, and drop a history that lies within another. Beyond `MOST` at one place they are taken as one that has met
everything: more than the truth, never less.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MOST = 64  # histories kept at one place
Codes = frozenset[str]


@dataclass(frozen=True, slots=True)
class Way:
    """One leg of a plan, from a place to a place."""

    start: str
    leg: str
    end: str


def histories(start: str, ways: Sequence[Way], *, carries: Codes) -> dict[str, tuple[Codes, ...]]:
    """By place, the fullest sets of legs and places (of those in `carries`) that a party may have met when it is there.

    >>> ways = [Way("A", "1", "B"), Way("A", "2", "B"), Way("B", "3", "C")]
    >>> found = histories("A", ways, carries=frozenset("12BC"))
    >>> [sorted(history) for history in found["C"]]
    [['1', '2', 'B', 'C']]

    The one history at C has met both legs from A: the party was turned back on one of them.
    """
    found: dict[str, tuple[Codes, ...]] = {start: (frozenset({start}) & carries,)}
    todo = [start]
    while todo:
        place = todo.pop()
        for way in ways:
            if way.start != place:
                continue
            on_it = [history | (carries & {way.leg}) for history in found[place]]
            arrived = [history | (carries & {way.end}) for history in on_it]
            for at, more in ((way.end, arrived), (place, on_it)):
                kept = fullest([*found.get(at, ()), *more])
                if at not in found or set(kept) != set(found[at]):
                    found[at] = kept
                    todo.append(at)
    return found


def fullest(sets: Iterable[Codes]) -> tuple[Codes, ...]:
    """Those that lie within no other; one that holds them all, if they are too many to keep apart.

    >>> [sorted(one) for one in fullest([frozenset("a"), frozenset("ab"), frozenset("c")])]
    [['c'], ['a', 'b']]
    """
    different = set(sets)
    kept = [one for one in different if not any(one < other for other in different)]
    if len(kept) > MOST:
        return (frozenset().union(*kept),)
    return tuple(sorted(kept, key=lambda one: (len(one), sorted(one))))

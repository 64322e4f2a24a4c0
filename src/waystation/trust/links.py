"""Who hangs together with whom: people and cases joined by a phone, an account, a name, or a place at a time.

Two are linked when they share an identifier. Everybody who is linked, over however many steps, is one group; how far
two stand apart is the least number of links between them. What joins them is always named: a link without a reason is
no link.

    phone, account   the same signs, whatever stands between them
    alias            the same name, or one name in two spellings (`linkage.compare`: same or fine, never coarse)
    place            the same place with days in common, or days at most `NEAR_DAYS` apart

A number that everybody has joins nobody: an identifier is a *hub*, and is told but not used, if it is the
organisation's own or if more than `HUB` share it. A hub is not innocent, it is only no evidence that two of them know
each other. Everything is in the order of names; nothing depends on the order in which it is given.

Union-find: Tarjan, J. ACM 22, 1975. Degrees: breadth first.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations

from waystation.linkage.compare import Level, compare

HUB, NEAR_DAYS = 6, 3


class Sort(StrEnum):
    """What may be shared."""

    PHONE = "phone"
    ACCOUNT = "account"
    ALIAS = "alias"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Sighting:
    """Somebody was seen with an identifier, on days that may not be known."""

    who: str
    sort: Sort
    value: str
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Two that share something. `through` is the identifier as the first of them in order of names has it."""

    one: str
    other: str
    sort: Sort
    through: str
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Hub:
    """An identifier that joins nobody, and why."""

    sort: Sort
    value: str
    shared_by: int
    own: bool


@dataclass(frozen=True, slots=True)
class Graph:
    """Everybody that was seen, what joins them, and what was told but not used."""

    people: tuple[str, ...]
    links: tuple[Link, ...]
    groups: tuple[tuple[str, ...], ...]
    hubs: tuple[Hub, ...]

    def degrees(self, of: str) -> Mapping[str, int]:
        """How many links lie between somebody and each other of their group; 0 for themselves. Others are absent.

        >>> seen = [Sighting(who, Sort.PHONE, n) for who, n in (("A", "1"), ("B", "1"), ("B", "2"), ("C", "2"))]
        >>> dict(graph(seen).degrees("A"))
        {'A': 0, 'B': 1, 'C': 2}
        """
        beside: dict[str, set[str]] = defaultdict(set)
        for link in self.links:
            beside[link.one].add(link.other)
            beside[link.other].add(link.one)
        far, waits = {of: 0}, deque([of])
        while waits:
            at = waits.popleft()
            for other in sorted(beside[at] - far.keys()):
                far[other] = far[at] + 1
                waits.append(other)
        return far

    def around(self, of: str) -> tuple[Link, ...]:
        """The links of the group of somebody."""
        near = self.degrees(of)
        return tuple(link for link in self.links if link.one in near)


def graph(sightings: Iterable[Sighting], *, own: Iterable[tuple[Sort, str]] = (), spelled: str = "") -> Graph:
    """Join everybody who shares something. `own`: identifiers of the organisation itself.

    `spelled`: whose names are held against all others in other spellings; all, if empty, which is n^2 comparisons of a
    tenth of a millisecond. Names that are written alike join whoever has them in any case.

    >>> seen = [Sighting("Heron", Sort.PHONE, "+86 555-01"), Sighting("Wren", Sort.PHONE, "8655501")]
    >>> [(link.one, link.other, link.sort.value) for link in graph(seen).links]
    [('Heron', 'Wren', 'phone')]
    >>> graph(seen, own=[(Sort.PHONE, "86 555 01")]).links
    ()
    """
    told = sorted(set(sightings), key=lambda one: (one.who, one.sort, one.value, _ordinal(one.first),
                                                   _ordinal(one.last)))
    ours = {(sort, plain(value)) for sort, value in own}
    by_value: dict[tuple[Sort, str], list[Sighting]] = defaultdict(list)
    for one in told:
        if plain(one.value):
            by_value[(one.sort, plain(one.value))].append(one)
    hubs = {key: Hub(key[0], seen[0].value, len({one.who for one in seen}), key in ours)
            for key, seen in by_value.items() if key in ours or len({one.who for one in seen}) > HUB}
    used = {key: seen for key, seen in by_value.items() if key not in hubs}
    links = {link for seen in used.values() for pair in combinations(seen, 2) if (link := _link(*pair))}
    links |= set(_spellings(used, spelled))
    people = tuple(sorted({one.who for one in told}))
    ordered = tuple(sorted(links, key=lambda one: (one.one, one.other, one.sort, one.through, _ordinal(one.first))))
    return Graph(people, ordered, groups(people, ((one.one, one.other) for one in ordered)),
                 tuple(sorted(hubs.values(), key=lambda one: (one.sort, one.value))))


def groups(people: Iterable[str], pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """Everybody in the group that the pairs put them into, by union-find; groups and people in the order of names.

    >>> groups("ABCD", [("B", "A"), ("C", "B")])
    (('A', 'B', 'C'), ('D',))
    """
    above = {one: one for one in sorted(people)}

    def top(one: str) -> str:
        while above[one] != one:
            above[one] = above[above[one]]
            one = above[one]
        return one

    for one, other in pairs:
        low, high = sorted((top(one), top(other)))
        above[high] = low
    found: dict[str, list[str]] = defaultdict(list)
    for one in above:
        found[top(one)].append(one)
    return tuple(tuple(each) for each in found.values())


def plain(value: str) -> str:
    """An identifier without what people write between its signs.

    >>> plain("+86 (555) 01-2"), plain(" Old  Tree ")
    ('86555012', 'oldtree')
    """
    return "".join(letter for letter in value.casefold() if letter.isalnum())


def _link(one: Sighting, other: Sighting) -> Link | None:
    if one.who == other.who:
        return None
    if one.sort is Sort.PLACE and not _together(one, other):
        return None
    days = [day for seen in (one, other) for day in (seen.first, seen.last) if day is not None]
    return Link(one.who, other.who, one.sort, one.value, min(days, default=None), max(days, default=None))


def _together(one: Sighting, other: Sighting) -> bool:
    """At a place with days in common or nearly so; without days nobody can say, and that is no link."""
    if one.first is None or other.first is None:
        return False
    ends = (one.last or one.first, other.last or other.first)
    return (max(one.first, other.first) - min(ends)).days <= NEAR_DAYS


def _spellings(used: Mapping[tuple[Sort, str], list[Sighting]], of: str) -> Iterable[Link]:
    """Links between names that are one name in two spellings."""
    names = sorted(key for key in used if key[0] is Sort.ALIAS)
    theirs_only = {key for key in names if of and all(one.who != of for one in used[key])}
    for mine, theirs in combinations(names, 2):
        if {mine, theirs} <= theirs_only:
            continue
        if compare(used[mine][0].value, used[theirs][0].value)[0] in {Level.SAME, Level.FINE}:
            pairs = (sorted((one, other), key=lambda seen: seen.who) for one in used[mine] for other in used[theirs])
            yield from (link for one, other in pairs if (link := _link(one, other)))


def _ordinal(day: date | None) -> int:
    return 0 if day is None else day.toordinal()

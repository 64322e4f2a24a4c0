"""Counts that may leave: no count below eleven is shown, and none can be reckoned from what is shown.

A table is shown with the sums of each of its dimensions. Where a count is too small it is left out, and further counts
are left out with it so that it could be another number: for each of them there is a box of cells that are all left out
(two categories of every dimension, the count in one corner). Adding one to every second corner and taking it from the
others changes no sum, so whoever reads the table cannot tell which of these tables is ours. No solver is needed to make
it; a solver tries to break it in the tests. Small categories are put together first, and a table that cannot be shown
in this way is refused whole. What is shown is rounded.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType

LEAST = 11     # a count that may be shown
ROUNDED = 5    # to multiples of which
OTHERS = "other"
Cell = tuple[str, ...]


class CannotShow(ValueError):
    """Nothing of a table can be shown without giving somebody away; it says why."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """What is counted by, and its categories. Those of an ordered one (years) are put together with a neighbour."""

    name: str
    categories: tuple[str, ...]
    ordered: bool = False


Merged = tuple[Mapping[Cell, int], Dimension, dict[str, str]]  # with the name that each category has after it


@dataclass(frozen=True, slots=True)
class Shown:
    """A table as it may leave. None stands for a count that is left out."""

    dimensions: tuple[Dimension, ...]
    cells: Mapping[Cell, int | None]
    sums: tuple[Mapping[str, int], ...]   # of each dimension, by category
    total: int
    called: tuple[Mapping[str, str], ...]  # of each dimension: every category, and the one in which it was put

    @property
    def together(self) -> tuple[str, ...]:
        """Categories that were put together with others."""
        return tuple(name for of in self.called for name, now in of.items() if name != now)


def disclosed(counts: Mapping[Cell, int], dimensions: Sequence[Dimension], *, rounded: int = ROUNDED) -> Shown:
    """A table of counts that may leave. Raises `CannotShow`.

    >>> by_year = disclosed({("2024",): 40, ("2025",): 3, ("2026",): 22}, [Dimension("year", ("2024", "2025", "2026"))],
    ...                     rounded=1)
    >>> by_year.together, dict(by_year.cells), by_year.total
    (('2025', '2026'), {('2024',): 40, ('other',): 25}, 65)
    """
    if any(count < 0 for count in counts.values()):
        raise CannotShow("A count is never below nothing.")
    total = sum(counts.values())
    if total < LEAST:
        raise CannotShow(f"Fewer than {LEAST} in all: nothing of it is shown.")
    called: list[Mapping[str, str]] = []
    dims = list(dimensions)
    for place in range(len(dims)):
        counts, dims[place], names = _merged(counts, dims[place], place)
        called.append(MappingProxyType(names))
    full = {cell: counts.get(cell, 0) for cell in product(*(one.categories for one in dims))}
    hidden = hide(full, dims)
    return Shown(
        tuple(dims), MappingProxyType({cell: None if cell in hidden else nearest(count, rounded)
                                       for cell, count in full.items()}),
        tuple(MappingProxyType({name: nearest(count, rounded) for name, count in _sums(full, one, place).items()})
              for place, one in enumerate(dims)),
        nearest(total, rounded), tuple(called))


def hide(full: Mapping[Cell, int], dimensions: Sequence[Dimension]) -> frozenset[Cell]:
    """Cells that are left out: those below `LEAST`, and with each of them the corners of one box.

    Raises `CannotShow` for a cell that no box protects.
    """
    hidden = {cell for cell, count in full.items() if count < LEAST}
    for cell in sorted(hidden, key=lambda one: (full[one], one)):
        best: tuple[tuple[int, int], frozenset[Cell]] | None = None
        for box in _boxes(cell, dimensions):
            if full[cell] + min(full[corner] for corner, sign in box.items() if sign < 0) < LEAST:
                continue
            fresh = [corner for corner in box if corner not in hidden]
            cost = (sum(full[corner] for corner in fresh), len(fresh))
            if best is None or cost < best[0]:
                best = cost, frozenset(box)
        if best is None:
            raise CannotShow("A small count could be reckoned from the rest of this table. Count by less.")
        hidden |= best[1]
    return frozenset(hidden)


def _boxes(cell: Cell, dimensions: Sequence[Dimension]) -> Iterator[dict[Cell, int]]:
    """Boxes with this cell in a corner: each corner with its sign, the cell's own being plus one."""
    wide = [place for place, one in enumerate(dimensions) if len(one.categories) > 1]
    if not wide:
        return
    for others in product(*([name for name in dimensions[place].categories if name != cell[place]] for place in wide)):
        box: dict[Cell, int] = {}
        for choice in product((False, True), repeat=len(wide)):
            corner = list(cell)
            for taken, place, name in zip(choice, wide, others, strict=True):
                if taken:
                    corner[place] = name
            box[tuple(corner)] = -1 if sum(choice) % 2 else 1
        yield box


def _merged(counts: Mapping[Cell, int], of: Dimension, place: int) -> Merged:
    """Categories with too few in all are put together, until each has enough or only one is left."""
    groups = [[name] for name in of.categories]
    sums = _sums(counts, of, place)

    def size(group: list[str]) -> int:
        return sum(sums[name] for name in group)

    while len(groups) > 1 and size(smallest := min(groups, key=size)) < LEAST:
        where = groups.index(smallest)
        if of.ordered:
            beside = [at for at in (where - 1, where + 1) if 0 <= at < len(groups)]
        else:
            beside = [at for at in range(len(groups)) if at != where]
        partner = min(beside, key=lambda at: size(groups[at]))
        first, second = sorted((where, partner))
        groups[first] += groups.pop(second)
    called = {name: _name(group, of) for group in groups for name in group}
    after: dict[Cell, int] = {}
    for cell, count in counts.items():
        new = (*cell[:place], called[cell[place]], *cell[place + 1:])
        after[new] = after.get(new, 0) + count
    names = tuple(_name(group, of) for group in groups)
    return after, Dimension(of.name, names, of.ordered), called


def _name(group: list[str], of: Dimension) -> str:
    if len(group) == 1:
        return group[0]
    return f"{group[0]}–{group[-1]}" if of.ordered else OTHERS


def _sums(counts: Mapping[Cell, int], of: Dimension, place: int) -> dict[str, int]:
    found = dict.fromkeys(of.categories, 0)
    for cell, count in counts.items():
        found[cell[place]] += count
    return found


def nearest(count: int, to: int) -> int:
    """A count rounded to a multiple; halves go up.

    >>> [nearest(one, 5) for one in (11, 12, 13, 17, 18)]
    [10, 10, 15, 15, 20]
    """
    return (2 * count + to) // (2 * to) * to

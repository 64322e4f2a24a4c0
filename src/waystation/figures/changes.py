"""Where a series of counts changes: exact, by trying every way to cut it, with a price for each cut."""

from collections.abc import Sequence
from math import log


def change_points(counts: Sequence[int], *, price: float) -> tuple[int, ...]:
    """First places of every new stretch: the cut with the least cost, where each stretch has one rate (Poisson).

    The cost of a stretch is the sum of `mean - count * log(mean)`; a further cut must save more than `price`.

    >>> change_points([10, 10, 10, 40, 40, 40], price=3.0), change_points([10, 11, 9, 10], price=3.0)
    ((3,), ())
    """
    if price <= 0 or any(count < 0 for count in counts):
        raise ValueError("a price above nothing, and counts that are not below it")
    sums = [0]
    for count in counts:
        sums.append(sums[-1] + count)

    def cost(start: int, end: int) -> float:
        total = sums[end] - sums[start]
        return total - total * log(total / (end - start)) if total else 0.0

    best, before = [0.0], [0]
    for end in range(1, len(counts) + 1):
        tried = [(best[start] + cost(start, end) + (price if start else 0.0), start) for start in range(end)]
        least = min(tried)
        best.append(least[0])
        before.append(least[1])
    cuts, at = list[int](), len(counts)
    while at and before[at]:
        at = before[at]
        cuts.append(at)
    return tuple(reversed(cuts))

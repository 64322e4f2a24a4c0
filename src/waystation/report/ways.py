"""How a leg is drawn: a bent line for looks, never along a road.

The main branch is one smooth line through its stops; every other leg bends away from it. Kinds differ by dash and mark:
solid with a glow is the plan, long dashes with a letter are what to do if things change, broken with a question mark is
not known, crosses are closed, dots are by air.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from waystation.planning.results import Answer, Line
from waystation.report.mapview import Spot

BEND, AIR_BEND = 0.12, 0.16
CROSS_EVERY = 30.0  # pixels
_ORDER = ("first", "branch", "closed", "other")
SAMPLES = 24


@dataclass(frozen=True, slots=True)
class Way:
    """A leg as a cubic curve."""

    line: Line
    start: Spot
    first: Spot
    second: Spot
    end: Spot

    def at(self, t: float) -> Spot:
        """The point at 0..1 of the curve."""
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        return Spot(a * self.start.x + b * self.first.x + c * self.second.x + d * self.end.x,
                    a * self.start.y + b * self.first.y + c * self.second.y + d * self.end.y)

    def path(self) -> str:
        """SVG path data."""
        return (f"M{self.start.x:.1f} {self.start.y:.1f}C{self.first.x:.1f} {self.first.y:.1f} "
                f"{self.second.x:.1f} {self.second.y:.1f} {self.end.x:.1f} {self.end.y:.1f}")

    def samples(self) -> list[Spot]:
        """Points along the curve, for keeping labels off it."""
        return [self.at(k / SAMPLES) for k in range(SAMPLES + 1)]

    def crosses(self, unit: float) -> str:
        """Path data of the crosses on a closed leg."""
        length = sum(math.dist(a, b) for a, b in pairwise(self.samples()))
        count = max(1, int(length / (CROSS_EVERY * unit)))
        arm, out = 3.0 * unit, ""
        for k in range(count):
            x, y = self.at((k + 0.5) / count)
            for tilt in (-arm, arm):
                out += f"M{x - arm:.1f} {y - tilt:.1f}L{x + arm:.1f} {y + tilt:.1f}"
        return out


def look(line: Line, *, dark: bool = False) -> str:
    """The class a leg is drawn in: first, branch, other, closed, unknown; by air it is also dotted.

    With `dark` nothing is known of the whole plan, and its own legs are drawn as unknown.
    """
    unknown = line.kind != "closed" and (line.unknown or (dark and line.kind == "first"))
    kind = "unknown" if unknown else line.kind
    return f"{kind} air" if line.mode == "air" and not unknown else kind


def ways(answer: Answer, spots: Mapping[str, Spot]) -> tuple[Way, ...]:
    """Every leg whose two ends have a position, as a curve."""
    main = _main(answer, spots)
    middle = _middle([spots[code] for code in main] or list(spots.values()))
    drawn: list[Way] = []
    beside: dict[frozenset[str], int] = {}  # legs between the same two places lie beside each other
    for line in sorted(answer.lines, key=lambda line: _ORDER.index(line.kind)):
        if line.start not in spots or line.end not in spots or line.start == line.end:
            continue
        a, b = spots[line.start], spots[line.end]
        if line.kind == "first" and line.mode != "air" and line.start in main and line.end in main:
            drawn.append(_smooth(line, main, spots))
        else:
            count = beside.get(frozenset((line.start, line.end)), 0)
            bend = (AIR_BEND if line.mode == "air" else BEND) * (1 + 0.75 * (count // 2)) * (-1) ** count
            drawn.append(bent(line, a, b, middle, bend))
        beside[frozenset((line.start, line.end))] = beside.get(frozenset((line.start, line.end)), 0) + 1
    return tuple(drawn)


def _main(answer: Answer, spots: Mapping[str, Spot]) -> list[str]:
    """Places of the main branch in order, up to the first flight: the smooth line goes through these."""
    flown = {line.end for line in answer.lines if line.kind == "first" and line.mode == "air"}
    order = [answer.terms.start, *(step.to for step in answer.tree.main)]
    out: list[str] = []
    for code in order:
        if code in spots and code not in out and code not in flown:
            out.append(code)
    return out


def _smooth(line: Line, main: Sequence[str], spots: Mapping[str, Spot]) -> Way:
    """A piece of the smooth line: its ends point along the chord of their neighbours."""
    a, b = spots[line.start], spots[line.end]
    reach = math.dist(a, b) / 3
    i, j = main.index(line.start), main.index(line.end)
    before, after = spots[main[max(0, i - 1)]], spots[main[min(len(main) - 1, j + 1)]]
    u, v = _direction(before, b), _direction(a, after)
    return Way(line, a, Spot(a.x + u.x * reach, a.y + u.y * reach), Spot(b.x - v.x * reach, b.y - v.y * reach), b)


def bent(line: Line, a: Spot, b: Spot, middle: Spot, bend: float) -> Way:
    """A curve that bows away from the middle of the main branch; towards it if `bend` is negative."""
    half = Spot((a.x + b.x) / 2, (a.y + b.y) / 2)
    side = Spot(-(b.y - a.y) * bend, (b.x - a.x) * bend)
    if ((half.x - middle.x) * side.x + (half.y - middle.y) * side.y < 0) is (bend > 0):
        side = Spot(-side.x, -side.y)
    return Way(line, a, Spot(a.x + (b.x - a.x) / 3 + side.x * 4 / 3, a.y + (b.y - a.y) / 3 + side.y * 4 / 3),
               Spot(a.x + (b.x - a.x) * 2 / 3 + side.x * 4 / 3, a.y + (b.y - a.y) * 2 / 3 + side.y * 4 / 3), b)


def _direction(a: Spot, b: Spot) -> Spot:
    length = math.dist(a, b) or 1.0
    return Spot((b.x - a.x) / length, (b.y - a.y) / length)


def _middle(spots: Sequence[Spot]) -> Spot:
    return Spot(sum(s.x for s in spots) / len(spots), sum(s.y for s in spots) / len(spots))

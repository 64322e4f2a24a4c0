"""Where words stand on a map, so that none covers another, a stop or a line.

Simple and greedy: what matters most is placed first; of the places a label may stand at, the one that covers least
is taken; a label that fits nowhere is left out unless it must stand. Widths are estimated, a little generously, because
the reader's fonts are not known here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from unicodedata import east_asian_width

import numpy as np
import numpy.typing as npt

from waystation.report.mapview import Box, Spot

WIDTH_EM = 0.5  # of a letter in a condensed face
CAPITAL_EM = 0.6
SQUARE_EM = 1.0  # of Hangul, Han and kana: as wide as they are high
WORST = 1e9


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a point, with the baseline's start and size in map units."""

    words: str
    x: float
    y: float
    size: float
    anchor: str  # start | middle | end
    box: Box


@dataclass(slots=True)
class Sheet:
    """What already stands on a view. `unit` is map units to a pixel."""

    edge: Box
    unit: float
    taken: list[Box] = field(default_factory=list)  # labels and marks: never covered if it can be helped
    lines: list[Spot] = field(default_factory=list)  # points of lines: covered only for want of better
    _xy: npt.NDArray[np.float64] = field(default_factory=lambda: np.empty((2, 0)))  # the same as columns

    def cost(self, box: Box) -> float:
        """How much a label there would cover: 0 is free, `WORST` beyond the edge."""
        if not (self.edge.holds(Spot(box.left, box.top)) and self.edge.holds(Spot(box.right, box.bottom))):
            return WORST
        return 100.0 * sum(box.meets(other) for other in self.taken) + self._points(box)

    def _points(self, box: Box) -> int:
        """Points of lines in a box. A thousand of them are asked about for every place of every label."""
        if len(self._xy[0]) != len(self.lines):
            self._xy = np.array(self.lines).reshape(-1, 2).T
        x, y = self._xy
        return int(np.count_nonzero((box.left <= x) & (x <= box.right) & (box.top <= y) & (y <= box.bottom)))

    def beside(self, words: Sequence[str], spot: Spot, *, size: float, gap: float,
               must: bool = False) -> tuple[Label, ...] | None:
        """Lines of text beside a stop, the first at `size` pixels, the rest smaller.

        None if all places are taken, unless the label `must` stand: then it stands where it covers least.
        """
        best, least = None, WORST
        for rank, (dx, dy, anchor) in enumerate(_AROUND):
            made = self._lines(words, spot, size, (dx, dy, anchor), gap)
            cost = self.cost(_around([label.box for label in made])) + 0.4 * rank
            if cost < least:
                best, least = made, cost
        return best if must or least < 100 else None

    def centred(self, words: str, spot: Spot, *, size: float, spacing: float, over: float) -> Label | None:
        """One line centred on a point; None if that place is taken, or would cover more than `over` points of lines."""
        label = line(words, spot.x, spot.y + 0.35 * size * self.unit, size * self.unit, "middle", spacing=spacing)
        return label if self.cost(label.box) <= over else None

    def take(self, *labels: Label) -> None:
        """Remember that labels stand there."""
        self.taken += [label.box.grown(2 * self.unit) for label in labels]

    def _lines(self, words: Sequence[str], spot: Spot, size: float, around: tuple[float, float, str],
               gap: float) -> tuple[Label, ...]:
        dx, dy, anchor = around
        u, made = self.unit, []
        heights = [size, *(size * 0.82 for _ in words[1:])]
        total = sum(heights) * 1.12 * u
        top = spot.y + dy * (gap * u + (total / 2 if dx == 0 or abs(dy) == 1 else 0)) - total / 2
        for said, height in zip(words, heights, strict=True):
            top += height * 1.12 * u
            made.append(line(said, spot.x + dx * gap * u, top - 0.24 * height * u, height * u, anchor))
        return tuple(made)


_AROUND = ((1, 0, "start"), (-1, 0, "end"), (0.7, -0.7, "start"), (0.7, 0.7, "start"), (-0.7, 0.7, "end"),
           (-0.7, -0.7, "end"), (0, -1, "middle"), (0, 1, "middle"))


def line(words: str, x: float, y: float, size: float, anchor: str, *, spacing: float = 0.0) -> Label:
    """Words on a baseline that starts, is centred or ends at a point. `size` in map units, `spacing` in em."""
    width = size * sum(_em(c) + spacing for c in words)
    left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    return Label(words, x, y, size, anchor, Box(left, y - 0.85 * size, left + width, y + 0.22 * size))


def _em(letter: str) -> float:
    if east_asian_width(letter) in {"W", "F"}:
        return SQUARE_EM
    return CAPITAL_EM if letter.isupper() else WIDTH_EM


def _around(boxes: Sequence[Box]) -> Box:
    return Box(min(b.left for b in boxes), min(b.top for b in boxes), max(b.right for b in boxes),
               max(b.bottom for b in boxes))

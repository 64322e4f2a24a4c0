"""A comparison as a picture: both sides as ranges on one axis of 0 to 100, and the difference around nothing.

What was before is a hollow dot on a thin line, what would be a full dot on a thick one: told apart without colour. No
range, no mark; no mean, no dot. The table beside it says the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from waystation.report.drawing import image, rule, text

OF_100 = ("arrive", "lost")
WIDE, NARROW = 640, 320        # pixels: both are in the page, and its style shows the one that fits
ROW, HEAD, FOOT, DOT = 30.0, 26.0, 34.0, 6.0
STEP = 5.0                     # the axis of the difference ends at a multiple of this
LEAST, MOST = 0.0, 100.0


@dataclass(frozen=True, slots=True)
class Words:
    """What stands in the picture, in the reader's language; `name` is the whole of it in a sentence."""

    name: str
    measures: Mapping[str, str]
    before: str
    after: str
    difference: str


def what_if_picture(rows: Mapping[str, Mapping[str, Any]], words: Words) -> str:
    """Both pictures, for a wide and a narrow screen; empty where there is no difference to be shown.

    `rows`: by measure, `before`, `after` and `difference`, each with `mean`, `low`, `high`.

    >>> side = {"mean": 80.0, "low": 70.0, "high": 90.0}
    >>> row = {"before": side, "after": {**side, "mean": None}, "difference": {"mean": 1.0, "low": -2.0, "high": 4.0}}
    >>> said = Words("x", {"arrive": "Arrive"}, "before", "after", "difference")
    >>> drawn = what_if_picture({"arrive": row}, said)
    >>> drawn.count("<svg"), drawn.count("<circle"), what_if_picture({"arrive": {**row, "difference": None}}, said)
    (2, 4, '')
    """
    shown = {name: rows[name] for name in OF_100 if name in rows and rows[name]["difference"] is not None}
    if not shown:
        return ""
    return "".join(_picture(shown, words, width, kind) for width, kind in ((WIDE, "broad"), (NARROW, "slim")))


def _picture(rows: Mapping[str, Mapping[str, Any]], words: Words, width: int, kind: str) -> str:
    left, right = (150.0 if width == WIDE else 108.0), width - 20.0
    body, y = list[str](), HEAD
    for name, row in rows.items():
        body.append(text(0, y - 6, words.measures[name], kind="heading"))
        axis = _Axis(left, right, LEAST, MOST)
        for side, said in (("before", words.before), ("after", words.after)):
            body += [text(0, y + 17, said), *axis.range(row[side], y + 12, side)]
            y += ROW
        body += axis.ticks(y, (0, 50, 100))
        y += FOOT + HEAD
    body.append(text(0, y - 6, words.difference, kind="heading"))
    ends = [abs(row["difference"][end]) for row in rows.values() for end in ("low", "high")]
    far = STEP * max(1, ceil(max(ends) / STEP))
    axis, top = _Axis(left, right, -far, far), y
    for name, row in rows.items():
        body += [text(0, y + 17, words.measures[name]), *axis.range(row["difference"], y + 12, "after")]
        y += ROW
    body.append(rule(axis.x(0), top, axis.x(0), y, "zero"))
    body += axis.ticks(y, (-far, 0, far))
    return image(width, y + FOOT - 8, words.name, body, kind=f"what-if {kind}")


@dataclass(frozen=True, slots=True)
class _Axis:
    left: float
    right: float
    low: float
    high: float

    def x(self, value: float) -> float:
        return self.left + (self.right - self.left) * (value - self.low) / (self.high - self.low)

    def range(self, told: Mapping[str, Any] | None, y: float, kind: str) -> list[str]:
        if told is None:
            return []
        marks = [rule(self.x(told["low"]), y, self.x(told["high"]), y, f"span {kind}")]
        if told["mean"] is not None:
            marks.append(f'<circle class="mean {kind}" cx="{self.x(told["mean"]):.1f}" cy="{y:.1f}" r="{DOT:g}"/>')
        return marks

    def ticks(self, y: float, values: tuple[float, ...]) -> list[str]:
        """The axis under the rows, with its numbers."""
        marks = [rule(self.left, y, self.right, y, "axis")]
        for value in values:
            said = f"{value:+.0f}" if self.low < 0 and value else f"{value:.0f}"
            marks += [rule(self.x(value), y, self.x(value), y + 5, "axis"),
                      text(self.x(value), y + 20, said.replace("-", "−"), anchor="middle")]
        return marks

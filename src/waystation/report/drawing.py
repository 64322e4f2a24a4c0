"""The few SVG marks that the charts and the map are made of.

Colours and line kinds are classes of `page.css`, so that one drawing serves the dark screen, the light page and print
in black and white. A drawing is one image whose name is a sentence; what is inside is not read out piece by piece.
"""

from collections.abc import Iterable
from html import escape

WIDE, NARROW = 640, 328  # pixels: every chart exists in these two widths, and the page shows the one that fits
PATTERNS = (
    '<svg class="defs" width="0" height="0" aria-hidden="true" focusable="false"><defs>'
    '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="hatch-ground" width="6" height="6"/><rect class="hatch-line" width="2" height="6"/></pattern>'
    '<pattern id="cross" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="hatch-ground" width="5" height="5"/><path class="cross-line" d="M0 0H5M0 0V5"/></pattern>'
    '<pattern id="dots" width="5" height="5" patternUnits="userSpaceOnUse">'
    '<rect class="hatch-ground" width="5" height="5"/><circle class="dot" cx="2.5" cy="2.5" r="1.1"/></pattern>'
    "</defs></svg>"
)


def image(width: float, height: float, name: str, body: Iterable[str], *, kind: str) -> str:
    """An SVG element of `width` x `height` pixels; `kind` is its class, `name` what it shows in a sentence."""
    return (f'<svg class="chart {kind}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
            f'width="{width:g}" height="{height:g}" role="img" aria-label="{escape(name)}">{"".join(body)}</svg>')


def text(x: float, y: float, words: str, *, kind: str = "", anchor: str = "start") -> str:
    """One line of text whose baseline starts, is centred or ends at a point.

    >>> text(4, 12, "A & B", anchor="end")
    '<text x="4.0" y="12.0" text-anchor="end">A &amp; B</text>'
    """
    where = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text x="{x:.1f}" y="{y:.1f}"{where}{named(kind)}>{escape(words)}</text>'


def rect(x: float, y: float, width: float, height: float, kind: str) -> str:
    """A box."""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"{named(kind)}/>'


def rule(x1: float, y1: float, x2: float, y2: float, kind: str = "rule") -> str:
    """A straight line."""
    return f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"{named(kind)}/>'


def named(kind: str) -> str:
    """The class attribute, if there is one."""
    return f' class="{kind}"' if kind else ""


def spread(wanted: list[float], gap: float, low: float, high: float) -> list[float]:
    """Moves positions apart to at least `gap`, keeping their order and staying within the limits where they fit.

    >>> spread([10, 12, 40], 10, 0, 100)
    [6.0, 16.0, 40.0]
    """
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    blocks: list[list[float]] = []  # sum of wanted tops, number of labels
    for k in order:
        blocks.append([wanted[k], 1])
        while len(blocks) > 1 and _top(blocks[-2], gap) + blocks[-2][1] * gap > _top(blocks[-1], gap):
            total, count = blocks.pop()
            blocks[-1] = [blocks[-1][0] + total, blocks[-1][1] + count]
    placed = [_top(block, gap) + k * gap for block in blocks for k in range(int(block[1]))]
    for k, at in enumerate(placed):
        placed[k] = max(at, low + k * gap)
    for k in range(len(placed) - 1, -1, -1):
        placed[k] = min(placed[k], high - (len(placed) - 1 - k) * gap)
    out = [0.0] * len(wanted)
    for k, at in zip(order, placed, strict=True):
        out[k] = at
    return out


def _top(block: list[float], gap: float) -> float:
    return block[0] / block[1] - (block[1] - 1) * gap / 2

"""A plan's sheets as they lie in a payload: packed, because a map is large, and read back only if they are drawings.

Whoever holds a coordinator's key could seal anything as a plan. So what comes out of a payload is shown as HTML only
if it consists of the elements and attributes that the report itself uses; anything else is refused, not mended.
"""

from __future__ import annotations

import re
import zlib
from base64 import b64decode, b64encode
from binascii import Error as NotBase64

from waystation.report.inset import inset_style
from waystation_web.vault.errors import Refused

MOST = 8_000_000  # bytes of a plan's sheets
ELEMENTS = frozenset({
    "b", "br", "caption", "circle", "clipPath", "dd", "defs", "div", "dl", "dt", "em", "feGaussianBlur",
    "figcaption", "figure", "filter", "footer", "g", "h1", "h2", "h3", "header", "i", "image", "li", "line",
    "linearGradient", "mask", "ol", "p", "path", "pattern", "polygon", "polyline", "radialGradient", "rect",
    "section", "span", "stop", "strong", "svg", "table", "tbody", "td", "text", "textPath", "th", "thead", "tr",
    "tspan", "ul", "use",
})
ATTRIBUTES = frozenset({
    "aria-hidden", "aria-label", "class", "clip-path", "cx", "cy", "d", "data-head", "fill", "fill-opacity",
    "fill-rule", "filter", "focusable", "font-size", "height", "href", "id", "letter-spacing", "mask", "offset",
    "opacity", "patternTransform", "patternUnits", "points", "preserveAspectRatio", "r", "role", "rx", "ry",
    "scope", "startOffset", "stdDeviation", "stop-color", "stop-opacity", "stroke", "stroke-dasharray",
    "stroke-linecap", "stroke-linejoin", "stroke-width", "text-anchor", "transform", "viewBox", "width", "x", "x1",
    "x2", "xmlns", "y", "y1", "y2",
})
_TAG = re.compile(r"<(?:/?([A-Za-z][A-Za-z0-9]*)((?:\s+[A-Za-z_:][-\w:]*(?:=(?:\"[^\"<>]*\"|[\w.%#-]+))?)*)\s*/?>)?")
_ATTRIBUTE = re.compile(r"\s([A-Za-z_:][-\w:]*)(?:=(\"[^\"]*\"|[\w.%#-]+))?")
_HERE = re.compile(r"\"?(#[\w-]*|data:image/(png|webp|jpeg);base64,[A-Za-z0-9+/=]*)\"?")


class Drawn(str):
    """Sheets that have been looked through: a template writes them as they are."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


def packed(html: str) -> str:
    """Sheets as text for a payload. Raises `ValueError` if they are not the report's own drawings, or too long."""
    if len(html.encode()) > MOST:
        raise ValueError("the sheets of this plan are too long to be kept")
    if fault := foreign(html):
        raise ValueError(f"these are no sheets of a report: {fault}")
    return b64encode(zlib.compress(html.encode(), 6)).decode("ascii")


def unpacked(text: str) -> Drawn:
    """Sheets out of a payload. Raises `Refused("payload")` unless they are the report's own drawings."""
    opening = zlib.decompressobj()
    try:
        html = opening.decompress(b64decode(text, validate=True), MOST).decode()
    except (zlib.error, NotBase64, ValueError) as reason:
        raise Refused("payload") from reason
    if not opening.eof or opening.unused_data or foreign(html):
        raise Refused("payload")
    return Drawn(html)


def foreign(html: str) -> str:
    """The first thing in some HTML that a report never holds; empty if there is none.

    >>> foreign('<p class="a">x</p>'), foreign("<script>"), foreign('<p onclick="x">'), foreign('<use href="//x"/>')
    ('', 'script', 'onclick', 'href')
    """
    for tag in _TAG.finditer(html):
        name, attributes = tag[1], tag[2]
        if name is None or name not in ELEMENTS:
            return name or "<"
        if fault := _foreign_attribute(attributes):
            return fault
    return ""


def _foreign_attribute(attributes: str) -> str:
    for found in _ATTRIBUTE.finditer(attributes):
        name, value = found[1], found[2] or ""
        elsewhere = (name == "href" and not _HERE.fullmatch(value)) or "url(" in value.replace("url(#", "")
        if name not in ATTRIBUTES or elsewhere:
            return name
    return ""


def style() -> str:
    """The style sheet of plans, the same for everybody: nothing of it is sealed."""
    return inset_style()

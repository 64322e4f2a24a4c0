"""The child that makes a working copy: a picture is decoded, turned upright, covered where asked, and encoded anew.

    python -m waystation.evidence.copying      one line of JSON, then the bytes; the answer likewise

What was in the file besides its pixels does not come along: the copy is a new picture into which pixels are put. What
is covered is filled, never blurred: a blur can be undone.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

PIXELS = 60_000_000             # of a picture that is decoded at all: a small file can be a huge picture
PADDING = 0.15                  # of a box, on each side
BLOCK = 8                       # of a JPEG: a covered box ends between two of them, so nothing of it bleeds out
FILL = (0, 0, 0)
NEAR = 2                        # steps of 256 by which a filled pixel may come back from a JPEG
Box = tuple[int, int, int, int]


class NotCopied(Exception):
    """No copy was made; the sentence says why."""


def padded(box: Sequence[float], width: int, height: int) -> Box:
    """A box in per cent of the upright picture, as pixels: padded, and widened to whole blocks.

    >>> padded((40, 40, 60, 60), 100, 100)
    (32, 32, 64, 64)
    >>> padded((0, 90, 100, 100), 100, 100)
    (0, 88, 100, 100)
    """
    left, top, right, bottom = box
    if not (0 <= left < right <= 100 and 0 <= top < bottom <= 100):
        raise NotCopied("A box is left, top, right, bottom in per cent: 0 to 100, left before right, top before "
                        "bottom.")
    wide, high = (right - left) * PADDING, (bottom - top) * PADDING
    edges = ((left - wide) * width / 100, (top - high) * height / 100, (right + wide) * width / 100,
             (bottom + high) * height / 100)
    low = [max(0, int(edge) // BLOCK * BLOCK) for edge in edges[:2]]
    far = [-(-int(-(-edge // 1)) // BLOCK) * BLOCK for edge in edges[2:]]
    return low[0], low[1], min(width, far[0]), min(height, far[1])


def copy(data: bytes, boxes: Iterable[Sequence[float]], *, side: int = 0, grid: bool = False
         ) -> tuple[dict[str, Any], bytes]:
    """A copy and what was done. `side`: made smaller to this many pixels; `grid`: with lines at each tenth.

    Raises `NotCopied`.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError
    Image.MAX_IMAGE_PIXELS = PIXELS
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as opened:
            kind = "PNG" if opened.format == "PNG" else "JPEG"
            if opened.width * opened.height > PIXELS:
                raise NotCopied("This picture is too large to be copied here.")
            upright = ImageOps.exif_transpose(opened)
            seen = upright.convert("RGBA")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as why:
        raise NotCopied("This is no picture that can be read: JPEG, PNG or WebP.") from why
    fresh = Image.new("RGB", seen.size, (255, 255, 255))
    fresh.paste(seen, mask=seen.getchannel("A"))
    if side and max(fresh.size) > side:
        fresh.thumbnail((side, side))
    filled = [padded(box, *fresh.size) for box in boxes]
    for box in filled:
        fresh.paste(FILL, box)
    if grid:
        _ruled(fresh)
    out = io.BytesIO()
    more: dict[str, Any] = {"quality": 90, "subsampling": 0} if kind == "JPEG" else {}
    fresh.save(out, kind, **more)
    return {"format": kind.lower(), "width": fresh.width, "height": fresh.height, "boxes": filled}, out.getvalue()


def _ruled(picture: Any) -> None:
    """Lines at each tenth, light beside dark, so that a box can be read off on any picture."""
    from PIL import ImageDraw
    draw = ImageDraw.Draw(picture)
    for tenth in range(1, 10):
        across, down = picture.width * tenth // 10, picture.height * tenth // 10
        for shift, colour in ((0, (255, 255, 255)), (1, (0, 0, 0))):
            draw.line((across + shift, 0, across + shift, picture.height), fill=colour)
            draw.line((0, down + shift, picture.width, down + shift), fill=colour)
        draw.text((across + 3, 2), str(tenth * 10), fill=(255, 255, 0), stroke_width=1, stroke_fill=(0, 0, 0))
        draw.text((3, down + 2), str(tenth * 10), fill=(255, 255, 0), stroke_width=1, stroke_fill=(0, 0, 0))


def uncovered(data: bytes, boxes: Iterable[Sequence[int]]) -> list[str]:
    """Boxes of a finished copy in which something can still be seen."""
    from PIL import Image
    with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as opened:
        seen = opened.convert("RGB")
    found = []
    for box in boxes:
        extrema: Any = seen.crop((box[0], box[1], box[2], box[3])).getextrema()
        if any(high > fill + NEAR or low < fill - NEAR for (low, high), fill in zip(extrema, FILL, strict=True)):
            found.append(f"the box at {box[0]}, {box[1]} is not filled")
    return found


def _limited() -> None:
    """A bound on memory and time where the system knows one."""
    try:
        import resource
        resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, OSError, ValueError):
        return


def main(inlet: BinaryIO, outlet: BinaryIO) -> None:
    """Answer one question."""
    asked = json.loads(inlet.readline())
    data, made = inlet.read(), b""
    try:
        if asked["do"] == "check":
            said: dict[str, Any] = {"faults": uncovered(data, asked["boxes"])}
        else:
            said, made = copy(data, asked["boxes"], side=asked.get("side", 0), grid=asked.get("grid", False))
    except NotCopied as why:
        said = {"refused": str(why)}
    outlet.write(json.dumps(said).encode() + b"\n" + made)


if __name__ == "__main__":
    _limited()
    main(sys.stdin.buffer, sys.stdout.buffer)

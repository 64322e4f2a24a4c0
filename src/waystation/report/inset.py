"""The page of a plan set into another page: the same sheets without a head, a style sheet or a frame of their own.

Whoever shows it serves `inset_style()` as a file, so that neither the piece nor the page needs an exception from a
policy that forbids style and script inside pages. What is said, and how surely, is exactly what the page says.
"""

import re
from dataclasses import dataclass
from html import escape

from waystation.planning.results import Answer
from waystation.report.basemap import Basemap
from waystation.report.drawing import PATTERNS
from waystation.report.markup import para
from waystation.report.page import drawings, sheets, style
from waystation.report.phrases import FICTIONAL_LINE

FRAME = "plan-sheets"  # class of the element that holds the piece; the style sheet touches nothing outside it
_ROOTS = {":root": "&", "html, body": "&", "html": "&", "body": "&", "body.fictional": "&.fictional"}


@dataclass(frozen=True, slots=True)
class Inset:
    """A plan as a piece of HTML; `fictional` asks the page around it to say so on every screen and sheet."""

    html: str
    fictional: bool


def inset(answer: Answer, base: Basemap | None = None, *, film: bool = True) -> Inset:
    """The sheets of a plan as one element. `base` is the installed base map unless given.

    Without `film` it is everything below the map: for a page that draws a map of its own.

    Raises `SaidTooMuch` if the answer holds a number that its state of knowledge forbids.
    """
    told = sheets(answer, base, film=film)
    kind = f"{FRAME} fictional" if answer.fictional else FRAME
    band = para(FICTIONAL_LINE, "band") + f'<p class="gutter" aria-hidden="true">{escape(FICTIONAL_LINE)}</p>'
    body = (f'{PATTERNS}{drawings(told.shared)}{band if answer.fictional else ""}{told.film}'
            f'<div class="main">{told.body}</div>{told.foot}')
    return Inset(f'<div class="{kind}">{body}</div>', answer.fictional)


def inset_style() -> str:
    """The page's style sheet, for what lies in the piece and nothing else.

    >>> inset_style().splitlines()[:2]
    ['.plan-sheets {', '& {']
    """
    sheet = re.sub(r"/\*.*?\*/", "", style(), flags=re.DOTALL)
    sheet = re.sub(r"@page \{.*?\}", "", sheet)  # of the whole sheet of paper: the page around it says that
    sheet = re.sub(r"(?<=[{},;\s])([^{}@;]+)\{", lambda found: f"\n{_within(found[1])} {{", sheet)
    return f".{FRAME} {{\n{sheet.strip()}\n}}\n"


def _within(selectors: str) -> str:
    """Selectors of the page as selectors of the piece: its root is the frame, its `main` a division.

    >>> _within("html, body"), _within(" main"), _within("body.fictional"), _within(".way, main, h2")
    ('&', '.main', '&.fictional', '.way, .main, h2')
    """
    said = selectors.strip()
    if said in _ROOTS:
        return _ROOTS[said]
    return ", ".join(".main" if one.strip() == "main" else one.strip() for one in said.split(","))

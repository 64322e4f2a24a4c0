"""One self-contained page from an answer: it opens offline, asks nothing of anybody, and prints.

No script, no font and no picture comes from elsewhere; a policy in the page forbids it to the browser. On top lies the
dark film map with the route; below it stand the advice, the steps, what to do if things change, the reasons, and what
all of it rests on. In print the map is light and fits black and white, and a page of a fictional world says so on every
sheet.
"""

from dataclasses import dataclass
from html import escape
from importlib.resources import files

from waystation.planning.results import Answer, Knowledge, Refused
from waystation.report import sections
from waystation.report.amounts import day, moment
from waystation.report.basemap import Basemap
from waystation.report.drawing import PATTERNS
from waystation.report.markup import listing, para, section
from waystation.report.phrases import ADVICE, FICTIONAL_LINE, REFUSAL, near, way
from waystation.report.silence import checked
from waystation.report.svgmap import Map, route_map
from waystation.report.ways import look

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
KEY = (
    ("first", "the plan"), ("branch", "A, B \u2026 if things change"), ("unknown", "? not known"), ("air", "by air"),
    ("closed", "closed to this party"), ("other", "other legs of the book"),
)


@dataclass(frozen=True, slots=True)
class Sheets:
    """What stands on the page, part by part, as HTML; any other page that shows a plan is made of the same parts."""

    shared: str  # drawings that the maps refer to
    film: str
    body: str
    foot: str


def page(answer: Answer, base: Basemap | None = None) -> str:
    """The whole page as HTML. `base` is the installed base map unless given.

    Raises `SaidTooMuch` if the answer holds a number that its state of knowledge forbids.
    """
    told = sheets(answer, base)
    return _frame("Plan", f"{told.film}<main>{told.body}</main>{told.foot}", fictional=answer.fictional,
                  shared=told.shared)


def sheets(answer: Answer, base: Basemap | None = None, *, film: bool = True) -> Sheets:
    """The parts of the page; without `film` no map is drawn. Raises `SaidTooMuch`."""
    checked(answer)
    drawn = route_map(answer, base) if film else None
    columns = (
        f'<div class="columns"><div class="plan">{sections.verdict(answer)}{sections.now(answer)}'
        f"{sections.steps(answer)}{sections.contingencies(answer)}{sections.money_and_time(answer)}</div>"
        f'<div class="why">{sections.dangers(answer)}{sections.grounds(answer)}{sections.findings(answer)}'
        f"{sections.taken_out(answer)}</div></div>"
    )
    more = f"{sections.choices(answer)}{sections.weighings(answer)}{sections.limits()}"
    top = (drawn.shared, _film(answer, drawn)) if drawn else ("", "")
    return Sheets(*top, f'{columns}<div class="more">{more}</div>', _foot(answer))


def refusal_page(refused: Refused, *, title: str, fictional: bool, now: str) -> str:
    """The page of a refusal: no plan, no map, and why."""
    why = section("Why", listing(refused.reasons, "reasons"), kind="verdict", ident="answer")
    means = section("What this means", para(REFUSAL), para(ADVICE))
    top = f'<header class="plain"><h1>No plan</h1>{para(title)}</header>'
    body = (f'{top}<main><div class="more">{why}{means}</div></main>'
            f"<footer><p>As of {escape(moment(now))}.</p></footer>")
    return _frame("No plan", body, fictional=fictional, shared="")


def _frame(title: str, body: str, *, fictional: bool, shared: str) -> str:
    said = escape(FICTIONAL_LINE)
    notice = f'<aside class="band" aria-label="Notice"><p>{said}</p></aside>'
    band = f'{notice}<p class="gutter" aria-hidden="true">{said}</p>'
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
        f'content="{escape(POLICY)}"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">'
        f'<title>{escape(title)} \u2013 Waystation</title><link rel="icon" href="data:,">'
        f'<style>{style()}</style></head><body class="{"fictional" if fictional else "real"}">'
        f'<a class="skip" href="#answer">To the answer</a>'
        f"{PATTERNS}{drawings(shared)}{band if fictional else ''}{body}</body></html>\n"
    )


def style() -> str:
    """The page's own style sheet."""
    return "".join((files("waystation.report") / name).read_text("utf-8") for name in ("page.css", "map.css"))


def drawings(shared: str) -> str:
    """Drawings that others refer to, in a picture that takes no room."""
    return f'<svg class="defs" width="0" height="0" aria-hidden="true" focusable="false"><defs>{shared}</defs></svg>'


def _film(answer: Answer, drawn: Map) -> str:
    """The plate, the way in words, and the map."""
    start, end = sections.heading(answer)
    who = answer.party.label or f"a party of {answer.party.size}"
    until = f"by {day(answer.terms.deadline, year=True)} with {answer.terms.budget}"
    plate = (f'<div class="plate"><p class="kicker">{escape(answer.title)}</p>'
             f"<h1>{escape(start)} <span>to</span> {escape(end)}</h1>"
             f'<p class="who">{escape(who)}</p><p class="by">{escape(until)}</p></div>')
    stops = "".join(f"<li><b>{escape(code)}</b>{_public(answer, code)}</li>" for code in way(answer))
    words = f'<div class="way"><h2>The most likely way</h2><ol>{stops}</ol></div>'
    pictures = "".join(drawn.pictures.values())
    notes = "".join(para(note, "map-note") for note in drawn.notes)
    figure = f"<figure>{pictures}<figcaption>{_key(answer)}</figcaption></figure>" if pictures else ""
    return f'<header class="film">{words}<div class="stage">{plate}{figure}</div>{notes}</header>'


def _public(answer: Answer, code: str) -> str:
    public = near(answer.places, code)
    return f" <span>{escape(public)}</span>" if public and public.casefold() != code.casefold() else ""


def _key(answer: Answer) -> str:
    """The kinds of line on this map, each beside its word."""
    dark = answer.assessment.state is Knowledge.UNKNOWN
    met = {kind for line in answer.lines for kind in look(line, dark=dark).split()}
    frame = 'class="map swatch" viewBox="0 0 34 8" width="34" height="8" aria-hidden="true" focusable="false"'
    return "".join(f'<span class="kind"><svg {frame}>{_swatch(kind)}</svg>{escape(words)}</span>'
                   for kind, words in KEY if kind in met)


def _swatch(kind: str) -> str:
    dash = {"branch": "8 4", "unknown": "7 3 1.5 4", "air": ".1 5", "other": "3 4"}.get(kind)
    pattern = f' stroke-dasharray="{dash}"' if dash else ""
    line = f'<path class="leg {"first air" if kind == "air" else kind}" stroke-width="2.2"{pattern} d="M2 4H32"/>'
    crosses = "".join(f"M{x - 2.5} 1.5L{x + 2.5} 6.5M{x - 2.5} 6.5L{x + 2.5} 1.5" for x in (9, 25))
    return line + (f'<path class="leg closed" stroke-width="1.3" d="{crosses}"/>' if kind == "closed" else "")


def _book(answer: Answer) -> str:
    said = "" if not answer.fictional or "fictional" in answer.title.lower() else " (fictional)"
    return f"{answer.title}{said}"


def _foot(answer: Answer) -> str:
    made = (("as of", moment(answer.now)), ("book", _book(answer)),
            ("Waystation", answer.version), ("engine", answer.backend), ("seed", str(answer.seed)),
            ("draws", f"{answer.draws:,}"), ("inputs", answer.inputs_digest))
    rows = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in made)
    return f"<footer><p>{escape(ADVICE)}</p><dl>{rows}</dl></footer>"

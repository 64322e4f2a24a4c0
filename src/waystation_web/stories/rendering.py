"""A story as the files that are published: nothing goes in but what is handed in here, and all of it is searched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, gettext_lazy

from waystation.report.basemap import CREDIT
from waystation.report.storymap import Point, story_svg
from waystation.stories.coarse import BANDS
from waystation.stories.parts import AREAS, Label

from .faces import faces

LABELS = {Label.TESTIMONY: gettext_lazy("Testimony"), Label.FOOTAGE: gettext_lazy("Footage"),
          Label.RE_ENACTMENT: gettext_lazy("Re-enactment"), Label.FICTION: gettext_lazy("Fiction")}
SEASONS = {"spring": gettext_lazy("spring"), "summer": gettext_lazy("summer"), "autumn": gettext_lazy("autumn"),
           "winter": gettext_lazy("winter")}
PLACES = {"KP": gettext_lazy("North Korea"), "KR": gettext_lazy("South Korea"), "CN": gettext_lazy("China"),
          "MN": gettext_lazy("Mongolia"), "RU": gettext_lazy("Russia"), "VN": gettext_lazy("Vietnam"),
          "LA": gettext_lazy("Laos"), "TH": gettext_lazy("Thailand"), "MM": gettext_lazy("Myanmar"),
          "KH": gettext_lazy("Cambodia"), "JP": gettext_lazy("Japan")}
EXIT = "https://www.wikipedia.org/"  # where whoever must leave at once goes: a page that everybody reads
FONT = "vendor/fonts/barlow-condensed-latin-500-normal.woff2"


@dataclass(frozen=True, slots=True)
class Said:
    """A label as a page needs it."""

    code: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """All that a public page says. Nothing else of a record reaches it."""

    slug: str
    title: str
    dek: str = ""
    language: str = "en"
    year: int | None = None
    season: str = ""
    warning: str = ""
    byline: str = ""
    segments: Sequence[Mapping[str, str]] = ()
    course: Sequence[str] = ()
    pictures: Sequence[Mapping[str, str]] = ()
    calls: Sequence[Mapping[str, str]] = ()
    sources: Sequence[Mapping[str, str]] = ()
    makers: Sequence[str] = ()
    rights: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)


def pages(told: Told) -> dict[str, bytes]:
    """The files of one story: its page, its piece of the first page, its pictures."""
    with translation.override(told.language):
        labels = _labels(told)
        shown = {"story": told, "slug": told.slug, "labels": labels, "when": when(told), "byline": told.byline,
                 "segments": [{**one, "label": said(one["label"])} for one in told.segments],
                 "pictures": [{**one, "label": said(one["label"])} for one in told.pictures],
                 "map": _map(told.course), "way": way(told.course), "calls": told.calls, "sources": told.sources,
                 "credit": CREDIT, "exit": EXIT, "makers": told.makers, "rights": told.rights}
        page = render_to_string("stories/public/story.html", shown)
        fonts = faces(page)
        if fonts:
            page = render_to_string("stories/public/story.html", shown | {"fonts": True})
        card = render_to_string("stories/public/card.html", shown | {"fonts": bool(fonts)})
        return {"index.html": page.encode(), "card": card.encode(), **fonts, **told.files}


def around(language: str) -> dict[str, bytes]:
    """What stands beside all stories: head and tail of the first page, the style, one font."""
    with translation.override(language):
        parts = {name: render_to_string(f"stories/public/{name}.html", {"language": language, "exit": EXIT}).encode()
                 for name in ("head", "tail")}
    static = files("waystation_web") / "static"
    style = (files("waystation.report") / "map.css").read_bytes() + (static / "public" / "site.css").read_bytes()
    return {**parts, "style.css": style, "barlow.woff2": (static / FONT).read_bytes()}


def said(label: str) -> Said:
    """A label in the reader's language. Raises `ValueError` for what is none."""
    return Said(Label(label).value, str(LABELS[Label(label)]))


def when(told: Told) -> str:
    """A season and a year at the finest."""
    if told.year is None:
        return ""
    if told.season not in SEASONS:
        return str(told.year)
    return gettext("%(season)s %(year)s") % {"season": SEASONS[told.season], "year": told.year}


def way(course: Iterable[str]) -> str:
    """The way in words, from country to country."""
    return " → ".join(place(code) for code in course)


def place(code: str) -> str:
    """A country or province by its public name."""
    return str(PLACES.get(code, AREAS[code][0]))


def _labels(told: Told) -> list[Said]:
    there = {one["label"] for one in (*told.segments, *told.pictures)}
    return [said(label) for label in Label if label in there]


def _map(course: Sequence[str]) -> str:
    points = [Point(place(code), code[:2], *AREAS[code][1:]) for code in course]
    drawn = story_svg(points, name=gettext("The way: %s.") % way(course))
    return mark_safe(drawn)  # noqa: S308 - made here of numbers; every word in it is escaped


def texts(told: Told) -> list[tuple[str, str]]:
    """Everything that a reader would read, and where it stands: what is too exact is looked for in it."""
    found = [("title", told.title), ("dek", told.dek), ("warning", told.warning), ("by-line", told.byline)]
    found += [(f"piece {number}", f"{one.get('heading', '')}\n{one['text']}\n{one.get('source', '')}")
              for number, one in enumerate(told.segments, 1)]
    found += [(f"picture {number}", one.get("alt", "")) for number, one in enumerate(told.pictures, 1)]
    found += [("calls", one["text"]) for one in told.calls]
    return [(where, text) for where, text in found if text.strip()]


__all__ = ["AREAS", "BANDS", "LABELS", "SEASONS", "Said", "Told", "around", "pages", "place", "said", "texts", "way",
           "when"]

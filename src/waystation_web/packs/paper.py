"""A pack on paper: who may read it and until when, then the words that two signed, in lines of this copy's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from waystation.papers.paper import Paper, Paragraph, Section
from waystation.stories.copies import laid
from waystation_web.stories.rendering import Told, said, way, when

SHOWN = ("title", "dek", "language", "year", "season", "warning", "byline", "segments", "course", "sources", "makers",
         "rights")


def kept(told: Told) -> dict[str, Any]:
    """What its reader is given, as the pack keeps it."""
    return {name: getattr(told, name) for name in SHOWN}


def told_of(said_: Mapping[str, Any]) -> Told:
    """What a pack kept."""
    return Told(slug="", **{name: said_[name] for name in SHOWN if name in said_})


def texts(told: Told, mark: str) -> list[str]:
    """The words of a copy in its own lines: what one copy is told from another by."""
    given = [told.dek, *(one["text"] for one in told.segments)]
    return [laid(text, mark, at) for at, text in enumerate(given) if text.strip()]


def paper(told: Told, *, reader: str, until: date, mark: str, why: str, day: date) -> Paper:
    """The pack as a paper in the language of its words; on the foot of each page whose it is and until when."""
    with translation.override(told.language):
        foot = gettext("For %(reader)s alone · until %(until)s · copy %(mark)s") % {
            "reader": reader, "until": until.isoformat(), "mark": mark}
        return Paper(title=told.title, language=told.language, day=day, mark=foot,
                     sections=(_terms(reader, until, why), *_words(told, mark)))


def _terms(reader: str, until: date, why: str) -> Section:
    """What its reader has agreed to, in plain words."""
    lines = (
        gettext("This is for %(reader)s alone, for this purpose: %(why)s") % {"reader": reader, "why": why},
        gettext("Read it where nobody looks over your shoulder. Do not copy it, photograph it, pass it on, or put it "
                "into any service on the internet. Do not look for the people it tells of."),
        gettext("The last day on which you may read it is %s. Then destroy the file, its copies and every print, and "
                "tell us that you did.") % until.isoformat(),
        gettext("Whoever it tells of can take their yes back on any day. Then we tell you, and you destroy it at "
                "once."),
        gettext("Your name stands on every page. This copy also differs from every other in a way that stays with a "
                "photograph."))
    return Section(gettext("Who may read this, and until when"), tuple(Paragraph(line) for line in lines))


def _words(told: Told, mark: str) -> Iterator[Section]:
    laid_out = iter(texts(told, mark))
    about = [line for line in (" · ".join(filter(None, (when(told), way(told.course)))), told.warning) if line]
    if told.byline:
        about.append(gettext("Told by %s") % told.byline)
    dek = [next(laid_out)] if told.dek.strip() else []
    if dek or about:
        yield Section(gettext("What it is about"), tuple(map(Paragraph, (*dek, *about))))
    for number, one in enumerate(told.segments, 1):
        label = said(one["label"]).words
        heading = f"{label}: {one['heading']}" if one.get("heading") else f"{label} {number}"
        notes = (one["source"],) if one.get("source") else ()
        text = next(laid_out) if one["text"].strip() else ""
        yield Section(heading, (replace(Paragraph(text), notes=notes),))
    sources = tuple(Paragraph(" ".join(filter(None, (one["text"], one.get("url", ""))))) for one in told.sources)
    if sources:
        yield Section(gettext("Public sources"), sources)

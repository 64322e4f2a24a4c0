"""An application as its page says it: codes in words, States by their names, days with whether they are late."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from waystation.papers.paper import Paper
from waystation.papers.text import as_text as paper_text
from waystation.rights.chain import Responsible
from waystation.rights.library import library
from waystation_web.cases import values
from waystation_web.cases.words import word

from . import words
from .application import Application, Ground
from .queries import Line, Page

LOOKS = {"emergency": "bad", "refused": "bad", "time-barred": "bad", "in custody": "late", "deferred": "late",
         "withdrawn": "off", "integration": "done"}  # what a State may still take back is never drawn as done


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the top of a page, and in a line of the list."""

    way: str
    state: str
    status: str
    look: str
    decision: str


def head(one: Application) -> Head:
    """Of one application."""
    steps = one.steps
    return Head(steps[0].title if steps else one.pathway, word("country", one.state),
                words.said(words.STATUS, one.status), LOOKS.get(one.status, ""),
                words.said(words.EVENT, one.decision.get("result")))


def ways() -> list[tuple[str, str]]:
    """Every way, to choose from."""
    return [(code, f"{code} · {steps[0].title}") for code, steps in library().pathways().items()]


def steps() -> list[tuple[str, str]]:
    """Every step of every way, to choose from."""
    return [(f"{code}:{one.order}", f"{code} · {one.order} · {one.words}")
            for code, told in library().pathways().items() for one in told]


def event(code: str) -> str:
    """A step of an application, in words."""
    return words.said(words.EVENT, code)


def grounds(one: Application) -> list[tuple[str, Ground | None, list[str], list[str], str]]:
    """What each rests on: letter, what was written, grounds, who they are, who speaks of a nationality."""
    return [(code, said, [words.said(words.CLAIM, each) for each in said.claims] if said else [],
             [words.said(words.PROFILE, each) for each in said.profile] if said else [],
             words.said(words.ASSERTED, said.nationality) if said else "")
            for person, code in zip(one.persons, one.codes, strict=True) for said in (one.grounds.get(person),)]


def lines(page: Page) -> list[tuple[Line, str]]:
    """The steps of the way, each with by whose count its alarm stands."""
    return [(line, words.said(words.BY, line.clock.by) if line.clock else "") for line in page.lines]


def shared(one: Application) -> list[tuple[Mapping[str, Any], str, str, str]]:
    """What was told to States: about whom, to which, what."""
    codes = dict(zip(one.persons, one.codes, strict=False))
    return [(each, codes.get(values.text(each, "person"), ""), word("country", each.get("country")),
             ", ".join(words.said(words.DATA, name) for name in values.texts(each, "data"))) for each in one.shared]


def log(page: Page) -> list[tuple[Mapping[str, Any], str, str]]:
    """What happened, the newest first."""
    return [(each, event(values.text(each, "event")), page.names.get(values.text(each, "by"), ""))
            for each in reversed(page.one.log)]


def chain(found: Iterable[Responsible]) -> list[tuple[Responsible, str, str]]:
    """States that handed somebody on, by their names."""
    return [(each, word("country", each.link.state), word("country", each.link.to)) for each in found]


def as_text(papers: Iterable[Paper]) -> str:
    """Several papers one after the other."""
    return "\n\n".join(map(paper_text, papers))

"""What is known about a story now: from its own record, and from the cases of those it tells of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from waystation.casework.consent import Row
from waystation.stories.clearance import (
    PUBLIC,
    Audience,
    Facts,
    Hindrance,
    Road,
    Told,
    of_the_cases,
    of_the_text,
)
from waystation.stories.parts import Segment
from waystation_web.cases import values
from waystation_web.cases.asked import by_two, newest
from waystation_web.cases.case import Case, case_of
from waystation_web.cases.consents import rows_of
from waystation_web.duty import embargoed
from waystation_web.gateways import clock
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor

from .rendering import texts
from .story import Story

LOOK = timedelta(hours=24)  # how long what one saw in the cases counts for those who cannot read them
AT_REST = frozenset({"arrived", "settling", "follow-up", "closed"})  # after its journey; a coordinator says "arrived"


def of_cases(actor: Actor, story: Story, *, to: Audience = PUBLIC,
             through: date | None = None) -> tuple[Hindrance, ...] | None:
    """What stands in the way in the cases and on the roads, inside the caller's `writing()`.

    `through` is the last day on which it is read, where it has one. None for whoever cannot read all of it: what they
    do not see is not in order.
    """
    held = [kept.maybe(actor, key, "case") for key in story.cases]
    if None in held:
        return None
    cases = {one.key: case_of(one) for one in held if one is not None}
    safe = helpers_safe(story)
    roads = [Road(over=case.stage in AT_REST, helpers_safe=safe) for case in cases.values()]
    standing = embargoed.standing(actor)
    embargo = any(standing.on(case.ref, case.key) for case in cases.values())
    people = tuple(_told(one, cases[values.text(one, "case")]) for one in story.people)
    return of_the_cases(Facts(today=clock.today(), through=through, to=to, people=people, roads=tuple(roads),
                              embargo=embargo, until=values.day(story.body, "until"), segments=_segments(story)))


def of_text(story: Story) -> tuple[Hindrance, ...]:
    """What stands in the way in the story itself."""
    selection = values.part(story.body, "selection")
    described = frozenset(name for name in ("why", "withheld") if values.text(selection, name))
    roster, perhaps = _searched(story)
    motifs = tuple((values.text(one, "name"), values.text(one, "decided"))
                   for one in values.items(story.body, "motifs"))
    return of_the_text(Facts(
        today=clock.today(), segments=_segments(story), course=values.texts(story.body, "course"),
        words=tuple(texts(story.told)), counts=story.counts, inside_identifiable=story.inside, roster=roster,
        perhaps=perhaps, motifs=motifs, selection=described))


def in_the_way(actor: Actor, story: Story) -> tuple[Hindrance, ...]:
    """Everything, as far as this person can know it; else as somebody saw it who could, within a day."""
    cases = of_cases(actor, story)
    return (*(as_looked(story) if cases is None else cases), *of_text(story))


def as_looked(story: Story) -> tuple[Hindrance, ...]:
    """What somebody who reads the cases saw there, if that is not old and about these very words."""
    said = values.part(story.body, "looked")
    at = values.at(said, "at")
    if said.get("digest") != story.digest or at is None or clock.now() > at + LOOK:
        return (Hindrance("H-12", "Nobody has looked whether the journey is over. Ask whoever keeps the case."),)
    return tuple(Hindrance(values.text(one, "rule"), values.text(one, "sentence"), values.text(one, "where"))
                 for one in values.items(said, "found"))


def helpers_safe(story: Story) -> bool | None:
    """What the security officer said last of those who helped."""
    said = values.items(story.body, "helpers")
    return values.answer(said[-1], "safe") if said else None


def _segments(story: Story) -> tuple[Segment, ...]:
    return tuple(Segment(label=values.text(one, "label"), text=values.text(one, "text"),
                         proof=values.text(one, "proof")) for one in values.items(story.body, "segments"))


def _searched(story: Story) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
    """Where names were found; None until names and places were both looked for in exactly these words."""
    checks = story.now("checks")
    names = {key for one in checks for key in values.texts(one, "names")}
    whole = {key.hex() for key in story.cases} <= names and (not story.cases or any(
        one.get("network") is True for one in checks))
    if not checks or not whole:
        return None, ()
    hits = sorted({where for one in checks for where in values.texts(one, "hits")})
    judged = {(key, values.text(one, "where")) for one in story.now("judged") for key in values.texts(one, "checks")}
    perhaps = sorted({where for one in checks for where in values.texts(one, "perhaps")
                      if (values.text(one, "id"), where) not in judged})
    return tuple(hits), tuple(perhaps)


def _told(said: Any, case: Case) -> Told:
    person, today = values.text(said, "person"), clock.today()
    someone = next((one for one in case.people if one.id == person), None)
    return Told(person=values.text(said, "id")[:4], data=frozenset(values.texts(said, "data")),
                rows=_rows(case, said), child=someone.child_on(today) if someone else None,
                child_by_two=by_two(case.id, newest(case.record.body, "best_interest", person)),
                byline=values.text(said, "byline"), withdrawn=case.withdrawn)


def _rows(case: Case, said: Any) -> tuple[Row, ...]:
    """What this person said about anything, under the short name that pages show."""
    person, short = values.text(said, "person"), values.text(said, "id")[:4]
    return tuple(replace(row, person=short) for row in rows_of(case.record.body) if row.person == person)

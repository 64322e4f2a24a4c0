"""May this story go out? From what is known to everything that stands in its way, each with its sentence.

What nobody has asked stands in the way as well: every default below leads to a refusal. Two people sign what is left,
and whoever publishes asks all of it once more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from waystation.casework.consent import Allowed, Row, Wish, allows

from .coarse import marks
from .fitting import ALONE, FEWEST
from .parts import AREAS, AS_EVIDENCE, Label, Segment, labelled


class Audience(NamedTuple):
    """Who is to read it, as consents are asked for: what for, and to whom."""

    purpose: str
    recipient: str


PUBLIC = Audience("story", "media")      # a yes to a story, told to everybody


class Hindrance(NamedTuple):
    """One thing in the way: by which duty, what to do about it, and where."""

    rule: str
    sentence: str
    where: str = ""


_ENDS = Hindrance("H-21", "What they said ends on a day, and what is public does not end by itself. Ask whether it may "
                          "stay until they take it back.")
_ENDS_BEFORE = Hindrance("H-21", "What they said ends before the last day on which it may be read. Choose an earlier "
                                 "day, or ask them again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Somebody whom the story tells of: what of theirs is used, and every word they said about that."""

    person: str
    data: frozenset[str] = frozenset()
    rows: tuple[Row, ...] = field(default=(), repr=False)
    child: bool | None = None            # None = nobody knows, and counts as a child
    child_by_two: bool = False           # two people signed that it is best for the child
    byline: str = field(default="", repr=False)   # the pen name of who wrote it themselves
    withdrawn: bool = False              # they left, and asked that nothing is shared any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """One journey of which it tells; None = nobody knows."""

    over: bool | None = None             # everybody has arrived, or nobody is looked for any more
    helpers_safe: bool | None = None     # whoever guards them says that nothing told can endanger them


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Somebody counted who fits: how many, and over what."""

    by: str
    matches: int
    over: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture or film, and what must be known before it is shown."""

    name: str
    label: str = ""
    alt: str = field(default="", repr=False)
    holder: str = field(default="", repr=False)    # whose right it is
    licence: str = field(default="", repr=False)
    third_persons: bool | None = None    # somebody else is seen in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that is asked before a story goes out."""

    today: date
    through: date | None = None      # the last day on which it may be read, where it has one: a yes lasts until then
    to: Audience = PUBLIC
    segments: tuple[Segment, ...] = ()
    course: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = field(default=(), repr=False)  # (where, text) of all that would be read
    people: tuple[Told, ...] = ()
    roads: tuple[Road, ...] | None = None    # None: nobody looked
    embargo: bool | None = None              # on any case that it tells of
    until: date | None = None                # a day of its own before which it stays in the house
    counts: tuple[Count, ...] = ()
    inside_identifiable: bool | None = None  # a relative still inside could be known by it
    roster: tuple[str, ...] | None = None    # where the search found something that must not be seen; None: not run
    perhaps: tuple[str, ...] = ()            # where it found what a person must judge, and nobody has
    motifs: tuple[tuple[str, str], ...] = () # objects that carry meaning, and what was decided about each
    pictures: tuple[Picture, ...] = ()
    selection: frozenset[str] = frozenset()  # which of why, consent, withheld are written down


def in_the_way(facts: Facts) -> tuple[Hindrance, ...]:
    """Everything that stands in the way of a story, the gravest first; nothing: two people may sign it.

    >>> in_the_way(Facts(today=date(2030, 5, 1)))[0].sentence
    'Nobody has looked whether the journey is over. Ask whoever keeps the case.'
    """
    return (*of_the_cases(facts), *of_the_text(facts))


def of_the_cases(facts: Facts) -> tuple[Hindrance, ...]:
    """What only somebody can see who reads the cases and journeys it tells of: danger, and each person's yes."""
    return (*_danger(facts), *_consent(facts))


def of_the_text(facts: Facts) -> tuple[Hindrance, ...]:
    """What everybody can see who reads the story itself."""
    return (*_known_by(facts), *_labels(facts), *_exact(facts), *_pictures(facts), *_selection(facts))


def _danger(facts: Facts) -> Iterator[Hindrance]:
    if facts.roads is None:
        yield Hindrance("H-12", "Nobody has looked whether the journey is over. Ask whoever keeps the case.")
    for road in facts.roads or ():
        if road.over is not True:
            yield Hindrance("H-12", "A journey of which it tells is not over. Nothing is told until it is.")
        if road.helpers_safe is not True:
            yield Hindrance("H-12", "Nobody has said that those who helped on that way are out of danger.")
    if facts.embargo is not False:
        yield Hindrance("H-12", "An embargo stands over what it tells of. Two offices must lift it first.")
    if facts.until is not None and facts.today < facts.until:
        yield Hindrance("H-12", "Its own day has not come.", facts.until.isoformat())


def _consent(facts: Facts) -> Iterator[Hindrance]:
    if not facts.people and any(labelled(one) in AS_EVIDENCE for one in facts.segments):
        yield Hindrance("H-21", "Nobody is named whose story it is. Say who, and ask them.")
    for one in facts.people:
        if one.withdrawn:
            yield Hindrance("H-21", "They withdrew. Nothing is shared any more.", one.person)
            continue
        named = frozenset({"name"}) if one.byline else frozenset()
        for purpose, data in ((facts.to.purpose, one.data), ("public", named)):
            if purpose == facts.to.purpose and not data:
                yield Hindrance("H-21", "Say what of theirs is used.", one.person)
            if not data:
                continue
            wish = Wish(person=one.person, purpose=purpose, recipient=facts.to.recipient, data=data, day=facts.today,
                        child=one.child)
            found = allows(one.rows, wish)
            if not isinstance(found, Allowed):
                yield Hindrance(found.rule, found.sentence, f"{one.person}: {', '.join(sorted(found.missing))}")
            elif _ends(found.rows, facts.through):
                yield _ENDS_BEFORE if facts.through else _ENDS
        if one.child is not False and not one.child_by_two:
            yield Hindrance("H-23", "Nothing about a child is told before two people signed what is best for it.",
                            one.person)


def _ends(rows: Iterable[Row], through: date | None) -> bool:
    """Whether a yes ends before it is read for the last time; what is public has no last day."""
    return any(row.until is not None and (through is None or row.until < through) for row in rows)


def _known_by(facts: Facts) -> Iterator[Hindrance]:
    reviewers = {one.by for one in facts.counts}
    if not facts.counts:
        yield Hindrance("H-12", "Nobody has counted how many people fit what is told.")
    else:
        fewest = min(one.matches for one in facts.counts)
        if fewest < FEWEST:
            yield Hindrance("H-12", "Fewer than five people fit what is told: somebody would know. Tell less.")
        elif fewest < ALONE and len(reviewers) < 2:
            yield Hindrance("H-12", "Fewer than eleven people fit what is told. Another person must count too.")
    if facts.inside_identifiable is not False:
        yield Hindrance("H-12", "A relative who is still inside could be known by it, or nobody has asked.")
    if facts.roster is None:
        yield Hindrance("H-02", "Names, places and numbers of their cases were not looked for in it yet.")
    for where in facts.roster or ():
        yield Hindrance("H-02", "A name, a place or a number of their cases stands in it. Take it out.", where)
    for where in facts.perhaps:
        yield Hindrance("H-02", "Something reads like a name of their cases. Change it, or say that it is none.", where)
    for name, decided in facts.motifs:
        if not decided:
            yield Hindrance("H-12", "A thing with a meaning may be known at home. Decide what becomes of it.", name)


def _labels(facts: Facts) -> Iterator[Hindrance]:
    if not facts.segments:
        yield Hindrance("H-09", "There is no text yet.")
    for number, one in enumerate(facts.segments, 1):
        label = labelled(one)
        if label is None:
            yield Hindrance("H-09", "A piece does not say whether it is testimony, footage, re-enactment or fiction.",
                            str(number))
        elif one.proof and label not in AS_EVIDENCE:
            yield Hindrance("H-09", "What was played or invented proves nothing. Take its proof away.", str(number))


def _exact(facts: Facts) -> Iterator[Hindrance]:
    for code in facts.course:
        if code not in AREAS:
            yield Hindrance("H-02", "The line may bend at countries and provinces alone.", code)
    for where, text in facts.words:
        for mark in marks(text):
            yield Hindrance("exact", "This is too exact. Write a season, a decade of life, a country or a word.",
                            f"{where}: {mark.kind}")


def _pictures(facts: Facts) -> Iterator[Hindrance]:
    for one in facts.pictures:
        if one.label not in set(Label):
            yield Hindrance("H-09", "A picture does not say whether it is footage, re-enactment or fiction.", one.name)
        if not (one.holder and one.licence):
            yield Hindrance("rights", "Nobody wrote down whose picture it is, and what it may be used for.", one.name)
        if not one.alt:
            yield Hindrance("alt", "Say in words what the picture shows, for somebody who does not see it.", one.name)
        if one.third_persons is not False:
            yield Hindrance("W-17", "Somebody else is seen in the picture, or nobody has looked. Cover them.", one.name)


def _selection(facts: Facts) -> Iterator[Hindrance]:
    missing = [word for word in ("why", "withheld") if word not in facts.selection]
    if missing:
        yield Hindrance("selection", "Write down why this story, and what of it is withheld.", ", ".join(missing))


def counted(counts: Iterable[Count]) -> int | None:
    """The smallest number that anybody counted; None if nobody did.

    >>> counted([Count(by="a", matches=12), Count(by="b", matches=7)]), counted([])
    (7, None)
    """
    return min((one.matches for one in counts), default=None)

"""A briefing pack for outsiders: what was published, chosen by a person, each statement with its source at its foot.

It is made from publications, notes and public persons alone. No value in here has room for anybody of a case.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date

from waystation.library.citation import Citation, in_words, when
from waystation.library.reachable import reachable
from waystation.papers.paper import Paper, Paragraph, Section, Table

REFUSED = {
    "nothing": "nothing is chosen: choose one publication, note or person at least",
    "note": "a note does not say who wrote it and on what it rests: write both down first",
    "person": "nothing says where this person acts in public: write a source down first",
    "reach": "this says how to reach somebody: take that out of it first",
}


class NotBriefed(ValueError):
    """A pack that would say something without its source, say how to reach somebody, or say nothing."""

    def __init__(self, code: str, of: str = "") -> None:
        super().__init__(f"{of}: {REFUSED[code]}" if of else REFUSED[code])
        self.code = code  # of REFUSED
        self.of = of      # what has to be mended


@dataclass(frozen=True, slots=True)
class Fact:
    """One sentence that a publication says, and where in it."""

    text: str = field(repr=False)
    where: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """A publication with what is taken from it."""

    citation: Citation
    facts: tuple[Fact, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Note:
    """What an outsider must know to understand the rest: who wrote it, and on what it rests."""

    title: str
    text: str = field(repr=False)
    author: str
    source: str


@dataclass(frozen=True, slots=True)
class Public:
    """Somebody who acts in public about the matter, by what they do there and where that is written."""

    name: str
    role: str
    does: str = field(repr=False)
    source: str


_WORDS = {
    "en": {"head": "What this is",
           "what": "Everything here was published by others or written from what they published. Each statement has "
                   "its source at the foot of the page. Nothing here is about anybody whom this office helps.",
           "notes": "What to know first", "people": "Who acts in public", "by": "By {}. {}", "sources": "Sources",
           "source": "Source", "published": "Published", "looked_up": "Looked up", "not_known": "not known"},
    "ko": {"head": "이 문서는",
           "what": "여기 있는 것은 모두 다른 사람들이 공개한 것이거나 그것을 바탕으로 쓴 것입니다. "
                   "문장마다 출처가 면 아래에 있습니다. 이 사무실이 돕는 사람에 관한 것은 없습니다.",
           "notes": "먼저 알아야 할 것", "people": "공개적으로 활동하는 사람들", "by": "글쓴이 {}. {}",
           "sources": "출처", "source": "출처", "published": "발표", "looked_up": "찾아본 날",
           "not_known": "알려지지 않음"},
}


def briefing(title: str, *, language: str, day: date, cited: Collection[Cited], notes: Collection[Note] = (),
             people: Collection[Public] = ()) -> Paper:
    """The pack as a paper. Raises `NotBriefed`, naming what has to be mended.

    >>> film = Cited(Citation(key="a", kind="film", title="A film"), (Fact("It lasts an hour."),))
    >>> paper = briefing("For a guest", language="en", day=date(2030, 1, 1), cited=[film])
    >>> paper.sections[1].paragraphs[0].notes
    ('Author not known. “A film”. no date.',)
    """
    if not (cited or notes or people):
        raise NotBriefed("nothing")
    _sourced(notes, people)
    said = _WORDS[language]
    paper = Paper(title=title, language=language, day=day, sections=(
        Section(said["head"], (Paragraph(said["what"]),)), *_noted(notes, said), *_facts(cited, language),
        *_people(people, said), *_sources(cited, language)))
    for section in paper.sections:
        for paragraph in section.paragraphs:
            if reachable(paragraph.text):
                raise NotBriefed("reach", section.heading)
    return paper


def _sourced(notes: Collection[Note], people: Collection[Public]) -> None:
    for note in notes:
        if not note.source.strip() or not note.author.strip():
            raise NotBriefed("note", note.title)
    for person in people:
        if not person.source.strip():
            raise NotBriefed("person", person.name)


def _noted(notes: Collection[Note], said: dict[str, str]) -> Iterator[Section]:
    if notes:
        yield Section(said["notes"], tuple(
            Paragraph(f"{one.title}. {one.text}", (said["by"].format(one.author, one.source),)) for one in notes))


def _facts(cited: Collection[Cited], language: str) -> Iterator[Section]:
    for one in cited:
        if one.facts:
            source = in_words(one.citation, language)
            yield Section(one.citation.title, tuple(
                Paragraph(fact.text, (f"{source} {fact.where}".strip(),)) for fact in one.facts))


def _people(people: Collection[Public], said: dict[str, str]) -> Iterator[Section]:
    if people:
        yield Section(said["people"], tuple(Paragraph(
            f"{one.name} ({one.role}). {one.does}".strip(), (one.source,)) for one in people))


def _sources(cited: Collection[Cited], language: str) -> Iterator[Section]:
    said = _WORDS[language]
    if cited:
        yield Section(said["sources"], table=Table((said["source"], said["published"], said["looked_up"]), tuple(
            (in_words(one.citation, language), when(one.citation, language),
             one.citation.looked_up.isoformat() if one.citation.looked_up else said["not_known"]) for one in cited)))

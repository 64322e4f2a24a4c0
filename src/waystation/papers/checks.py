"""What is wrong with a paper before anybody prints it: each fault says where it stands and what to do."""

import unicodedata
from collections.abc import Collection, Iterator

from waystation.papers.paper import LANGUAGES, Paper, strings

MOST = 200_000  # characters: about eighty pages


class Faulty(ValueError):
    """A paper that cannot be printed. Every fault in words; none of them quotes more than one character."""

    def __init__(self, faults: Collection[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = tuple(faults)


def checked(paper: Paper, *, drawn: Collection[int] | None = None) -> Paper:
    """The paper, if it can be printed. `drawn`: the characters that the fonts have. Raises `Faulty`.

    >>> from datetime import date
    >>> from waystation.papers.paper import Section
    >>> checked(Paper(title="", language="en", day=date(2030, 1, 1), sections=(Section("x"),)))
    Traceback (most recent call last):
    ...
    waystation.papers.checks.Faulty: The paper has no title. Give it one.
    """
    if faults := [*_whole(paper), *_characters(paper, drawn)]:
        raise Faulty(faults)
    return paper


def _whole(paper: Paper) -> Iterator[str]:
    if not paper.title.strip():
        yield "The paper has no title. Give it one."
    if {paper.language, paper.annex_language or paper.language} - set(LANGUAGES):
        yield f"Papers are written in {' or '.join(LANGUAGES)}. Choose one of them."
    if not paper.sections:
        yield "The paper says nothing. Write one section at least."
    for number, section in enumerate((*paper.sections, *paper.annexes), 1):
        if not section.heading.strip():
            yield f"Section {number} has no heading. Give it one: readers who listen find their way by it."
        if section.table and any(len(row) != len(section.table.head) for row in section.table.rows):
            yield f"A row of the table in section {number} has not as many cells as there are headings."
    if sum(len(text) for _where, text in strings(paper)) > MOST:
        yield f"The paper is longer than {MOST} characters. Divide it."


def _characters(paper: Paper, drawn: Collection[int] | None) -> Iterator[str]:
    told = set[str]()
    for where, text in strings(paper):
        for one in text:
            if one in told or one == "\n":
                continue
            if unicodedata.category(one) in {"Cc", "Cf", "Cs", "Co", "Cn"}:
                told.add(one)
                yield f"U+{ord(one):04X} in {where} cannot be seen. Take it out."
            elif drawn is not None and ord(one) not in drawn:
                told.add(one)
                yield f"“{one}” (U+{ord(one):04X}) in {where} is in none of our fonts. Write it in other letters."

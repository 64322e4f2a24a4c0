"""A paper as plain text: whole, or one block for each field of a form that is filled in by hand."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from waystation.papers.paper import Paper, Paragraph, Section


@dataclass(frozen=True, slots=True)
class Block:
    """What goes into one field."""

    name: str
    text: str = field(repr=False)


def blocks(paper: Paper) -> tuple[Block, ...]:
    """One block for each section and annex; the notes of a section follow its sentences in square brackets.

    >>> from datetime import date
    >>> said = Section("Date and place", (Paragraph("March 2030, Jilin.", ("One source.",)),))
    >>> blocks(Paper(title="A", language="en", day=date(2030, 1, 1), sections=(said,)))[0].text
    'March 2030, Jilin. [One source.]'
    """
    return tuple(Block(one.heading, "\n\n".join(_said(one))) for one in (*paper.sections, *paper.annexes))


def as_text(paper: Paper) -> str:
    """The whole paper, for whoever takes plain text alone."""
    parts = ["\n".join(paper.sender), "\n".join(paper.addressee), paper.day.isoformat(), paper.title]
    for block in blocks(paper):
        parts += [block.name, block.text]
    parts += ["\n".join(paper.closing), paper.mark]
    return "\n\n".join(part for part in parts if part.strip()) + "\n"


def _said(section: Section) -> Iterator[str]:
    yield from map(_noted, section.paragraphs)
    if section.table is not None:
        for row in section.table.rows:
            yield "; ".join(f"{head}: {cell}" for head, cell in zip(section.table.head, row, strict=True))


def _noted(paragraph: Paragraph) -> str:
    return " ".join((paragraph.text, *(f"[{note}]" for note in paragraph.notes)))

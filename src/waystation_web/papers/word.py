"""A paper as DOCX, for whoever must work on it further. Runs in the child.

It carries nobody's name, no clock but its own day, no number of an editing session and no picture of its first page.
Notes stand at the end: they can be read aloud in order, and no program moves them.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt, RGBColor

from waystation.papers.paper import Paper, Paragraph, Section, Table

FONT, STANDS_IN = "Noto Sans KR", "Malgun Gothic"
TAGS = {"en": "en-GB", "ko": "ko-KR"}
NOTES, ANNEX = {"en": "Notes", "ko": "주"}, {"en": "Annex", "ko": "붙임"}
NO_TIME = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP can say
KEPT = ("/officeDocument", "/styles", "/settings", "/fontTable", "/theme", "/numbering", "/footer")
INK = RGBColor(0x1C, 0x27, 0x33)


def docx(paper: Paper) -> bytes:
    """The paper, its styles in both scripts, and nothing beside it."""
    made = Document()
    _dress(made, paper.language)
    notes: list[tuple[str, str]] = []
    other = paper.annex_language if paper.annex_language != paper.language else ""
    for lines in (paper.sender, paper.addressee, (_day(paper),)):
        if lines:
            made.add_paragraph("\n".join(lines))
    made.add_heading(paper.title, 1)
    for one in paper.sections:
        _section(made, one, notes)
    for line in paper.closing:
        made.add_paragraph(line)
    for number, one in enumerate(paper.annexes, 1):
        heading = _section(made, one, notes, before=f"{ANNEX[paper.language]} {number}. ", other=other)
        heading.paragraph_format.page_break_before = number == 1
    if notes:
        made.add_heading(NOTES[paper.language], 2)
        for number, (note, language) in enumerate(notes, 1):
            _read_as(made.add_paragraph(f"{number}  {note}"), language)
    made.sections[0].footer.paragraphs[0].text = paper.mark
    return _bare(made)


def _day(paper: Paper) -> str:
    day = paper.day
    return f"{day.year}년 {day.month}월 {day.day}일" if paper.language == "ko" else day.isoformat()


def _section(made: Any, one: Section, notes: list[tuple[str, str]], *, before: str = "", other: str = "") -> Any:
    heading = made.add_heading(before, 2)
    _run_as(heading.add_run(one.heading), other)
    for said in one.paragraphs:
        _paragraph(made, said, notes, other)
    if one.table is not None:
        for cell in _table(made, one.table):
            _read_as(cell, other)
    return heading


def _read_as(written: Any, other: str) -> None:
    """Every run of a paragraph in another language than the paper's; with none, as the paper."""
    for run in written.runs:
        _run_as(run, other)


def _run_as(run: Any, other: str) -> None:
    if other:
        said = OxmlElement("w:lang")
        said.set(qn("w:val"), TAGS[other])
        said.set(qn("w:eastAsia"), TAGS[other])
        run._r.get_or_add_rPr().append(said)  # noqa: SLF001 - the library has no other door to it


def _paragraph(made: Any, said: Paragraph, notes: list[tuple[str, str]], other: str) -> None:
    written = made.add_paragraph(said.text)
    _read_as(written, other)
    for number, note in enumerate(said.notes):
        notes.append((note, other))
        written.add_run(f"{', ' if number else ''}{len(notes)}").font.superscript = True


def _table(made: Any, table: Table) -> list[Any]:
    drawn = made.add_table(rows=0, cols=len(table.head))
    drawn.style = "Table Grid"
    for row in (table.head, *table.rows):
        for cell, text in zip(drawn.add_row().cells, row, strict=True):
            cell.text = text
    head = OxmlElement("w:tblHeader")  # said anew on every page, and read as headings
    drawn.rows[0]._tr.get_or_add_trPr().append(head)  # noqa: SLF001 - the library has no other door to it
    return [said for row in drawn.rows for cell in row.cells for said in cell.paragraphs]


def _dress(made: Any, language: str) -> None:
    page = made.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(27)
    styles = made.styles.element
    for given in [*styles.iterfind(f"{qn('w:docDefaults')}//{qn('w:rPr')}"),
                  *(one.element.get_or_add_rPr() for one in made.styles if one.type in {1, 2})]:
        _speak(given, language)
    for name, size in (("Normal", 10.5), ("Heading 1", 16), ("Heading 2", 11.5)):
        made.styles[name].font.size, made.styles[name].font.color.rgb = Pt(size), INK
        made.styles[name].font.bold = False


def _speak(given: Any, language: str) -> None:
    """Fonts of both scripts and the language, in the properties of a style."""
    for name in ("w:rFonts", "w:lang"):
        for old in given.findall(qn(name)):
            given.remove(old)
    fonts, said = OxmlElement("w:rFonts"), OxmlElement("w:lang")
    for script in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    fonts.set(qn("w:eastAsia"), STANDS_IN if language == "ko" else FONT)
    said.set(qn("w:val"), TAGS[language])
    said.set(qn("w:eastAsia"), TAGS["ko"])
    given.insert(0, fonts)
    given.append(said)


def _bare(made: Any) -> bytes:
    """Without properties, thumbnail and whatever else the library's template brings; without numbers of sessions."""
    for holder in (made.part.package, made.part):
        for key, link in list(holder.rels.items()):
            if not link.reltype.endswith(KEPT):
                del holder.rels[key]
    for part in made.part.package.iter_parts():
        tree = getattr(part, "element", None)
        if tree is not None:
            _forget_sessions(tree)
    raw, clean = BytesIO(), BytesIO()
    made.save(raw)
    with ZipFile(raw) as old, ZipFile(clean, "w", ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            entry = ZipInfo(name, NO_TIME)
            entry.compress_type = ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return clean.getvalue()


def _forget_sessions(tree: Any) -> None:
    for one in list(tree.iter()):
        for name in [name for name in one.attrib if "rsid" in name]:
            del one.attrib[name]
        if isinstance(one.tag, str) and "rsid" in one.tag and one.getparent() is not None:
            one.getparent().remove(one)

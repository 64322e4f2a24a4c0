"""An .xlsx file is a ZIP archive of XML. It is looked through before any parser is let near it.

Refused are: archives that unpack to more than they may (a ZIP bomb), that are damaged, encrypted, or hold a name twice;
macros; links to anything outside; XML with a document type or entities, or in an encoding that would hide them. What a
member declares as its size is checked against what comes out of it. A joined range or a linked one is a line of the
file and millions of cells in memory: its cells count like those that are written. What a member is called says nothing
about what it is.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree as Xml

from waystation.problems import Findings

MOST_UNPACKED = 50_000_000  # bytes
MOST_MEMBERS = 1_000
MOST_CELLS = 200_000
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_ENCODING = re.compile(rb"""encoding\s*=\s*["']([\w.-]+)["']""")
_MACROS = ("vbaproject", "vbadata", "macrosheets/", "dialogsheets/", "activex/", "ctrlprops/")
_SPREAD = {"mergeCell", "hyperlink"}  # elements of one range: a parser makes every cell of it
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
_OUTSIDE = ("externallinks/", "connections.xml", "querytables/", "embeddings/", "webextensions/")


def looked_through(data: bytes, findings: Findings) -> bool:
    """Whether the archive may be parsed as a workbook; every reason against it is noted."""
    before = len(findings.problems)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_members(archive, findings)
            if len(findings.problems) == before:
                _check_contents(archive, findings)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError):
        # What a damaged archive raises depends on where it is damaged; RuntimeError is a password.
        findings.add("RB103")
    return len(findings.problems) == before


def _check_members(archive: zipfile.ZipFile, findings: Findings) -> None:
    members = archive.infolist()
    names = [member.filename.casefold() for member in members]
    if any(member.flag_bits & 1 for member in members):
        findings.add("RB104")
    elif len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        findings.add("RB803")
    elif len(set(names)) < len(names):
        findings.add("RB103")
    elif "[content_types].xml" not in names:
        findings.add("RB102")
    if any(part in name for name in names for part in _MACROS):
        findings.add("RB105")
    if any(part in name for name in names for part in _OUTSIDE):
        findings.add("RB106")


def _check_contents(archive: zipfile.ZipFile, findings: Findings) -> None:
    """Unpack each member once, to its end: a wrong size or checksum raises `BadZipFile`."""
    cells = 0
    wrong: set[str] = set()
    for member in archive.infolist():
        content = archive.read(member)
        name = member.filename.casefold()
        if len(content) != member.file_size:
            wrong.add("RB103")
        if not (name.endswith((".xml", ".rels", ".vml")) or _is_xml(content)):
            continue
        if _strange(content):
            wrong.add("RB120")
        if name == "[content_types].xml" and b"macroenabled" in content.lower():
            wrong.add("RB105")
        if name.endswith(".rels") and re.search(rb"""TargetMode\s*=\s*["']External""", content, re.IGNORECASE):
            wrong.add("RB106")
        cells += len(_CELL.findall(content))
        if not wrong:
            cells += sum(_spread(content))
    if cells > MOST_CELLS:
        wrong.add("RB802")
    for code in sorted(wrong):
        findings.add(code)


def _is_xml(content: bytes) -> bool:
    """Whether a parser could take it for XML, under whatever name and in whatever encoding."""
    return content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"\xff\xfe", b"\xfe\xff", b"\0<"))


def _spread(content: bytes) -> Iterator[int]:
    """How many cells each range means that is joined or linked as one. What cannot be counted is too many."""
    if not any(name.encode() in content for name in _SPREAD):
        return
    try:
        for _, element in Xml.iterparse(io.BytesIO(content)):  # noqa: S314 - no document type, no entities: looked at
            if element.tag.rpartition("}")[2] in _SPREAD:
                yield _area(element.get("ref", ""))
            element.clear()
    except Xml.ParseError:
        return  # whoever parses it finds out


def _area(ref: str) -> int:
    """Cells of a range such as A1:C20; of one that is written otherwise, more than there may be.

    >>> _area("A1"), _area("$A$1:C20"), _area("A:C") > MOST_CELLS
    (1, 60, True)
    """
    found = _RANGE.fullmatch(ref)
    if found is None:
        return MOST_CELLS + 1
    first, top, last, bottom = found.groups()
    if last is None:
        return 1
    return (abs(_column(last) - _column(first)) + 1) * (abs(int(bottom) - int(top)) + 1)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _strange(content: bytes) -> bool:
    """Whether the XML has a document type or entities, or an encoding in which they could not be seen."""
    declared = _ENCODING.search(content[:200])
    return b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"\0" in content[:200] or \
        bool(declared and declared[1].upper() not in {b"UTF-8", b"US-ASCII", b"ASCII"})

"""Papers as files: what is typed is never read as markup, two readers of tagged PDF find nothing, and no file says who wrote it."""

import re
import subprocess
import sys
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import outloud
import pdfua
import pytest
from pypdf import PdfReader

from waystation.papers.checks import Faulty
from waystation.papers.paper import Paper, Paragraph, Section, Table
from waystation_web.papers import pdf as pages
from waystation_web.papers import printing, word
from waystation_web.papers.fonts import drawn

pytestmark = pytest.mark.once
CODE = '#read("paper.typ")', "#{panic()}", "$x^2$", "*strong*", "@reference", "= heading", "\\u{41}", "<label>", "`raw`"
KOREAN = "2030년 5월 2일 지린(吉林)에서 국경 경찰이 30대 여성과 다른 세 사람을 데려갔다."


def paper(language="en", text="It was said.", **more):
    said = Section("What happened", (Paragraph(text, ("Alleged, single source.", "The State denies it.")),),
                   Table(("act", "article"), (("return", "CAT 3"),)))
    return Paper(**{"title": "A request", "language": language, "day": date(2030, 5, 1), "sections": (said,), "sender": ("An office",),
                    "annexes": (Section("Law", (Paragraph("An article."),)),), "mark": "K-7", **more})


def extracted(file):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(file)).pages).split())


def judged(tmp_path, file):
    path = tmp_path / "one.pdf"
    path.write_bytes(file)
    report, heard = pdfua.validate(str(path)), outloud.check(str(path))
    # ORD-001: a note is read aloud where it is called, and painted at the foot of the page. That is meant so.
    return len(report.findings), heard.errors, {one.rule for one in heard.sorted_findings()} - {"ORD-001"}


@pytest.fixture(scope="module")
def korean():
    return printing.pdf(paper("ko", KOREAN))


def test_what_is_typed_is_printed_as_it_stands_and_never_read_as_markup():
    said = extracted(printing.pdf(paper(text="\n".join(CODE), title=CODE[0], mark=CODE[1], sender=CODE)))
    assert [one for one in CODE if said.count(one) < 2] == []


def test_a_file_declares_what_two_readers_of_tagged_pdf_confirm_and_one_without_it_fails(tmp_path, korean):
    known = PdfReader(BytesIO(korean)).xmp_metadata.stream.get_data().decode()
    assert re.search(r"pdfaid:part>2<.*pdfaid:conformance>A<", known, re.DOTALL) and "pdfuaid:part>1<" in known
    assert judged(tmp_path, korean) == judged(tmp_path, pages.pdf(paper("ko", KOREAN))) == (0, 0, set())
    _findings, errors, said = judged(tmp_path, pages.pdf(paper("ko", KOREAN), standards=()))
    assert errors and "DOC-011" in said  # the control: without its standards the same paper is found out


def test_korean_comes_out_in_order_and_every_character_has_a_picture(korean):
    said = extracted(korean)
    assert KOREAN in said and "붙임 1. Law" in said and "2030년 5월 1일" in said
    assert {ord(one) for one in said} <= drawn() and "\ufffd" not in said


@pytest.mark.parametrize("form", [printing.pdf, printing.docx])
def test_a_character_that_no_font_has_is_refused_by_its_name(form):
    with pytest.raises(Faulty) as refused:
        form(paper(text="ᚠ was written"))
    assert "“ᚠ” (U+16A0) in section 1" in str(refused.value)


def test_the_pdf_says_nobody_and_no_hour(korean):
    known = PdfReader(BytesIO(korean)).metadata
    assert known.author is None and known.subject is None
    assert {known.creation_date.isoformat(), known.modification_date.isoformat()} == {"2030-05-01T00:00:00+00:00"}


def test_the_word_file_has_both_scripts_and_says_nobody_no_session_and_no_hour():
    with ZipFile(BytesIO(word.docx(paper("ko", KOREAN)))) as file:
        parts = {name: file.read(name) for name in file.namelist()}
        assert {one.date_time for one in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    whole = b"".join(parts.values())
    assert not [name for name in parts if "docProps" in name or "customXml" in name or "thumbnail" in name]
    assert b"rsid" not in whole and b"python-docx" not in whole and b"2013" not in whole
    body, styles = parts["word/document.xml"].decode(), parts["word/styles.xml"].decode()
    assert KOREAN in body and "The State denies it." in body and "tblHeader" in body
    assert 'w:eastAsia="Malgun Gothic"' in styles and 'w:lang w:val="ko-KR"' in styles and "w:lang w:val=\"en-US\"" not in styles


def test_an_annex_in_another_language_is_read_aloud_in_its_own(tmp_path):
    mixed = paper("ko", KOREAN, annex_language="en", annexes=(Section("Law", (Paragraph("An article.", ("A source.",)),)),))
    file = pages.pdf(mixed)
    assert judged(tmp_path, file) == (0, 0, set()) and b"/Lang(en)" in file.replace(b"/Lang (en", b"/Lang(en")
    assert b"/Lang(en)" not in pages.pdf(paper("ko", KOREAN)).replace(b"/Lang (en", b"/Lang(en")
    with ZipFile(BytesIO(word.docx(mixed))) as read:
        body = read.read("word/document.xml").decode()
    runs = [one for one in re.findall(r"<w:r>.*?</w:r>", body, re.DOTALL) if 'w:val="en-GB"' in one]
    assert [re.search("<w:t[^>]*>([^<]*)", one).group(1) for one in runs] == ["Law", "An article.", "3  A source."]


@pytest.mark.promise("P04")
def test_a_child_that_breaks_gives_no_file_and_tells_nobody_what_it_was_given(monkeypatch, capfd):
    told = "import os, sys; sys.stderr.write(sys.stdin.read()); assert 'DJANGO_SETTINGS_MODULE' not in os.environ; print({!r})"
    for answer in ("not JSON", "[]", '{"faults": []}'):
        monkeypatch.setattr(printing, "COMMAND", (sys.executable, "-c", told.format(answer)))
        with pytest.raises(printing.NotPrinted):
            printing.pdf(paper(text="Quillowbraith"))
    assert "Quillowbraith" not in "".join(capfd.readouterr())


def test_the_office_itself_never_loads_what_draws_pages():
    code = "import sys, waystation_web.papers.printing; print([one for one in ('typst', 'docx', 'pylopdf_fonts_ko') if one in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"

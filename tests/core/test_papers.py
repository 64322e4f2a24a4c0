"""Papers as plain values: nothing gets lost on the way to a printer, and what cannot be printed is refused in words."""

from dataclasses import replace
from datetime import date

import pytest

from waystation.papers.checks import MOST, Faulty, checked
from waystation.papers.paper import Paper, Paragraph, Section, Table, as_data, of_data, strings
from waystation.papers.text import as_text, blocks

WHOLE = Paper(
    title="A request", language="ko", day=date(2030, 5, 1), sender=("An office",), addressee=("A ministry", "A town"),
    sections=(Section("What happened", (Paragraph("It was said.", ("One source.", "The State denies it.")),),
                      Table(("when", "where"), (("March", "Jilin"),))),),
    annexes=(Section("Law", (Paragraph("An article."),)),), closing=("Respectfully",), mark="K-7")


def test_a_paper_comes_back_from_its_data_unchanged():
    other = replace(WHOLE, annex_language="en")
    assert of_data(as_data(WHOLE)) == WHOLE and of_data(as_data(other)) == other and other.digest != WHOLE.digest
    assert WHOLE.digest == "664f26fdf78e64015d7159eb675f4ce5317c062364f9a084d6ccc8938eefb711"  # of what was given out: never another one


def test_everything_a_reader_sees_is_in_the_plain_text():
    said = as_text(WHOLE)
    assert all(text in said for _where, text in strings(WHOLE))
    assert [one.name for one in blocks(WHOLE)] == ["What happened", "Law"]


def test_the_digest_changes_with_a_single_note():
    data = as_data(WHOLE)
    data["sections"][0]["paragraphs"][0]["notes"] = ("One source.",)
    assert of_data(data).digest != WHOLE.digest


def _with(**fields):
    return of_data(as_data(WHOLE) | fields)


@pytest.mark.parametrize(("fields", "says"), [
    ({"title": " "}, "no title"), ({"language": "fr"}, "en or ko"), ({"sections": []}, "says nothing"),
    ({"closing": ["a\u202eb"]}, "U+202E in closing"), ({"addressee": ["a\x00"]}, "U+0000 in addressee"),
    ({"mark": "ᚠ"}, "“ᚠ” (U+16A0) in mark"), ({"closing": ["x" * (MOST + 1)]}, "Divide it"),
    ({"sections": [{"heading": " ", "paragraphs": [], "table": None}]}, "Section 1 has no heading"),
    ({"sections": [{"heading": "a", "paragraphs": [], "table": {"head": ["x", "y"], "rows": [["1"]]}}]}, "as many cells"),
])
def test_what_cannot_be_printed_is_refused_and_the_fault_says_where(fields, says):
    drawn = set(range(0x20, 0x7F)) | set(range(0xAC00, 0xD7A4))
    assert checked(WHOLE, drawn=drawn) is WHOLE
    with pytest.raises(Faulty) as refused:
        checked(_with(**fields), drawn=drawn)
    assert says in str(refused.value)

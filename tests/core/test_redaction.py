"""What may not leave is found in every script, spelling and encoding, packed or not; and a blind search says so."""

from __future__ import annotations

import io
import unicodedata
import zipfile
import zlib

import pytest

from waystation.evidence import redaction
from waystation.evidence.containers import TooLargeError
from waystation.evidence.redaction import PLANTED, ControlMissedError, Part, Sure, check, found
from waystation.evidence.roster import Entry, Roster, Sort, variants

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp949", "gb18030")
# Nobody: nouns for stars, reeds and hills.
ROSTER = Roster.of(names=[("김별담", "p1"), ("金별담", "p1"), ("Ri Kaldae", "p2")], places=[("돌섬골", "l1"), ("Reedford", "l2")],
                   handles=[("+1 555 0100 199", "p1"), ("@reed-lamp", "p2")])
WRITTEN = ("김별담", "김 별담", "김-별-담", "김\u200b별\u200b담", unicodedata.normalize("NFD", "김별담"), "별담", "金별담", "Gim Byeoldam",
           "Kim Pyŏl-dam", "Kim Pyŏl Tam", "Byeol-dam Kim", "KIM BYEOLDAM", "Kim, Byeol Dam", "돌섬골", "돌 섬 골", "Tolsŏmgol",
           "Dolseomgol", "reedford", "+1-555-0100-199", "5550100199", "(555) 0100 199", "@Reed-Lamp")


@pytest.mark.parametrize("written", WRITTEN)
def test_what_may_not_be_seen_is_found_as_text_in_a_name_of_a_file_and_in_bytes_of_every_encoding(written: str) -> None:
    text = f"In spring, {written} came over the hill."
    assert found([Part("", text)], ROSTER)
    assert found([Part(f"{written}.pdf", b"")], ROSTER)
    for encoding in ENCODINGS:
        try:
            held = text.encode(encoding)
        except UnicodeEncodeError:
            continue
        assert found([Part("", held)], ROSTER), encoding


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_way_of_writing_that_can_be_listed_is_found_between_bytes_that_are_no_text(encoding: str) -> None:
    for entry in ROSTER.entries:
        for variant in variants(entry):
            if needle := redaction.encoded(variant, encoding):
                hits = found([Part("", b"\x00\xff\xfe\x81" + needle + b"\xff\x00")], Roster((entry,)))
                assert [hit.sure for hit in hits if hit.read_as == encoding] == [Sure.SEEN], (encoding, entry.of)


def test_what_names_nobody_is_let_by_and_what_only_sounds_alike_is_for_a_person_to_judge() -> None:
    assert not found([Part("story.html", "In spring a woman crossed a river in a northern province, with her brother.")], ROSTER)
    roster = Roster.of(names=[("김서아", "p3")])
    assert [hit.sure for hit in found([Part("", "so a boat came")], roster)] == [Sure.PERHAPS]
    assert [hit.sure for hit in found([Part("", "Seo-a came")], roster)] == [Sure.SEEN]


def _docx(word: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<w:t>" + "x" * 400 + word + "</w:t>")
    return held.getvalue()


def _pdf(word: str) -> bytes:
    stream = zlib.compress(word.encode("utf-16-be") + b" " * 400)
    return b"%PDF-1.7\n1 0 obj <</Filter /FlateDecode>> stream\n" + stream + b"\nendstream endobj"


def _png(word: str) -> bytes:
    body = b"Comment\0\0" + zlib.compress(word.encode())
    return b"\x89PNG\r\n\x1a\n" + len(body).to_bytes(4, "big") + b"zTXt" + body + b"crc!"


@pytest.mark.parametrize("made", [_docx, _pdf, _png])
def test_what_is_packed_is_unpacked_first(made) -> None:
    assert found([Part("", made("김별담"))], ROSTER)
    assert not found([Part("", made("여자"))], ROSTER)


def test_a_file_within_a_file_within_a_file_without_end_is_refused_not_let_by() -> None:
    held = b"plain"
    for _ in range(5):
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w") as archive:
            archive.writestr("inner", held)
        held = inner.getvalue()
    with pytest.raises(TooLargeError):
        found([Part("", held)], ROSTER)


def test_a_check_against_nobody_or_with_a_control_that_is_not_found_has_failed() -> None:
    with pytest.raises(ValueError, match="nobody"):
        check([Part("", "a text")], Roster(()))
    with pytest.raises(ControlMissedError):
        check([Part("", "a text")], ROSTER, controls=[Part("page.pdf", "an empty page")])
    assert check([Part("", "a text")], ROSTER, controls=[Part("page.pdf", f"with {PLANTED.words}")]) == ()


def test_a_search_gone_blind_in_one_encoding_says_so_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = Entry.needles
    monkeypatch.setattr(Entry, "needles", lambda entry, encoding: () if encoding == "gb18030" else seen(entry, encoding))
    with pytest.raises(ControlMissedError):
        check([Part("", "a text")], ROSTER)


def test_who_is_on_a_roster_appears_in_no_log() -> None:
    hits = found([Part("", "김별담")], ROSTER)
    assert "별담" not in repr(hits)
    assert Sort.NAME.value in repr(hits)

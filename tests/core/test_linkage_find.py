"""Words found in text: against a slow oracle, in every composition, and names in spellings the query does not have."""

import json
import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parts import needs
from waystation.linkage import beginnings
from waystation.linkage.finding import How, Query, find
from waystation.linkage.folding import fold
from waystation.linkage.romanise import WAYS, romanise, romanise_name
from waystation.linkage.sieve import Sieve


def hits(query, text):
    return [(text[span.start:span.end], span.how) for span in find(query, text)]


@pytest.mark.parametrize(("query", "text", "found"), [
    ("낙태", "강제 낙태를 당했다", ["낙태"]),                       # two syllables, a particle behind
    ("북송", "북송되었다. 다시 북송", ["북송", "북송"]),
    ("연길", "연길에서 왔다", ["연길"]),
    ("강", "두만강", ["강"]),                                    # one syllable is allowed
    ("강제송환", "강제 송환과 강제송환", ["강제 송환", "강제송환"]),
    ("강제 송환", "강제송환 강제  송환", ["강제송환", "강제  송환"]),
    ("RIVER", "rivers", ["river"]), ("Größe", "GRÖSSE", ["GRÖSSE"]), ("иван", "ИВАН", ["ИВАН"]),
    ("safe house", "safe-house", ["safe-house"]), ("a.b", "acb a.b", ["a.b"]), ('"so"', 'he said "so"', ['"so"']),
    ("", "anything", []), (" - ", "a - b", []), ("x", "", []),
])
def test_words_as_they_stand(query, text, found):
    assert hits(query, text) == [(one, How.EXACT) for one in found]


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_composition_width_and_hidden_characters_hide_nothing(form):
    text = "어제 강제 낙태, Ｃoral!"
    written = unicodedata.normalize(form, text).replace("낙", "낙\u200b")
    assert [fold(one).text for one, _ in hits("낙태", written)] == ["낙태"]
    assert [fold(one).text for one, _ in hits(unicodedata.normalize(form, "낙태"), text)] == ["낙태"]
    assert [fold(one).text for one, _ in hits("ｃORAL", written)] == ["coral"]
    assert hits("낙태", "ab\u00adc 낙\u200b태.") == [("낙\u200b태", How.EXACT)]


@pytest.mark.parametrize("query", ["Ro Kiwan", "Kiwan Loh", "No Gi-wan", "로기완", "노기완"])
def test_a_name_is_found_in_every_spelling(query):
    text = "로기완 · 노기완이 · 노 기완 · Loh Ki-wan, Kiwan Ro; NO GI WAN; Rohkiwan\nRo Ki‐wan | Ro Kimin 로기원 노기 원성"
    found = [one for one, _ in hits(query, text)]
    assert found == ["로기완", "노기완", "노 기완", "Loh Ki-wan", "Kiwan Ro", "NO GI WAN", "Rohkiwan", "Ro Ki‐wan"]
    assert {how for _, how in hits(query, text)} <= {How.EXACT, How.FINE}


def test_merged_vowels_are_only_perhaps():
    assert hits("Kim Kyung-hee", "김경희, 김영희, Kim Kyong Hui") == [("김경희", How.COARSE), ("Kim Kyong Hui", How.COARSE)]
    assert hits("김은희", "김언희") == []                       # typed in Hangul: people wrote what they meant


def test_a_family_name_alone_does_not_flood():
    text = "김숙자는 기차에서 감자를 먹고 있었다. 그리고 강을 건넜다. Gim, kimono"
    assert hits("Kim", text) == [("김", How.COARSE), ("Gim", How.COARSE), ("kim", How.EXACT)]
    assert hits("Choi", "최웅과 초원") == [("최", How.COARSE)]


def test_short_words_and_sentences_are_no_names():
    assert not Query("un").names and not Query("a b c d e f").names and not Query("strength").names
    with pytest.raises(ValueError, match="200"):
        Query("x" * 201)


PIECES = st.sampled_from([
    "낙태", "낙", "태", "강제", " ", "\n", "-", "송환", "river", "Ro Kiwan", "Loh Ki-wan", "로기완", "노 기완", "기완", "Kim", "김", "숙자",
    "Sŏ-yŏn", "So\u0306", "ch'ŏl", "이소연", "Lee", "So", "yeon", ",", '"', "\\", "\t", "é", "É", "　", "\u00a0", "…", "ﬁ", "K", "ß", "ſ",
    "n", "r", "Park", "박", "에서", "가", "\x1f", "\u1100\u1161", "Ｒｏ", "Chong", "정", "Hwi", "선우", "휘", "Sonu"])
TEXTS = st.lists(PIECES, max_size=8).map("".join)
QUERIES = st.one_of(TEXTS, st.sampled_from(["Ro Kiwan", "낙태", "Kim", "Lee So-yeon", "이소연", "선우휘", "Sonu Hwi", "강제송환", "Chong Chol"]))


@settings(max_examples=200, deadline=None)
@given(QUERIES, st.lists(TEXTS, max_size=4))
def test_the_sieve_never_says_no_wrongly(query, texts):
    prepared = Query(query[:200])
    records = [json.dumps({"id": "ab" * 16, "text": text}, ensure_ascii=False, separators=(",", ":")).encode() for text in texts]
    must = {place for place, text in enumerate(texts) if prepared.spans(text)}
    assert must <= set(Sieve(prepared).may_hold(records))


@settings(max_examples=100, deadline=None)
@given(QUERIES, st.lists(TEXTS, max_size=4), st.binary(max_size=60))
def test_the_compiled_scan_answers_as_numpy_does(query, texts, more):
    from waystation.linkage.sieve import _scan
    needs(_scan, "no compiler was there when Waystation was installed: the scan was not built, NumPy answers")
    sieve, batch = Sieve(Query(query[:200])), "\n".join(texts).encode() + more
    looked = np.frombuffer(batch + bytes(10), np.uint8)
    places, kinds = sieve._places(looked, len(batch))
    scanned, of_kinds = _scan.places(looked, len(batch), sieve._tables)
    order = np.argsort(places)
    assert scanned.tolist() == places[order].tolist() and of_kinds.tolist() == kinds[order].tolist()


def test_the_scan_reads_nothing_behind_its_batch():
    from waystation.linkage.sieve import _scan
    needs(_scan, "no compiler was there when Waystation was installed: the scan was not built, NumPy answers")
    tables = Sieve(Query("river"))._tables
    for batch, size in ((np.zeros(6, np.uint8), 6), (np.zeros(20, np.uint8), -1), (np.zeros((2, 20), np.uint8), 2)):
        with pytest.raises(ValueError, match="places or more"):
            _scan.places(batch, size, tables)
    with pytest.raises(ValueError, match="65536"):
        _scan.places(np.zeros(20, np.uint8), 2, tables[:, :-1])


def test_the_sieve_finds_the_same_without_the_compiled_scan(monkeypatch):
    records = [json.dumps({"text": text}, ensure_ascii=False).encode() for text in ("로기완", "a river", "Loh Ki-wan", "")]
    with_it = [Sieve(Query(words)).may_hold(records) for words in ("Ro Kiwan", "RIVER")]
    monkeypatch.setattr("waystation.linkage.sieve._scan", None)
    assert with_it == [Sieve(Query(words)).may_hold(records) for words in ("Ro Kiwan", "RIVER")] == [[0, 2], [1]]


@settings(max_examples=100, deadline=None)
@given(QUERIES, TEXTS)
def test_words_as_they_stand_equal_a_slow_oracle(query, text):
    """The oracle folds whole texts and looks from every place, letter by letter; gaps only where the query has them."""
    parts = Query(query[:200]).parts
    loose = sum("가" <= letter <= "힣" for part in parts for letter in part) > 2

    def follows(folded, letters, at):
        for number, (letter, gap) in enumerate(letters):
            if gap and number:
                most = 4 if gap == "word" else 1
                allowed = " \n\t\x1f\u00a0　-‐–·" if gap == "word" else " \n\t\x1f\u00a0　-‐–"
                ways = [step for step in range(most + 1) if all(one in allowed for one in folded[at:at + step]) and len(folded[at:at + step]) == step]
                return any(follows(folded, [(one, gap if place else "") for place, (one, gap) in enumerate(letters[number:])], at + step)
                           for step in ways)
            if folded[at:at + 1] != letter:
                return False
            at += 1
        return True

    letters = []
    for word, part in enumerate(parts):
        for place, letter in enumerate(part):
            inside = loose and place and "가" <= letter <= "힣" and "가" <= part[place - 1] <= "힣"
            letters.append((letter, "word" if word and not place else "syllable" if inside else ""))
    folded = fold(text).text
    there = bool(parts) and any(follows(folded, letters, at) for at in range(len(folded) + 1))
    assert there == any(span.how is How.EXACT for span in find(query[:200], text))


def test_a_sieve_that_forgets_odd_characters_is_caught(monkeypatch):
    """Planted fault: letters of Hangul apart were looked for as bytes alone."""
    record = json.dumps({"text": unicodedata.normalize("NFD", "낙태")}, ensure_ascii=False).encode()
    assert Sieve(Query("낙태")).may_hold([record]) == [0]
    from waystation.linkage import sieve
    sieve._odd_tables.cache_clear()
    monkeypatch.setattr(sieve, "odd", lambda *, signs: beginnings.Kind())
    assert Sieve(Query("낙태")).may_hold([record]) == []
    sieve._odd_tables.cache_clear()


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("가각간갈감강개거경고관국군권규근기길김나남노달대도동라란려련로룡류리마만명무미민박배백범병보복봉비빈삼상서석선설성소솔송수숙순승시식신아안양연영예오옥완용우운웅원월유윤은을의이인일임자장재전정제조종주준중지진찬창채천철초춘춘충태택평하학한해향혁현형혜호홍화환회훈휘희"),
               min_size=2, max_size=2), st.sampled_from("김박최정강조윤장한오서신권황안송"), st.sampled_from(WAYS))
def test_the_spelling_by_any_rule_finds_the_name_and_the_name_finds_it(given_name, family, way):
    latin = romanise_name(family, given_name, way)
    found = hits(latin, f"어제 {family}{given_name}가 왔다")
    assert found, latin
    assert way == "usual" or found[0] == (family + given_name, How.FINE), (latin, found)
    back = hits(family + given_name, f"yesterday {latin} came")
    assert back and back[0][0] == latin, (latin, back)
    assert romanise(family, way)

"""What a witness said: versions that nobody overwrites, hedges that stay, sources counted by hand, codes with their articles."""

import json
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from waystation.rights.library import library
from waystation.testimony import acts, files, interview, pictures, terms, versions
from waystation.testimony.claims import VERIFICATION, Claim, Relation, may_claim, span_of
from waystation.testimony.independence import in_words, independent
from waystation.testimony.versions import Overwritten, Version

DAY, SALT = date(2026, 3, 1), "5a" * 32


def told(*made):
    """A statement of (kind, from, machine, words), each version after the one before it."""
    kept = []
    for n, (kind, of, machine, text) in enumerate(made, 1):
        kept.append(Version(n=n, kind=kind, language="ko", of=of, day=DAY, method="open", machine=machine, salt=SALT, text=text,
                            commit=versions.committed(SALT, text), before=versions.after(kept)))
    return kept


WHOLE = told(("recording", 0, False, ""), ("transcript", 1, True, "machine words"), ("transcript", 2, False, "She was probably shot."),
             ("translation", 3, False, "They took her. She was probably shot."), ("read_back", 4, False, "as read"),
             ("correction", 5, False, "as mended"))


# ---------------------------------------------------------------------------------------------------------- versions
@pytest.mark.refuses("H-39")
@pytest.mark.parametrize("broken", [
    lambda kept: [replace(one, text="other words") if one.n == 3 else one for one in kept],
    lambda kept: kept[:2] + kept[3:], lambda kept: [one for one in kept if one.n != 1],
    lambda kept: [replace(one, text="x", commit=versions.committed(SALT, "x")) if one.n == 3 else one for one in kept],
    lambda kept: [replace(one, machine=False) if one.n == 2 else one for one in kept],
    lambda kept: [kept[1], kept[0], *kept[2:]]], ids=["words", "one out", "the first out", "words and commitment", "machine", "swapped"])
def test_a_version_that_was_overwritten_taken_out_or_moved_is_found(broken):
    versions.check(WHOLE)
    with pytest.raises(Overwritten):
        versions.check(broken(list(WHOLE)))


@pytest.mark.refuses("H-39")
def test_a_machines_draft_and_a_recording_are_quoted_by_nobody_and_nothing_is_coded_before_it_is_read_back():
    assert [versions.quotable(WHOLE, one.n) is None for one in WHOLE] == [False, False, True, True, True, True]
    assert "machine" in versions.quotable(WHOLE, 2).sentence and versions.quotable(WHOLE, 9).rule == "H-39"
    assert versions.codable(WHOLE, 4) is None and versions.codable(WHOLE, 3) is None
    unread = WHOLE[:4]
    assert "read back" in versions.codable(unread, 4).sentence and versions.codable(unread, 2).rule == "H-39"


def test_each_kind_is_made_from_what_it_can_be_made_from():
    assert versions.may_add([], "recording", 0) is None and versions.may_add([], "transcript", 0) is None
    for kind, of in (("translation", 0), ("translation", 1), ("read_back", 1), ("recantation", 0), ("transcript", 7), ("hymn", 0)):
        assert versions.may_add(WHOLE, kind, of).rule == "H-39", kind
    assert versions.may_add(WHOLE, "recantation", 6) is None


# ------------------------------------------------------------------------------------------------------------ claims
@pytest.mark.proves("S004-43")
def test_a_hedge_stays_with_the_claim_and_with_the_act_and_is_never_upgraded():
    no = may_claim(WHOLE, 4, "She was probably shot.", "stated")
    assert no is not None and no.rule == "hedge"
    assert may_claim(WHOLE, 4, "She was probably shot.", "probable") is None
    assert may_claim(WHOLE, 4, "They took her.", "stated") is None  # the words beside it carry no hedge
    act = acts.Act(type="disappearance", certainty="probable", country="KP", claims={"a": "probable"})
    assert acts.faults(act) == () and "CED2" in acts.articles(act)
    assert [one.rule for one in acts.faults(replace(act, certainty="stated"))] == ["hedge"]
    assert acts.faults(replace(act, certainty="stated", claims={"a": "probable", "b": "stated"})) == ()  # another one saw it


def test_words_that_do_not_stand_there_or_stand_there_twice_make_no_claim():
    said = told(("transcript", 0, False, "he came, he came back"))[0]
    assert span_of(said, "he came back") == (9, 21)
    assert "do not stand" in span_of(said, "she came").sentence and "more than once" in span_of(said, "he came").sentence
    assert span_of(said, " ").rule == "span" and may_claim([said], 1, "she", "stated").rule == "span"


# -------------------------------------------------------------------------------------------------- sources, EV-20
def says(name, witness, **more):
    return Claim(id=name, says="x", n=1, start=0, end=1, certainty="stated", witness=witness, **{"how_known": "saw"} | more)


def same(*names):
    return [Relation("corroborates", one, other) for one, other in pairwise(names)]


A, B, C, D = (says(name, f"w{name}") for name in "abcd")
TOLD = {"how_known": "told"}
GRAPHS = {  # worked by hand: claims, relations, independent sources, of them hearsay
    "one alone": ([A], [], 1, 0),
    "two who saw it": ([A, B], same("a", "b"), 2, 0),
    "two that nobody joined": ([A, B], [], 1, 0),
    "one witness twice": ([A, says("b", "wa")], same("a", "b"), 1, 0),
    "one told the other": ([A, says("b", "wb", told_by="wa", **TOLD)], same("a", "b"), 1, 0),
    "two have it from a third": ([says("a", "wa", told_by="z", **TOLD), says("b", "wb", told_by="z", **TOLD)], same("a", "b"), 1, 1),
    "one saw, one was told by somebody else": ([A, says("b", "wb", told_by="z", **TOLD)], same("a", "b"), 2, 1),
    "one interpreter on one day": ([replace(A, interpreter="i", day=DAY), replace(B, interpreter="i", day=DAY)], same("a", "b"), 1, 0),
    "one interpreter on two days": ([replace(A, interpreter="i", day=DAY), replace(B, interpreter="i", day=date(2026, 3, 2))],
                                    same("a", "b"), 2, 0),
    "one published text": ([replace(A, text="t", how_known="read"), replace(B, text="t", how_known="read")], same("a", "b"), 1, 1),
    "one item": ([replace(A, item="E1"), replace(B, item="E1")], same("a", "b"), 1, 0),
    "said to be of one source": ([A, B], [*same("a", "b"), Relation("same_source", "a", "b")], 1, 0),
    "a chain of three makes one": ([A, says("b", "wb", told_by="wa", **TOLD), says("c", "wc", told_by="wb", **TOLD), D],
                                   same("a", "b", "c", "d"), 2, 0),
    "one of two took it back": ([A, replace(B, status="recanted")], same("a", "b"), 1, 0),
    "a contradiction is no source": ([A, B, C], [Relation("contradicts", "a", "b"), *same("a", "c")], 2, 0),
    "of pictures only what was observed": ([A, replace(B, level="inferred"), replace(C, level="observed", item="p")],
                                           [*same("a", "b"), *same("a", "c")], 2, 0),
    "everybody took it back": ([replace(A, status="recanted")], [], 0, 0),
}


@pytest.mark.proves("S003-18")
@pytest.mark.refuses("W-03")
@pytest.mark.parametrize("graph", GRAPHS)
def test_independent_sources_are_counted_as_by_hand(graph):
    claims, relations, sources, hearsay = GRAPHS[graph]
    found = independent(claims[0], claims, relations)
    assert (found.sources, found.hearsay) == (sources, hearsay)
    assert found.single is (sources < 2)


@pytest.mark.proves("S001-36")
def test_the_label_of_an_allegation_says_single_source_common_origin_or_corroborated():
    wanted = {"one alone": "alleged, single source", "one told the other": "alleged, several sources of common origin",
              "two who saw it": "corroborated", "everybody took it back": "taken back"}
    for graph, label in wanted.items():
        claims, relations, *_ = GRAPHS[graph]
        assert VERIFICATION[independent(claims[0], claims, relations).verification] == label
    both = independent(*(lambda claims, relations, *_: (claims[0], claims, relations))(*GRAPHS["one saw, one was told by somebody else"]))
    assert in_words(both) == "two sources, one of them hearsay"


# -------------------------------------------------------------------------------------------------------------- codes
@pytest.mark.proves("S003-15")
def test_forced_abortion_and_infanticide_are_types_of_act_with_the_articles_that_they_are_about():
    found = terms.terms()["04"]
    assert {"CEDAW12", "CEDAW16", "ICCPR7", "CAT1"} <= set(found["forced_abortion"].articles)
    assert {"ICCPR6", "CRC6"} <= set(found["infanticide"].articles)
    assert {one.mark for one in found.values()} == {"verify"}  # nobody looked into the treaties for this table yet
    act = acts.Act(type="forced_abortion", certainty="stated", country="KP", victim=("pregnant", "returned"), claims={"a": "stated"})
    assert acts.faults(act) == () and {"CEDAW12", "CAT3"} <= set(acts.articles(act))


@pytest.mark.proves("S003-12")
@pytest.mark.proves("S003-13")
@pytest.mark.proves("S004-40")
@pytest.mark.proves("S004-42")
def test_conditions_deaths_methods_and_guilt_by_association_are_codes_of_their_lists():
    there = {list_: set(found) for list_, found in terms.terms().items()}
    assert {"starved", "bodies", "disease"} <= there["NK-condition"]
    assert {"labour_to_death", "guilt_by_association", "child_detained", "born_in_detention"} <= there["04"]
    assert {"labour", "starved", "executed"} <= there["NK-death"] and "minor" in there["23"]
    assert {"tool", "own_grave", "needle", "poison"} <= there["05"] and {"kwanliso", "kyohwaso"} <= there["17"]
    grave = acts.Act(type="killing", certainty="stated", country="KP", facility="KWL16", methods=("own_grave", "tool"), death="beaten",
                     claims={"a": "stated"})
    assert acts.faults(grave) == () and acts.restricted(grave) and acts.alleged(grave)
    assert acts.faults(replace(grave, methods=("sword",)))[0].rule == "code" and acts.faults(replace(grave, claims={}))[0].rule == "claim"
    assert acts.faults(replace(grave, standard="reasonable"))[0].rule == "standard"
    assert not acts.alleged(replace(grave, standard="reasonable", found_by="A/HRC/25/63"))


@pytest.mark.proves("S003-16")
def test_a_reason_that_was_said_is_a_code_with_its_article():
    act = acts.Act(type="forced_abortion", certainty="stated", country="KP", motive="ethnic", claims={"a": "stated"})
    assert acts.faults(act) == () and "ICCPR26" in acts.articles(act)


@pytest.mark.proves("S004-38")
def test_facilities_have_variants_an_area_as_an_interval_known_sources_and_no_place_finer_than_published():
    there = terms.facilities()
    camp = there["KWL16"]
    for name in ("16호 관리소", "Hwasŏng", "hwa song", "Kwan-li-so No. 16", "gwalliso 16"):
        assert terms.facility(name) == camp, name
    assert terms.facility("관리소") is None
    assert camp.area == (539, 560) and {code for one in there.values() for code in one.sources} <= set(library().sources)
    columns = terms._rows("facilities")[0].keys()
    assert not {"lat", "lon", "point"} & columns and all(one.mark == "verify" for one in there.values())


@pytest.mark.parametrize(("table", "row", "said"), [
    ("terms", {"list": "04", "source": ""}, "needs words, a source"), ("terms", {"list": "99"}, "no known list"),
    ("terms", {"as_of": "soon"}, "write the day"), ("facilities", {"kind": "hotel"}, "no known kind")])
def test_a_row_that_cannot_be_used_says_where_it_stands(monkeypatch, table, row, said):
    good = {"list": "04", "code": "x", "words": "x", "articles": "", "restricted": "no", "source": "G", "mark": "verify", "as_of": "2026-11-28",
            "kind": "kwanliso", "area_km2_lo": "", "variants": "", "country": "KP", "name": "x"}
    there = terms._rows
    monkeypatch.setattr(terms, "_rows", lambda name: [good | row] if name == table else there(name))
    if table == "facilities":
        monkeypatch.setattr(terms, "terms", terms.terms.__wrapped__)
    with pytest.raises(terms.BadTable, match=rf"{table}\.csv, line 2.*{said}"):
        getattr(terms, table).__wrapped__()


# --------------------------------------------------------------------------------------------------------- from above
SEEN = pictures.Observation(
    facility="KWL16", image_date="2013-05", baseline="2011-05", feature="housing", observed="14 more roofs of 6 by 20 m than in 2011",
    interpreted="the roofs appear to be housing", inferred=pictures.Inference(quantity="prisoners", lo=300, hi=900, model="20 to 60 a roof"),
    confidence={"observed": "high", "interpreted": "moderate", "inferred": "low"})


@pytest.mark.proves("S004-36")
@pytest.mark.proves("S004-37")
def test_observed_interpreted_and_inferred_are_three_with_three_confidences_and_their_hedges():
    assert pictures.faults(SEEN) == ()
    assert [(one.level, one.confidence, one.certainty, one.counts) for one in pictures.chain(SEEN)] == [
        ("observed", "high", "stated", True), ("interpreted", "moderate", "probable", False), ("inferred", "low", "possible", False)]
    assert pictures.faults(replace(SEEN, observed="what appears to be housing"))[0].rule == "observed"
    for wrong in ({"hi": 300}, {"hi": None}, {"lo": None}, {"model": " "}):
        assert pictures.faults(replace(SEEN, inferred=replace(SEEN.inferred, **wrong)))[0].rule == "interval", wrong
    assert pictures.faults(replace(SEEN, confidence={"observed": "high"}))[0].rule == "confidence"


# ---------------------------------------------------------------------------------------------------------- interview
def test_another_interview_and_a_benefit_and_an_insider_need_what_they_need():
    may, plan = interview.may_plan, interview.Planned(earlier=1, elsewhere="no", shown=True, reason="the court asks")
    assert may(plan) is None and may(replace(plan, reason=" ")).rule == "H-22" and may(replace(plan, shown=False)).rule == "H-22"
    assert may(replace(plan, earlier=0, elsewhere="unknown", reason="")).rule == "H-22" and may(replace(plan, elsewhere="")).rule == "H-22"
    taken = interview.Taken(inducement="yes", inducement_text="fare, after", interpreter="i", broker="no", kin_of_accused="no",
                            consented=True, explained="in Korean")
    assert interview.may_take(taken) is None
    for wrong, rule in (({"inducement": ""}, "inducement"), ({"inducement_text": ""}, "inducement"), ({"broker": "unknown"}, "H-30"),
                        ({"kin_of_accused": "yes"}, "H-30"), ({"interpreter": ""}, "H-30"), ({"explained": ""}, "consent")):
        assert interview.may_take(replace(taken, **wrong)).rule == rule, wrong
    assert interview.may_code("victim", "", own_part=True) is None and interview.may_code("insider", "soon", own_part=False).rule == "H-14"


def test_nothing_is_cleared_for_outside_that_lacks_any_of_what_it_needs():
    whole = interview.ForUse(read_back=True, consented=True, embargoed=False, case_seen=True, second=True)
    assert all(interview.may_clear(use, whole) is None for use in interview.USES)
    for wrong in ({"read_back": False}, {"consented": False}, {"withdrawn": True}, {"embargoed": True}, {"case_seen": False}, {"second": False}):
        assert interview.may_clear("public", replace(whole, **wrong)) is not None, wrong
    assert interview.may_clear("court", replace(whole, second=False)) is None and interview.may_clear("hymn", whole) is not None
    piece = interview.Segment(uses={"public", "court"}, risk="none", sensitive="none")
    assert interview.may_quote(piece, "public", consented=False).rule == "H-21" and interview.may_quote(piece, "un", consented=True).rule == "H-21"
    for wrong in ({"risk": "unknown"}, {"sensitive": "names"}, {"restricted": True}, {"recanted": True}):
        assert interview.may_quote(replace(piece, **wrong), "public", consented=True) is not None
        assert interview.may_quote(replace(piece, **wrong), "court", consented=True) is None


# ------------------------------------------------------------------------------------------------- files of a package
@pytest.mark.refuses("H-39")
def test_every_version_stands_in_the_file_and_the_withheld_ones_by_their_commitment():
    made = files.statement_file("S-0001", WHOLE, {4, 6}, inducement="unknown", interviews_before=2)
    said = json.loads(made["statement.json"])
    assert [one["n"] for one in said["versions"]] == [1, 2, 3, 4, 5, 6] and set(made) == {"statement.json", "v4.txt", "v6.txt"}
    assert [one["file"] for one in said["versions"]] == ["withheld"] * 3 + ["v4.txt", "withheld", "v6.txt"]
    assert {one["n"] for one in said["versions"] if "salt" in one} == {4, 6} and b"machine words" not in made["statement.json"]
    assert versions.committed(said["versions"][3]["salt"], made["v4.txt"].decode()) == said["versions"][3]["commit"]
    with pytest.raises(ValueError, match="draft"):
        files.statement_file("S-0001", WHOLE, {2}, inducement="no", interviews_before=0)
    with pytest.raises(Overwritten):
        files.statement_file("S-0001", WHOLE[1:], {4}, inducement="no", interviews_before=0)


@pytest.mark.refuses("W-03")
def test_the_label_of_a_single_source_and_a_denial_stand_in_the_file_of_claims():
    denial = {"who": "a ministry", "text": "there are no such places", "day": "2014-02", "citation": "x"}
    found = json.loads(files.claims_file([A, replace(B, restricted=True, says="how")], [C], same("b", "c"), {}, [denial]))
    assert [(one["single_source"], one["verification"]) for one in found["claims"]] == [
        (True, "alleged, single source"), (False, "corroborated")]
    assert found["claims"][1]["says"] == "withheld" and found["denials"] == [denial] and found["relations"] == []
    taken_back = told(("transcript", 0, False, "x"), ("recantation", 1, False, "no"))
    again = json.loads(files.claims_file([A], [], [], {"wa": taken_back}, []))["claims"][0]
    assert (again["status"], again["sources"]) == ("recanted", "no source that stands")

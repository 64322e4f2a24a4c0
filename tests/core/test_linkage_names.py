"""Names in two spellings: pairs that must meet and pairs that must stay apart, worked by hand. All of them invented.

No name here stands in the package: it is a rule engine and not a list. Family names are a closed table and may.
"""

import itertools
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import waystation.linkage
from waystation.linkage.compare import Level, compare
from waystation.linkage.families import ONE, TWO, families_of
from waystation.linkage.hangul import apart, together
from waystation.linkage.names import parse
from waystation.linkage.romanise import romanise_name
from waystation.linkage.sounds import Near, near, sound_of

ONE_PERSON = ["Loh Kiwan", "Ro Ki-wan", "No Gi Wan", "Kiwan Loh", "RO, Kiwan", "Mr. Ro Ki Wan", "로기완", "노기완", "노 기완 씨"]
ANOTHER = ["Lee So-yeon", "Ri So Yon", "Yi Soyŏn", "이소연", "리소연", "Soyeon Lee"]
MEET = [("Kim Sukcha", "Sook-Ja Kim"), ("Kim Sukcha", "김숙자"), ("남궁민", "Namgung Min"), ("남궁민", "Nam Gung Min"),
        ("선우휘", "Sonu Hwi"), ("한복남", "Han Pong-nam"), ("Han Boknam", "Han Pong-nam"), ("Pak Ryŏn-hŭi", "박연희"),
        ("련희", "연희"), ("성은", "Seongeun"), ("소연", "So Yon"), ("최웅", "Choi Woong"),
        ("정해리", "Jung Haeri"), ("Yoo Min-a", "류민아"), ("Rim Kkotbyol", "임꽃별")]
PERHAPS = [("Kim Kyong Hui", "Kim Kyung-hee"), ("김은희", "김언희"), ("Soyeon", "이소연")]
FAMILY = [("Kim Chol Ho", "Kim Song Ho"), ("Kim Song Il", "Kim Jong Il"), ("Kim Un", "Kim Un Ju"), ("路基完", "Ro Kiwan")]
APART = [("정성희", "전성희"), ("이영희", "여영희"), ("성민수", "송민수"), ("Park Min-su", "Kim Min-su"), ("river", "bridge"), ("", "")]
GIVEN = ["기완", "소연", "숙자", "성은", "복남", "련희", "은희", "언희", "철호", "Kiwan", "Ki-wan", "Soyeon", "Sukcha", "Sook-Ja", "Boknam",
         "Pong-nam", "Seongeun", "Haeri", "Kkotbyol", "꽃별", "Kyung-hee"]


@pytest.mark.proves("S003-02")
@pytest.mark.parametrize("names", [ONE_PERSON, ANOTHER])
def test_one_name_in_all_its_spellings(names):
    wrong = [(one, other, compare(one, other)[0]) for one, other in itertools.combinations(names, 2)
             if compare(one, other)[0] not in {Level.SAME, Level.FINE}]
    assert not wrong


@pytest.mark.parametrize(("level", "pairs"), [(Level.FINE, MEET), (Level.COARSE, PERHAPS), (Level.FAMILY, FAMILY),
                                             (Level.NONE, APART)])
def test_pairs_worked_by_hand(level, pairs):
    wrong = [(one, other, compare(one, other)) for one, other in pairs if compare(one, other)[0] is not level]
    assert not wrong


def test_the_sentence_says_what_was_not_read():
    assert "not read here" in compare("路基完", "Ro Kiwan")[1]
    assert compare("路基完", "路基完")[0] is Level.SAME
    assert compare("Kim Jin-gyong", "Kim Jing-yong")[0] is Level.SAME
    assert "no family name" in compare("Soyeon", "이소연")[1]


def test_no_name_of_these_tests_stands_in_the_package():
    source = "".join(path.read_text("utf-8") for path in Path(waystation.linkage.__file__).parent.glob("*.py")).casefold()
    assert len(source) > 10_000
    assert not [name for name in GIVEN if name.casefold() in source]


def test_hangul_is_never_merged_by_its_spelling_in_latin():
    """Were families compared by sound, these would be one: both are written Song and Sung."""
    assert near(sound_of(apart("성")), sound_of(apart("송"))) is Near.FINE
    assert not families_of("성") & families_of("송")


FAMILIES = st.sampled_from(sorted(ONE | TWO))
SYLLABLES = st.builds(lambda initial, vowel, final: together(apart("가")._replace(initial=initial, vowel=vowel, final=final)),
                      st.sampled_from("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅎ"), st.sampled_from("ㅏㅐㅓㅔㅕㅗㅜㅝㅡㅣㅠㅛㅘ"), st.sampled_from(["", *"ㄱㄴㄹㅁㅂㅇ"]))
TWO_OF_THEM = st.text(SYLLABLES, min_size=2, max_size=2)


@settings(max_examples=300)
@given(FAMILIES, TWO_OF_THEM, st.sampled_from(["rr", "mr", "dprk"]))
def test_a_name_meets_its_own_spelling_by_every_rule(family, given_name, way):
    latin = romanise_name(family, given_name, way)
    level, _ = compare(family + given_name, latin)
    assert level is Level.FINE, (family + given_name, latin, level)
    assert compare(latin, family + given_name)[0] is level


@given(FAMILIES, TWO_OF_THEM)
def test_order_hyphens_spaces_case_and_composition_change_nothing(family, given_name):
    hangul = family + given_name
    own, rest = romanise_name(family, given_name, "dprk").split(" ", 1)
    for written in (f"{own} {rest.replace(' ', '-')}", f"{own} {rest.replace(' ', '').capitalize()}", f"{own.upper()}, {rest}",
                    f"{rest} {own}" if len(family) == 1 else f"{own} {rest}".lower(), f"{own}  {rest}".lower()):
        assert compare(hangul, written)[0] is Level.FINE, (hangul, written)
    for written in (unicodedata.normalize("NFD", hangul), f"{family} {given_name}", f" {family}-{given_name}", f"{hangul} 선생님"):
        assert compare(hangul, written)[0] in {Level.SAME, Level.FINE}, (hangul, written)


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_texts_have_an_answer_that_does_not_depend_on_their_order(one, other):
    assert compare(one, other) == compare(other, one)
    assert len(parse(one).readings) <= 64
    assert re.fullmatch(r"[A-Z].*\.", compare(one, other)[1])

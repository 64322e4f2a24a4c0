"""Hangul in Latin letters: the examples that the published rules themselves give, worked by hand where they give none."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waystation.linkage.hangul import apart, is_syllable, spoken, together
from waystation.linkage.romanise import WAYS, romanise, romanise_name

SYLLABLES = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)

# Ministry of Culture and Tourism, notice 2000-8, chapters 2 and 3: the examples printed there.
REVISED = {"구미": "gumi", "영동": "yeongdong", "백암": "baegam", "옥천": "okcheon", "합덕": "hapdeok", "호법": "hobeop",
           "월곶": "wolgot", "벚꽃": "beotkkot", "한밭": "hanbat", "구리": "guri", "설악": "seorak", "칠곡": "chilgok",
           "임실": "imsil", "울릉": "ulleung", "대관령": "daegwallyeong", "백마": "baengma", "종로": "jongno",
           "왕십리": "wangsimni", "별내": "byeollae", "신라": "silla", "해돋이": "haedoji", "같이": "gachi", "놓다": "nota",
           "묵호": "mukho", "집현전": "jiphyeonjeon", "압구정": "apgujeong", "낙동강": "nakdonggang", "죽변": "jukbyeon",
           "낙성대": "nakseongdae", "팔당": "paldang", "샛별": "saetbyeol", "울산": "ulsan", "광희문": "gwanghuimun"}
# McCune and Reischauer, 1939: the table of finals and initials that meet.
MARKED = {"한국": "han'guk", "독립": "tongnip", "신라": "silla", "전라": "chŏlla", "압록강": "amnokkang", "평양": "p'yŏngyang",
          "부산": "pusan", "대전": "taejŏn", "갈비": "kalbi", "물건": "mulgŏn", "발달": "paltal", "결정": "kyŏlchŏng",
          "청주": "ch'ŏngju", "금강": "kŭmgang", "법학": "pŏphak", "의주": "ŭiju", "원주": "wŏnju"}
# Names as maps made in the North write them.
NORTHERN = {"개성": "kaesŏng", "남포": "nampho", "신의주": "sinŭiju", "강계": "kanggye", "원산": "wŏnsan", "해주": "haeju",
            "함흥": "hamhŭng", "대동강": "taedonggang", "두만강": "tumangang", "백두산": "paektusan", "자강": "jagang",
            "량강": "ryanggang", "혜산": "hyesan", "청진": "chŏngjin", "칠보산": "chilbosan", "황해": "hwanghae"}


@pytest.mark.parametrize(("way", "table"), [("rr", REVISED), ("mr", MARKED), ("dprk", NORTHERN)])
def test_the_printed_examples(way, table):
    wrong = {word: (romanise(word, way), want) for word, want in table.items() if romanise(word, way) != want}
    assert not wrong


def test_names_of_people_by_each_rule():
    assert romanise_name("한", "복남", "rr") == "Han Boknam"      # notice 2000-8, section 3.4: no change of sounds in names
    assert romanise_name("홍", "빛나", "rr") == "Hong Bitna"
    assert romanise_name("한", "복남", "mr") == "Han Pong-nam"
    assert romanise_name("한", "복남", "dprk") == "Han Pok Nam"
    assert romanise_name("민", "용하", "rr") == "Min Yongha"


def test_other_text_stays_and_composed_forms_are_one():
    assert romanise("km 12 구리!", "rr") == "km 12 guri!"
    assert romanise(unicodedata.normalize("NFD", "설악"), "rr") == "seorak"
    with pytest.raises(ValueError, match="way"):
        romanise("구리", "yale")
    with pytest.raises(ValueError, match="way"):
        romanise_name("한", "빛나", "yale")
    with pytest.raises(ValueError, match="syllable"):
        romanise_name("H", "빛나", "rr")


@given(SYLLABLES)
def test_a_syllable_comes_back_from_its_letters(letter):
    assert together(apart(letter)) == letter
    assert is_syllable(letter)
    named = unicodedata.normalize("NFD", letter)  # Unicode's own way of taking it apart has as many letters
    assert len(named) == 2 + bool(apart(letter).final)


@given(st.text(SYLLABLES, min_size=1, max_size=6), st.sampled_from(WAYS))
def test_every_word_is_written_in_small_latin_letters(word, way):
    written = romanise(word, way)
    bare = unicodedata.normalize("NFD", written).replace("\u0306", "").replace("'", "")
    assert bare.isascii() and bare.isalpha() and bare.islower()
    assert "'" not in written or way == "mr"


@given(st.lists(SYLLABLES, min_size=1, max_size=6))
def test_spoken_words_end_on_one_of_seven_sounds_and_keep_their_vowels(word):
    letters = [apart(one) for one in word]
    said = spoken(letters)
    assert [one.vowel for one in said] == [one.vowel for one in letters]
    assert all(one.final in {"", *"ㄱㄴㄷㄹㅁㅂㅇ"} for one in said)

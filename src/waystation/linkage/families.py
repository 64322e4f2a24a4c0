"""Family names: a closed table. Each spelling points to a set of names in Hangul; two spellings meet if the sets do.

Never the other way round: two different names in Hangul stay apart, however alike they are written in Latin.
"""

from __future__ import annotations

from functools import lru_cache

from .hangul import apart
from .letters import bare, readings
from .sounds import Near, Sound, as_in_the_other_half, first_of_word, near, sound_of

TWO = frozenset(["남궁", "황보", "제갈", "사공", "선우", "서문", "독고", "동방", "망절", "어금"])
ONE = frozenset(
    "김이리박최정강조윤장임림한오서신권황안송류유홍전고문손양량배백허남심노로하곽성차주우구나라민진지엄원"
    "채천방공현함변염렴여려추도석선설마길연련위표명기반왕금옥육륙인맹제모탁국어은편용룡예경봉사부가복태목"
    "형피두감호음빈동온단화창옹승간상시갈종"
)
IRREGULAR = {
    "김": "ghim kym", "이": "lee leigh rhee rhie lie yih",
    "박": "park bark pahk bahk parc", "최": "choi choy chwe tsoi",
    "정": "jung chung cheung jong chong", "전": "jun chun chon", "천": "chun chon",
    "조": "cho jo joe", "윤": "youn yune", "임": "lim im yim rim lym", "한": "hahn", "오": "oh",
    "서": "suh seo so", "신": "shin", "권": "kwon kwun gwon",
    "류": "ryu ryoo lyu yoo yu you rew", "유": "yoo yu you", "허": "hur huh her heo ho",
    "노": "noh roh rho no", "우": "woo wu u", "구": "koo ku goo", "심": "shim", "성": "sung",
    "변": "byun pyun", "현": "hyun", "명": "myung", "경": "kyung", "형": "hyung", "여": "yeo yuh",
    "주": "joo", "문": "moon mun", "손": "sohn", "안": "ahn", "강": "kang",
    "백": "paik baik back", "배": "bae pai bai", "차": "cha",
}
HANJA = {hanja: hangul for hangul, of in {
    "김": "金", "이": "李", "박": "朴", "최": "崔", "정": "鄭丁", "강": "姜康", "조": "趙曺", "윤": "尹",
    "장": "張", "임": "林任", "한": "韓", "오": "吳", "서": "徐", "신": "申辛", "권": "權", "황": "黃",
    "안": "安", "송": "宋", "유": "柳劉兪", "홍": "洪", "전": "全田", "고": "高", "문": "文", "손": "孫",
    "양": "梁楊", "배": "裵", "백": "白", "허": "許", "남": "南", "심": "沈", "노": "盧魯路", "하": "河",
    "곽": "郭", "성": "成", "차": "車", "주": "朱", "우": "禹", "구": "具", "나": "羅", "민": "閔",
    "진": "陳", "지": "池", "엄": "嚴", "원": "元", "채": "蔡", "천": "千", "방": "方", "공": "孔",
    "현": "玄", "함": "咸", "변": "卞", "염": "廉", "여": "呂", "추": "秋", "도": "都", "석": "石",
    "선": "宣", "설": "薛", "마": "馬", "길": "吉", "연": "延", "위": "魏", "표": "表", "명": "明",
    "기": "奇", "반": "潘", "왕": "王", "금": "琴", "옥": "玉", "육": "陸", "인": "印", "맹": "孟",
    "제": "諸", "탁": "卓", "어": "魚", "은": "殷", "편": "片", "용": "龍", "경": "慶", "봉": "奉",
}.items() for hanja in of}


def families_of(hangul: str) -> frozenset[str]:
    """The family names in Hangul that one in Hangul may be in the other half of the country: itself among them.

    >>> sorted(families_of("량")), families_of("듈")
    (['량', '양'], frozenset())
    """
    if hangul not in TWO and hangul not in ONE:
        return frozenset()
    return frozenset(first + hangul[1:] for first in as_in_the_other_half(hangul[0])) & (ONE | TWO | {hangul})


@lru_cache(maxsize=512)
def families_spelled(token: str) -> dict[str, Near]:
    """The family names in Hangul that a token in Latin letters may stand for, and how sure that is.

    >>> sorted(name for name, how in families_spelled("Park").items() if how is Near.FINE)
    ['박']
    """
    letters = bare(token)
    found = {name: Near.FINE for name, spelled in IRREGULAR.items() if letters in spelled.split()}
    for way in readings(letters):
        for name, sounds in _sounds().items():
            if len(way) == len(sounds):
                level = min(near(one, other) for one, other in zip(way, sounds, strict=True))
                if level > found.get(name, Near.APART):
                    found[name] = level
    return {other: how for name, how in found.items() for other in families_of(name)}


def irregular(hangul: str) -> tuple[str, ...]:
    """Spellings of a family name that the rules do not give."""
    return tuple(IRREGULAR.get(hangul, "").split())


def sounds_of_family(hangul: str) -> tuple[Sound, ...]:
    """A family name in Hangul as sounds; the first as North and South may both write it."""
    first, *rest = (sound_of(apart(letter)) for letter in hangul)
    return first_of_word(first), *rest


@lru_cache(maxsize=1)
def _sounds() -> dict[str, tuple[Sound, ...]]:
    return {name: tuple(sound_of(apart(letter)) for letter in name) for name in ONE | TWO}

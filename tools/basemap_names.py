"""Names on the office's map in the scripts of the people who read it: towns from GeoNames, rivers from a table here.

Countries are not named here: the reader's browser knows them in the reader's language.
"""

import unicodedata
from collections.abc import Iterable, Mapping

SCRIPTS = {"HANGUL": "ko", "THAI": "th", "LAO": "lo"}  # first word of a letter's name -> key in the files
LONGEST = 14  # letters: longer alternate names are descriptions
CITY = ("특별자치시", "특별시", "광역시", " 시")  # a map does without the word for "city"
OF_CITIES = frozenset({"CN", "JP", "KP", "KR", "TW"})  # where a Korean name that ends in "시" ends in that word

# What alternate names give wrongly, or not at all. Public towns only.
TOWNS: dict[str, dict[str, str]] = {
    "KR/Seoul": {"ko": "서울"}, "KP/Pyongyang": {"ko": "평양"}, "CN/Beijing": {"ko": "베이징"},
    "CN/Yanji": {"ko": "옌지"}, "CN/Shenyang": {"ko": "선양"}, "CN/Changchun": {"ko": "창춘"},
    "CN/Kunming": {"ko": "쿤밍"}, "CN/Guangzhou": {"ko": "광저우"}, "CN/Shanghai": {"ko": "상하이"},
    "CN/Chongqing": {"ko": "충칭"}, "LA/Vientiane": {"ko": "비엔티안"}, "TH/Bangkok": {"ko": "방콕"},
    "TH/Chiang Rai": {"ko": "치앙라이"}, "TH/Chiang Mai": {"ko": "치앙마이"}, "VN/Hanoi": {"ko": "하노이"},
    "MN/Ulan Bator": {"ko": "울란바토르"}, "MN/Ulaanbaatar": {"ko": "울란바토르"},
    "RU/Vladivostok": {"ko": "블라디보스토크"}, "MM/Yangon": {"ko": "양곤"}, "MM/Nay Pyi Taw": {"ko": "네피도"},
    "KH/Phnom Penh": {"ko": "프놈펜"}, "JP/Tokyo": {"ko": "도쿄"}, "CN/Shenzhen": {"ko": "선전"},
    "CN/Tianjin": {"ko": "톈진"}, "CN/Hangzhou": {"ko": "항저우"}, "CN/Dalian": {"ko": "다롄"},
    "CN/Yantai": {"ko": "옌타이"}, "CN/Shaoxing": {"ko": "사오싱"}, "SG/Singapore": {"ko": "싱가포르"},
    "TR/Istanbul": {"ko": "이스탄불"}, "RU/Saint Petersburg": {"ko": "상트페테르부르크"}, "UA/Kyiv": {"ko": "키이우"},
    "AU/Melbourne": {"ko": "멜버른"}, "IN/Bengaluru": {"ko": "벵갈루루"}, "US/Los Angeles": {"ko": "로스앤젤레스"},
    "VN/Haiphong": {"ko": "하이퐁"},
}
RIVERS: dict[str, dict[str, str]] = {
    "Tumen": {"ko": "두만강", "th": "แม่น้ำตูเมน", "lo": "ແມ່ນ້ຳຕູເມນ"}, "Yalu": {"ko": "압록강"},
    "Mekong": {"ko": "메콩강", "th": "แม่น้ำโขง", "lo": "ແມ່ນ້ຳຂອງ"}, "Yangtze": {"ko": "장강"},
    "Yellow River": {"ko": "황허강"}, "Salween": {"ko": "살윈강", "th": "แม่น้ำสาละวิน"}, "Red River": {"ko": "홍강"},
    "Chao Phraya": {"ko": "짜오프라야강", "th": "แม่น้ำเจ้าพระยา"}, "Irrawaddy": {"ko": "이라와디강"},
    "Amur": {"ko": "아무르강"}, "Ganges": {"ko": "갠지스강"}, "Indus": {"ko": "인더스강"},
    "Niger": {"ko": "니제르강"}, "Nile": {"ko": "나일강"}, "Euphrates": {"ko": "유프라테스강"},
    "Tigris": {"ko": "티그리스강"}, "Congo": {"ko": "콩고강"}, "Danube": {"ko": "다뉴브강"},
}


def script(name: str) -> str | None:
    """Key of the script that every letter of a name is written in; None for all others, and for mixed names.

    >>> [script(name) for name in ("옌지", "ขอนแก่น", "Hanoi", "河内", "서울 City")]
    ['ko', 'th', None, None, None]
    """
    first = {SCRIPTS.get(unicodedata.name(letter, "").partition(" ")[0]) for letter in name if letter.isalpha()}
    return first.pop() if len(first) == 1 else None


def plain(name: str, country: str) -> str:
    """A town's Korean name without the word for "city"; names in other scripts as they are.

    >>> [plain("부산광역시", "KR"), plain("바중시", "CN"), plain("우시", "CN"), plain("쿠마시", "GH")]
    ['부산', '바중', '우시', '쿠마시']
    """
    for suffix in CITY:
        if name.endswith(suffix) and len(name) > len(suffix):
            return name.removesuffix(suffix).strip()
    return name[:-1] if name.endswith("시") and len(name) > 2 and country in OF_CITIES else name


def of_town(country: str, name: str, others: Iterable[str]) -> Mapping[str, str]:
    """A town's name in each script: the one set here, else the shortest of its other names.

    >>> of_town("CN", "Yanji", ["연길", "옌지 시"]), of_town("TH", "Khon Kaen", ["콘깬", "ขอนแก่น", "Kawn Kaen"])
    ({'ko': '옌지'}, {'ko': '콘깬', 'th': 'ขอนแก่น'})
    """
    found: dict[str, str] = {}
    for other in sorted(others, key=lambda word: (len(word), word)):
        key = script(other)
        if key is not None and key not in found and len(other) <= LONGEST:
            found[key] = plain(other, country)
    return {**found, **TOWNS.get(f"{country}/{name}", {})}

"""Lines of a page that say nothing of the matter: each with the reason why it is left out. English and Korean."""

import re
from collections.abc import Mapping
from types import MappingProxyType

LONG = 160  # a longer line is a sentence of the text, whatever words are in it

_WEATHER = r"-?\d{1,2}(?:\.\d)?\s?(?:°\s?[CF]?|℃|℉|도씨)|\b(?:humidity|습도|미세먼지|체감온도)\b"
_ADVERT = (r"^\W*(?:advertise?ment|sponsored(?: content)?|promoted|paid (?:post|partnership)|광고|협찬|ad|ads)\b\W*"
           r"|\b(?:buy now|shop now|limited offer|free trial|지금 구매|무료 체험)\b")
_SIGN_UP = (r"\b(?:subscribe|sign up|sign-up|opt in|opt-in|newsletter|mailing list|enter your e-?mail"
            r"|your e-?mail address|unsubscribe|manage (?:your )?preferences|view (?:this|it) in (?:your )?browser)\b"
            r"|구독|뉴스레터|수신 ?거부|이메일을 입력|메일링")
_SHARE = (r"^\W*(?:share|tweet|pin|e-?mail|print|copy link|save|follow us|follow)\b.{0,60}$"
          r"|^\W*(?:공유|인쇄|스크랩|복사|팔로우)")
_COOKIES = r"\bcookies?\b|\bprivacy (?:policy|settings)\b|\bterms of (?:use|service)\b|개인정보 ?처리|이용 ?약관|쿠키"
_COUNTER = (r"^\W*[\d.,]+\s*[km]?\s*(?:views?|likes?|shares?|comments?|followers?|subscribers?|reads?|claps|votes?)\b"
            r"|\b\d[\d.,]*\s+(?:people |users )?(?:have )?(?:added|saved)\b.{0,40}\b(?:collections?|lists?|this)\b"
            r"|\badded to (?:a |\d[\d,]* )?collections?\b"
            r"|^\W*(?:조회|좋아요|댓글|추천|공유)\s?수?\s*[\d.,]+|^\W*[\d.,]+\s?(?:회|명)\W*$")
_RIGHTS = r"©|\(c\)\s*\d{4}|\ball rights reserved\b|무단 ?전재|재배포 ?금지|저작권자"
_RELATED = (r"^\W*(?:read (?:more|next|also)|see also|more from|related (?:articles?|stories|posts)"
            r"|most (?:read|popular)|you may also like|recommended|trending|up next"
            r"|관련 ?기사|많이 본|추천 ?기사|더 ?보기|인기 ?기사)")
_COMMENTS = (r"^\W*(?:leave a (?:comment|reply)|post a comment|join the (?:conversation|discussion)"
             r"|댓글(?: 쓰기| 달기)?).{0,40}$")
_MENU = (r"^\W*(?:home|menu|search|log ?in|sign in|register|my account|skip to (?:main )?content|back to top|close"
         r"|next|previous|about(?: us)?|contact(?: us)?|donate"
         r"|홈|메뉴|검색|로그인|회원가입|본문 바로가기|맨 위로|닫기|다음|이전)\W*$")
REASONS: Mapping[str, re.Pattern[str]] = MappingProxyType({
    name: re.compile(pattern, re.IGNORECASE) for name, pattern in (
        ("weather", _WEATHER), ("rights", _RIGHTS), ("sign_up", _SIGN_UP), ("cookies", _COOKIES), ("counter", _COUNTER),
        ("advert", _ADVERT), ("related", _RELATED), ("comments", _COMMENTS), ("share", _SHARE), ("menu", _MENU))})
_PIECES = re.compile(r"\s*[|·•»›>]\s*")
PIECES, SHORT = 3, 24


def reason(line: str) -> str:
    """Why a line is left out; nothing if it is kept.

    >>> [reason(one) for one in ("Seoul 23°C", "Sign up for our newsletter", "They crossed the river at night.")]
    ['weather', 'sign_up', '']
    >>> reason("Home | News | Opinion | Weather"), reason("232 people added this to a collection")
    ('menu', 'counter')
    """
    if len(line) > LONG:
        return ""
    for name, pattern in REASONS.items():
        if pattern.search(line):
            return name
    pieces = [one for one in _PIECES.split(line) if one]
    return "menu" if len(pieces) >= PIECES and all(len(one) <= SHORT for one in pieces) else ""

"""Ways to reach somebody, found in a text and taken out of it: addresses, numbers, handles. What goes is counted.

Whoever writes in public has readers, and their addresses stand in the same pages. The library keeps what was said,
never a way to reach who said it or who reads it.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType

ADDRESS, PHONE, HANDLE = "address", "phone", "handle"
REMOVED = "[…]"  # what stands in its place, the same for all: a reader of any language sees that something went

_AT = r"(?:@|\s?[\[(]\s?(?:at|골뱅이)\s?[\])]\s?)"
_PLACES = (r"(?:t\.me|twitter\.com|x\.com|instagram\.com|facebook\.com|threads\.net|linkedin\.com/in|weibo\.com"
           r"|tiktok\.com|youtube\.com/@|open\.kakao\.com|pf\.kakao\.com|wa\.me|line\.me)")
_SAID = (r"(?:telegram|whats\s?app|kakao\s?talk|kakao|wechat|signal|instagram|skype"
         r"|카카오톡|카톡|텔레그램|인스타그램|위챗)")
PATTERNS: Mapping[str, tuple[re.Pattern[str], ...]] = MappingProxyType({
    ADDRESS: (re.compile(rf"[\w.+%-]{{1,64}}{_AT}[\w-]{{1,63}}(?:(?:\.|\s?[\[(]dot[\])]\s?)[\w-]{{1,63}}){{1,6}}",
                         re.IGNORECASE),),
    HANDLE: (re.compile(rf"(?:https?://)?(?:www\.)?{_PLACES}/?[\w.@/+-]{{0,100}}\w", re.IGNORECASE),
             re.compile(rf"\b{_SAID}(?:\s+(?:id|아이디))?\s*[:：]\s*@?[\w.-]+", re.IGNORECASE),
             re.compile(r"(?<![\w/.@])@[\w.]{0,40}\w{2}")),
    PHONE: (re.compile(r"(?<![\w/.-])(?:\+|\(?0)[\d(](?:[ ().–-]{0,2}\d){6,13}(?![\w-])"),
            re.compile(r"(?<![\w/.-])(?<!ISBN )(?<!ISBN: )\d(?:[ ().–-]{0,2}\d){8,13}(?![\w-])")),
})
_DATED = re.compile(r"(?:1[89]|20)\d\d[-–./ ]{1,2}\d{1,2}[-–./ ]{1,2}\d{1,2}\b.*|(?:(?:1[89]|20)\d\d[ –-]{0,3})+")


def ways(text: str) -> Iterator[tuple[str, int, int]]:
    """Each way to reach somebody: its sort, where it begins and where it ends, in the order of the text.

    >>> [(sort, "Write to a@b.example"[start:end]) for sort, start, end in ways("Write to a@b.example")]
    [('address', 'a@b.example')]
    >>> list(ways("From 2010-2015 and on 2013-05-17 there were 34,259."))
    []
    """
    taken: list[tuple[int, int, str]] = []  # in the order of the text, apart from each other
    for sort, patterns in PATTERNS.items():
        for pattern in patterns:
            free = [(one.start(), one.end(), sort) for one in pattern.finditer(text)
                    if not (sort == PHONE and _DATED.fullmatch(one[0])) and apart(taken, one.start(), one.end())]
            taken = sorted(taken + free)
    yield from ((sort, start, end) for start, end, sort in taken)


def apart(taken: Sequence[tuple[int, int, str]], start: int, end: int) -> bool:
    """Whether nothing that was found before reaches into this: its two neighbours alone can, however many there are.

    >>> [apart([(0, 3, "a"), (5, 9, "b")], *one) for one in ((3, 5), (2, 4), (4, 6), (9, 12))]
    [True, False, False, True]
    """
    at = bisect_left(taken, (start,))
    return (at == 0 or taken[at - 1][1] <= start) and (at == len(taken) or taken[at][0] >= end)


def reachable(text: str, *, but: Collection[str] = ()) -> bool:
    """Whether a text says how to reach somebody, by another sort of way than those in `but`.

    >>> reachable("She writes for a paper."), reachable("call 02-555-0100")
    (False, True)
    """
    return any(sort not in but for sort, _start, _end in ways(text))


def without(text: str) -> tuple[str, dict[str, int]]:
    """The text without any way to reach somebody, and how many of each sort went.

    >>> without("By A Critic, critic@paper.example, @critic")
    ('By A Critic, […], […]', {'address': 1, 'handle': 1})
    """
    parts: list[str] = []
    counts: dict[str, int] = {}
    last = 0
    for sort, start, end in ways(text):
        parts += [text[last:start], REMOVED]
        counts[sort] = counts.get(sort, 0) + 1
        last = end
    return "".join((*parts, text[last:])), counts

"""Hedges as spoken ("probably", "I heard", "appear to"): a claim from hedged words is never surer than they are."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

CERTAINTY: Mapping[str, str] = MappingProxyType({
    "stated": "said without a hedge", "probable": "said to be probable", "possible": "said to be possible",
    "heard": "said to have been heard",
})
ORDER = ("stated", "probable", "possible", "heard")  # surest first
# What people say when they are not sure. In Korean the hedge is often the end of the verb, so those are parts of words.
_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "probable": (r"probably", r"presumably", r"most likely", r"appears? to", r"appeared to", r"seems? to", r"seemed to",
                 r"believed to", r"presumed", r"아마도?", r"추정", r"것으로 보인다", r"것 같", r"듯하", r"듯했"),
    "possible": (r"possibly", r"perhaps", r"maybe", r"might", r"could have", r"potential(?:ly)?", r"혹시", r"수도 있",
                 r"지도 모르", r"가능성"),
    "heard": (r"i heard", r"we heard", r"heard that", r"was told", r"were told", r"rumou?rs?", r"they say",
              r"people said", r"it is said", r"reportedly", r"allegedly", r"들었", r"들은", r"소문",
              r"(?:다|라)고 하더"),
})
_FINDS = {code: re.compile("|".join(rf"\b{word}\b" if word.isascii() else word for word in words), re.IGNORECASE)
          for code, words in _WORDS.items()}


@dataclass(frozen=True, slots=True, order=True)
class Hedge:
    """Where a hedge stands, and how sure it leaves what is said."""

    start: int
    end: int
    certainty: str


def hedges(text: str) -> tuple[Hedge, ...]:
    """Every hedge of a text, in its order.

    >>> [(one.certainty, "She was probably shot, I heard."[one.start:one.end]) for one in
    ...  hedges("She was probably shot, I heard.")]
    [('probable', 'probably'), ('heard', 'I heard')]
    """
    found = [Hedge(hit.start(), hit.end(), code) for code, form in _FINDS.items() for hit in form.finditer(text)]
    return tuple(sorted(found))


def certainty(text: str) -> str:
    """How sure some words are at most: the least sure of their hedges.

    >>> certainty("She was shot."), certainty("She was probably shot."), certainty("아마 죽었을 것 같다고 들었다")
    ('stated', 'probable', 'heard')
    """
    return max((one.certainty for one in hedges(text)), key=ORDER.index, default="stated")


def surer(one: str, than: str) -> bool:
    """Whether a certainty is greater than another: to write it down would be to upgrade what was said.

    >>> surer("stated", "probable"), surer("probable", "probable"), surer("possible", "probable")
    (True, False, False)
    """
    return ORDER.index(one) < ORDER.index(than)

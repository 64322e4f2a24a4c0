"""What is too exact to be told: days, hours, ages, sums, numbers, positions. A season or a decade of life is not.

Each is found by its form, in Latin letters and in Korean. A name has no form: names are looked for by a roster
(`waystation.evidence.redaction`), and what only the village would recognise by a person.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_MONTH = ("(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
          r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?")
_YEARS = r"(?!(?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d(?!\d))"   # from one year to another
_RULES: tuple[tuple[str, str], ...] = (
    ("position", r"\d{1,3}\.\d{2,}\s*°?\s*[NS]?\s*[,;/ ]\s*\d{1,3}\.\d{2,}|\d{1,3}\s*°\s*\d{1,2}\s*['′]"),
    ("number of a person", r"(?<!\d)\d{6}\s?-\s?\d{7}(?!\d)|(?<![A-Za-z0-9])[A-Z]{1,2}\d{7,8}(?!\d)"),
    ("plate", r"[가-힣一-龥]\s?[A-Z]\s?[·-]?\s?[A-Z0-9]{5,6}(?![A-Za-z0-9])|\d{2,3}[가-힣]\s?\d{4}(?!\d)"),
    ("day", r"(?<!\d)\d{4}\s?[-./년]\s?\d{1,2}\s?[-./월]\s?\d{1,2}(?!\d)|(?<!\d)\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?!\d)"),
    ("day", rf"(?<!\d)\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH}(?![a-z])|(?<![a-z]){_MONTH}\s+\d{{1,2}}(?!\d)"),
    ("day", r"\d{1,2}\s?월\s?\d{1,2}\s?일"),
    ("hour", r"(?<!\d)\d{1,2}:\d{2}(?!\d)|(?<!\d)\d{1,2}\s?(?:a\.?m\.?|p\.?m\.?)(?![a-z])|\d{1,2}\s?시\s?\d{1,2}\s?분"),
    ("age", r"(?<!\d)\d{1,3}[\s-](?:years?|months?|weeks?)[\s-]old|\bage[ds]?\s+(?:of\s+)?\d{1,3}\b"),
    ("age", r"\d{1,3}\s?(?:살|세(?![가-힣]))"),
    ("sum", r"[¥₩$€£]\s?\d|\d[\d.,]*\s?(?:yuan|renminbi|rmb|won|dollars?|euros?|baht|kip)"),
    ("sum", r"\d[\d.,]*\s?(?:위안|달러|만\s?원|원(?![가-힣]))"),
    ("address", r"[\w.+-]+@[\w-]+\.\w+|(?<!\w)@\w{3,}|https?://\S+"),
    ("number", _YEARS + r"(?<!\d)\+?\d[\d ().\-]{6,}\d"),
)
RULES = tuple((kind, re.compile(pattern, re.IGNORECASE if kind in {"day", "hour", "age", "sum"} else 0))
              for kind, pattern in _RULES)


class Mark(NamedTuple):
    """Something too exact, and where it stands."""

    kind: str
    start: int
    end: int


def marks(text: str) -> tuple[Mark, ...]:
    """Everything too exact in a text, in its order; of two that overlap the first rule's.

    >>> text = "On 12 March 2019, aged 23, she paid 3,000 yuan."
    >>> [(one.kind, text[one.start:one.end]) for one in marks(text)]
    [('day', '12 March'), ('age', 'aged 23'), ('sum', '3,000 yuan')]
    >>> marks("In the spring of 2019 a woman in her twenties crossed a river.")
    ()
    """
    found: list[Mark] = []
    for kind, pattern in RULES:
        for hit in pattern.finditer(text):
            if all(hit.end() <= one.start or hit.start() >= one.end for one in found):
                found.append(Mark(kind, hit.start(), hit.end()))
    return tuple(sorted(found, key=lambda one: one.start))


def band(age: int) -> str:
    """An age as it may be told: a child, a decade of life, or seventy and more.

    >>> band(17), band(18), band(34), band(90)
    ('a child', '18 to 29', '30 to 39', '70 or older')
    """
    if age < 18:
        return "a child"
    if age < 30:
        return "18 to 29"
    return "70 or older" if age >= 70 else f"{age // 10 * 10} to {age // 10 * 10 + 9}"


BANDS = ("a child", "18 to 29", "30 to 39", "40 to 49", "50 to 59", "60 to 69", "70 or older")

"""What must not stand in free text: ways to reach a person, exact places, hidden characters, spreadsheet formulas.

A route book and a party file may fall into wrong hands. A phone number in a remark is a person found. These checks read
text as a person would see it: look-alike digits are folded (Unicode NFKC) and invisible characters are taken out first.
They err on the side of refusing: a long number in a remark is asked to be written in words.
"""

import re
import unicodedata

TEXT_MAX = 500  # characters in one cell
_YEAR = r"(?:19|20)\d\d"
_DAY, _MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
_DATE = rf"(?:{_YEAR}(?:[-./]{_MONTH}(?:[-./]{_DAY})?)?|{_DAY}[-./]{_MONTH}[-./]{_YEAR})"
_DATES = re.compile(rf"\(?{_DATE}(?:[\s/–-]+{_DATE})*")
_CLOCK = re.compile(r"\b\d{1,2}:\d{2}(?::\d{2})?\b")
_LONG_NUMBER = re.compile(r"[+(]?\d(?:[\s().\-/–]*\d){6,}")
_POSITION = re.compile(
    r"\d{1,3}\.\d{3,}\D{1,6}\d{1,3}\.\d{3,}"  # 12.3456, 98.7654
    r"|\d{1,3}\s*°\s*\d{1,2}(?:\.\d+)?\s*['′’]"  # 12° 34'
    r"|\b[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}\b"  # open location code
)
_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})
_BAD_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff")


def seen(text: str) -> str:
    """The text as a reader sees it: compatibility characters folded, invisible ones removed.

    >>> seen("０１０-\u200b1234")
    '010-1234'
    """
    if text.isascii():
        return text
    folded = unicodedata.normalize("NFKC", text)
    return "".join(c for c in folded if unicodedata.category(c) != "Cf")


def found_in(text: str) -> str:
    """What the text gives away: ``"position"``, ``"address"``, ``"phone"`` or nothing.

    >>> found_in("ask at 010-1234-5678"), found_in("write to desk@example.org"), found_in("seen 2011-2014, 34 cases")
    ('phone', 'address', '')
    """
    text = seen(text)
    if _POSITION.search(text):
        return "position"
    if "@" in text or re.search(r"\b(?:t|wa)\.me/", text):
        return "address"
    for found in _LONG_NUMBER.finditer(_CLOCK.sub("~", text)):
        if not _DATES.fullmatch(found[0]):
            return "phone"
    return ""


def starts_formula(text: str) -> bool:
    """Whether a spreadsheet might run the text, or shows it as an error value.

    >>> starts_formula("=1+1"), starts_formula("- burnt bridge"), starts_formula("burnt bridge")
    (True, True, False)
    """
    return text[:1] in {"=", "+", "-", "@"} or text in _ERRORS


def is_error_value(text: str) -> bool:
    """Whether the text is what a spreadsheet shows instead of a value, e.g. ``#REF!``."""
    return text in _ERRORS


def has_hidden(text: str) -> bool:
    """Whether the text holds control characters, half characters or marks that turn the direction of reading."""
    if text.isascii():
        return not text.isprintable()
    return any(unicodedata.category(c) in _BAD_CATEGORIES or c in _TURNING for c in text)

"""What may stand in one cell: each kind reads a raw value strictly, and writes it back as the same value.

A raw value is what JSON or a spreadsheet program gives: text, a number, yes or no, a date, or a list (in a workbook:
text with `;` between). Reading either gives the value of the row's field or raises `CellError` with the code of a rule.
Nothing is rounded, guessed or repaired, because a silent repair of a danger is a wrong plan.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from waystation.network.countries import CODES as COUNTRIES
from waystation.texts import TEXT_MAX, found_in, has_hidden, is_error_value, starts_formula

Cell = str | int | float | bool | list[str | int]  # what a kind writes: plain JSON
_CODE = re.compile(r"[A-Z0-9][A-Z0-9_-]{0,23}")
NAME_PATTERN = re.compile(r"[a-z][a-z0-9_]{0,23}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?", re.ASCII)
SECRETS = {"phone": "RB704", "address": "RB705", "position": "RB709"}


class CellError(Exception):
    """A cell that breaks a rule: the rule's code, and the hints of its sentence."""

    def __init__(self, code: str, **hints: object) -> None:
        super().__init__(code)
        self.code = code
        self.hints: dict[str, Any] = hints


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of cell: how the manual calls it, how it is read and how it is written."""

    words: str
    read: Callable[[object], Any]
    plain: Callable[[Any], Cell]
    choices: tuple[str, ...] = ()  # what a drop-down list offers


def is_empty(raw: object) -> bool:
    """Whether the cell says nothing: empty, blank text or an empty list."""
    return raw is None or raw == [] or (isinstance(raw, str) and not raw.strip())


def read_word(raw: object) -> str:
    """Text as typed; a whole number is text that a spreadsheet program mistook."""
    if isinstance(raw, str):
        text = raw.strip()
    elif isinstance(raw, int) and not isinstance(raw, bool):
        text = str(raw)
    else:
        raise CellError("RB224")
    if is_error_value(text):
        raise CellError("RB108")
    if starts_formula(text):
        raise CellError("RB122")
    if has_hidden(text):
        raise CellError("RB123")
    return text


def _free_text(raw: object) -> str:
    text = read_word(raw)
    if len(text) > TEXT_MAX:
        raise CellError("RB210", limit=TEXT_MAX)
    if secret := found_in(text):
        raise CellError(SECRETS[secret])
    return text


def _matching(pattern: re.Pattern[str], code: str) -> Callable[[object], str]:
    def read(raw: object) -> str:
        text = read_word(raw)
        if not pattern.fullmatch(text):
            raise CellError(code)
        return text

    return read


def _code(raw: object) -> str:
    text = _matching(_CODE, "RB208")(raw)
    if sum(c.isdigit() for c in text) >= 9:  # a code that long in digits is more likely somebody's number
        raise CellError("RB704")
    return text


def _country(raw: object) -> str:
    text = read_word(raw)
    if text not in COUNTRIES:
        raise CellError("RB220")
    return text


def _yes_no(raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    word = read_word(raw).casefold()
    if word not in {"yes", "no"}:
        raise CellError("RB209")
    return word == "yes"


def _number(raw: object) -> float:
    if isinstance(raw, str) and _NUMBER.fullmatch(raw.strip()):
        raw = float(raw)
    if isinstance(raw, bool) or not isinstance(raw, (int, float)):
        raise CellError("RB202")
    try:
        value = float(raw)
    except OverflowError:
        value = math.inf
    if not math.isfinite(value):
        raise CellError("RB202")
    return value


def _plain_number(value: float) -> Cell:
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _amount(raw: object) -> Decimal:
    value = _number(raw)
    if value < 0:
        raise CellError("RB206")
    amount = Decimal(repr(value)).normalize()
    exponent, digits = amount.as_tuple().exponent, len(amount.as_tuple().digits)
    if not isinstance(exponent, int) or exponent < -4 or digits + max(0, exponent) > 12:
        raise CellError("RB218")
    return Decimal(int(amount)) if amount == amount.to_integral_value() else amount


def _plain_amount(amount: Decimal) -> Cell:
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def parts(raw: object, between: str = ";") -> list[object]:
    """The items of a list: a JSON array, or text with `between` between the items."""
    if isinstance(raw, list):
        return list(raw)
    if isinstance(raw, str):
        return [part.strip() for part in raw.strip().strip(between).split(between)]
    return [raw]


def once(items: list[Any]) -> tuple[Any, ...]:
    """The items as a tuple. Raises `CellError` if one stands twice."""
    if len(set(items)) < len(items):
        raise CellError("RB211")
    return tuple(items)


def whole(low: int, high: int) -> Kind:
    """Whole numbers from `low` to `high`."""

    def read(raw: object) -> int:
        value = raw if isinstance(raw, int) and not isinstance(raw, bool) else _number(raw)
        if value != int(value):
            raise CellError("RB204")
        if not low <= value <= high:
            raise CellError("RB205", low=low, high=high)
        return int(value)

    return Kind(f"whole number {low} to {high}", read, int)


def number(low: float, high: float) -> Kind:
    """Numbers from `low` to `high`."""

    def read(raw: object) -> float:
        value = _number(raw)
        if not low <= value <= high:
            raise CellError("RB205", low=f"{low:g}", high=f"{high:g}")
        return value

    return Kind(f"number {low:g} to {high:g}", read, _plain_number)


def above_zero(words: str, *, high: float, code: str = "RB225") -> Kind:
    """Numbers more than 0 and at most `high`; `code` names the rule that 0 breaks."""

    def read(raw: object) -> float:
        value = _number(raw)
        if value <= 0:
            raise CellError(code)
        if value > high:
            raise CellError("RB205", low="more than 0", high=f"{high:g}")
        return value

    return Kind(words, read, _plain_number)


def probability(*, below_one: bool = False) -> Kind:
    """A share or probability from 0 to 1; with `below_one`, 1 itself is not allowed."""

    def read(raw: object) -> float:
        value = _number(raw)
        if not 0 <= value <= 1 or (below_one and value == 1):
            raise CellError("RB401", below=", below 1" if below_one else "")
        return value

    return Kind("number 0 to 1" + (", below 1" if below_one else ""), read, _plain_number)


def degrees(limit: int) -> Kind:
    """A coordinate for drawing, at most one decimal: finer is an error and never rounded."""

    def read(raw: object) -> float:
        value = _number(raw)
        if not -limit <= value <= limit:
            raise CellError("RB205", low=-limit, high=limit)
        if round(value, 1) != value:
            raise CellError("RB701")
        return value

    return Kind(f"degrees, -{limit} to {limit}, at most one decimal", read, _plain_number)


def _of_100(raw: object) -> float:
    value = _number(raw)
    if not 0 < value < 100:
        raise CellError("RB408")
    return value


def one_of(*choices: str) -> Kind:
    """One of a few words."""

    def read(raw: object) -> str:
        word = read_word(raw)
        if word not in choices:
            raise CellError("RB207", choices=", ".join(choices))
        return word

    return Kind("one of " + ", ".join(choices), read, str, choices)


def listed(kind: Kind) -> Kind:
    """Several of a kind, in order, each once: an array in JSON, `;` between in a workbook."""
    return Kind(f"list of: {kind.words}", lambda raw: once([kind.read(part) for part in parts(raw)]),
                lambda items: [str(kind.plain(item)) for item in items], kind.choices)


def set_of(kind: Kind) -> Kind:
    """Several of a kind, order without meaning, each once."""
    return Kind(f"list of: {kind.words}", lambda raw: frozenset(once([kind.read(part) for part in parts(raw)])),
                lambda items: [str(kind.plain(item)) for item in sorted(items)])


def _either(raw: object) -> frozenset[str]:
    return frozenset(once([_name(part) for part in parts(raw, "|")]))


_name = _matching(NAME_PATTERN, "RB222")
CODE = Kind("code: capital letters, digits, - and _, at most 24", _code, str)
SCOPE = Kind("code, country, or a word as described", _matching(re.compile(r"[A-Za-z0-9_-]{1,24}"), "RB208"), str)
TEXT = Kind(f"text, at most {TEXT_MAX} characters", _free_text, str)
NAME = Kind("name: small letters, digits and _, at most 24", _name, str)
NAMES_EITHER = Kind("name, or several with | between", _either, lambda names: "|".join(sorted(names)))
COUNTRY = Kind("country, ISO 3166-1 alpha-2", _country, str)
CURRENCY = Kind("currency, ISO 4217", _matching(_CURRENCY, "RB212"), str)
YES_NO = Kind("yes or no", _yes_no, bool, ("yes", "no"))
AMOUNT = Kind("amount of money, 0 or more, at most 4 decimals", _amount, _plain_amount)
OF_100 = Kind("number, more than 0 and less than 100", _of_100, _plain_number)

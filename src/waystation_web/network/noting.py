"""What is typed into a notice, checked: codes of the book, days that are past, numbers, words; no secret in a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from waystation.network.countries import CODES as COUNTRIES
from waystation.network.days import WEEKDAYS
from waystation.texts import found_in, has_hidden

from .notice import KINDS, Part
from .row import Row

_CODE = re.compile(r"[A-Z0-9][A-Z0-9_-]{0,23}")
LONGEST, MOST = 300, 1_000_000
Codes = Mapping[str, set[str]]   # codes of the book, by sheet


class NotSaid(Exception):
    """What is wrong with a notice, by field: a sentence each."""

    def __init__(self, faults: Mapping[str, Any]) -> None:
        super().__init__("the notice cannot be written like this")
        self.faults = dict(faults)


class _Wrong(Exception):
    pass


def codes_of(standing: Mapping[str, list[Row]]) -> dict[str, set[str]]:
    """The codes that a notice may speak of."""
    return {sheet: {row.cells["code"] for row in standing.get(sheet, [])} for sheet in ("areas", "places", "legs")}


def read(kind: str, typed: Mapping[str, str], codes: Codes) -> dict[str, Any]:
    """The fields of a notice as a payload has them. Raises `NotSaid`, `KeyError` for a kind that is none."""
    faults: dict[str, Any] = {}
    fields: dict[str, Any] = {}
    for part in KINDS[kind]:
        text = typed.get(part.name, "").strip()
        if not text:
            if part.required:
                faults[part.name] = _("This is missing.")
            continue
        try:
            fields[part.name] = _read(part, text, codes)
        except _Wrong as why:
            faults[part.name] = why.args[0]
    if not faults:
        faults |= _together(kind, fields)
    if faults:
        raise NotSaid(faults)
    return fields


def read_head(typed: Mapping[str, str], today: date) -> dict[str, str]:
    """Day, source and grade of a notice. Raises `NotSaid`."""
    faults: dict[str, Any] = {}
    try:
        if date.fromisoformat(typed.get("date", "")) > today:
            faults["date"] = _("This day is not past yet.")
    except ValueError:
        faults["date"] = _("Write a day as YYYY-MM-DD.")
    try:
        source = _code(typed.get("source", "").strip())
    except _Wrong as why:
        source, faults["source"] = "", why.args[0]
    reliability, credibility = typed.get("reliability", ""), typed.get("credibility", "")
    if reliability not in set("ABCDEF") or credibility not in set("123456"):
        faults["reliability"] = _("Grade the source A to F and the report 1 to 6.")
    if faults:
        raise NotSaid(faults)
    return {"date": typed["date"], "source": source, "grade": f"{reliability}{credibility}"}


def reason_read(text: str) -> str:
    """Why a notice is withdrawn. Raises `NotSaid`."""
    try:
        said = _text(text.strip())
    except _Wrong as why:
        raise NotSaid({"reason": why.args[0]}) from None
    if not said:
        raise NotSaid({"reason": _("This is missing.")})
    return said


def _read(part: Part, text: str, codes: Codes) -> Any:
    if part.of in codes:
        if text not in codes[part.of]:
            raise _Wrong(_("The book has no such code."))
        return text
    if part.of == "choice":
        if text not in part.choices:
            raise _Wrong(_("Choose one of the words."))
        return text
    return _READ[part.of](text)


def _number(text: str) -> int:
    try:
        value = int(text)
    except ValueError:
        raise _Wrong(_("Write a whole number.")) from None
    if abs(value) > MOST:
        raise _Wrong(_("Write a smaller number."))
    return value


def _country(text: str) -> str:
    if text not in COUNTRIES:
        raise _Wrong(_("Write a country as two capital letters (ISO 3166)."))
    return text


def _countries(text: str) -> list[str]:
    return [_country(one.strip()) for one in text.split(";")]


def _weekdays(text: str) -> list[str]:
    days = [one.strip() for one in text.split(";")]
    if not set(days) <= set(WEEKDAYS):
        raise _Wrong(_("Write days as mon;tue;wed."))
    return days


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise _Wrong(_("Write a day as YYYY-MM-DD.")) from None


def _code(text: str) -> str:
    if not _CODE.fullmatch(text) or sum(c.isdigit() for c in text) > 8:   # so long a number is somebody's
        raise _Wrong(_("Write a code: capital letters, digits, - and _; never a name or a number."))
    return text


def _text(text: str) -> str:
    if len(text) > LONGEST:
        raise _Wrong(_("Say it in fewer words."))
    if has_hidden(text) or found_in(text):
        raise _Wrong(_("This looks like a number, an address or an exact position. Remove it."))
    return text


_READ: dict[str, Callable[[str], Any]] = {"number": _number, "country": _country, "countries": _countries,
                                          "text": _text, "weekdays": _weekdays, "day": _day, "code": _code}


def _together(kind: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """What only several fields together can be wrong about."""
    if kind == "relation" and fields["one"] == fields["other"]:
        return {"other": _("Name two different states.")}
    if kind == "count" and fields["low"] > fields["high"]:
        return {"high": _("The higher number is below the lower one.")}
    if kind == "count" and fields["half_life_d"] < 1:
        return {"half_life_d": _("Write at least one day.")}
    if any(fields.get(name, 0) < 0 for name in ("low", "km", "capacity", "threshold_cm")):
        return {"note": _("A number is below zero.")}
    return {}

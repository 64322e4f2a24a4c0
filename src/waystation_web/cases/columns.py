"""The columns of a file of cases: what a heading means, how a cell is read, and what is wrong with it, in words.

A cell that is a choice may hold the code or its word in any language of the office; several stand with semicolons.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from waystation.texts import has_hidden, is_error_value, seen

from . import words
from .queries import as_money, gives_away

LINE, LONG, MOST = 200, 4000, 200


class Wrong(Exception):
    """A cell that cannot be taken. The argument is a sentence that says what to do, and nothing from the cell."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__("a cell")
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the headings that mean it, where it goes, and how a cell is read."""

    name: str                        # of the payload's request, or of the case where `own`
    label: str | Promise
    read: Callable[[str], Any]
    own: bool = False


def _line(said: str) -> str:
    if len(said) > LINE:
        raise Wrong(_("Shorten this to 200 characters."))
    if gives_away(said):
        raise Wrong(_("Numbers, addresses and exact places belong to the sealed names. Take them out here."))
    if has_hidden(said):
        raise Wrong(_("There are characters that cannot be seen. Type it anew."))
    return said


def _text(said: str) -> str:
    if len(said) > LONG:
        raise Wrong(_("Shorten this to 4,000 characters."))
    if has_hidden(said.replace("\n", " ").replace("\r", " ").replace("\t", " ")):
        raise Wrong(_("There are characters that cannot be seen. Type it anew."))
    return said


def _number(said: str) -> int:
    plain = seen(said).removesuffix(".0")
    if not plain.isdecimal() or int(plain) > MOST:
        raise Wrong(_("Write a whole number from 0 to 200."))
    return int(plain)


def _weeks(said: str) -> int:
    weeks = _number(said)
    if weeks > 45:
        raise Wrong(_("A pregnancy has 45 weeks at most."))
    return weeks


def _answer(said: str) -> bool:
    return bool(_code("yes_no")(said) == "yes")


def _price(said: str) -> str:
    money = as_money(said)
    if money is None:
        raise Wrong(_("Write an amount and a currency code, for example 1200 USD."))
    return money


def _day(said: str) -> str:
    try:
        day = date.fromisoformat(seen(said)[:10])
    except ValueError:
        raise Wrong(_("Write the day as 2026-03-02.")) from None
    return datetime(day.year, day.month, day.day).isoformat() + "+00:00"


def _code(of: str) -> Callable[[str], str]:
    def read(said: str) -> str:
        found = _meanings(of).get(_plain(said))
        if found is None:
            raise Wrong(_("This is none of the choices. Write one as the form of a call shows it, or its code."))
        return found
    return read


def _codes(of: str) -> Callable[[str], list[str]]:
    def read(said: str) -> list[str]:
        return list(dict.fromkeys(_code(of)(part) for part in said.replace(",", ";").split(";") if part.strip()))
    return read


def _plain(said: str) -> str:
    return " ".join(seen(said).replace("_", " ").replace("-", " ").casefold().split())


@cache
def _meanings(of: str) -> Mapping[str, str]:
    """Codes of a list by every way to write them."""
    found: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            for code, said in reversed(words.choices(of)):
                found[_plain(said)] = code
    for code, _said in words.choices(of):
        found[_plain(code)] = code
    return found


COLUMNS = (
    Column("received_at", _("Received"), _day), Column("channel", _("How they reached us"), _code("channel")),
    Column("requester_kind", _("Who asks"), _code("requester")),
    Column("situation", _("Situation"), _codes("situation")),
    Column("country", _("Country where they are"), _code("country")),
    Column("adm1", _("Province, nothing finer"), _line),
    Column("head_count", _("How many people"), _number), Column("children", _("Children among them"), _number),
    Column("infants", _("Infants up to 2 years"), _number), Column("over_60", _("People over 60"), _number),
    Column("pregnant_weeks", _("Pregnant: which week"), _weeks), Column("needs", _("Needs"), _codes("needs")),
    Column("danger_now", _("Danger"), _code("danger")), Column("goal", _("What they hope for"), _code("goal")),
    Column("goal_country", _("Country of their own choice"), _code("country")),
    Column("broker_involved", _("Is a broker involved?"), _answer),
    Column("fee_quoted", _("Price they were told"), _price),
    Column("story", _("Their story, in their own words"), _text),
    Column("red_flags", _("What makes us careful, and why"), _text), Column("triage", _("What now"), _code("triage")),
    Column("promised", _("What was promised in the first call"), _text),
    Column("wish", _("Their wish, in their own words"), _text, own=True),
    Column("alias", _("What we call them (no real name)"), _line, own=True),
    Column("push_factors", _("What made them leave"), _codes("push"), own=True),
)
BY_NAME = {column.name: column for column in COLUMNS}


@cache
def headings() -> Mapping[str, Column]:
    """Columns by every heading that means them: their names, and their labels in the office's languages."""
    found: dict[str, Column] = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found |= {_plain(str(column.label)): column for column in COLUMNS}
    return found | {_plain(column.name): column for column in COLUMNS}


def column_of(heading: str) -> Column | None:
    """The column that a heading means; None for one that the office does not know."""
    return headings().get(_plain(heading))


def read_cell(column: Column, said: str) -> Any:
    """What a cell says. Raises `Wrong` with what to do about it."""
    if is_error_value(said):
        raise Wrong(_("The spreadsheet shows an error here. Replace it by its value."))
    return column.read(said)

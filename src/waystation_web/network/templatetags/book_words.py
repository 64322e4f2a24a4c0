"""`{{ leg.mode|word }}`, `{% cell value column sheet %}`: the book's own words in the reader's language."""

from __future__ import annotations

from django import template

from waystation_web.network.sheets import NAMES
from waystation_web.network.words import DID, NOTICES, PARTS, column_word, notice_word, value_word

register = template.Library()
register.filter("word", value_word)
register.filter("column", column_word)
register.simple_tag(value_word, name="cell")


register.filter("noted", notice_word)


@register.filter
def notice_kind(kind: str) -> str:
    """What a kind of notice is called."""
    return str(NOTICES.get(kind, kind))


@register.filter
def part(name: str) -> str:
    """What a field of a notice is called."""
    return str(PARTS.get(name, name))


@register.filter
def sheet(name: str) -> str:
    """What a sheet is called."""
    return str(NAMES.get(name, name))


@register.filter
def did(what: str) -> str:
    """What was done to a row."""
    return str(DID.get(what, what))

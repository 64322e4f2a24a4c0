"""`{{ code|case_word:"danger" }}`: a code of a case in the reader's language."""

from __future__ import annotations

from django import template

from waystation_web.cases import words

register = template.Library()


@register.filter
def case_word(code: object, of: str) -> str:
    """A code in words; empty for none."""
    return words.word(of, code)


@register.filter
def in_days(day: object, today: object) -> int:
    """Days from today until a day; negative when it is past."""
    return (day - today).days  # type: ignore[operator,no-any-return]

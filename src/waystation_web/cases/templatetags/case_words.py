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
def told(text: str) -> str:
    """What a line of the timeline says."""
    return words.told(text)


@register.filter
def who(account: bytes, handles: dict[bytes, str]) -> str:
    """The handle of an account, from a page's own table."""
    return handles.get(account, "")


@register.filter
def in_days(day: object, today: object) -> int:
    """Days from today until a day; negative when it is past."""
    return (day - today).days  # type: ignore[operator,no-any-return]


@register.filter
def of(key: object, table: dict[object, object]) -> object:
    """What a table says of a key; the key itself where it says nothing."""
    return table.get(key, key)

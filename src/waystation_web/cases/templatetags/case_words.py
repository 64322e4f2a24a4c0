"""`{{ code|case_word:"danger" }}`: a code of a case in the reader's language."""

from __future__ import annotations

from django import template

from waystation_web.cases import words, words_consent, words_screens

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


@register.filter
def consent_word(code: object) -> str:
    """A purpose, a recipient or a kind of data in words; everybody for none."""
    return words_consent.said(str(code))


@register.filter
def screen_word(code: object) -> str:
    """A screening in words."""
    return words_screens.screen(str(code))


@register.filter
def screen_code(code: object) -> str:
    """An act, a means, a purpose, or what somebody holds, in words."""
    return words_screens.word(str(code))


@register.filter
def step_word(code: object) -> str:
    """A step of a case in words."""
    return words_consent.event(str(code))


@register.filter
def case_stage(code: object) -> str:
    """Where a case stands, in words."""
    return words.word("stage", code) or str(code)

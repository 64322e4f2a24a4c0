"""`{{ type|type_word }}`: what is kept and destroyed, in the reader's language."""

from __future__ import annotations

from django import template

from waystation_web.retention import words

register = template.Library()


@register.filter
def type_word(type_: str) -> str:
    """What a type of record is called."""
    return words.type_word(type_)


@register.filter
def act_word(act: str) -> str:
    """What was done to a hold."""
    return str(words.ACTS.get(act, act))


@register.filter
def why_word(why: str) -> str:
    """Why something was destroyed."""
    return str(words.WHYS.get(why, why))


@register.filter
def who(account: bytes, handles: dict[bytes, str]) -> str:
    """The handle of an account, from a page's own table."""
    return handles.get(account, "?")

"""What screenings and their codes are called; labels of the core, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from waystation.casework import screening as rules

Choices = tuple[tuple[str, Any], ...]
SCREENS = {"trafficking": _("Trafficking: act, means, purpose"), "violence": _("Violence and safety"),
           "suicide": _("Thoughts of dying"), "power": _("Who holds papers, phone, money, children")}


def _choices(codes: Mapping[str, str]) -> Choices:
    return tuple((code, _(words)) for code, words in codes.items())


ACTS, MEANS, PURPOSES, HELD = (_choices(codes) for codes in (rules.ACTS, rules.MEANS, rules.PURPOSES, rules.HELD))


def screen(code: str) -> str:
    """A screening by its name."""
    return str(SCREENS.get(code, code))


def word(code: str) -> str:
    """An act, a means, a purpose, or what somebody holds; an unknown code as it stands."""
    return str({**dict(PURPOSES), **dict(MEANS), **dict(ACTS), **dict(HELD)}.get(code, code))

"""What the codes of consent and the steps of a case are called; labels of the core, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from waystation.casework import consent as rules


def _choices(codes: Any) -> tuple[tuple[str, Any], ...]:
    return tuple((code, _(words)) for code, words in codes.items())


PURPOSES, RECIPIENTS, DATA = _choices(rules.PURPOSES), _choices(rules.RECIPIENTS), _choices(rules.DATA)
STATES = rules.STATES  # recipients that are States
EVENTS = {
    "screen": _("Begin to screen"), "danger": _("Danger now"), "assess": _("Assess"), "hold": _("Hold"),
    "lift": _("Lift the hold"), "queue": _("Put in the queue"), "accept": _("Accept"), "decline": _("Decline"),
    "refer": _("Refer"), "lapse": _("Let it lapse"), "close": _("Close"), "open": _("Open the case"),
    "plan": _("Begin to plan"), "agree": _("They agree to the plan"), "depart": _("They leave"),
    "arrive": _("They arrived"), "settle": _("Settling begins"), "follow": _("Follow up"), "crisis": _("Crisis"),
    "search": _("Search and advocacy"), "resolve": _("The crisis is over"), "withdraw": _("They withdraw"),
    "reopen": _("Reopen"),
}


def event(code: str) -> str:
    """A step by its name."""
    return str(EVENTS.get(code, code))


def said(code: str) -> str:
    """A purpose, a recipient or a kind of data by its name."""
    return str({**dict(PURPOSES), **dict(DATA), **dict(RECIPIENTS), "": _("everybody")}.get(code, code))

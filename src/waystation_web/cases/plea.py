"""The plea for help that a case begins with, as its payload says it. Everything may be unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from . import values

URGENT = ("now", "hours")
TEXTS = ("channel", "requester_kind", "partner", "country", "adm1", "danger_now", "goal", "goal_country",
         "goal_reasons", "reunify_with", "fee_quoted", "story", "red_flags", "promised", "triage", "child_seen")
NUMBERS = ("head_count", "children", "infants", "over_60", "pregnant_weeks")
ANSWERS = ("call_back_safe", "broker_involved", "before_crossing")


@dataclass(frozen=True, slots=True)
class Plea:
    """Codes are those of `waystation.casework.codes`; an empty code, None or an empty text is "not known"."""

    received_at: datetime | None = None
    channel: str = ""
    requester_kind: str = ""
    former_case: bytes = b""                   # of somebody who was helped before and asks for another: their own case
    partner: str = field(default="", repr=False)
    call_back_safe: bool | None = None         # nobody calls back unless it is yes
    situation: tuple[str, ...] = ()
    country: str = ""
    adm1: str = field(default="", repr=False)  # a province, nothing finer
    head_count: int | None = None
    children: int | None = None
    infants: int | None = None
    over_60: int | None = None
    pregnant_weeks: int | None = None
    needs: tuple[str, ...] = ()
    danger_now: str = ""
    goal: str = ""
    goal_country: str = ""
    goal_reasons: str = field(default="", repr=False)
    reunify_with: str = field(default="", repr=False)
    reunify_case: bytes = b""
    broker_involved: bool | None = None
    fee_quoted: str = ""
    story: str = field(default="", repr=False)
    red_flags: str = field(default="", repr=False)
    promised: str = field(default="", repr=False)
    triage: str = ""
    before_crossing: bool | None = None        # this may be the last word before somebody crosses
    child_seen: str = ""                       # a child was seen on the call: what happens with the picture

    @property
    def urgent(self) -> bool:
        """Danger now, or within hours."""
        return self.danger_now in URGENT


def plea_of(said: Mapping[str, Any]) -> Plea:
    """The plea in a payload."""
    read: dict[str, Any] = {name: values.text(said, name) for name in TEXTS}
    read |= {name: values.whole(said, name) for name in NUMBERS}
    read |= {name: values.answer(said, name) for name in ANSWERS}
    return Plea(received_at=values.at(said, "received_at"), former_case=values.account(said, "former_case"),
                reunify_case=values.account(said, "reunify_case"), situation=values.texts(said, "situation"),
                needs=values.texts(said, "needs"), **read)

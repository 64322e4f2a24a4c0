"""The first hours after something happened, by the hour: what must be done, by when, and what a step asks.

The hours count from the first report. Nothing of it is done by the office itself: each line has an owner or is
nobody's, and the page says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from waystation.journeys.status import Broken
from waystation_web.cases import values
from waystation_web.cases.case import case_of
from waystation_web.gateways import clock
from waystation_web.records.record import Record, moment

from .incidents import Incident
from .journey import Journey
from .parted import of_journey
from .told import corrections_owed

STOP_LOSS = ("codes", "next_legs", "payments")
TASKS = (
    ("codes", 1, _("Change words and codes that they knew")),
    ("next_legs", 1, _("Warn whoever waits on the next legs, by the ways agreed")),
    ("payments", 1, _("Stop payments to whoever may be known now")),
    ("embargo", 2, _("Must nothing about them leave the office? Then set an embargo, with a day to look again")),
    ("who", 2, _("Who exactly: the name as they write it, birth or age")),
    ("where", 2, _("When, where, which force, how it is known")),
    ("notice", 4, _("A quiet notice first, that names nobody")),
    ("consent", 6, _("What they signed before they left; else the nearest relative")),
    ("publicity", 6, _("Does naming them help, or kill?")),
    ("draft", 8, _("A draft: facts, what return means, what is asked")),
    ("annexes", 12, _("Annexes: country information, earlier findings")),
    ("send", 24, _("Sent, with what was sent to whom, and the receipts")),
    ("again_24", 24, _("Look again after a day")),
    ("again_48", 48, _("Look again after two days")),
    ("again_72", 72, _("Look again after three days; then every week")),
)
MORE = (  # lines of some incidents only
    ("injuries", 1, _("Look for injuries: whoever jumped, fell or was struck may not feel them yet")),
    ("children", 2, _("Children: who is with them now, and that a State asks who may decide for them")),
    ("watch_over", 1, _("Whether anybody would rather die than be returned: ask, and let nobody be alone")),
)
EVERY = frozenset(name for name, _hours, _said in (*TASKS, *MORE))
HURT = frozenset({"escape", "injury", "violence"})
MAY_BE_RETURNED = frozenset({"capture", "forced_return", "official_deception"})
SAID = {
    "suspect": ("graded",), "confirm": ("another_source",),
    "appeal": ("instruction_read", "publicity", "consent"), "pay": ("proof_asked", "legal_note"),
    "other": ("proof_asked", "legal_note"), "free": ("everybody_told",), "move": ("everybody_told",),
    "return": ("everybody_told",), "lose": ("everybody_told",), "die": ("everybody_told",), "review": ("care",),
    "close": ("blames_nobody",),
}


def due(began: datetime, name: str) -> datetime:
    """By when a line must be done."""
    return began + timedelta(hours=next(hours for code, hours, _words in (*TASKS, *MORE) if code == name))


def tasks(incident: Incident) -> tuple[tuple[str, Any], ...]:
    """The lines of an incident with their words: those of every one, and its own."""
    own = values.texts(incident.record.body, "more")
    return tuple((name, said_) for name, _hours, said_ in (*TASKS, *(one for one in MORE if one[0] in own)))


def more_lines(kind: str, case: Record | None, journey: Journey) -> dict[str, Any]:
    """The lines of its own that a new incident gets, and whether somebody had said that they would rather die.

    Nobody who may not read the case is kept from a line: what is not known is asked.
    """
    people = of_journey(case_of(case), journey).people if case else ()
    feared = any("NK-SI" in one.needs for one in people)
    children = not people or any(one.child_on(clock.today()) is not False for one in people)
    more = [name for name, there in (("injuries", kind in HURT), ("children", children),
                                     ("watch_over", feared or kind in MAY_BE_RETURNED)) if there]
    return {"more": more, "feared": feared}


def lines(incident: Incident) -> dict[str, Mapping[str, Any]]:
    """What is written down of each line."""
    kept = {values.text(one, "name"): one for one in values.items(incident.record.body, "tasks")}
    return {name: kept.get(name, {}) for name in EVERY}


def grounds(incident: Incident, typed: Mapping[str, Any], *, event: str, reason: str, second: bool) -> Broken:
    """The facts for a step: what is written down, and what whoever makes it says."""
    written, demand = lines(incident), values.part(incident.record.body, "demand")
    said = {name: bool(typed.get(name)) for name in SAID.get(event, ())}
    if said.get("everybody_told"):  # whoever was told something wrong hears what is right before anything else
        said["everybody_told"] = not corrections_owed(incident)
    hours = (clock.now() - moment(demand["at"])).total_seconds() / 3600 if demand else 0.0
    return Broken(reason=reason, second=second, held_h=hours, decided=bool(typed.get("decided")),
                  may_leave=bool(typed.get("may_leave")),
                  stop_loss=all(written[name].get("owner") for name in STOP_LOSS), **said)

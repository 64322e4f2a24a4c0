"""What a shift leaves to the next, gathered from what its person may read: clocks, promises, decisions that wait.

Plain lines for the form of a hand-over: whoever hands over strikes out, adds, and reads it aloud. Everybody who works
here reads hand-overs, so a line is a code and a day: what was promised stands in the case, for whoever holds it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext

from waystation_web.cases.queries import cases
from waystation_web.cases.words import word as case_word
from waystation_web.duty.pages import Roster, roster
from waystation_web.gateways.database import writing
from waystation_web.vault.actor import Actor

from .today import PEOPLE, Today, today

MOST = 40  # lines of one sort: more is not read aloud by anybody


@dataclass(frozen=True, slots=True)
class Draft:
    """Text for the three fields of a hand-over, one line each, and the roster with the people to choose from."""

    open: str = field(repr=False)
    promised: str = field(repr=False)
    deferred: str = field(repr=False)
    roster: Roster = field(repr=False)


def draft(actor: Actor) -> Draft:
    """What is open for this person now. Every list is a line of the record of acts."""
    now, page = today(actor), roster(actor)
    return Draft(_text(_open(now)), _text(_promised(actor)), _text(_deferred(now)), page)


def _open(now: Today) -> list[str]:
    rows = (*now.road.clocks, *now.road.custody, *now.road.closing)
    runs = gettext("a clock runs on the board")  # which one is for whoever may look there
    clocks = [f"{ref}: {runs}" for ref in dict.fromkeys(row.ref for row in rows)]
    danger = [f"{row.ref}: {gettext('danger now') if row.danger == 'now' else gettext('danger within hours')}"
              for row in now.danger]
    due = [f"{row.ref}: {case_word('due', row.due_kind)}, {row.due:%Y-%m-%d}" for row in now.due if row.due is not None]
    return clocks + danger + due


def _promised(actor: Actor) -> list[str]:
    if not actor.roles & PEOPLE:
        return []
    with writing():
        held = cases(actor, refused=[])
    open_ = [(one.due, case.ref) for case in held for one in case.promises if one.kept is None]
    first = sorted(open_, key=lambda one: (one[0] is None, str(one[0]), one[1]))
    said = gettext("a promise is open")
    return [f"{ref}: {said}" + (f", {due:%Y-%m-%d}" if due else "") for due, ref in first]


def _deferred(now: Today) -> list[str]:
    said = [(one.name.rpartition("·")[2].strip(), gettext("a decision waits for a second signature"))
            for one in now.sign]
    said += [(one.case or gettext("without a case"), gettext("a payment waits for a second signature"))
             for one in now.payments]
    return [f"{case}: {what}" for case, what in said]


def _text(lines: list[str]) -> str:
    more = len(lines) - MOST
    return "\n".join(lines[:MOST] + ([gettext("And %(n)s more") % {"n": more}] if more > 0 else []))

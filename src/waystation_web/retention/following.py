"""Records of names go with their case: their keys are often with others than whoever declined it.

A record's day stands inside what is sealed: only somebody who holds it can write it there. Whoever looks at what goes
soon is told, and brings theirs up to their case's day; what is left of a case that is gone goes after one more notice.
"""

from __future__ import annotations

from datetime import date

from waystation.access import Kind
from waystation.casework.retention import NOTICE
from waystation_web.cases import values
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.look import look
from waystation_web.records.record import Record
from waystation_web.vault import retention as rows
from waystation_web.vault.actor import Actor


def behind(actor: Actor) -> list[tuple[Record, date]]:
    """Records of names that this person may write and that should have a day, each with it. Runs before `writing()`."""
    if not kept.may_write(actor, "person"):
        return []
    found = look(actor, Kind.PEOPLE, ("case", "person"))
    days = {one.id: one.opened.retain_until for one in found.of("case")}
    late = []
    for one in found.of("person"):
        case = values.account(one.body, "case")
        if one.opened.retain_until is not None or not case:
            continue
        if (day := days.get(case)) is not None:
            late.append((one, day))
        elif not rows.is_there(case):
            late.append((one, clock.today() + NOTICE + NOTICE / 2))  # its Monday is a notice away, at least
    return late


def follow(actor: Actor) -> int:
    """Give them their days. Returns how many."""
    late = behind(actor)
    with writing():
        for one, day in late:
            records.keep_until(actor, one, day, reason="with its case")
    return len(late)

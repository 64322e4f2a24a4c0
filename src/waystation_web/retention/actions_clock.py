"""Saying which day it is, where the office cannot know whether its clock is right: by one of two offices, recorded."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_noop

from waystation.access import WHY, Role
from waystation.casework.reckoning import agrees
from waystation_web.audit import reckoning
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted

SAY = frozenset({Role.SECURITY_OFFICER, Role.ORGANISATION_HEAD})
WHYS = ("off", "set", "other")
OFFICE = gettext_noop("The head of the organisation or a security officer says which day it is.")
OTHER_DAY = gettext_noop("This computer says another day. If yours is right, its clock is wrong: have it set right "
                         "first, then say it again.")


def say_day(actor: Actor, *, day: date, why: str) -> None:
    """Somebody says that it is this day, as the computer does: from here on its clock is believed.

    Raises `NotPermitted` (`step_up`; `clock_day` where the computer says another one).
    """
    if not actor.roles & SAY:
        raise NotPermitted("clock_office", OFFICE)
    if not actor.stepped_up(clock.now()):
        raise NotPermitted("step_up", WHY["step_up"], step_up=True)
    if not agrees(day, clock.today()):
        raise NotPermitted("clock_day", OTHER_DAY)
    was = reckoning.believed()
    with writing():
        record(actor, Event.DAY_SAID, reason=f"{why}; believed until {was:%Y-%m-%d}" if was else why)
        transaction.on_commit(reckoning.begin)  # what is not in the record was not said

"""Putting off the day of one record, for a reason: by whoever may write it, for three months at most."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext_noop

from waystation_web.cases import values
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted

from . import queries

LONGEST = timedelta(days=90)
PUT_OFF = gettext_noop("One person puts a day off by three months at most. For longer, ask for a hold: two sign it.")


def keep(actor: Actor, record_id: bytes, *, day: date, reason: str) -> None:
    """Give a record another day. Raises `NotPermitted` for a day that is past or too far, `NoSuchVault`, `Refused`."""
    today = clock.today()
    if not today < day <= today + LONGEST:
        raise NotPermitted("put_off", PUT_OFF, vault=record_id)
    with writing():
        held = queries.one(actor, record_id)
        records.keep_until(actor, held, day, reason=reason)
        for name in ("plan", "decision") if held.type == "journey" else ():  # a journey is read with what it rests on
            other = kept.maybe(actor, values.account(held.body, name), name)
            if other is not None and (other.opened.retain_until or date.max) < day:
                records.keep_until(actor, other, day, reason=reason)

"""What time does by itself while an office is open.

The key of a day that is over is forgotten, grants end, what is past its day of deletion is destroyed, uploads that were
broken off go. It needs nobody's keys, and not the host key.

A grant past its end is refused in any case; here its row goes, and its vault is marked for a new key.

None of it happens on a day that is in doubt (`audit.reckoning`): what a wrong clock destroys does not come back.
"""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import date

MINUTE = 60


class InDoubt(Exception):
    """The date may not be believed, so nothing was ended or destroyed."""


class Housekeeping:
    """Done by the supervisor, between two looks at its workers."""

    def __init__(self) -> None:
        self.next, self.day = 0.0, date.min

    def look(self) -> str:
        """Do what is due; the class of an error, to be tried again in a minute, or nothing."""
        if time.monotonic() < self.next:
            return ""
        self.next = time.monotonic() + MINUTE
        try:
            self._due()
        except Exception as reason:  # noqa: BLE001  (a busy disk, a pulled medium: the office stays open)
            return type(reason).__name__
        return ""

    def _due(self) -> None:
        from django.db import connections

        from waystation_web.audit import days, reckoning
        from waystation_web.gateways import clock
        from waystation_web.vault.files import empty_log
        today = clock.today()
        try:
            days.forget_old()
            empty_log()  # what was shredded while somebody was reading lies there still
            if today == self.day:
                reckoning.look()  # each minute: how long the computer ran is known only from the last look on
                return
            with suppress(InDoubt):  # whoever comes in reads of it; once somebody has said the day, all of it is done
                done_for(today)
                self.day = today
        finally:
            connections.close_all()


def done_for(today: date) -> tuple[int, int]:
    """What is due on a day: of how many records somebody's reading ended, and how many were destroyed.

    One transaction: what was not recorded did not happen. Raises `InDoubt`, and nothing was done.
    """
    from waystation_web.audit import reckoning
    from waystation_web.audit.actions import end_expired, shred_due
    from waystation_web.evidence.lists import make_due
    from waystation_web.gateways.database import writing
    from waystation_web.vault.files import sweep
    if (why := reckoning.look()) is not None:
        raise InDoubt(why)
    with writing():
        done = end_expired(today), shred_due(today)
        make_due(today)  # the list of the week, also in a week in which nothing came
    sweep()
    return done

"""Whether this house may take new people in: told to everybody who works here, so that whoever answers a call knows.

    body = {"sort": "in_use", "manifest": {what two people signed}, "approval": {...},
            "review": day by which the assessment is looked at again, "drift": day since when it does not fit, or none,
            "restore": day of the last restore that went well, "recovery": the same of a recovery with the sheets}

In a demonstration everybody is invented and nothing is asked. After it the two signatures count, not the line in
`office.toml`: whoever writes that line alone has an office that takes nobody in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_noop

from waystation.access import Kind
from waystation_web.gateways import clock, demonstrating
from waystation_web.records import queries as kept
from waystation_web.records.record import Record
from waystation_web.vault import approvals
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted, Refused
from waystation_web.vault.queries import lacks

TYPE, SORT = "setting", "in_use"
GRACE = timedelta(days=30)   # for an assessment that no longer fits
YEAR = timedelta(days=365)   # without a drill that went well
CANNOT_KNOW = gettext_noop("You cannot read yet what this house has set for everybody. Ask a colleague to let you, "
                           "on the page Duty.")
WHY = {
    "unsigned": gettext_noop("Nobody new is taken in: two people have not signed that this office is ready for real "
                             "people. Tell the security officer."),
    "stale": gettext_noop("Nobody new is taken in: the assessment of what could go wrong has not fitted this office "
                          "for more than 30 days. Work on cases that are open goes on. Tell the security officer."),
    "restore": gettext_noop("Nobody new is taken in: for a year nobody has proved that a backup can be restored. Work "
                            "on cases that are open goes on. Tell the security officer."),
    "recovery": gettext_noop("Nobody new is taken in: for a year nobody has proved that the sheets open the records. "
                             "Work on cases that are open goes on. Tell the security officer."),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How this house stands since two signed that it takes real people in."""

    review: date
    drift: date | None
    restore: date
    recovery: date

    @property
    def stale_since(self) -> date:
        """The day from which the assessment does not fit; in the future while it does."""
        return min(self.review, self.drift or self.review)


def why_not(standing: Standing | None, today: date) -> str:
    """Why nobody new is taken in: a key of `WHY`, or "" if they are.

    >>> day = date(2026, 3, 2)
    >>> fine = Standing(day, None, day, day)
    >>> why_not(fine, day + GRACE), why_not(fine, day + GRACE + timedelta(days=1)), why_not(None, day)
    ('', 'stale', 'unsigned')
    """
    if standing is None:
        return "unsigned"
    if today - standing.stale_since > GRACE:
        return "stale"
    late = [name for name in ("restore", "recovery") if today - getattr(standing, name) > YEAR]
    return late[0] if late else ""


def held(actor: Actor) -> Record | None:
    """The record that two signed and that was carried out; None if there is none that this person can read.

    Inside the caller's `writing()`. Raises `Refused` if a signature under it does not hold.
    """
    found = [one for one in kept.every(actor, TYPE, looked=False)
             if one.body.get("sort") == SORT and "used_at" in one.body.get("approval", {})]
    if not found:
        return None
    last = max(found, key=lambda one: (one.made.at, one.id))
    approvals.checked(last.id, last.body["approval"], last.body["manifest"])
    return last


def standing_of(record: Record) -> Standing:
    """How the house stands, as the record says. Raises `Refused("payload")`."""
    try:
        body = record.body
        drift = body.get("drift")
        return Standing(date.fromisoformat(body["review"]), date.fromisoformat(drift) if drift else None,
                        date.fromisoformat(body["restore"]), date.fromisoformat(body["recovery"]))
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason


def may_take_in(actor: Actor) -> None:
    """Whether this person may begin a case now, inside the caller's `writing()`. Raises `NotPermitted`, `Refused`."""
    if demonstrating.is_demonstration():
        return
    found = held(actor)
    if found is None and lacks(actor, Kind.HOUSE):
        raise NotPermitted("house", CANNOT_KNOW)
    if why := why_not(standing_of(found) if found else None, clock.today()):
        raise NotPermitted("H-44", WHY[why])

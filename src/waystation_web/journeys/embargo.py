"""That nothing about the case of an incident leaves the office: as its record says it, and as its page shows it.

    body["embargo"] = {"state": "stands" | "lifted", "at", "by", "reason", "review": a day,
                       "lifted": {"at", "by": [two accounts], "reason"}}
    body["lifting"] = {"since", "review", "reason", "approval"}     one has signed that it ends
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from waystation.casework.embargo import EMBARGO, LIFTED, REVIEW_WITHIN, due
from waystation_web.cases import values
from waystation_web.duty import embargoed
from waystation_web.gateways import clock
from waystation_web.records.queries import Colleague
from waystation_web.records.record import moment, said
from waystation_web.vault.actor import Actor

from .offices import of_the_other

if TYPE_CHECKING:
    from .incidents import Incident


@dataclass(frozen=True, slots=True)
class Embargo:
    """One embargo. `review` is a day to look at it again: it holds until two people lift it."""

    state: str
    at: datetime
    by: bytes
    reason: str = field(repr=False)
    review: date
    lifted_at: datetime | None
    lifted_by: tuple[bytes, ...]

    @property
    def stands(self) -> bool:
        """Whether nothing leaves now; whatever is not known to be lifted stands."""
        return self.state != LIFTED

    @property
    def due(self) -> bool:
        """Whether it is to be looked at again today."""
        return self.stands and due(self.review, clock.today())


@dataclass(frozen=True, slots=True)
class Lifting:
    """What the page of an incident says of how its embargo ends."""

    waits: bool
    own: bool                           # this person has signed it, and another one must
    reason: str = field(repr=False)
    others: tuple[Colleague, ...]
    may_begin: bool
    may_sign: bool
    by: str = ""                        # who set it
    lifted_by: tuple[str, ...] = ()


def embargo_in(body: Mapping[str, Any]) -> Embargo | None:
    """The embargo in the body of an incident, or None. Raises `KeyError`, `TypeError`, `ValueError`."""
    told = body.get("embargo")
    if told is None:
        return None
    lifted = values.part(told, "lifted")
    return Embargo(str(told["state"]), moment(told["at"]), bytes.fromhex(told["by"]), str(told["reason"]),
                   date.fromisoformat(told["review"]), moment(lifted["at"]) if lifted else None,
                   tuple(map(bytes.fromhex, lifted["by"])) if lifted else ())


def stands_over(incident: Incident) -> bool:
    """Whether this incident holds its case back."""
    return incident.embargo is not None and incident.embargo.stands


def embargo_said(incident: Incident) -> str:
    """What a list says beside an incident; empty where nothing is held back."""
    there = incident.embargo
    if there is None or not there.stands:
        return ""
    return gettext("embargo: look at it again") if there.due else gettext("embargo")


def may_leave(actor: Actor, incident: Incident) -> bool:
    """Whether something about its case may leave, by every embargo there is, inside the caller's `writing()`."""
    return not embargoed.standing(actor).on(*names(incident))


def names(incident: Incident) -> tuple[str, str]:
    """What its case is called, in lists and in records."""
    return incident.case_ref, incident.case.hex()


def waiting_lift(incident: Incident) -> Mapping[str, Any]:
    """What one has signed and another still may; empty if there is none, or if the embargo was changed since."""
    asked, there = values.part(incident.record.body, "lifting"), incident.embargo
    until = values.at(values.part(asked, "approval"), "until")
    same = there is not None and (asked.get("since"), asked.get("review")) == (said(there.at), there.review.isoformat())
    return asked if same and until is not None and clock.now() <= until else {}


def lifting(actor: Actor, incident: Incident, known: Mapping[bytes, str], *, may_write: bool) -> Lifting | None:
    """How it ends, for its page; None while there never was one."""
    there = incident.embargo
    if there is None:
        return None
    asked, move = waiting_lift(incident), EMBARGO["stands", "lift"]
    own = values.account(values.part(asked, "approval"), "asked_by") == actor.id
    there_is = there.stands and bool(actor.roles & move.who)
    return Lifting(bool(asked), own, values.text(asked, "reason"), tuple(of_the_other(actor, move.offices)),
                   there_is and may_write and not asked, there_is and bool(asked) and not own, known.get(there.by, ""),
                   tuple(known.get(one, "") for one in there.lifted_by))


__all__ = ["REVIEW_WITHIN", "Embargo", "Lifting", "embargo_in", "embargo_said", "lifting", "may_leave", "names",
           "stands_over", "waiting_lift"]

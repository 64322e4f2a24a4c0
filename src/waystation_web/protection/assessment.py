"""A data-protection impact assessment: what people answered, the office that they answered for, who signed.

    body = {"answers": {name: text}, "review": day, "configuration": {name: value}, "approval": {...}}

It asks for what the law of the European Union (regulation 2016/679, article 35) and the handbook of the Red Cross on
data protection in humanitarian action ask for; the questions are in our own words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from waystation_web.records.record import OfRecord, Record
from waystation_web.vault import approvals
from waystation_web.vault.errors import NotPermitted, Refused

from .configuration import digest

TYPE = "assessment"
QUESTIONS = ("purposes", "necessity", "harms", "measures", "remains", "heard", "advice")


class State(StrEnum):
    """How far an assessment is."""

    DRAFT = "draft"
    ASKED = "asked"      # one signature
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class Assessment(OfRecord):
    """One assessment, as its readers see it."""

    revision: int
    answers: dict[str, str] = field(repr=False)
    review: date
    configuration: dict[str, str]
    state: State
    signed_on: date | None
    signers: tuple[bytes, ...]


def assessment_of(held: Record) -> Assessment:
    """The assessment in a record, its signatures checked. Raises `Refused`."""
    body, block = held.body, held.body.get("approval", {})
    try:
        state, signed = State.DRAFT, None
        if block:
            state = State.ASKED
        if "used_at" in block:
            approval = approvals.checked(held.id, block, manifest(body))
            state, signed = State.SIGNED, approval.approved_at.date()
        signers = tuple(bytes.fromhex(block[name]) for name in ("asked_by", "approved_by") if name in block)
        return Assessment(held, held.revision, {name: str(body["answers"].get(name, "")) for name in QUESTIONS},
                          date.fromisoformat(body["review"]), {str(name): str(value) for name, value in
                                                               body["configuration"].items()},
                          state, signed, signers)
    except (AttributeError, KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason
    except NotPermitted as reason:  # it was changed after two had signed it, which nobody can do here
        raise Refused("approval") from reason


def manifest(body: dict[str, Any]) -> dict[str, Any]:
    """What two people sign: every answer, the day of the next look, and the office that they looked at."""
    return {"what": "assessment", "answers": body["answers"], "review": body["review"],
            "configuration": digest(body["configuration"])}


def newest(found: list[Assessment]) -> Assessment | None:
    """The one that counts: signed last. None if none was signed."""
    signed = [one for one in found if one.state is State.SIGNED]
    return max(signed, key=lambda one: (one.record.body["approval"].get("approved_at", ""), one.id), default=None)

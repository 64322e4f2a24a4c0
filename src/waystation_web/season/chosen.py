"""A choice of missions as its payload says it: what was asked, what the solver answered, what two people made of it.

The digest covers question and answer; what is signed covers the digest and every word of the choice. Whatever changes
in the record afterwards, the signatures fail.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from waystation_web.records.record import OfRecord, Record, moment
from waystation_web.vault import approvals
from waystation_web.vault.errors import NotPermitted, Refused

COMPUTED, ASKED, DECIDED, NOT_SIGNED = "computed", "asked", "decided", "not_signed"
MOVE, WAIT, CANNOT = "move", "wait", "cannot"
WHAT = (MOVE, WAIT, CANNOT)
ASKED_ABOUT = ("title", "made_at", "first_week", "weeks", "currency", "month", "caps", "names", "left", "answer")
SIGNED = ("digest", "chosen", "decided", "knew")


@dataclass(frozen=True, slots=True)
class Said:
    """What is to become of one mission, in somebody's own words. `way` is the code of a plan where it moves."""

    mission: str
    what: str
    way: str
    reason: str = field(repr=False)

    def as_body(self) -> dict[str, str]:
        """For the record."""
        return {"mission": self.mission, "what": self.what, "way": self.way, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Season(OfRecord):
    """One question with its answer, and what became of it."""

    title: str
    made: datetime
    first: date
    weeks: int
    currency: str
    month: Mapping[str, Any] = field(repr=False)
    caps: Mapping[str, Any] = field(repr=False)
    names: Mapping[str, str] = field(repr=False)
    left: tuple[tuple[str, str], ...]
    answer: Mapping[str, Any] = field(repr=False)
    digest: str
    said: tuple[Said, ...] = field(repr=False)
    decided: Mapping[str, Any] = field(repr=False)
    asked_by: bytes | None
    asked_at: datetime | None
    until: datetime | None
    signed_by: bytes | None
    signed_at: datetime | None
    declined_by: bytes | None
    declined_why: str = field(repr=False)

    @property
    def status(self) -> str:
        """computed, asked, decided or not_signed."""
        if self.declined_by is not None:
            return NOT_SIGNED
        if self.signed_by is not None:
            return DECIDED
        return ASKED if self.asked_by is not None else COMPUTED

    @property
    def moved(self) -> tuple[tuple[str, str], ...]:
        """Missions that are to move, each with its way."""
        return tuple((one.mission, one.way) for one in self.said if one.what == MOVE)


def digest_of(body: Mapping[str, Any]) -> str:
    """Of question and answer together, as hex."""
    return approvals.digest_of({name: body.get(name) for name in ASKED_ABOUT}).hex()


def manifest(body: Mapping[str, Any]) -> dict[str, Any]:
    """What is signed: made anew from the record whenever a signature counts."""
    return {name: body.get(name) for name in SIGNED} | {"digest": digest_of(body)}


def season_of(held: Record) -> Season:
    """The choice in a record, its digest and signatures checked. Raises `Refused` if a word of it changed."""
    body = held.body
    try:
        if digest_of(body) != body["digest"]:
            raise Refused("payload")
        block = body.get("approval")
        two = block is not None and "approved_by" in block
        if two:
            approvals.checked(held.id, block, manifest(body))
        elif block is not None and approvals.digest_of(manifest(body)).hex() != block["digest"]:
            raise Refused("approval")
        return Season(
            held, str(body["title"]), moment(body["made_at"]), date.fromisoformat(body["first_week"]),
            int(body["weeks"]), str(body["currency"]), dict(body["month"]), dict(body["caps"]), dict(body["names"]),
            tuple((str(one["case"]), str(one["why"])) for one in body["left"]), dict(body["answer"]),
            str(body["digest"]),
            tuple(Said(str(one["mission"]), str(one["what"]), str(one["way"]), str(one["reason"]))
                  for one in body.get("chosen", ())), dict(body.get("decided", {})),
            bytes.fromhex(block["asked_by"]) if block else None, moment(block["asked_at"]) if block else None,
            moment(block["until"]) if block else None, bytes.fromhex(block["approved_by"]) if two else None,
            moment(block["approved_at"]) if two else None,
            bytes.fromhex(body["declined_by"]) if body.get("declined_by") else None, str(body.get("declined_why", "")))
    except NotPermitted as reason:
        raise Refused("approval") from reason
    except (AttributeError, KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason

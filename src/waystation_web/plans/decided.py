"""A decision as its payload says it: for whom it is, what two people signed, what they knew, and who disagreed.

What was signed (`manifest`) covers every word of it but later dissent and the mark that a newer decision stands in its
place, so nothing of a decision can be changed afterwards without the signatures failing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from waystation.planning.decision import Chosen
from waystation_web.records.record import OfRecord, Record, moment
from waystation_web.vault import approvals
from waystation_web.vault.errors import NotPermitted, Refused

SIGNED = ("plan", "case", "case_ref", "question", "chosen", "reasons", "change_of_mind", "alternatives", "abort_rule",
          "look_again", "biases", "stake", "knew", "digest_seen")
ASKED, DECIDED, NOT_SIGNED, SUPERSEDED = "asked", "decided", "not_signed", "superseded"


@dataclass(frozen=True, slots=True)
class Dissent:
    """Somebody who sees it otherwise; kept beside the decision for good."""

    by: bytes
    at: datetime
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Decision(OfRecord):
    """One decision. `knew` is what stood before the first signer: headline, age of inputs, warnings."""

    plan: bytes
    case: bytes
    case_ref: str
    question: str = field(repr=False)
    chosen: Chosen
    reasons: str = field(repr=False)
    change_of_mind: str = field(repr=False)
    alternatives: str = field(repr=False)
    abort_rule: str = field(repr=False)
    look_again: date | None
    biases: tuple[tuple[str, bool], ...]
    stake: str = field(repr=False)
    knew: Mapping[str, Any] = field(repr=False)
    digest_seen: str
    people: tuple[str, ...]        # whom the plan takes, by their ids in the case; empty: everybody of it
    asked_by: bytes
    asked_at: datetime
    until: datetime
    signed_by: bytes | None
    signed_at: datetime | None
    declined_by: bytes | None
    dissent: tuple[Dissent, ...]
    superseded_by: bytes | None

    @property
    def status(self) -> str:
        """asked, decided, not_signed or superseded."""
        if self.superseded_by is not None:
            return SUPERSEDED
        if self.declined_by is not None:
            return NOT_SIGNED
        return DECIDED if self.signed_by is not None else ASKED


def manifest(body: Mapping[str, Any]) -> dict[str, Any]:
    """What is signed: made anew from the record whenever a signature counts. For whom, since decisions say it."""
    return {name: body.get(name) for name in SIGNED} | ({"people": body["people"]} if "people" in body else {})


def people_of(body: Mapping[str, Any]) -> tuple[str, ...]:
    """For whom a plan or a decision is, by their ids in the case; empty: everybody of it."""
    return tuple(str(one) for one in body.get("people") or ())


def decision_of(record: Record) -> Decision:
    """The decision in a record, its signatures checked. Raises `Refused` if one does not hold or a word changed."""
    body = record.body
    try:
        block = body["approval"]
        two = "approved_by" in block
        if two:
            approvals.checked(record.id, block, manifest(body))
        elif approvals.digest_of(manifest(body)).hex() != block["digest"]:
            raise Refused("approval")
        return Decision(
            record, bytes.fromhex(body["plan"]), bytes.fromhex(body["case"]), str(body["case_ref"]),
            str(body["question"]), Chosen(body["chosen"]), str(body["reasons"]), str(body["change_of_mind"]),
            str(body["alternatives"]), str(body["abort_rule"]),
            date.fromisoformat(body["look_again"]) if body["look_again"] else None,
            tuple((str(name), bool(said)) for name, said in body["biases"].items()), str(body["stake"]),
            dict(body["knew"]), str(body["digest_seen"]), people_of(body),
            bytes.fromhex(block["asked_by"]), moment(block["asked_at"]),
            moment(block["until"]), bytes.fromhex(block["approved_by"]) if two else None,
            moment(block["approved_at"]) if two else None,
            bytes.fromhex(body["declined_by"]) if body.get("declined_by") else None,
            tuple(Dissent(bytes.fromhex(one["by"]), moment(one["at"]), str(one["text"]))
                  for one in body.get("dissent", ())),
            bytes.fromhex(body["superseded_by"]) if body.get("superseded_by") else None)
    except NotPermitted as reason:
        raise Refused("approval") from reason
    except (KeyError, TypeError, ValueError, AttributeError) as reason:
        raise Refused("payload") from reason

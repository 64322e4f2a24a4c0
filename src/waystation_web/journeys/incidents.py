"""An incident as its sealed record says it, and how one begins.

    body = {"kind", "silent", "journey", "case", "case_ref", "part", "status", "began", "province", "force",
            "moved_by": a mode, "restraint": [codes], "how_known", "source", "credibility",
            "proposals": [{"code", "distance", "through", "by",
            "state": "proposed" | "frozen" | "let go"}],
            "tasks": [{"name", "owner", "done_at", "done_by"}], "log": [{"kind", "text"}], "embargo": see `embargo`}

A silent one is shown to nobody but the person on duty, on their own screen, after they confirmed who they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from waystation_web.gateways import clock
from waystation_web.records import actions as records
from waystation_web.records.record import OfRecord, Record, moment, said
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import Refused

from .embargo import Embargo, embargo_in
from .journey import Journey

DURESS = "duress"
KINDS = ("capture", "forced_return", "trafficking", "violence", "injury", "death", "betrayal", "escape",
         "official_deception", "missing", DURESS)
OVER = frozenset({"false alarm", "closed"})


@dataclass(frozen=True, slots=True)
class Logged:
    """A line of what was done."""

    kind: str
    text: str = field(repr=False)
    by: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Incident(OfRecord):
    """One incident, opened for one request."""

    kind: str
    silent: bool
    journey: bytes
    case: bytes
    case_ref: str
    status: str
    began: datetime
    log: tuple[Logged, ...] = field(repr=False)
    part: str                          # of a party that was divided: to which part it happened
    embargo: Embargo | None

    @property
    def name(self) -> str:
        """Whom it is about, as pages call them."""
        return f"{self.case_ref} · {self.part}" if self.part else self.case_ref

    @property
    def over(self) -> bool:
        """Nothing is to be done in it."""
        return self.status in OVER

    @property
    def waits(self) -> bool:
        """Whether somebody must look at it: it is not over, or its embargo is to be looked at again."""
        return not self.over or (self.embargo is not None and self.embargo.due)

    @property
    def open_silently(self) -> bool:
        """Whether it is nobody's to see but the duty person's."""
        return self.silent and not self.over


def incident_of(held: Record) -> Incident:
    """The incident in a record. Raises `Refused("payload")`."""
    body = held.body
    try:
        return Incident(held, str(body["kind"]), body.get("silent") is True, bytes.fromhex(body["journey"]),
                        bytes.fromhex(body["case"]), str(body["case_ref"]), str(body["status"]), moment(body["began"]),
                        tuple(Logged(str(one["kind"]), str(one["text"]), bytes.fromhex(one["by"]), moment(one["at"]))
                              for one in body.get("log", ())), str(body.get("part") or ""), embargo_in(body))
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason


def begin_silent(actor: Actor, journey: Journey) -> bytes:
    """The other word was spoken: an incident that no shared screen shows; its id. Inside the caller's `writing()`."""
    return _made(actor, journey, {"kind": DURESS, "silent": True, "status": "reported"}).id


def _made(actor: Actor, journey: Journey, fields: Mapping[str, Any], holders: Iterable[bytes] = ()) -> Record:
    now = said(clock.now())
    return records.make(actor, "incident", {
        "journey": journey.key, "case": journey.case.hex(), "case_ref": journey.case_ref, "part": journey.part,
        "began": now,
        "log": [{"by": actor.id.hex(), "at": now, "kind": "report", "text": str(fields.get("how_known", ""))}],
        **fields}, holders=holders)


def made_for(actor: Actor, journey: Journey, fields: Mapping[str, Any], holders: Iterable[bytes]) -> Record:
    """An incident that everybody who holds it sees. Inside the caller's `writing()`."""
    return _made(actor, journey, {"silent": False, **fields}, holders)

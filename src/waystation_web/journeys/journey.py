r"""A journey as its sealed record says it: who is on the way by the case's code, over which legs, and what was heard.

    body = {"case", "case_ref", "plan", "decision", "size", "goals", "status", "at",
            "legs":     [{"leg", "start", "end", "guide", "started", "due": [4 times], "arrived", "itself",
                          "condition", "code", "ended", "heard", "size", "carried", "chance"}],
            "releases": [{"leg", "start", "end", "to", "channel", "until", "text"}],
            "checkins": [{"source", "present", "condition", "word", "text", "leg"}],
            "log":      [{"kind", "text"}], "rest_due": [4 times], "held": {"by", "at"}, "words": {"well", "other"},
            "ahead": what of the plan is at hand (`ahead`),
            "people": [ids in the case; none: everybody of it], "parts": [ids], "whole": id, "part": "1"}

A party that was divided is a whole and its parts, each a journey of its own. A part brings the legs with it that were
begun before ("carried"), and the whole those of the parts that came together again: each leg has one outcome, where it
was begun.

People have no names here. A check-in under duress is kept as any other one is: what it was stands in its incident.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from waystation.journeys.silence import Level
from waystation.journeys.status import ON_THE_ROAD, OVER
from waystation_web.cases import values
from waystation_web.records.record import OfRecord, Record, moment
from waystation_web.vault.errors import Refused


@dataclass(frozen=True, slots=True)
class Went:
    """One leg that was begun. `code` is empty while nobody knows how it ended."""

    leg: str
    start: str
    end: str
    guide: str = field(repr=False)
    started: datetime
    due: tuple[datetime, ...]
    arrived: int                       # earlier arrivals that its hours rest on
    itself: bool                       # whether they are enough to speak for themselves
    condition: str
    code: str
    ended: datetime | None
    heard: datetime | None
    size: int | None                   # how many began it; None where nobody wrote it down
    carried: bool                      # begun in another journey of this party: its outcome is that one's
    chance: float | None               # of a loss on it, as the plan said when it was begun; None: it did not say

    @property
    def open(self) -> bool:
        """Whether they are on it now, as far as anybody knows."""
        return not self.code


@dataclass(frozen=True, slots=True)
class Release:
    """The next stop, told to somebody, for a time. `text` is all that they were told."""

    id: str
    leg: str
    start: str
    end: str
    to: str = field(repr=False)
    channel: str
    until: datetime
    text: str = field(repr=False)
    by: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class CheckIn:
    """Word that reached the desk. `word`: right, wrong, or none was asked."""

    source: str
    present: int | None
    condition: str
    word: str
    text: str = field(repr=False)
    leg: str
    by: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Logged:
    """A line of the journey's log: a step, or where it went otherwise than planned, and why."""

    kind: str
    text: str = field(repr=False)
    by: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Journey(OfRecord):
    """One journey, opened for one request."""

    case: bytes
    case_ref: str
    plan: bytes
    decision: bytes
    size: int
    goals: tuple[str, ...]
    status: str
    at: str
    legs: tuple[Went, ...] = field(repr=False)
    releases: tuple[Release, ...] = field(repr=False)
    checkins: tuple[CheckIn, ...] = field(repr=False)
    log: tuple[Logged, ...] = field(repr=False)
    rest_due: tuple[datetime, ...]
    held_by: bytes
    held_at: datetime | None
    proof: str
    people: tuple[str, ...]            # by their ids in the case; empty: everybody of it
    parts: tuple[bytes, ...]           # journeys of the parts it was divided into last
    whole: bytes                       # the journey it was parted from; empty for none
    part: str                          # which part of the whole: "2", or "2.1" of one that was parted again

    @property
    def name(self) -> str:
        """What it is called on pages: the code of the case, and which part."""
        return f"{self.case_ref} · {self.part}" if self.part else self.case_ref

    @property
    def under_way(self) -> Went | None:
        """The leg they are on, if they are on one."""
        return self.legs[-1] if self.legs and self.legs[-1].open and self.status in ON_THE_ROAD else None

    @property
    def due(self) -> tuple[datetime, ...]:
        """When silence reaches each level: on a leg, or where they rest. Empty where nobody waits for word."""
        if self.status not in ON_THE_ROAD:
            return ()
        leg = self.under_way
        return leg.due if leg else self.rest_due

    def level(self, now: datetime) -> Level:
        """How long nothing was heard, in the words of the desk."""
        return Level(sum(now >= one for one in self.due))

    @property
    def last_word(self) -> datetime | None:
        """When anything was heard."""
        heard = [one.at for one in self.checkins]
        return max(heard) if heard else None

    def released(self, now: datetime) -> Release | None:
        """The next stop that was released from here and still counts."""
        live = [one for one in self.releases if one.start == self.at and one.until > now]
        begun = {one.started for one in self.legs}
        last = max(begun) if begun else None
        live = [one for one in live if last is None or one.at >= last]
        return live[-1] if live else None

    @property
    def over(self) -> bool:
        """Nothing waits in it."""
        return self.status in OVER


def journey_of(held: Record) -> Journey:
    """The journey in a record. Raises `Refused("payload")`: a clock that cannot be read must not run in silence."""
    body = held.body
    try:
        on = values.part(body, "held")
        return Journey(
            held, bytes.fromhex(body["case"]), str(body["case_ref"]), bytes.fromhex(body["plan"]),
            bytes.fromhex(body["decision"]), int(body["size"]), tuple(str(one) for one in body["goals"]),
            str(body["status"]), str(body["at"]), tuple(_went(one) for one in body.get("legs", ())),
            tuple(_release(one) for one in body.get("releases", ())),
            tuple(_checkin(one) for one in body.get("checkins", ())),
            tuple(_logged(one) for one in body.get("log", ())),
            tuple(moment(one) for one in body.get("rest_due") or ()), values.account(on, "by"), values.at(on, "at"),
            str(body.get("proof") or ""), tuple(str(one) for one in body.get("people") or ()),
            tuple(bytes.fromhex(one) for one in body.get("parts") or ()), bytes.fromhex(body.get("whole") or ""),
            str(body.get("part") or ""))
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason


def _went(said: Mapping[str, Any]) -> Went:
    return Went(str(said["leg"]), str(said["start"]), str(said["end"]), str(said.get("guide", "")),
                moment(said["started"]), tuple(moment(one) for one in said["due"]), int(said["arrived"]),
                said["itself"] is True, str(said.get("condition", "")), str(said.get("code") or ""),
                _time(said.get("ended")), _time(said.get("heard")),
                None if said.get("size") is None else int(said["size"]), said.get("carried") is True,
                _chance(said.get("chance")))


def _chance(said: object) -> float | None:
    """Raises `ValueError` for what is no chance."""
    if said is None:
        return None
    if isinstance(said, bool) or not isinstance(said, int | float) or not 0 <= said <= 1:
        raise ValueError("a chance lies between 0 and 1")
    return float(said)


def _release(said: Mapping[str, Any]) -> Release:
    return Release(str(said["id"]), str(said["leg"]), str(said["start"]), str(said["end"]), str(said["to"]),
                   str(said["channel"]), moment(said["until"]), str(said["text"]), bytes.fromhex(said["by"]),
                   moment(said["at"]))


def _checkin(said: Mapping[str, Any]) -> CheckIn:
    return CheckIn(str(said["source"]), said["present"], str(said["condition"]), str(said["word"]), str(said["text"]),
                   str(said.get("leg", "")), bytes.fromhex(said["by"]), moment(said["at"]))


def _logged(said: Mapping[str, Any]) -> Logged:
    return Logged(str(said["kind"]), str(said["text"]), bytes.fromhex(said["by"]), moment(said["at"]))


def _time(text: str | None) -> datetime | None:
    return moment(text) if text else None

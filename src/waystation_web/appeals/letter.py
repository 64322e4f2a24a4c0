"""A letter as its sealed record says it.

    body = {"incident", "case", "case_ref", "ref", "to", "which", "listed", "state", "language", "demands", "profiles",
            "own", "denial": {"says", "on", "source"}, "corrects": id, "says", "first": a day,
            "versions": [{"by", "at", "paper", "digest", "named": [ids of people]}],
            "signing": {"digest", "named", "publicity", "harm", "reason", "approval"},
            "signed": {the same, "by": [two], "at"}, "taken": [{"form", "digest"}],
            "sent": [{"on", "through", "receipt", "digest"}], "looks": [{"says"}], "ended": {"by", "at", "says"}}

`corrects` is a correction of the incident that this letter tells of; a letter of its own has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from waystation.appeals.addressees import ADDRESSEES, Addressee
from waystation.appeals.after import look_again
from waystation.appeals.facts import Denial
from waystation.papers.paper import Paper, of_data
from waystation_web.cases import values
from waystation_web.gateways import clock
from waystation_web.journeys.told import key_of
from waystation_web.records.record import OfRecord, Record, moment
from waystation_web.vault.errors import Refused

TYPE = "communication"


@dataclass(frozen=True, slots=True)
class Version:
    """What the letter said at one time, and whom it names."""

    paper: Paper = field(repr=False)
    digest: str
    named: tuple[str, ...]
    by: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Sent:
    """A person gave it to somebody: when, by which way, with what receipt, and exactly which version."""

    on: date
    through: str = field(repr=False)
    receipt: str = field(repr=False)
    digest: str
    by: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Letter(OfRecord):
    """One letter, opened for one request."""

    incident: bytes
    case: bytes
    case_ref: str
    ref: str
    to: Addressee
    which: str = field(repr=False)
    listed: str           # key of an entry of the directory
    state: str
    language: str
    corrects: str
    versions: tuple[Version, ...] = field(repr=False)
    sent: tuple[Sent, ...] = field(repr=False)
    looked: tuple[datetime, ...]
    ended: bool

    @property
    def now(self) -> Version:
        """The newest version."""
        return self.versions[-1]

    @property
    def before(self) -> Paper | None:
        """What was given out last, or else the version before this one: what changes are compared with."""
        given = next((one.digest for one in reversed(self.sent)), "")
        earlier = [one for one in self.versions[:-1] if one.digest == given] or list(self.versions[:-1])
        return earlier[-1].paper if earlier else None

    @property
    def signed(self) -> bool:
        """Whether two signed exactly what it says now."""
        return values.text(values.part(self.record.body, "signed"), "digest") == self.now.digest

    @property
    def given(self) -> bool:
        """Whether somebody was given it as it is now."""
        return any(one.digest == self.now.digest for one in self.sent)

    @property
    def stage(self) -> str:
        """Where it stands: draft, signed, given, ended."""
        if self.ended:
            return "ended"
        return "given" if self.given else "signed" if self.signed else "draft"

    @property
    def due(self) -> datetime | None:
        """When it is to be looked at again; None before anybody was given it, and after its end."""
        if not self.sent or self.ended:
            return None
        return look_again(self.sent[0].at, self.looked[-1] if self.looked else None)

    @property
    def late(self) -> bool:
        """Whether that is past."""
        return self.due is not None and self.due <= clock.now()

    @property
    def recipient(self) -> str:
        """Whom it goes to, as corrections find them again."""
        return key_of({"to": self.to.code, "state": self.state, "which": self.which})


def letter_of(held: Record) -> Letter:
    """The letter in a record. Raises `Refused("payload")`."""
    body = held.body
    try:
        return Letter(
            held, bytes.fromhex(body["incident"]), bytes.fromhex(body["case"]), str(body["case_ref"]),
            str(body["ref"]), ADDRESSEES[body["to"]], values.text(body, "which"), values.text(body, "listed"),
            values.text(body, "state"),
            str(body["language"]), values.text(body, "corrects"), tuple(map(_version, body["versions"])),
            tuple(_sent(one) for one in values.items(body, "sent")),
            tuple(moment(one["at"]) for one in values.items(body, "looks")), bool(body.get("ended")))
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason


def denial_of(body: Mapping[str, Any]) -> Denial:
    """What the State said, as it was typed."""
    said = values.part(body, "denial")
    return Denial(values.text(said, "says"), values.text(said, "on"), values.text(said, "source"))


def _version(said: Mapping[str, Any]) -> Version:
    paper = of_data(said["paper"])
    if paper.digest != said["digest"]:
        raise ValueError("digest")
    return Version(paper, paper.digest, values.texts(said, "named"), bytes.fromhex(said["by"]), moment(said["at"]))


def _sent(said: Mapping[str, Any]) -> Sent:
    return Sent(date.fromisoformat(said["on"]), values.text(said, "through"), values.text(said, "receipt"),
                str(said["digest"]), bytes.fromhex(said["by"]), moment(said["at"]))

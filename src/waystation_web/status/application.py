"""An application for a status as its sealed record says it. People are codes in it; their names lie with their case.

    body = {"case", "case_ref", "persons": [ids], "codes": [codes], "apart": [codes], "pathway", "state", "status",
            "before", "steps": [{"order", "began", "ended"}], "authority", "ref_no", "legal_basis", "counsel",
            "no_counsel", "unity", "measures",
            "grounds": [{"person", "claims": [codes], "profile": [codes], "fear", "since_leaving", "nationality"}],
            "held": {"state", "facility", "since", "look", "health"},
            "interviews": [{"day", "summary", "interpreter"}], "appeal_by",
            "decision": {"result", "day", "reasons", "instrument"},
            "shared": [{"person", "data", "country", "authority", "what"}], "log": [{"event", "from", "to", "text"}]}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from waystation.casework.application import BEGUN, EMERGENCY, OVER
from waystation.rights.facts import Step
from waystation.rights.library import library
from waystation_web.cases import values
from waystation_web.records.record import OfRecord, Record
from waystation_web.vault.errors import Refused

TYPE = "application"


@dataclass(frozen=True, slots=True)
class Walked:
    """One step of the way that was begun. `ended` None: they stand at it."""

    id: str
    order: int
    began: date
    ended: date | None


@dataclass(frozen=True, slots=True)
class Held:
    """Where they are held, and when somebody looks again."""

    state: str
    facility: str = field(repr=False)
    since: date | None
    look: date | None
    health: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Ground:
    """What somebody's application rests on. Empty: nobody asked, or they said nothing."""

    claims: tuple[str, ...] = ()
    profile: tuple[str, ...] = ()
    fear: str = field(default="", repr=False)          # how much, in their own words
    since_leaving: str = field(default="", repr=False)
    nationality: str = ""                              # who says that they are, or could be, South Korean


@dataclass(frozen=True, slots=True)
class Application(OfRecord):
    """One application, opened for one request."""

    case: bytes
    case_ref: str
    persons: tuple[str, ...]
    codes: tuple[str, ...]
    apart: tuple[str, ...]             # mothers of whom a child would stay behind
    pathway: str
    state: str                         # the State that decides
    status: str
    before: str
    walked: tuple[Walked, ...]
    grounds: Mapping[str, Ground] = field(repr=False)  # by person, as it was written last
    held: Held | None
    interviews: tuple[Mapping[str, Any], ...] = field(repr=False)
    decision: Mapping[str, Any] = field(repr=False)
    appeal_by: date | None
    shared: tuple[Mapping[str, Any], ...] = field(repr=False)
    log: tuple[Mapping[str, Any], ...] = field(repr=False)

    @property
    def ref(self) -> str:
        """What a list calls it: the case, and the letters of those who apply."""
        return f"{self.case_ref} · {' '.join(self.codes)}"

    @property
    def over(self) -> bool:
        """Nothing waits in it."""
        return self.status in OVER

    @property
    def emergency(self) -> bool:
        """Somebody may be removed."""
        return self.status == EMERGENCY

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of its way, as they are known; none for a way that is not on the list any more."""
        return library().pathways().get(self.pathway, ())

    @property
    def now(self) -> Walked | None:
        """The step at which they stand."""
        return next((one for one in reversed(self.walked) if one.ended is None), None)

    def said(self, name: str) -> str:
        """A text of the record."""
        return values.text(self.record.body, name)


def application_of(held: Record) -> Application:
    """The application in a record. Raises `Refused("payload")` for what cannot be read."""
    body = held.body
    try:
        return Application(
            held, bytes.fromhex(body["case"]), str(body["case_ref"]), values.texts(body, "persons"),
            values.texts(body, "codes"), values.texts(body, "apart"), str(body["pathway"]), str(body["state"]),
            values.text(body, "status") or BEGUN, values.text(body, "before"),
            tuple(_walked(one) for one in values.items(body, "steps")),
            {values.text(one, "person"): _ground(one) for one in values.items(body, "grounds")},
            _held(values.part(body, "held")),
            tuple(values.items(body, "interviews")), values.part(body, "decision"), values.day(body, "appeal_by"),
            tuple(values.items(body, "shared")), tuple(values.items(body, "log")))
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason


def _walked(said: Mapping[str, Any]) -> Walked:
    return Walked(values.text(said, "id"), int(said["order"]), date.fromisoformat(said["began"]),
                  values.day(said, "ended"))


def _ground(said: Mapping[str, Any]) -> Ground:
    return Ground(values.texts(said, "claims"), values.texts(said, "profile"), values.text(said, "fear"),
                  values.text(said, "since_leaving"), values.text(said, "nationality"))


def _held(said: Mapping[str, Any]) -> Held | None:
    if not said:
        return None
    return Held(values.text(said, "state"), values.text(said, "facility"), values.day(said, "since"),
                values.day(said, "look"), values.text(said, "health"))

"""A statement as its sealed record says it: one interview of one witness, its versions, claims, consents and uses.

    body = {"witness": pseudonym, "kind", "adult", "case": hex, "case_ref", "person", "topics": [codes of list 04],
            "status", "planned": {"reason", "elsewhere", "earlier", "for"}, "language", "taken_on", "taken_by",
            "taken": {...}, "counsel": {"flag", "note"}, "until", "embargo_until",
            "consents": [{"use", "said", "until", "guardian", "words"}], "versions": [...], "segments": [...],
            "claims": [...], "links": [...], "captor": [...], "safety": {...}, "tasks": [{"text", "due", "done_at"}],
            "cleared": {use: {"reason", "by": [...], "at"}}, "clearing": {"use", "reason", "approval"},
            "handed": [{"to", "use", "day"}], "notices": [{"to", "why", "told_at"}]}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from waystation.testimony.claims import Claim, Relation, standing
from waystation.testimony.versions import Overwritten, Version, check
from waystation_web.cases import values
from waystation_web.records.record import OfRecord, Record
from waystation_web.vault.errors import Refused

TYPE = "testimony"
PLANNED, TAKEN, RESTRICTED = "planned", "taken", "restricted"


@dataclass(frozen=True, slots=True)
class Said:
    """An answer of the witness about one use of this statement; the newest about a use counts."""

    use: str
    said: str
    day: date | None
    until: date | None
    guardian: bool


@dataclass(frozen=True, slots=True)
class Statement(OfRecord):
    """One statement, opened for one request."""

    witness: str = field(repr=False)
    kind: str
    adult: str
    case: bytes
    case_ref: str
    person: str
    topics: tuple[str, ...]
    status: str
    taken_on: date | None
    planned: Mapping[str, Any] = field(repr=False)
    taken: Mapping[str, Any] = field(repr=False)
    counsel: str
    embargo_until: date | None
    consents: tuple[Said, ...]
    versions: tuple[Version, ...] = field(repr=False)
    claims: tuple[Claim, ...] = field(repr=False)
    links: tuple[Relation, ...] = field(repr=False)

    @property
    def body(self) -> Mapping[str, Any]:
        """What the record says."""
        return self.record.body

    @property
    def ref(self) -> str:
        """What people call it: says nothing."""
        return self.record.key[:4].upper()

    def consented(self, use: str, today: date) -> bool:
        """Whether the newest word about a use is a yes that has not ended; of a child its guardian's too."""
        about = [one for one in self.consents if one.use in {use, ""}]
        last = about[-1] if about else None
        there = last is not None and last.use == use and last.said == "yes" and today <= (last.until or today)
        return there and last is not None and (self.adult == "yes" or last.guardian)

    def said_yes_on(self, use: str) -> date | None:
        """The day of the newest yes to a use."""
        return next((one.day for one in reversed(self.consents) if one.use == use and one.said == "yes"), None)


def statement_of(held: Record) -> Statement:
    """The statement in a record. Raises `Refused("payload")` for what cannot be read, or was overwritten."""
    body = held.body
    try:
        kept = tuple(_version(one) for one in values.items(body, "versions"))
        check(kept)
        taken = values.part(body, "taken")
        made = Statement(
            held, str(body["witness"]), str(body["kind"]), values.text(body, "adult"), values.account(body, "case"),
            values.text(body, "case_ref"), values.text(body, "person"), values.texts(body, "topics"),
            str(body["status"]),
            values.day(body, "taken_on"), values.part(body, "planned"), taken,
            values.text(values.part(body, "counsel"), "flag"), values.day(body, "embargo_until"),
            tuple(_said(one) for one in values.items(body, "consents")), kept,
            tuple(_claim(one, held.key, taken, body, kept) for one in values.items(body, "claims")),
            tuple(_link(one) for one in values.items(body, "links")))
    except (KeyError, TypeError, ValueError, Overwritten) as reason:
        raise Refused("payload") from reason
    return made


def key_of(witness: str) -> str:
    """One witness under one pseudonym, whatever its capitals and spaces.

    >>> key_of("Byeol Dam") == key_of("byeoldam")
    True
    """
    return "".join(letter for letter in witness.casefold() if letter.isalnum())


def _version(said: Mapping[str, Any]) -> Version:
    return Version(n=int(said["n"]), kind=str(said["kind"]), language=str(said["language"]), of=int(said["of"]),
                   day=date.fromisoformat(said["day"]), method=values.text(said, "method"),
                   machine=bool(said["machine"]),
                   salt=str(said["salt"]), commit=str(said["commit"]), before=str(said["before"]),
                   tool=values.text(said, "tool"), text=str(said["text"]), maker=str(said["by"]),
                   circumstances={name: str(value) for name, value in values.part(said, "circumstances").items()})


def _said(said: Mapping[str, Any]) -> Said:
    return Said(values.text(said, "use"), values.text(said, "said"), values.day(said, "at"), values.day(said, "until"),
                said.get("guardian") is True)


def _claim(said: Mapping[str, Any], key: str, taken: Mapping[str, Any], body: Mapping[str, Any],
           kept: tuple[Version, ...]) -> Claim:
    interpreter = values.text(taken, "interpreter")
    made = Claim(id=f"{key}:{said['id']}", says=str(said["says"]), n=int(said["n"]), start=int(said["start"]),
                 end=int(said["end"]), how_known=str(said["how_known"]), certainty=str(said["certainty"]),
                 witness=key_of(str(body["witness"])), about={"facility": values.text(said, "facility")},
                 status=values.text(said, "status") or "stands", told_by=key_of(values.text(said, "told_by")),
                 interpreter="" if interpreter == "none" else interpreter, day=values.day(body, "taken_on"),
                 text=values.text(said, "published"), item=values.text(said, "item"),
                 restricted=said.get("restricted") is True)
    return replace(made, status=standing(made, kept))


def _link(said: Mapping[str, Any]) -> Relation:
    return Relation(str(said["kind"]), str(said["one"]), str(said["other"]), values.text(said, "note"),
                    values.text(said, "why") or "unknown")

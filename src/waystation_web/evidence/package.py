"""A package as it is asked for: one recipient, one purpose, these items, these consents; and what two people sign.

    body = {"sort": "package", "name", "mark", "recipient", "jurisdiction", "key", "purpose", "alone", "shown",
            "use", "to", "state_of", "data": codes of what a yes must name,
            "parts": [{"item", "code", "original": bool, "copies": ["D-01"]}],
            "statements": [{"statement", "code", "versions": [1]}],
            "consents": [{"person", "scope", "day", "expiry", "case", "who"}], "approval",
            "built": {"file", "size", "sha256", "at"}}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from waystation_web.records.record import Record, moment
from waystation_web.vault import approvals
from waystation_web.vault.errors import Refused
from waystation_web.vault.proving import chance

TYPE, SORT = "item", "package"
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True)
class Part:
    """What goes along of one item."""

    item: bytes
    code: str
    original: bool
    copies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """A statement that goes along, with the words of these versions."""

    statement: bytes
    code: str
    versions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Agreed:
    """Whose consent it rests on: by a number in the package, and for us by their case."""

    person: str
    scope: str
    day: date
    expiry: date | None
    case: bytes
    who: str


@dataclass(frozen=True, slots=True)
class Package:
    """One package."""

    id: bytes
    name: str
    mark: str
    recipient: str = field(repr=False)
    jurisdiction: str
    key: str = field(repr=False)
    purpose: str = field(repr=False)
    alone: str = field(repr=False)
    shown: str = field(repr=False)
    use: str
    to: str
    state_of: str
    data: tuple[str, ...]
    parts: tuple[Part, ...]
    statements: tuple[Words, ...]
    consents: tuple[Agreed, ...] = field(repr=False)
    approval: Mapping[str, Any] = field(repr=False)
    built: Mapping[str, Any] = field(repr=False)
    record: Record = field(repr=False)

    def state(self, now: datetime) -> str:
        """How far it is: asked, signed, late (its signatures are too old), built."""
        if self.built:
            return "built"
        last = self.approval.get("approved_at")
        ends = moment(last) + approvals.WITHIN if last else moment(self.approval["until"])
        return "late" if now > ends or "used_at" in self.approval else "signed" if last else "asked"


def name_of(raw: bytes) -> str:
    """A name that says nothing: P- and six letters or digits.

    >>> name_of(bytes(6))
    'P-000000'
    """
    return "P-" + "".join(LETTERS[one % 32] for one in raw[:6])


def new_body(*, recipient: str, jurisdiction: str, key: str, purpose: str, alone: str, shown: str,
             use: str, to: str, state_of: str, data: Sequence[str], parts: Sequence[tuple[bytes, bool, Sequence[str]]],
             statements: Sequence[tuple[bytes, Sequence[int]]], consents: Iterable[Agreed]) -> dict[str, Any]:
    """A package as its payload says it."""
    return {"sort": SORT, "name": name_of(chance(6)), "mark": chance(4).hex(), "recipient": recipient,
            "jurisdiction": jurisdiction, "key": key, "purpose": purpose, "alone": alone, "shown": shown,
            "use": use, "to": to, "state_of": state_of, "data": list(data),
            "parts": [{"item": item.hex(), "code": f"E-{place:04d}", "original": original, "copies": list(copies)}
                      for place, (item, original, copies) in enumerate(parts, 1)],
            "statements": [{"statement": statement.hex(), "code": f"S-{place:04d}", "versions": list(versions)}
                           for place, (statement, versions) in enumerate(statements, 1)],
            "consents": [{"person": one.person, "scope": one.scope, "day": one.day.isoformat(),
                          "expiry": one.expiry.isoformat() if one.expiry else "", "case": one.case.hex(),
                          "who": one.who} for one in consents]}


def package_of(held: Record) -> Package:
    """The package in a record. Raises `Refused("payload")` if it is none."""
    body = held.body
    try:
        if body["sort"] != SORT:
            raise Refused("payload")
        parts = tuple(Part(bytes.fromhex(one["item"]), str(one["code"]), bool(one["original"]), tuple(one["copies"]))
                      for one in body["parts"])
        words = tuple(Words(bytes.fromhex(one["statement"]), str(one["code"]), tuple(map(int, one["versions"])))
                      for one in body.get("statements", []))
        consents = tuple(Agreed(str(one["person"]), str(one["scope"]), date.fromisoformat(one["day"]),
                                date.fromisoformat(one["expiry"]) if one["expiry"] else None,
                                bytes.fromhex(one["case"]), str(one["who"]))
                         for one in body["consents"])
        return Package(held.id, *(str(body[name]) for name in ("name", "mark", "recipient", "jurisdiction", "key",
                                                               "purpose", "alone", "shown", "use", "to",
                                                               "state_of")),
                       tuple(map(str, body["data"])), parts, words, consents, dict(body.get("approval", {})),
                       dict(body.get("built", {})), held)
    except (KeyError, TypeError, ValueError) as reason:
        raise Refused("payload") from reason


def manifest_of(package: Package, contents: Mapping[str, Any]) -> dict[str, Any]:
    """What both sign: to whom, what for, what exactly, on whose consent. `contents` are digests as they are now."""
    return {"what": "package", "name": package.name, "mark": package.mark, "to": package.recipient,
            "in": package.jurisdiction, "key": package.key, "purpose": package.purpose, "alone": package.alone,
            "shown": package.shown, "of": [package.use, package.to, package.state_of, list(package.data)],
            "contents": dict(contents),
            "consents": [[one.person, one.scope, one.day.isoformat(), one.expiry.isoformat() if one.expiry else "",
                          one.case.hex(), one.who]
                         for one in package.consents]}

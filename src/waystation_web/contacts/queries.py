"""Reading contacts. Every list and page is a line of the record; reading many in an hour is a notice of its own."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.records.queries import Colleague
from waystation_web.vault.actor import Actor

from .contact import Contact, contact_of

SOON = timedelta(days=30)
FORGOTTEN = timedelta(days=90)  # a number is deleted so long after it was last used


@dataclass(frozen=True, slots=True)
class Line:
    """A contact in the list."""

    contact: Contact
    grade: str
    sentence: str
    ends: date | None
    soon: bool
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Handle:
    """How to reach somebody; `also` names other contacts with the same number, among those one holds."""

    id: bytes
    channel: str
    value: str = field(repr=False)
    safe_hours: str = field(repr=False)
    last_used: str
    forget_on: str
    also: tuple[str, ...]
    asked_for: str
    may_sign: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One contact, whole."""

    contact: Contact
    line: Line
    handles: tuple[Handle, ...]
    introduced: str
    brought: tuple[str, ...]
    alternatives: tuple[Line, ...]
    colleagues: list[Colleague]
    may_write: bool
    may_reach: bool
    may_vet: bool


def contacts(actor: Actor, *, refused: list[bytes] | None = None, looked: bool = False) -> list[Contact]:
    """Every contact this person holds, by code name. Runs inside the caller's `writing()`."""
    found = [contact_of(one) for one in kept.every(actor, "contact", refused=refused, looked=looked)]
    return sorted(found, key=lambda one: one.code_name.casefold())


def listing(actor: Actor, refused: list[bytes]) -> tuple[list[Line], bool]:
    """The list, and whether this person may add to it."""
    with writing():
        found = contacts(actor, refused=refused, looked=True)
    return [line_of(one) for one in found], kept.may_make(actor, "contact")


def line_of(one: Contact) -> Line:
    """A contact as the list shows it."""
    today = clock.today()
    now = one.reliability(today)
    ends = now.current.ends if now.current else None
    return Line(one, now.grade, now.sentence, ends, ends is not None and ends - today <= SOON, one.warnings(today))


def page(actor: Actor, contact: bytes) -> Page:
    """One contact. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        one = contact_of(kept.one(actor, contact, "contact"))
        others = contacts(actor, refused=[])
        handles = _handles(actor, one, others)
    by_id = {other.id.hex(): other.code_name for other in others}
    same = [line_of(other) for other in others if other.id != one.id and set(other.legs + other.places)
            & set(one.legs + one.places)]
    return Page(one, line_of(one), handles, by_id.get(one.introduced_by, one.introduced_by),
                tuple(other.code_name for other in others if other.introduced_by in {one.id.hex(), one.code_name}),
                tuple(same), [other for other in kept.colleagues().values() if other.active and other.id != actor.id],
                kept.may_write(actor, "contact"), kept.may_make(actor, "handle"),
                kept.may_write(actor, "contact") and one.record.made.by != actor.id)


def _handles(actor: Actor, one: Contact, others: list[Contact]) -> tuple[Handle, ...]:
    names = {other.id.hex(): other.code_name for other in others}
    held = kept.every(actor, "handle", refused=[], looked=False)
    same: dict[str, set[str]] = defaultdict(set)
    for each in held:
        same[_plain(str(each.body.get("value", "")))].add(str(each.body.get("contact")))
    found = []
    for each in held:
        if each.body.get("contact") != one.id.hex():
            continue
        used = date.fromisoformat(each.body["last_used"])
        block = each.body.get("approval", {})
        waits = bool(block) and "used_at" not in block
        also = same[_plain(str(each.body["value"]))] - {one.id.hex()}
        found.append(Handle(each.id, str(each.body["channel"]), str(each.body["value"]), str(each.body["safe_hours"]),
                            used.isoformat(), (used + FORGOTTEN).isoformat(),
                            tuple(sorted(names.get(other, "?") for other in also)),
                            str(each.body.get("asked", {}).get("reason", "")) if waits else "",
                            waits and block.get("asked_by") != actor.id.hex()))
    return tuple(found)


def _plain(value: str) -> str:
    """A number or account without what people write between its signs."""
    return "".join(letter for letter in value.casefold() if letter.isalnum())

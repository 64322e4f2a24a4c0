"""Flags on a contact: who raised which rule, on what ground, and under what it rests. Nothing is ever taken away.

    body["flags"] = [{"id", "by", "at", "rule", "on", "told", "who", "facts": which of the record it was raised on, if
                      any, "lifts": [{"reason", "who", "on", "ends"}]}]

Whoever raised a flag does not lift it. It is told to those who pay (`duty.flagged`) in the same act.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from waystation.trust.flags import RULES, Lift, lift_fits, resting
from waystation_web.duty import flagged
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import Record
from waystation_web.vault import approvals
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault

HOLDING = tuple(code for code, rule in RULES.items() if rule.holds)


@dataclass(frozen=True, slots=True)
class Noted:
    """One flag as it was written down."""

    id: str
    rule: str
    told: str = field(repr=False)
    on: date
    by: bytes
    who: str
    lifts: tuple[Lift, ...] = field(repr=False)
    facts: str = ""

    @property
    def sentence(self) -> str:
        """What its rule says."""
        return RULES[self.rule].sentence

    def lift(self, day: date) -> Lift | None:
        """Under what it rests on a day; None: it is raised."""
        return resting(self.lifts, day)


def noted(body: Mapping[str, Any]) -> tuple[Noted, ...]:
    """The flags in a contact's body. Raises `KeyError`, `TypeError`, `ValueError`."""
    return tuple(_noted(one) for one in body.get("flags", ()))


def _noted(one: Mapping[str, Any]) -> Noted:
    if one["rule"] not in RULES:
        raise ValueError("no rule of that name")
    lifts = tuple(Lift(str(each["reason"]), str(each["who"]), date.fromisoformat(each["on"]),
                       date.fromisoformat(each["ends"])) for each in one.get("lifts", ()))
    return Noted(str(one["id"]), str(one["rule"]), str(one["told"]), date.fromisoformat(one["on"]),
                 bytes.fromhex(one["by"]), str(one["who"]), lifts, str(one.get("facts", "")))


def names(body: Mapping[str, Any]) -> list[str]:
    """What a contact is called on a line of the ledger."""
    return [str(one) for one in (body.get("code_name"), *body.get("aliases", ())) if one]


def raise_flag(actor: Actor, contact: bytes, *, rule: str, on: date, told: str, facts: str = "") -> str:
    """Raise a flag by hand, on what was seen on a day; its id. From now on two people look before money goes there.

    `facts`: which facts of the record it was raised on, if the record had suggested it (`suggesting`).

    Raises `ValueError` for a rule that is none, a day to come or no words, `NotPermitted`, `NoSuchVault`.
    """
    if rule not in HOLDING or on > clock.today() or not told.strip():
        raise ValueError("flag")
    with writing():
        held = kept.one(actor, contact, "contact", looked=False)
        after = records.add(actor, held, "flags", {"rule": rule, "on": on.isoformat(), "told": told,
                                                   "who": actor.handle, "facts": facts, "lifts": []})
        made: str = after.body["flags"][-1]["id"]
        flagged.raise_flag(actor, names(after.body), flag=made, rule=rule)
    return made


class NoLift(Exception):
    """A lift that cannot be kept as it is; `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def lift(actor: Actor, contact: bytes, flag: str, *, reason: str, ends: date) -> None:
    """Let a flag rest for a reason until a day: by another liaison than who raised it. The flag stays in the record.

    Raises `NoLift`, `NotPermitted` for who raised it or their newcomer, `NoSuchVault`.
    """
    today = clock.today()
    if fault := lift_fits(reason, today, ends):
        raise NoLift(fault)
    with writing():
        held = kept.one(actor, contact, "contact", looked=False)
        item = _item(held, flag)
        approvals.another(actor, bytes.fromhex(item["by"]), vault=contact)
        said = {"reason": reason, "who": actor.handle, "on": today.isoformat(), "ends": ends.isoformat()}
        records.replace_item(actor, held, "flags", flag, {"lifts": [*item["lifts"], said]}, what="lifted")
        flagged.rest(actor, flag, ends)


def _item(held: Record, flag: str) -> Mapping[str, Any]:
    for one in held.body.get("flags", ()):
        if one.get("id") == flag:
            found: Mapping[str, Any] = one
            return found
    raise NoSuchVault


def renamed(actor: Actor, before: Record, after: Record) -> None:
    """A contact has other names: their flags hold for these too. Inside the caller's `writing()`."""
    if names(before.body) != names(after.body):
        for one in after.body.get("flags", ()):
            flagged.also_called(actor, str(one["id"]), names(after.body))

"""Acts on the people of a case: who they are to each other and who may be parted; their names, sealed apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from secrets import token_hex
from typing import Any

from waystation.casework.codes import RELATION
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import Record
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault

from .queries import held_case

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
UNSEALED = "case"  # in a record of names: the case that it belongs to


def _held(actor: Actor, case_id: bytes) -> Record:
    return held_case(actor, case_id)


def _items(held: Record, name: str) -> list[dict[str, Any]]:
    return [dict(one) for one in held.body.get(name, ())]


def add_person(actor: Actor, case_id: bytes, fields: Mapping[str, Any]) -> str:
    """Another person of the case; the office gives the code (A, B, …). Returns the id, 32 hexadecimal digits.

    Raises `NoSuchVault`, `NotPermitted`, `Refused`.
    """
    key = token_hex(16)
    with writing():
        held = _held(actor, case_id)
        used = {str(one.get("code")) for one in _items(held, "people")}
        free = next(code for number in range(len(used) + 1) if (code := _code(number)) not in used)
        records.add(actor, held, "people", {**fields, "id": key, "code": free})
    return key


def _code(number: int) -> str:
    """A, B, … Z, A2, B2, …"""
    turn, letter = divmod(number, len(LETTERS))
    return LETTERS[letter] + (str(turn + 1) if turn else "")


def write_person(actor: Actor, case_id: bytes, person: str, fields: Mapping[str, Any], *, revision: int) -> None:
    """Write some fields of a person anew. Raises `Changed`, `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        held = _held(actor, case_id)
        _one_of(held, "people", person)
        after = [{**one, **fields} if one.get("id") == person else one for one in _items(held, "people")]
        records.change(actor, held, {"people": after}, what="person", revision=revision)


def remove_person(actor: Actor, case_id: bytes, person: str) -> None:
    """Somebody does not belong to this case after all: out of households and relations too; the history keeps them.

    Raises as `write_person`.
    """
    with writing():
        held = _held(actor, case_id)
        _one_of(held, "people", person)
        households = [{**one, "members": [who for who in one.get("members", ()) if who != person],
                       "never_parted": _without(one.get("never_parted", ()), person),
                       "head": "" if one.get("head") == person else one.get("head", "")}
                      for one in _items(held, "households")]
        relations = [one for one in _items(held, "relations") if person not in {one.get("from"), one.get("to")}]
        people = [one for one in _items(held, "people") if one.get("id") != person]
        records.change(actor, held, {"people": people, "households": households, "relations": relations},
                       what="person gone")


def _without(groups: Sequence[Sequence[str]], person: str) -> list[list[str]]:
    """Who may never be parted, without one person; one alone is no group."""
    left = [[who for who in group if who != person] for group in groups]
    return [group for group in left if len(group) > 1]


def _one_of(held: Record, name: str, item: str) -> dict[str, Any]:
    for one in _items(held, name):
        if one.get("id") == item:
            return one
    raise NoSuchVault


def write_household(actor: Actor, case_id: bytes, household: str, fields: Mapping[str, Any], *, revision: int) -> str:
    """A new household (`household` empty) or an existing one, with its rule for splitting. Returns its id.

    `fields`: name, members (ids), stay_together, never_parted (lists of ids), kin, head. Who stands in `never_parted`
    must be members. Raises `ValueError("members")`, `Changed`, `NoSuchVault`, `NotPermitted`, `Refused`.
    """
    with writing():
        held = _held(actor, case_id)
        there = {str(one["id"]) for one in _items(held, "people")}
        members = set(fields.get("members", ()))
        if not members <= there or any(not set(group) <= members for group in fields.get("never_parted", ())):
            raise ValueError("members")
        households = _items(held, "households")
        if household:
            _one_of(held, "households", household)
            after = [{**one, **fields} if one.get("id") == household else one for one in households]
        else:
            household = token_hex(16)
            after = [*households, {**fields, "id": household}]
        records.change(actor, held, {"households": after}, what="household", revision=revision)
    return household


def relate(actor: Actor, case_id: bytes, *, from_: str, to: str, type_: str, certainty: str, kind: str) -> None:
    """One person is something to another. Directed: the other way round follows from it and is not kept twice.

    Raises `ValueError("relation")` for oneself or what stands there already, `NoSuchVault`, `NotPermitted`, `Refused`.
    """
    with writing():
        held = _held(actor, case_id)
        for person in (from_, to):
            _one_of(held, "people", person)
        same = {(one.get("from"), one.get("to"), one.get("type")) for one in _items(held, "relations")}
        back = RELATION[type_].back if type_ in RELATION else ""
        if from_ == to or (from_, to, type_) in same or (to, from_, back) in same:
            raise ValueError("relation")
        records.add(actor, held, "relations",
                    {"from": from_, "to": to, "type": type_, "certainty": certainty, "kind": kind})


def unrelate(actor: Actor, case_id: bytes, relation: str) -> None:
    """A relation was wrong; the history keeps it. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        held = _held(actor, case_id)
        _one_of(held, "relations", relation)
        left = [one for one in _items(held, "relations") if one.get("id") != relation]
        records.change(actor, held, {"relations": left}, what="relation gone")


def seal_names(actor: Actor, case_id: bytes, household: str, fields: Mapping[str, Any]) -> bytes:
    """A record of names for a household (empty: for the whole case): sealed apart, for worker and deputy.

    Raises `NoSuchVault`, `NotPermitted` for whoever does not work with people, `Refused`.
    """
    with writing():
        return sealed_names(actor, _held(actor, case_id), household, fields)


def sealed_names(actor: Actor, held: Record, household: str, fields: Mapping[str, Any]) -> bytes:
    """As `seal_names`, inside the caller's `writing()`."""
    households = _items(held, "households")
    if household:
        _one_of(held, "households", household)
    team = {str(held.body.get(name) or "") for name in ("worker", "deputy")} - {"", actor.id.hex()}
    able = {one.id.hex() for one in kept.colleagues().values() if one.active and "case_worker" in one.roles}
    made = records.make(actor, "person", {**fields, UNSEALED: held.key, "household": household},
                        holders=[bytes.fromhex(one) for one in sorted(team & able)])
    after = [{**one, "record": made.key} if household and one.get("id") == household else one for one in households]
    known = [*held.body.get("household_records", ()), made.key]
    records.change(actor, held, {"household_records": known, "households": after}, what="names")
    return made.id


def write_names(actor: Actor, case_id: bytes, record_id: bytes, fields: Mapping[str, Any], *, revision: int) -> None:
    """Write a record of names anew. Raises `Changed`, `NoSuchVault` for one of another case, `NotPermitted`."""
    with writing():
        held = names_of(actor, case_id, record_id)
        records.change(actor, held, fields, what="names", revision=revision)


def names_of(actor: Actor, case_id: bytes, record_id: bytes, *, looked: bool = False) -> Record:
    """The record of names of a case, inside the caller's `writing()`. Raises `NoSuchVault` for one of another case."""
    held_case(actor, case_id)
    held = kept.one(actor, record_id, "person", looked=looked)
    if held.body.get(UNSEALED) != case_id.hex():
        raise NoSuchVault
    return held


def share_names(actor: Actor, case_id: bytes, record_id: bytes, account: bytes, *, reason: str, until: date) -> None:
    """Let a colleague read names until a day, for a reason. Raises `NoSuchVault`, `NotPermitted` (`step_up`)."""
    with writing():
        held = names_of(actor, case_id, record_id)
        records.share(actor, held.id, "person", account, reason=reason, until=until)

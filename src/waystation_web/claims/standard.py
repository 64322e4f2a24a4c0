"""In how many days the house answers complaints: its own standard, which a security officer or the head may change.

    body of a setting = {"sort": "claims", "ack_days", "answer_days", "refer_days", "outside"}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from waystation_web.cases import values
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import Record
from waystation_web.vault.actor import Actor

TYPE, SORT = "setting", "claims"


@dataclass(frozen=True, slots=True)
class Standard:
    """Days from the day on which it arrived. `outside`: where somebody can go who trusts nobody here."""

    ack_days: int = 3
    answer_days: int = 30
    refer_days: int = 1      # sexual exploitation or abuse: until whoever protects people has been told
    outside: str = ""


def standard(actor: Actor) -> Standard:
    """What was set last; the defaults where nobody set anything. Inside the caller's `writing()`."""
    held = _held(actor)
    if held is None:
        return Standard()
    body, usual = held.body, Standard()
    numbers = {name: values.whole(body, name) for name in ("ack_days", "answer_days", "refer_days")}
    return Standard(**{name: getattr(usual, name) if number is None else number for name, number in numbers.items()},
                    outside=values.text(body, "outside"))


def set_standard(actor: Actor, fields: Mapping[str, Any]) -> None:
    """Another standard; the earlier ones stay in its history. Raises `NotPermitted`."""
    with writing():
        held = _held(actor)
        if held is not None:
            records.change(actor, held, fields, what="standard")
        else:
            records.make(actor, TYPE, {"sort": SORT, **fields})


def _held(actor: Actor) -> Record | None:
    found = [one for one in kept.every(actor, TYPE, looked=False) if one.body.get("sort") == SORT]
    return max(found, key=lambda one: (one.made.at, one.id), default=None)

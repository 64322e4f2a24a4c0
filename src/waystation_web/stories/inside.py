"""Relatives who are still inside, as records of names count them: open beside the question whether one could be known.

Numbers alone, for whoever holds these records; whoever does not is told so, and their "no" counts for nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from waystation_web.audit.actions import record_read
from waystation_web.cases import values
from waystation_web.cases.case import case_of
from waystation_web.cases.forms_names import RELATIVES, NamesForm
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor

from .story import Story


@dataclass(frozen=True, slots=True)
class Kin:
    """Of one case: its reference, and how many of whom are inside, as far as anybody wrote it down."""

    ref: str
    numbers: tuple[tuple[Any, int], ...]


def register(actor: Actor, story: Story, *, looked: bool = False) -> tuple[Kin, ...] | None:
    """The register of everybody it tells of, inside the caller's `writing()`; None unless all of it opens.

    `looked`: somebody reads it, which is recorded.
    """
    found = []
    for key in story.cases:
        held = kept.maybe(actor, key, "case")
        if held is None:
            return None
        case = case_of(held)
        records = [kept.maybe(actor, one, "person") for one in case.household_records]
        sums = dict.fromkeys(RELATIVES, 0)
        for one in records:
            if one is None:
                return None
            if looked:
                record_read(actor, one.opened)
            for name in RELATIVES:
                sums[name] += values.whole(values.part(one.body, "relatives_inside"), name) or 0
        found.append(Kin(case.ref, tuple((NamesForm.base_fields[name].label, number)
                                         for name, number in sums.items() if number)))
    return tuple(found)

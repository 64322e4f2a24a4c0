"""Writing down a screening that was offered: the case keeps that it was; what they said is sealed apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import Record
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted

from . import screens, values
from .actions import tell
from .actions_people import UNSEALED, sealed_names
from .case import Case, case_of
from .queries import held_case


def screen(actor: Actor, case_id: bytes, typed: Mapping[str, Any]) -> None:
    """A screening that was offered to somebody: a no to it, or what they said. Never a score.

    `typed` as `screens.OFFERED` and `screens.SAID` name it. The case keeps that it was offered and what follows; the
    words lie in the sealed record of their household, for worker and deputy. Raises `NotPermitted` for whoever keeps
    no such records and typed words, `NoSuchVault`.
    """
    said = {name: typed[name] for name in screens.SAID if typed.get(name)}
    with writing():
        held = held_case(actor, case_id)
        case = case_of(held)
        someone = next((one for one in case.people if one.id == typed["person"]), None)
        if someone is None:
            raise NoSuchVault
        if said and not kept.may_make(actor, "person"):
            raise NotPermitted("sealed_apart", "What they said is for their own worker to write. Write that it was "
                               "offered, and leave the words out.", vault=case_id)
        held = records.add(actor, held, "screens", screens.offered(typed, someone, clock.today()))
        if said:
            item = values.text(values.items(held.body, "screens")[-1], "id")
            _seal(actor, held, case, {**said, "screen": item, "person": someone.id, "what": typed["what"]})
        tell(actor, case_id, "screen", str(typed["what"]))


def _seal(actor: Actor, held: Record, case: Case, words: Mapping[str, Any]) -> None:
    """Into the record of names of their household, or of the whole case; a new one where this person holds none."""
    household = next((one.id for one in case.households if words["person"] in one.members), "")
    there = [one for one in (kept.maybe(actor, key, "person") for key in case.household_records)
             if one is not None and one.body.get(UNSEALED) == held.key]
    mine = sorted((one for one in there if one.body.get("household") in {household, ""}),
                  key=lambda one: one.body.get("household") != household)
    if mine:
        records.add(actor, mine[0], "screens", words)
        return
    made = sealed_names(actor, held, household, {})
    records.add(actor, kept.one(actor, made, "person", looked=False), "screens", words)

"""Writing down what people said to leaving, what is to happen if they are caught, and what is best for a child."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records.record import Record
from waystation_web.vault import approvals
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted

from . import asked, values
from .actions import tell
from .queries import held_case


def answer(actor: Actor, case_id: bytes, typed: Mapping[str, Any]) -> None:
    """What one adult said, in their own words. Raises `NotPermitted` where the broker of the case interpreted."""
    if typed["interpreter_is_broker"]:
        raise NotPermitted("H-30", "The interpreter must not be the broker of this case. Ask again with another one.",
                           vault=case_id)
    with writing():
        held = _with(actor, case_id, typed["person"])
        if typed["plan"] and all(one.get("plan") != typed["plan"] for one in values.items(held.body, "sheets")):
            raise NoSuchVault
        records.add(actor, held, "choices", {name: typed[name] for name in asked.CHOICE})
        tell(actor, case_id, "choice", str(typed["answer"]), **({"plan": typed["plan"]} if typed["plan"] else {}))


def instruct(actor: Actor, case_id: bytes, typed: Mapping[str, Any]) -> None:
    """What is to happen if somebody is caught, signed before they leave; saying nothing is an instruction too."""
    with writing():
        held = _with(actor, case_id, typed["person"])
        records.add(actor, held, "standing", {name: typed[name] for name in asked.STANDING})
        tell(actor, case_id, "standing", "signed" if typed["signed_on"] else "written")


def for_child(actor: Actor, case_id: bytes, typed: Mapping[str, Any]) -> None:
    """What is best for a child, and its guardian; the first of two signatures. Raises `NotPermitted` (step-up)."""
    with writing():
        held = _with(actor, case_id, typed["person"])
        item = {name: typed[name] for name in asked.BEST}
        block = approvals.ask(actor, held.id, asked.best_manifest(item))
        records.add(actor, held, "best_interest", {**item, "approval": block})
        record(actor, Event.ASKED_FOR_SECOND, vault=held.id)


def second_for_child(actor: Actor, case_id: bytes, item_id: str) -> None:
    """The second signature under a best-interest record. Raises `NotPermitted`, `NoSuchVault`."""
    with writing():
        held = held_case(actor, case_id)
        item = next((one for one in values.items(held.body, "best_interest") if one.get("id") == item_id), None)
        if item is None:
            raise NoSuchVault
        manifest = asked.best_manifest(item)
        block = approvals.use(held.id, approvals.approve(actor, held.id, item["approval"], manifest), manifest)
        records.replace_item(actor, held, "best_interest", item_id, {"approval": block}, what="signed")
        record(actor, Event.SIGNED_SECOND, vault=held.id)
        tell(actor, case_id, "best_interest", "by two")


def _with(actor: Actor, case_id: bytes, person: str) -> Record:
    held = held_case(actor, case_id)
    if all(one.get("id") != person for one in values.items(held.body, "people")):
        raise NoSuchVault
    return held

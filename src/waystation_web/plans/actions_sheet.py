"""Laying the sheet that is read aloud into a case: whoever works with the people sees no network; it is read there."""

from __future__ import annotations

from waystation_web.cases import actions as cases
from waystation_web.cases.queries import held_case
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted

from .world import plan_of


def give(actor: Actor, plan_id: bytes) -> None:
    """Lay the sheet of a plan into its case, once. Raises `NoSuchVault`, `NotPermitted`."""
    with writing():
        plan = plan_of(actor, plan_id, looked=False)
        if "case" not in plan.body:
            raise NotPermitted("no_case", "This plan belongs to no case. Ask for one on the page of a case.",
                               vault=plan_id)
        case_id = bytes.fromhex(plan.body["case"])
        case = held_case(actor, case_id)
        if any(sheet["plan"] == plan.key for sheet in case.body.get("sheets", ())):
            return
        sheet = {"plan": plan.key, "digest": plan.body["digest"], "said": plan.body["aloud"]}
        records.add(actor, case, "sheets", sheet)
        cases.tell(actor, case_id, "sheet", "given", plan=plan.key)

"""What a freeze is about: a case, and everything that is known to be about it."""

from __future__ import annotations

from waystation.access import Kind
from waystation_web.cases import values
from waystation_web.records.look import look
from waystation_web.records.record import Record
from waystation_web.vault.actor import Actor
from waystation_web.vault.holdings import there

PEOPLE = ("money", "incident")
ROAD = ("plan", "decision", "journey")


def about(actor: Actor, case: Record) -> dict[bytes, str]:
    """Records by id and type: those that the case names, whoever can open them, and those that this person holds.

    Runs before the caller's `writing()`.
    """
    found = {case.id: "case"}
    for key in values.texts(case.body, "household_records"):
        found[bytes.fromhex(key)] = "person"
    for line in values.items(case.body, "timeline"):
        found |= {values.account(line, type_): type_ for type_ in ROAD if values.account(line, type_)}
    people, road = look(actor, Kind.PEOPLE, PEOPLE), look(actor, Kind.NETWORK, ROAD)
    for held in (one for seen in (people, road) for type_ in (*PEOPLE, *ROAD) for one in seen.of(type_)):
        if case.key in (held.body.get("case"), held.body.get("case_id")):
            found[held.id] = held.type
    kept = there(found)
    return {vault: type_ for vault, type_ in found.items() if vault in kept}

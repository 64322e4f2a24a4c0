"""What becomes of a demand for money is decided once: in the ledger, by two offices. The incident follows.

Two places that may each say pay or no would one night say both.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from waystation.ledger.signatures import Choice
from waystation_web.cases import values
from waystation_web.ledger.entry import Line, State, line_of
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor

from .incidents import Incident

CHOICES = {"pay": Choice.PAY, "refuse": Choice.REFUSE, "other": Choice.OTHER}


def decided(actor: Actor, incident: Incident, event: str, asked: Mapping[str, Any]) -> bool:
    """Whether the ledger says of the demand what this step says, inside the caller's `writing()`.

    `asked`: the step that somebody signed first, if anybody did. Who signs second and does not hold the line goes by
    what the first read there.
    """
    if event not in CHOICES:
        return False
    line = values.text(values.part(incident.record.body, "demand"), "line")
    held = kept.maybe(actor, bytes.fromhex(line), "money") if line else None
    if held is None:
        return values.part(asked, "typed").get("decided") is True
    return _says(line_of(held), CHOICES[event])


def _says(line: Line, choice: Choice) -> bool:
    if choice is Choice.PAY:
        return line.choice is choice and line.state in {State.SIGNED, State.PAID}
    return line.state is State.TAKEN_BACK or (line.choice is choice and line.state is State.DECIDED)

"""Keeping a plan. Everybody whose role holds plans can open it; nobody else."""

from __future__ import annotations

from waystation.access import Facts, Permission
from waystation.planning.results import Answer
from waystation_web.gateways import clock, demonstrating
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records.record import said
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted
from waystation_web.vault.queries import allow

from .invented import invented_plan
from .sheets import packed


def store(actor: Actor, answer: Answer) -> bytes:
    """Seal the sheets of an answer as a plan; its id.

    Raises `NotPermitted`, and `SaidTooMuch` if the answer holds a number that its state of knowledge forbids.
    """
    from waystation.report.inset import inset

    allow(actor, Permission.CREATE_VAULT, Facts(type="plan"))
    piece = inset(answer)
    body = {"title": answer.title, "first": answer.first, "state": str(answer.assessment.state),
            "fictional": piece.fictional, "asked_for": answer.now, "made_at": said(clock.now()),
            "sheets": packed(piece.html)}
    with writing():
        return records.make(actor, "plan", body).id


def store_invented(actor: Actor) -> bytes:
    """Plan the shipped invented journey and keep it; only where nothing real may be entered. Raises `NotPermitted`."""
    allow(actor, Permission.CREATE_VAULT, Facts(type="plan"))
    if not demonstrating.is_demonstration():
        raise NotPermitted("invented", "This office holds real plans. The invented one belongs into a demonstration.")
    return store(actor, invented_plan())

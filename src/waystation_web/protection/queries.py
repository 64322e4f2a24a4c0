"""Reading what protects the office, inside the caller's `writing()`: assessments, drills, what is missing or late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from waystation.access import Facts as Asked
from waystation.access import Permission, Role
from waystation_web.duty import in_use
from waystation_web.gateways import clock, demonstrating
from waystation_web.gateways.installation import Installation
from waystation_web.records import queries as kept
from waystation_web.records.record import Record
from waystation_web.vault.actor import Actor
from waystation_web.vault.approvals import WITHIN
from waystation_web.vault.queries import allow
from waystation_web.vault.trust import trust

from . import assessment, configuration, drills, readiness
from .assessment import Assessment, assessment_of
from .configuration import Change
from .drills import Drill, drill_of

ANSWER = frozenset({Role.SECURITY_OFFICER, Role.ORGANISATION_HEAD})  # who fills in, signs, and is reminded
READ_DRILLS = ANSWER | {Role.AUDITOR}


@dataclass(frozen=True, slots=True)
class Standing:
    """How far this office is, for somebody who reads assessments and drills."""

    assessments: tuple[Assessment, ...]
    counts: Assessment | None          # the one signed last
    changes: tuple[Change, ...]        # of the office since then
    drills: tuple[Drill, ...]
    facts: readiness.Facts
    missing: tuple[str, ...]
    nags: tuple[str, ...]
    in_use: Record | None


def standing(actor: Actor) -> Standing:
    """Everything that is asked of an office, as it is now. Raises `Refused`."""
    today = clock.today()
    found = [assessment_of(one) for one in kept.every(actor, assessment.TYPE, looked=False)]
    held = [drill_of(one) for one in kept.every(actor, drills.TYPE, looked=False)]
    counts, left = assessment.newest(found), in_use.held(actor)
    changes = configuration.changed(counts.configuration, configuration.present()) if counts else ()
    facts = _facts(counts, changes, held)
    return Standing(tuple(sorted(found, key=lambda one: (one.record.made.at, one.id), reverse=True)), counts, changes,
                    tuple(sorted(held, key=lambda one: one.on, reverse=True)), facts,
                    readiness.missing(facts, today), readiness.nags(facts, today, in_use=real()), left)


def _facts(counts: Assessment | None, changes: tuple[Change, ...], held: list[Drill]) -> readiness.Facts:
    office: Installation = settings.INSTALLATION
    believed, lying = trust(), configuration.copies(office)
    return readiness.Facts(
        assessed=counts is not None, fits=counts is not None and not changes,
        review=counts.review if counts else None, restore=drills.last_passed(held, "restore"),
        recovery=drills.last_passed(held, "recovery"), officers=len(believed.officers),
        recovery_key=believed.recovery is not None, backups_apart=lying.apart, backup_hours=lying.hours,
        escrow=lying.escrow, invented=office.invented)


def waiting(actor: Actor) -> Record | None:
    """What one person signed so that this office leaves the demonstration, while another one may still sign it."""
    now = clock.now()
    found = [one for one in kept.every(actor, in_use.TYPE, looked=False)
             if one.body.get("sort") == in_use.SORT and "used_at" not in one.body.get("approval", {})
             and one.made.at + WITHIN >= now]
    return max(found, key=lambda one: (one.made.at, one.id), default=None)


def real() -> bool:
    """Whether real people are written down here."""
    return not demonstrating.is_demonstration()


def held(actor: Actor, assessment_id: bytes, *, looked: bool = True) -> Assessment:
    """One assessment. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    return assessment_of(kept.one(actor, assessment_id, assessment.TYPE, looked=looked))


def left_by_program(actor: Actor) -> tuple[list[Drill], int]:
    """Drills of the program that nobody took in yet. Raises `NotPermitted` for whoever writes none."""
    allow(actor, Permission.CREATE_VAULT, Asked(type=drills.TYPE))
    known = [one.line for one in map(drill_of, kept.every(actor, drills.TYPE, looked=False)) if one.line]
    return drills.left_by_program(settings.INSTALLATION.data, known, clock.today())


def nags(actor: Actor) -> tuple[str, ...]:
    """What is late, for those who answer for it; nobody else is asked to do anything about it."""
    return standing(actor).nags if actor.roles & ANSWER else ()


def first_day(changes: tuple[Change, ...], before: date | None) -> date | None:
    """Since when the office is another one than was assessed: the day on which it was first seen."""
    return (before or clock.today()) if changes else None



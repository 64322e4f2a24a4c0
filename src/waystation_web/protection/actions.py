"""Acts of those who answer for the office: assess it, drill, and say that it takes real people in.

Who signs has confirmed who they are, and is another person than who signed first. What is signed is made anew from what
stands there when it counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_noop

from waystation.access import Facts, Permission
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.duty import in_use
from waystation_web.gateways import clock, demonstrating
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import Record
from waystation_web.vault import approvals
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted
from waystation_web.vault.queries import allow

from . import assessment, configuration, drills, queries
from .assessment import State
from .readiness import review_fits

SIGNED = gettext_noop("This assessment is signed. Begin a new one: it starts with these answers.")
REVIEW = gettext_noop("Say a day within the next year on which this is looked at again.")
OTHER_NOW = gettext_noop("The office is not the one that this was filled in for. Read what changed, save it anew, and "
                         "then sign.")
NOT_YET = gettext_noop("Something is still missing before real people may be written down here. This page says what.")
LEFT = gettext_noop("This office has left the demonstration already.")
NOT_WRITTEN = gettext_noop("office.toml could not be written anew. Nothing was changed. Whoever runs this computer "
                           "must look at the folder of the office; an invented office stays a demonstration for ever.")


def begin(actor: Actor, answers: Mapping[str, str], review: date) -> bytes:
    """A new assessment of the office as it stands: its id. Raises `NotPermitted`."""
    _still_to_come(review)
    with writing():
        return records.make(actor, assessment.TYPE, {"answers": dict(answers), **_now(review)}).id


def write(actor: Actor, assessment_id: bytes, answers: Mapping[str, str], review: date, *, revision: int) -> None:
    """Write the answers anew, for the office as it stands now. A first signature under the old ones falls away.

    Raises `NotPermitted` once two have signed, `Changed`, `NoSuchVault`, `Refused`.
    """
    _still_to_come(review)
    with writing():
        held = queries.held(actor, assessment_id, looked=False)
        if held.state is State.SIGNED:
            raise NotPermitted("signed", SIGNED, vault=held.id)
        records.change(actor, held.record, {"answers": dict(answers), **_now(review), "approval": None},
                       what="assessment", revision=revision)


def sign(actor: Actor, assessment_id: bytes) -> str:
    """Sign an assessment, first or second: "asked" or "signed".

    Raises `NotPermitted` also if the office changed since it was filled in, `NoSuchVault`, `Refused`.
    """
    with writing():
        held = queries.held(actor, assessment_id, looked=False)
        allow(actor, Permission.WRITE_VAULT, Facts(type=assessment.TYPE, holds=True), vault=held.id)
        if held.state is State.SIGNED:
            raise NotPermitted("signed", SIGNED, vault=held.id)
        if configuration.changed(held.configuration, configuration.present()):
            raise NotPermitted("drift", OTHER_NOW, vault=held.id)
        _still_to_come(held.review)
        this, block = assessment.manifest(held.record.body), held.record.body.get("approval")
        if block is None or clock.now().isoformat() > block["until"]:  # one older than a day is asked for anew
            _keep(actor, held.record, approvals.ask(actor, held.id, this), Event.ASKED_FOR_SECOND, "assessment")
            return "asked"
        both = approvals.use(held.id, approvals.approve(actor, held.id, block, this), this)
        _keep(actor, held.record, both, Event.SIGNED_SECOND, "assessment")
        _tell(actor, {"review": held.review.isoformat(), "drift": None}, "assessed")
        return "signed"


def drilled(actor: Actor, *, sort: str, on: date, passed: bool, minutes: int, wrong: str, who: str) -> None:
    """Write a drill down by hand. Raises `NotPermitted`."""
    with writing():
        _drill(actor, drills.Drill(sort, on, passed, minutes, wrong, who))


def take_in(actor: Actor) -> int:
    """Take in what the program wrote of its drills: how many. Raises `NotPermitted`."""
    with writing():
        found, _ = queries.left_by_program(actor)
        for one in found:
            _drill(actor, one)
    return len(found)


def leave(actor: Actor) -> str:
    """Sign that this office takes real people in, first or second: "asked" or "left". There is no way back.

    Raises `NotPermitted` with anything missing, also if it went missing between the two signatures.
    """
    with demonstrating.unless_it_fails(), writing():
        allow(actor, Permission.CREATE_VAULT, Facts(type=in_use.TYPE))
        this = _ready(actor)
        before = queries.waiting(actor)
        if before is None or before.body["manifest"] != this:
            made = records.make(actor, in_use.TYPE, {"sort": in_use.SORT, "manifest": this})
            _keep(actor, made, approvals.ask(actor, made.id, this), Event.ASKED_FOR_SECOND, "leave demonstration")
            return "asked"
        both = approvals.use(before.id, approvals.approve(actor, before.id, before.body["approval"], this), this)
        records.change(actor, before, {"approval": both, **this["days"]}, what="left", kept=False)
        record(actor, Event.LEFT_DEMONSTRATION, vault=before.id, second=bytes.fromhex(both["asked_by"]))
        try:
            demonstrating.leave()
        except demonstrating.NotWritten as reason:
            raise NotPermitted("office_file", NOT_WRITTEN) from reason
    return "left"


def note_drift(actor: Actor) -> tuple[str, ...]:
    """What is late now, for those who answer for it; that the office changed is written down when it is first seen.

    Raises `Refused`.
    """
    if not actor.roles & queries.ANSWER:
        return ()
    with writing():
        now = queries.standing(actor)
        if now.in_use is not None and bool(now.changes) != bool(now.in_use.body.get("drift")):
            day = queries.first_day(now.changes, None)
            _tell(actor, {"drift": day.isoformat() if day else None}, "drift")
    return now.nags


def _ready(actor: Actor) -> dict[str, Any]:
    """What two people sign, if nothing is missing. Raises `NotPermitted`."""
    if queries.real():
        raise NotPermitted("left", LEFT)
    now = queries.standing(actor)
    if now.missing or now.counts is None or now.facts.restore is None or now.facts.recovery is None:
        raise NotPermitted("H-44", NOT_YET)
    days = {"review": now.counts.review.isoformat(), "restore": now.facts.restore.isoformat(),
            "recovery": now.facts.recovery.isoformat()}
    return {"what": "leave demonstration", "organisation": settings.INSTALLATION.organisation_id.hex(),
            "assessment": now.counts.id.hex(), "days": days,
            "configuration": configuration.digest(now.counts.configuration)}


def _drill(actor: Actor, one: drills.Drill) -> None:
    records.make(actor, drills.TYPE, {
        "sort": one.sort, "on": one.on.isoformat(), "passed": one.passed, "minutes": one.minutes, "wrong": one.wrong,
        "who": one.who, "source": one.source, "line": one.line})
    last = drills.last_passed(map(drills.drill_of, kept.every(actor, drills.TYPE, looked=False)), one.sort)
    if last is not None:
        _tell(actor, {one.sort: last.isoformat()}, "drill")


def _tell(actor: Actor, fields: Mapping[str, Any], what: str) -> None:
    """Tell everybody who works here what whoever answers a call must know, once the office takes people in."""
    held = in_use.held(actor)
    if held is not None:
        records.change(actor, held, fields, what=what)


def _now(review: date) -> dict[str, Any]:
    return {"review": review.isoformat(), "configuration": configuration.present()}


def _still_to_come(review: date) -> None:
    if not review_fits(review, clock.today()):
        raise NotPermitted("review", REVIEW)


def _keep(actor: Actor, held: Record, block: Mapping[str, Any], event: Event, reason: str) -> None:
    records.change(actor, held, {"approval": dict(block)}, what="signed", kept=False)
    record(actor, event, vault=held.id, reason=reason)

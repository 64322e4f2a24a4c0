"""People draft letters from an incident, change them, and say that something in them was wrong. Nothing is sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from waystation.appeals.acts import MATTER
from waystation.appeals.addressees import ADDRESSEES
from waystation.appeals.draft import correction
from waystation.papers.paper import Paper
from waystation_web.cases import values
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.journeys import actions_told, told
from waystation_web.journeys.actions_incident import to_act_on
from waystation_web.journeys.incidents import Incident, incident_of
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import Record
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted

from . import listed
from .composing import clean, composed, new_ref, version
from .gathering import Gathered, gathered
from .letter import TYPE, letter_of

TYPED = ("which", "state", "language", "demands", "profiles", "own", "denial")


def draft(actor: Actor, incident_id: bytes, typed: Mapping[str, Any]) -> list[bytes]:
    """One whole letter for each addressee that is chosen; their ids. Raises `NotPermitted`, `NoSuchVault`."""
    with writing():
        held = to_act_on(actor, incident_id)
        incident = incident_of(held)
        if incident.kind not in MATTER:
            raise NotPermitted("kind", "Of this no letter can be written: nobody else may hear that a word was "
                                       "spoken.", vault=incident_id)
        found, typed = gathered(actor, incident), _listed(actor, typed)
        made = [_made(actor, incident, found, {**typed, "to": to}) for to in typed["to"]]
        actions_told.drafted(actor, held)
    return made


def redraft(actor: Actor, letter_id: bytes, typed: Mapping[str, Any]) -> bool:
    """The letter anew, from what is known now and what is typed; whether it says anything else than before.

    What two signed was the older one: a changed letter is signed anew. Raises `NotPermitted`, `NoSuchVault`.
    """
    with writing():
        held = kept.one(actor, letter_id, TYPE, looked=False)
        letter = letter_of(held)
        incident = incident_of(to_act_on(actor, letter.incident))
        found, fields = gathered(actor, incident), {name: typed[name] for name in TYPED if name in typed}
        if any(name in fields and values.text(held.body, name) != fields[name] for name in ("which", "state")):
            fields["listed"] = ""  # it goes to another office now
        if letter.corrects:
            fields = {"says": str(typed["says"])}
            paper, told_of = _correcting({**held.body, **fields}), ()
            clean(paper, found, told_of, vault=letter_id)
        else:
            paper, told_of = composed(incident, found, {**held.body, **fields}, letter.ref)
        changed = paper.digest != letter.now.digest
        versions = [*held.body["versions"], version(actor, paper, told_of)] if changed else held.body["versions"]
        records.change(actor, held, {**fields, "versions": versions, **({"signing": None} if changed else {})},
                       what="text", kept=False)
    return changed


def _listed(actor: Actor, typed: Mapping[str, Any]) -> Mapping[str, Any]:
    """What was typed; where an entry of the directory was chosen, with its name as the office."""
    if not typed.get("listed"):
        return typed
    if len(typed["to"]) != 1 or typed["which"] or typed["to"][0] not in ADDRESSEES:
        raise NotPermitted("listed", listed.ONE)
    return {**typed, "which": listed.which_of(listed.chosen(actor, typed["listed"], typed["to"][0], typed["state"]))}


def correct(actor: Actor, incident_id: bytes, says: str) -> list[bytes]:
    """Something that was written is wrong, or there is news: a letter for everybody who was ever told; their ids.

    Until each of them was given theirs it stands on the first page of the day. Raises `NotPermitted`, `NoSuchVault`.
    """
    with writing():
        held = to_act_on(actor, incident_id)
        incident = incident_of(held)
        past = told.recipients(incident)
        if not past:
            raise NotPermitted("nobody", "Nobody was told of it yet. Change the draft instead.", vault=incident_id)
        held = actions_told.corrected(actor, held, says)
        mark, found = told.newest_correction(held), gathered(actor, incident)
        return [_correction(actor, incident, found, one, mark, says) for one in past]


def _correction(actor: Actor, incident: Incident, found: Gathered, one: Mapping[str, Any], mark: str,
                says: str) -> bytes:
    ref = new_ref()
    body = {name: values.text(one, name) for name in ("to", "which", "state", "language")} | {
        "demands": [], "profiles": [], "own": "", "denial": {}, "corrects": mark, "says": says,
        "first": values.text(one, "on"), "ref": ref}
    paper = _correcting(body)
    clean(paper, found, (), vault=incident.id)
    return _keep(actor, incident, {**body, "versions": [version(actor, paper, ())]})


def _correcting(body: Mapping[str, Any]) -> Paper:
    return correction(body["says"], values.day(body, "first") or clock.today(), ADDRESSEES[body["to"]],
                      body["language"], clock.today(), state=body["state"], which=body["which"], mark=body["ref"])


def _made(actor: Actor, incident: Incident, found: Gathered, typed: Mapping[str, Any]) -> bytes:
    if typed["to"] not in ADDRESSEES:
        raise NoSuchVault
    ref = new_ref()
    paper, told_of = composed(incident, found, typed, ref)
    return _keep(actor, incident, {**{name: typed[name] for name in TYPED}, "to": typed["to"],
                                   "listed": str(typed.get("listed") or ""),
                                   "corrects": "", "says": "", "first": "",
                                   "ref": ref, "versions": [version(actor, paper, told_of)]})


def _keep(actor: Actor, incident: Incident, body: Mapping[str, Any]) -> bytes:
    """A letter is held by whoever holds every one by their role, and by the worker of the case."""
    case: Record | None = kept.maybe(actor, incident.case, "case")
    worker = values.account(case.body, "worker") if case else b""
    there = {one.id for one in kept.colleagues().values() if one.active and "case_worker" in one.roles}
    return records.make(actor, TYPE, {
        "incident": incident.key, "case": incident.case.hex(), "case_ref": incident.case_ref, "taken": [], "sent": [],
        "looks": [], **body}, holders=[worker] if worker in there - {actor.id} else []).id

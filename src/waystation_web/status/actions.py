"""What people do about an application: begin one, make a step, write grounds down, tell a State what was agreed to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from waystation.casework.application import BEGUN, CUSTODY, PROTECTED, step
from waystation.casework.moves import Refused as NotMoved
from waystation.rights.library import library
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.cases import actions as telling
from waystation_web.cases import queries as cases
from waystation_web.cases.case import Case
from waystation_web.duty import embargoed
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted

from .application import TYPE, Application, application_of
from .grounds import facts_of, named
from .unity import parted

GROUNDS = ("person", "claims", "profile", "fear", "since_leaving", "nationality")
FILED = ("authority", "ref_no", "legal_basis", "counsel", "no_counsel")
DECIDED = ("reasons", "instrument")


def begin(actor: Actor, typed: Mapping[str, Any]) -> bytes:
    """An application of people of a case for one way; its id. Raises `NoSuchVault` unless one holds the case."""
    with writing():
        case, today = cases.case(actor, typed["case"]), clock.today()
        going = [one for one in case.people if one.id in typed["persons"]]
        steps = library().pathways().get(typed["pathway"])
        if not going or len(going) != len(set(typed["persons"])) or not steps:
            raise NoSuchVault
        body = {"case": case.key, "case_ref": case.ref, "persons": [one.id for one in going],
                "codes": [one.code for one in going], "apart": list(parted(case, typed["persons"], today)),
                "pathway": typed["pathway"], "state": steps[0].country, "status": BEGUN}
        held = records.make(actor, TYPE, body, holders=_team(actor, case))
        telling.tell(actor, case.id, "status", "application", application=held.key)
    return held.id


def move(actor: Actor, application_id: bytes, event: str, typed: Mapping[str, Any]) -> None:
    """Make a step. Raises `NotPermitted` with the sentence of the guard that is in the way, `NoSuchVault`."""
    with writing():
        one, today = _held(actor, application_id), clock.today()
        found = step(one.status, event, actor.roles, facts_of(one, _case(actor, one), typed, today))
        if isinstance(found, NotMoved):
            raise NotPermitted(found.rule, found.sentence, vault=application_id)
        new: dict[str, Any] = {"status": found.to} | _written(one, event, typed)
        held = records.change(actor, one.record, new, what="status")
        held = records.add(actor, held, "log", {"event": event, "from": one.status, "to": found.to,
                                                "text": str(typed["reason"])})
        if event == "interview":
            held = records.add(actor, held, "interviews", {
                "day": typed["day"].isoformat(), "summary": typed["summary"], "interpreter": typed["interpreter"]})
        if found.to in PROTECTED and _case(actor, one) is not None:
            telling.tell(actor, one.case, "status", found.to, application=one.key)


def _written(one: Application, event: str, typed: Mapping[str, Any]) -> dict[str, Any]:
    """What a step writes beside where the application stands then."""
    if event == "choose":
        return {"unity": typed.get("unity") or ""}
    if event == "file":
        return {name: typed.get(name) or "" for name in FILED} | {"filed_at": clock.today().isoformat()}
    if event == "hold":
        return {"held": {"state": typed["state"], "facility": typed.get("facility") or "",
                         "since": clock.today().isoformat(), "look": typed["look"].isoformat(), "health": ""}}
    if event == "removal":
        return {"before": one.status, "measures": typed["measures"]}
    if event in {"grant", "transfer", "defer", "refuse"}:
        appeal = typed.get("appeal_by")
        return {"decision": {"result": event, "day": typed["day"].isoformat(),
                             **{name: typed[name] for name in DECIDED}},
                "appeal_by": appeal.isoformat() if event == "refuse" and appeal else ""}
    return {"before": ""} if event == "averted" else {}


def reach(actor: Actor, application_id: bytes, *, order: int, day: Any, left: bool = False) -> None:
    """They stand at a step of their way since a day; the one before it ended then. `left`: nothing comes after it.

    Raises `NotPermitted` for a day before the last, `NoSuchVault` for no step of this way.
    """
    with writing():
        one = _held(actor, application_id)
        if order not in {each.order for each in one.steps}:
            raise NoSuchVault
        now, held = one.now, one.record
        if now is not None and day < now.began:
            raise NotPermitted("day", "The step before it began later than this day. Look at the days again.",
                               vault=application_id)
        if now is not None:
            held = records.replace_item(actor, held, "steps", now.id, {"ended": day.isoformat()}, what="step")
        if not left:
            records.add(actor, held, "steps", {"order": order, "began": day.isoformat(), "ended": ""})


def ground(actor: Actor, application_id: bytes, typed: Mapping[str, Any]) -> None:
    """What somebody's application rests on: grounds, who they are, their fear in their own words, their nationality."""
    with writing():
        one = _held(actor, application_id)
        if typed["person"] not in one.persons:
            raise NoSuchVault
        records.add(actor, one.record, "grounds", {name: typed[name] for name in GROUNDS})


def look(actor: Actor, application_id: bytes, typed: Mapping[str, Any]) -> None:
    """Somebody looked after whoever is held: how they are, who came, when next. Raises `NotPermitted` for others."""
    with writing():
        one = _held(actor, application_id)
        if one.status != CUSTODY or one.held is None:
            raise NotPermitted("custody", "They are not held now.", vault=application_id)
        part = {**one.record.body["held"], "health": typed["health"], "look": typed["look"].isoformat()}
        held = records.change(actor, one.record, {"held": part}, what="custody")
        records.add(actor, held, "log", {"event": "look", "from": one.status, "to": one.status,
                                         "text": typed["health"]})


def share(actor: Actor, application_id: bytes, typed: Mapping[str, Any]) -> None:
    """Something of somebody was told to a State, by their yes that names it and these data.

    Raises `NotPermitted` without that yes, for what an embargo holds back, and for whoever does not hold the case.
    """
    with writing():
        one, person = _held(actor, application_id), typed["person"]
        case = _case(actor, one)
        if case is None:
            raise NotPermitted("H-05", "Their case is not shared with you, so you cannot see what they said yes to. "
                               "Ask a colleague who works on it.", vault=application_id)
        if person not in one.persons:
            raise NoSuchVault
        refused = named(case, person, typed["country"], typed["data"], clock.today())
        if refused is not None:
            raise NotPermitted(refused.rule, refused.sentence, vault=application_id)
        if embargoed.standing(actor).on(case.ref, case.key):
            raise NotPermitted("embargo", embargoed.HELD_BACK, vault=application_id)
        item = {name: typed[name] for name in ("person", "data", "country", "authority", "what")}
        records.add(actor, one.record, "shared", item)
        record(actor, Event.REFERRED, vault=application_id)


def _held(actor: Actor, application_id: bytes) -> Application:
    return application_of(kept.one(actor, application_id, TYPE, looked=False))


def _case(actor: Actor, one: Application) -> Case | None:
    try:
        return cases.case(actor, one.case)
    except NoSuchVault:
        return None


def _team(actor: Actor, case: Case) -> list[bytes]:
    there = {each.id for each in kept.colleagues().values() if each.active and "case_worker" in each.roles}
    return sorted({who for who in (case.worker, case.deputy) if who and who != actor.id} & there)

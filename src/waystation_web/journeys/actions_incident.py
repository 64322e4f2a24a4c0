"""What people do after a capture: report it, give each line an owner, freeze and let go, step, hold a demand.

A person confirms each freeze; from that moment the planner and the release of next stops obey it, and
likewise when somebody lets it go.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from waystation.access import Role
from waystation.casework.moves import Moved, step
from waystation.journeys.status import INCIDENT, JOURNEY, ON_THE_ROAD, Broken
from waystation.ledger.entries import Direction, Entry, Kind, LegalFlag, Payer
from waystation.units import Money
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.cases import actions as cases
from waystation_web.cases import values
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.ledger import actions as ledger
from waystation_web.network import freezes
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.queries import Colleague
from waystation_web.records.record import Record, said
from waystation_web.vault import approvals
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted

from . import exposure, live, watches
from .attending import for_whoever_is_on_duty
from .demands import decided
from .embargo import may_leave
from .ground import road
from .incidents import Incident, incident_of, made_for
from .journey import journey_of
from .offices import ask_office, first_roles, of_the_other
from .responding import EVERY, grounds, more_lines
from .stages import after
from .steps import moved

CAUGHT = frozenset({"capture", "forced_return", "trafficking"})


def report(actor: Actor, journey_id: bytes, typed: Mapping[str, Any]) -> bytes:
    """Something happened to a party: an incident with what may be known now; its id. They are stopped where asked.

    Raises `NotPermitted`, `NoSuchVault`, `Refused`.
    """
    with writing():
        held = kept.one(actor, journey_id, "journey", looked=False)
        journey = journey_of(held)
        found = step(INCIDENT, "", "report", actor.roles, Broken(reason=str(typed["how_known"])))
        if not isinstance(found, Moved):
            raise NotPermitted(found.rule, found.sentence, vault=journey_id)
        workers = [one.id for one in kept.held_by(kept.holders(actor, journey.case))
                   if Role.CASE_WORKER in one.roles and one.active and one.id != actor.id]
        made = made_for(actor, journey, {
            "kind": typed["kind"], "status": found.to, "how_known": typed["how_known"], "force": typed["force"],
            "province": typed["province"], "moved_by": typed.get("moved_by", ""),
            "restraint": list(typed.get("restraint", ())), "proposals": exposure.proposals(actor, journey), "tasks": [],
            **more_lines(str(typed["kind"]), kept.maybe(actor, journey.case, "case"), journey)}, workers)
        if typed.get("stop") and journey.status in ON_THE_ROAD:
            stopped = step(JOURNEY, journey.status, "suspend", actor.roles,
                           road(actor, journey, {}, reason=str(typed["how_known"])))
            if isinstance(stopped, Moved):
                code = "captured" if typed["kind"] in CAUGHT else "missing"
                moved(actor, held, after(actor, journey, "suspend", {"code": code}), stopped.to,
                      kind="suspend", reason=str(typed["how_known"]))
        cases.tell(actor, journey.case, "incident", "reported", incident=made.key)
        live.changed(made.id, journey_id)
    return made.id


def own(actor: Actor, incident_id: bytes, name: str, owner: bytes) -> None:
    """Give a line of the first hours an owner. Raises `NoSuchVault` for a line or a colleague that is none."""
    if name not in EVERY or owner not in kept.colleagues():
        raise NoSuchVault
    with writing():
        held = to_act_on(actor, incident_id)
        _write(actor, held, name, {"owner": owner.hex()})


def done(actor: Actor, incident_id: bytes, name: str) -> None:
    """A line is done. Raises `NoSuchVault` for a line that is none."""
    if name not in EVERY:
        raise NoSuchVault
    with writing():
        held = to_act_on(actor, incident_id)
        _write(actor, held, name, {"done_at": said(clock.now()), "done_by": actor.id.hex()})


def confirm(actor: Actor, incident_id: bytes, codes: Iterable[str]) -> int:
    """Freeze what was proposed, by code; how many. Raises `NotPermitted` for what was not proposed."""
    wanted = set(codes)
    with writing():
        held = to_act_on(actor, incident_id)
        offered = values.items(held.body, "proposals")
        if not wanted or not wanted <= {values.text(one, "code") for one in offered}:
            raise NotPermitted("proposal", "Choose among what was proposed.", vault=incident_id)
        freezes.freeze(actor, wanted, incident=incident_id)
        after_ = [{**one, "state": "frozen", "by": actor.id.hex()} if one.get("code") in wanted else dict(one)
                  for one in offered]
        records.change(actor, held, {"proposals": after_,
                                     "log": logged(actor, held, "freeze", ", ".join(sorted(wanted)))},
                       what="frozen", kept=False)
        live.changed(incident_id)
    return len(wanted)


def let_go(actor: Actor, incident_id: bytes, codes: Iterable[str], *, reason: str) -> None:
    """Let what was frozen be used again, by code: whoever writes the book, with a reason. Raises `NotPermitted`."""
    wanted = set(codes)
    with writing():
        held = to_act_on(actor, incident_id)
        freezes.lift(actor, wanted, incident=incident_id, reason=reason)
        after_ = [{**one, "state": "let go", "by": actor.id.hex()} if one.get("code") in wanted else dict(one)
                  for one in values.items(held.body, "proposals")]
        records.change(actor, held, {"proposals": after_,
                                     "log": logged(actor, held, "let_go", f"{', '.join(sorted(wanted))}: {reason}")},
                       what="let_go", kept=False)
        live.changed(incident_id)


def family(actor: Actor, incident_id: bytes, *, who: str, teller: bytes, says: str, when: str) -> None:
    """Plan who tells the family what, and when it is safe. Nobody is told by it. Raises `NoSuchVault`."""
    if teller not in kept.colleagues():
        raise NoSuchVault
    with writing():
        held = to_act_on(actor, incident_id)
        records.add(actor, held, "family", {"who": who, "teller": teller.hex(), "says": says, "when": when},
                    log=logged(actor, held, "family", who))


def family_told(actor: Actor, incident_id: bytes, item: str) -> None:
    """It was told, by a person. Raises `NoSuchVault` for a line that is none, `NotPermitted` for one told before."""
    with writing():
        held = to_act_on(actor, incident_id)
        if any(one.get("id") == item and one.get("told_at") for one in values.items(held.body, "family")):
            raise NotPermitted("told", "It is written down already that this was told.", vault=incident_id)
        records.replace_item(actor, held, "family", item, {"told_at": said(clock.now()), "told_by": actor.id.hex()},
                             what="family")


def make_step(actor: Actor, incident_id: bytes, event: str, typed: Mapping[str, Any]) -> str:
    """Make a step of an incident, or sign it first where two must: "moved" or "asked". Raises `NotPermitted`."""
    with writing():
        held = to_act_on(actor, incident_id)
        result = _step(actor, held, incident_of(held), event, typed)
        live.changed(incident_id)
    return result


def demand(actor: Actor, incident_id: bytes, *, amount: Money, words: str, note: str, second: bytes,
           other: bytes) -> bytes:
    """A demand for money: a line of the ledger that waits for its hours and for two offices; its id.

    `second` signs for money in the ledger; `other` is of the other office, and signs that the incident goes on hold.
    Whether this person may make that step is asked before the line is written: who is refused leaves none behind.
    Raises `NotPermitted` (`step_up`), `InvalidEntry`.
    """
    with writing():
        found = incident_of(to_act_on(actor, incident_id))
    may = step(INCIDENT, found.status, "demand", actor.roles,
               grounds(found, {}, event="demand", reason=words, second=True))
    if not isinstance(may, Moved):
        raise NotPermitted(may.rule, may.sentence, vault=incident_id)
    if not actor.stepped_up(clock.now()):
        raise NotPermitted("step_up", "Confirm that it is you, then send this again.", step_up=True, vault=incident_id)
    entry = Entry(ref="", kind=Kind.RANSOM, amount=amount, day=clock.today(), direction=Direction.OUT,
                  payer=Payer.RELATIVE, contact="", legal=LegalFlag.RANSOM, legal_note=note)
    line = ledger.new(actor, ledger.Typed(entry, found.case, words, "unknown", second, False, ()))
    with writing():
        held = to_act_on(actor, incident_id)
        held = records.change(actor, held, {"demand": {"at": said(clock.now()), "line": line.hex()}}, what="demand")
        _step(actor, held, incident_of(held), "demand", {"reason": words, "other": other.hex()})
        live.changed(incident_id, line)
    return line


def _step(actor: Actor, held: Record, incident: Incident, event: str, typed: Mapping[str, Any]) -> str:
    asked = waiting_step(held, incident, event)
    reason = values.text(asked, "reason") if asked else str(typed.get("reason") or "")
    told = values.part(asked, "typed") if asked else {name: one for name, one in typed.items() if name != "reason"}
    told = {**told, "decided": decided(actor, incident, event, asked), "may_leave": may_leave(actor, incident)}
    found = step(INCIDENT, incident.status, event, actor.roles,
                 grounds(incident, told, event=event, reason=reason, second=True), first=first_roles(asked))
    if not isinstance(found, Moved):
        raise NotPermitted(found.rule, found.sentence, vault=held.id)
    fields: dict[str, Any] = {"status": found.to, "step": None, "log": logged(actor, held, event, reason)}
    if INCIDENT[incident.status, event].two:
        this = {"act": "incident", "event": event, "from": incident.status, "reason": reason}
        if not asked:
            block = approvals.ask(actor, held.id, this)
            if (offices := INCIDENT[incident.status, event].offices) is not None:
                ask_office(actor, held, offices, values.account(told, "other"))
            records.change(actor, held, {"step": {"event": event, "from": incident.status, "reason": reason,
                                                  "typed": dict(told), "approval": block}}, what="step", kept=False)
            record(actor, Event.ASKED_FOR_SECOND, vault=held.id)
            return "asked"
        signed = approvals.approve(actor, held.id, asked["approval"], this)
        approvals.use(held.id, signed, this)
        record(actor, Event.SIGNED_SECOND, vault=held.id)
    records.change(actor, held, fields, what=event, kept=False, second=bool(asked))
    watches.clear(held.id)
    return "moved"


def others(incident: Incident, event: str, actor: Actor) -> list[Colleague]:
    """Who may sign a step of two offices after this person."""
    return of_the_other(actor, INCIDENT[incident.status, event].offices)


def waiting_step(held: Record, incident: Incident, event: str) -> Mapping[str, Any]:
    """A step that one has signed and another still may; empty if there is none."""
    asked = values.part(held.body, "step")
    until = values.at(values.part(asked, "approval"), "until")
    there = (asked.get("event"), asked.get("from")) == (event, incident.status)
    return asked if there and until is not None and clock.now() <= until else {}


def to_act_on(actor: Actor, incident_id: bytes) -> Record:
    """An incident to act on; a silent one by whoever its page is for."""
    held = kept.one(actor, incident_id, "incident", looked=False)
    if incident_of(held).open_silently:
        for_whoever_is_on_duty(actor)
    return held


def _write(actor: Actor, held: Record, name: str, fields: Mapping[str, Any]) -> None:
    tasks = {values.text(one, "name"): dict(one) for one in values.items(held.body, "tasks")}
    tasks[name] = {"name": name, **tasks.get(name, {}), **fields}
    records.change(actor, held, {"tasks": list(tasks.values())}, what="task", kept=False)


def logged(actor: Actor, held: Record, kind: str, text: str) -> list[Any]:
    """The log with one line more."""
    line = {"by": actor.id.hex(), "at": said(clock.now()), "kind": kind, "text": text}
    return [*held.body.get("log", ()), line]


__all__ = ["confirm", "demand", "done", "family", "family_told", "first_roles", "let_go", "logged", "make_step",
           "others", "own", "report", "to_act_on", "waiting_step"]

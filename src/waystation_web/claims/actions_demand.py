"""What people do about a legal demand: write it down, count, decide by two, tell, hand over by two. Nothing is sent."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date
from secrets import token_hex
from typing import Any

from django.utils.translation import gettext_noop

from waystation.access import WHY, Holding, Role, holding
from waystation.casework.consent import Allowed, Wish, allows
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.cases import queries as cases
from waystation_web.cases import values
from waystation_web.cases.case import case_of
from waystation_web.cases.consents import rows_of
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import Record, said
from waystation_web.retention import holds
from waystation_web.retention.about import about_case
from waystation_web.vault import approvals
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted
from waystation_web.vault.holdings import types_opened

from .demand import OFFICES, PART, TYPE, Demand, demand_of
from .production import digest_of, marks_of

WRITTEN = ("who", "sort", "country", "how", "asks", "counsel")
FROZEN = ("what", "until", "reason", "vaults")
NOTHING = gettext_noop("There is nothing to sign: the first signature is missing or older than a day.")
HANDED = ("what", "to", "digest", "case", "data", "nobody")


def write_down(actor: Actor, typed: Mapping[str, Any]) -> bytes:
    """A demand that has arrived; its id. Raises `NotPermitted`."""
    of_the_office(actor)
    body = {name: typed[name] for name in WRITTEN}
    body |= {"received": typed["received"].isoformat(), "rights": typed["rights"].hex(), "head": typed["head"].hex(),
             "deadline": typed["deadline"].isoformat() if typed.get("deadline") else "", "salt": os.urandom(16).hex(),
             "team": [one.hex() for one in typed["team"]], "log": []}
    with writing():
        made = records.make(actor, TYPE, body).id
        _let_read(actor, made, typed["team"])
    return made


def note(actor: Actor, demand_id: bytes, text: str) -> None:
    """A line in its log. Raises `NoSuchVault`, `NotPermitted`."""
    with writing():
        held = _changed(actor, demand_id)
        records.change(actor, held, {"log": logged(actor, held, "note", text)}, what="log", kept=False)


def name_team(actor: Actor, demand_id: bytes, team: list[bytes]) -> None:
    """Who answers it: what they can open is what can be produced. Raises `NoSuchVault`, `NotPermitted`."""
    with writing():
        held = _changed(actor, demand_id)
        kept_counts = [one for one in values.items(held.body, "counts") if bytes.fromhex(one["by"]) in team]
        records.change(actor, held, {"team": [one.hex() for one in team], "counts": kept_counts,
                                     "log": logged(actor, held, "team", "")}, what="team", kept=False)
        _let_read(actor, demand_id, team)


def count(actor: Actor, demand_id: bytes) -> None:
    """Somebody of the team counts what their own keys open, by type. Raises `NotPermitted` for anybody else."""
    refused = list[bytes]()
    opened = types_opened(actor, refused=refused)  # before the transaction: it takes as long as a search
    with writing():
        held = _held(actor, demand_id)
        if actor.id not in demand_of(held).team:
            raise NotPermitted("team", "Only whoever answers this demand counts. Name them in the team first.",
                               vault=demand_id)
        salt = bytes.fromhex(str(held.body["salt"]))
        mine = {"by": actor.id.hex(), "at": said(clock.now()), "of": digest_of([*opened, *refused]),
                "types": marks_of(opened, salt), "broken": len(refused)}
        others = [one for one in values.items(held.body, "counts") if one.get("by") != actor.id.hex()]
        records.change(actor, held, {"counts": [*others, mine]}, what="count", kept=False)


def decide(actor: Actor, demand_id: bytes, *, what: str = "", reason: str = "") -> str:
    """Sign what is answered, first or second: "asked" or "decided". Whoever signs second signs what the first wrote.

    Only the two whom the demand names. Nothing is given to a State that sends people back. Raises `NotPermitted`.
    """
    with writing():
        held = _held(actor, demand_id)
        demand = _deciding(actor, held)
        if demand.decided:
            raise NotPermitted("decided", "This was decided already. Write down a new demand for what is asked anew.",
                               vault=demand_id)
        asked = open_block(demand.deciding)
        this = {"act": "demand", "what": values.text(asked, "what") or what,
                "reason": values.text(asked, "reason") or reason, "asks": demand.asks, "who": demand.who}
        if this["what"] == PART:
            _no_wall(demand)
        if not asked:
            block = approvals.ask(actor, held.id, this)
            records.change(actor, held, {"deciding": {"what": what, "reason": reason, "approval": block}},
                           what="step", kept=False)
            record(actor, Event.ASKED_FOR_SECOND, vault=held.id)
            return "asked"
        signed = _second(actor, held, asked, this)
        done = {"what": this["what"], "reason": this["reason"], "by": [signed["asked_by"], actor.id.hex()],
                "at": said(clock.now())}
        records.change(actor, held, {"decision": done, "deciding": None,
                                     "log": logged(actor, held, "decided", this["what"])}, what="decided", kept=False)
    return "decided"


def hand_over(actor: Actor, demand_id: bytes, typed: Mapping[str, Any] | None = None) -> str:
    """Sign that something is given, first or second: "asked" or "handed". The office sends nothing: people give it.

    Asks for a decision by two to answer in part, no State that sends people back, and of everybody who can be known
    from it a yes that names this State. Raises `NotPermitted`, `NoSuchVault`.
    """
    with writing():
        held = _held(actor, demand_id)
        demand = _deciding(actor, held)
        if demand.decided != PART:
            raise NotPermitted("decision", "Nothing is given before two have decided to answer in part.",
                               vault=demand_id)
        asked = open_block(demand.handing)
        if not asked and typed is None:
            raise NotPermitted("nothing", NOTHING, vault=demand_id)
        this = {"act": "hand over", **{name: (asked or typed or {})[name] for name in HANDED}}
        _no_wall(demand)
        _everybody_said_yes(actor, demand, this)
        if not asked:
            block = approvals.ask(actor, held.id, this)
            records.change(actor, held, {"handing": {**this, "approval": block}}, what="step", kept=False)
            record(actor, Event.ASKED_FOR_SECOND, vault=held.id)
            return "asked"
        signed = _second(actor, held, asked, this)
        line = {"id": token_hex(8), **this, "by": [signed["asked_by"], actor.id.hex()], "at": said(clock.now())}
        records.change(actor, held, {"handed": [*values.items(held.body, "handed"), line], "handing": None,
                                     "log": logged(actor, held, "handed", "")}, what="handed", kept=False)
    return "handed"


def freeze(actor: Actor, demand_id: bytes, typed: Mapping[str, Any] | None = None) -> str:
    """Sign that nothing about a case is destroyed until a day, first or second: "asked" or "frozen".

    By the two who decide, never by itself: what is about the case, as far as whoever signs first can know it. It counts
    at once, also for time and for those who delete by two (`retention.holds`). Raises `NotPermitted`, `NoSuchVault`.
    """
    fresh = None if typed is None else _about(actor, typed)
    with writing():
        held = _held(actor, demand_id)
        demand = _deciding(actor, held)
        asked = open_block(demand.freezing)
        if not asked and fresh is None:
            raise NotPermitted("nothing", NOTHING, vault=demand_id)
        this = {"act": "freeze", **{name: (asked or fresh or {})[name] for name in FROZEN}}
        until = date.fromisoformat(str(this["until"]))
        holds.bounded(until)
        if not asked:
            block = approvals.ask(actor, held.id, this)
            records.change(actor, held, {"freezing": {**this, "approval": block}}, what="step", kept=False)
            record(actor, Event.ASKED_FOR_SECOND, vault=held.id)
            return "asked"
        signed = _second(actor, held, asked, this)
        vaults = {bytes.fromhex(one): str(type_) for one, type_ in this["vaults"].items()}
        placed = holds.place(actor, vaults, name=str(this["what"]), reason=str(this["reason"]), end=until,
                             second=bytes.fromhex(signed["asked_by"]), about=demand_id)
        line = {"id": token_hex(8), "hold": placed.key, "until": this["until"], "what": this["what"],
                "count": len(vaults)}
        records.change(actor, held, {"freezes": [*values.items(held.body, "freezes"), line], "freezing": None,
                                     "log": logged(actor, held, "freeze", str(this["until"]))}, what="frozen",
                       kept=False)
    return "frozen"


def gag(actor: Actor, demand_id: bytes, *, until: date, text: str) -> None:
    """An order not to tell, with its last day. Raises `NoSuchVault`, `NotPermitted`."""
    with writing():
        held = _changed(actor, demand_id)
        new = {"until": until.isoformat(), "text": text, "by": actor.id.hex(), "at": said(clock.now())}
        records.change(actor, held, {"gag": new, "log": logged(actor, held, "gag", until.isoformat())}, what="gag")


def must_tell(actor: Actor, demand_id: bytes, *, whom: str, due: date) -> None:
    """Somebody must be told that they were asked about. Raises `NoSuchVault`, `NotPermitted`."""
    with writing():
        held = _changed(actor, demand_id)
        records.add(actor, held, "notices", {"whom": whom, "due": due.isoformat()})


def told(actor: Actor, demand_id: bytes, notice: str, *, how: str) -> None:
    """They were told. Raises `NotPermitted` while an order not to tell stands, `NoSuchVault`."""
    with writing():
        held = _changed(actor, demand_id)
        if demand_of(held).bound(clock.today()):
            raise NotPermitted("gag", "An order not to tell stands until its day. Ask counsel; write its new day here "
                               "if it was lifted.", vault=demand_id)
        records.replace_item(actor, held, "notices", notice, {
            "told_at": said(clock.now()), "told_by": actor.id.hex(), "how": how}, what="told")


def _let_read(actor: Actor, demand_id: bytes, team: Iterable[bytes]) -> None:
    """Whoever answers it must be able to read it, for a fortnight, if their role reads demands at all."""
    there, people = set(kept.holders(actor, demand_id)), kept.colleagues()
    for one in team:
        how = holding(TYPE, {Role(role) for role in people[one].roles}) if one in people else Holding.NEVER
        if one not in there and one != actor.id and how is not Holding.NEVER:
            until = None if how is Holding.BY_ROLE else clock.today() + records.READ_FOR
            records.share(actor, demand_id, TYPE, one, reason="answers it", until=until)


def logged(actor: Actor, held: Record, what: str, text: str) -> list[Mapping[str, Any]]:
    """The log with one line more."""
    line = {"id": token_hex(8), "by": actor.id.hex(), "at": said(clock.now()), "what": what, "text": text}
    return [*values.items(held.body, "log"), line]


def open_block(asked: Mapping[str, Any]) -> Mapping[str, Any]:
    """What one has signed and another still may; empty if there is none or its day is over."""
    until = values.at(values.part(asked, "approval"), "until")
    return asked if until is not None and clock.now() <= until else {}


def _held(actor: Actor, demand_id: bytes) -> Record:
    return kept.one(actor, demand_id, TYPE, looked=False)


def of_the_office(actor: Actor) -> None:
    """Three offices write a demand; whoever else was named in its team counts, and no more. Raises `NotPermitted`."""
    if not actor.roles & OFFICES:
        raise NotPermitted("role", WHY["role"])


def _changed(actor: Actor, demand_id: bytes) -> Record:
    held = _held(actor, demand_id)
    of_the_office(actor)
    return held


def _deciding(actor: Actor, held: Record) -> Demand:
    demand = demand_of(held)
    if actor.id not in demand.deciders:
        raise NotPermitted("deciders", "Only the two whom this demand names decide on it: the rights officer and the "
                           "head of the organisation.", vault=held.id)
    return demand


def _no_wall(demand: Demand) -> None:
    if demand.walled:
        raise NotPermitted("H-05", "Nothing goes to the country of origin, or to a State that sends people back. "
                           "Refuse, or contest.", vault=demand.record.id)


def _second(actor: Actor, held: Record, asked: Mapping[str, Any], this: Mapping[str, Any]) -> Mapping[str, Any]:
    signed = approvals.approve(actor, held.id, asked["approval"], this)
    approvals.use(held.id, signed, this)
    record(actor, Event.SIGNED_SECOND, vault=held.id)
    return signed


def _about(actor: Actor, typed: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is to be frozen: everything about a case that whoever signs first can name."""
    with writing():
        case = cases.held_case(actor, bytes.fromhex(typed["case"]))
    found = about_case(actor, case)
    return {"what": str(case.body["ref"]), "until": typed["until"].isoformat(), "reason": typed["reason"],
            "vaults": {one.hex(): type_ for one, type_ in sorted(found.types.items())}}


def _everybody_said_yes(actor: Actor, demand: Demand, this: Mapping[str, Any]) -> None:
    """Of whoever can be known from it, each adult and child has said yes to telling this State just this."""
    if this["nobody"]:
        return
    held = kept.maybe(actor, bytes.fromhex(str(this["case"])), "case")
    if held is None:
        raise NoSuchVault
    case, today = case_of(held), clock.today()
    for one in case.people:
        wish = Wish(person=one.id, purpose="state", recipient="rok" if demand.country == "KR" else "host_state",
                    data=frozenset(this["data"]), day=today, country=demand.country, child=one.child_on(today))
        found = allows(rows_of(case.record.body), wish)
        if not isinstance(found, Allowed):
            raise NotPermitted("H-05", "Somebody of this case has not said yes to telling this State just that. Ask "
                               "them first, on the page of the case.", vault=demand.record.id)
    if not case.people or not this["data"]:
        raise NotPermitted("H-05", "Say which data of whom it holds, or that nobody can be known from it.",
                           vault=demand.record.id)

"""What people do about a person's request: know who asks, read words through, correct, give by voice or on paper.

Nothing is sent, and no paper is asked for: whoever fled may have none, and showing one is a danger of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from waystation.casework.consent import PURPOSES
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.cases import actions_consent
from waystation_web.cases import queries as cases
from waystation_web.duty import embargoed
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import said
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted

from .deadlines import MORE_MONTHS, in_months
from .pack import digest_of
from .packing import pack_of
from .request import MONTHS, TYPE, Request, request_of


def receive(actor: Actor, typed: Mapping[str, Any]) -> bytes:
    """A request about somebody's own file; its id. Raises `NoSuchVault` unless one holds the case, `NotPermitted`."""
    with writing():
        case = cases.case(actor, typed["case"])
        one = next((each for each in case.people if each.id == typed["person"]), None)
        if one is None:
            raise NoSuchVault
        body = {"case": case.key, "case_ref": case.ref, "person": one.id, "code": one.code, "kinds": typed["kinds"],
                "received": typed["received"].isoformat(), "language": typed["language"], "words": typed["words"],
                "due": in_months(typed["received"], MONTHS).isoformat()}
        team = {who for who in (case.worker, case.deputy) if who and who != actor.id}
        there = {each.id for each in kept.colleagues().values() if each.active and "case_worker" in each.roles}
        return records.make(actor, TYPE, body, holders=sorted(team & there)).id


def know(actor: Actor, request_id: bytes, *, how: str, text: str) -> None:
    """It is they who ask, by the safe way of their case. Raises `NoSuchVault`, `NotPermitted`."""
    with writing():
        request = _held(actor, request_id)
        records.change(actor, request.record, {"known_by": _stamped(actor, how=how, text=text)}, what="known")


def extend(actor: Actor, request_id: bytes, *, why: str) -> date:
    """Two months more, told to the person with the reason within the first month. Raises `NotPermitted` later."""
    with writing():
        request = _held(actor, request_id)
        if request.extended or clock.today() > request.first_due:
            raise NotPermitted("too_late", "This can be put off once, and only within the first month. Answer it now.",
                               vault=request_id)
        until = in_months(request.received, MONTHS + MORE_MONTHS)
        records.change(actor, request.record, {"extended": _stamped(actor, until=until.isoformat(), why=why)},
                       what="extended")
    return until


def read_through(actor: Actor, request_id: bytes, key: str, *, source: str, text: str = "", left: str = "") -> None:
    """A text of the pack as it may be given, or why it is left out. `source`: the digest of what was on the page.

    Raises `NotPermitted` if the text is another one by now, `NoSuchVault` for none of this pack.
    """
    with writing():
        request = _held(actor, request_id)
        found = next((one for one in pack_of(actor, request).words if one.key == key), None)
        if found is None:
            raise NoSuchVault
        if digest_of(found.source) != source:
            raise NotPermitted("changed", "This text was changed meanwhile. Read it again.", vault=request_id)
        new = _stamped(actor, of=source, **({"left": left} if left else {"text": text}))
        records.change(actor, request.record, {"texts": {**request.texts, key: new}}, what="read through", kept=False)


def enter(actor: Actor, request_id: bytes, typed: Mapping[str, Any]) -> None:
    """What they say is wrong or must not be done, and what became of it. What stood there before stays in the entry.

    A yes that is taken back counts at once, in the case. Raises `NotPermitted` before it is known who asks.
    """
    entry = {name: typed[name] for name in ("kind", "what", "was", "now", "answer")}
    if typed["kind"] == "withdrawal":
        _known(_read(actor, request_id))
        _take_back(actor, request_id)
    with writing():
        request = _held(actor, request_id)
        _known(request)
        records.add(actor, request.record, "entries", entry)


def _take_back(actor: Actor, request_id: bytes) -> None:
    request = _read(actor, request_id)
    for purpose in PURPOSES:
        actions_consent.take_back(actor, request.case, person=request.person, purpose=purpose, recipient="")


def give(actor: Actor, request_id: bytes, *, how: str) -> None:
    """The pack was read aloud or given on paper by a person. Raises `NotPermitted`, also while words are not read."""
    with writing():
        request = _held(actor, request_id)
        _known(request)
        pack = pack_of(actor, request)
        if pack.waiting:
            raise NotPermitted("unread", "Some words of the pack were not read through yet. Read them first.",
                               vault=request_id)
        if how == "paper" and embargoed.standing(actor).on(request.case_ref, request.case.hex()):
            raise NotPermitted("embargo", embargoed.HELD_BACK, vault=request_id)
        records.change(actor, request.record, {"given": _stamped(actor, how=how, digest=pack.digest)}, what="given")
        record(actor, Event.EXPORTED, vault=request_id, count=1)


def answer(actor: Actor, request_id: bytes, *, text: str) -> None:
    """It is answered. Raises `NotPermitted` for whoever asked to know and was given nothing, or is not known."""
    with writing():
        request = _held(actor, request_id)
        _known(request)
        if "access" in request.kinds and not request.given:
            raise NotPermitted("not_given", "They asked to know what is held, and the pack was not given yet.",
                               vault=request_id)
        records.change(actor, request.record, {"outcome": _stamped(actor, text=text)}, what="answered")


def _held(actor: Actor, request_id: bytes) -> Request:
    return request_of(kept.one(actor, request_id, TYPE, looked=False))


def _read(actor: Actor, request_id: bytes) -> Request:
    with writing():
        return _held(actor, request_id)


def _known(request: Request) -> None:
    if not request.known:
        raise NotPermitted("not_known", "First make sure that it is they who ask, by the safe way of their case.",
                           vault=request.record.id)


def _stamped(actor: Actor, **fields: Any) -> dict[str, Any]:
    return {**fields, "by": actor.id.hex(), "at": said(clock.now())}


__all__ = ["answer", "enter", "extend", "give", "know", "read_through", "receive"]

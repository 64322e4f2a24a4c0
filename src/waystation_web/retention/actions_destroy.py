"""Destroying a case, or the names of somebody, by two: everything about it that either of them can open, at once.

One asks and signs, another who holds it reads and signs. Nothing is destroyed while somebody of it is on the way, is
looked for, or while any of it is under a hold; nor if a record of it is held by neither of the two, because it would
stay behind with nobody who knows what it is about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_noop

from waystation.access import WHY, WRITERS, Role
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.cases import queries as cases
from waystation_web.cases import values
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.journeys import watches
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import OfRecord, Record, said
from waystation_web.vault import approvals
from waystation_web.vault import retention as rows
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted
from waystation_web.vault.queries import held_ids

from .about import about_case
from .certificate import DESTROYED, TYPE, digest_of, sums_of

WHYS = ("asked", "mistake", "needed_no_more", "law")
READ_FOR = timedelta(days=366)   # whoever asked may read the certificate for so long
LIVE = gettext_noop(
    "Somebody of this case is on the way, or looked for. First close the journey, and what happened on it.")
NEITHER = gettext_noop("Records of it are held by neither of you. One of those who hold them must sign.")


@dataclass(frozen=True, slots=True)
class Subject(OfRecord):
    """What is to be destroyed: a case or a record of names, everything about it, what stands in the way."""

    case: Record | None = field(repr=False)
    types: dict[bytes, str]
    held: dict[bytes, Record] = field(repr=False)
    in_the_way: str              # a sentence, or nothing
    rule: str = ""

    @property
    def asked(self) -> Mapping[str, Any]:
        """The first signature that waits for a second."""
        return values.part(self.record.body, "destroying")


def subject(actor: Actor, record_id: bytes) -> Subject:
    """A case, or a record of names, with everything about it. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        names = kept.maybe(actor, record_id, "person")
        case = None
        if names is None:
            case = cases.held_case(actor, record_id)
        elif (key := values.account(names.body, "case")) and kept.maybe(actor, key, "case") is not None:
            case = cases.held_case(actor, key)
    about = about_case(actor, case) if case is not None else None
    types = {record_id: "person"} if names is not None else about.types if about else {}
    held = {record_id: names} if names is not None else dict(about.held) if about else {}
    rule, why = ("", "")
    if about is not None and (about.live or about.searched):  # one sentence: it does not tell a silent incident
        rule, why = "live", LIVE
    elif rows.held(types):
        rule, why = "H-26", rows.HELD
    found = names or case
    if found is None:
        raise NoSuchVault
    return Subject(found, case, types, held, why, rule)


def ask(actor: Actor, record_id: bytes, *, why: str) -> None:
    """The first signature. Raises `NotPermitted` (`step_up`) with what stands in the way, `NoSuchVault`."""
    found = free(subject(actor, record_id))
    with writing():
        fresh = kept.one(actor, record_id, found.record.type, looked=False)
        this = {"why": why, "types": {one.hex(): type_ for one, type_ in found.types.items()},
                "sums": sums_of(one for one in found.held.values() if one.type == "money")}
        block = approvals.ask(actor, record_id, _manifest(record_id, this))
        records.change(actor, fresh, {"destroying": {**this, "approval": block}}, what="destroying", kept=False)
        record(actor, Event.ASKED_FOR_SECOND, vault=record_id)


def sign(actor: Actor, record_id: bytes) -> bytes:
    """The second signature, by another who works on cases: everything is destroyed. Returns the certificate's id.

    Raises as `ask`.
    """
    found = free(subject(actor, record_id))
    if not actor.roles & WRITERS["case"]:  # reading a case under seal does not end it
        raise NotPermitted("role", WHY["role"], vault=record_id)
    asked = found.asked
    if not asked:
        raise NoSuchVault
    ids = {bytes.fromhex(key): str(type_) for key, type_ in values.part(asked, "types").items()}
    with writing():
        this = _manifest(record_id, asked)
        signed = approvals.approve(actor, record_id, values.part(asked, "approval"), this)
        approvals.use(record_id, signed, this)
        first = bytes.fromhex(signed["asked_by"])
        if set(found.types) - set(ids):
            raise NotPermitted("changed", "This was changed after the first signature. Ask for it again.",
                               vault=record_id)
        ids = {one: type_ for one, type_ in ids.items() if rows.is_there(one)}
        if left := neither(ids, (first, actor.id)):
            raise NotPermitted("holder", NEITHER, vault=left[0])
        if watches.any_of(ids):
            raise NotPermitted("live", LIVE, vault=record_id)
        rows.not_held(ids)
        made = _certified(actor, ids, asked, first)
        if found.record.type == "person" and found.case is not None:
            _taken_out(actor, found.case, record_id)
        record(actor, Event.SIGNED_SECOND, vault=record_id, account=first)
        rows.drop(ids)
        for one in sorted(ids):
            record(actor, Event.SHREDDED, vault=one, second=first, reason=str(asked["why"]))
    return made


def free(found: Subject) -> Subject:
    """Raises `NotPermitted` with what stands in the way."""
    if found.in_the_way:
        raise NotPermitted(found.rule, found.in_the_way, vault=found.record.id)
    return found


def neither(ids: Mapping[bytes, str], signers: tuple[bytes, ...]) -> list[bytes]:
    """Records that none of some people holds who, by a role, writes such records."""
    able, people = set[bytes](), kept.colleagues()
    for one in signers:
        roles = {Role(role) for role in people[one].roles} if one in people else set()
        able |= {held for held in held_ids(one, ids) if roles & WRITERS[ids[held]]}
    return sorted(set(ids) - able)


def _manifest(record_id: bytes, this: Mapping[str, Any]) -> dict[str, Any]:
    return {"act": "destroy", "record": record_id.hex(), "why": this["why"], "types": dict(this["types"]),
            "sums": list(this["sums"])}


def _certified(actor: Actor, ids: Mapping[bytes, str], asked: Mapping[str, Any], first: bytes) -> bytes:
    """The certificate, which no word of the case is in; whoever asked may read it too."""
    keys = sorted(one.hex() for one in ids)
    body = {DESTROYED: {"types": dict(Counter(ids.values())), "ids": keys, "digest": digest_of(keys),
                        "at": said(clock.now()), "asked_by": first.hex(), "signed_by": actor.id.hex(),
                        "why": asked["why"], "sums": list(asked["sums"])}}
    made = records.make(actor, TYPE, body)
    if first not in kept.holders(actor, made.id):
        records.share(actor, made.id, TYPE, first, reason="certificate", until=clock.today() + READ_FOR)
    return made.id


def _taken_out(actor: Actor, case: Record, names: bytes) -> None:
    """The case names the record no more, where whoever signs may write in it; else its id points nowhere."""
    if not kept.may_write(actor, "case"):
        return
    known = [one for one in values.texts(case.body, "household_records") if one != names.hex()]
    households = [{key: value for key, value in one.items() if (key, value) != ("record", names.hex())}
                  for one in values.items(case.body, "households")]
    records.change(actor, case, {"household_records": known, "households": households}, what="names", kept=False)

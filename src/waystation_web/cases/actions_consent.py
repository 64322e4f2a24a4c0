"""Writing down consent and its end, screenings, referrals, and the steps of a case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from waystation.casework.consent import DATA, Vital, allows, vital
from waystation.casework.consent import Refused as NoConsent
from waystation.casework.embargo import is_care
from waystation.casework.retention import due
from waystation.casework.status import CASE, Moved, step
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.duty import embargoed
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import Record
from waystation_web.vault import approvals
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted

from . import consents, published, values
from .actions import tell
from .asked import by_two, newest
from .case import WITHDRAWN, Case, case_of
from .queries import held_case

SAID = ("person", "purpose", "recipient", "data", "said", "until", "country", "language", "interpreter",
        "interpreter_is_broker", "explained_by", "mode", "guardian_agrees")


class Missing(Exception):
    """A consent that is not there: the rule, the sentence, and which data lack a yes. Nothing was shared."""

    def __init__(self, why: NoConsent) -> None:
        super().__init__(why.rule)
        self.why = why


def say(actor: Actor, case_id: bytes, typed: Mapping[str, Any]) -> None:
    """What somebody said about a cell of the matrix. A withdrawal counts from this moment. Raises `NoSuchVault`."""
    with writing():
        held = held_case(actor, case_id)
        _listed(case_of(held), typed["person"])
        records.add(actor, held, "consents", {**{name: typed[name] for name in SAID},
                                              "day": clock.today().isoformat()})
        if typed["said"] == "withdrawn":
            record(actor, Event.CONSENT_WITHDRAWN, vault=case_id)
            if typed["purpose"] == "referral":
                _recall(actor, case_id, person=typed["person"], recipient=typed["recipient"])
        if typed["said"] in {"withdrawn", "no"} and typed["purpose"] in published.PURPOSES:
            published.take_back(actor, held_case(actor, case_id), person=typed["person"])
        if typed["said"] in {"withdrawn", "no"}:
            published.tell_readers(actor, held_case(actor, case_id), person=typed["person"], purpose=typed["purpose"])
        tell(actor, case_id, "consent", str(typed["said"]))


def take_back(actor: Actor, case_id: bytes, *, person: str, purpose: str, recipient: str) -> None:
    """Somebody takes back what they said yes to: one act, nothing to fill in, at once. Raises `NoSuchVault`."""
    blank = dict.fromkeys(("until", "country", "language", "interpreter", "explained_by", "mode"), "")
    say(actor, case_id, {**blank, "person": person, "purpose": purpose, "recipient": recipient, "data": list(DATA),
                         "said": "withdrawn", "interpreter_is_broker": False, "guardian_agrees": False})


def _recall(actor: Actor, case_id: bytes, *, person: str = "", recipient: str = "") -> None:
    """Whoever was given something is asked to stop: a task for each, due today. Empty is everybody."""
    held = held_case(actor, case_id)
    given = [one for one in values.items(held.body, "referrals") if person in {"", values.text(one, "person")}
             and recipient in {"", values.text(one, "recipient")}]
    for one in given:
        text = gettext("Ask them to delete what they were given: %s") % values.text(one, "organisation")
        held = records.add(actor, held, "tasks", {"text": text, "due": clock.today().isoformat(),
                                                  "for": actor.id.hex()})


def refer(actor: Actor, case_id: bytes, typed: Mapping[str, Any]) -> None:
    """Refer somebody to a partner: with an agreement that has not ended, and a yes for every piece of data.

    For a child, its guardian said yes too, and two people signed what is best for it. Raises `Missing`, also for what
    an embargo holds back, `NotPermitted` without an agreement or the two, `NoSuchVault`.
    """
    today = clock.today()
    if typed["agreement_until"] is None or typed["agreement_until"] < today:
        raise NotPermitted("H-25", "There is no agreement with this organisation that still holds. Make one first.",
                           vault=case_id)
    with writing():
        held = held_case(actor, case_id)
        case = case_of(held)
        _listed(case, typed["person"])
        if case.status == WITHDRAWN:
            raise NotPermitted("H-21", "They withdrew. Nothing is shared any more.", vault=case_id)
        wish = consents.wish_of(case, typed, today)
        found = _held_back(actor, case, typed) or allows(consents.rows_of(held.body), wish)
        ground = ""
        if isinstance(found, NoConsent):
            ground = _vital(held.body, typed.get("vital", ""), wish, found)
            record(actor, Event.VITAL_INTEREST, vault=case_id)
        elif wish.child is not False and not by_two(case_id, newest(held.body, "best_interest", wish.person)):
            raise NotPermitted("H-23", "Nothing about a child is shared before two people signed what is best for it.",
                               vault=case_id)
        item = {name: typed[name] for name in ("person", "recipient", "organisation", "data", "country", "note")}
        item |= {"agreement_until": typed["agreement_until"].isoformat(), "ground": "vital" if ground else "consent"}
        held = records.add(actor, held, "referrals", item)
        if ground:
            records.replace_item(actor, held, "vital", ground, {"used": True}, what="used")
        record(actor, Event.REFERRED, vault=case_id)
        tell(actor, case_id, "referral", str(typed["recipient"]))


def _held_back(actor: Actor, case: Case, typed: Mapping[str, Any]) -> NoConsent | None:
    """An embargo lets care go on, and what somebody's life hangs on: nothing of the way, nothing to anybody else."""
    if is_care(typed["recipient"], typed["data"]) or not embargoed.standing(actor).on(case.ref, case.id.hex()):
        return None
    return NoConsent("embargo", embargoed.HELD_BACK)


def _vital(body: Mapping[str, Any], item_id: str, wish: Any, why: NoConsent) -> str:
    """The id of a reason of vital interest, written by one, read by another, used for nothing yet; else the consent."""
    item = next((one for one in values.items(body, "vital") if item_id and one.get("id") == item_id), None)
    if item is None:
        raise Missing(why)
    ground = Vital(person=values.text(item, "person"), reason=values.text(item, "reason"),
                   day=values.day(item, "at") or wish.day, by=values.text(item, "by"),
                   reviewer=values.text(item, "read_by"), used=item.get("used") is True)
    refused = vital(ground, wish)
    if refused is not None:
        raise Missing(refused)
    return item_id


def vital_interest(actor: Actor, case_id: bytes, *, person: str, reason: str) -> None:
    """Why somebody's life hangs on an act without their consent; another person must read it. Raises `NoSuchVault`."""
    with writing():
        held = held_case(actor, case_id)
        _listed(case_of(held), person)
        records.add(actor, held, "vital", {"person": person, "reason": reason})


def read_vital(actor: Actor, case_id: bytes, item: str) -> None:
    """Another person has read the reason. Raises `NotPermitted` for its author and their newcomer, `NoSuchVault`."""
    with writing():
        held = held_case(actor, case_id)
        found = next((one for one in values.items(held.body, "vital") if one.get("id") == item), None)
        if found is None:
            raise NoSuchVault
        if found.get("by") == actor.id.hex():
            raise NotPermitted("same_person", "You wrote this yourself. Somebody else must read it.", vault=case_id)
        approvals.another(actor, bytes.fromhex(values.text(found, "by")), vault=case_id)
        records.replace_item(actor, held, "vital", item, {"read_by": actor.id.hex()}, what="read")


def move(actor: Actor, case_id: bytes, event: str, typed: Mapping[str, Any]) -> str:
    """Make a step of a request or a case, or sign first where two must. Returns "moved" or "asked".

    Whoever signs second signs the step and the reason that the first wrote. Raises `NotPermitted` with the sentence of
    the guard that is in the way.
    """
    with writing():
        held = held_case(actor, case_id)
        case, today = case_of(held), clock.today()
        table, status = consents.table_of(case)
        asked = values.part(held.body, "step")
        waits = consents.waits(held.body, event, status, clock.now())
        reason = values.text(asked, "reason") if waits else str(typed["reason"])
        named = values.text(asked, "decline") if waits else str(typed.get("decline") or "")
        facts = consents.facts_of(case, len(kept.holders(actor, case_id)), today, second=True, reason=reason,
                                  typed={**typed, "decline": named})
        found = step(table, status, event, actor.roles, facts)
        if not isinstance(found, Moved):
            raise NotPermitted(found.rule, found.sentence, vault=case_id)
        this = {"event": event, "from": status, "reason": reason}
        this |= {"decline": named} if event == "decline" else {}
        fields: dict[str, Any] = {"status" if table is CASE else "request_status": found.to, "step": None}
        if table[status, event].two and not waits:
            block = approvals.ask(actor, case_id, {"step": this})
            records.change(actor, held, {"step": {**this, "approval": block}}, what="step", kept=False)
            record(actor, Event.ASKED_FOR_SECOND, vault=case_id)
            return "asked"
        if waits:
            signed = approvals.approve(actor, case_id, asked["approval"], {"step": this})
            fields["step_signed"] = approvals.use(case_id, signed, {"step": this})
            record(actor, Event.SIGNED_SECOND, vault=case_id)
        held = records.change(actor, held, {**fields, **_beside(event, status, named)}, what="status")
        _after(actor, held, event, typed)
        tell(actor, case_id, "status", found.to)
    return "moved"


def _beside(event: str, status: str, named: str) -> dict[str, Any]:
    if event == "crisis":
        return {"before_crisis": status}
    return {"decline_reason": named} if event == "decline" else {}


def _after(actor: Actor, held: Record, event: str, typed: Mapping[str, Any]) -> None:
    """What follows a step: everybody who was told is asked to stop; a request that waits comes back by itself."""
    if event == "withdraw":
        _recall(actor, held.id)
        published.take_back(actor, held_case(actor, held.id))
        published.tell_readers(actor, held_case(actor, held.id))
    if event == "decline":
        _goes(actor, held)
    if event == "reopen":
        records.keep_until(actor, held, None, reason="opened again")
    if event == "queue":
        records.add(actor, held, "tasks", {"text": gettext("Look at the request again"),
                                           "due": typed["review"].isoformat(), "for": actor.id.hex()})


def _goes(actor: Actor, held: Record) -> None:
    """Whom we did not help must not be found with us: the clock starts, of the case and of the names one holds.

    The other records of names follow as soon as somebody who holds them comes (`retention.following`).
    """
    day = due("declined", clock.today())
    records.keep_until(actor, held, day, reason="declined")
    for key in values.texts(held.body, "household_records"):
        names = kept.maybe(actor, bytes.fromhex(key), "person")
        if names is not None and kept.may_write(actor, "person"):
            records.keep_until(actor, names, day, reason="declined")


def _listed(case: Case, person: str) -> None:
    if all(one.id != person for one in case.people):
        raise NoSuchVault

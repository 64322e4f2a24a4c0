"""Before and after an interview: plan it, take it, counsel, what the witness says of each use, what keeps them safe.

Each act takes one statement, decides, and writes one line of the record of acts in the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from secrets import token_hex
from typing import Any

from django.utils.translation import gettext, gettext_noop

from waystation.testimony.interview import Planned, Taken, may_plan, may_take
from waystation.testimony.refused import Refused
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.cases import queries as cases
from waystation_web.cases import values
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.record import Record, said
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted

from .statement import PLANNED, RESTRICTED, TAKEN, TYPE, Statement, statement_of
from .witnesses import earlier_of, like

PLAN_KEPT = timedelta(days=180)     # an interview that never was: its plan goes
FEEDBACK, AFTERCARE = timedelta(days=14), timedelta(days=2)
TAKEN_FIELDS = ("place_kind", "method", "interpreter", "broker", "kin_of_accused", "support", "inducement",
                "inducement_text", "explained", "breaks", "distress", "aftercare", "orientation", "recording")
SAFETY = ("identity", "danger", "plan", "contact", "review")
PSEUDONYM = gettext_noop("There is a witness under this pseudonym, perhaps in another spelling. Choose that witness, "
                         "or another pseudonym.")


def plan(actor: Actor, typed: Mapping[str, Any], *, seen: str) -> bytes:
    """An interview that is planned, after the earlier ones were shown; its id. `seen`: which ones stood on the page.

    Raises `NotPermitted` (H-22; a pseudonym that another witness has), `NoSuchVault` for a case that is not held.
    """
    with writing():
        known = [statement_of(one) for one in kept.every(actor, TYPE, looked=False)]
        if typed["fresh"] and like(typed["witness"], known):
            raise NotPermitted("pseudonym", PSEUDONYM)
        earlier = earlier_of(typed["witness"], typed["case"], typed["person"], known)
        refuse(may_plan(Planned(len(earlier), typed["elsewhere"], seen == digest(earlier), typed["reason"])))
        body = {"witness": typed["witness"], "kind": typed["kind"], "adult": typed["adult"], "status": PLANNED,
                "topics": list(typed["topics"]),
                "planned": stamped(actor, reason=typed["reason"], elsewhere=typed["elsewhere"], earlier=len(earlier),
                                   elsewhere_text=typed["elsewhere_text"]) | {"for": typed["for_"]}}
        holders: list[bytes] = []
        if typed["case"]:
            case = cases.case(actor, typed["case"])
            if all(one.id != typed["person"] for one in case.people):
                raise NoSuchVault
            body |= {"case": case.key, "case_ref": case.ref, "person": typed["person"]}
            there = {one.id for one in kept.colleagues().values() if one.active and "case_worker" in one.roles}
            holders = sorted({one for one in (case.worker, case.deputy) if one} & there - {actor.id})
        return records.make(actor, TYPE, body, holders=holders, retain_until=clock.today() + PLAN_KEPT).id


def take(actor: Actor, statement_id: bytes, typed: Mapping[str, Any]) -> None:
    """It was taken. It is kept until the day that the witness said yes to, and they are asked how it was for them.

    Raises `NotPermitted` for an interpreter who is the broker, a benefit that nobody asked about, no consent.
    """
    with writing():
        held, of = opened(actor, statement_id)
        if of.status != PLANNED:
            raise NotPermitted("no_such_move", "This interview was taken already. Plan another one.", vault=held.id)
        refuse(may_take(Taken(typed["inducement"], typed["inducement_text"], typed["interpreter"], typed["broker"],
                              typed["kin_of_accused"], typed["consented"], typed["explained"])), held.id)
        day = typed["taken_on"]
        tasks = [_task(actor, gettext("Ask them how the interview was for them, and tell them what became of it"),
                       day + FEEDBACK)]
        if typed["distress"] or typed["followup"]:
            tasks.append(_task(actor, gettext("Psychosocial follow-up after the interview"), day + AFTERCARE))
        fields = {"status": TAKEN, "language": typed["language"], "taken_on": day.isoformat(),
                  "taken_by": actor.id.hex(), "taken": stamped(actor, **{name: typed[name] for name in TAKEN_FIELDS}),
                  "until": typed["until"].isoformat(), "tasks": tasks}
        held = records.change(actor, held, fields, what="taken")
        records.keep_until(actor, held, typed["until"], reason="as consented")


def note_counsel(actor: Actor, statement_id: bytes, *, flag: str, note: str) -> None:
    """Whether an insider has a lawyer. Raises `NoSuchVault`, `NotPermitted`."""
    with writing():
        held, _of = opened(actor, statement_id)
        records.change(actor, held, {"counsel": stamped(actor, flag=flag, note=note)}, what="counsel")


def say(actor: Actor, statement_id: bytes, *, use: str, said: str, until: date | None, guardian: bool,
        words: str) -> None:
    """What the witness says of a use; a withdrawal counts at once, and whoever was given it is to be asked to stop.

    An empty use is every one. Raises `NoSuchVault`, `NotPermitted`.
    """
    with writing():
        held, of = opened(actor, statement_id)
        fields: dict[str, Any] = {}
        if said != "yes":
            given = {name: one for name, one in values.part(held.body, "cleared").items() if use not in {"", name}}
            fields = {"cleared": given, "clearing": None, "notices": noticed(actor, held, "withdrawn", use)}
            if not use:
                fields["status"] = RESTRICTED if of.status == TAKEN else of.status
            record(actor, Event.CONSENT_WITHDRAWN, vault=held.id)
        elif of.status == RESTRICTED:
            fields = {"status": TAKEN}
        records.add(actor, held, "consents", {"use": use, "said": said, "until": until.isoformat() if until else "",
                                              "guardian": guardian, "words": words}, **fields)


def keep_safe(actor: Actor, statement_id: bytes, typed: Mapping[str, Any]) -> None:
    """Who they are, what threatens them, what is done about it. Raises `NoSuchVault`, `NotPermitted`."""
    with writing():
        held, _of = opened(actor, statement_id)
        told = {name: typed[name].isoformat() if isinstance(typed[name], date) else typed[name] for name in SAFETY}
        records.change(actor, held, {"safety": stamped(actor, **told)}, what="safety")


def hold_back(actor: Actor, statement_id: bytes, *, until: date | None, reason: str) -> None:
    """Held back until a day, or no longer. Raises `NoSuchVault`, `NotPermitted`."""
    with writing():
        held, _of = opened(actor, statement_id)
        records.change(actor, held, {"embargo_until": until.isoformat() if until else None, "embargo_why": reason},
                       what="embargo")


def done(actor: Actor, statement_id: bytes, item: str) -> None:
    """A task, or a notice, is done. Raises `NoSuchVault` for none of this statement."""
    with writing():
        held, _of = opened(actor, statement_id)
        of = "tasks" if any(one.get("id") == item for one in values.items(held.body, "tasks")) else "notices"
        records.replace_item(actor, held, of, item, {"done_at": said(clock.now()), "done_by": actor.id.hex()}, what=of)


def opened(actor: Actor, statement_id: bytes) -> tuple[Record, Statement]:
    """A statement to act on, inside the caller's `writing()`. Raises `NoSuchVault`, `Refused`."""
    held = kept.one(actor, statement_id, TYPE, looked=False)
    return held, statement_of(held)


def refuse(no: Refused | None, vault: bytes | None = None) -> None:
    """Raise `NotPermitted` with what a rule says, if it says anything."""
    if no is not None:
        raise NotPermitted(no.rule, no.sentence, vault=vault)


def stamped(actor: Actor, **fields: Any) -> dict[str, Any]:
    """Something with who wrote it and when."""
    return {**fields, "by": actor.id.hex(), "at": said(clock.now())}


def noticed(actor: Actor, held: Record, why: str, use: str = "") -> list[Any]:
    """The notices, with one more for everybody who was given it for a use: they are to be told, and asked to stop."""
    given = [one for one in values.items(held.body, "handed") if use in {"", values.text(one, "use")}]
    return [*values.items(held.body, "notices"),
            *(stamped(actor, id=f"{values.text(one, 'id')[:12]}{why[:4]}", to=values.text(one, "to"), why=why)
              for one in given)]


def digest(earlier: list[Statement]) -> str:
    """Which earlier interviews stood on a page."""
    return "-".join(sorted(one.key[:8] for one in earlier)) or "none"


def _task(actor: Actor, text: str, due: date) -> dict[str, Any]:
    return stamped(actor, id=token_hex(8), text=text, due=due.isoformat())


__all__ = ["done", "hold_back", "keep_safe", "note_counsel", "plan", "say", "take"]

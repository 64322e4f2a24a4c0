"""Before and after a letter leaves: two sign, a person takes it out, hands it over, and writes down what followed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from waystation.access import Role
from waystation.appeals.people import naming_of
from waystation.casework.moves import of_both
from waystation.papers.checks import Faulty
from waystation.papers.paper import Paper
from waystation.papers.text import as_text
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.cases import values
from waystation_web.duty import embargoed
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.journeys.actions_incident import to_act_on
from waystation_web.journeys.actions_told import tell
from waystation_web.journeys.incidents import incident_of
from waystation_web.papers import printing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.records.queries import Colleague
from waystation_web.records.record import Record, said
from waystation_web.vault import approvals
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted

from . import listed
from .gathering import gathered
from .letter import TYPE, Letter, letter_of

OFFICES = frozenset({Role.RIGHTS_OFFICER}), frozenset({Role.SECURITY_OFFICER, Role.COORDINATOR})
SIGNED = ("digest", "named", "publicity", "harm", "reason")
FILES: Mapping[str, tuple[Callable[[Paper], bytes], str]] = MappingProxyType({
    "pdf": (printing.pdf, "application/pdf"),
    "docx": (printing.docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "txt": (lambda paper: as_text(paper).encode(), "text/plain; charset=utf-8")})


def sign(actor: Actor, letter_id: bytes, typed: Mapping[str, Any] | None = None) -> str:
    """Sign that it may go out as it stands: a rights officer first, then a security officer or a coordinator.

    Whoever signs second signs what the first wrote. Raises `NotPermitted` (`step_up`), `NoSuchVault`.
    """
    with writing():
        held = kept.one(actor, letter_id, TYPE, looked=False)
        letter, asked = letter_of(held), waiting(held)
        _may_leave(actor, letter)
        if asked:
            return _second(actor, held, letter, asked)
        if typed is None or Role.RIGHTS_OFFICER not in actor.roles:
            raise NotPermitted("office", "A rights officer signs first.", vault=letter_id)
        _covered(actor, letter)
        other = bytes(typed["other"])
        if other not in {one.id for one in others(actor)}:
            raise NotPermitted("office", "Two offices sign this together. Choose who signs for the other one.",
                               vault=letter_id)
        this = {"digest": letter.now.digest, "named": list(letter.now.named),
                **{name: str(typed[name]) for name in ("publicity", "harm", "reason")}}
        block = approvals.ask(actor, held.id, manifest(letter, this))
        records.let_sign(actor, held.id, TYPE, other)
        records.change(actor, held, {"signing": {**this, "approval": block}}, what="sign", kept=False)
        record(actor, Event.ASKED_FOR_SECOND, vault=held.id)
    return "asked"


def _second(actor: Actor, held: Record, letter: Letter, asked: Mapping[str, Any]) -> str:
    first = kept.colleagues().get(values.account(values.part(asked, "approval"), "asked_by"))
    roles = frozenset(map(Role, first.roles)) if first is not None and first.active else frozenset[Role]()
    if not of_both(OFFICES, roles, actor.roles):
        raise NotPermitted("office", "Two offices sign this together: the other one must sign.", vault=held.id)
    this = {name: asked.get(name) for name in SIGNED}
    block = approvals.approve(actor, held.id, asked["approval"], manifest(letter, this))
    done = {**this, "by": [block["asked_by"], actor.id.hex()], "at": said(clock.now()), "approval": block}
    record(actor, Event.SIGNED_SECOND, vault=held.id)
    records.change(actor, held, {"signed": done, "signing": None}, what="signed", kept=False, second=True)
    return "signed"


def take_out(actor: Actor, letter_id: bytes, form: str) -> tuple[bytes, str]:
    """The letter as a file and its media type, for a person who hands it over.

    What stood in the way is asked before it is made and again when it is recorded. Raises `NotPermitted` (`step_up`).
    """
    make, media = FILES[form]
    with writing():
        paper = _ready(actor, letter_id)[1].now.paper
    try:
        file = make(paper)
    except Faulty as why:
        raise NotPermitted("paper", str(why), vault=letter_id) from why
    with writing():
        held, letter = _ready(actor, letter_id)
        if letter.now.digest != paper.digest:
            raise NotPermitted("changed", "The letter was changed while its file was made. Take it out again.",
                               vault=letter_id)
        record(actor, Event.EXPORTED, vault=held.id, count=1)
        records.add(actor, held, "taken", {"form": form, "digest": letter.now.digest})
    return file, media


def sent(actor: Actor, letter_id: bytes, typed: Mapping[str, Any]) -> None:
    """A person handed it over: to whom exactly, when, by which way, with what receipt. Raises `NotPermitted`."""
    with writing():
        held = kept.one(actor, letter_id, TYPE, looked=False)
        letter = letter_of(held)
        if not any(values.text(one, "digest") == letter.now.digest for one in values.items(held.body, "taken")):
            raise NotPermitted("taken", "Nobody has taken it out as it is now. What was handed over?", vault=letter_id)
        records.add(actor, held, "sent", {
            "on": typed["on"].isoformat(), "through": str(typed["through"]), "receipt": str(typed["receipt"]),
            "digest": letter.now.digest})
        tell(actor, to_act_on(actor, letter.incident), {
            "communication": letter.key, "ref": letter.ref, "to": letter.to.code, "which": letter.which,
            "state": letter.state, "language": letter.language, "on": typed["on"].isoformat(),
            "digest": letter.now.digest, "corrects": letter.corrects})


def looked(actor: Actor, letter_id: bytes, *, says: str, ended: bool = False) -> None:
    """Somebody looked again: what was answered, or that nothing was; `ended`: nothing follows any more."""
    with writing():
        held = kept.one(actor, letter_id, TYPE, looked=False)
        if not letter_of(held).sent:
            raise NotPermitted("sent", "Nobody was given it yet.", vault=letter_id)
        end = {"ended": {"by": actor.id.hex(), "at": said(clock.now()), "says": says}} if ended else {}
        records.add(actor, held, "looks", {"says": says}, **end)


def manifest(letter: Letter, this: Mapping[str, Any]) -> dict[str, Any]:
    """What two people sign: this very text, whom it names, to whom it goes, and what they weighed."""
    return {"act": "communication", "to": letter.recipient, "state": letter.state,
            **{name: this.get(name) for name in SIGNED}}


def waiting(held: Record) -> Mapping[str, Any]:
    """What one has signed and another still may; empty once the letter says anything else, or a day is over."""
    asked = values.part(held.body, "signing")
    until = values.at(values.part(asked, "approval"), "until")
    same = asked.get("digest") == letter_of(held).now.digest
    return asked if same and until is not None and clock.now() <= until else {}


def others(actor: Actor) -> list[Colleague]:
    """Who may sign after this person."""
    return sorted((one for one in kept.colleagues().values() if one.active and one.id != actor.id
                   and of_both(OFFICES, actor.roles, frozenset(map(Role, one.roles)))), key=lambda one: one.handle)


def _ready(actor: Actor, letter_id: bytes) -> tuple[Record, Letter]:
    """The letter, if it may leave now. Raises `NotPermitted`."""
    held = kept.one(actor, letter_id, TYPE, looked=False)
    letter, this = letter_of(held), values.part(held.body, "signed")
    if not letter.signed:
        raise NotPermitted("second_signature", "Two people have not signed this text. Sign it first.",
                           vault=letter_id)
    approvals.checked(held.id, values.part(this, "approval"), manifest(letter, this))
    _may_leave(actor, letter)
    _covered(actor, letter)
    if not actor.stepped_up(clock.now()):
        raise NotPermitted("step_up", "Confirm that it is you, then send this again.", step_up=True, vault=letter_id)
    return held, letter


def _may_leave(actor: Actor, letter: Letter) -> None:
    if embargoed.standing(actor).on(letter.case_ref, letter.case.hex()):
        raise NotPermitted("embargo", "An embargo holds back everything about them. First two people lift it.",
                           vault=letter.id)
    listed.still(actor, letter)


def _covered(actor: Actor, letter: Letter) -> None:
    """Whether everybody whom it names still says yes to this very addressee, today. Raises `NotPermitted`."""
    if not letter.now.named:
        return
    found = gathered(actor, incident_of(to_act_on(actor, letter.incident)))
    if not found.read:
        raise NotPermitted("H-06", "It names somebody, and their case is not open to you: nobody can see here what "
                                   "they agreed to. Let somebody do it who can read the case.", vault=letter.id)
    now = {one.id for one in found.people if naming_of(one, letter.to, letter.state, clock.today()).named}
    if not set(letter.now.named) <= now:
        raise NotPermitted("H-06", "Somebody whom it names does not agree to that any more, or nobody can see it. "
                                   "Write the letter anew: it will not name them.", vault=letter.id)

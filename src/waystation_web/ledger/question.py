"""One line with all that is asked before it is paid: flags, law, waiting time, debt, signatures, what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from waystation.access import Role
from waystation.ledger.entries import Kind
from waystation.ledger.signatures import Facts, Why, hold_ends, missing
from waystation.trust.flags import RULES
from waystation_web.audit.actions import record, record_read
from waystation_web.audit.events import Event
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.records.record import moment
from waystation_web.vault import actions as vaults
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted
from waystation_web.vault.files import Opener

from . import words
from .actions_sign import FIRST, SECOND_ROLES, facts_of, why_two
from .entry import Line, Receipt, State, line_of
from .flagging import Flags, flags_on
from .reading import Ledger, ledger
from .rows import DebtRow, Row, debt_row, row

SIGNED = frozenset({State.WAITING, State.SIGNED, State.LATE, State.CHANGED})


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who signed, or is asked to."""

    name: str
    at: datetime | None
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Question:
    """One line, and everything that is asked before it is paid."""

    id: bytes
    revision: int
    row: Row
    purpose: str = field(repr=False)
    legal: str
    legal_note: str = field(repr=False)
    law: tuple[str, ...]
    flags: tuple[str, ...]
    raised: tuple[str, ...]  # rules of flags on whoever gets it
    raised_since: datetime | None
    repay: str
    repays: bool
    ransom: bool
    proof_asked: bool
    why: str
    hold_until: datetime | None
    hold_over: bool
    missing: tuple[str, ...]
    choice: str
    choices: tuple[tuple[str, Any], ...]
    first: Signer | None
    second: Signer | None
    asked: str  # who was named to sign second
    refused: Signer | None
    receipts: tuple[Receipt, ...] = field(repr=False)
    no_receipt: str = field(repr=False)
    corrects: str
    corrected_by: str
    debts: tuple[DebtRow, ...] = field(repr=False)
    case_id: str
    may_ask: bool
    may_sign: bool
    may_refuse: bool
    may_pay: bool
    may_edit: bool
    may_take_back: bool
    made: Signer


def question(actor: Actor, entry_id: bytes) -> Question:
    """One line: what is paid, to whom, why; what the law may say; who signed; what is missing."""
    with writing():
        held = kept.one(actor, entry_id, "money", looked=False)
        line, found = line_of(held), ledger(actor)
        record_read(actor, held.opened)
        why, facts = why_two(actor, line, found), facts_of(actor, line)
        flags = flags_on(actor, line.entry, ())
    names = {one.id: one.handle for one in kept.colleagues().values()}
    return _question(actor, line, found, (why, facts, flags), names)


def editable(actor: Actor, entry_id: bytes) -> Line:
    """A line that may be written anew. Raises `NoSuchVault`, `NotPermitted` once it was signed or paid."""
    with writing():
        held = kept.one(actor, entry_id, "money", looked=False)
        line = line_of(held)
        record_read(actor, held.opened)
    if not line.editable:
        raise NotPermitted("signed", "This was signed or paid. Take it back, and write it anew.", vault=entry_id)
    return line


@dataclass(frozen=True, slots=True)
class Download:
    """A receipt on its way out: its size in bytes, and its content from one byte to another, opened piece by piece."""

    size: int
    opener: Opener = field(repr=False)

    def read(self, start: int, stop: int) -> Iterator[bytes]:
        """The bytes from `start` to before `stop`. A changed piece raises `Refused` before any of its bytes."""
        return self.opener.read(start, stop)

    def close(self) -> None:
        """Let go of the file."""
        self.opener.close()


def receipt(actor: Actor, entry_id: bytes, file_id: bytes) -> Download:
    """A receipt. Raises `NoSuchVault` also for a file of another line, `NotPermitted`, `Refused`."""
    with writing():
        held = kept.one(actor, entry_id, "money", looked=False)
        if all(one.id != file_id for one in line_of(held).receipts):
            raise NoSuchVault
        opener = vaults.open_file(actor, held.opened, file_id)
        record(actor, Event.FILE_READ, vault=held.id, version=held.opened.version)
    return Download(opener.size, opener)


def _question(actor: Actor, line: Line, found: Ledger, known: tuple[Why | None, Facts, Flags],
              names: Mapping[bytes, str]) -> Question:
    why, facts, flags = known
    one, body, now = line.entry, line.body, clock.now()
    ends = hold_ends(one, line.since, facts.hold_hours)
    what = missing(one, facts, why)
    writes = kept.may_write(actor, "money")
    ransom = one.kind is Kind.RANSOM
    mine = line.first is not None and line.first.by == actor.id
    return Question(
        line.id, line.revision, row(line, clock.today()), str(body.get("purpose") or ""), str(words.LEGAL[one.legal]),
        one.legal_note, tuple(words.law(one.kind, one.legal)),
        tuple(str(words.FLAGS[flag]) for flag in body.get("flags") or () if flag in words.FLAGS),
        tuple(RULES[rule].sentence for rule in flags.on_contact.rules if rule in RULES), flags.on_contact.since,
        str(words.REPAY.get(str(body.get("repay")), words.REPAY["unknown"])), body.get("repay") != "no", ransom,
        bool(body.get("proof_asked")), str(words.WHY[why]) if why else "", ends, ends is None or now >= ends,
        tuple(str(words.MISSING[each]) for each in what), str(words.CHOICES[line.choice]) if line.choice else "",
        tuple(words.choices(words.CHOICES)) if ransom else (),
        _signer(line.first, names, body.get("reason")), _signer(line.second, names, body.get("second_reason")),
        names.get(bytes.fromhex(body["second"]), "") if body.get("second") else "", _refused(body, names),
        line.receipts,
        str(body.get("no_receipt") or ""), one.corrects, str(body.get("corrected_by") or ""),
        tuple(debt_row(each) for each in found.debts if one.case and each.body.get("case") == one.case),
        body.get("case_id") or "" if actor.roles & {Role.COORDINATOR, Role.CASE_WORKER} else "",
        may_ask=writes and bool(why) and (line.state in FIRST or line.state is State.OPEN),
        may_sign=writes and line.state is State.WAITING and not mine and bool(actor.roles & SECOND_ROLES),
        may_refuse=writes and line.state in SIGNED, may_pay=writes and not what, may_edit=writes and line.editable,
        may_take_back=writes and line.state not in {State.TAKEN_BACK, State.COUNTER},
        made=Signer(names.get(line.made_by, ""), line.since))


def _signer(signature: Any, names: Mapping[bytes, str], text: Any) -> Signer | None:
    return None if signature is None else Signer(names.get(signature.by, ""), signature.at, str(text or ""))


def _refused(body: Mapping[str, Any], names: Mapping[bytes, str]) -> Signer | None:
    no = body.get("refused")
    if not no:
        return None
    return Signer(names.get(bytes.fromhex(no["by"]), ""), moment(no["at"]), str(no["text"]))


"""Writing records. Each function runs inside the caller's `writing()` and writes its own line of the record of acts.

    with writing():
        case = queries.one(actor, case_id, "case", looked=False)
        actions.change(actor, case, {"wish": "…"}, what="wish", revision=form_revision)

Whoever writes after somebody else wrote gets `Changed`, and the page shows both versions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from secrets import token_hex
from typing import Any

from waystation.access import Facts, Holding, Permission, Role, holding
from waystation.casework.retention import monday_before
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.gateways import clock
from waystation_web.vault import actions as vaults
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import Changed, NoSuchVault, NotPermitted
from waystation_web.vault.models import Account
from waystation_web.vault.principals import Recipient, recipient
from waystation_web.vault.queries import allow, held_ids
from waystation_web.vault.queries import holders as holders_of

from .queries import colleagues, every, one
from .record import ABSENT, KEPT, Record, record_of, said

READ_FOR = timedelta(days=14)  # how long whoever signs second from another room may read what they sign


def make(actor: Actor, type: str, body: Mapping[str, Any], *, holders: Iterable[bytes] = (),  # noqa: A002
         retain_until: date | None = None) -> Record:
    """A new record, for its author, those whose role is given all of its type, and the accounts named in `holders`.

    Raises `NotPermitted`, `Refused` for a holder whose keys nobody certified, `ValueError` for a body too large.
    """
    payload = _own(body) | {"revision": 1, "made": _stamp(actor), "history": []}
    made = vaults.create(actor, type, payload, holders=[_recipient(one) for one in holders], retain_until=retain_until)
    record(actor, Event.VAULT_CREATED, vault=made.vault, version=made.version, digest=made.digest)
    return one(actor, made.vault, type, looked=False)


def beside(actor: Actor, held: Record, body: Mapping[str, Any], *, reason: str, second: bytes) -> Record:
    """A new record of the type of another, for everybody who holds that one, each until the same day.

    Whoever is not here any more gets nothing. `second` is who signed it too. Raises `NotPermitted` (also with
    `step_up`), `Refused`.
    """
    there, today = {one.id for one in colleagues().values() if one.active} - {actor.id}, clock.today()
    others = [one for one in holders_of(actor, held.id) if one.id in there and (one.until or today) >= today]
    made = make(actor, held.type, body, holders=[one.id for one in others if one.until is None])
    for other in others:
        if other.until is not None:
            share(actor, made.id, held.type, other.id, reason=reason, until=other.until, second=second)
    return made


def change(actor: Actor, held: Record, fields: Mapping[str, Any], *, what: str, revision: int | None = None,
           kept: bool = True, second: bool = False) -> Record:
    """Write some fields of a record anew; `what` is one fixed word for the history ("wish", "status", "row").

    `revision` is the one that the writer had before them: another one raises `Changed`. `kept=False` leaves the old
    values out of the history: only for fields whose items carry their own dates. A value of None takes a field away.
    `second`: two people signed this very change, and both signatures were checked in this act.
    Raises `Changed`, `NotPermitted`, `Refused`.
    """
    if revision is not None and revision != held.revision:
        raise Changed
    new = _own(fields)
    was = {name: held.body.get(name, ABSENT) for name in new if held.body.get(name, ABSENT) != new[name]}
    if not was:
        allow(actor, Permission.WRITE_VAULT, Facts(type=held.type, holds=True), vault=held.id)
        return held
    line = {**_stamp(actor), "what": what} | ({"was": was} if kept else {"fields": sorted(was)})
    body = {name: value for name, value in (held.body | new).items() if value is not None}
    body |= {"revision": held.revision + 1, "made": {"by": held.made.by.hex(), "at": said(held.made.at)},
             "history": [*held.history, line]}
    done = vaults.write(actor, held.opened, body, second=second)
    record(actor, Event.VAULT_WRITTEN, vault=held.id, version=done.version, digest=done.digest)
    return one(actor, held.id, held.type, looked=False)


def keep_until(actor: Actor, held: Record, day: date | None, *, reason: str = "", what: str = "clock") -> Record:
    """Start, move or stop the clock of a record: it goes on that day's Monday, or by no clock at all (None).

    The line of the record of acts holds the reason. Raises `Changed`, `NotPermitted`, `Refused`.
    """
    monday = day and monday_before(day)
    if monday == held.opened.retain_until:
        return held
    line = {**_stamp(actor), "what": what, "fields": []}
    body = held.body | {"revision": held.revision + 1, "made": {"by": held.made.by.hex(), "at": said(held.made.at)},
                        "history": [*held.history, line]}
    done = vaults.keep_until(actor, held.opened, monday, body=body)
    record(actor, Event.VAULT_WRITTEN, vault=held.id, version=done.version, digest=done.digest, reason=reason)
    return one(actor, held.id, held.type, looked=False)


def add(actor: Actor, held: Record, to: str, item: Mapping[str, Any], **also: Any) -> Record:
    """Append an item to a list of a record; it gets an `id` (16 hex digits), `by` and `at` of its own.

    `also` are further fields to write with it.
    """
    entry = {"id": token_hex(8), **_stamp(actor), **item}
    return change(actor, held, {to: [*held.body.get(to, []), entry], **also}, what=f"+{to}", kept=False)


def replace_item(actor: Actor, held: Record, of: str, item_id: str, fields: Mapping[str, Any], *,
                 what: str) -> Record:
    """Write some fields of one item of a list; what they said before stays in the history. Raises `NoSuchVault`."""
    items = held.body.get(of, [])
    if all(item.get("id") != item_id for item in items):
        raise NoSuchVault
    after = [{**item, **fields} if item.get("id") == item_id else item for item in items]
    return change(actor, held, {of: after}, what=what)


def share(actor: Actor, record_id: bytes, type: str, account: bytes, *, reason: str,  # noqa: A002
          until: date | None = None, second: bytes | None = None) -> None:
    """Let a colleague read a record, until a day or without an end. `second` is who signed it too, where that is asked.

    Raises `NoSuchVault`, `NotPermitted`, `Refused`.
    """
    held = one(actor, record_id, type, looked=False)
    done = vaults.share(actor, held.id, _recipient(account), until=until, reason=reason, second=second is not None)
    end: dict[str, Any] = {"until": until.isoformat()} if until else {}
    record(actor, Event.GRANTED, vault=held.id, version=done.version, account=account, reason=reason, second=second,
           **end)


def let_sign(actor: Actor, record_id: bytes, type: str, account: bytes) -> None:  # noqa: A002
    """Whoever is asked to sign second must be able to read it: if their role gives it not, for a fortnight.

    Raises `NoSuchVault`, `NotPermitted`, also for a colleague who is not here any more.
    """
    colleague = colleagues().get(account)
    if colleague is None or not colleague.active:
        raise NotPermitted("recipient", "This colleague is not here any more. Choose another one.")
    if account in {one.id for one in holders_of(actor, record_id)}:
        return
    by_role = holding(type, {Role(role) for role in colleague.roles}) is Holding.BY_ROLE
    until = None if by_role else clock.today() + READ_FOR
    share(actor, record_id, type, account, reason="second signature", until=until)


def end_share(actor: Actor, record_id: bytes, account: bytes) -> None:
    """End somebody's reading of a record. Raises `NoSuchVault`, `NotPermitted` for the last holder."""
    done = vaults.end_grant(actor, record_id, account)
    record(actor, Event.GRANT_ENDED, vault=record_id, version=done.version, account=account, digest=done.digest)


def admit(actor: Actor, types: Iterable[str], account: bytes, *, reason: str) -> int:
    """Give a colleague every record of these types that one holds and they do not. Returns how many.

    For somebody who came later than the records of their role. Raises `NotPermitted`, `Refused`.
    """
    count = 0
    for type_ in types:
        there = held_ids(account)
        for held in every(actor, type_, looked=False):
            if held.id not in there:
                share(actor, held.id, type_, account, reason=reason)
                count += 1
    return count


def _own(body: Mapping[str, Any]) -> dict[str, Any]:
    if foreign := sorted(set(body) & set(KEPT)):
        raise ValueError(f"these fields are kept by the office itself: {', '.join(foreign)}")
    return dict(body)


def _stamp(actor: Actor) -> dict[str, str]:
    return {"by": actor.id.hex(), "at": said(clock.now())}


def _recipient(account: bytes) -> Recipient:
    row = Account.objects.filter(pk=account).first()
    if row is None:
        raise NotPermitted("recipient", "This colleague is not here any more. Choose another one.")
    return recipient(row)


__all__ = ["add", "admit", "beside", "change", "end_share", "keep_until", "let_sign", "make", "record_of",
           "replace_item", "share"]

r"""A hold: records that are not destroyed, neither by time nor by people, until a day. Placed, renewed, ended by two.

    body = {"vaults": {id: type}, "name", "reason", "end": day, "rows": {id: row}, "about": id of what it is for,
            "log": [{"act", "end", "reason", "first", "by", "at"}], "asked": {"act", "end", "reason"}, "approval"}

The rows lie beside the vaults and say a day alone (`vault.retention`): they count at once, also for records that
neither of those who sign can open, and the job that deletes by time reads them without keys. When the last day has
passed, or two ended the hold, a record goes no sooner than a fortnight later, so that whoever holds it reads of it.

Other apps place a hold with `place`, once they have checked two signatures of their own; `held` says what is under one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop

from waystation.casework.retention import free_again, may_hold
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.gateways import clock
from waystation_web.records import actions as records
from waystation_web.records.record import Record, said
from waystation_web.vault import retention as rows
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted

TYPE = "hold"
TOO_LONG = gettext_noop("A hold ends within a year. Two people can renew it before.")


def held(vaults: Iterable[bytes] | None = None) -> dict[bytes, date]:
    """Which of some vaults (None: of all) are under a hold, and from which Monday on each may go again."""
    return rows.held(vaults)


def place(actor: Actor, vaults: Mapping[bytes, str], *, name: str, reason: str, end: date, second: bytes,
          about: bytes = b"") -> Record:
    """Hold records, by id and type, until a day, inside the caller's `writing()`: it counts at once.

    For an act whose two signatures the caller has just checked (`approvals.use`): `second` is the other one's account.
    `name` says in a few words what is held, `about` is the record it is for. Raises `NotPermitted` for a day that is
    past or more than a year ahead, and whose role places no holds; `NoSuchVault`; `ValueError` for a long reason.
    """
    bounded(end)
    body = {"vaults": {one.hex(): type_ for one, type_ in vaults.items()}, "name": name, "reason": reason,
            "about": about.hex(), "end": end.isoformat(), "rows": {}, "log": []}
    return put_on(actor, records.make(actor, TYPE, body), end=end, second=second, reason=reason)


def put_on(actor: Actor, hold: Record, *, end: date, second: bytes, reason: str, **fields: Any) -> Record:
    """Write the rows of a hold that is a record already. `fields` are written with it."""
    written = {}
    for vault in sorted(map(bytes.fromhex, hold.body["vaults"])):
        written[vault.hex()] = row = rows.hold(vault, free_again(end)).hex()
        record(actor, Event.HELD, vault=vault, second=second, until=end.isoformat(), row=row)
    return _logged(actor, hold, "place", end, second, reason, {"rows": written, **fields})


def move_end(actor: Actor, hold: Record, act: str, *, end: date, second: bytes, reason: str,
             **fields: Any) -> Record:
    """Renew a hold, or end it (`end` is today): its rows say the new day. What was ended may go a notice later."""
    written = dict(hold.body["rows"])
    for vault, row in sorted(hold.body["rows"].items()):
        if rows.end_hold(bytes.fromhex(row), free_again(end)) is None:  # its time was over
            if act != "renew" or not rows.is_there(bytes.fromhex(vault)):
                continue
            written[vault] = rows.hold(bytes.fromhex(vault), free_again(end)).hex()
        event = Event.HELD if act == "renew" else Event.HOLD_ENDED
        record(actor, event, vault=bytes.fromhex(vault), second=second, until=end.isoformat(), row=written[vault])
    return _logged(actor, hold, act, end, second, reason, {"rows": written, "end": end.isoformat(), **fields})


def bounded(end: date) -> None:
    """A hold ends after today and within a year. Raises `NotPermitted`."""
    if not may_hold(clock.today(), end):
        raise NotPermitted("hold_end", TOO_LONG)


def _logged(actor: Actor, hold: Record, act: str, end: date, second: bytes, reason: str,
            fields: Mapping[str, Any]) -> Record:
    line = {"act": act, "end": end.isoformat(), "reason": reason, "first": second.hex(), "by": actor.id.hex(),
            "at": said(clock.now())}
    log = [*hold.body.get("log", ()), line]
    return records.change(actor, hold, {"log": log, **fields}, what="hold", kept=False)

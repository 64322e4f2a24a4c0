"""What people do with the words of a witness: keep a version, mark a piece, take down that it was taken back.

There is no act that changes a version or takes one out.
"""

from __future__ import annotations

from collections.abc import Mapping
from secrets import token_hex
from typing import Any

from waystation.testimony.claims import span_of
from waystation.testimony.refused import Refused
from waystation.testimony.versions import CIRCUMSTANCES, after, committed, may_add, quotable
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records.record import Record
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted

from .actions import noticed, opened, refuse
from .recount import recount
from .statement import PLANNED, Statement

VERSION = ("kind", "language", "of", "method", "machine", "tool", "text")
SEGMENT = ("n", "speaker", "uses", "risk", "sensitive")


def add_version(actor: Actor, statement_id: bytes, typed: Mapping[str, Any]) -> int:
    """One version more; its number. Raises `NotPermitted` for a kind that is not made from that one."""
    with writing():
        held, of = opened(actor, statement_id)
        if typed["kind"] == "recantation":
            raise NotPermitted("H-39", "A statement is taken back with its circumstances. Use that form.",
                               vault=held.id)
        return _kept(actor, held, of, {name: typed[name] for name in VERSION})


def take_back(actor: Actor, statement_id: bytes, typed: Mapping[str, Any]) -> int:
    """The witness takes it back, with the circumstances: what they said before stays, and says that it was taken back.

    Everybody who was given it is to be told. Raises `NotPermitted`, `NoSuchVault`.
    """
    with writing():
        held, of = opened(actor, statement_id)
        last = of.versions[-1].n if of.versions else 0
        said = {"kind": "recantation", "language": typed["language"], "of": last, "method": typed["method"],
                "machine": False, "tool": "", "text": typed["text"],
                "circumstances": {name: typed[name] for name in CIRCUMSTANCES}}
        number = _kept(actor, held, of, said, notices=noticed(actor, held, "recanted"), cleared={}, clearing=None)
        recount(actor)
    return number


def mark_piece(actor: Actor, statement_id: bytes, typed: Mapping[str, Any]) -> None:
    """A piece that may be quoted: who speaks, for which uses, at which risk for relatives. Raises `NotPermitted`."""
    with writing():
        held, of = opened(actor, statement_id)
        n = int(typed["n"])
        refuse(quotable(of.versions, n), held.id)
        version = next(one for one in of.versions if one.n == n)
        found = span_of(version, typed["words"])
        if isinstance(found, Refused):
            raise NotPermitted(found.rule, found.sentence, vault=held.id)
        piece = {name: typed[name] for name in SEGMENT} | {"n": n, "start": found[0], "end": found[1]}
        records.add(actor, held, "segments", piece)


def _kept(actor: Actor, held: Record, of: Statement, said: dict[str, Any], **also: Any) -> int:
    if of.status == PLANNED:
        raise NotPermitted("no_such_move", "First write down that the interview was taken, with what they agreed to.",
                           vault=held.id)
    refuse(may_add(of.versions, str(said["kind"]), int(said["of"])), held.id)
    salt, number = token_hex(32), len(of.versions) + 1
    version = {**said, "n": number, "day": clock.today().isoformat(), "salt": salt,
               "commit": committed(salt, str(said["text"])), "before": after(of.versions)}
    records.add(actor, held, "versions", version, **also)
    return number


__all__ = ["add_version", "mark_piece", "take_back"]

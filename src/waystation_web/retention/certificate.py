r"""What stays of something that was destroyed: how many records of which kinds, when, who signed. No word of it.

    body = {"destroyed": {"types": {type: how many}, "ids": [id], "digest", "at", "asked_by", "signed_by", "why",
                          "sums": [{"direction", "currency", "amount", "lines"}]}}

It is a record of the type of holds: what must not be destroyed, and what was. Whether backups still open it is not
written down but worked out anew each time it is shown, because it changes with the host key.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Any

from waystation_web.records.record import Record, moment
from waystation_web.vault import epochs
from waystation_web.vault.errors import NoSuchVault, Refused

TYPE, DESTROYED = "hold", "destroyed"
Sum = tuple[str, str, str, int]


@dataclass(frozen=True, slots=True)
class Certificate:
    """One certificate. `true` is what can honestly be said now, also of backups."""

    id: bytes
    types: tuple[tuple[str, int], ...]
    count: int
    digest: str
    at: datetime
    asked_by: bytes
    signed_by: bytes
    why: str
    sums: tuple[Sum, ...] = field(repr=False)
    true: str
    gone: bool


def certificate_of(held: Record) -> Certificate:
    """The certificate in a record. Raises `NoSuchVault` if it is something else, `Refused("payload")`."""
    said = held.body.get(DESTROYED)
    if said is None:
        raise NoSuchVault
    try:
        at = moment(said["at"])
        now = epochs.certificate(at)
        types = tuple(sorted((str(one), int(count)) for one, count in said["types"].items()))
        sums = tuple((str(one["direction"]), str(one["currency"]), str(one["amount"]), int(one["lines"]))
                     for one in said["sums"])
        return Certificate(held.id, types, sum(count for _, count in types), str(said["digest"]), at,
                           bytes.fromhex(said["asked_by"]), bytes.fromhex(said["signed_by"]), str(said["why"]), sums,
                           now.words(), now.since is not None)
    except (KeyError, TypeError, ValueError, AttributeError) as reason:
        raise Refused("payload") from reason


def digest_of(ids: Iterable[str]) -> str:
    """One number for exactly these records, to be compared with the record of acts.

    >>> digest_of(["02", "01"]) == digest_of(["01", "02"])
    True
    """
    return sha256("\n".join(sorted(ids)).encode()).hexdigest()


def sums_of(money: Iterable[Record]) -> list[dict[str, Any]]:
    """What was paid and received, added up by direction and currency; lines that were never paid count for nothing."""
    total: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
    for one in money:
        body = one.body
        if body.get("sort") == "entry" and body.get("paid") and not body.get("corrected_by"):
            try:
                total[str(body["direction"]), str(body["currency"])].append(Decimal(body["amount"]))
            except (KeyError, InvalidOperation, TypeError):
                continue
    return [{"direction": direction, "currency": currency, "amount": str(sum(amounts)), "lines": len(amounts)}
            for (direction, currency), amounts in sorted(total.items())]

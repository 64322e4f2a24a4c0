"""Custody as it is kept in an item: the line, the code of whoever acted, and the commitment that waits for Monday."""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from waystation.evidence import batch, custody
from waystation_web.gateways import clock
from waystation_web.vault.actor import Actor
from waystation_web.vault.proving import chance

from .models import Spool


@dataclass(frozen=True, slots=True)
class Happened:
    """One event of custody. `said` is the reason in free words: it lies beside the line, never in it."""

    act: str
    object: str
    commit: bytes
    why: str
    said: str = field(default="", repr=False)


def with_lines(actor: Actor, body: Mapping[str, Any], *events: Happened) -> dict[str, Any]:
    """The fields of an item after these events. What the whole chain is now waits for the list of the week."""
    codes, lines, said = dict(body["codes"]), list(body["custody"]), dict(body["said"])
    code = next((one for one, who in codes.items() if who == actor.id.hex()), "") or _new_code(codes)
    codes[code] = actor.id.hex()
    for event in events:
        lines.append(custody.next_line(lines, at=clock.now(), act=event.act, object=event.object,
                                       commit=event.commit, actor=code, why=event.why))
        if event.said:
            said[str(len(lines))] = event.said
    spool([batch.commitment(bytes.fromhex(body["custody_salt"]), [custody.text(lines)])])
    return {"custody": lines, "codes": codes, "said": said}


def spool(commitments: Iterable[bytes]) -> None:
    """Commitments for the list of the week, inside the caller's `writing()`."""
    for one in commitments:
        Spool.objects.get_or_create(commit=one)


def _new_code(there: Mapping[str, str]) -> str:
    """A code that says nothing of whose it is."""
    while True:
        code = "a-" + b32encode(chance(5)).decode("ascii")[:4].lower()
        if code not in there:
            return code

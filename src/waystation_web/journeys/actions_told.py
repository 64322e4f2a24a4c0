"""Written into the incident: somebody outside was told, or what they were told is wrong; in an open `writing()`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from waystation_web.cases import values
from waystation_web.gateways import clock
from waystation_web.records import actions as records
from waystation_web.records.record import Record, said
from waystation_web.vault.actor import Actor

from . import live
from .actions_incident import logged

QUIET = frozenset({"UNHCR", "ICRC", "ROK"})


def tell(actor: Actor, held: Record, one: Mapping[str, Any]) -> Record:
    """Somebody was told. The line of the first hours is done with it."""
    new = records.add(actor, held, "told", one, tasks=_done(actor, held, "notice" if one["to"] in QUIET else "send"),
                      log=logged(actor, held, "told", str(one["ref"])))
    live.changed(held.id)
    return new


def drafted(actor: Actor, held: Record) -> None:
    """There is a draft: its line of the first hours is done."""
    records.change(actor, held, {"tasks": _done(actor, held, "draft")}, what="task", kept=False)
    live.changed(held.id)


def corrected(actor: Actor, held: Record, says: str) -> Record:
    """Something that was told is wrong."""
    new = records.add(actor, held, "corrected", {"says": says}, log=logged(actor, held, "corrected", says))
    live.changed(held.id)
    return new


def _done(actor: Actor, held: Record, name: str) -> list[dict[str, Any]]:
    """The lines of the first hours, this one done now unless it was done before."""
    tasks = {values.text(each, "name"): dict(each) for each in values.items(held.body, "tasks")}
    if not tasks.get(name, {}).get("done_at"):
        tasks[name] = {"name": name, **tasks.get(name, {}), "done_at": said(clock.now()), "done_by": actor.id.hex()}
    return list(tasks.values())

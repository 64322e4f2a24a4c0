"""Who outside was told of an incident, and who must still hear of a correction or of news. The incident keeps it.

    body["told"]      = [{"communication", "ref", "to", "which", "state", "language", "on", "digest", "corrects"}]
    body["corrected"] = [{"says"}]

It lies in the incident, so that nobody who was told is forgotten when a letter is not open to whoever looks.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from waystation.appeals.after import HOURS, URGENT, Corrected, Line, Told, clock, owed
from waystation_web.cases import values
from waystation_web.gateways import clock as now_is
from waystation_web.records.record import Record

from .incidents import Incident

NEWS = frozenset({"free", "move", "return", "lose", "die"})


def key_of(one: Mapping[str, Any]) -> str:
    """One recipient: the addressee, the State where that is the addressee, and which office of it."""
    to = values.text(one, "to")
    return "|".join((to, values.text(one, "state") if to == "STATE" else "", values.text(one, "which")))


def recipients(incident: Incident) -> list[Mapping[str, Any]]:
    """Everybody who was ever told, each once, as they were told first."""
    found: dict[str, Mapping[str, Any]] = {}
    for one in values.items(incident.record.body, "told"):
        found.setdefault(key_of(one), one)
    return list(found.values())


def still_owed(incident: Incident) -> tuple[tuple[str, str], ...]:
    """Which correction, or which news, who must still hear of: (what, recipient)."""
    body = incident.record.body
    letters = [Told(key_of(one), at, values.text(one, "corrects")) for one in values.items(body, "told")
               if (at := values.at(one, "at"))]
    wrong = [Corrected(values.text(one, "id"), at) for one in values.items(body, "corrected")
             if (at := values.at(one, "at"))]
    news = [Corrected(one.kind, one.at, by_any=True) for one in incident.log if one.kind in NEWS]
    return owed(letters, [*wrong, *news])


def corrections_owed(incident: Incident) -> bool:
    """Whether somebody who was told something wrong was not told what is right."""
    return any(what not in NEWS for what, _to in still_owed(incident))


def newest_correction(held: Record) -> str:
    """The mark of the correction that was written down last."""
    return values.text(values.items(held.body, "corrected")[-1], "id")


def appeal_clock(incident: Incident) -> tuple[Line, ...]:
    """The hours of an appeal, where what happened is urgent; nothing once it is over, and for a silent one."""
    if incident.kind not in URGENT or incident.over or incident.silent:
        return ()
    done = [values.text(one, "name") for one in values.items(incident.record.body, "tasks") if one.get("done_at")]
    return clock(incident.began, [one for one in done if one in HOURS], now_is.now())


def since(incident: Incident) -> datetime | None:
    """When anybody was told first; None: nobody was."""
    times = [at for one in values.items(incident.record.body, "told") if (at := values.at(one, "at"))]
    return min(times, default=None)

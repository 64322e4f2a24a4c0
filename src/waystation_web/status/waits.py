"""How long the steps of own applications took, by way and step; whoever still waits counts for as long as they did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from waystation.rights.durations import Seen, Spell, seen
from waystation_web.cases import values

from .application import Application


def spells(found: Iterable[Application], today: date) -> dict[tuple[str, int], list[Spell]]:
    """Every wait of some applications. Who left it early counts until then as waiting."""
    told: dict[tuple[str, int], list[Spell]] = {}
    for one in found:
        for step in one.walked:
            end = step.ended or _last(one) or today
            if end >= step.began:
                told.setdefault((one.pathway, step.order), []).append(
                    Spell((end - step.began).days, step.ended is not None))
    return told


def own(found: Iterable[Application], today: date) -> Mapping[tuple[str, int], Seen]:
    """What the office saw of each step."""
    return {key: seen(told) for key, told in spells(found, today).items()}


def _last(one: Application) -> date | None:
    """The day on which an application that is over ended: from then on nobody waited. None while it goes on."""
    days = [day for each in one.log if (day := values.day(each, "at")) is not None]
    return max(days, default=None) if one.over else None

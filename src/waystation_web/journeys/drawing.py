"""The red line of a journey: what lies behind them, and where silence begins. Nothing of what lies ahead.

Behind them the line is red; the leg on which they are is broken, for nobody knows where on it they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from waystation.report.netmap import Caption, Stop, Track, network_svg
from waystation_web.network.drawing import Picture

from .journey import Journey


def red_lines(journeys: Iterable[tuple[Journey, Mapping[str, Any]]]) -> Picture:
    """Journeys with the bodies of their plans as one picture; empty where no place has a position."""
    stops: dict[str, Stop] = {}
    tracks: dict[str, Track] = {}
    invented = False
    for journey, plan in journeys:
        met = {journey.at} | {code for leg in journey.legs for code in (leg.start, leg.end)}
        stops |= {one["code"]: Stop(one["code"], one["lat"], one["lon"], one["kind"], one["country"], one["country"],
                                    one["code"] in journey.goals)
                  for one in plan.get("places", ()) if one["code"] in met | set(journey.goals)}
        modes = {one["leg"]: one["mode"] for one in plan.get("lines", ())}
        under_way = journey.under_way
        tracks |= {leg.leg: Track(leg.leg, leg.start, leg.end, modes.get(leg.leg, "mixed"),
                                  "unknown" if leg is under_way else "planned") for leg in journey.legs}
        invented = invented or plan.get("fictional") is True
    caption = Caption(_("The way behind them in red. Where the line is broken, nobody knows where on it they are."),
                      _("Schematic. Do not navigate by this map."), _("all invented") if invented else "")
    drawn = [one for one in tracks.values() if one.start in stops and one.end in stops]
    return Picture(network_svg(list(stops.values()), drawn, caption=caption) if stops else "")

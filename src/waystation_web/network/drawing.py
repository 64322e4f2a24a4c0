"""The book as a picture: stops where provinces and towns are, ways by what is known of them, nothing forbidden."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from waystation.report.geojson import geojson
from waystation.report.netmap import Caption, Stop, Track, network_svg

from .knowledge import AreaLine, LegLine
from .row import Row


class Picture(str):
    """A drawing of the core's own: a template writes it as it is. Every code in it was checked and escaped there."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


def stops_of(standing: Mapping[str, list[Row]]) -> list[Stop]:
    """Every place of a sound book."""
    country = {row.cells["code"]: row.cells["country"] for row in standing.get("areas", [])}
    return [Stop(cells["code"], cells.get("map_lat"), cells.get("map_lon"), cells["kind"], country[cells["area"]],
                 cells["area"], bool(cells.get("goal"))) for cells in (row.cells for row in standing.get("places", []))]


def tracks_of(legs: Iterable[LegLine]) -> list[Track]:
    """Every leg that may be drawn. A forbidden one never is."""
    return [Track(leg.code, leg.start, leg.end, leg.mode, leg.line) for leg in legs if not leg.forbidden]


def twin(standing: Mapping[str, list[Row]], legs: Iterable[LegLine], *, fictional: bool) -> Picture:
    """The still picture, empty if no place has a position. The table of legs beside it says the same in words."""
    caption = Caption(_("The places of the route book and the ways between them."),
                      _("Schematic. Do not navigate by this map."), _("all invented") if fictional else "")
    return Picture(network_svg(stops_of(standing), tracks_of(legs), caption=caption))


def geometry(standing: Mapping[str, list[Row]], legs: Iterable[LegLine], areas: Iterable[AreaLine], *,
             fictional: bool) -> dict[str, Any]:
    """The same for the map that moves. Reports that still count stand in the middle of their area."""
    ids = {row.cells["code"]: row.id.hex() for sheet in ("places", "legs") for row in standing.get(sheet, [])}
    told = [(one.id.hex(), area.code, one.days, " / ".join(one.conditions)) for area in areas for one in area.fresh]
    return geojson(stops_of(standing), tracks_of(legs), ids=ids, fictional=fictional, reports=told)

"""A plan as a picture and as geometry for the map that moves: what the planner said may be drawn, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from waystation.report.geojson import geojson
from waystation.report.netmap import Caption, Stop, Track, network_svg
from waystation.report.what_if_picture import Words, what_if_picture

from .sheets import Drawn

KINDS = {"first": "planned", "branch": "branch", "closed": "closed", "other": "open"}


def _stops(places: Iterable[Mapping[str, Any]]) -> list[Stop]:
    return [Stop(one["code"], one["lat"], one["lon"], one["kind"], one["country"], one["country"], one["goal"])
            for one in places]


def _tracks(lines: Iterable[Mapping[str, Any]]) -> list[Track]:
    return [Track(one["leg"], one["start"], one["end"], one["mode"],
                  "unknown" if one["unknown"] else KINDS.get(one["kind"], "open"), one["letter"]) for one in lines]


def twin(places: Iterable[Mapping[str, Any]], lines: Iterable[Mapping[str, Any]], *, fictional: bool) -> Drawn:
    """The still picture; empty for a plan that keeps no places."""
    caption = Caption(_("The plan: the first choice, and what to do if things change."),
                      _("Schematic. Do not navigate by this map."), _("all invented") if fictional else "")
    stops = _stops(places)
    return Drawn(network_svg(stops, _tracks(lines), caption=caption) if stops else "")


def compared_picture(facts: Mapping[str, Any], verdict: str) -> Drawn:
    """Both sides of a comparison and their difference; empty where nothing may be said."""
    return Drawn(what_if_picture({row["measure"]: row for row in facts["rows"]}, Words(
        _("As it is, as it would be, and the difference. %(verdict)s") % {"verdict": verdict},
        {"arrive": _("Arrive, of 100"), "lost": _("Lost, of 100")}, _("as it is"), _("as it would be"),
        _("Difference, of 100"))))


def geometry(places: Iterable[Mapping[str, Any]], lines: Iterable[Mapping[str, Any]], *,
             fictional: bool) -> dict[str, Any]:
    """The same as GeoJSON."""
    return geojson(_stops(places), _tracks(lines), ids={}, fictional=fictional)

"""All that one view of the map is drawn from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from waystation.planning.results import Answer
from waystation.report.basemap import Basemap
from waystation.report.mapview import Projection, Spot, View
from waystation.report.phrases import way
from waystation.report.ways import Way


class Seen(Protocol):
    """What the land and the marks of a view are drawn from, whether or not a plan stands on it."""

    @property
    def base(self) -> Basemap | None:
        """The land, if it is installed."""

    @property
    def where(self) -> Projection | None:
        """None: places are laid out in order, not on the earth."""

    @property
    def view(self) -> View:
        """The window."""

    @property
    def spots(self) -> Mapping[str, Spot]:
        """Places that have a position."""

    @property
    def ways(self) -> tuple[Way, ...]:
        """Legs between them."""

    @property
    def countries(self) -> tuple[str, ...]:
        """Countries that are tinted, the one fled from first."""


@dataclass(frozen=True, slots=True)
class Scene:
    """An answer, the land under it, and the window through which it is seen."""

    answer: Answer
    base: Basemap | None
    where: Projection | None  # None: places are laid out in order, not on the earth
    view: View
    spots: Mapping[str, Spot]  # places that have a position
    ways: tuple[Way, ...]  # legs between them
    countries: tuple[str, ...]  # of the journey in order; the first is the one fled from


def journey_countries(answer: Answer) -> tuple[str, ...]:
    """Countries of the most likely way, in the order they are entered."""
    of = {place.code: place.country for place in answer.places}
    return tuple(dict.fromkeys(of[code] for code in way(answer) if of.get(code)))

"""A story in its parts: each says what it is, so that nobody takes a played scene for a witness or a film for proof."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Label(StrEnum):
    """What a piece of a story is. There is no piece without one."""

    TESTIMONY = "testimony"
    FOOTAGE = "footage"
    RE_ENACTMENT = "re-enactment"
    FICTION = "fiction"


AS_EVIDENCE = frozenset({Label.TESTIMONY, Label.FOOTAGE})  # what may point to a record of the evidence

SEASONS = ("spring", "summer", "autumn", "winter")

# Where a line may bend: the middle of a country, or of a province of a country that is a continent in itself. Whole
# degrees, from any school atlas: nothing finer is told, and of the country that people fled nothing but the country.
AREAS: Mapping[str, tuple[str, float, float]] = MappingProxyType({
    "KP": ("North Korea", 40, 127), "KR": ("South Korea", 37, 128), "CN": ("China", 35, 104),
    "CN-LN": ("Liaoning, China", 41, 123), "CN-JL": ("Jilin, China", 43, 126),
    "CN-HL": ("Heilongjiang, China", 47, 128), "CN-NM": ("Inner Mongolia, China", 44, 114),
    "CN-HE": ("Hebei, China", 38, 115), "CN-SD": ("Shandong, China", 36, 118), "CN-HB": ("Hubei, China", 31, 112),
    "CN-SC": ("Sichuan, China", 30, 103), "CN-YN": ("Yunnan, China", 25, 102), "CN-GX": ("Guangxi, China", 24, 109),
    "MN": ("Mongolia", 47, 104), "RU": ("Russia", 60, 100), "VN": ("Vietnam", 16, 107), "LA": ("Laos", 19, 103),
    "TH": ("Thailand", 15, 101), "MM": ("Myanmar", 21, 96), "KH": ("Cambodia", 13, 105), "JP": ("Japan", 36, 138),
    "GB": ("United Kingdom", 54, -2), "US": ("United States", 39, -98), "CA": ("Canada", 56, -106),
})


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One piece. `proof` names a record of the evidence it rests on; `source` is what a reader is told of that."""

    label: str
    text: str = field(repr=False)
    heading: str = field(default="", repr=False)
    source: str = field(default="", repr=False)
    proof: str = ""


def labelled(segment: Segment) -> Label | None:
    """What a piece says that it is; None for one that says nothing known.

    >>> labelled(Segment(label="testimony", text="")), labelled(Segment(label="true", text=""))
    (<Label.TESTIMONY: 'testimony'>, None)
    """
    return Label(segment.label) if segment.label in set(Label) else None

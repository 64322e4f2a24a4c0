"""Seen from above: what was observed, what it is taken for, and what is inferred from that are three claims, never one.

Only what was observed counts as a source. How many people there are is an interval with a model behind it, never one
number.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from waystation.testimony.hedges import certainty
from waystation.testimony.refused import Refused

FEATURES: Mapping[str, str] = MappingProxyType({
    "housing": "housing", "admin": "offices", "guard_post": "guard post", "fence": "fence or wall", "road": "road",
    "mine": "mine", "field": "field", "factory": "factory", "logging": "logging", "burial": "possible burial",
    "cleared": "cleared land", "vehicles": "vehicles", "tracks": "tracks in snow",
})
CONFIDENCE: Mapping[str, str] = MappingProxyType({"high": "high", "moderate": "moderate", "low": "low"})
LEVELS: Mapping[str, str] = MappingProxyType({
    "observed": "observed: what can be counted", "interpreted": "interpreted: what it is taken for",
    "inferred": "inferred: what would follow",
})


@dataclass(frozen=True, slots=True, kw_only=True)
class Inference:
    """A quantity that nobody counted: an interval, and by what it was worked out."""

    quantity: str = ""
    lo: int | None = None
    hi: int | None = None
    model: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One look at one facility on one day, against an earlier one."""

    facility: str
    image_date: str
    baseline: str
    feature: str
    observed: str
    change: str = ""
    interpreted: str = ""
    inferred: Inference = field(default_factory=Inference)
    confidence: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Level:
    """One of the three, with its own confidence and its own hedge; only the first counts as a source."""

    level: str
    says: str
    confidence: str
    certainty: str

    @property
    def counts(self) -> bool:
        """Whether it may corroborate anything."""
        return self.level == "observed"


def faults(seen: Observation) -> tuple[Refused, ...]:
    """Everything that is wrong with an observation."""
    found = []
    if certainty(seen.observed) != "stated":
        found.append(Refused("observed", "Observed is what can be counted. What pictures appear to show, or may mean, "
                                         "belongs under interpreted, with its hedge."))
    asked = seen.inferred
    if asked.quantity and (asked.lo is None or asked.hi is None or not 0 <= asked.lo < asked.hi):
        found.append(Refused("interval", "A quantity that nobody counted is an interval: the least and the most."))
    if asked.quantity and not asked.model.strip():
        found.append(Refused("interval", "Write down how it was worked out."))
    said = {"observed": seen.observed, "interpreted": seen.interpreted, "inferred": asked.quantity}
    if any(text and seen.confidence.get(level, "") not in CONFIDENCE for level, text in said.items()):
        found.append(Refused("confidence", "Each of the three needs a confidence of its own."))
    return tuple(found)


def chain(seen: Observation) -> tuple[Level, ...]:
    """The three, as far as they are there, with the hedges that they were written with."""
    inferred = f"{seen.inferred.quantity}: {seen.inferred.lo} – {seen.inferred.hi}" if seen.inferred.quantity else ""
    said = {"observed": seen.observed, "interpreted": seen.interpreted, "inferred": inferred}
    return tuple(Level(level, text, seen.confidence.get(level, ""),
                       "possible" if level == "inferred" else certainty(text)) for level, text in said.items() if text)

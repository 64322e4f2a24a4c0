"""One assertion that can be true or false, taken from a span of one version: how it is known, and how it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from waystation.testimony.hedges import certainty, surer
from waystation.testimony.refused import Refused
from waystation.testimony.versions import Version, quotable, recanted

HOW_KNOWN: Mapping[str, str] = MappingProxyType({
    "saw": "saw it", "heard": "heard it happen", "experienced": "it happened to them", "told": "was told by another",
    "inferred": "worked it out", "read": "read it", "unknown": "nobody asked",
})
FIRST_HAND = frozenset({"saw", "heard", "experienced"})
STATUS: Mapping[str, str] = MappingProxyType({
    "stands": "stands", "corrected": "corrected", "recanted": "taken back", "disputed": "disputed by the State",
})
RELATIONS: Mapping[str, str] = MappingProxyType({
    "corroborates": "says the same", "contradicts": "says otherwise", "same_source": "is from the same source",
})
WHY_OTHERWISE: Mapping[str, str] = MappingProxyType({
    "unknown": "not known", "time": "another time", "place": "another place", "vantage": "seen from elsewhere",
    "trauma": "what trauma does to memory", "translation": "the translation", "pressure": "pressure on a witness",
    "error": "a mistake",
})
VERIFICATION: Mapping[str, str] = MappingProxyType({
    "single": "alleged, single source", "common": "alleged, several sources of common origin",
    "corroborated": "corroborated", "recanted": "taken back",
})


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One claim. `start` and `end` are the span in the words of version `n`; `certainty` is never above what was said.

    `witness`, `interpreter`, `day`: where it comes from; `told_by` who told them, `text` and `item` what it rests on.
    """

    id: str
    says: str = field(repr=False)
    n: int
    start: int
    end: int
    how_known: str
    certainty: str
    witness: str
    about: Mapping[str, str] = field(default_factory=dict)
    status: str = "stands"
    told_by: str = ""
    interpreter: str = ""
    day: date | None = None
    text: str = ""
    item: str = ""
    level: str = ""       # of a picture from above: observed, interpreted, inferred
    restricted: bool = False

    @property
    def first_hand(self) -> bool:
        """Whether whoever says it was there."""
        return self.how_known in FIRST_HAND


@dataclass(frozen=True, slots=True)
class Relation:
    """How two claims stand to each other, and what somebody wrote about it. Never a deletion."""

    kind: str
    one: str
    other: str
    note: str = field(default="", repr=False)
    why: str = "unknown"


def span_of(version: Version, words: str) -> tuple[int, int] | Refused:
    """Where some words stand in a version: exactly once, or it is not known which are meant."""
    wanted = words.strip()
    found = version.text.count(wanted) if wanted else 0
    if found == 0:
        return Refused("span", "These words do not stand in that version. Copy them from it, letter by letter.")
    if found > 1:
        return Refused("span", "These words stand there more than once. Copy a few more, so that it is clear which.")
    start = version.text.index(wanted)
    return start, start + len(wanted)


def may_claim(versions: Sequence[Version], n: int, words: str, sure: str) -> Refused | None:
    """Whether a claim may be taken from these words of a version, as sure as this; None if it may."""
    if (no := quotable(versions, n)) is not None:
        return no
    version = next(one for one in versions if one.n == n)
    if isinstance(found := span_of(version, words), Refused):
        return found
    if surer(sure, certainty(version.text[found[0]:found[1]])):
        return Refused("hedge", "The witness was not that sure: the hedge in these words stays with the claim.")
    return None


def standing(claim: Claim, versions: Sequence[Version]) -> str:
    """How a claim stands now: taken back if the witness took these words back, else as it was written down."""
    return "recanted" if recanted(versions, claim.n) is not None else claim.status

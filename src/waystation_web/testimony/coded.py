"""Records of the type "coded", which hold no name: events, perpetrators, pictures from above, denials, partners.

    body = {"sort": "event", "kind", "certainty", "country", "when", "facility", "place", "involvement", "perpetrator",
            "perpetrator_of", "motive", "death", "standard", "found_by", "methods": [], "victim": [], "conditions": [],
            "after": [], "claims": [{"of", "claim", "certainty", "verification", "sources", "standing"}]}
         | {"sort": "perpetrator", "kind", "unit", "rank", "facility", "country", "found_by"}
         | {"sort": "observation", "facility", "image_date", "baseline", "sensor", "feature", "observed", "change",
            "interpreted", "inferred": {...}, "confidence": {...}, "partner", "reviewed_by"}
         | {"sort": "denial", "country", "who", "said_on", "words", "citation", "facility", "event"}
         | {"sort": "partner", "name", "work", "country", "agreement", "citation"}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from waystation.testimony.acts import MANY, ONE, Act
from waystation.testimony.pictures import Inference, Observation
from waystation.testimony.terms import facility
from waystation_web.cases import values
from waystation_web.records.record import OfRecord, Record

TYPE = "coded"
EVENT, PERPETRATOR, OBSERVATION, DENIAL, PARTNER = "event", "perpetrator", "observation", "denial", "partner"
SORTS = (PERPETRATOR, OBSERVATION, DENIAL, PARTNER)  # what is written down in a register; events come from claims


@dataclass(frozen=True, slots=True)
class Rests:
    """A claim that an event rests on, without its words: of which statement, how sure, how many sources."""

    of: str
    claim: str
    certainty: str
    verification: str
    sources: str
    standing: str


@dataclass(frozen=True, slots=True)
class Event(OfRecord):
    """One coded event."""

    act: Act
    perpetrator_of: str
    claims: tuple[Rests, ...]

    @property
    def ref(self) -> str:
        """What people call it."""
        return self.record.key[:4].upper()

    @property
    def verification(self) -> str:
        """Its label: the best of its claims that stand."""
        order = ("corroborated", "common", "single", "recanted")
        return min((one.verification for one in self.claims), key=order.index, default="recanted")


def event_of(held: Record) -> Event:
    """The event in a record; an unknown code is left empty, never guessed."""
    body = held.body
    claims = tuple(Rests(*(values.text(one, name) for name in ("of", "claim", "certainty", "verification", "sources",
                                                               "standing"))) for one in values.items(body, "claims"))
    one = {name: values.text(body, "kind" if name == "type" else name)
           for name in (*ONE, "certainty", "country", "when", "facility", "found_by")}
    many = {name: values.texts(body, name) for name in MANY}
    return Event(held, Act(**one, **many, claims={each.claim: each.certainty for each in claims}),
                 values.text(body, "perpetrator_of"), claims)


def observation_of(body: Mapping[str, Any]) -> Observation:
    """What was seen from above, as a value to decide about."""
    asked = values.part(body, "inferred")
    text = {name: values.text(body, name) for name in ("facility", "image_date", "baseline", "feature", "observed",
                                                       "change", "interpreted")}
    return Observation(**text, inferred=Inference(
        quantity=values.text(asked, "quantity"), lo=values.whole(asked, "lo"), hi=values.whole(asked, "hi"),
        model=values.text(asked, "model")),
        confidence={name: str(said) for name, said in values.part(body, "confidence").items()})


def place_of(typed: str) -> str:
    """A facility by its code, if it is one of the public ones; else as it was typed.

    >>> place_of("Hwa-song"), place_of("a barn")
    ('KWL16', 'a barn')
    """
    found = facility(typed)
    return found.code if found else typed.strip()


def of_sort(held: Iterable[Record], sort: str) -> list[Record]:
    """Those of one sort, the newest first."""
    found = [one for one in held if one.body.get("sort") == sort]
    return sorted(found, key=lambda one: (one.made.at, one.id), reverse=True)

"""Who goes along with a party on a leg, beside those who travel and those who lead: by a yes of their own, at a risk of
their own.

    lacking(company, leg, stopped)     what is in the way before they set out on it; empty for nothing
    brief(one)                         all that whoever goes along is told beforehand: their leg, and no other
    met(company, legs)                 whom the party knows, once it has begun these legs

Nobody goes along because somebody else wrote their name down. Who said no, or was taken off, goes along on no leg until
they are asked anew; that they went along before is no yes to the next leg.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from waystation.network.rows import by


class Said(StrEnum):
    """What whoever was asked said. `OFF`: the office took them off the leg."""

    NOTHING = ""
    YES = "yes"
    NO = "no"
    OFF = "off"


class Lack(StrEnum):
    """What is in the way."""

    ANSWER = "answer"
    CAUGHT = "caught"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Companion:
    """One person on one leg. `risk`: what it may cost them, as they were told; `tell`: what they say if caught."""

    id: str
    who: str = field(repr=False)
    leg: str
    start: str
    end: str
    mode: str
    risk: str = field(repr=False)
    said: Said = Said.NOTHING
    tell: str = field(default="", repr=False)

    @property
    def goes(self) -> bool:
        """Whether they go along as far as they themselves said."""
        return self.said is Said.YES

    @property
    def counts(self) -> bool:
        """Whether the leg waits for them: they go along, or have not answered yet."""
        return self.said in {Said.YES, Said.NOTHING}


def lacking(company: Iterable[Companion], leg: str, stopped: Container[str]) -> tuple[tuple[str, Lack], ...]:
    """Who of those on a leg lacks what. `stopped`: code names that nobody may use now.

    >>> asked = Companion("1", "Wren", "L1", "A", "B", "foot", "Prison.")
    >>> lacking([asked], "L1", ()), lacking([asked], "L2", ())
    ((('Wren', <Lack.ANSWER: 'answer'>),), ())
    """
    found = []
    for one in company:
        if one.leg != leg or not one.counts:
            continue
        if not one.goes:
            found.append((one.who, Lack.ANSWER))
        elif not one.tell.strip():
            found.append((one.who, Lack.CAUGHT))
        if one.who in stopped:
            found.append((one.who, Lack.STOPPED))
    return tuple(found)


def brief(one: Companion) -> str:
    """From where to where and by what, of their leg alone: not who travels, not where from, not where to in the end.

    >>> brief(Companion("1", "Wren", "L1", "A", "B", "foot", "Prison."))
    'A – B. on foot.'
    """
    return f"{one.start} – {one.end}. {by(one.mode)}."


def met(company: Iterable[Companion], legs: Container[str]) -> frozenset[str]:
    """Who went along on legs that were begun: they know the party, and the party knows them."""
    return frozenset(one.who for one in company if one.goes and one.leg in legs)

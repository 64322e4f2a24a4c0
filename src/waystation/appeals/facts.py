"""What a letter may know of an incident: coarse, each part with how sure it is, and nobody who may not be named."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody in a letter: by name, where that is covered, else in words that many share. There is no third field."""

    said: str = field(repr=False)
    named: bool
    state: bool = False   # the name may be given to the State
    public: bool = False  # the name may become public


@dataclass(frozen=True, slots=True)
class Handed:
    """One State handed them to another; `known` False: nobody knows how they came from one to the other."""

    from_: str
    to: str
    day: date | None = None
    known: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody was asked where they are: which sort of body, on which day, and whether there was an answer."""

    body: str
    day: date
    answered: bool


@dataclass(frozen=True, slots=True)
class Denial:
    """What the State said of this very matter: its exact words, when, and where they stand."""

    says: str = field(default="", repr=False)
    on: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything that a letter is written from."""

    kind: str
    day: date
    place: str = ""        # a province or public town, no finer
    state: str = ""        # the State that is addressed
    holder: str = ""       # the State that has them, as far as anybody knows
    force: str = ""
    mode: str = ""
    restraint: tuple[str, ...] = ()
    handed: tuple[Handed, ...] = ()
    asked: tuple[Asked, ...] = ()
    fates: tuple[str, ...] = ()
    confirmed: bool = False  # by a second source without a common origin, or an official
    people: str = ""       # how many, in words
    mentions: tuple[Mention, ...] = field(default=(), repr=False)
    own: str = field(default="", repr=False)  # what the office adds in its own words
    denial: Denial = Denial()
    profiles: frozenset[str] = frozenset()  # what the memo says of them all
    demands: tuple[str, ...] = ("no_return",)

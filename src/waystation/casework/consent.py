"""Consent as a matrix: for which purpose, to whom, which data, until when. Absence means no.

A yes covers exactly what it names. The newest word about a cell counts, and a withdrawal counts from the moment it is
said. Naming somebody to a State needs a yes that names that State; nothing goes to the country of origin, nor to a
State that sends people back there, unless two people and the person agree. A child says yes for itself *and* its
guardian does. Whoever explained or interpreted was not the broker. Vital interest is another ground, with a reason and
a second reader, for one act and one day; it is never called consent, and never names anybody to a State.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

PURPOSES: Mapping[str, str] = MappingProxyType({
    "services": "services of our own", "referral": "referral to a partner", "un": "submission to the UN",
    "state": "naming to a State", "public": "naming in public", "court": "use in court",
    "research": "research and numbers", "story": "a story", "media": "the media", "tracing": "tracing of relatives",
})
RECIPIENTS: Mapping[str, str] = MappingProxyType({
    "health": "health", "psychosocial": "psychosocial help", "safe_house": "safe house", "legal": "lawyer",
    "protection": "protection", "livelihoods": "work and income", "security": "security", "un_body": "UN body",
    "host_state": "the State where they are", "rok": "South Korean authority", "media": "media", "research": "research",
    "family": "a family member", "other": "another one",
})
DATA: Mapping[str, str] = MappingProxyType({
    "needs": "needs", "contact": "how to reach them", "name": "name", "birth": "birth and age", "family": "family",
    "health": "health", "journey": "how they came", "testimony": "testimony", "picture": "picture or voice",
})
STATES = frozenset({"host_state", "rok"})  # recipients that are States
ORIGIN = frozenset({"KP"})
RETURNING = frozenset({"CN", "RU"})  # send people back, by agreement or practice (verify before each use)
VITAL_DAYS = 1


class Said(StrEnum):
    """What a person said about one cell; nobody asked is the absence of all of them."""

    YES = "yes"
    NO = "no"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One answer: who, for what, to whom, which data, from when to when, how it was asked."""

    person: str
    purpose: str
    recipient: str
    data: frozenset[str]
    said: Said
    day: date
    until: date | None = None
    country: str = ""  # of a State that is named
    interpreter_is_broker: bool = True
    guardian_agrees: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants to do with somebody's data."""

    person: str
    purpose: str
    recipient: str
    data: frozenset[str]
    day: date
    country: str = ""
    child: bool | None = None  # None = nobody knows, and counts as a child
    two_people: bool = False  # signed by two, for the wall around the country of origin


@dataclass(frozen=True, slots=True)
class Allowed:
    """Every cell is covered, by these rows."""

    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """Not allowed: by which rule, and which data lack a yes."""

    rule: str
    sentence: str
    missing: frozenset[str] = frozenset()


def allows(rows: Iterable[Row], wish: Wish) -> Allowed | Refused:
    """Whether this may be done with consent, cell by cell; the first thing in the way is named.

    >>> day = date(2030, 5, 1)
    >>> wish = Wish(person="A", purpose="referral", recipient="health", data=frozenset({"needs"}), day=day, child=False)
    >>> allows([], wish).sentence
    'Nobody asked, and absent means no. Ask first.'
    >>> yes = Row(person="A", purpose="referral", recipient="health", data=frozenset({"needs", "name"}), said=Said.YES,
    ...           day=day, interpreter_is_broker=False)
    >>> isinstance(allows([yes], wish), Allowed)
    True
    """
    if wish.recipient in STATES and not wish.country:
        return Refused("H-05", "Say which State: a yes names it.")
    if wish.country in ORIGIN | RETURNING and not wish.two_people:
        return Refused("H-05", "Nothing goes to the country of origin, or to a State that sends people back.")
    found: list[Row] = []
    missing = {}
    for one in sorted(wish.data):
        row = _newest(rows, wish, one)
        if (fault := _fault(row, wish)) is not None:
            missing[one] = fault
        elif row is not None:
            found.append(row)
    if missing:
        first = missing[min(missing)]
        return Refused(first.rule, first.sentence, frozenset(missing))
    return Allowed(tuple(dict.fromkeys(found)))


Cell = tuple[str, str, str, str]


def standing(rows: Iterable[Row], person: str, day: date, *, child: bool | None = False) -> frozenset[Cell]:
    """The cells in which a yes stands on a day, as (purpose, recipient, country, data).

    Not taken back, not ended, not through the broker, and a child's with its guardian's. Whether one certain act is
    allowed is for `allows` to say.

    >>> yes = Row(person="A", purpose="services", recipient="health", data=frozenset({"needs"}), said=Said.YES,
    ...           day=date(2030, 5, 1), until=date(2030, 6, 1), interpreter_is_broker=False)
    >>> standing([yes], "A", date(2030, 6, 1))
    frozenset({('services', 'health', '', 'needs')})
    >>> standing([yes], "A", date(2030, 6, 2))
    frozenset()
    """
    said = tuple(rows)
    cells = {(row.purpose, row.recipient, row.country, data) for row in said
             if row.person == person and row.said is Said.YES for data in row.data}
    return frozenset(cell for cell in cells if isinstance(allows(said, _about(person, cell, day, child)), Allowed))


def _about(person: str, cell: Cell, day: date, child: bool | None) -> Wish:
    purpose, recipient, country, data = cell
    return Wish(person=person, purpose=purpose, recipient=recipient, data=frozenset({data}), day=day, country=country,
                child=child, two_people=True)


def _newest(rows: Iterable[Row], wish: Wish, data: str) -> Row | None:
    """The last word about a cell; a no or a withdrawal may be about every recipient."""
    about = [row for row in rows if row.person == wish.person and row.purpose == wish.purpose and row.day <= wish.day
             and data in row.data
             and (row.said is not Said.YES or (row.recipient == wish.recipient and row.country == wish.country))
             and (row.said is Said.YES or row.recipient in {wish.recipient, ""})]
    return max(enumerate(about), key=lambda one: (one[1].day, one[0]))[1] if about else None


def _fault(row: Row | None, wish: Wish) -> Refused | None:
    if row is None:
        return Refused("H-21", "Nobody asked, and absent means no. Ask first.")
    if row.said is Said.WITHDRAWN:
        return Refused("H-21", "They took it back. Nothing is shared any more.")
    if row.said is Said.NO:
        return Refused("H-21", "They said no.")
    if row.until is not None and wish.day > row.until:
        return Refused("H-21", "What they said has ended. Ask again.")
    if row.interpreter_is_broker:
        return Refused("H-30", "The interpreter was the broker, or nobody wrote down who it was. Ask again.")
    if wish.child is not False and not row.guardian_agrees:
        return Refused("H-23", "For a child, its guardian must agree too.")
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vital:
    """An act in somebody's vital interest, without their consent: why, who, and who read it over."""

    person: str
    reason: str
    day: date
    by: str
    reviewer: str
    used: bool = False  # an act was done on it


def vital(ground: Vital | None, wish: Wish) -> Refused | None:
    """None if vital interest carries this act today; else why not.

    >>> wish = Wish(person="A", purpose="referral", recipient="health", data=frozenset(), day=date(2030, 5, 1))
    >>> vital(None, wish).rule
    'vital'
    """
    if ground is None or ground.person != wish.person or not ground.reason.strip():
        return Refused("vital", "Vital interest needs a reason of its own.")
    if not ground.reviewer or ground.reviewer == ground.by:
        return Refused("vital", "A second person must read the reason.")
    if not ground.day <= wish.day <= ground.day + timedelta(days=VITAL_DAYS):
        return Refused("vital", "Vital interest holds for a day. Give the reason anew.")
    if ground.used:
        return Refused("vital", "Vital interest is for one act. Give the reason anew.")
    if wish.recipient in STATES or wish.purpose == "state" or wish.country in ORIGIN | RETURNING:
        return Refused("H-05", "Vital interest names nobody to a State. Ask for consent that names it.")
    if wish.purpose in {"public", "story", "media", "research"} or wish.recipient in {"media", "research"}:
        return Refused("vital", "Nobody's life hangs on a publication. Ask for consent.")
    return None

"""What the pages of law and practice show: each statement with its source, its day, and whether anybody checked it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from waystation.rights.facts import Fact, Instrument, Step
from waystation.rights.findings import findings
from waystation.rights.library import first_protection, library
from waystation.rights.openings import Matter, Opening, openings
from waystation_web.gateways import clock

from . import words


@dataclass(frozen=True, slots=True)
class Line:
    """One statement. `what` says of what it speaks, `since` when; `look` is how its age is drawn."""

    what: str
    since: str
    says: str
    sources: tuple[tuple[str, str], ...]
    as_of: date
    age: str
    look: str


@dataclass(frozen=True, slots=True)
class Country:
    """What is known of one State: four things that are kept apart."""

    code: str
    name: str
    instruments: tuple[Line, ...]
    positions: tuple[Line, ...]
    practice: tuple[Line, ...]
    cooperation: tuple[Line, ...]
    worded: tuple[Line, ...]       # what it said, word by word


@dataclass(frozen=True, slots=True)
class Way:
    """A way to a status, its steps in order; `first` is the first at which protection is possible, 0 for none."""

    code: str
    title: str
    steps: tuple[tuple[Step, Line], ...]
    first: int


def names() -> list[tuple[str, str]]:
    """Every State, by its code and name, in the order of names."""
    return sorted(((code, _country(code)) for code in library().countries()), key=lambda one: one[1])


def countries() -> list[Country]:
    """Every State, in the order of names, and UNHCR after them."""
    return [_known_of(code) for code, _ in [*names(), ("UNHCR", "")]]


def _known_of(code: str) -> Country:
    books, today = library(), clock.today()
    positions = tuple(_line(one, "", "", today) for one in books.positions if one.country == code)
    return Country(
        code, _country(code),
        tuple(_signed(one, today) for one in books.instruments if one.country == code), positions,
        tuple(_line(one, "", _when(one.first, one.last), today) for one in books.practice if one.country == code),
        tuple(_line(one, f"{one.title} ({_country(one.partner)})", one.since, today)
              for one in books.cooperation if one.country == code),
        tuple(_line(one, one.where, one.said_on.isoformat(), today) for one in findings().worded(code)))


def ways() -> tuple[Way, ...]:
    """Every way to a status, beside each other."""
    today = clock.today()
    found = []
    for code, steps in library().pathways().items():
        first = first_protection(steps)
        found.append(Way(code, steps[0].title, tuple((one, _line(one, one.by, one.said_of, today)) for one in steps),
                         first.order if first else 0))
    return tuple(found)


def nationality() -> tuple[tuple[str, Line], ...]:
    """What a South Korean nationality changes elsewhere, as each State says: read before any country is chosen."""
    return tuple((_country(one.country), _line(one, "", "", clock.today())) for one in library().positions
                 if one.country in ("BE", "CA", "GB", "KR", "NL", "US"))


def doors(said: Mapping[str, Any]) -> tuple[Opening, ...]:
    """Which body is open for what somebody typed; nothing of it is kept."""
    yes = {"yes": True, "no": False}
    return openings(Matter(
        kind=said["kind"], state=said["state"], nationality=said["nationality"], began=said["began"],
        ongoing=yes.get(said["ongoing"]), family=yes.get(said["family"]), person=yes.get(said["person"]),
        languages=frozenset(said["languages"])), clock.today())


def _signed(one: Instrument, today: date) -> Line:
    line = _line(one, f"{words.INSTRUMENTS[one.instrument]}: {words.STANDINGS[one.status.value]}", one.since, today)
    return line if {",", ";"} & set(line.says) else replace(line, says="")  # "party 2007" says it a second time


def _line(one: Fact, what: str, since: str, today: date) -> Line:
    age, addresses = one.age(today).value, library().sources
    return Line(what, since, one.words, tuple((code, addresses[code]) for code in one.sources), one.as_of,
                str(words.AGES[age]), words.LOOKS[age])


def _country(code: str) -> str:
    return str(words.COUNTRIES.get(code, code))


def _when(first: str, last: str) -> str:
    return first if first == last else f"{first} – {last}"

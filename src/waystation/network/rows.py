"""The rows of a route book, as plain values: one class a sheet.

A row is what a person wrote, already parsed and checked for itself; how rows refer to each other is checked in
`checks.py`, and `network.py` turns a whole book into arrays. Codes are opaque; `near` is the only public name.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from waystation.units import Money, MoneyUnit

MODES = ("foot", "car", "bus", "train", "boat", "swim", "motorbike", "air", "mixed")
PLACE_KINDS = ("crossing", "town", "hub", "safe_house", "mission", "un_office", "custody", "other")
LEG_STATUSES = ("open", "caution", "closed", "forbidden")
EXPOSURES = ("cold", "heat", "water", "altitude")
_WAYS = {"foot": "on foot", "swim": "swimming", "mixed": "by several means"}


def by(mode: str) -> str:
    """How one travels by a mode, in words.

    >>> by("bus"), by("foot")
    ('by bus', 'on foot')
    """
    return _WAYS.get(mode, f"by {mode}")


class Ended(StrEnum):
    """How one party's journey over one leg ended; the party, never the person, is the unit."""

    ARRIVED = "arrived"
    TURNED_BACK = "turned_back"
    INTERCEPTED = "intercepted"
    HARMED = "harmed"
    MISSING = "missing"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Season:
    """A named range of months, e.g. ``winter`` = 11..3 (wraps over the year's end)."""

    name: str
    first_month: int
    last_month: int

    def holds(self, month: int) -> bool:
        """Whether `month` (1..12) lies in the season.

        >>> Season("winter", 11, 3).holds(1), Season("winter", 11, 3).holds(6)
        (True, False)
        """
        if self.first_month <= self.last_month:
            return self.first_month <= month <= self.last_month
        return month >= self.first_month or month <= self.last_month


@dataclass(frozen=True, slots=True)
class BookRow:
    """The `book` sheet: one row that says what the whole file means."""

    title: str
    fictional: bool
    step_hours: int  # 1..24
    unit: MoneyUnit  # the smallest amount the planner counts
    conditions: tuple[str, ...]  # 1..6, calmest first
    seasons: tuple[Season, ...]  # 1..12, together the whole year
    as_of: datetime | None = None  # the default `now`, of a fictional book only


@dataclass(frozen=True, slots=True)
class Area:
    """A stretch of country that shares one condition."""

    code: str
    country: str  # ISO 3166-1 alpha-2
    river: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A stop. `near` is a province or a publicly reported town; the map position is no finer than 0.1 degree."""

    code: str
    area: str
    kind: str
    goal: bool = False
    wait_cost: Money | None = None  # per person and step
    max_wait: int | None = None  # steps; None = no limit
    stay_value: float = 0.0  # value of stopping here, [0, 1)
    map_lat: float | None = None
    map_lon: float | None = None
    near: str = ""
    cooling: bool | None = None  # medicine can be cooled here; None = not known


@dataclass(frozen=True, slots=True)
class Profile:
    """How long a leg takes: three durations in hours and their shares."""

    code: str
    hours: tuple[float, float, float]  # ascending
    shares: tuple[float, float, float]  # sum to 1


@dataclass(frozen=True, slots=True)
class Leg:
    """One way from a place to another, by one mode."""

    code: str
    start: str  # column `from`
    end: str  # column `to`
    mode: str
    profile: str
    cost: Money  # per person
    exertion: int = 1  # 1 (sit) .. 5 (climb at night)
    walk_km: float = 0.0  # km a day on foot
    exposure: frozenset[str] = frozenset()
    swim: bool = False
    group_max: int | None = None
    min_age: int | None = None
    max_age: int | None = None
    pregnancy_max_weeks: int | None = None
    carry_kg: int | None = None  # kg for each person; None = not known
    uncooled_h: int | None = None  # hours without cold at worst; None = not known
    status: str = "open"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """When a leg may start. Several rows for one leg are alternatives; a leg without rows is always open."""

    leg: str
    from_date: date | None = None
    to_date: date | None = None  # inclusive
    months: frozenset[int] = frozenset()  # empty = any
    part: str = "any"  # day (06-18 h), night, any
    weekdays: frozenset[int] = frozenset()  # 0 = Monday; empty = any


@dataclass(frozen=True, slots=True)
class ChainRow:
    """One share of a condition chain, per step. `scope` is an area's code or a country."""

    scope: str
    from_condition: str
    to_condition: str
    share: float
    strength: float = 4.0  # how many changes seen this judgement is worth
    season: str = ""  # empty = all


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody said about an area. `conditions` is the set claimed: one, or several for "at least alert"."""

    area: str
    conditions: frozenset[str]
    observed_at: datetime
    received_at: datetime
    source: str
    origin: str  # common origin; sources that repeat each other share it
    reliability: str  # A..F, of the source
    credibility: int  # 1..6, of the report
    hand: int = 1  # 1 first hand, 2 second, 3 further
    valid_for_h: float = 168.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one party on one leg."""

    leg: str
    started: date
    condition: str  # of the leg's area at the start; empty = not known
    season: str  # empty = taken from `started`
    ended: Ended
    ended_at: date | None
    last_heard: date | None
    party_size: int


@dataclass(frozen=True, slots=True)
class Prior:
    """An expert's dated judgement of a danger: of 100 parties, how many. Empty fields mean any.

    With `leg` it speaks of that leg alone, and says neither mode nor country.
    """

    mode: str
    country: str
    condition: str
    split: str  # lost | turned_back
    most_likely: float  # of 100
    surely_below: float  # of 100, 95 % sure
    author: str
    stated: date  # column `date`
    basis: str
    leg: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """A day on which the world changed: what was learnt before it, within `scope`, counts `keep` times."""

    day: date  # column `date`
    scope: str  # a country, an area, a mode, or `all`
    keep: float = 0.1
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Silence:
    """How soon, and how often at all, word comes of an ended leg."""

    outcome: str  # lost | ok
    ever_reported: float
    delay_median_h: float
    delay_95_h: float


@dataclass(frozen=True, slots=True)
class Rate:
    """`per_unit` of `currency` make one money unit of the book."""

    currency: str
    per_unit: float
    day: date  # column `date`


@dataclass(frozen=True, slots=True)
class Guide:
    """Someone who leads legs. `fee` is for the whole party; `capacity` is people at once."""

    code: str
    legs: tuple[str, ...]
    fee: Money
    capacity: int


@dataclass(frozen=True, slots=True)
class WaitingLoss:
    """Danger of staying: of 100 parties waiting a week in this area or place and condition, how many are lost."""

    scope: str  # an area's or a place's code
    condition: str  # empty = any
    most_likely: float  # of 100 per week
    surely_below: float
    author: str
    stated: date  # column `date`
    basis: str


@dataclass(frozen=True, slots=True)
class RouteBook:
    """A whole route book: what the workbook or the JSON file says, nothing derived."""

    book: BookRow
    areas: tuple[Area, ...]
    places: tuple[Place, ...]
    profiles: tuple[Profile, ...]
    legs: tuple[Leg, ...]
    windows: tuple[Window, ...] = ()
    chains: tuple[ChainRow, ...] = ()
    reports: tuple[Report, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    priors: tuple[Prior, ...] = ()
    breaks: tuple[Break, ...] = ()
    silence: tuple[Silence, ...] = ()
    rates: tuple[Rate, ...] = ()
    guides: tuple[Guide, ...] = ()
    waiting_loss: tuple[WaitingLoss, ...] = ()
    names: tuple[tuple[str, str], ...] = ()  # (code, name as the source has it), of an imported network only

"""What leaves the planner: values that know how much may be said.

Numbers leave through `Assessment` and the rows below only, after `withhold` has taken out what the state of knowledge
forbids. `None` stands for a number that may not be shown; nothing downstream can print what it never received.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from waystation.party import Party, Terms
from waystation.units import Money


class Knowledge(StrEnum):
    """How much is known: decides what is shown (planner 1.6)."""

    UNKNOWN = "UNKNOWN"  # no number at all
    PRIOR_ONLY = "PRIOR_ONLY"  # no number; the interval of expert judgement only on request
    THIN = "THIN"  # natural frequency and interval, prior share, sensitivity
    MEASURED = "MEASURED"  # natural frequency, interval, n, newest age


@dataclass(frozen=True, slots=True)
class Refused:
    """No plan, and why. A result, not an error."""

    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ends:
    """How journeys end under a policy; sums to 1."""

    safe: float
    intercepted: float
    harmed: float
    missing: float
    stopped: float
    late: float


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """P(safe) of the same policy when the experts are believed otherwise, e.g. label "dangers stated twice as high"."""

    label: str
    mean: float | None


@dataclass(frozen=True, slots=True)
class PriorNamed:
    """An expert statement the danger shown rests on."""

    author: str
    stated: date
    basis: str
    covers: str  # "bus, CN, alert"
    share: float | None  # of the danger shown


@dataclass(frozen=True, slots=True)
class Assessment:
    """How safe, how sure, and where that comes from. All probabilities 0..1; None = may not be shown."""

    state: Knowledge
    reasons: tuple[str, ...]  # why this state, each a sentence
    mean: float | None  # mean over draws
    low: float | None  # 5 % of draws
    high: float | None  # 95 % of draws
    pessimistic: float | None  # mean if every silent party was lost
    own_share: float | None  # of the danger shown: the legs' own outcomes
    pooled_share: float | None  # similar legs
    prior_share: float | None  # expert judgement
    n: int | None  # comparable traversals in 12 months, at half of the danger shown
    newest_age_d: int | None
    ends: Ends | None
    sd_adjoint: float | None
    sensitivity: tuple[Sensitivity, ...] = ()
    priors: tuple[PriorNamed, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: a leg, a wait or a stop, on the branch it belongs to."""

    place: str  # code
    action: str  # leg | wait | stop
    to: str  # code of the next place; the place itself for wait and stop
    leg: str  # code; empty for wait and stop
    mode: str  # empty for wait and stop
    earliest: date  # between these days in 90 of 100 of the journeys that do it
    latest: date
    hours: tuple[float, float] | None  # shortest and longest, at the party's pace; of a wait twice the mean
    cost: Money | None  # for the whole party
    share: float | None  # of all journeys that do this
    loss: float | None  # share of all journeys that are lost here
    why: str = ""  # "until calm, or at most until 2 May"
    guide: str = ""  # code


@dataclass(frozen=True, slots=True)
class Contingency:
    """What to do if things change at a place: its letter stands at the fork on the map."""

    letter: str  # A, B, ...
    place: str
    when: str  # "if the area is on alert", "if it is later than 12 May", "with less than 900 USD left"
    steps: tuple[Step, ...]  # up to where it rejoins the main branch or ends
    share: float | None
    rejoins: str = ""  # place code


@dataclass(frozen=True, slots=True)
class Tree:
    """The policy as a page for people: the most likely branch, its contingencies, and what these cover."""

    main: tuple[Step, ...]
    contingencies: tuple[Contingency, ...]
    coverage: float | None  # share of the journeys the page describes
    otherwise: str = "In any other case: stop where you are and contact the desk."


@dataclass(frozen=True, slots=True)
class Danger:
    """One row of "where the danger is"; rows are sorted, largest first."""

    leg: str  # empty = waiting
    place: str
    to: str
    mode: str
    country: str
    loss: float | None  # probability that the journey is lost here
    share: float | None  # of all loss
    intercepted: float | None
    harmed: float | None
    missing: float | None
    after_first_crossing: bool
    prior_share: float | None  # of this row: how much rests on expert judgement


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a money curve."""

    money: Money
    mean: float
    low: float
    high: float
    computed: bool = True  # by following the policy; else between two such points, by the solved value of the sum


@dataclass(frozen=True, slots=True)
class Curve:
    """P(safe) against money, for one deadline."""

    deadline: date
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Weighing:
    """The safest plan if a loss counts `penalty` times an arrival: one row of the front."""

    penalty: float
    safe: float | None
    lost: float | None
    stopped: float | None
    first: str  # what it does first, in words
    recommended: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the best actions at the start."""

    action: str  # in words
    leg: str
    value: float | None
    safe: float | None
    lost: float | None
    days: float | None  # median
    money: Money | None  # expected spending
    worst: str  # the worst outcome
    worst_chance: float | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class Change:
    """Something that would change the first action."""

    kind: str  # hazard | money | time | condition
    sentence: str


# What one more report would change, as the end of its sentence.
CHANGES_FIRST = "could change what is done first."
CHANGES_LATER = "would not change what is done today, but what is done later."
CHANGES_NOTHING = "would not change what we do today."


@dataclass(frozen=True, slots=True)
class ReportValue:
    """What is worth finding out."""

    area: str  # the code of an area or a leg, or the words for a stratum
    kind: str  # lets_us_speak | changes_decision | leg_changes_decision | shrinks_interval
    changes_decision: float | None  # arrivals per 100
    shrinks_sd: float | None  # probability
    sentence: str


@dataclass(frozen=True, slots=True)
class Veto:
    """A leg that was taken out before planning, and why."""

    leg: str
    place: str
    to: str
    mode: str
    reason: str
    forbidden: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A place as the page draws it."""

    code: str
    near: str
    kind: str
    country: str
    lat: float | None
    lon: float | None
    goal: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A leg as the map draws it. kind: first | branch | other | closed; forbidden legs are not drawn."""

    leg: str
    start: str
    end: str
    mode: str
    kind: str
    letter: str = ""
    unknown: bool = False  # broken line: its danger is not known


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything a page, a terminal or a JSON file may say about one plan, already withheld as the state demands."""

    title: str
    fictional: bool
    now: str  # ISO 8601
    party: Party
    terms: Terms
    first: str  # the one thing to do now, in words
    assessment: Assessment
    tree: Tree
    dangers: tuple[Danger, ...]
    after_first_crossing: float | None  # share of the loss that lies beyond the first border
    curves: tuple[Curve, ...]  # empty under UNKNOWN and PRIOR_ONLY
    weighings: tuple[Weighing, ...]
    choices: tuple[Choice, ...]
    changes: tuple[Change, ...]
    worth: tuple[ReportValue, ...]
    vetoes: tuple[Veto, ...]
    warnings: tuple[str, ...]
    learnt: tuple[str, ...]  # with `--against`: what changed since, and why
    places: tuple[Placed, ...]
    lines: tuple[Line, ...]
    low_money: float | None  # guaranteed by rounding: costs up, budget down
    high_money: float | None  # costs down, budget up
    backend: str  # native | numpy
    seed: int
    draws: int
    inputs_digest: str
    version: str

"""What a proposal says: a set, its bound, its rivals, who waits and why, and what would have to give."""

from dataclasses import dataclass

from waystation.portfolio.limits import Kind, Out
from waystation.portfolio.solver import Ended


@dataclass(frozen=True, slots=True)
class Choice:
    """What a set would mean: people, need and safety, each on a scale of its own."""

    missions: tuple[tuple[str, str], ...]
    people: int
    arriving: float  # people more who reach safety, expected
    need: tuple[int, int, int, int, int]  # people moved, by need 1 to 5
    lost: float  # people, expected over the scenarios
    bad_case: float  # people lost in the worst tenth of them
    lowest: int | None  # low end of the least safe variant, of 1000
    cost: int
    unmet: tuple[tuple[str, int, int], ...]  # floors: class, asked, people short


@dataclass(frozen=True, slots=True)
class Broken:
    """A limit and by how much a set passes it; `week` is 0 where it holds for the whole time."""

    kind: Kind
    name: str
    week: int
    over: float


@dataclass(frozen=True, slots=True)
class Barred:
    """A variant that is not considered; `short` is how far its low end lies below the safety floor, of 1000."""

    variant: str
    why: Out
    short: int = 0


@dataclass(frozen=True, slots=True)
class Shut:
    """A mission that must be taken and has no variant that may be chosen: no limit is the reason."""

    mission: str
    out: tuple[Barred, ...]


@dataclass(frozen=True, slots=True)
class Relief:
    """Limits that, widened together by so much, would be enough. `least`: proven that less is not."""

    wider: tuple[Broken, ...]
    least: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who is not moved this time: per variant what stands in the way, and what taking them would cost."""

    mission: str
    people: int
    need: int
    out: tuple[Barred, ...]
    breaks: tuple[tuple[str, tuple[Broken, ...]], ...]
    if_taken: Choice | None = None  # the best set with them in it
    cannot_be_taken: bool = False  # not at all, without passing a limit or giving up a floor
    asked: bool = True


@dataclass(frozen=True, slots=True)
class More:
    """What one step more of a full limit would bring: people who reach safety, expected, and people short of floors."""

    kind: Kind
    name: str
    week: int
    by: int
    arriving: float
    short: int = 0  # of the floors, people; below 0 where more of them can be kept


@dataclass(frozen=True, slots=True)
class Proposal:
    """The answer. `chosen` is None if nothing can be proposed: then `ended`, `shut` and `reliefs` say why."""

    ended: Ended
    chosen: Choice | None
    bound: float  # people more who reach safety in any set that keeps the floors as well
    gap: float  # (bound - value) / bound, 0..1
    digest: str
    seed: int
    scenarios: int
    version: str
    full: tuple[Broken, ...] = ()
    alternatives: tuple[Choice, ...] = ()  # the runner-up first
    front: tuple[Choice, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    more: tuple[More, ...] = ()
    shut: tuple[Shut, ...] = ()
    reliefs: tuple[Relief, ...] = ()  # each by itself lets in who must be taken, or lets every floor be kept

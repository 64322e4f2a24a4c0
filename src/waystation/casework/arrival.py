"""How somebody is after they arrived: when we ask again, what is not all right, what nobody asked, how it went for all.

    milestones(arrived, talked, today, stopped)    when we ask; whoever wants no contact is asked nothing any more
    worries(life, today)                           what needs somebody now; in the order in which it hurts
    unasked(life)                                  what nobody knows: an empty answer is never "all right"

Arriving is no end. There is no score here and no order of people: each stands for themselves.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

MILESTONES: Mapping[str, int] = MappingProxyType(
    {"d30": 30, "d90": 90, "d180": 180, "d365": 365, "y2": 730, "y3": 1095, "y5": 1826})
SCREEN_DAYS = 90  # within which somebody is asked about dying again, in the first year
FIRST_YEAR = 365
WORK = ("employed", "self", "daily", "seeking", "study", "care", "unable")
EARNS = frozenset({"employed", "self", "daily"})
HOUSING = ("own", "shared", "institution", "employer", "none")
SCREEN = ("no_sign", "signs", "plan_made", "refused")
SCHOOL = ("yes", "no", "none")  # the last: there is no child of that age
OUTCOMES = ("settled", "moved_on", "returned", "lost", "no_contact", "died")
NEEDS = ("language", "rules", "money", "work", "health", "law", "fear_of_staff", "family")
ENOUGH = 20  # people; with fewer nobody says how it goes for people who arrived


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """The newest word about each thing. None and empty stand for what nobody asked."""

    arrived: date
    housing: str = ""
    work: str = ""
    harassed: bool | None = None  # by a creditor
    afraid_of_staff: bool | None = None
    school: str = ""
    screened: date | None = None
    screen: str = ""
    discrimination: int = 0  # told, and nothing was done about it yet
    debt_above_grant: bool | None = None  # W-05
    debt_above_income: bool | None = None
    benefits_missing: bool | None = None


@dataclass(frozen=True, slots=True)
class Milestone:
    """When somebody is asked how they are. `state`: done, late, due (within a week), ahead, or stopped."""

    code: str
    due: date
    state: str


def milestones(arrived: date, talked: Collection[str], today: date, *, stopped: bool = False) -> tuple[Milestone, ...]:
    """Every milestone with how it stands. Whoever wants no contact is asked nothing more: the rest is stopped.

    >>> [one.state for one in milestones(date(2030, 1, 1), {"d30"}, date(2030, 4, 5))][:3]
    ['done', 'late', 'ahead']
    >>> {one.state for one in milestones(date(2030, 1, 1), set(), date(2040, 1, 1), stopped=True)}
    {'stopped'}
    """
    def state(code: str, due: date) -> str:
        if code in talked:
            return "done"
        if stopped:
            return "stopped"
        return "late" if due < today else "due" if due <= today + timedelta(days=7) else "ahead"

    days = {code: arrived + timedelta(days=count) for code, count in MILESTONES.items()}
    return tuple(Milestone(code, due, state(code, due)) for code, due in days.items())


def screen_due(life: Life, today: date) -> date | None:
    """When somebody is asked about dying again: at once, then every 90 days of the first year; None after it.

    >>> screen_due(Life(arrived=date(2030, 1, 1)), date(2030, 2, 1))
    datetime.date(2030, 1, 1)
    >>> screen_due(Life(arrived=date(2030, 1, 1), screened=date(2030, 1, 5), screen="no_sign"), date(2030, 2, 1))
    datetime.date(2030, 4, 5)
    """
    if life.screen == "signs":
        return life.screened or life.arrived  # a sign without a plan is due at once, however late it is
    if today > life.arrived + timedelta(days=FIRST_YEAR):
        return None
    return life.arrived if life.screened is None else life.screened + timedelta(days=SCREEN_DAYS)


def worries(life: Life, today: date) -> tuple[str, ...]:
    """What needs somebody now. Codes only; what they are called is for a page.

    >>> worries(Life(arrived=date(2030, 1, 1), screened=date(2030, 1, 2), screen="no_sign", harassed=True,
    ...              school="no"), date(2030, 1, 3))
    ('harassed', 'school')
    """
    due = screen_due(life, today)
    found = (
        ("signs", life.screen == "signs"), ("screen_due", life.screen != "signs" and due is not None and due <= today),
        ("harassed", life.harassed is True), ("no_home", life.housing == "none"), ("school", life.school == "no"),
        ("w05_grant", life.debt_above_grant is True), ("w05_income", life.debt_above_income is True),
        ("discrimination", life.discrimination > 0), ("benefits", life.benefits_missing is True),
        ("afraid", life.afraid_of_staff is True), ("no_work", life.work == "seeking"))
    return tuple(code for code, there in found if there)


def unasked(life: Life) -> tuple[str, ...]:
    """What nobody knows of them.

    >>> unasked(Life(arrived=date(2030, 1, 1), housing="own", work="care", harassed=False, school="none"))
    ('screen', 'afraid', 'benefits')
    """
    found = (("home", not life.housing), ("work", not life.work), ("harassed", life.harassed is None),
             ("school", not life.school), ("screen", not life.screen), ("afraid", life.afraid_of_staff is None),
             ("benefits", life.benefits_missing is None))
    return tuple(code for code, missing in found if missing)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of so many, by code. `known` False: too few to say anything of people who arrive."""

    n: int
    by: Mapping[str, int]

    @property
    def known(self) -> bool:
        """Whether there are enough."""
        return self.n >= ENOUGH


def counted(codes: Iterable[str]) -> Counted:
    """How often each code was said; an empty code is "nobody asked", and is counted as that.

    >>> counted(["employed", "", "employed"]).by
    {'employed': 2, '': 1}
    """
    found = Counter(codes)
    return Counted(sum(found.values()), dict(found.most_common()))

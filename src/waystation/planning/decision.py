"""What must be there before named people may say go, wait, another way, or no: guards, each with its sentence.

A plan is advice. Two people decide, with reasons in their own words, and the record says what they knew. For *go* the
travellers decide too: without the recorded yes of every adult, to the sheet of this very plan, nothing opens. After a
loss the second signature waits: whoever grieves decides worse, and the way may be known.

    may_sign(facts)      what is missing before the first signature counts, or the second
    may_open(facts)      what is missing before a journey may be opened on this decision
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from waystation.planning.results import Knowledge

TOO_FEW = 20  # comparable legs travelled in twelve months (planner 1.6)
SECOND_LOSS_DAYS = 90


class Chosen(StrEnum):
    """What two people may decide on a plan. None of them stands first by default."""

    GO = "go"
    WAIT = "wait"
    REROUTE = "reroute"
    NO = "no"


class Bias(StrEnum):
    """What makes experienced people decide wrongly; each is asked, none is held against anybody."""

    SAVE_ALL = "save_all"  # the wish to help everybody who asks
    PROMISED = "promised"  # a promise was made, to them or to a relative
    SPENT = "spent"  # so much was paid or done already
    LAST_WENT_WELL = "last_went_well"  # the last one went well
    NEAR = "near"  # kin, a friend, somebody from the same town
    TIRED = "tired"  # tired, ill or grieving
    PUSHED = "pushed"  # somebody presses for an answer today


@dataclass(frozen=True, slots=True)
class Adult:
    """What one adult of the party said to the sheet of this plan. `answer` is None while nobody asked."""

    code: str
    answer: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a decision needs to know; each default is the one that leads to a refusal where it matters."""

    chosen: Chosen | None = None
    reasons: str = ""
    change_of_mind: str = ""  # what would change it
    abort_rule: str = ""
    look_again: date | None = None
    today: date
    now: datetime
    biases_asked: bool = False
    digest_seen: str = ""  # of the plan's inputs, as the first signer saw it
    digest_now: str | None = None  # of the plan as it is kept; None = the plan is gone
    forbidden_leg: bool = True
    adults: tuple[Adult, ...] = ()
    interpreter_is_broker: bool = True
    standing_signed: bool = False
    children: int = 0
    guardian_recorded: bool = False
    best_interest_by_two: bool = False
    exposed_beyond_limit: tuple[str, ...] = ()  # steps at which more would be known than the organisation allows
    last_loss: datetime | None = None
    cool_off_h: int = 72
    signatures: int = 0
    superseded: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """What is not there yet: the rule, a sentence for a tired reader, and until when, if it is a matter of time."""

    rule: str
    sentence: str
    until: datetime | None = None
    gaps: dict[str, str] = field(default_factory=dict)


def may_sign(facts: Facts, *, second: bool = False) -> tuple[Missing, ...]:
    """What is missing before a signature counts. Empty: it may be signed.

    >>> from datetime import UTC
    >>> night = datetime(2030, 5, 1, 3, tzinfo=UTC)
    >>> [one.rule for one in may_sign(Facts(today=night.date(), now=night, chosen=Chosen.NO, reasons="The river rises.",
    ...     biases_asked=True, look_again=date(2030, 5, 4), change_of_mind="Three calm days.", digest_now=""))]
    []
    """
    go = _go(facts) if facts.chosen is Chosen.GO else ()
    return (*_said(facts), *_kept(facts), *go, *(_cool(facts) if second else ()))


def may_open(facts: Facts) -> tuple[Missing, ...]:
    """What is missing before a journey opens on a decision: two signatures on go, and the rest as it is today."""
    return tuple(_open(facts))


def _said(facts: Facts) -> Iterator[Missing]:
    if facts.chosen is None:
        yield Missing("chosen", "Choose: go, wait, another way, or no.")
    if not facts.reasons.strip():
        yield Missing("reasons", "Write down why, in your own words.")
    if not facts.change_of_mind.strip():
        yield Missing("change_of_mind", "Write down what would change your mind.")
    if not facts.biases_asked:
        yield Missing("biases", "Answer the questions to yourself first. No answer is held against you.")
    if facts.chosen is not Chosen.GO and facts.look_again is None:
        yield Missing("look_again", "Say on which day somebody looks at this again.")
    if facts.look_again is not None and facts.look_again < facts.today:
        yield Missing("look_again", "The day to look again is past. Choose a later one.")


def _kept(facts: Facts) -> Iterator[Missing]:
    if facts.digest_now is None:
        yield Missing("plan", "This plan is not there any more. Compute it again and decide on the new one.")
    elif facts.digest_seen != facts.digest_now:
        yield Missing("digest", "This plan is not the one that was signed. Look at it again and begin anew.")
    if facts.superseded:
        yield Missing("superseded", "A newer decision stands in the place of this one.")


def _go(facts: Facts) -> Iterator[Missing]:
    if facts.forbidden_leg:
        yield Missing("H-04", "This plan uses a forbidden leg, or nobody looked. It cannot be a go.")
    if not facts.abort_rule.strip():
        yield Missing("H-28", "Write down when the party turns back or stops: the abort rule.")
    yield from _travellers(facts)
    if not facts.standing_signed:
        yield Missing("H-29", "The standing instruction is not signed: whom to tell if they are caught, and what.")
    if facts.children and not facts.guardian_recorded:
        yield Missing("H-04", "A child travels without a recorded guardian.")
    if facts.children and not facts.best_interest_by_two:
        yield Missing("H-23", "There is no best-interest record by two people for a child of this party.")
    for step in facts.exposed_beyond_limit:
        yield Missing("exposure", "If they are taken at {step}, more would be known than your organisation allows.",
                      gaps={"step": step})


def _travellers(facts: Facts) -> Iterator[Missing]:
    if not facts.adults:
        yield Missing("H-28", "Nobody is written down as an adult of this party who could say yes.")
    for adult in facts.adults:
        if adult.answer is False:
            yield Missing("H-04", "{code} said no. Nobody is moved against their will.", gaps={"code": adult.code})
        elif adult.answer is None:
            yield Missing("H-28", "{code} has not answered to this plan. Read the sheet to them and ask.",
                          gaps={"code": adult.code})
    if facts.adults and facts.interpreter_is_broker:
        yield Missing("H-30", "The interpreter was the broker of this case, or nobody wrote down who it was.")


def _cool(facts: Facts) -> Iterator[Missing]:
    if facts.last_loss is None or facts.chosen is not Chosen.GO:
        return
    over = facts.last_loss + timedelta(hours=facts.cool_off_h)
    if facts.now < over:
        yield Missing("H-32", "Somebody was lost less than {hours} hours ago. The second signature waits.", until=over,
                      gaps={"hours": str(facts.cool_off_h)})


def _open(facts: Facts) -> Iterator[Missing]:
    if facts.chosen is not Chosen.GO:
        yield Missing("not_go", "The decision was not to go. No journey opens on it.")
        return
    if facts.signatures < 2:
        yield Missing("H-32", "The decision has fewer than two signatures.")
    yield from may_sign(facts, second=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Of a plan, what must be shown before anybody signs."""

    state: Knowledge
    n: int | None = None
    stale: bool = False  # the newest input is older than it is good for
    one_source: bool = False  # all reports come from one source or one origin
    pregnancy_weeks: int | None = None
    infants: int = 0
    oldest_y: int = 0
    winter_river: bool = False
    losses_90_days: int = 0  # on legs of this plan
    below_floor: bool = False  # the low end does not reach the organisation's floor of safety, or may not be said


def warnings(seen: Seen) -> tuple[tuple[str, str], ...]:
    """Warnings to show before the decision, each as (rule, sentence); the answer goes into the record with them.

    >>> warnings(Seen(state=Knowledge.MEASURED, n=61))
    ()
    >>> [rule for rule, _ in warnings(Seen(state=Knowledge.UNKNOWN, losses_90_days=2))]
    ['W-01', 'W-08']
    """
    return tuple(_warned(seen))


def _warned(seen: Seen) -> Iterator[tuple[str, str]]:
    if seen.state in (Knowledge.UNKNOWN, Knowledge.PRIOR_ONLY) or seen.n is None or seen.n < TOO_FEW:
        yield "W-01", ("Similar legs were travelled fewer than 20 times in the last 12 months: "
                       "nobody can say how safe this is.")
    if seen.stale:
        yield "W-02", "The newest report is older than it is good for."
    if seen.one_source:
        yield "W-03", "All reports come from one source or repeat one another."
    if (seen.pregnancy_weeks or 0) >= 28 or seen.infants or seen.oldest_y > 70 or seen.winter_river:
        yield "W-07", "Somebody is late in pregnancy, an infant or over 70, or a river is crossed in winter."
    if seen.losses_90_days >= 2:
        yield "W-08", "Two parties or more were lost on these legs within 90 days."
    if seen.below_floor:
        yield "W-floor", "Your organisation's floor of safety is not reached, or nobody knows whether it is."

"""Plain words for a tired coordinator: the answer by the print rule, deeds, dangers, places.

The print rule (planner 1.6): a chance is a natural frequency with its interval, in whole parties; an interval wider
than 20 points is shown alone, without a middle; nothing is rounded to none or to all. Under `UNKNOWN` and `PRIOR_ONLY`
"We do not know" comes first, and a number only if the assessment still holds one.
"""

from collections.abc import Sequence

from waystation.network.rows import by
from waystation.planning.results import Answer, Assessment, Contingency, Danger, Knowledge, Placed, Step
from waystation.report.amounts import about, age, between, counted, day, hours, parties
from waystation.units import of_100

WIDE = 0.20  # an interval wider than this is shown without a middle
ROUNDING_SHOWN = 0.005
ADVICE = "Advice. A named person decides."
REFUSAL = "A refusal is a result, not an error. A named person decides what happens next."
FICTIONAL = "FICTIONAL"
FICTIONAL_LINE = "FICTIONAL WORLD. Stations, people, prices and dangers are invented."
SCHEMATIC = "Schematic. Do not navigate by this map."
NOT_A_MAP = "Not a map: places stand in the order of the way."
DO_NOT_KNOW = "We do not know."
EXPERT_ONLY = "Expert judgement, no record of our own:"
LOST = "captured, harmed or missing"
WORST = {"intercepted": "captured"}  # the planner's word, and the one that is said
LIMITS = (
    "Dangers come from journeys we know of. Parties that vanished are missing from the record: read the low end.",
    "A leg that nobody uses looks calm. It is drawn as not known.",
    "The plan assumes that the party sees how its own area is, and that areas do not move together.",
    "The plan assumes that nobody reacts to it. A way used often becomes predictable: vary it on purpose.",
    "Arriving says nothing about life after arrival, about debt, or about what staying would have brought.",
    "The plan knows only the legs in the route book. It never invents one.",
)


def arrive(told: Assessment) -> str:
    """The chance of arriving by the print rule; empty if no number may be shown.

    >>> from waystation.planning.results import Assessment, Knowledge
    >>> arrive(Assessment(Knowledge.THIN, (), 0.86, 0.74, 0.935, None, None, None, None, None, None, None, None))
    'Of 100 parties like this, about 86 arrive (between 74 and 94).'
    """
    if told.low is None or told.high is None:
        return ""
    span = between(told.low, told.high)
    if told.mean is None or told.high - told.low > WIDE:
        return f"Of 100 parties like this, {span} arrive."
    middle = f"about {of_100(told.mean)}"
    return f"Of 100 parties like this, {middle} arrive{'' if middle == span else f' ({span})'}."


def known_from(told: Assessment) -> str:
    """How much record stands behind the chance; empty if it may not be said."""
    if told.n is None:
        return ""
    newest = "" if told.newest_age_d is None else f", newest {age(told.newest_age_d)}"
    return f"Known from {counted(told.n, 'similar leg') if told.n else 'no similar leg'}{newest}."


def headline(answer: Answer) -> str:
    """The answer in one or two sentences, as the state of knowledge allows."""
    told = answer.assessment
    if told.state is Knowledge.UNKNOWN:
        return DO_NOT_KNOW
    if told.state is Knowledge.PRIOR_ONLY:
        span = arrive(told)
        return f"{DO_NOT_KNOW} {EXPERT_ONLY} {_lower(span)}" if span else f"{DO_NOT_KNOW} {EXPERT_ONLY[:-1]}."
    return f"{arrive(told)} {known_from(told)}".strip()


def basis(told: Assessment) -> str:
    """Which part of the danger shown is record and which is judgement, in one sentence; empty if it may not be said."""
    if told.prior_share is None:
        return ""
    if told.prior_share == 0:
        return "None of the danger shown rests on expert judgement."
    return f"Of every 100 parts of the danger shown, {about(told.prior_share)} rest on expert judgement."


def attribution(told: Assessment) -> str:
    """Whose dated judgement carries most of the danger shown; empty if no judgement is named."""
    if not told.priors:
        return ""
    first = told.priors[0]
    return (f"The judgement that carries most of the danger: {first.author}, {day(first.stated, year=True)}, "
            f"on {first.covers}.")


def ends(told: Assessment) -> str:
    """How a hundred journeys end, in one sentence; empty if it may not be said."""
    if told.ends is None:
        return ""
    said = ((told.ends.safe, "arrive"), (told.ends.intercepted, "captured"), (told.ends.harmed, "harmed"),
            (told.ends.missing, "missing"), (told.ends.stopped, "stop and ask for help"),
            (told.ends.late, "still on the way at the deadline"))
    return f"Of 100 journeys: {', '.join(f'{parties(p)} {word}' for p, word in said if p)}."


def rounding(answer: Answer) -> str:
    """What the rounding of prices to whole units of money leaves open; empty where that is too little to matter."""
    low, high = answer.low_money, answer.high_money
    if low is None or high is None or high - low <= ROUNDING_SHOWN:
        return ""
    return f"Prices are counted in whole units of money. Because of that, of 100 parties {between(low, high)} arrive."


def deed(step: Step) -> str:
    """What a step asks for, without its times.

    >>> from datetime import date
    >>> deed(Step("ORCHARD", "leg", "FORGE", "L02", "car", date(2030, 5, 4), date(2030, 5, 8), None, None, None, None))
    'Go by car from ORCHARD to FORGE'
    """
    if step.action == "leg":
        return f"Go {by(step.mode)} from {step.place} to {step.to}"
    return f"Wait at {step.place}" if step.action == "wait" else f"Stop at {step.place}"


def detail(step: Step) -> str:
    """When within its days, and with whom; empty if there is nothing to add."""
    return ", ".join(part for part in (step.why, f"with guide {step.guide}" if step.guide else "") if part)


def lasts(step: Step) -> str:
    """How long a step takes: a leg's range, a wait's mean; empty if it may not be said.

    >>> from datetime import date
    >>> first, last = date(2030, 5, 4), date(2030, 5, 8)
    >>> lasts(Step("ORCHARD", "wait", "ORCHARD", "", "", first, last, (30, 30), None, None, None))
    'on average 30 hours'
    """
    if step.hours is None:
        return ""
    if step.action != "wait":
        return hours(step.hours)
    return f"on average {hours(step.hours)}" if step.hours[1] >= 1 else "seldom, and not for long"


def danger_place(row: Danger) -> str:
    """Where a danger lies."""
    return f"{row.place} to {row.to}, {by(row.mode)}" if row.leg else f"waiting at {row.place}"


def kinds(row: Danger) -> str:
    """What happens there, largest first, in whole parties; empty if it may not be said.

    >>> kinds(Danger("L1", "A", "B", "bus", "CN", 0.03, 0.5, 0.02, 0.0, 0.01, False, None))
    'captured 2, missing 1'
    """
    told = ((row.intercepted, "captured"), (row.harmed, "harmed"), (row.missing, "missing"))
    known = sorted(((p, word) for p, word in told if p), key=lambda pair: -pair[0])
    return ", ".join(f"{word} {parties(p)}" for p, word in known)


def onward(answer: Answer, branch: Contingency) -> str:
    """Where a contingency leads back to the plan."""
    if branch.rejoins:
        goal = any(place.goal and place.code == branch.rejoins for place in answer.places)
        return "There the journey ends." if goal else f"Then go on from {branch.rejoins} as planned."
    return "" if branch.steps and branch.steps[-1].action == "stop" else "The plan ends there."


def act_now(answer: Answer) -> str:
    """The one thing to do now: told as the first step where it is that step, for the step also knows until when."""
    first = answer.tree.main[0] if answer.tree.main else None
    if first and (f"({first.leg})" in answer.first if first.leg else answer.first == f"wait at {first.place}"):
        more = detail(first)
        return f"{deed(first)}{', ' + more if more else ''}."
    return f"{answer.first[:1].upper()}{answer.first[1:]}"


def coverage(answer: Answer) -> str:
    """How many journeys the page describes; empty if it may not be said."""
    share = answer.tree.coverage
    if share is None:
        return ""
    many = "every journey" if share == 1.0 else f"{about(share)} of 100 journeys"
    return f"These steps, and what to do if things change, describe {many}."


def near(places: Sequence[Placed], code: str) -> str:
    """The public name near a station; empty if there is none."""
    return next((place.near for place in places if place.code == code), "")


def destination(answer: Answer) -> str:
    """Where the party wants to arrive: the goals asked for, else those the plan leads to."""
    goals = [place.code for place in answer.places if place.goal]
    met = [step.to for step in answer.tree.main if step.to in goals]
    return " or ".join(dict.fromkeys(answer.terms.goals or met or goals))


def way(answer: Answer) -> tuple[str, ...]:
    """Codes of the places of the most likely branch, in order.

    This is the map in words.
    """
    stops = [answer.terms.start] + [step.to for step in answer.tree.main]
    return tuple(code for k, code in enumerate(stops) if k == 0 or code != stops[k - 1])


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]

"""Plain words for a tired coordinator: numbers as whole parties of 100, days, money, places, and the print rule.

The print rule (planner 1.6): a chance is a natural frequency with its interval, in whole parties; an interval wider
than 20 points is shown alone, without a middle; nothing is rounded to none or to all. Under `UNKNOWN` and `PRIOR_ONLY`
"We do not know" comes first, and a number only if the assessment still holds one.
"""

from collections.abc import Sequence
from datetime import date, datetime

from waystation.planning.results import Answer, Assessment, Contingency, Danger, Knowledge, Placed, Step
from waystation.units import Money, instant, of_100

WIDE = 0.20  # an interval wider than this is shown without a middle
ROUNDING_SHOWN = 0.005
ADVICE = "Advice. A named person decides."
REFUSAL = "A refusal is a result, not an error. A named person decides what happens next."
FICTIONAL = "FICTIONAL"
FICTIONAL_LINE = "FICTIONAL WORLD. Stations, people, prices and dangers are invented."
SCHEMATIC = "Schematic. Do not navigate by this map."
DO_NOT_KNOW = "We do not know."
EXPERT_ONLY = "Expert judgement, no record of our own:"
LOST = "captured, harmed or missing"
LIMITS = (
    "Dangers come from journeys we know of. Parties that vanished are missing from the record: read the low end.",
    "A leg that nobody uses looks calm. It is drawn as not known.",
    "The plan assumes that the party sees how its own area is, and that areas do not move together.",
    "The plan assumes that nobody reacts to it. A way used often becomes predictable: vary it on purpose.",
    "Arriving says nothing about life after arrival, about debt, or about what staying would have brought.",
    "The plan knows only the legs in the route book. It never invents one.",
)
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")
_MODES = {"foot": "on foot", "swim": "swimming", "mixed": "by several means", "air": "by air"}


def counted(n: int, noun: str, plural: str = "") -> str:
    """A count with its noun.

    >>> counted(1, "leg"), counted(31, "leg")
    ('1 leg', '31 legs')
    """
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"


def parties(probability: float) -> str:
    """A chance as whole parties of 100, never "none" or "all" unless exact.

    >>> parties(0.861), parties(0.001), parties(0.0), parties(0.9992)
    ('86', 'fewer than 1', 'none', 'more than 99')
    """
    if probability in (0.0, 1.0):
        return "all" if probability else "none"
    if probability < 0.005:
        return "fewer than 1"
    return "more than 99" if probability > 0.995 else str(of_100(probability))


def about(probability: float) -> str:
    """`parties` with "about" where it is a rounded number.

    >>> about(0.112), about(0.0)
    ('about 11', 'none')
    """
    word = parties(probability)
    return f"about {word}" if word.isdigit() else word


def between(low: float, high: float) -> str:
    """An interval as whole parties.

    >>> between(0.742, 0.9386), between(0.861, 0.862)
    ('between 74 and 94', 'about 86')
    """
    least, most = of_100(low), of_100(high)
    return f"about {least}" if least == most else f"between {least} and {most}"


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


def age(days: int) -> str:
    """How old, in the largest unit that still says something.

    >>> age(0), age(1), age(9), age(20), age(122), age(800)
    ('from today', '1 day old', '9 days old', '3 weeks old', '4 months old', '2 years old')
    """
    if days < 14:
        return f"{counted(days, 'day')} old" if days else "from today"
    if days < 60:
        return f"{counted(round(days / 7), 'week')} old"
    return f"{counted(round(days / 30.44), 'month') if days < 730 else counted(round(days / 365.25), 'year')} old"


def day(when: date, *, year: bool = False) -> str:
    """A day as people say it.

    >>> day(date(2030, 5, 2)), day(date(2030, 5, 2), year=True)
    ('2 May', '2 May 2030')
    """
    return f"{when.day} {MONTHS[when.month - 1]}{f' {when.year}' if year else ''}"


def days_between(first: date, last: date) -> str:
    """A span of days.

    >>> days_between(date(2030, 5, 2), date(2030, 5, 5)), days_between(date(2030, 5, 28), date(2030, 6, 2))
    ('2 to 5 May', '28 May to 2 June')
    """
    if first == last:
        return day(first)
    if first.year != last.year:
        return f"{day(first, year=True)} to {day(last, year=True)}"
    return f"{first.day} to {day(last)}" if first.month == last.month else f"{day(first)} to {day(last)}"


def hours(span: tuple[float, float]) -> str:
    """A duration, in days when it is long.

    >>> hours((8, 14)), hours((6, 6)), hours((30, 60)), hours((72, 120))
    ('8 to 14 hours', '6 hours', '30 to 60 hours', '3 to 5 days')
    """
    low, high = span
    if low >= 48:
        low, high, unit = low / 24, high / 24, "day"
    else:
        unit = "hour"
    least, most = f"{low:.0f}", f"{high:.0f}"
    return f"{least} {unit}{'' if least == '1' else 's'}" if least == most else f"{least} to {most} {unit}s"


def moment(iso: str) -> str:
    """The time an answer was asked for.

    >>> moment("2030-05-01T06:00:00+00:00")
    '1 May 2030, 06:00 UTC'
    """
    when: datetime = instant(iso)
    zone = when.strftime("%z")
    return f"{day(when.date(), year=True)}, {when:%H:%M} {'UTC' if zone == '+0000' else f'UTC{zone[:3]}:{zone[3:]}'}"


def money(amount: Money) -> str:
    """An amount; nothing is said to cost nothing.

    >>> from decimal import Decimal
    >>> money(Money(Decimal(3000), "USD")), money(Money(Decimal(0), "USD"))
    ('3,000 USD', 'nothing')
    """
    return str(amount) if amount.amount else "nothing"


def by(mode: str) -> str:
    """How one travels.

    >>> by("bus"), by("foot")
    ('by bus', 'on foot')
    """
    return _MODES.get(mode, f"by {mode}")


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


def onward(branch: Contingency) -> str:
    """Where a contingency leads back to the plan."""
    if branch.rejoins:
        return f"Then go on from {branch.rejoins} as planned."
    return "" if branch.steps and branch.steps[-1].action == "stop" else "The plan ends there."


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

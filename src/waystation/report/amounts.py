"""Numbers, days and money as people say them: whole parties of 100, '2 May', '3 months old'."""

from datetime import date, datetime

from waystation.units import Money, instant, of_100

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")


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

"""What follows a letter: the hours of the first day, when to look again, and who must still hear of a correction.

From the first report on: a quiet notice within four hours, consent within six, a draft within eight, out within a day;
looked at again after 24, 48 and 72 hours, then every week, for as long as nobody has written down an end.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

URGENT = frozenset({"capture", "forced_return", "official_deception", "missing", "betrayal"})
HOURS: Mapping[str, int] = MappingProxyType({"notice": 4, "consent": 6, "publicity": 6, "draft": 8, "send": 24})
LOOKS = (24, 48, 72)  # hours; then every week
WEEK_H = 7 * 24


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the clock."""

    name: str
    due: datetime
    done: bool
    late: bool


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody was given a letter. `corrects`: of which correction it told them; empty: it was the letter itself."""

    to: str
    at: datetime
    corrects: str = ""


@dataclass(frozen=True, slots=True)
class Corrected:
    """Something that was written turned out wrong; or news came, of which any later letter tells (`by_any`)."""

    id: str
    at: datetime
    by_any: bool = False


def clock(began: datetime, done: Iterable[str], now: datetime) -> tuple[Line, ...]:
    """The lines of the first day, in their order.

    >>> from datetime import UTC
    >>> t = datetime(2030, 5, 1, tzinfo=UTC)
    >>> [(one.name, one.late) for one in clock(t, ["notice"], t + timedelta(hours=7))]
    [('notice', False), ('consent', True), ('publicity', True), ('draft', False), ('send', False)]
    """
    there = frozenset(done)
    return tuple(Line(name, began + timedelta(hours=hours), name in there,
                      name not in there and now > began + timedelta(hours=hours)) for name, hours in HOURS.items())


def look_again(sent: datetime, looked: datetime | None) -> datetime:
    """When a letter is looked at again: a look counts for every time that is past by then.

    >>> from datetime import UTC
    >>> t = datetime(2030, 5, 1, tzinfo=UTC)
    >>> [(look_again(t, at) - t).days for at in (None, t + timedelta(hours=30), t + timedelta(hours=80))]
    [1, 2, 10]
    """
    last = looked or sent
    for hours in LOOKS:
        if (due := sent + timedelta(hours=hours)) > last:
            return due
    weeks = (last - sent - timedelta(hours=LOOKS[-1])) // timedelta(hours=WEEK_H) + 1
    return sent + timedelta(hours=LOOKS[-1] + weeks * WEEK_H)


def owed(told: Iterable[Told], corrected: Iterable[Corrected]) -> tuple[tuple[str, str], ...]:
    """Who must still hear of which correction, as (correction, addressee): everybody who was ever told before it.

    >>> from datetime import UTC
    >>> t = datetime(2030, 5, 1, tzinfo=UTC)
    >>> there = [Told("UNHCR", t), Told("WGEID", t), Told("UNHCR", t + timedelta(2), "c")]
    >>> owed(there, [Corrected("c", t + timedelta(1))])
    (('c', 'WGEID'),)
    """
    letters = tuple(told)
    found = []
    for one in corrected:
        before = dict.fromkeys(each.to for each in letters if each.at <= one.at)
        heard = {each.to for each in letters if each.corrects == one.id or (one.by_any and each.at > one.at)}
        found += [(one.id, to) for to in before if to not in heard]
    return tuple(found)

"""When a leg may start, as the book's windows say it: now or not, and until when that stays so.

A window speaks of civil time at the place. A moment is dated by itself: a night that goes on after midnight belongs to
the next day, as for a step of a plan. Of a place whose clock is not known here, the earliest clock on Earth is taken:
something that closes is then told too early and never too late.

    standing(windows, at)    whether one of them is open then, and when that changes
    ahead(country)           by how much the clocks of a country are ahead of UTC, and whether that is known
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from waystation.network.jsonbook import read_cells
from waystation.network.rows import Window
from waystation.network.tables import read_rows
from waystation.units import is_night

LOOKS_D = 400  # as far ahead as a change is looked for: every season comes round once
TURNS_H = (0, 6, 18)  # hours at which a window may open or close
EARLIEST_H = 14.0  # no clock on Earth is further ahead of UTC
# Hours ahead of UTC where a whole country keeps one clock and none in summer. Others are not known here.
AHEAD_H = {"CN": 8.0, "HK": 8.0, "JP": 9.0, "KH": 7.0, "KP": 9.0, "KR": 9.0, "LA": 7.0, "MM": 6.5, "MO": 8.0, "MY": 8.0,
           "PH": 8.0, "SG": 8.0, "TH": 7.0, "TW": 8.0, "VN": 7.0}


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a leg may start at a moment, and the next moment (civil time) at which that changes.

    `until` is None where nothing changes within `LOOKS_D` days.
    """

    open: bool
    until: datetime | None


def within(window: Window, day: date, *, night: bool) -> bool:
    """Whether a leg may start on a day, by day or by night, as far as one window says.

    >>> within(Window("L2", to_date=date(2030, 6, 30), part="night"), date(2030, 6, 30), night=True)
    True
    """
    return (
        (window.from_date is None or day >= window.from_date)
        and (window.to_date is None or day <= window.to_date)
        and (not window.months or day.month in window.months)
        and (not window.weekdays or day.weekday() in window.weekdays)
        and (window.part == "any" or (window.part == "night") == night)
    )


def standing(windows: Sequence[Window], at: datetime) -> Standing:
    """Whether one of some windows is open at a moment of civil time, and when that changes.

    Raises `ValueError` without a window: when a leg of which nobody wrote one may start is not known.

    >>> standing([Window("L2", to_date=date(2030, 6, 30))], datetime(2030, 6, 30, 9))
    Standing(open=True, until=datetime.datetime(2030, 7, 1, 0, 0))
    """
    if not windows:
        raise ValueError("no window")
    now = _open(windows, at)
    return Standing(now, next((turn for turn in _turns(at) if _open(windows, turn) != now), None))


def _open(windows: Iterable[Window], at: datetime) -> bool:
    return any(within(window, at.date(), night=is_night(at)) for window in windows)


def _turns(at: datetime) -> Iterator[datetime]:
    for days in range(LOOKS_D):
        for hour in TURNS_H:
            turn = datetime.combine(at.date() + timedelta(days), time(hour))
            if turn > at:
                yield turn


def ahead(country: str) -> tuple[timedelta, bool]:
    """By how much a country's clocks are ahead of UTC, and whether that is known.

    >>> ahead("TH")
    (datetime.timedelta(seconds=25200), True)
    """
    hours = AHEAD_H.get(country)
    return timedelta(hours=EARLIEST_H if hours is None else hours), hours is not None


def windows_of(rows: Sequence[Mapping[str, object]]) -> tuple[Window | None, ...]:
    """Windows from rows that lie in no file, as JSON values; None for one that cannot be read.

    >>> windows_of([{"leg": "L2", "months": "11-3", "part": "night"}, {"leg": "L2", "part": "noon"}])
    (Window(leg='L2', from_date=None, to_date=None, months=frozenset({1, 2, 3, 11, 12}), part='night', ...), None)
    """
    raw, findings = read_cells({"windows": list(rows)}, file="the rows")
    return tuple(read.row for read in read_rows(raw, findings)["windows"])

"""What this party cannot do: masks over legs and steps, each with the reason that is printed.

A limit is never a price. A leg that is forbidden, or beyond the weakest member, is taken out before anything is
computed, so that no chance of arriving can buy it back.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from waystation.network.network import Network
from waystation.network.rows import Guide, Leg, Place, Window
from waystation.network.windows import within
from waystation.party import Party, Terms
from waystation.planning.carrying import too_heavy, without_cold
from waystation.planning.results import Veto
from waystation.units import day_words, is_night, step_start

# Starting values set by judgement (planner 2.2): who may not bear which exposure, and when.
FRAIL_UNDER_Y, FRAIL_OVER_Y = 3, 70
COLD_MONTHS = frozenset({11, 12, 1, 2, 3})
HEAT_MONTHS = frozenset({5, 6, 7, 8, 9})


@dataclass(frozen=True, slots=True)
class Allowed:
    """Which leg may start when, and what was taken out."""

    open: NDArray[np.bool_]  # T x L
    vetoes: tuple[Veto, ...]
    guide: tuple[Guide | None, ...]  # L: the first guide of the book who can take the party


def refusals(party: Party) -> tuple[str, ...]:
    """Reasons for which no plan is made at all; empty when there are none."""
    reasons = []
    if not party.all_agree:
        reasons.append("An adult of this party has not said yes. Nobody is moved against their will: ask first.")
    if not party.guardian_ok:
        reasons.append("A child travels without a guardian or a best-interest record. Make these before any plan.")
    return tuple(reasons)


def allowed(net: Network, party: Party, terms: Terms, *, steps: int) -> Allowed:
    """Mask legs by status, by the party's limits, by windows and by the calendar."""
    rows = {leg.code: leg for leg in net.book.legs}
    places = {place.code: place for place in net.book.places}
    windows: dict[str, list[Window]] = {}
    for window in net.book.windows:
        windows.setdefault(window.leg, []).append(window)
    open_ = np.zeros((steps, len(net.legs)), bool)
    vetoes: list[Veto] = []
    guides = tuple(_guide(net.book.guides, code, party) for code in net.legs)
    led = {code for guide in net.book.guides for code in guide.legs}
    for index, code in enumerate(net.legs):
        leg = rows[code]
        reason = _never(leg, places[leg.end], party)
        if not reason and code in led and guides[index] is None:
            reason = f"no guide of this leg can take {party.size} people at once"
        if reason:
            vetoes.append(_veto(leg, reason))
            continue
        column, reason = _calendar(leg, party, terms, windows.get(code, []), steps, net.step_hours)
        open_[:, index] = column
        if reason:
            vetoes.append(_veto(leg, reason))
    open_.flags.writeable = False
    return Allowed(open_, tuple(vetoes), guides)


def _veto(leg: Leg, reason: str) -> Veto:
    return Veto(leg.code, leg.start, leg.end, leg.mode, reason, forbidden=leg.status == "forbidden")


def _guide(guides: tuple[Guide, ...], leg: str, party: Party) -> Guide | None:
    able = [guide for guide in guides if leg in guide.legs and guide.capacity >= party.size]
    # Fees may stand in several currencies: the first able guide is taken, so the book's order is a preference.
    return able[0] if able else None


def _frail(party: Party) -> bool:
    return party.youngest_y < FRAIL_UNDER_Y or party.oldest_y > FRAIL_OVER_Y


def _never(leg: Leg, end: Place, party: Party) -> str:
    """Why this party can never take this leg; empty if it can."""
    if leg.status == "forbidden":
        return f"forbidden for everybody: {leg.reason}"
    if leg.status == "closed":
        return f"closed: {leg.reason}" if leg.reason else "closed"
    tests = (
        (leg.swim and not party.swim, "not every member can swim"),
        (leg.exertion > party.exertion_max, "too hard for the weakest member"),
        (leg.walk_km > party.walk_km_day, "more walking a day than the weakest member can do"),
        (leg.group_max is not None and party.size > leg.group_max, f"at most {leg.group_max} people at once"),
        (leg.min_age is not None and party.youngest_y < leg.min_age, f"nobody under {leg.min_age}"),
        (leg.max_age is not None and party.oldest_y > leg.max_age, f"nobody over {leg.max_age}"),
        ("water" in leg.exposure and _frail(party), "water, with somebody under 3 or over 70"),
        ("altitude" in leg.exposure and _frail(party), "altitude, with somebody under 3 or over 70"),
        (_too_pregnant(leg, party, 0), f"pregnancy beyond {leg.pregnancy_max_weeks} weeks"),
    )
    reason = next((reason for true, reason in tests if true), "")
    return reason or too_heavy(leg, party) or without_cold(leg, end, party)


def _too_pregnant(leg: Leg, party: Party, days: int) -> bool:
    if party.pregnancy_weeks is None or leg.pregnancy_max_weeks is None:
        return False
    return party.pregnancy_weeks + days / 7 > leg.pregnancy_max_weeks


def _calendar(leg: Leg, party: Party, terms: Terms, windows: list[Window], steps: int,
              step_hours: int) -> tuple[NDArray[np.bool_], str]:
    """The steps on which the leg may start, and a reason where the party (not a window) closes some of them."""
    column = np.ones(steps, bool)
    closed_by = ""
    for step in range(steps):
        start = step_start(terms.depart_from, step, step_hours)
        day = start.date()
        if windows and not any(within(window, day, night=is_night(start)) for window in windows):
            column[step] = False
        elif reason := _season_limit(leg, party, day, (day - terms.depart_from).days):
            column[step] = False
            closed_by = closed_by or f"from {day_words(day)}: {reason}"
    if windows and not column.any() and not closed_by:
        closed_by = "outside its windows for the whole time"
    return column, closed_by


def _season_limit(leg: Leg, party: Party, day: date, days: int) -> str:
    if "cold" in leg.exposure and day.month in COLD_MONTHS and (_frail(party) or not party.cold):
        return "cold, with somebody who cannot bear it"
    if "heat" in leg.exposure and day.month in HEAT_MONTHS and _frail(party):
        return "heat, with somebody under 3 or over 70"
    if _too_pregnant(leg, party, days):
        return f"pregnancy beyond {leg.pregnancy_max_weeks} weeks"
    return ""

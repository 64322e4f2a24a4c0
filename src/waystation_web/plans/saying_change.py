"""What a comparison says, in the reader's language. Only what the planner let out is said.

Nothing is worked out here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from waystation.report.what_if import whole_of
from waystation.units import Money

MEASURES = {
    "arrive": _("Arrive, of 100"), "lost": _("Lost, of 100"), "days": _("Days on the way"),
    "spent": _("Money spent"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One measure: as it is, as it would be, and the difference; empty where nothing may be said."""

    name: str
    before: str
    after: str
    difference: str


def verdict(told: Mapping[str, Any]) -> str:
    """What the difference in arrivals is worth, in a sentence. Raises `KeyError`."""
    share = int(told["more_in"])
    if told["facts"]["known"] == "PRIOR_ONLY" and told["facts"]["rows"][0]["difference"]:  # it was asked to be shown
        return gettext("We do not know. Expert judgement, no record of our own: ranges alone.")
    return {
        "unknown": gettext("We do not know what this change would do."),
        "none": gettext("The change makes no difference to who arrives."),
        "not_told": gettext("What we know cannot tell the two apart: more arrive in %(share)d of 100 possible worlds, "
                            "fewer in the others.") % {"share": share},
        "more": gettext("More arrive after the change in %(share)d of 100 possible worlds.") % {"share": share},
        "fewer": gettext("Fewer arrive after the change in %(share)d of 100 possible worlds.") % {"share": 100 - share},
    }[str(told["verdict"])]


def lines(facts: Mapping[str, Any]) -> tuple[Line, ...]:
    """The comparison as a table. Raises `KeyError`, `TypeError`, `ValueError`."""
    unit = Money.parse(str(facts["money"]))
    found = []
    for row in facts["rows"]:
        name = str(MEASURES[row["measure"]])
        named = f"{name}, {unit.currency}" if row["measure"] == "spent" else name
        times = float(unit.amount) if row["measure"] == "spent" else 1.0
        found.append(Line(named, _range(row["before"], times), _range(row["after"], times),
                          _range(row["difference"], times, signed=True)))
    return tuple(found)


def changes(told: Mapping[str, Any]) -> tuple[str, ...]:
    """What would be otherwise, row by row. Raises `KeyError`."""
    change = told["change"]
    said = [(gettext("People may apply at %(place)s.") if row["open"] else
             gettext("People may no longer apply at %(place)s.")) % row for row in change.get("apply", ())]
    for row in change.get("dangers", ()):
        where = {"where": row.get("area") or row["leg"], "times": f"{row['times']:g}"}
        said.append((gettext("The area %(where)s: %(times)s times as dangerous.") if row.get("area") else
                     gettext("The way %(where)s: %(times)s times as dangerous.")) % where)
    said += [gettext("The way %(leg)s costs %(cost)s %(currency)s a person.") % row for row in change.get("prices", ())]
    said += [gettext("The way %(leg)s takes %(min)s to %(max)s hours, usually %(mode)s.")
             % {name: row[name] if name == "leg" else f"{row[name]:g}" for name in ("leg", "min", "mode", "max")}
             for row in change.get("hours", ())]
    return tuple(said)


def _range(told: Mapping[str, Any] | None, times: float, *, signed: bool = False) -> str:
    if told is None:
        return ""
    low, high = (whole_of(told[name] * times, signed=signed) for name in ("low", "high"))
    between = low if low == high else gettext("%(low)s to %(high)s") % {"low": low, "high": high}
    if told["mean"] is None:
        return between
    return f"{whole_of(told['mean'] * times, signed=signed)} ({between})"

"""What was measured of the worth of asking about legs, as a table, as goals and as plain values (decision 0075)."""

from typing import Any

import numpy as np

from waystation.network.network import Floats
from waystation.planning.worth import CEILING, EXPERTS, RULES
from waystation.planning.worth_of_asking import ASKED, FIRST, KINDS, Heard

LEAST_CLOSED, AT, MOST_BELOW = 0.60, 9, -1.0
AMONG = (*RULES, EXPERTS)


def _of(found: list[Heard], name: str) -> list[Heard]:
    return [one for one in found if one.answers == name]


def _other(rows: list[Heard], who: str) -> Floats:
    return np.array([one.others[who] for one in rows])


def best(rows: list[Heard]) -> str:
    """The simple rule with the most arrivals in these worlds."""
    return max(AMONG, key=lambda who: float(_other(rows, who).mean()))


def beside(rows: list[Heard], asked: int) -> tuple[float, float, float, float]:
    """Ours after so many legs: arrivals of 100, above the best simple rule with standard error, share of the gap."""
    ours, simple = np.array([one.ours[asked] for one in rows]), _other(rows, best(rows))
    above = ours - simple
    gap = float((_other(rows, CEILING) - simple).mean())
    error = float(above.std(ddof=1) / len(above) ** 0.5) if len(above) > 1 else float("nan")
    return float(ours.mean()), float(above.mean()), error, float(above.mean()) / max(gap, 1e-9)


def goals(found: list[Heard]) -> list[tuple[str, float, bool]]:
    """The two goals."""
    closed = beside(_of(found, FIRST), AT)[3]
    least = min(beside(rows, asked)[1] for kind in KINDS if (rows := _of(found, kind.name)) for asked in ASKED)
    return [(f"share of the gap closed with {AT} legs asked about, at least {LEAST_CLOSED}", closed,
             closed >= LEAST_CLOSED),
            (f"at its least above the best simple rule, not below {MOST_BELOW:g}", least, least >= MOST_BELOW)]


def table(found: list[Heard]) -> str:
    """Every kind of answer by the number of legs asked about; then the first kind by the share of liars; the goals."""
    head = "legs asked about, arrivals of 100, above the best simple rule (standard error), share of the gap closed"
    lines = [head, ""]
    for kind in KINDS:
        if rows := _of(found, kind.name):
            simple, top = (f"{who} {_other(rows, who).mean():.2f}" for who in (best(rows), CEILING))
            lines += [f"{kind.name}, {len(rows)} worlds: {simple}, {top}", *_lines(rows), ""]
    for hostile in dict.fromkeys(one.hostile for one in found):
        rows = [one for one in _of(found, FIRST) if one.hostile == hostile]
        lines += [f"{FIRST}, {hostile:.0%} of the sources of reports hostile", *_lines(rows), ""]
    return "\n".join([*lines, *(f"{'met   ' if met else 'MISSED'}  {name}: {number:.3f}"
                                for name, number, met in goals(found))])


def _lines(rows: list[Heard]) -> list[str]:
    return ["{:>6}{:>10.2f}{:>9.2f} ({:.2f}){:>8.2f}".format(asked, *beside(rows, asked)) for asked in ASKED]


def as_json(found: list[Heard]) -> dict[str, Any]:
    """The same as plain values."""
    return {"worlds": [{"seed": one.seed, "hostile": one.hostile, "answers": one.answers,
                        "ours": {str(k): v for k, v in one.ours.items()}, "others": one.others} for one in found],
            "goals": [{"name": name, "measured": number, "met": met} for name, number, met in goals(found)]}

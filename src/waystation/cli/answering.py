"""One question through standard input, one answer through standard output, for a parent that keeps nothing.

    parent -> {"book": {...}, "party": {...}, "terms": {...}, "now": "...", "served": {...}, "limit": 9}, end of file
    child  -> {"tell": "learning dangers and solving ..."}                  what it works at, a line each
              {"answer": {...}}  or  {"refused": [...]}  or  {"fault": [...]}   one line, the last

What one journey taught (`cli.teaching`), which missions of some weeks fit together (`cli.seasons`) and what a change of
the world would do (a question with a `change`; nothing of its answer is a plan) are other questions of the same child.

What goes in names people's helpers and houses: it stands in no argument, no environment and no file. Nothing of it
goes to standard error, whatever happens. The answer is that of `waystation plan` on the same book, to the last digit;
where a limit on exposure is set, on the book without the legs that pass it by themselves.
"""

import ctypes
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from threading import Thread
from typing import Any, TextIO

from waystation.cli.seasons import season
from waystation.cli.teaching import lessons
from waystation.cli.waits import Heard, waits
from waystation.network.build import network_of
from waystation.network.changing import InvalidChange, goals_of, read_change
from waystation.network.files import read_book
from waystation.network.problems import InvalidBook
from waystation.network.rows import Ended, RouteBook
from waystation.party import Party, Terms
from waystation.party_file import InvalidParty, party_of
from waystation.planning.answer import Asked, answer, answer_parts
from waystation.planning.exposure import Exposed, Served, beyond_limit, exposure, without_exposed
from waystation.planning.results import Answer, Knowledge, Refused
from waystation.planning.setting import InvalidTerms
from waystation.planning.what_if import what_if
from waystation.report.aloud import LANGUAGES, aloud
from waystation.report.facts import facts
from waystation.report.inset import inset
from waystation.report.what_if import verdict, what_if_facts
from waystation.trust.truth import Belief
from waystation.units import Money, instant

MOST_CHARACTERS = 12_000_000
LOST = frozenset({Ended.INTERCEPTED, Ended.HARMED, Ended.MISSING})
RECENT_D = 90
LOOKS_S = 0.5  # between two looks whether the parent is still there
PR_SET_DUMPABLE = 4
WINTER = frozenset({11, 12, 1, 2, 3})


@dataclass(frozen=True, slots=True)
class Question:
    """What a child is asked."""

    book: RouteBook
    party: Party
    terms: Terms
    now: datetime
    asked: Asked
    served: Served
    limit: int | None
    heard: Heard = field(default_factory=dict)  # of earlier parties: hours until word came, or of silence


def main() -> int:
    """Answer the question on standard input. Returns 0 also for a refusal: that is an answer."""
    sys.excepthook = _say_nothing
    try:
        given = json.loads(sys.stdin.read(MOST_CHARACTERS))
        told = _told(given, lambda words: _write(sys.stdout, {"tell": words}))
    except (InvalidBook, InvalidChange) as error:
        told = {"fault": [str(problem) for problem in error.problems]}
    except InvalidParty as error:
        told = {"fault": [problem.sentence for problem in error.problems]}
    except InvalidTerms as error:
        told = {"fault": [str(error)]}
    _write(sys.stdout, told)
    return 0


def _told(given: Mapping[str, Any], tell: Callable[[str], None]) -> dict[str, Any]:
    if "taught" in given:
        return lessons(given["taught"])
    if "month" in given:
        return season(given, tell=tell)
    if "change" in given:
        return changed(question_of(given), given["change"], tell=tell)
    return answered(question_of(given), tell=tell)


def _stand_apart() -> None:
    """What only a process of its own does: it ends with its parent, and its memory is nobody's.

    No core file, wherever a system sends those, and no other process of this user may look in. Linux.
    """
    Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def _end_with(parent: int) -> None:
    """Stop when the parent is gone: one that was killed stops nobody, and what it asked lies open in this memory."""
    while os.getppid() == parent:
        time.sleep(LOOKS_S)
    os._exit(1)


def _say_nothing(*_error: object) -> None:
    """An error's text could hold a place or a helper; the parent sees that there is no answer, and that is enough."""


def _write(to: TextIO, line: Mapping[str, Any]) -> None:
    to.write(json.dumps(line, ensure_ascii=False) + "\n")
    to.flush()


def question_of(given: Mapping[str, Any]) -> Question:
    """The question as values. Raises `InvalidBook`, `InvalidParty`, `InvalidTerms`, `KeyError`."""
    terms = given["terms"]
    served = given.get("served", {})
    how = given.get("asked", {})
    return Question(
        read_book(json.dumps(given["book"]).encode(), name="the route book"),
        party_of(json.dumps(given["party"]).encode(), name="the party"),
        Terms(start=str(terms["start"]), goals=tuple(str(code) for code in terms.get("goals", ())),
              depart_from=date.fromisoformat(terms["depart_from"]), deadline=date.fromisoformat(terms["deadline"]),
              budget=Money.parse(terms["budget"]), penalty=float(terms.get("penalty", 0.25)),
              floor=None if terms.get("floor") is None else float(terms["floor"])),
        instant(given["now"]),
        Asked(draws=int(how.get("draws", 1000)), seed=int(how.get("seed", 7)),
              show_expert=bool(how.get("show_expert", False))),
        Served(*({key: frozenset(codes) for key, codes in served.get(name, {}).items()}
                 for name in ("helpers", "parties", "knows"))),
        given.get("limit"),
        {str(leg): tuple((float(hours), bool(arrived)) for hours, arrived in told)
         for leg, told in given.get("heard", {}).items()},
    )


def answered(asked: Question, *, tell: Any = None) -> dict[str, Any]:
    """Everything a parent keeps: facts, sheets, what is read aloud, what a decision must know, what would be known."""
    book = without_exposed(asked.book, asked.served, asked.limit, goals=asked.terms.goals)
    net = network_of(book)
    told = answer(net, asked.party, asked.terms, now=asked.now, asked=asked.asked, progress=tell)
    if isinstance(told, Refused):
        return {"refused": list(told.reasons)}
    if tell is not None:
        tell("drawing the page ...")
    rows = exposure(told, asked.served, limit=asked.limit)
    parts = answer_parts(net, now=asked.now)
    piece = inset(told, film=False)  # the page around it draws the map
    return {"answer": {
        "facts": facts(told), "sheets": piece.html, "fictional": piece.fictional,
        "aloud": [asdict(aloud(told, language)) for language in LANGUAGES],
        "before": _before(asked, told, parts[1]), "exposed": [_row(row) for row in rows],
        "exposed_beyond_limit": list(beyond_limit(rows)), "places": [asdict(place) for place in told.places],
        "lines": [asdict(line) for line in told.lines],
        "waits": waits(net, [line.leg for line in told.lines], *parts, asked.heard),
    }}


def changed(asked: Question, change: Mapping[str, Any], *, tell: Callable[[str], None]) -> dict[str, Any]:
    """What a change would do: the comparison of `waystation what-if`, with what a parent keeps beside it."""
    read = read_change(json.dumps(change).encode(), asked.book)
    before, after = goals_of(asked.book, asked.terms.goals, read)
    book = without_exposed(asked.book, asked.served, asked.limit, goals={*before, *after})
    told = what_if(book, read, asked.party, asked.terms, now=asked.now, draws=asked.asked.draws, seed=asked.asked.seed,
                   show_expert=asked.asked.show_expert, progress=tell)
    if isinstance(told, Refused):
        return {"refused": list(told.reasons)}
    code, share = verdict(told.rows[0])
    return {"answer": {
        "facts": what_if_facts(told), "verdict": code, "more_in": share, "size": asked.party.size,
        "goals": list(before), "goals_after": list(after), "book": book.book.title, "fictional": book.book.fictional,
    }}


def _row(row: Exposed) -> dict[str, Any]:
    return {"branch": row.branch, "number": row.number, "place": row.place, "to": row.to, "leg": row.leg,
            "helpers": sorted(row.helpers), "houses": sorted(row.houses), "parties": sorted(row.parties),
            "beyond": sorted(row.beyond), "over": row.over, "count": row.count, "most": row.most}


def _before(asked: Question, told: Answer, believed: Sequence[Belief]) -> dict[str, Any]:
    """What must be shown before anybody signs (`planning.decision.Seen`)."""
    legs = {step.leg for step in _steps(told) if step.leg}
    areas = {place.code: place.area for place in asked.book.places}
    met = {areas[step.place] for step in _steps(told)}
    names = [area.code for area in asked.book.areas]
    stale = {area: believed[names.index(area)].stale for area in met}
    told_by = {report.origin or report.source for report in asked.book.reports if report.area in met}
    lost = [row for row in asked.book.outcomes if row.leg in legs and row.ended in LOST]
    days = [row.ended_at or row.started for row in lost]
    recent = [day for day in days if asked.now.date() - timedelta(days=RECENT_D) <= day <= asked.now.date()]
    weeks = asked.party.pregnancy_weeks
    return {
        "n": told.assessment.n, "newest_age_d": told.assessment.newest_age_d,
        "stale": any(stale.values()), "reports": _reports(asked, stale), "one_source": len(told_by) == 1,
        "pregnancy_weeks": weeks, "infants": asked.party.infants, "oldest_y": asked.party.oldest_y,
        "below_floor": _below_floor(told),
        "winter_river": _winter_river(asked.book, told, legs), "losses_90_days": len(recent),
        "forbidden_leg": any(leg.status == "forbidden" and leg.code in legs for leg in asked.book.legs),
        "last_loss": f"{max(recent).isoformat()}T23:59:59+00:00" if recent else None,
    }


def _reports(asked: Question, stale: Mapping[str, bool]) -> list[dict[str, Any]]:
    """Of each area on the way, the oldest first: how old its newest report is in hours, how many there are."""
    told = []
    for area, old in stale.items():
        hours = [(asked.now - row.observed_at).total_seconds() / 3600 for row in asked.book.reports
                 if row.area == area and row.observed_at <= asked.now]
        told.append({"area": area, "newest_h": int(min(hours)) if hours else None, "count": len(hours), "stale": old})
    return sorted(told, key=lambda row: (row["newest_h"] is not None, -(row["newest_h"] or 0), row["area"]))


def _below_floor(told: Answer) -> bool:
    """Whether the low end misses the organisation's floor; what may not be said does not reach it."""
    known, floor = told.assessment, told.terms.floor
    if floor is None:
        return False
    return known.state not in (Knowledge.THIN, Knowledge.MEASURED) or known.low is None or known.low < floor


def _steps(told: Answer) -> Iterable[Any]:
    yield from told.tree.main
    for branch in told.tree.contingencies:
        yield from branch.steps


def _winter_river(book: RouteBook, told: Answer, legs: set[str]) -> bool:
    wet = {leg.code for leg in book.legs
           if leg.code in legs and (leg.swim or leg.mode in {"boat", "swim"} or "water" in leg.exposure)}
    return any(step.leg in wet and {step.earliest.month, step.latest.month} & WINTER for step in _steps(told))


if __name__ == "__main__":
    _stand_apart()
    sys.exit(main())

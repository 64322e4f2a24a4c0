"""A proposal of missions in words, 80 columns wide, and as JSON-ready values.

Every answer begins with who decides. People, need and safety are said apart, and nobody is ranked: who waits stands in
the order of need, with the limits that stand in the way.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from math import ceil
from textwrap import wrap
from typing import Any

from waystation.portfolio.limits import Kind, Out
from waystation.portfolio.missions import Month
from waystation.portfolio.proposal import Barred, Broken, Choice, More, Proposal, Waiting
from waystation.portfolio.solver import Ended

COLUMNS = 80
PROPOSAL = ("This is a proposal by numbers. It accepts and declines nobody: two named people read it, change it and "
            "decide, and answer for every mission by itself.")
LIMITS = (
    "Expected numbers are as good as the plans they come from; parties who vanished are under-reported.",
    "Only crackdowns are drawn. The dangers themselves are held at their means.",
    "A mission that waits is not worth less. It did not fit into what there is this time.",
)
_OUT = {
    Out.UNKNOWN: "we do not know how safe it is",
    Out.BELOW_FLOOR: "its low end lies below the safety floor",
    Out.LEFT: "left out by a person's word",
}
_UNITS = {Kind.HOUSE: ("bed", "beds"), Kind.AREA: ("person", "people"), Kind.GUIDE: ("party", "parties"),
          Kind.DESK: ("party", "parties"), Kind.BAD_CASE: ("person", "people")}


def proposal_facts(month: Month, proposal: Proposal) -> dict[str, Any]:
    """Everything as plain values: the record of what was asked, and the answer."""
    return {"waystation_proposal": 1, "title": month.title, "fictional": month.fictional, "decides": PROPOSAL,
            **asdict(proposal), "limits": list(LIMITS)}


def proposal_text(month: Month, proposal: Proposal) -> str:
    """The whole proposal for a terminal."""
    sections = (
        ("", _opening(month, proposal)),
        ("PROPOSED", _set(month, proposal.chosen) if proposal.chosen else ()),
        ("WHAT DOES NOT FIT", _misfit(month, proposal)),
        ("FLOORS", _floors(month, proposal)),
        ("WHO WAITS, AND WHY", _waiting(month, proposal)),
        ("OTHER SETS, THE RUNNER-UP FIRST", _rivals(month, proposal)),
        ("WHERE MORE PEOPLE OF GREAT NEED ARE MOVED", _others(month, proposal, proposal.front)),
        ("WHAT ONE STEP MORE WOULD BRING", _more(month, proposal)),
        ("LIMITS", LIMITS),
        ("RECORD", (_record(proposal),)),
    )
    told = []
    for title, lines in sections:
        body = [part for line in lines for part in wrap(line, COLUMNS, subsequent_indent=_indent(line)) or [""]]
        if body:
            told.append("\n".join(([title] if title else []) + body))
    return "\n\n".join(told)


def _indent(line: str) -> str:
    return " " * (len(line) - len(line.lstrip()) + 2) if line.startswith(" ") else ""


def _people(number: float) -> str:
    """A count of people, with one decimal at most."""
    shown = f"{number:.1f}".removesuffix(".0")
    return f"{shown} {'person' if shown == '1' else 'people'}"


def _opening(month: Month, proposal: Proposal) -> Iterator[str]:
    if month.fictional:
        yield "FICTIONAL. Missions, guides, houses and dangers are invented."
    yield f"{month.title}: {month.weeks} weeks from {month.first_week.isoformat()}"
    yield PROPOSAL
    if proposal.ended is Ended.IMPOSSIBLE:
        yield "Nothing can be proposed: what must be taken does not fit."
        return
    if proposal.chosen is None:
        yield (f"Time ended before any set was found. Nothing is proposed: allow more seconds. Bound: no set brings "
               f"more than {_people(proposal.bound)} to safety.")
        return
    if proposal.ended is Ended.PROVEN and proposal.gap == 0:
        yield "Proven: no other set that keeps these limits and floors brings more people to safety."
    elif proposal.ended is Ended.PROVEN:
        yield f"Proven best within {_percent(proposal.gap)}."
    else:
        yield (f"Not proven best: time ended. Another set may bring up to "
               f"{_people(proposal.bound - proposal.chosen.arriving)} more to safety.")
    yield (f"Expected to reach safety: {_people(proposal.chosen.arriving)}. Bound: no set brings more than "
           f"{_people(proposal.bound)} (gap {_percent(proposal.gap)}).")


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _record(proposal: Proposal) -> str:
    return (f"inputs {proposal.digest}, seed {proposal.seed}, {proposal.scenarios} scenarios, waystation "
            f"{proposal.version}")


def _set(month: Month, choice: Choice) -> Iterator[str]:
    for mission, variant in choice.missions:
        yield f"  {mission} by {variant}"
    yield from _scales(month, choice)


def _scales(month: Month, choice: Choice) -> Iterator[str]:
    """People, need, safety and money: four lines that are never added up."""
    need = ", ".join(f"{count} of need {level}" for level, count in reversed(list(enumerate(choice.need, 1))) if count)
    yield f"  people   {choice.people} moved; {_people(choice.arriving)} expected to reach safety"
    yield f"  need     {need or 'nobody'}"
    low = "" if choice.lowest is None else f"; low end of the least safe: {choice.lowest // 10} of 100"
    yield (f"  safety   {_people(choice.lost)} expected to be lost; {_people(choice.bad_case)} in the worst tenth of "
           f"scenarios{low}")
    yield f"  money    {choice.cost:,} {month.currency}"


def _misfit(month: Month, proposal: Proposal) -> Iterator[str]:
    """Why what must be taken cannot be, and what would have to give."""
    for one in proposal.shut:
        yield f"{one.mission} must be taken and has no way that may be chosen; no limit is the reason:"
        yield from (f"  by {barred.variant}: {_out(barred)}" for barred in one.out)
    if proposal.ended is Ended.IMPOSSIBLE and proposal.reliefs:
        yield "Those who must be taken would fit with:"
        yield from _reliefs(month, proposal)
    elif proposal.ended is Ended.IMPOSSIBLE and not proposal.shut:
        yield "Time ended before it was found which limits would have to give: allow more seconds."


def _floors(month: Month, proposal: Proposal) -> Iterator[str]:
    for name, asked, short in proposal.chosen.unmet if proposal.chosen else ():
        yield (f"{name}: the floor asks for {asked}, {asked - short} fit in together with the other floors. "
               f"{short} short.")
    if proposal.chosen is not None and proposal.reliefs:
        yield "Every floor could be kept with:"
        yield from _reliefs(month, proposal)


def _reliefs(month: Month, proposal: Proposal) -> Iterator[str]:
    for number, one in enumerate(proposal.reliefs):
        needed = "; ".join(f"{_limit(limit)}: {_amount(month, limit.kind, limit.over)} more" for limit in one.wider)
        yield f"  {'or ' if number else ''}{needed}{'' if one.least else ' (perhaps less: time ended)'}"


def _out(one: Barred) -> str:
    below = f" ({one.short / 10:.0f} of 100 too low; a second person may let it in)" if one.short else ""
    return _OUT[one.why] + below


def _waiting(month: Month, proposal: Proposal) -> Iterator[str]:
    for one in proposal.waiting:
        yield f"{one.mission}: {_people(one.people)}, need {one.need}"
        yield from (f"  by {barred.variant}: {_out(barred)}" for barred in one.out)
        for variant, broken in one.breaks:
            if broken:
                yield f"  by {variant}: {'; '.join(_over(month, limit) for limit in broken)}"
            elif proposal.ended is Ended.PROVEN and proposal.gap == 0:
                yield f"  by {variant}: it fits, and brings no more people to safety by the plan's numbers"
            else:
                yield f"  by {variant}: it fits; the search ended before it was tried"
        yield from _if_taken(proposal, one)


def _if_taken(proposal: Proposal, one: Waiting) -> Iterator[str]:
    if one.if_taken is not None and proposal.chosen is not None:
        yield (f"  if they are taken: {_moved(proposal.chosen, one.if_taken)}; expected to reach safety "
               f"{one.if_taken.arriving - proposal.chosen.arriving:+.1f}")
    elif one.cannot_be_taken and one.breaks:
        yield "  they cannot be taken without passing a limit or giving up a floor"
    elif one.asked and one.breaks:
        yield "  time ended before it was known what taking them would cost"
    elif not one.asked:
        yield "  what taking them would cost was not asked: name them in `take` to see it"


def _limit(one: Broken | More) -> str:
    name = f" {one.name}" if one.name else ""
    weeks = f" in weeks {one.week} and {one.week + 1}" if one.kind is Kind.AREA else f" in week {one.week}"
    return f"{one.kind}{name}{weeks if one.week else ''}"


def _amount(month: Month, kind: Kind, number: float) -> str:
    """How much of a limit, with its unit."""
    if kind in {Kind.BUDGET, Kind.PURSE}:
        return f"{number:,.0f} {month.currency}"
    shown = f"{ceil(round(10 * number, 6)) / 10:,.1f}".removesuffix(".0")  # rounded up: less would not be enough
    one, many = _UNITS.get(kind, ("mission", "missions"))
    return f"{shown} {one if shown == '1' else many}"


def _over(month: Month, one: Broken) -> str:
    return f"{_limit(one)}: {_amount(month, one.kind, one.over)} too many"


def _moved(was: Choice, now: Choice) -> str:
    """What is different in another set."""
    came = [f"{mission} by {variant}" for mission, variant in now.missions if (mission, variant) not in was.missions]
    kept = {mission for mission, _ in now.missions}
    left = [mission for mission, _ in was.missions if mission not in kept]
    return f"with {', '.join(came) or 'nobody else'}" + (f", without {', '.join(left)}" if left else "")


def _others(month: Month, proposal: Proposal, others: Iterable[Choice]) -> Iterator[str]:
    for number, other in enumerate(others, start=1):
        if proposal.chosen is not None:
            yield f"{number}. {_moved(proposal.chosen, other)}"
            yield from _scales(month, other)


def _rivals(month: Month, proposal: Proposal) -> Iterator[str]:
    if proposal.alternatives:
        yield from _others(month, proposal, proposal.alternatives)
    elif proposal.chosen is not None:
        yield "None was found that is more than a part of the proposal."


def _more(month: Month, proposal: Proposal) -> Iterator[str]:
    for one in proposal.more:
        effects = [f"{one.arriving:+.1f} people reach safety"] if abs(one.arriving) >= 0.05 else []
        if one.short:
            effects.append(f"{abs(one.short)} {'fewer' if one.short < 0 else 'more'} short of the floors")
        told = ", ".join(effects) or "nobody more reaches safety"
        yield f"{_limit(one)}, {_amount(month, one.kind, one.by)} more: {told}"

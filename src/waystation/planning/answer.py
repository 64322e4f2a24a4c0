"""One question, one answer: everything a page, a terminal or a program may say, already withheld as the state demands.

Load is done, saving comes later; this is the decide in between, one pure function from a route book, a party, terms, a
day and a seed.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b

import numpy as np

from waystation import __version__
from waystation.hazards.posterior import Posterior, fit
from waystation.network.network import Floats, Network
from waystation.party import PENALTIES, Party, Terms
from waystation.planning.engine.kernels import TooLarge, solve
from waystation.planning.explain import action_words, after_first_crossing, changes, choices, dangers, first_action
from waystation.planning.front import Deadline, curves, deadlines, weighed
from waystation.planning.information import what_helps, worth_knowing
from waystation.planning.knowledge import assess, ground
from waystation.planning.learnt import learnt
from waystation.planning.plan import Plan, plan, solved
from waystation.planning.policy import tree
from waystation.planning.results import (
    Answer,
    Assessment,
    Knowledge,
    Line,
    Placed,
    Refused,
    ReportValue,
    Tree,
    Weighing,
)
from waystation.planning.setting import setting
from waystation.planning.uncertainty import Worlds, worlds
from waystation.trust.truth import Belief, beliefs

COMMON_SHOCK = ("Areas are assumed to change independently of each other: a crackdown in all of them at once would be "
                "worse.")
FLOOR = "The floor of safety that the organisation set is"
SAME_TO = 9  # decimal places
TOO_LARGE = "The network is too large to compare other first actions and to say what is worth finding out."


Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """How the question is computed."""

    draws: int = 1000
    seed: int = 7
    show_expert: bool = False
    full: bool = True  # curves, weighings, changes and worth too: what a page shows


def answer(net: Network, party: Party, terms: Terms, *, now: datetime, asked: Asked = Asked(),
           against: Network | None = None, progress: Progress | None = None) -> Answer | Refused:
    """Plan, assess and explain; `against` is an earlier state of the book, to tell what was learnt since.

    Raises `InvalidTerms` where the question does not fit the route book.
    """
    tell = progress or (lambda _: None)
    tell("learning dangers and solving ...")
    made = _plan(net, party, terms, now)
    if isinstance(made, Refused):
        return made
    tell("solving other deadlines ...")
    offered = deadlines(made) if asked.full else ()
    longest = max((d.setting for d in offered), key=lambda s: s.model.steps, default=made.setting)
    if longest.model.steps < made.model.steps:
        longest = made.setting
    tell(f"drawing {asked.draws} possible worlds ...")
    drawn = worlds(longest, made.posterior, draws=asked.draws, seed=asked.seed)
    known = assess(made, drawn, show_expert=asked.show_expert)
    tell("finding reasons ...")
    told = _told(made, known, drawn, offered, asked)
    if against is not None:
        before = _plan(against, party, terms, now)
        # "from 5 to 2 of 100" is a number about both days: the earlier one must be known well enough too
        speaks = _speaks(known) and isinstance(before, Plan) and _speaks(
            assess(before, worlds(before.setting, before.posterior, draws=asked.draws, seed=asked.seed)))
        told = replace(told, learnt=learnt(before, made, speaks=speaks))
    return withheld(told)


def _plan(net: Network, party: Party, terms: Terms, now: datetime) -> Plan | Refused:
    posterior, believed = answer_parts(net, now=now)
    return plan(net, posterior, believed, party, terms, now=now)


def answer_parts(net: Network, *, now: datetime) -> tuple[Posterior, tuple[Belief, ...]]:
    """What is learnt of the dangers and believed of the areas on a day."""
    return fit(net, now=now), beliefs(net, now=now)


def _told(made: Plan, known: Assessment, drawn: Worlds, offered: tuple[Deadline, ...], asked: Asked) -> Answer:
    """Everything, before what the state forbids is taken out."""
    setting_, net = made.setting, made.setting.net
    value = _whole_surface(made)
    shows = asked.full and _speaks(known)
    rows = dangers(made)
    page = tree(made)
    low, high = _money_bounds(made, known)
    return Answer(
        title=net.book.book.title, fictional=net.book.book.fictional, now=setting_.now.isoformat(),
        party=setting_.party, terms=setting_.terms, first=action_words(made, first_action(made)), assessment=known,
        tree=page, dangers=rows,
        after_first_crossing=after_first_crossing(rows), curves=curves(made, offered, drawn, known) if shows else (),
        weighings=_weighings(made) if asked.full else (), choices=() if value is None else choices(made, value),
        changes=changes(made, offered) if asked.full else (),
        worth=_worth(made, value, known, asked),
        vetoes=setting_.vetoes, warnings=_warnings(made, known, compared=value is not None), learnt=(),
        places=_places(made), lines=_lines(made, page), low_money=low, high_money=high, backend=made.backend,
        seed=asked.seed, draws=asked.draws, inputs_digest=inputs_digest(made), version=__version__,
    )


def _whole_surface(made: Plan) -> Floats | None:
    """The value of every state; None if it does not fit into memory."""
    try:
        return solve(made.model, start=made.setting.start, keep_value=True).value
    except TooLarge:
        return None


def _worth(made: Plan, value: Floats | None, known: Assessment, asked: Asked) -> tuple[ReportValue, ...]:
    helps = () if _speaks(known) else what_helps(made, ground(made), known)
    if value is None or not asked.full:
        return helps
    return (*helps, *worth_knowing(made, value, known.sd_adjoint or 0.0))


def _speaks(known: Assessment) -> bool:
    return known.state in (Knowledge.THIN, Knowledge.MEASURED)


def inputs_digest(made: Plan) -> str:
    """BLAKE2b-128 over everything the plan was made from, as hex.

    Dangers count to nine places: their last digits depend on which processor multiplies, the question does not.
    """
    setting_ = made.setting
    digest = blake2b(digest_size=16)
    digest.update(setting_.net.fingerprint().encode())
    digest.update(repr((setting_.party, setting_.terms, setting_.now.isoformat(), __version__)).encode())
    for array in (made.posterior.lost, made.posterior.back, made.posterior.kind, *(b.p for b in made.beliefs)):
        digest.update(np.ascontiguousarray(np.round(array, SAME_TO) + 0.0).tobytes())
    return digest.hexdigest()


def _money_bounds(made: Plan, known: Assessment) -> tuple[float | None, float | None]:
    """P(safe) with money rounded against the party, as printed, and with money rounded in its favour."""
    if known.mean is None:
        return None, None
    own = made.setting
    hopeful = setting(own.net, made.posterior, made.beliefs, own.party, own.terms, now=own.now, hopeful=True)
    high = made.chain.safe
    if not isinstance(hopeful, Refused):
        high = max(high, solved(hopeful, made.posterior, made.beliefs).chain.safe)
    return known.mean, min(1.0, known.mean + high - made.chain.safe)


def _weighings(made: Plan) -> tuple[Weighing, ...]:
    own = made.setting.terms.penalty
    found = []
    for penalty, other in weighed(made, tuple(sorted({*PENALTIES, own}))):
        ends = other.ends
        found.append(Weighing(penalty, ends.safe, ends.intercepted + ends.harmed + ends.missing, ends.stopped,
                              action_words(other, first_action(other)), penalty == own))
    return tuple(found)


def _warnings(made: Plan, known: Assessment, *, compared: bool) -> tuple[str, ...]:
    own = made.setting
    met = {int(a) for a in own.net.area[own.place_of[made.chain.place]]}
    said = [f"{own.net.areas[area]}: {warning}." for area in sorted(met) for warning in made.beliefs[area].warnings]
    said += [f"Reports on {own.net.areas[area]} contradict each other: {', '.join(made.beliefs[area].contradictions)}."
             for area in sorted(met) if made.beliefs[area].contradictions]
    said += sorted({sentence for area in met for sentence in made.beliefs[area].sources})
    return (*_under_floor(own.terms, known), *own.warnings, *said, *(() if compared else (TOO_LARGE,)), COMMON_SHOCK)


def _under_floor(terms: Terms, known: Assessment) -> tuple[str, ...]:
    """The organisation's floor is held against the low end; it hides nothing, it asks for a second person."""
    if terms.floor is None or (known.low is not None and _speaks(known) and known.low >= terms.floor):
        return ()
    if not _speaks(known):
        return (f"{FLOOR} not known to be reached: a second person must approve this.",)
    return (f"{FLOOR} not reached by the low end of the range: a second person must approve this.",)


# --- what the map draws ---------------------------------------------------------------------------------------------


def _places(made: Plan) -> tuple[Placed, ...]:
    net = made.setting.net
    rows = {place.code: place for place in net.book.places}
    country = {area.code: area.country for area in net.book.areas}
    goals = made.model.goal[: len(net.places)]
    return tuple(Placed(code, rows[code].near, rows[code].kind, country[rows[code].area], rows[code].map_lat,
                        rows[code].map_lon, bool(goals[index])) for index, code in enumerate(net.places))


def _lines(made: Plan, page: Tree) -> tuple[Line, ...]:
    """Legs as lines: the main branch, branches with their letter, the rest, what is closed; never what is forbidden."""
    net, posterior = made.setting.net, made.posterior
    main = {step.leg for step in page.main}
    letter = {step.leg: branch.letter for branch in reversed(page.contingencies) for step in branch.steps if step.leg}
    closed = {veto.leg for veto in made.setting.vetoes}
    rows = {leg.code: leg for leg in net.book.legs}
    found = []
    for index, code in enumerate(net.legs):
        if rows[code].status == "forbidden":
            continue
        leaves = np.unique(posterior.leg_leaf[:, index][posterior.leg_leaf[:, index] >= 0])
        dark = bool((~posterior.named[leaves] & (posterior.n_eff[leaves] < 1)).any())
        kind = "first" if code in main else "branch" if code in letter else "closed" if code in closed else "other"
        found.append(Line(code, rows[code].start, rows[code].end, rows[code].mode, kind,
                          letter.get(code, "") if kind == "branch" else "", dark))
    return tuple(found)


# --- what may not be said -------------------------------------------------------------------------------------------


def withheld(told: Answer) -> Answer:
    """Take every number out that the state of knowledge forbids: order and reasons stay."""
    if _speaks(told.assessment):
        return told
    return replace(
        told, tree=_without_shares(told.tree), after_first_crossing=None, curves=(), low_money=None, high_money=None,
        dangers=tuple(replace(d, loss=None, share=None, intercepted=None, harmed=None, missing=None, prior_share=None)
                      for d in told.dangers),
        weighings=tuple(replace(w, safe=None, lost=None, stopped=None) for w in told.weighings),
        choices=tuple(replace(c, value=None, safe=None, lost=None, worst_chance=None) for c in told.choices),
        changes=tuple(c for c in told.changes if c.kind in ("condition", "money", "time")),
        worth=tuple(_without_numbers(row) for row in told.worth),
    )


def _without_shares(page: Tree) -> Tree:
    return Tree(
        tuple(replace(step, share=None, loss=None) for step in page.main),
        tuple(replace(branch, share=None, steps=tuple(replace(step, share=None, loss=None) for step in branch.steps))
              for branch in page.contingencies),
        None, page.otherwise,
    )


def _without_numbers(row: ReportValue) -> ReportValue:
    return replace(row, changes_decision=None, shrinks_sd=None)


"""What would be known if the travellers were taken here: helpers, houses and other parties, at each step of a plan.

Whoever is taken may be made to tell. Travellers can tell what they have met so far, never what lies ahead, so knowledge
grows along the way: a leg gives away who serves it, a house itself and those in it. A helper who would be taken with
them can tell more than they can: what that helper knows onward. A helper met earlier is known, but free and can be
warned: what they know onward is not counted. Other parties are in danger where a leg or a house they use is known.

    known(step) = met on the way to it  +  known onward to the helpers of the step itself

Two histories are told of each step: the one that the branch draws, and the worst one that the plan allows (other
branches before it, and legs on which the party was turned back). A limit that an organisation sets is held against
the worst one. It is a veto and never a price: what is beyond it cannot be bought back by a better chance of arriving.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from waystation.network.rows import RouteBook
from waystation.planning.histories import Way, histories
from waystation.planning.results import Answer, Step

HOUSE_KINDS = frozenset({"safe_house", "mission"})
TOO_MUCH_KNOWN = "more would be known to whoever is taken there than the organisation allows"
Codes = frozenset[str]
NONE: Codes = frozenset()


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody who helps, as far as exposure goes: a code name, the legs and places they serve, what else they know.

    `knows` holds codes of legs, places and other helpers.
    """

    code: str
    serves: Codes
    knows: Codes = NONE


@dataclass(frozen=True, slots=True)
class Known:
    """Who can be given away: by leg or place the helpers and other parties there, the houses, what helpers know."""

    serves: Mapping[str, Codes] = field(default_factory=dict)  # leg or place -> helpers
    houses: Codes = NONE  # places that must stay unknown
    parties: Mapping[str, Codes] = field(default_factory=dict)  # leg or place -> other parties that use it now
    onward: Mapping[str, Codes] = field(default_factory=dict)  # helper -> legs, places and helpers that they know

    @property
    def helpers(self) -> Codes:
        """Everybody who can be given away."""
        return NONE.union(self.onward, *self.serves.values())


@dataclass(frozen=True, slots=True)
class Told:
    """What would come out, as sorted codes; `onward` of it only through a helper who is taken with the travellers."""

    helpers: tuple[str, ...] = ()
    houses: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    onward: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """Helpers, houses and parties together: what a limit is held against."""
        return len(self.helpers) + len(self.houses) + len(self.parties)


@dataclass(frozen=True, slots=True)
class Exposed:
    """One step of the plan: what would be known if the party were taken on this leg, or at this place."""

    letter: str  # of the branch; empty on the main one
    place: str
    leg: str  # empty: at the place itself
    to: str  # the place itself, at a place
    mode: str
    told: Told
    worst: Told  # by the history, of all that the plan allows, that gives most away


def known_of(book: RouteBook, helpers: Iterable[Helper], *, parties: Mapping[str, Codes] | None = None) -> Known:
    """Who can be given away, from a route book (its guides, its houses) and the helpers the organisation knows.

    >>> from waystation.network.example import example_book
    >>> known = known_of(example_book(), [Helper("HERON", frozenset({"L2", "MID"}), frozenset({"G1"}))])
    >>> sorted(known.serves["L2"]), sorted(known.serves["MID"]), sorted(known.onward["HERON"])
    (['G1', 'HERON'], ['HERON'], ['G1', 'L2', 'MID'])
    """
    everybody = [*helpers, *(Helper(guide.code, frozenset(guide.legs)) for guide in book.guides)]
    serves: dict[str, Codes] = {}
    onward: dict[str, Codes] = {}
    for one in everybody:
        for code in one.serves:
            serves[code] = serves.get(code, NONE) | {one.code}
        onward[one.code] = onward.get(one.code, NONE) | one.knows | one.serves
    houses = frozenset(place.code for place in book.places if place.kind in HOUSE_KINDS)
    return Known(serves, houses, dict(parties or {}), onward)


def told(known: Known, met: Codes, here: str) -> Told:
    """What would come out if the party were taken at `here` (a leg or a place), having met `met`, which includes it.

    >>> known = Known({"L1": frozenset({"HERON"})}, frozenset({"ALDER"}), {"ALDER": frozenset({"P2"})},
    ...               {"HERON": frozenset({"ALDER"})})
    >>> told(known, frozenset({"L1"}), "L1")
    Told(helpers=('HERON',), houses=('ALDER',), parties=('P2',), onward=('ALDER', 'P2'))
    """
    helpers = NONE.union(*(known.serves.get(code, NONE) for code in met))
    houses = met & known.houses
    parties = NONE.union(*(known.parties.get(code, NONE) for code in met))
    more = NONE.union(*(known.onward.get(one, NONE) for one in known.serves.get(here, NONE)))
    more_helpers, more_houses = helpers | (more & known.helpers), houses | (more & known.houses)
    more_parties = parties.union(*(known.parties.get(code, NONE) for code in more))
    onward = (more_helpers - helpers) | (more_houses - houses) | (more_parties - parties)
    return Told(*(tuple(sorted(codes)) for codes in (more_helpers, more_houses, more_parties, onward)))


def exposure(answer: Answer, known: Known) -> tuple[Exposed, ...]:
    """What would be known at each step of a plan and its branches, in the order in which the page tells them.

    A goal has no row: nobody is taken there. Nothing here is a chance; how likely a loss is says the plan itself.
    """
    known = _with_guides(answer, known)
    goals = frozenset(place.code for place in answer.places if place.goal)
    branches = [("", answer.tree.main), *((one.letter, one.steps) for one in answer.tree.contingencies)]
    ways = [Way(step.place, step.leg, step.to) for _, steps in branches for step in steps if step.leg]
    start = answer.terms.start
    worst = histories(start, ways, carries=_carriers(known))
    drawn: dict[str, Codes] = {start: frozenset({start})}
    rows: list[Exposed] = []
    for letter, steps in branches:
        if not letter and start not in goals:
            rows.append(_row(known, letter, start, "", start, "", drawn[start], worst))
        met = drawn.get(steps[0].place, frozenset({steps[0].place})) if steps else NONE
        for step in steps:
            if not step.leg:
                continue
            met = met | {step.leg}
            rows.append(_row(known, letter, step.place, step.leg, step.to, step.mode, met, worst))
            met = met | {step.to}
            drawn.setdefault(step.to, met)
            if step.to not in goals:
                rows.append(_row(known, letter, step.to, "", step.to, "", met, worst))
    return tuple(rows)


def _row(known: Known, letter: str, place: str, leg: str, to: str, mode: str, met: Codes,
         worst: Mapping[str, tuple[Codes, ...]]) -> Exposed:
    here = leg or place
    drawn = told(known, met, here)
    others = [told(known, history | {place, here}, here) for history in worst.get(place, ())]
    return Exposed(letter, place, leg, to, mode, drawn, max([drawn, *others], key=lambda one: one.count))


def beyond(rows: Iterable[Exposed], limit: int | None) -> tuple[Exposed, ...]:
    """The steps at which more would be known than the organisation allows; none if it set no limit."""
    return () if limit is None else tuple(row for row in rows if row.worst.count > limit)


def without_exposed(book: RouteBook, known: Known, limit: int | None) -> RouteBook:
    """The book with those legs closed that by themselves give more away than the limit, whatever came before.

    They are taken out before anything is planned, so that a way around them is looked for. What only a whole way adds
    up to is seen when there is a way: `exposure` and `beyond` judge that afterwards, and the plan is then refused.
    """
    if limit is None:
        return book
    goals = frozenset(place.code for place in book.places if place.goal)
    legs = []
    for leg in book.legs:
        on_it = told(known, frozenset({leg.start, leg.code}), leg.code).count
        arrived = 0 if leg.end in goals else told(known, frozenset({leg.start, leg.code, leg.end}), leg.end).count
        shut = max(on_it, arrived) > limit and leg.status not in {"closed", "forbidden"}
        legs.append(replace(leg, status="closed", reason=TOO_MUCH_KNOWN) if shut else leg)
    return replace(book, legs=tuple(legs))


def _with_guides(answer: Answer, known: Known) -> Known:
    """The guide that a step names serves its leg, whether or not a contact says so."""
    serves = dict(known.serves)
    steps: list[Step] = [*answer.tree.main, *(step for one in answer.tree.contingencies for step in one.steps)]
    for step in steps:
        if step.leg and step.guide:
            serves[step.leg] = serves.get(step.leg, NONE) | {step.guide}
    return replace(known, serves=serves)


def _carriers(known: Known) -> Codes:
    """Legs and places by which anybody is given away; what carries nothing is not worth remembering."""
    return known.houses | {code for code, who in (*known.serves.items(), *known.parties.items()) if who}

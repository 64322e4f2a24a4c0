"""Whether a party on its way may be divided so: who must stay with whom, and what is wrong with a proposed division.

    wrong(people, households, division)     what refuses it
    warned(people, households, division)    what is shown, and needs a reason of its own
    kept(..., why_apart=reason)             nothing is wrong, and each warning was answered
    joined(parts)                           who is together again; nobody, while a part is elsewhere or on its way

What nobody asked counts as the stricter answer: a household without a rule must stay together; whoever has no age is
a child to be looked after, and no adult who looks after one; whoever was not asked whether they manage alone does not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from waystation.casework.people import Household

OWN = frozenset({"suspended", "left", "handed over", "complete", "learnt"})  # what became of a part that joins nobody


class Wrong(StrEnum):
    """What refuses a division."""

    FEW = "few"  # fewer than two parts
    EMPTY = "empty"  # a part without people
    STRANGER = "stranger"  # somebody who is not of this party
    NOWHERE = "nowhere"  # in no part: left behind
    TWICE = "twice"  # in more than one part, or named twice in one
    HOUSEHOLD = "household"  # it must stay together, or nobody asked
    NEVER = "never"  # people who are never to be parted
    GUARDIAN = "guardian"  # a child without a grown guardian of its own in its part
    ALONE = "alone"  # needs somebody, and no other adult is in the part


class Warned(StrEnum):
    """What is shown and needs a reason."""

    PREFER = "prefer"  # a household that would rather stay together


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody of the party, by id; each default is the one that refuses."""

    id: str
    child: bool | None = None  # None: nobody knows the age
    guardians: frozenset[str] = frozenset()  # a parent, grandparent or guardian, by id
    needs_somebody: bool = True  # does not manage without another adult


class Fault(NamedTuple):
    """One thing that is wrong, and with whom: ids in order, empty where it is the division as a whole."""

    wrong: Wrong
    who: tuple[str, ...] = ()


class Part(NamedTuple):
    """A part of a party that was divided, as its own journey now stands: its step, its place, its people."""

    status: str
    at: str
    people: tuple[str, ...]


class Doubt(NamedTuple):
    """One thing to be answered with a reason, and whom it touches."""

    warned: Warned
    who: tuple[str, ...]


def wrong(people: Sequence[Person], households: Sequence[Household],
          division: Sequence[Sequence[str]]) -> tuple[Fault, ...]:
    """Everything that refuses a division of these people into these parts; empty if nothing does.

    `division` holds the ids of each part. Households name their members by the same ids; whoever of them is not of the
    party parts nobody.

    >>> family = Household(("mother", "son", "aunt"), "may")
    >>> three = [Person(id="mother", child=False, needs_somebody=False),
    ...          Person(id="son", child=True, guardians=frozenset({"mother"}), needs_somebody=False),
    ...          Person(id="aunt", child=False, needs_somebody=False)]
    >>> wrong(three, [family], [["mother", "son"], ["aunt"]])
    ()
    >>> [(str(one.wrong), one.who) for one in wrong(three, [family], [["mother"], ["son", "aunt"]])]
    [('guardian', ('son',))]
    """
    return (*_shape(people, division), *_bonds(people, households, division), *_care(people, division))


def warned(people: Sequence[Person], households: Sequence[Household],
           division: Sequence[Sequence[str]]) -> tuple[Doubt, ...]:
    """The households that a division parts although they would rather stay together.

    >>> two = [Person(id=one, child=False, needs_somebody=False) for one in "ab"]
    >>> [one.who for one in warned(two, [Household(("a", "b"), "prefer")], [["a"], ["b"]])]
    [('a', 'b')]
    """
    return tuple(Doubt(Warned.PREFER, group) for house in households if house.stay_together == "prefer"
                 if _parted(group := _here(people, house.members), division))


def kept(people: Sequence[Person], households: Sequence[Household], division: Sequence[Sequence[str]], *,
         why_apart: str = "") -> bool:
    """Whether a party may be divided so: nothing is wrong, and each warning has its reason.

    >>> two = [Person(id=one, child=False, needs_somebody=False) for one in "ab"]
    >>> would_rather = [Household(("a", "b"), "prefer")]
    >>> kept(two, would_rather, [["a"], ["b"]]), kept(two, would_rather, [["a"], ["b"]], why_apart="one boat of two")
    (False, True)
    """
    return not wrong(people, households, division) and (
        bool(why_apart.strip()) or not warned(people, households, division))


def joined(parts: Iterable[Part]) -> tuple[str, ...]:
    """Who is together again: the people of at least two parts that rest at one place, while no other is on its way.

    A part that was taken, that left or that arrived stays a journey of its own. Any other step counts as on the way,
    also one that this rule does not know: nobody is called together who may be missing.

    >>> joined([Part("resting", "PLUM", ("b",)), Part("resting", "PLUM", ("a",)), Part("suspended", "", ("c",))])
    ('a', 'b')
    >>> joined([Part("resting", "PLUM", ("b",)), Part("moving", "PLUM", ("a",))])
    ()
    """
    there = [one for one in parts if one.status not in OWN]
    met = len(there) > 1 and all(one.status == "resting" and one.at == there[0].at != "" for one in there)
    return tuple(sorted(name for one in there for name in one.people)) if met else ()


def _shape(people: Sequence[Person], division: Sequence[Sequence[str]]) -> Iterable[Fault]:
    """Everybody is in exactly one part, nobody else is, and there are two parts at least."""
    if len(division) < 2:
        yield Fault(Wrong.FEW)
    if not all(division):
        yield Fault(Wrong.EMPTY)
    named, party = [one for part in division for one in part], {one.id for one in people}
    for what, who in ((Wrong.STRANGER, set(named) - party), (Wrong.NOWHERE, party - set(named)),
                      (Wrong.TWICE, {one for one in named if named.count(one) > 1})):
        if who:
            yield Fault(what, tuple(sorted(who)))


def _bonds(people: Sequence[Person], households: Sequence[Household],
           division: Sequence[Sequence[str]]) -> Iterable[Fault]:
    """Who must stay with whom. Never to be parted holds whatever the rule of the household is."""
    for house in households:
        group = _here(people, house.members)
        if house.stay_together not in {"may", "prefer"} and _parted(group, division):
            yield Fault(Wrong.HOUSEHOLD, group)
        for never in house.never_parted:
            if _parted(close := _here(people, never), division):
                yield Fault(Wrong.NEVER, close)


def _care(people: Sequence[Person], division: Sequence[Sequence[str]]) -> Iterable[Fault]:
    """Each child has a grown guardian with it, and whoever needs somebody has another adult.

    Asked of every part somebody is in; whoever is in none is found by `_shape`.
    """
    adults = {one.id for one in people if one.child is False}
    for one in people:
        theirs = [set(part) - {one.id} for part in division if one.id in part]
        if one.child is not False and not all(part & adults & one.guardians for part in theirs):
            yield Fault(Wrong.GUARDIAN, (one.id,))
        if one.needs_somebody and not all(part & adults for part in theirs):
            yield Fault(Wrong.ALONE, (one.id,))


def _here(people: Sequence[Person], members: Iterable[str]) -> tuple[str, ...]:
    """Those of a group who are of the party."""
    return tuple(sorted({one.id for one in people} & set(members)))


def _parted(group: Sequence[str], division: Sequence[Sequence[str]]) -> bool:
    """Whether no part has all of them."""
    return bool(group) and not any(set(group) <= set(part) for part in division)

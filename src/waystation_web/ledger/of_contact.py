"""What the ledger lays on the table of a contact: what was paid or asked, what a line was marked with, and sums of a
betrayal in months of wages where they serve.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext

from waystation.ledger.entries import Direction, Kind
from waystation.ledger.observations import Sort, Unit
from waystation.ledger.wages import months_of
from waystation.trust.flags import RULES, Fact
from waystation.trust.incentive import Figure
from waystation.trust.links import plain
from waystation.trust.ploys import Demand
from waystation.trust.suggested import Ask
from waystation.units import Money
from waystation_web.contacts.contact import Contact
from waystation_web.contacts.flags import names
from waystation_web.contacts.gathering import Found, Looks, Source
from waystation_web.vault.actor import Actor

from .entry import Line, State
from .figures import Figures
from .reading import ledger

# What the writer of a line marks it with, and the rule of a flag that it speaks of; others have one name in both.
RULE_OF = {"soon": "haste", "more": "grows", "travel": "come_here", "same_account": "shared"}
VOID = frozenset({State.TAKEN_BACK, State.COUNTER})


def lay(actor: Actor, contact: Contact, looks: Looks, found: Found) -> None:
    """Lines to any of their names, and what is known of rewards, fines and wages in their countries."""
    held = ledger(actor, seen=looks.people)
    called = {plain(one) for one in names(contact.record.body)} - {""}
    theirs = [one for one in held.lines if plain(one.entry.contact) in called and one.state not in VOID
              and one.entry.direction is Direction.OUT]
    found.asked += [_ask(one) for one in theirs if one.entry.kind is Kind.RANSOM]  # a fee is agreed, and not demanded
    found.marked += [(rule, Fact.told("A payment to them was marked so.", one.entry.day)) for one in theirs
                     for mark in one.body.get("flags") or () if (rule := RULE_OF.get(mark, mark)) in RULES]
    for _, one in held.told:
        if contact.countries and one.place.partition("-")[0] not in contact.countries:
            continue
        figure = _figure(one.amount, [one.place], one.day, held.figures, f"{one.source} ({one.grade})".strip(),
                         "" if one.unit is Unit.UNKNOWN else one.unit.value)
        if figure is not None and one.sort is Sort.REWARD:
            found.rewards.append(figure)
        elif figure is not None and one.sort is Sort.HELPING_FINE:
            found.fines.append(figure)
    owed = [_figure(one.entry.amount, contact.countries, one.entry.day, held.figures, gettext("our ledger"), "")
            for one in theirs if one.waits]
    found.owed += [one for one in owed if one is not None]


def _ask(line: Line) -> Ask:
    entry = line.entry
    return Ask(Demand(entry.day, entry.amount, entry.paid), release=True, case=entry.case)


def _figure(amount: Money, places: Iterable[str], day: date, figures: Figures, source: str, of: str) -> Figure | None:
    """A sum as months of wages at the first of some places of which a wage is known; None without a wage or a rate."""
    for place in places:
        found = months_of(amount, place, day, wages=figures.wages, rates=figures.rates)
        if found is not None:
            return Figure(found.months, of, source, day)
    return None


SOURCE = Source(lay, people=("money",))

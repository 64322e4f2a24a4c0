"""The case for and against a contact: one sentence each, from everything that whoever looks may read.

Where nothing is known it says so, in words; nothing here is ever shown as good because nobody wrote down anything bad.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from waystation.trust.flags import RULES, Fact
from waystation.trust.incentive import Incentive, incentive
from waystation.trust.links import Graph, Sort, plain
from waystation.trust.suggested import Known, Led, led, suggested
from waystation.trust.vetting import UNUSABLE
from waystation_web.gateways import clock

from . import saying
from .contact import Contact
from .flags import names
from .gathering import Found
from .suggesting import Suggestion, suggestions

TYPES = {"journey": _("journeys"), "incident": _("incidents"), "money": _("payments"), "report": _("reports")}


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the case. `known`: it rests on something that was written down."""

    about: str
    sentence: str = field(repr=False)
    known: bool


@dataclass(frozen=True, slots=True)
class Weighed:
    """The whole case. `sources`: what the sums of money rest on; `unread`: what this person may not read of it."""

    lines: tuple[Line, ...]
    suggested: tuple[Suggestion, ...]
    sources: tuple[str, ...] = field(repr=False)
    unread: tuple[Any, ...]
    broken: int


def weigh(one: Contact, others: Sequence[Contact], graph: Graph, found: Found, *, exposed: int | None,
          unread: Iterable[str]) -> Weighed:
    """Everything about one contact, in sentences."""
    called = {each.id.hex(): each.code_name for each in (*others, one)}
    known = known_of(one, others, graph, found, called)
    with_them, pays = led(known), _pays(known, found, exposed)
    lines = (_vetted(one), _went(with_them), _reported(found), _flagged(one), _linked(one, graph, called),
             Line(gettext("What a betrayal would pay"), saying.incentive(pays), len(pays.missing) < len(ALL)))
    return Weighed(lines, suggestions(one, suggested(known)),
                   tuple(f"{source}, {on:%Y-%m-%d}" for source, on in pays.sources),
                   tuple(TYPES[type_] for type_ in unread if type_ in TYPES), len(set(found.broken)))


ALL = incentive(1).missing


def known_of(one: Contact, others: Iterable[Contact], graph: Graph, found: Found, called: dict[str, str]) -> Known:
    """What the core looks at."""
    prices: dict[str, list[Any]] = {}
    for other in others:
        for each in other.asked:
            if each.ask.of and not each.ask.release:
                prices.setdefault(plain(each.ask.of), []).append(each.ask.demand.amount)
    mine = one.id.hex()
    shared = tuple(Fact.told("The same number or account stands at {name}.", link.last,
                             name=called[link.other if link.one == mine else link.one])
                   for link in graph.links if mine in {link.one, link.other} and link.sort is Sort.PHONE)
    return Known(
        name=one.code_name, names=tuple(names(one.record.body)), roles=frozenset(one.roles),
        since=one.record.made.at.date(), places=one.places,
        asked=(*(each.ask for each in one.asked), *found.asked),
        others={of: tuple(amounts) for of, amounts in prices.items()}, begun=tuple(found.begun), calm=tuple(found.calm),
        area_of=found.area_of, shared=shared, marked=tuple(found.marked), taken=tuple(found.taken))


def _pays(known: Known, found: Found, exposed: int | None) -> Incentive:
    """For the newest party that they led, whose size somebody wrote down; else for one person."""
    sizes = [(leg.on, leg.size) for leg in known.led if leg.size]
    size = max(sizes)[1] if sizes else 1
    all_of_them = led(known).all
    return incentive(size or 1, rewards=found.rewards, owed=found.owed, fines=found.fines, exposed=exposed,
                     record=all_of_them if all_of_them.known else None)


def _vetted(one: Contact) -> Line:
    about, today = gettext("Vetting"), clock.today()
    if not one.vettings:
        return Line(about, gettext("We do not know: nobody has vetted this contact."), known=False)
    last = one.vettings[-1]
    said = {"what": gettext(last.words), "who": last.reviewer, "on": f"{last.on:%Y-%m-%d}",
            "ends": f"{last.ends:%Y-%m-%d}" if last.ends else ""}
    if last.result in UNUSABLE:
        return Line(about, gettext("%(what)s. Decided by %(who)s on %(on)s.") % said, known=True)
    if one.standing(today) == "expired":
        return Line(about, gettext("We do not know: what %(who)s decided on %(on)s ended on %(ends)s.") % said,
                    known=False)
    return Line(about, gettext("%(what)s. Decided by %(who)s on %(on)s, holds until %(ends)s.") % said, known=True)


def _went(seen: Led) -> Line:
    said = saying.went(seen)
    return Line(gettext("Journeys with them"), said or gettext("We do not know: no journey with them is on record."),
                known=bool(seen.all.known))


def _reported(found: Found) -> Line:
    about = gettext("Their reports")
    if not found.reports:
        return Line(about, gettext("We do not know: nothing that they reported stands in the route book."), known=False)
    said = saying.learnt(found.learnt) if found.learnt else ""
    if said:
        return Line(about, said, known=True)
    return Line(about, gettext("We do not know: of %(n)s reports too few could be checked.") % {"n": found.reports},
                known=False)


def _flagged(one: Contact) -> Line:
    about, today = gettext("Flags"), clock.today()
    up = dict.fromkeys(gettext(RULES[flag.rule].sentence) for flag in one.flags if flag.lift(today) is None)
    if up:
        return Line(about, " ".join(up), known=True)
    if one.flags:
        return Line(about, gettext("Every flag that was raised rests now."), known=True)
    return Line(about, gettext("Nobody raised a flag. That does not say that there is nothing."), known=False)


def _linked(one: Contact, graph: Graph, called: dict[str, str]) -> Line:
    about, mine = gettext("Links"), one.id.hex()
    near = sorted({called[who] for who, steps in graph.degrees(mine).items() if steps == 1}, key=str.casefold)
    if not near:
        return Line(about, gettext("Nothing that you hold links anybody to this contact. That does not say that nobody "
                                   "is."), known=False)
    return Line(about, gettext("They share a number or a name with: %(names)s.") % {"names": ", ".join(near)},
                known=True)

"""What the codes of a choice of missions are called, in the reader's language."""

from __future__ import annotations

from math import ceil

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from waystation.portfolio.limits import Kind, Out

from .chosen import ASKED, CANNOT, COMPUTED, DECIDED, MOVE, NOT_SIGNED, WAIT

STATUS = {
    COMPUTED: _("nobody has proposed anything yet"), ASKED: _("proposed by one; waits for the second signature"),
    DECIDED: _("chosen by two"), NOT_SIGNED: _("not signed by the second person"),
}
LOOKS = {COMPUTED: "off", ASKED: "late", DECIDED: "done", NOT_SIGNED: "off"}
WHAT = {MOVE: _("move"), WAIT: _("wait"), CANNOT: _("cannot be moved now")}
CLASSES = {"children": _("children"), "pregnant": _("pregnant women"), "older": _("people of 60 and above"),
           "ill": _("people who are seriously ill"), "held": _("people held by a captor")}
LEFT = {
    "no_plan": _("no plan was asked for"), "no_need": _("nobody wrote down how great the need is"),
    "decided": _("a go was decided already"), "no_way": _("no plan of it fits into these weeks"),
    "past": _("its plans begin before these weeks: plan again"), "beyond": _("its plans end after these weeks"),
    "currency": _("its plans are in another currency"), "part": _("its plans are for a part of it alone"),
    "unreadable": _("its plans do not say what is needed: plan again"),
}
OUT = {
    Out.UNKNOWN: _("we do not know how safe it is: it is never chosen by numbers"),
    Out.BELOW_FLOOR: _("its low end lies below the safety floor"), Out.LEFT: _("left out by your word"),
}
KINDS = {
    Kind.BUDGET: _("money"), Kind.PURSE: _("a donor's money"), Kind.GUIDE: _("guide"), Kind.HOUSE: _("safe house"),
    Kind.DESK: _("parties that the desk can follow"), Kind.AREA: _("people who pass an area"),
    Kind.SHARED_GUIDE: _("missions that share a guide"), Kind.SHARED_HOUSE: _("missions that share a house"),
    Kind.BAD_CASE: _("people lost in the bad case"),
}
FAULTS = {
    "missing": _("Nothing is decided of it."), "reason": _("Write why."),
    "gone": _("This cannot move by this plan any more: its case or its plan has changed. Ask again."),
    "unreadable": _("What was sent does not fit what is asked. Load the page again."),
}


def working(_told: str) -> str:
    """What the child works at."""
    return gettext("looking which missions fit together")


def limit(kind: Kind, name: str, week: int) -> str:
    """Which limit, in words; an area is counted in two weeks that follow each other."""
    told = f"{KINDS[kind]} {name}".strip()
    if not week:
        return told
    if kind is Kind.AREA:
        return gettext("%(what)s, weeks %(week)d and %(next)d") % {"what": told, "week": week, "next": week + 1}
    return gettext("%(what)s, week %(week)d") % {"what": told, "week": week}


def amount(kind: Kind, number: float, currency: str) -> str:
    """How much of a limit, rounded up: less would not be enough."""
    if kind in {Kind.BUDGET, Kind.PURSE}:
        return f"{ceil(number):,} {currency}"
    shown = people(ceil(round(10 * number, 6)) / 10)
    how_many = 1 if shown == "1" else 2  # 1.5 is said like 2
    if kind is Kind.HOUSE:
        return ngettext("%(n)s bed", "%(n)s beds", how_many) % {"n": shown}
    if kind in {Kind.AREA, Kind.BAD_CASE}:
        return ngettext("%(n)s person", "%(n)s people", how_many) % {"n": shown}
    if kind in {Kind.GUIDE, Kind.DESK}:
        return ngettext("%(n)s party", "%(n)s parties", how_many) % {"n": shown}
    return ngettext("%(n)s mission", "%(n)s missions", how_many) % {"n": shown}


def people(number: float) -> str:
    """A count of people, with one decimal at most.

    >>> people(3.0), people(2.46)
    ('3', '2.5')
    """
    return f"{number:,.1f}".removesuffix(".0")


def counted(number: int) -> str:
    """People, counted."""
    return ngettext("%(n)d person", "%(n)d people", number) % {"n": number}

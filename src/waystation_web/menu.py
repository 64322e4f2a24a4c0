"""The head of every page: a few pages by themselves, the others in groups that unfold, each shown to whom it serves.

What is looked at many times a day is one press away; a group that would hold a single page is that page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from waystation.access import Role

ALL = frozenset(Role)
CO, CW, FL, RO, RE, FI, SO, AU, OH = Role  # in the order of the table of roles


@dataclass(frozen=True)
class Entry:
    """One page: its name in the head, the name of its address, and whom it serves."""

    words: str | Promise
    to: str
    serves: frozenset[Role] = ALL


@dataclass(frozen=True)
class Shown:
    """What stands in the head: a page with its address, or a group with pages of its own; `now` marks where one is."""

    words: str | Promise
    at: str = ""
    pages: tuple[Shown, ...] = ()
    now: str = ""


# Pages that have an address of their own and are reached from a page of the head: by the first part of the address.
BESIDE = {"hand-over": "duty", "decisions": "plan-compare", "season": "plan-compare", "what-if": "plan-compare",
          "plan": "plan-compare", "incidents": "journeys", "destroy": "cases", "figures": "rights", "packs": "stories",
          "petitions": "directory", "own-files": "complaints", "demands": "complaints", "breaches": "protection",
          "board": "home"}


def _now(to: str, at: str, path: str) -> str:
    """How the head marks one of its pages for somebody at an address: it is the page, or its part of the office.

    >>> _now("cases", "/cases/", "/cases/"), _now("cases", "/cases/", "/cases/7/"), _now("home", "/", "/cases/")
    ('page', 'true', '')
    >>> _now("journeys", "/journeys/", "/incidents/7/")
    'true'
    """
    if path == at:
        return "page"
    within = at != "/" and path.startswith(at)
    return "true" if within or BESIDE.get(path.split("/")[1] if "/" in path else "") == to else ""


def _entry(words: str | Promise, to: str, *serves: Role) -> Entry:
    return Entry(words, to, frozenset(serves) or ALL)


Group = tuple[str | Promise, tuple[Entry, ...]]
ALONE: Group = ("", (_entry(_("Today"), "home"), _entry(_("Search"), "search"), _entry(_("Cases"), "cases", CO, CW),
                     _entry(_("On the way"), "journeys", CO)))
GROUPS: tuple[Group, ...] = (
    ALONE,
    (_("Roads"), (_entry(_("Plans"), "plan-compare", CO, SO, OH), _entry(_("Route book"), "book", CO),
                  _entry(_("Contacts"), "contacts", CO, FL, SO))),
    (_("After arrival"), (_entry(_("Arrivals"), "arrivals", CW), _entry(_("Status"), "applications", CW, RO))),
    (_("Rights"), (_entry(_("Testimony"), "statements", RO, CW), _entry(_("Testimony"), "coded-events", RE),
                    _entry(_("Evidence"), "evidence", RO, CW, RE), _entry(_("Letters"), "letters", CO, CW, RO),
                    _entry(_("Stories"), "stories", CW, RO, RE, SO),
                    _entry(_("Library"), "library", *(ALL - {AU})), _entry(_("Law"), "rights"))),
    (_("House"), (_entry(_("Money"), "ledger", CO, CW, FI), _entry(_("Duty"), "duty"),
                  _entry(_("Claims"), "complaints"), _entry(_("Directory"), "directory", *(ALL - {AU})),
                  _entry(_("Notes"), "notes"),
                  _entry(_("People"), "people"), _entry(_("Record"), "audit-log", AU, SO),
                  _entry(_("Protection"), "protection", AU, SO, OH))),
)


def head(roles: Collection[Role], path: str = "") -> Iterator[Shown]:
    """What somebody with these roles finds in the head of a page. Of two pages with one name the first stands."""
    held = frozenset(roles)
    for words, entries in GROUPS:
        pages: dict[str, Shown] = {}
        for entry in entries:
            if held & entry.serves:
                at = reverse(entry.to)
                pages.setdefault(str(entry.words), Shown(entry.words, at, now=_now(entry.to, at, path)))
        if words and len(pages) > 1:
            yield Shown(words, pages=tuple(pages.values()))
        else:
            yield from pages.values()

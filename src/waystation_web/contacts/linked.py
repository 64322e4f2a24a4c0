"""Who hangs together with a contact, over numbers, accounts and names: a picture, and the same as a table.

Numbers are compared and never shown: who looks learns that two share one, and neither the number nor a piece of it.
Only what this person holds is compared, and the page says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from waystation.trust.links import Link, Sort
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor

from .contact import Contact, contact_of
from .joining import graph_of
from .queries import contacts

SHARED = {Sort.PHONE: _("the same number or account"), Sort.ALIAS: _("the same name, or one name in two spellings")}
LOOKS = {Sort.PHONE: "number", Sort.ALIAS: "name"}
LEFT, TOP, ROW = 96, 28, 44  # of the picture, in its own units; 340 wide


@dataclass(frozen=True, slots=True)
class Joined:
    """Two that share something. `name` stands only for what is no number."""

    one: str = field(repr=False)
    other: str = field(repr=False)
    shared: Any
    name: str = field(repr=False)
    last: date | None


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture in numbers: its height, arcs (look, path), people (y, y of the name, name, whether it is they)."""

    high: int
    arcs: tuple[tuple[str, str], ...]
    spots: tuple[tuple[int, int, str, bool], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Linked:
    """Everybody who hangs together with a contact. `far`: who stands how many steps away, the nearest first."""

    contact: Contact = field(repr=False)
    far: tuple[tuple[str, int, str], ...] = field(repr=False)  # name, steps, id
    links: tuple[Joined, ...] = field(repr=False)
    hubs: int
    numbers: int
    picture: Drawing | None = field(repr=False)


def linked(actor: Actor, contact: bytes) -> Linked:
    """The page of links. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        one = contact_of(kept.one(actor, contact, "contact"))
        others = contacts(actor, refused=[], looked=True)
        held = kept.every(actor, "handle", refused=[], looked=False)
    known = {each.id.hex(): each for each in others}
    found, numbers = graph_of(one, others, held)
    far = sorted(((known[who].code_name, steps, who) for who, steps in found.degrees(one.id.hex()).items()),
                 key=lambda line: (line[1], line[0].casefold(), line[2]))
    called = {who: each.code_name for who, each in known.items()}
    around = found.around(one.id.hex())
    return Linked(one, tuple(far), tuple(_joined(link, called) for link in around), len(found.hubs), numbers,
                  drawn([(who, name) for name, _, who in far], around))


def drawn(people: list[tuple[str, str]], around: tuple[Link, ...]) -> Drawing | None:
    """People below each other, the nearest first, and an arc for each link; the template draws it and escapes names."""
    if len(people) < 2:
        return None
    at = {who: TOP + ROW * k for k, (who, _) in enumerate(people)}
    arcs = tuple((LOOKS[link.sort], _arc(at[link.one], at[link.other], k)) for k, link in enumerate(around))
    spots = tuple((at[who], at[who] + 5, _short(name), k == 0) for k, (who, name) in enumerate(people))
    return Drawing(2 * TOP + ROW * (len(people) - 1), arcs, spots)


def _arc(one: int, other: int, k: int) -> str:
    """To the left of the names; the farther apart two stand, the wider. Several between the same two part a little."""
    low, high = sorted((one, other))
    bend = LEFT - min(LEFT - 8, 24 + (high - low) * 3 // 10 + 6 * (k % 3))
    return f"M{LEFT} {low}C{bend} {low} {bend} {high} {LEFT} {high}"


def _joined(link: Link, called: dict[str, str]) -> Joined:
    number = link.sort is Sort.PHONE
    return Joined(called[link.one], called[link.other], SHARED[link.sort], "" if number else link.through, link.last)


def _short(name: str) -> str:
    return name if len(name) <= 24 else f"{name[:23]}…"

"""What the pages of packages show."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext, gettext_noop

from waystation_web.audit.actions import record, record_read
from waystation_web.audit.events import Event
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.records.record import moment
from waystation_web.takeout.order import fingerprint
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted

from . import agreeing, queries, telling
from .actions_package import held_package, standing
from .item import SORT as ITEM
from .item import item_of
from .package import SORT, TYPE, Package, package_of

NOT_HELD = gettext_noop("You do not hold a statement that goes along, so you do not see whether it may still go.")


@dataclass(frozen=True, slots=True)
class Shown:
    """One package as a page shows it."""

    of: Package
    state: str
    print: str
    asked_by: str
    asked_at: datetime
    signed_by: str
    contents: list[tuple[str, str]]
    may_sign: bool
    may_build: bool
    stopped: str     # of a package that was built: why it must not be handed over any more, or nobody here can know


@dataclass(frozen=True, slots=True)
class Listing:
    """Every package, and what could go into another one."""

    packages: list[Shown]
    parts: list[tuple[str, str]] = field(repr=False)
    people: list[tuple[str, str]] = field(repr=False)
    told: list[tuple[str, str]] = field(repr=False)
    no_second: bool


def listing(actor: Actor) -> Listing:
    """Packages, the newest first. Raises `NoSuchVault` for whoever makes none."""
    if not kept.may_make(actor, TYPE):
        raise NoSuchVault
    people = kept.colleagues()
    with writing():
        every = kept.every(actor, TYPE, looked=False, refused=[])
        record(actor, Event.LIST_READ, count=len(every))
    found = [package_of(one) for one in every if one.body.get("sort") == SORT and one.body.get("approval")]
    items = [item_of(one) for one in every if one.body.get("sort") == ITEM and one.body.get("state") == "sealed"]
    parts = [(f"{item.id.hex()}/{part}", f"{item.title} · {words}") for item in items
             for part, words in [*([] if item.covert else [("original", gettext("the original"))]),
                                 *((copy.number, gettext("copy %s") % copy.number) for copy in item.copies
                                   if copy.cleared)]]
    with writing():
        shown = [_shown(actor, one, people) for one in found]
    return Listing(sorted(shown, key=lambda one: one.asked_at, reverse=True), parts, agreeing.people(actor),
                   telling.choices(actor), queries.nobody_signs_after(actor, people.values()))


def one(actor: Actor, package_id: bytes) -> Shown:
    """One package. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        package = held_package(actor, package_id)
        record_read(actor, package.record.opened)
        return _shown(actor, package, kept.colleagues())


def _shown(actor: Actor, package: Package, people: dict[bytes, kept.Colleague]) -> Shown:
    block, state = package.approval, package.state(clock.now())
    first, second = block["asked_by"], block.get("approved_by", "")
    contents = [(part.code, ", ".join([*([gettext("the original")] if part.original else []), *part.copies]))
                for part in package.parts]
    writes = kept.may_write(actor, TYPE)
    return Shown(package, state, fingerprint(package.key), _handle(first, people), moment(block["asked_at"]),
                 _handle(second, people) if second else "", contents,
                 state == "asked" and first != actor.id.hex() and writes, state == "signed" and writes,
                 _stopped(actor, package))


def _stopped(actor: Actor, package: Package) -> str:
    if not package.built:
        return ""
    try:
        standing(actor, package)
    except NotPermitted as why:
        return gettext(why.sentence)
    except NoSuchVault:
        return gettext(NOT_HELD)
    return ""


def _handle(account: str, people: dict[bytes, kept.Colleague]) -> str:
    found = people.get(bytes.fromhex(account))
    return found.handle if found else "?"

"""On whose consent a package rests: read from their cases, for this use, this recipient and these data, as of today.

Nothing of it is typed. Whoever asks, signs and builds must hold the case: what nobody sees may have been taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from django.utils.translation import gettext_noop

from waystation.casework.consent import DATA, PURPOSES, RECIPIENTS, Wish, allows
from waystation.casework.consent import Refused as NoConsent
from waystation_web.cases import queries as cases
from waystation_web.cases.asked import by_two, newest
from waystation_web.cases.case import Case, case_of
from waystation_web.cases.consents import rows_of
from waystation_web.duty import embargoed
from waystation_web.gateways.database import writing
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted

from .package import Agreed, Package

USES: Mapping[str, str] = MappingProxyType({one: PURPOSES[one] for one in (
    "un", "court", "state", "media", "research")})
TO: Mapping[str, str] = MappingProxyType({one: RECIPIENTS[one] for one in (
    "un_body", "legal", "host_state", "rok", "media", "research", "other")})
SHOWS: Mapping[str, str] = MappingProxyType({one: DATA[one] for one in (
    "picture", "testimony", "name", "birth", "family", "health", "journey")})
NOT_SEEN = gettext_noop("The case of somebody whose consent it rests on is not shared with you, so you do not see what "
                        "they took back. Ask a case worker to share it with you, for a reason.")
OTHERWISE = gettext_noop("What they agreed to is not what it was when this package was asked for. Ask for it anew.")
NO_DATA = gettext_noop("Say what it shows of them: a yes covers exactly what it names.")
HELD_BACK = gettext_noop("An embargo holds back everything about them. First two people lift it.")
FOR_A_CHILD = gettext_noop("Nothing about a child is shared before two people signed what is best for it.")


@dataclass(frozen=True, slots=True)
class For:
    """What a yes must name: the use, to whom (of which State), which data."""

    use: str
    to: str
    state: str
    data: tuple[str, ...]


def people(actor: Actor) -> list[tuple[str, str]]:
    """Whose consent can be looked up here: people of the cases that this person holds, as "case:person"."""
    with writing():
        held = cases.cases(actor, refused=[])
    return [(f"{case.key}:{one.id}", f"{case.ref} · {one.code}") for case in held for one in case.people]


def agreed(actor: Actor, wanted: For, persons: Iterable[tuple[bytes, str]], today: date) -> list[Agreed]:
    """The consents of these people as their cases say them, inside `writing()`. Raises `NotPermitted` for the first no.

    In the package each is a number of their own: no code of a case leaves with it.
    """
    found = []
    for number, (case_id, person) in enumerate(persons, 1):
        if not wanted.data:
            raise NotPermitted("no_data", NO_DATA)
        found.append(_one(_case(actor, case_id), person, wanted, today, number))
        _not_held_back(actor, case_id)
    return found


def still(actor: Actor, package: Package, today: date) -> None:
    """That everybody still says what they said when it was asked for, inside `writing()`. Raises `NotPermitted`."""
    wanted = For(package.use, package.to, package.state_of, package.data)
    now = agreed(actor, wanted, [(one.case, one.who) for one in package.consents], today)
    if now != list(package.consents):
        raise NotPermitted("consent_changed", OTHERWISE, vault=package.id)


def _case(actor: Actor, case_id: bytes) -> Case:
    try:
        return case_of(cases.held_case(actor, case_id))
    except NoSuchVault as why:
        raise NotPermitted("H-21", NOT_SEEN) from why


def _one(case: Case, person: str, wanted: For, today: date, number: int) -> Agreed:
    someone = next((one for one in case.people if one.id == person), None)
    if someone is None:
        raise NotPermitted("H-21", NOT_SEEN)
    wish = Wish(person=person, purpose=wanted.use, recipient=wanted.to, data=frozenset(wanted.data), day=today,
                country=wanted.state, child=someone.child_on(today))
    says = allows(rows_of(case.record.body), wish)
    if isinstance(says, NoConsent):
        raise NotPermitted(says.rule, says.sentence, vault=case.id)
    if wish.child is not False and not by_two(case.id, newest(case.record.body, "best_interest", person)):
        raise NotPermitted("H-23", FOR_A_CHILD, vault=case.id)
    ends = [row.until for row in says.rows if row.until is not None]
    return Agreed(f"person-{number}", _scope(wanted.data), max(row.day for row in says.rows), min(ends, default=None),
                  case.id, person)


def _scope(data: Sequence[str]) -> str:
    return ", ".join(SHOWS[one] for one in SHOWS if one in data)


def _not_held_back(actor: Actor, case_id: bytes) -> None:
    case = _case(actor, case_id)
    if embargoed.standing(actor).on(case.ref, case.key):
        raise NotPermitted("embargo", HELD_BACK, vault=case.id)

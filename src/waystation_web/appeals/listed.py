"""An entry of the directory as the office that a letter goes to: it must fit what is said of who learns a name there.

Its address and how old that is stand on the page of the letter. Nothing is sent: a person hands it over.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext, gettext_noop

from waystation.appeals.addressees import fits
from waystation_web.directory import actions as directory_actions
from waystation_web.directory import queries as directory
from waystation_web.directory.entry import Addressee
from waystation_web.gateways import clock
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted

from .letter import Letter

OLD = timedelta(days=180)  # desks move, people change: after half a year an address is looked up before it is used
ONE = gettext_noop("An entry of the directory is one office. Choose one addressee for it, and name no other office.")
OTHER = gettext_noop("This entry of the directory is no office of this addressee and State, or nobody wrote down what "
                     "power it has: who learns a name there is not known. Correct the entry, or choose another one.")
UNREAD = gettext_noop("The entry of the directory that this letter goes to is not open to you. Ask a colleague to let "
                      "you read the directory, on the page Duty.")


@dataclass(frozen=True, slots=True)
class Listed:
    """What the page of a letter says of its entry."""

    key: str
    name: str
    address: str = field(repr=False)
    as_of: date
    days: int
    old: bool


def which_of(one: Addressee) -> str:
    """The office as the letter names it."""
    return ", ".join(part for part in (one.office, one.name) if part)


def chosen(actor: Actor, key: str, to: str, state: str) -> Addressee:
    """The entry, if a letter to this addressee about this State may go there, inside `writing()`.

    Raises `NotPermitted`, `NoSuchVault`. An organisation outside every State is a partner: it has signed terms.
    """
    try:
        one = directory.held(actor, bytes.fromhex(key), looked=False)
    except NoSuchVault as why:
        raise NotPermitted("listed", UNREAD) from why
    if not isinstance(one, Addressee):
        raise NoSuchVault
    if not fits(to, one.authority, one.country, state):
        raise NotPermitted("listed", OTHER)
    if one.authority == "none":
        directory_actions.terms_for(actor, one.record.id)
    return one


def still(actor: Actor, letter: Letter) -> None:
    """That the entry may still be written to, where the letter goes to one, inside `writing()`."""
    if letter.listed and which_of(chosen(actor, letter.listed, letter.to.code, letter.state)) != letter.which:
        raise NotPermitted("listed", "Its entry in the directory says something else now. Write the letter anew.",
                           vault=letter.id)


def choices(actor: Actor) -> list[tuple[str, str]]:
    """Every office of the directory; what is old says its age. Inside `writing()`."""
    today = clock.today()
    return [(one.key, " · ".join((which_of(one), one.country, age(one.as_of, today))))
            for one in directory.directory(actor, refused=[], looked=False).addressees]


def shown(actor: Actor, letter: Letter) -> Listed | None:
    """What stands on the page of a letter, inside `writing()`; None where it goes to no entry."""
    if not letter.listed:
        return None
    try:
        one = directory.held(actor, bytes.fromhex(letter.listed), looked=False)
    except (NoSuchVault, NotPermitted):
        return None  # not open to them: `still` says so to whoever would sign
    if not isinstance(one, Addressee):
        return None
    days = (clock.today() - one.as_of).days
    return Listed(one.key, which_of(one), one.address, one.as_of, days, days > OLD.days)


def age(as_of: date, today: date) -> str:
    """When it was looked up, or how old it is where that is long ago."""
    if today - as_of > OLD:
        return gettext("old: looked up %d days ago") % (today - as_of).days
    return gettext("looked up on %s") % as_of.isoformat()

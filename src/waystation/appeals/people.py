"""Who is named in a letter and who is not. Whoever is not named is a few words there, and their name is nowhere in it.

A name needs the person's own yes for this addressee and this purpose; no general yes, nothing assumed (H-06). A yes is
a row of the consent matrix, or what they signed before they left, for bodies of the United Nations alone: a State is
named in the yes or is not told (H-05). A no, wherever it was said, outweighs every yes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from waystation.appeals.addressees import Addressee, cells, naming
from waystation.casework.consent import Allowed, Row, Said, Wish, allows

NAME = frozenset({"name"})
SIGNED = "They signed before they left that the United Nations may know their name."
FORBIDDEN = "Before they left they said that their name is not to be given."
CHILD = "For a child, two people sign first what is best for it."
NO_NAME = "Their name is not open to you, so no letter can say it."
PUBLIC_FORBIDDEN = "Before they left they said that it is not to become public."


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody whom it happened to. `signed`, `public`: what they signed before they left; None: nothing of it."""

    id: str
    sex: str = "0"  # ISO 5218
    ages: tuple[int, int] | None = None
    child: bool | None = None
    best_by_two: bool = False
    rows: tuple[Row, ...] = field(default=(), repr=False)
    signed: bool | None = None
    public: bool | None = None
    name: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether something is covered, and why or why not."""

    yes: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Naming:
    """For one person and one addressee: may the addressee, the State, the public know the name; is it in the letter."""

    person: str
    submit: Answer
    state: Answer
    public: Answer
    named: bool
    why: str


def naming_of(person: Person, to: Addressee, state: str, day: date) -> Naming:
    """What somebody's yes covers on a day.

    >>> from waystation.appeals.addressees import ADDRESSEES
    >>> signed = Person(id="a", child=False, signed=True, name="x")
    >>> [naming_of(signed, ADDRESSEES[one], "TH", date(2030, 5, 1)).named for one in ("UNHCR", "WGEID", "STATE")]
    [True, False, False]
    """
    needed = [_covered(person, cell, day) for cell in cells(to, state)]
    against = next((one for one in needed if not one.yes), None)
    why = against.why if against else _barred(person)
    return Naming(person.id, needed[0], _covered(person, naming(state), day),
                  Answer(False, PUBLIC_FORBIDDEN) if person.public is False
                  else _covered(person, ("public", "media", ""), day), not why, why)


def _barred(person: Person) -> str:
    if person.child is not False and not person.best_by_two:
        return CHILD
    return "" if person.name.strip() else NO_NAME


def _covered(person: Person, cell: tuple[str, str, str], day: date) -> Answer:
    """Whether one yes stands. Whatever leaves is signed by two: that is asked for elsewhere, before it leaves."""
    if person.signed is False:
        return Answer(False, FORBIDDEN)
    purpose, recipient, country = cell
    found = allows(person.rows, Wish(person=person.id, purpose=purpose, recipient=recipient, data=NAME, day=day,
                                     country=country, child=person.child, two_people=True))
    if isinstance(found, Allowed):
        return Answer(True)
    if recipient == "un_body" and person.signed and not _spoken(person.rows, person.id, purpose):
        return Answer(True, SIGNED)
    return Answer(False, found.sentence)


def _spoken(rows: Iterable[Row], person: str, purpose: str) -> bool:
    """Whether they ever said anything about their name and this purpose: then that counts, and no older paper."""
    return any(row.person == person and row.purpose == purpose and (NAME & row.data or row.said is not Said.YES)
               for row in rows)

"""Reading the library. Inside the caller's `writing()`."""

from __future__ import annotations

from dataclasses import dataclass, replace

from waystation.library.citation import Citation, reviewed
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor

from .publication import TYPE, Entry, Note, Person, Publication, entry_of


@dataclass(frozen=True, slots=True)
class Library:
    """Everything in it, by what it is."""

    publications: tuple[Publication, ...]
    people: tuple[Person, ...]
    notes: tuple[Note, ...]

    def publication(self, key: str) -> Publication | None:
        """One by its id in addresses."""
        return next((one for one in self.publications if one.key == key), None)

    def of(self, work: str) -> tuple[Publication, ...]:
        """Publications that speak of a work: there may be several."""
        keys = reviewed(work, [(one.key, one.reviews) for one in self.publications])
        return tuple(one for one in self.publications if one.key in keys)

    def cited(self, one: Publication) -> Citation:
        """Its citation, with the title of the work that it speaks of."""
        work = self.publication(one.reviews)
        return replace(one.citation, reviews=work.name if work else "")


def held(actor: Actor, entry_id: bytes, *, looked: bool = True) -> Entry:
    """One entry. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    return entry_of(kept.one(actor, entry_id, TYPE, looked=looked))


def library(actor: Actor, *, refused: list[bytes] | None = None, looked: bool = True) -> Library:
    """The whole library, by titles and names. Raises `Refused` unless there is a list for what does not open."""
    return sorted_out([entry_of(one) for one in kept.every(actor, TYPE, refused=refused, looked=looked)])


def sorted_out(found: list[Entry]) -> Library:
    """Entries by what they are, in the order of their names."""
    ordered = sorted(found, key=lambda one: (one.name.casefold(), one.key))
    return Library(tuple(one for one in ordered if isinstance(one, Publication)),
                   tuple(one for one in ordered if isinstance(one, Person)),
                   tuple(one for one in ordered if isinstance(one, Note)))

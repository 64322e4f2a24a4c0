"""Reading the directory. Inside the caller's `writing()`."""

from __future__ import annotations

from dataclasses import dataclass

from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor

from .entry import TYPE, Addressee, Entry, Occasion, Statement, entry_of


@dataclass(frozen=True, slots=True)
class Directory:
    """Everything in it, by what it is."""

    addressees: tuple[Addressee, ...]
    statements: tuple[Statement, ...]
    occasions: tuple[Occasion, ...]

    def addressee(self, key: str) -> Addressee | None:
        """One by its id in addresses."""
        return next((one for one in self.addressees if one.key == key), None)

    def said_by(self, key: str) -> tuple[Statement, ...]:
        """What one of them said, the latest first."""
        return tuple(one for one in self.statements if one.who == key)

    @property
    def denials(self) -> tuple[Statement, ...]:
        """Statements that deny a finding: each is shown beside it, as large."""
        return tuple(one for one in self.statements if one.denies)


def held(actor: Actor, entry_id: bytes, *, looked: bool = True) -> Entry:
    """One entry. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    return entry_of(kept.one(actor, entry_id, TYPE, looked=looked))


def directory(actor: Actor, *, refused: list[bytes] | None = None, looked: bool = True) -> Directory:
    """The whole directory, by names and days. Raises `Refused` unless there is a list for what does not open."""
    return sorted_out([entry_of(one) for one in kept.every(actor, TYPE, refused=refused, looked=looked)])


def sorted_out(found: list[Entry]) -> Directory:
    """Entries by what they are: names in their order, the latest words first, the next day first."""
    addressees = [one for one in found if isinstance(one, Addressee)]
    statements = [one for one in found if isinstance(one, Statement)]
    occasions = [one for one in found if isinstance(one, Occasion)]
    return Directory(
        tuple(sorted(addressees, key=lambda one: (one.name.casefold(), one.key))),
        tuple(sorted(statements, key=lambda one: (one.said_on, one.key), reverse=True)),
        tuple(sorted(occasions, key=lambda one: (one.next is None, str(one.next), one.key))))

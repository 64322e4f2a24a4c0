"""The register of pseudonyms: one witness, one pseudonym, found in every spelling; and their earlier interviews."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from waystation.linkage.compare import Level, compare

from .statement import Statement, key_of


@dataclass(frozen=True, slots=True)
class Witness:
    """One witness by their pseudonym, and how many statements there are."""

    name: str
    statements: tuple[Statement, ...]


def register(known: Iterable[Statement]) -> list[Witness]:
    """Every witness, in the order of pseudonyms."""
    found: dict[str, list[Statement]] = {}
    for one in known:
        found.setdefault(key_of(one.witness), []).append(one)
    return sorted((Witness(all_[0].witness, tuple(all_)) for all_ in found.values()), key=lambda one: key_of(one.name))


def like(name: str, known: Iterable[Statement]) -> list[str]:
    """Pseudonyms that are this one, in any spelling or script."""
    return [one.name for one in register(known)
            if key_of(one.name) == key_of(name) or compare(one.name, name)[0] in {Level.SAME, Level.FINE}]


def earlier_of(name: str, case: bytes, person: str, known: Iterable[Statement]) -> list[Statement]:
    """Interviews of this witness that there were or are planned, the oldest first."""
    mine = [one for one in known
            if key_of(one.witness) == key_of(name) or (case and (one.case, one.person) == (case, person))]
    return sorted(mine, key=lambda one: (one.record.made.at, one.key))

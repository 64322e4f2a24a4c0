"""Reading petitions. Inside the caller's `writing()`."""

from __future__ import annotations

from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault

from .petition import TYPE, Petition, Sheet, petition_of, sheet_of


def held(actor: Actor, petition_id: bytes, *, looked: bool = True) -> Petition:
    """One petition; a sheet is none. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    record = kept.one(actor, petition_id, TYPE, looked=looked)
    if record.body.get("sort") != "petition":
        raise NoSuchVault
    return petition_of(record)


def every(actor: Actor, *, refused: list[bytes]) -> tuple[list[Petition], list[Sheet]]:
    """Petitions, the newest first, and all sheets."""
    found = kept.every(actor, TYPE, refused=refused)
    petitions = [petition_of(one) for one in found if one.body.get("sort") == "petition"]
    sheets = [sheet_of(one) for one in found if one.body.get("sort") == "sheet"]
    return sorted(petitions, key=lambda one: (one.record.made.at, one.key), reverse=True), sheets


def sheets_of(actor: Actor, petition: Petition) -> list[Sheet]:
    """The sheets of one, in the order of what stands on them. Raises `Refused` if one does not open."""
    found = [sheet_of(one) for one in kept.every(actor, TYPE, looked=False) if one.body.get("sort") == "sheet"]
    return sorted((one for one in found if one.petition == petition.key), key=lambda one: (len(one.sheet), one.sheet))

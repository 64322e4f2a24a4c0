"""Who works on a case, and whether two cases are about the same people."""

from __future__ import annotations

from collections.abc import Iterable

from waystation.access import Holding, Role, holding
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted

from .actions import tell
from .case import Case, case_of
from .queries import held_case

VERDICTS = ("same", "different", "unsure")


def assign(actor: Actor, case_id: bytes, *, worker: bytes, deputy: bytes, end_old: bool, reason: str) -> int:
    """Name worker and deputy, and give both the case and its records of names. Returns how many were not given.

    Whoever does not hold a record of names cannot give it; whoever coordinates gets it only by a share of its own.
    `end_old` ends the reading of whoever was worker or deputy before. Raises `NotPermitted` (`step_up` where names are
    given), `NoSuchVault`, `Refused`, `ValueError` if both are the same.
    """
    if worker and worker == deputy:
        raise ValueError("deputy")
    with writing():
        held = held_case(actor, case_id)
        before = case_of(held)
        team = [one for one in (worker, deputy) if one]
        for one in team:
            if _how(one, "case") < Holding.ASSIGNED:
                raise NotPermitted("recipient", "This colleague's role does not work on cases. Choose another one.")
        missing = sum(_give(actor, before, one, reason) for one in team)
        records.change(actor, held, {"worker": worker.hex(), "deputy": deputy.hex()}, what="team")
        tell(actor, case_id, "team", "changed")
        if end_old:
            gone = {before.worker, before.deputy} - {b"", *team, actor.id}
            _end(actor, case_id, "case", gone)
            for names in before.household_records:
                _end(actor, names, "person", gone)
    return missing


def _how(account: bytes, type_: str) -> Holding:
    """How somebody who works here comes to hold a record of a type; never, if they left."""
    known = kept.colleagues().get(account)
    return holding(type_, {Role(role) for role in known.roles}) if known and known.active else Holding.NEVER


def _give(actor: Actor, case: Case, account: bytes, reason: str) -> int:
    """Share what is not held yet; returns how many records of names could not be given."""
    if account == actor.id:
        return 0
    if account not in kept.holders(actor, case.id):
        records.share(actor, case.id, "case", account, reason=reason)
    missing = 0
    for names in case.household_records:
        if kept.maybe(actor, names, "person") is None or _how(account, "person") is not Holding.ASSIGNED:
            missing += 1
        elif account not in kept.holders(actor, names):
            records.share(actor, names, "person", account, reason=reason)
    return missing


def _end(actor: Actor, vault: bytes, type_: str, gone: Iterable[bytes]) -> None:
    if kept.maybe(actor, vault, type_) is None:
        return
    for one in sorted(set(gone) & set(kept.holders(actor, vault))):
        if _how(one, type_) is not Holding.BY_ROLE:
            records.end_share(actor, vault, one)


def judge(actor: Actor, case_id: bytes, other: bytes, *, verdict: str, reason: str) -> None:
    """Say whether two cases are about the same people: same, different, unsure. Both keep it; a newer one counts.

    Nothing is merged and nothing is lost. Raises `NoSuchVault` for a case not held, as `add_note`, `ValueError`.
    """
    if verdict not in VERDICTS or case_id == other or not reason.strip():
        raise ValueError("verdict")
    with writing():
        for one, about in ((case_id, other), (other, case_id)):
            records.add(actor, held_case(actor, one), "judgements",
                        {"case": about.hex(), "verdict": verdict, "reason": reason})
            tell(actor, one, "judgement", verdict, case=about.hex())

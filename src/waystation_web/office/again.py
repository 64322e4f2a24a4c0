"""A restored office, before anybody sees it: its rows are checked, and what was done since the backup is done again.

What an older backup brings back was destroyed by people who promised somebody that it is gone (H-15). What lived when
the newest head was written stays; everything else goes again, and the record says so, one line each.
"""

from __future__ import annotations

from dataclasses import dataclass

from waystation_web.gateways import backups, clock
from waystation_web.gateways.backups import Restored
from waystation_web.gateways.installation import Installation

from . import Cannot
from .heads import Head
from .manifest import Manifest

NOTHING = "Nothing was restored"
WHY = "restored"    # the reason of what a restore does, in the record


@dataclass(frozen=True, slots=True)
class Done:
    """What a restore did beside bringing rows back."""

    again: tuple[bytes, ...] = ()       # vaults that were destroyed once more
    locked: tuple[str, ...] = ()        # handles of people who were locked or removed after the backup
    invitations: int = 0                # that were open and are void
    findings: tuple[str, ...] = ()
    watches: int = 0                    # parties of which word was awaited


def made_whole(installation: Installation, manifest: Manifest, head: Head | None, *, with_findings: bool) -> Done:
    """Check the rows; destroy again, lock again, void what was open; write it into the record. Raises `Cannot`."""
    from waystation_web.audit import reckoning
    findings = examined()
    if findings and not with_findings:
        raise Cannot("\n  ".join(["What came back does not fit together:", *findings[:20]])
                     + f"\n{NOTHING}. Take another backup; or, if it was so before, add --with-findings")
    gone = _gone(head)
    done = _written(manifest, head, gone, findings)
    reckoning.begin(max(manifest.made, head.at) if head else manifest.made)
    backups.note_restored(installation, Restored(manifest.made, clock.now(), len(gone), head is not None))
    return done


def examined() -> tuple[str, ...]:
    """Everything that does not fit together, as `verify` says it. Raises `Cannot` for another host key."""
    from waystation_web.audit.verify import check_chain
    from waystation_web.vault import layers
    from waystation_web.vault.host import host_keys
    from waystation_web.vault.verify import check_rows
    keys = host_keys()
    if not layers.opens_any(keys):
        raise Cannot("this host key does not open this backup: it is another office's, or it was changed twice since "
                     f"the backup was made, which then opens for nobody any more. {NOTHING}")
    layers.renew(keys)      # rows of the host key before the present one, which goes with its next change
    found = [f"{one.where}: {one.what}" for one in check_rows()]
    broken = check_chain()
    return (*found, *([f"entry {broken.seq}: {broken.why}"] if broken else []))


def _gone(head: Head | None) -> tuple[bytes, ...]:
    """What the backup holds and nobody has any more. Days of the record are never destroyed: they must all be there."""
    from waystation.access import Kind
    from waystation_web.vault.models import Vault
    if head is None:
        return ()
    rows = dict(Vault.objects.values_list("id", "kind"))
    gone = tuple(sorted(one for one in rows if bytes(one) not in head.vaults))
    if any(rows[one] == Kind.AUDIT for one in gone):
        raise Cannot(f"this head is not of what became of this backup: days of its record are missing in it. {NOTHING}")
    return gone


def _written(manifest: Manifest, head: Head | None, gone: tuple[bytes, ...], findings: tuple[str, ...]) -> Done:
    from waystation_web.audit.actions import record
    from waystation_web.audit.events import Event
    from waystation_web.gateways.database import writing
    from waystation_web.journeys.models import Watch
    from waystation_web.vault import retention
    from waystation_web.vault.models import Account
    with writing():
        told = ", ".join([backups.said(manifest.made), *(["no head"] if head is None else []),
                          *([f"{len(findings)} findings"] if findings else [])])
        record(None, Event.RESTORED, reason=told, count=len(gone) or None)
        retention.drop(gone)
        for vault in gone:
            record(None, Event.SHREDDED, vault=vault, reason=WHY)
        invitations = Account.objects.exclude(invite=None).update(invite=None)
        locked = tuple(_locked(head.accounts)) if head else ()
        return Done(gone, locked, invitations, findings, Watch.objects.count())


def _locked(states: dict[bytes, int]) -> list[str]:
    """Who was locked or removed after the backup was made does not come in again; an officer decides, as then."""
    from waystation_web.audit.actions import record
    from waystation_web.audit.events import Event
    from waystation_web.vault.labels import read_label
    from waystation_web.vault.models import Account
    out = {Account.State.LOCKED, Account.State.REMOVED}
    told = []
    for account in Account.objects.exclude(state__in=out).order_by("id"):
        if states.get(bytes(account.id), Account.State.LOCKED) in out:
            account.state = Account.State.LOCKED
            account.save(update_fields=["state"])
            record(None, Event.LOCKED, account=account.id, reason=WHY)
            told.append(read_label(account).handle)
    return told

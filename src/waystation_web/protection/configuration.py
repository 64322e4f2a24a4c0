"""The office as it stands: what an assessment rests on, read from the machine and never typed.

Counts and kinds alone: no name, no path. What changes by itself every night (the age of a backup) is no part of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from json import dumps
from typing import Any

from django.conf import settings
from django.urls import get_resolver

from waystation.access import Role
from waystation_web.gateways import backups, clock, disks
from waystation_web.gateways.installation import Installation
from waystation_web.vault.labels import labels
from waystation_web.vault.models import Account
from waystation_web.vault.trust import trust

# Addresses through which something leaves the office; one that a release adds makes every assessment stale.
OUT = {"case-refer": "referrals", "case-export": "cases", "book-export": "book", "money-export": "ledger",
       "plan-sheet": "sheets", "note-file": "files", "incident-step": "appeals",
       "takeouts": "everything", "own-file-pack": "own_files"}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is another one than when it was assessed."""

    name: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Copies:
    """What lies in the folders of backups."""

    apart: int                # folders on another disk
    hours: int | None         # age of the newest backup there; None: there is none
    escrow: bool              # whether the host key for the worst day lies beside the backups in each of them


def present() -> dict[str, str]:
    """The office now, by names that a page has words for; values are short texts, compared as they read."""
    office: Installation = settings.INSTALLATION
    believed, key = trust(), office.host_key
    inside = office.home.resolve() in key.resolve().parents
    return {
        **_people(),
        "officers": str(len(believed.officers)),
        "recovery": "none" if believed.recovery is None else sha256(believed.recovery.bundle.raw).hexdigest()[:12],
        "host_key": "missing" if not key.is_file() else "home" if inside else "elsewhere",
        "memory": _said(disks.in_memory(office.runtime)),
        "encrypted": _said(disks.encrypted(office.data)),
        "backups": str(len(office.backups)),
        "backups_apart": str(copies(office).apart),
        "backup_keys": str(len(office.backup_keys)),
        "database": "PostgreSQL" if office.database else "SQLite",
        "transport": "https" if office.encrypted_transport else "local",
        "languages": " ".join(code for code, _ in settings.LANGUAGES),
        "out": " ".join(sorted(_leaves())),
    }


def digest(configuration: Mapping[str, str]) -> str:
    """SHA-256 over a configuration, its names in order: what an assessment carries and two people sign."""
    return sha256(dumps(dict(configuration), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def changed(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[Change, ...]:
    """What is another one now, by name.

    >>> changed({"officers": "2", "backups": "1"}, {"officers": "2", "backups": "0", "out": "referrals"})
    (Change(name='backups', was='1', now='0'), Change(name='out', was='', now='referrals'))
    """
    return tuple(Change(name, before.get(name, ""), now.get(name, ""))
                 for name in sorted({*before, *now}) if before.get(name, "") != now.get(name, ""))


def copies(office: Installation) -> Copies:
    """What lies in the folders of backups now. A folder that is not mounted holds nothing."""
    folders, newest = backups.folders(office), backups.newest(office)
    whole = bool(folders) and all(backups.escrow_of(office, folder).is_file() for folder in folders)
    hours = max(0, int((clock.now() - newest).total_seconds() // 3600)) if newest else None
    return Copies(sum(folder.is_dir() and not backups.on_our_disk(office, folder) for folder in folders), hours, whole)


def _people() -> dict[str, str]:
    there = [label.roles for account, label in labels()
             if account.state == Account.State.ACTIVE and account.cert_sig is not None]
    return {"accounts": str(len(there)),
            **{f"role:{role.value}": str(sum(role in roles for roles in there)) for role in Role}}


def _leaves() -> list[str]:
    known: Any = get_resolver().reverse_dict
    return [word for name, word in OUT.items() if name in known]


def _said(answer: bool | None) -> str:
    return "unknown" if answer is None else "yes" if answer else "no"


"""`verify`: does what is stored still fit together, and is it what the record of acts says?

Without anybody's keys: rows against each other, certificates, the chain. With an auditor's: the whole record replayed,
so that an older payload, grant or account that was put back is found. What neither sees is in docs/threat-model.md.
"""

from __future__ import annotations

import getpass
import sys

from waystation_web.gateways.installation import Installation

from . import Cannot
from .making import opened


def verify(installation: Installation, *, auditor: str | None = None, from_stdin: bool = False) -> int:
    """Print each finding with its place; 0 if there is none, else 1. Raises `Cannot`."""
    opened(installation)
    from django.db import DatabaseError

    from waystation_web.vault.errors import Refused
    try:
        found = _replayed(auditor, from_stdin=from_stdin) if auditor else _keyless()
    except (Refused, DatabaseError) as reason:
        raise Cannot(f"The rows could not be read ({type(reason).__name__}: {reason}). Is the host key in its place, "
                     "and is this the database that belongs to it?") from reason
    for where, what in found:
        print(f"{where}: {what}")
    entries = _entries()
    if found:
        print(f"{len(found)} findings in {entries} entries and their rows. "
              "Change nothing; tell the security officer by voice.")
        return 1
    print(f"In order: {entries} entries, " + ("all bodies replayed." if auditor else
          "the chain and the rows against each other. With --as-auditor, older rows put back are found too."))
    return 0


def _entries() -> int:
    from waystation_web.audit.queries import head
    return head().seq


def _keyless() -> list[tuple[str, str]]:
    from waystation_web.audit.verify import check_chain
    from waystation_web.vault.verify import check_rows
    found = [(finding.where, finding.what) for finding in check_rows()]
    if broken := check_chain():
        found.append((f"entry {broken.seq}", broken.why))
    return found


def _replayed(handle: str, *, from_stdin: bool) -> list[tuple[str, str]]:
    from waystation_web.accounts import signin
    from waystation_web.accounts.answers import Busy, Uncertified, Wait, Wrong
    from waystation_web.audit import actions as record
    from waystation_web.audit.events import Event
    from waystation_web.audit.verify import replay
    from waystation_web.gateways.database import writing
    from waystation_web.vault.errors import NotPermitted
    from waystation_web.vault.models import Account
    code, words = _asked(from_stdin=from_stdin)
    try:
        entered = signin.sign_in(signin.Try(handle=handle, code=code, words=words))
        actor = signin.actor_of(Account.objects.get(pk=entered.account), entered.secrets)
        with writing():
            record.record(actor, Event.AUDIT_CHECKED)
            return _keyless() + [(finding.where, finding.what) for finding in replay(actor)]
    except (Wrong, Wait):
        raise Cannot("That did not open. A code counts once: wait for the next one") from None
    except Busy:
        raise Cannot("Too many people are signing in. Try again in a minute") from None
    except Uncertified:
        raise Cannot("No officer has confirmed this account's keys yet") from None
    except NotPermitted as why:
        raise Cannot(why.sentence) from None


def _asked(*, from_stdin: bool) -> tuple[str, str]:
    """Six digits and eight words; nothing typed is shown."""
    if from_stdin:
        code, words, *_ = [*sys.stdin.read().splitlines(), "", ""]
        return code, words
    return getpass.getpass("6 digits: "), getpass.getpass("Eight words: ")

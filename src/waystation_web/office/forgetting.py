"""`forget-now`: destroy the host key that backups of before are under, so that what was destroyed opens nowhere.

It prints a certificate of what is true afterwards. Where a step fails, everything opens as before, and it is run again.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from waystation_web.gateways.installation import Installation

from . import FOUND, Cannot
from .backing import back_up
from .making import opened

if TYPE_CHECKING:
    from waystation_web.vault.epochs import Done

VERSIONS = ("If a folder of backups, or a service behind it, keeps older versions of the .escrow file, delete them "
            "there now: with two sheets they still open older backups. So does any copy of an older host.key.")
READING = ("Somebody was reading, so the database's log could not be emptied. An open office does it within a minute; "
           "a closed one when it is opened.")


def forget_now(installation: Installation, *, gradual: bool = False) -> int:
    """Change the host key, print the certificate, make a backup. 1 if something is left to do. Raises `Cannot`."""
    opened(installation)
    from django.db import DatabaseError, connection

    from waystation_web.vault.epochs import Stopped, Unkept, change
    from waystation_web.vault.errors import Refused
    try:
        done = change(_written_down, forget=not gradual)
    except (Stopped, Unkept) as why:
        raise Cannot(str(why)) from why
    except (DatabaseError, Refused, OSError, ValueError) as reason:
        raise Cannot(f"The host key was not changed to the end ({type(reason).__name__}: {reason}). Everything opens "
                     "as before. Mend that, and run it again: waystation-office forget-now "
                     f"{installation.home}") from reason
    print(*certificate(done, server=connection.vendor != "sqlite"), sep="\n")
    if done.broken:
        print(f"{len(done.broken)} rows opened under no host key and were left as they were; look with verify:",
              *(f"{row}: {why}" for row, why in list(done.broken.items())[:20]), sep="\n", file=sys.stderr)
    if not done.log_empty:
        print(READING, file=sys.stderr)
    kept = gradual or _backed_up(installation)
    return 0 if kept and not done.broken and done.log_empty else FOUND


def _written_down(words: str) -> None:
    from waystation_web.audit.actions import record
    from waystation_web.audit.events import Event
    record(None, Event.HOST_KEY_CHANGED, reason=words)


def certificate(done: Done, *, server: bool) -> list[str]:
    """What is true now, as sentences."""
    moment = f"{done.at:%Y-%m-%d %H:%M} UTC"
    if done.resumed:
        return [f"A change of the host key that had been cut short is finished: {done.rows} rows more are under host "
                f"key {done.epoch}. " + "No new one was begun; for that, run it again."]
    said = [f"Host key {done.epoch} counts since {moment}; {done.rows} rows were put under it."]
    if len(done.held) > 1:
        said.append(f"Host key {done.held[0]} is kept, so that backups of before can be restored. What they hold of "
                    "records that were destroyed opens until the next change, or until forget-now without --gradual.")
        return said
    said.append(f"Certificate. Every host key before {done.epoch} is destroyed. Whatever was destroyed in this office "
                f"before {moment} opens from now on in no backup, not even with all recovery sheets.")
    if server:
        said.append("PostgreSQL: old rows, the server's log and its replicas still lie there, under host keys that are "
                    "destroyed. What was destroyed after this moment counts as gone at the next forget-now alone.")
    return [*said, "EVERY BACKUP MADE BEFORE IS USELESS: nothing opens it any more.", VERSIONS]


def _backed_up(installation: Installation) -> bool:
    """A backup under the new host key, at once: until there is one, nothing could be restored."""
    try:
        made = back_up(installation) == 0
    except Cannot as why:
        print(why, file=sys.stderr)
        made = False
    if not made:
        print(f"THERE IS NO BACKUP NOW THAT OPENS. Make one: waystation-office backup {installation.home}",
              file=sys.stderr)
    return made

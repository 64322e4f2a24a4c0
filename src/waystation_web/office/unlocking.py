"""`unlock`: let a locked security officer in again, when no other officer is left who could.

Anybody may lock anybody, so that a seized phone is stopped at once; whoever holds that phone may lock every officer.
"""

from __future__ import annotations

from waystation_web.gateways.installation import Installation

from . import Cannot
from .making import opened


def unlock(installation: Installation, handle: str) -> int:
    """Unlock one security officer; the record says that it was done at the console. Raises `Cannot`."""
    opened(installation)
    from django.db import DatabaseError

    from waystation_web.accounts.answers import Ended
    from waystation_web.accounts.people import unlock_at_console
    from waystation_web.vault.errors import Refused
    try:
        unlock_at_console(handle)
    except Ended:
        raise Cannot(f"{handle} is no locked security officer. Everybody else is unlocked by an officer, "
                     "in the browser") from None
    except (Refused, DatabaseError) as reason:
        raise Cannot("Nothing was unlocked: the rows could not be read or written. Is the host key in its place?") \
            from reason
    print(f"{handle} can sign in again, and the record says that it was done here. Find out first who locked them, "
          "and change the words of whoever that was.")
    return 0

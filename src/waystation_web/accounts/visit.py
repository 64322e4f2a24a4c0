"""What somebody finds when they come in: their last visit, what was given to them, what does not fit.

Found at sign-in, shown on the home page until the session ends; between the two it lies in memory, sealed under the
person's own key.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime

from waystation.contexts import ctx
from waystation_web.gateways.runtime import write_whole
from waystation_web.vault.actor import Actor
from waystation_web.vault.people import Secrets

from .sessions import visit_file


@dataclass(frozen=True, slots=True)
class Visit:
    """Counts and numbers of the record; nothing of what a record says."""

    last_entry: int = 0               # the record's number at the last visit; 0 = the first visit
    last_hour: int = 0                # hours since 1970
    entry: int = 0                    # the record's number now
    given: int = 0                    # records given to this person since
    bad_grants: int = 0               # grants that did not verify: kept, not believed
    rotated: int = 0                  # records that got a new key on the way in
    broken_at: int = 0                # first entry of the record that does not fit; 0 = unbroken
    trust_changed: bool = False       # whose certificates count is not as it was
    ended_other: bool = False         # another session of this person ended
    recovered: int = 0                # records that recovery ceremonies gave to somebody since the last visit
    recovered_by: str = ""            # to whom

    @property
    def last_time(self) -> datetime | None:
        """The hour of the last visit."""
        return datetime.fromtimestamp(self.last_hour * 3600, UTC) if self.last_entry else None


def keep(account_id: bytes, secrets: Secrets, visit: Visit) -> None:
    """Keep it for the home page."""
    write_whole(visit_file(account_id), secrets.seal(json.dumps(asdict(visit)).encode(), ctx("visit", account_id)))


def confirmed(actor: Actor) -> None:
    """They asked an officer about the file of trust: its notice, and that of ceremonies, are not shown again."""
    keep(actor.id, actor.secrets, replace(kept(actor), trust_changed=False, recovered=0))


def kept(actor: Actor) -> Visit:
    """What was kept; an empty visit if there is none. Raises `Refused` if it was tampered with."""
    path = visit_file(actor.id)
    if not path.is_file():
        return Visit()
    return Visit(**json.loads(actor.secrets.unseal(path.read_bytes(), ctx("visit", actor.id))))

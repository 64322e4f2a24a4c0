"""What time does by itself, against the record: a vault goes on its day, and not while a hold is on it.

Days of deletion and holds lie outside what is sealed. Whoever can write rows could bring a day forward, or take a hold
away, and let the office destroy what they want destroyed: the entries of those who set them say what was meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from waystation.casework.retention import free_again
from waystation_web.gateways import clock
from waystation_web.vault.models import Hold, Vault
from waystation_web.vault.verify import Finding

from .events import Event

BY_ITSELF = frozenset({Event.SHREDDED, Event.GRANT_ENDED, Event.HOLDERS})  # no key of a person is needed for these


@dataclass(slots=True)
class Times:
    """What the entries so far say of days of deletion and of holds."""

    due: dict[bytes, str] = field(default_factory=dict)                     # vault -> day
    holds: dict[str, tuple[bytes, date]] = field(default_factory=dict)      # row -> vault, from when on it may go
    again: int = 0                                                          # destroyed again by the restore just told

    def written(self, vault: bytes, body: Mapping[str, Any]) -> None:
        """Somebody wrote a vault: the day that it had then counts."""
        self.due.pop(vault, None)
        if "due" in body:
            self.due[vault] = str(body["due"])

    def held(self, vault: bytes, body: Mapping[str, Any]) -> None:
        """Two people placed, renewed or ended a hold."""
        self.holds[str(body["row"])] = vault, free_again(date.fromisoformat(body["until"]))

    def restored(self, body: Mapping[str, Any]) -> None:
        """The office was put back: so many vaults that were gone already go again right after this, and no more."""
        self.again = int(body.get("count", 0))

    def shredded(self, vault: bytes, body: Mapping[str, Any]) -> Iterator[str]:
        """A vault is gone: by whom, by time, or because it was gone before a restore."""
        day, due = datetime.fromtimestamp(int(body["at"]) / 1000, UTC).date(), self.due.pop(vault, "")
        mine = [row for row, (of, _) in self.holds.items() if of == vault]
        if self.again and "by" not in body and body.get("why") == "restored":
            self.again -= 1
            for row in mine:
                del self.holds[row]
            return
        if any(until > day for until in (self.holds.pop(row)[1] for row in mine)):
            yield "destroyed a record that was under a hold"
        if "by" not in body and (not due or date.fromisoformat(due) > day):
            yield "destroyed a record before its day"


def without_host_key(event: Event, body: Mapping[str, Any]) -> Iterator[str]:
    """An entry of a day that was begun without the host key."""
    if "by" in body or event not in BY_ITSELF:
        yield "names a person, on a day that was begun without the host key"


def against_rows(times: Times) -> Iterator[Finding]:
    """Days and holds as the rows have them now."""
    for vault, due in Vault.objects.order_by("id").values_list("id", "retain_until"):
        if (due.isoformat() if due else "") != times.due.get(bytes(vault), ""):
            yield Finding(f"vault {bytes(vault).hex()}", "is to be deleted on another day than was recorded")
    today = clock.today()
    rows = {bytes(row.id).hex(): (bytes(row.vault_id), row.until) for row in Hold.objects.all()}
    said = {row: one for row, one in times.holds.items() if one[1] > today or row in rows}
    for row in sorted(rows.keys() | said.keys()):
        if rows.get(row) != said.get(row):
            yield Finding(f"hold {row}", "is not the one that two people placed")

"""Who acts: a signed-in person with their keys, for the length of one request.

Never stored, never shown, never logged.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from waystation.access import Member, Role
from waystation.vault.keys import Secrets


@dataclass(frozen=True, slots=True)
class Actor:
    """The first argument of every read and every act."""

    id: bytes
    handle: str
    name: str
    roles: frozenset[Role]
    officer: bool                                # a key officer: their certificates count (trust.toml)
    secrets: Secrets = field(repr=False)
    language: str = "en"
    theme: str = ""                              # "", "light", "dark"
    keys: bool = True                            # of one letter on the board
    stepped_up_until: datetime | None = None
    signed_in_at: datetime | None = None

    def stepped_up(self, now: datetime) -> bool:
        """Whether the person has shown passphrase or passkey within the last minutes."""
        return self.stepped_up_until is not None and now < self.stepped_up_until

    def member(self, now: datetime) -> Member:
        """What the access rules see of a person."""
        return Member(id=self.id, roles=self.roles, officer=self.officer, stepped_up=self.stepped_up(now))

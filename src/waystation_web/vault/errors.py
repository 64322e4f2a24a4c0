"""What can be refused, for every app above this one."""

from __future__ import annotations

from waystation.vault.refused import Refused

__all__ = ["Changed", "NoSuchVault", "NotPermitted", "Refused"]


class NoSuchVault(Exception):
    """There is no such vault, or this person holds no grant of it: the two look the same from outside (404)."""


class Changed(Exception):
    """Somebody else wrote meanwhile (409). Nothing was saved."""


class NotPermitted(Exception):
    """A rule says no (403), with its sentence. `step_up`: the same act is allowed after signing in anew."""

    def __init__(self, rule: str, sentence: str, *, step_up: bool = False, vault: bytes | None = None) -> None:
        super().__init__(sentence)
        self.rule, self.sentence, self.step_up, self.vault = rule, sentence, step_up, vault

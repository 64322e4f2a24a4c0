"""What sign-in, enrolment and set-up may answer instead of going on."""

from __future__ import annotations


class Wrong(Exception):
    """Something did not fit. Which part is never said: one text for all."""


class Wait(Exception):
    """The same, and the next wrong try is answered later: `seconds`, at most sixty."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Busy(Exception):
    """Too many people are signing in at once (503). Nothing was tried."""


class Uncertified(Exception):
    """Everything fitted, but no officer has signed these keys yet."""

    def __init__(self, fingerprint: str) -> None:
        super().__init__("uncertified")
        self.fingerprint = fingerprint


class Ended(Exception):
    """A code or a started enrolment is used up, too old or was never there."""

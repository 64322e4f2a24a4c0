"""The one error of the vault: something sealed could not be opened, and nothing of it was."""

from __future__ import annotations


class Refused(Exception):
    """What is stored does not fit its key, place or format. `kind` names the check that failed, never the content.

    It is never caught to try something else.
    """

    def __init__(self, kind: str, words: str = "") -> None:
        super().__init__(words or kind)
        self.kind = kind

"""Why something about a statement is not done: the rule and a sentence, for whoever asked."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refused:
    """The first thing that is in the way."""

    rule: str
    sentence: str

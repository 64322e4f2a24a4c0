"""What the record suggests of a contact: rules that it meets, with their days, until each is raised or let be.

Nothing here writes. A suggestion is gone once a flag was raised on the very facts that it rests on, or by hand on a day
that is not before them, and rests folded once somebody let it be for them; a fact that is new suggests it anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b

from waystation.trust.chance import RECORD
from waystation.trust.flags import Flag
from waystation_web.gateways import clock

from . import saying
from .asked import LetBe
from .contact import Contact


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One rule with its facts in words. `facts`: which facts, for the act that answers it."""

    rule: str
    sentence: str
    lines: tuple[tuple[date | None, str], ...] = field(repr=False)
    facts: str
    holds: bool
    let_be: LetBe | None = field(repr=False)

    @property
    def on(self) -> date:
        """The day of the newest fact: what the form to raise it begins with."""
        return max((day for day, _ in self.lines if day is not None), default=clock.today())

    @property
    def told(self) -> str:
        """The facts as lines of text."""
        return "\n".join(f"{day:%Y-%m-%d}: {said}" if day else said for day, said in self.lines)


def suggestions(one: Contact, flags: Iterable[Flag]) -> tuple[Suggestion, ...]:
    """Those that no flag was raised on yet: first what nobody answered."""
    found = []
    for flag in flags:
        facts = digest(flag)
        if _raised(one, flag, facts):
            continue
        let_be = next((each for each in reversed(one.let_be) if (each.rule, each.facts) == (flag.rule, facts)), None)
        lines = tuple((each.on, saying.fact(each)) for each in flag.facts)
        found.append(Suggestion(flag.rule, flag.sentence, lines, facts, flag.holds, let_be))
    return tuple(sorted(found, key=lambda each: each.let_be is not None))


def _raised(one: Contact, flag: Flag, facts: str) -> bool:
    """Whether it stands among the flags: whoever tells a liaison what they read sends no facts with it."""
    newest = max((fact.on for fact in flag.facts if fact.on is not None), default=date.min)
    return any(each.rule == flag.rule and (each.facts == facts if each.facts else each.on >= newest)
               for each in one.flags)


def digest(flag: Flag) -> str:
    """Which facts a flag rests on, in sixteen signs. What changes with every journey, or every call, is no new fact."""
    parts = [flag.rule, *(f"{fact.on if flag.rule != 'shared' else ''} {fact.said}" for fact in flag.facts
                          if fact.form != RECORD)]
    return blake2b("\n".join(parts).encode(), digest_size=8).hexdigest()

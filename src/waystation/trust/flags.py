"""Flags: a named rule, its sentence, and the dated facts that raised it. None is a verdict, and no two make a score.

A flag asks people to look. It stays where it was raised; whoever lifts it says why and until when, and after that day
it stands again. Flags of several rules are listed beside each other and never added: ten weak signs of one cause are
still one cause, and a number would hide it.

The rules come from the code list RED_FLAGS of the design (scam and entrapment) and from the needs S001-32, S001-35,
S002-15, S002-16 and S004-47. `holds`: whether money to whoever is flagged needs two people.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

BROKER, INTERMEDIARY, OFFICIAL, REPORT, GUIDE, HOUSE = (
    "broker", "intermediary", "official", "report", "guide", "house")


@dataclass(frozen=True, slots=True)
class Rule:
    """What raises a flag. `seen`: a person sees it and writes it down; otherwise it is worked out from the record."""

    of: frozenset[str]
    sentence: str
    seen: bool = True
    holds: bool = True


def _of(*kinds: str) -> frozenset[str]:
    return frozenset(kinds)


RULES: Mapping[str, Rule] = MappingProxyType({
    "new_intermediary": Rule(_of(INTERMEDIARY), "A new go-between appeared after the capture."),
    "before_proof": Rule(_of(INTERMEDIARY), "Money is asked for before any proof of life."),
    "no_challenge": Rule(_of(INTERMEDIARY), "They will not answer the question that only the person can answer."),
    "haste": Rule(_of(INTERMEDIARY, BROKER), "An answer is wanted within a day."),
    "grows": Rule(_of(INTERMEDIARY, BROKER), "The amount rose after a payment."),
    "no_voice": Rule(_of(INTERMEDIARY), "A call with the person was refused: text only."),
    "captors_know": Rule(_of(INTERMEDIARY), "They know what only those who hold the person would know."),
    "come_here": Rule(_of(INTERMEDIARY, OFFICIAL), "A relative shall come to the border, or give an address."),
    "asks_helpers": Rule(_of(INTERMEDIARY, OFFICIAL, BROKER), "They ask who helped."),
    "all_at_once": Rule(_of(INTERMEDIARY, OFFICIAL), "They offer to let everybody go at once."),
    "secret": Rule(_of(INTERMEDIARY, BROKER), "They want it kept from the organisation."),
    "official_release": Rule(_of(OFFICIAL), "An official promises a release for money."),
    "no_consul": Rule(_of(OFFICIAL), "Officials offer transport and let no consul near."),
    "only_words": Rule(_of(OFFICIAL), "The next place is promised by word of mouth: no paper names it."),
    "silent_success": Rule(_of(BROKER), "Others report success while the broker says nothing."),
    "new_number": Rule(_of(BROKER, GUIDE), "An old contact writes from a new number or account."),
    "other_voice": Rule(_of(BROKER, GUIDE), "The voice or the place of an old contact has changed."),
    "split_family": Rule(_of(BROKER, GUIDE), "They ask a family to travel apart."),
    "holds_people": Rule(_of(BROKER, GUIDE), "They hold papers, money or children of travellers."),
    "cheap": Rule(_of(BROKER), "The price is less than half of what others asked for the same.", seen=False),
    "shared": Rule(_of(BROKER, INTERMEDIARY, GUIDE), "A phone or account of theirs is used by somebody else too.",
                   seen=False),
    "beyond_chance": Rule(_of(GUIDE), "More parties were betrayed with this guide than chance explains.", seen=False),
    "sold_out": Rule(_of(HOUSE), "More parties that slept in this house were betrayed than chance explains.",
                     seen=False),
    "bait": Rule(_of(BROKER, GUIDE, INTERMEDIARY),
                 "More parties were lost where they had reported calm than chance explains.", seen=False),
    "copied": Rule(_of(REPORT), "This report repeats an earlier one nearly word for word: the two count once.",
                   seen=False, holds=False),
    "one_root": Rule(_of(REPORT), "These reports come from one root in the end: they count as one voice.", seen=False,
                     holds=False),
})
SEEN: tuple[str, ...] = tuple(code for code, rule in RULES.items() if rule.seen)


@dataclass(frozen=True, slots=True)
class Fact:
    """What raised a flag: in words, with its day where one is known. `form` and `values`: the same in two pieces, for
    whoever says it in another language.
    """

    said: str
    on: date | None = None
    form: str = field(default="", compare=False)
    values: tuple[tuple[str, object], ...] = field(default=(), compare=False)

    @classmethod
    def told(cls, form: str, on: date | None = None, **values: object) -> "Fact":
        """A fact from a sentence with names in braces, and what stands for them.

        >>> Fact.told("{party} was lost.", party="K7Q2").said
        'K7Q2 was lost.'
        """
        return cls(form.format(**values), on, form, tuple(values.items()))


@dataclass(frozen=True, slots=True)
class Flag:
    """One rule that was met, by whom it is about, and what met it."""

    rule: str
    about: str
    facts: tuple[Fact, ...]

    @property
    def sentence(self) -> str:
        """What the rule says."""
        return RULES[self.rule].sentence

    @property
    def holds(self) -> bool:
        """Whether it holds a payment for two people."""
        return RULES[self.rule].holds


@dataclass(frozen=True, slots=True)
class Lift:
    """Somebody looked and let a flag rest, for a reason and until a day."""

    reason: str
    by: str
    on: date
    ends: date


def resting(lifts: Iterable[Lift], day: date) -> Lift | None:
    """The lift under which a flag rests on a day, or None: then it is raised. The one that ends last, if several.

    >>> once = Lift("He called from the old number too.", "anna", date(2030, 1, 1), date(2030, 2, 1))
    >>> resting([once], date(2030, 2, 1)) is once, resting([once], date(2030, 2, 2))
    (True, None)
    """
    held = [one for one in lifts if one.on <= day <= one.ends]
    return max(held, key=lambda one: one.ends, default=None)


def lift_fits(reason: str, on: date, ends: date) -> str:
    """Why a lift cannot be kept as it is; empty if it can.

    >>> lift_fits("", date(2030, 1, 1), date(2030, 2, 1))
    'Say why the flag may rest.'
    """
    if not reason.strip():
        return "Say why the flag may rest."
    if ends <= on:
        return "A flag rests until a day after today."
    if (ends - on).days > 92:
        return "A flag rests for three months at most; then somebody looks again."
    return ""


def holding(flags: Sequence[Flag]) -> tuple[str, ...]:
    """Rules for which a payment is held, each once, in the order of the table; no count and no sum of them.

    >>> holding([Flag("grows", "Heron", ()), Flag("copied", "a report", ()), Flag("grows", "Heron", ())])
    ('grows',)
    """
    met = {one.rule for one in flags if one.holds}
    return tuple(code for code in RULES if code in met)

"""What was found about those who are sent back, by paragraph; what they must expect, by who they are; exact words.

A memo cites paragraphs, never a whole report. A row counts as seen in the original only with the digest of the
paragraph that was seen: until then it is marked `verify`, and every page that rests on it says so.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from math import sqrt
from typing import Any

from waystation.rights.facts import Fact, Mark
from waystation.rights.library import Reader, rows

PROFILES = ("crossed", "returned", "to_rok", "religion", "pregnant", "child_cn", "sold", "insider", "family")
ANY = "any"
WORST = 5
_NORMAL = 1.959964  # of a normal deviate: 95 of 100 lie within


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Fact):
    """A group of paragraphs of the Commission of Inquiry: which crimes, which violations, whom it is about."""

    code: str
    paragraphs: str
    crimes: tuple[str, ...]
    violations: tuple[str, ...]
    profiles: frozenset[str]
    text_sha256: str  # of the paragraph's text; empty while nobody looked


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Fact):
    """What somebody of a profile must expect on return. `severity` orders, 1 to 5; it is no number to reckon with."""

    profile: str
    outcome: str
    severity: int
    finding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording(Fact):
    """What an article says, or a State said, word by word."""

    of: str  # the code of an obligation, or of a State
    said_on: date
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided(Fact):
    """How many of so many were not refused, in a State and in certain years."""

    country: str
    n: int
    not_refused: int
    said_of: str

    @property
    def between(self) -> tuple[int, int]:
        """As a range out of 100 (Wilson, 95 of 100), outwards to whole ones.

        >>> from dataclasses import replace
        >>> by_hand = Decided(words="", sources=("96",), mark=Mark.VERIFY, as_of=date(2026, 1, 1), country="BE", n=126,
        ...                   not_refused=27, said_of="2006")
        >>> by_hand.between, replace(by_hand, n=4, not_refused=1).between
        ((15, 30), (4, 70))
        """
        low, high = wilson(self.not_refused, self.n)
        return int(low * 100), -int(-high * 100 // 1)


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that is shipped about what is found, feared and said."""

    findings: Mapping[str, Finding]
    outcomes: tuple[Outcome, ...]
    wordings: tuple[Wording, ...]
    decided: tuple[Decided, ...]

    def paragraphs(self, profiles: Collection[str]) -> tuple[Finding, ...]:
        """Those about somebody of these profiles, those that are about anybody last.

        >>> [one.code for one in findings().paragraphs({"religion"})][:3]
        ['COI-E', 'COI-61', 'COI-A']
        """
        about = [one for one in self.findings.values() if one.profiles & set(profiles)]
        return (*about, *(one for one in self.findings.values() if ANY in one.profiles))

    def feared(self, profiles: Collection[str]) -> tuple[Outcome, ...]:
        """What somebody of these profiles must expect, the gravest first; each outcome once.

        >>> [(one.outcome, one.severity) for one in findings().feared({"pregnant"})][:3]
        [('infanticide', 5), ('forced_abortion', 4), ('torture', 3)]
        """
        told = [one for one in self.outcomes if one.profile in {ANY, *profiles}]
        first: dict[str, Outcome] = {}
        for one in sorted(told, key=lambda each: (-each.severity, each.profile == ANY)):
            first.setdefault(one.outcome, one)
        return tuple(first.values())

    def worded(self, of: str) -> tuple[Wording, ...]:
        """What stands word by word of an obligation or a State, the newest first.

        >>> [one.said_on.year for one in findings().worded("US")]
        [2004]
        """
        return tuple(sorted((one for one in self.wordings if one.of == of), key=lambda one: one.said_on, reverse=True))

    def decided_in(self, country: str) -> tuple[Decided, ...]:
        """What was counted in a State; nothing where nobody counted: then the chance is not known."""
        return tuple(one for one in self.decided if one.country == country)


@cache
def findings() -> Findings:
    """The shipped tables. Raises `BadTable`."""
    read = Reader({row["code"]: row["address"] for row in rows("sources")})
    found = {one.code: one for one in read.all("findings", finding_of)}
    outcomes = read.all("returns", outcome_of)
    if lost := sorted({one.finding for one in outcomes} - set(found)):
        raise ValueError(f"returns.csv: {lost[0]} is no code of findings.csv")
    return Findings(found, outcomes, read.all("wordings", _wording), read.all("chances", _decided))


def wilson(some: int, n: int) -> tuple[float, float]:
    """Between which shares the true one lies, 95 of 100 times. Raises `ValueError` without anybody.

    >>> [round(one, 3) for one in wilson(10, 40)]
    [0.142, 0.402]
    """
    if not 0 <= some <= n or n < 1:
        raise ValueError("some of at least one")
    share, z2 = float(Fraction(some, n)), _NORMAL * _NORMAL
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = _NORMAL * sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def finding_of(row: Mapping[str, str], common: dict[str, Any]) -> Finding:
    """A row. Raises `ValueError`, also for one that says it was checked and has no digest of what was seen."""
    if common["mark"] is Mark.VERIFIED and not row["text_sha256"]:
        raise ValueError("verified needs the SHA-256 of the paragraph that was seen")
    return Finding(code=row["code"], paragraphs=_there(row["paragraphs"]), crimes=tuple(row["crimes"].split()),
                   violations=tuple(row["violations"].split()), profiles=_profiles(row["profiles"]),
                   text_sha256=row["text_sha256"], **common)


def outcome_of(row: Mapping[str, str], common: dict[str, Any]) -> Outcome:
    """A row. Raises `ValueError`."""
    severity = int(row["severity"])
    if not 1 <= severity <= WORST:
        raise ValueError("severity is 1 to 5")
    (profile,) = _profiles(row["profile"])
    return Outcome(profile=profile, outcome=row["outcome"], severity=severity, finding=row["finding"], **common)


def _wording(row: Mapping[str, str], common: dict[str, Any]) -> Wording:
    return Wording(of=row["of"], said_on=date.fromisoformat(row["said_on"]), where=_there(row["where"]), **common)


def _decided(row: Mapping[str, str], common: dict[str, Any]) -> Decided:
    n, some = int(row["n"]), int(row["not_refused"])
    wilson(some, n)
    return Decided(country=row["country"], n=n, not_refused=some, said_of=_there(row["said_of"]), **common)


def _profiles(text: str) -> frozenset[str]:
    found = frozenset(text.split())
    if not found or found - {ANY, *PROFILES}:
        raise ValueError(f"profiles are any or of {', '.join(PROFILES)}")
    return found


def _there(text: str) -> str:
    if not text.strip():
        raise ValueError("paragraphs, place or years are missing")
    return text

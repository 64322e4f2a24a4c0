"""How many independent sources say something: connected groups of claims, never a count of statements.

Two claims hang together if any of these holds: the same witness; one told the other, or a third told both; the same
interpreter *and* the same day of interview; both from one published text; both from one item; somebody wrote that they
are from the same source. One group is a single source, and is called that wherever the claim is used.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from waystation.testimony.claims import Claim, Relation


@dataclass(frozen=True, slots=True)
class Count:
    """Groups of claims that hang together, and how many of them nobody in them saw for themselves."""

    groups: tuple[tuple[str, ...], ...]
    hearsay: int

    @property
    def sources(self) -> int:
        """Independent sources."""
        return len(self.groups)

    @property
    def verification(self) -> str:
        """What the claim is called: a code of `claims.VERIFICATION`."""
        if self.sources == 0:
            return "recanted"
        if self.sources > 1:
            return "corroborated"
        return "common" if len(self.groups[0]) > 1 else "single"

    @property
    def single(self) -> bool:
        """Whether it is to be called single: however many say it, they have it from one source."""
        return self.sources < 2


def dependent(one: Claim, other: Claim, relations: Iterable[Relation] = ()) -> bool:
    """Whether two claims are from one source, by any of the rules."""
    if one.witness and one.witness == other.witness:
        return True
    if (one.told_by and one.told_by == other.witness) or (other.told_by and other.told_by == one.witness):
        return True
    if one.told_by and one.told_by == other.told_by:  # two who have it from the same third
        return True
    if one.interpreter and one.day and (one.interpreter, one.day) == (other.interpreter, other.day):
        return True
    if (one.text and one.text == other.text) or (one.item and one.item == other.item):
        return True
    pair = {one.id, other.id}
    return any(each.kind == "same_source" and {each.one, each.other} == pair for each in relations)


def counts(claim: Claim) -> bool:
    """Whether a claim counts as a source: it was not taken back, and of a picture only what was observed counts."""
    return claim.status != "recanted" and claim.level in {"", "observed"}


def supporting(claim: Claim, claims: Iterable[Claim], relations: Iterable[Relation]) -> tuple[Claim, ...]:
    """A claim and every other that says the same, directly or through others."""
    known, said = {one.id: one for one in claims} | {claim.id: claim}, tuple(relations)
    found, waiting = dict[str, Claim](), [claim.id]
    while waiting:
        key = waiting.pop()
        if key in found or key not in known:
            continue
        found[key] = known[key]
        waiting += [other for each in said if each.kind == "corroborates" and key in {each.one, each.other}
                    for other in (each.one, each.other)]
    return tuple(found.values())


def independent(claim: Claim, claims: Iterable[Claim], relations: Iterable[Relation]) -> Count:
    """How many independent sources say what a claim says."""
    said = tuple(relations)
    able = tuple(one for one in supporting(claim, claims, said) if counts(one))
    groups = _groups(able, said)
    hearsay = sum(1 for group in groups if not any(one.first_hand for one in group))
    return Count(tuple(tuple(one.id for one in group) for group in groups), hearsay)


def _groups(claims: Sequence[Claim], relations: Sequence[Relation]) -> list[list[Claim]]:
    groups = list[list[Claim]]()
    for one in claims:
        near = [group for group in groups if any(dependent(one, other, relations) for other in group)]
        groups = [group for group in groups if group not in near] + [[each for group in near for each in group] + [one]]
    return groups


NUMBERS = ("no source", "one source", "two sources", "three sources", "four sources", "five sources")


def in_words(count: Count) -> str:
    """The count as it is said.

    >>> in_words(Count((("a",), ("b",)), 1)), in_words(Count((("a", "b"),), 1)), in_words(Count((), 0))
    ('two sources, one of them hearsay', 'one source, hearsay', 'no source that stands')
    """
    if count.sources == 0:
        return "no source that stands"
    said = NUMBERS[count.sources] if count.sources < len(NUMBERS) else f"{count.sources} sources"
    if not count.hearsay:
        return said
    if count.hearsay == count.sources:
        return f"{said}, hearsay" if count.sources == 1 else f"{said}, all of them hearsay"
    number = NUMBERS[count.hearsay].split()[0] if count.hearsay < len(NUMBERS) else str(count.hearsay)
    return f"{said}, {number} of them hearsay"

"""Somebody in a few words that many others share: never a code of the office, a birth date, a village or an illness."""

from collections.abc import Iterable

from waystation.appeals.people import Person
from waystation.appeals.wording import Wording

GROWN, OLD = 20, 60


def described(person: Person, words: Wording) -> str:
    """Sex and decade, as far as they are known.

    >>> from waystation.appeals.wording import wording
    >>> described(Person(id="a", sex="2", ages=(32, 33), child=False), wording("en"))
    'a woman in her thirties'
    >>> described(Person(id="a", sex="2", ages=(32, 33), child=False), wording("ko"))
    '30대 여성'
    >>> described(Person(id="a"), wording("en")), described(Person(id="a", child=True, sex="1"), wording("en"))
    ('a person', 'a child')
    """
    if person.child:
        return words.say("who.child")
    kind = {"1": "man", "2": "woman"}.get(person.sex, "person")
    decade = _decade(person.ages)
    return words.say(f"who.{kind}_{decade}" if decade else f"who.{kind}")


def counted(people: Iterable[Person], words: Wording) -> str:
    """How many, of whom how many may be children; who may be one is counted as one.

    >>> from waystation.appeals.wording import wording
    >>> counted([Person(id="a", child=False), Person(id="b", child=True), Person(id="c")], wording("en"))
    '3 people (at most 2 of them under eighteen)'
    """
    found = tuple(people)
    children = sum(one.child is not False for one in found)
    if not found:
        return words.say("who.some")
    if len(found) == 1:
        return words.say("who.one_child" if children else "who.one")
    return words.say("who.many_children" if children else "who.many", count=len(found), children=children)


def _decade(ages: tuple[int, int] | None) -> str:
    if ages is None or ages[0] < GROWN:
        return ""
    low, high = (min(age, OLD) // 10 * 10 for age in ages)
    return str(low) if low == high else ""

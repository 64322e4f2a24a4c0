"""What a screening found, in a sentence that says what to do next; never a score, and never a reason to turn away.

Trafficking is an act, by a means, for a purpose (Palermo Protocol, article 3). That somebody agreed does not undo it
once a means was used; for a child no means need be shown. Who holds papers, phone, money and children is who can force
them. Thoughts of dying and violence are asked about so that a plan to keep safe is made, by nobody but them.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

Codes = Mapping[str, str]
ACTS: Codes = MappingProxyType({
    "recruited": "they were found and talked into it", "moved": "they were taken from one place to another",
    "handed_over": "they were handed on to somebody else", "kept": "they were kept somewhere",
    "received": "somebody took them in for a price",
})
MEANS: Codes = MappingProxyType({
    "force": "force, or a threat of it", "abduction": "carried off", "deception": "deceived about where or what for",
    "debt": "a debt that grows", "report": "a threat to report them", "power": "power over somebody with no way out",
    "paid": "somebody who had power over them was paid",
})
PURPOSES: Codes = MappingProxyType({
    "marriage": "sold for marriage", "sex": "sex for money, on camera too", "labour": "forced work",
    "servitude": "kept as a servant", "child": "to bear or hand over a child", "organs": "organs",
    "other": "another gain",
})
HELD: Codes = MappingProxyType({"papers": "papers", "phone": "phone", "money": "money", "children": "children"})
OTHERS = frozenset({"broker", "employer", "spouse"})  # of codes.HELD_BY: whoever can force them with it


class Found(StrEnum):
    """What was told of trafficking."""

    ALL = "all"
    SOME = "some"
    NOTHING = "nothing"


TRAFFICKING: Codes = MappingProxyType({
    Found.ALL: "What was told is trafficking: protect them as a victim. That they agreed does not undo it.",
    Found.SOME: "A part of it was told. Ask again later, with somebody they trust, and do not press.",
    Found.NOTHING: "Nothing was told, which is not a no. Offer it again when they are safe.",
})
NEXT: Codes = MappingProxyType({
    "papers": "Settle how they get their papers back before they follow anybody.",
    "phone": "Agree on another safe way to reach them.",
    "money": "Settle the debt and who pays before they leave.",
    "children": "Settle with them what happens to the children before anybody leaves.",
})
UNKNOWN = "Nobody knows who holds it. Ask."
REFUSED = "They said no to it. Offer it again; a no today is not one for ever."
PLAN: Codes = MappingProxyType({
    "suicide": "Write with them how they stay safe, and who is with them tonight.",
    "violence": "Write with them how they stay safe, and their children too.",
})


def trafficking(acts: Iterable[str], means: Iterable[str], purposes: Iterable[str], *, child: bool | None) -> Found:
    """What was told. Whether somebody agreed is not asked here, because it changes nothing. Child None counts as yes.

    >>> trafficking(["moved"], ["debt"], ["marriage"], child=False)
    <Found.ALL: 'all'>
    >>> trafficking(["moved"], [], ["marriage"], child=False), trafficking(["moved"], [], ["marriage"], child=True)
    (<Found.SOME: 'some'>, <Found.ALL: 'all'>)
    """
    act, means_told, purpose = (bool(set(told) & set(codes)) for told, codes in (
        (acts, ACTS), (means, MEANS), (purposes, PURPOSES)))
    if act and purpose and (means_told or child is not False):
        return Found.ALL
    return Found.SOME if act or means_told or purpose else Found.NOTHING


def power(holders: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What to do about each thing that somebody else holds, or nobody knows who holds: pairs of it and a sentence.

    >>> power({"papers": "self", "phone": "broker", "money": "family"})
    (('phone', 'Agree on another safe way to reach them.'), ('children', 'Nobody knows who holds it. Ask.'))
    """
    found = []
    for what in HELD:
        holder = holders.get(what, "")
        if holder in OTHERS:
            found.append((what, NEXT[what]))
        elif not holder:
            found.append((what, UNKNOWN))
    return tuple(found)


def next_of(what: str, *, refused: bool, planned: bool) -> str:
    """What comes after a screening for violence or thoughts of dying; empty once a plan to keep safe is there.

    >>> next_of("suicide", refused=False, planned=False)
    'Write with them how they stay safe, and who is with them tonight.'
    >>> next_of("suicide", refused=False, planned=True), next_of("power", refused=False, planned=False)
    ('', '')
    """
    if refused:
        return REFUSED
    return "" if planned else PLAN.get(what, "")


def every_word() -> tuple[str, ...]:
    """Every label and every sentence, for whoever translates them.

    >>> UNKNOWN in every_word(), "forced work" in every_word()
    (True, True)
    """
    lists = (ACTS, MEANS, PURPOSES, HELD, TRAFFICKING, NEXT, PLAN)
    return tuple(dict.fromkeys([*(words for codes in lists for words in codes.values()), UNKNOWN, REFUSED]))

"""The roles of an office, the types of sealed records, and which role holds which type from the start.

No one person shall read who somebody is, who helps them and what can be proved: records are of three kinds that are
keyed apart, and no permitted set of roles is given all three (refusal R-10). The table below is the only place where
that is decided; the manual's page of roles and the tests are made from it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from itertools import combinations
from types import MappingProxyType


class Kind(IntEnum):
    """The kind of a vault, one byte beside the sealed payload and bound into it. Every other value is refused."""

    PEOPLE = 0x01
    NETWORK = 0x02
    EVIDENCE = 0x03
    INBOX = 0x10
    AUDIT = 0x11
    HOUSE = 0x12  # what everybody who works here reads: the roster, guidance cards, limits, marks of what is frozen
    GUARD = 0x13  # what protects those in the records: assessments, drills, breaches, holds, demands, complaints


class Role(StrEnum):
    """What somebody does in an office. An account may have several, within `check_roles`."""

    COORDINATOR = "coordinator"
    CASE_WORKER = "case_worker"
    FIELD_LIAISON = "field_liaison"
    RIGHTS_OFFICER = "rights_officer"
    RESEARCHER = "researcher"
    FINANCE = "finance"
    SECURITY_OFFICER = "security_officer"
    AUDITOR = "auditor"
    ORGANISATION_HEAD = "organisation_head"

    @property
    def words(self) -> str:
        """The role as a reader sees it.

        >>> Role.CASE_WORKER.words
        'case worker'
        """
        return self.value.replace("_", " ")


class Holding(IntEnum):
    """How somebody of a role comes to hold the key of a record; the greater, the less is asked for."""

    NEVER = 0  # no way: neither at creation nor by a grant
    TWO = 1  # by a grant with a reason, an end and a second signature
    SEALED = 2  # by a grant with a reason and an end
    NAMED = 3  # if whoever made the record, or the office's list, names this account
    ASSIGNED = 4  # from the start, if assigned to this case, contact or leg
    BY_ROLE = 5  # from the start, every account of the role


TYPES: Mapping[str, Kind] = MappingProxyType({
    "case": Kind.PEOPLE, "person": Kind.PEOPLE, "money": Kind.PEOPLE, "incident": Kind.PEOPLE, "note": Kind.PEOPLE,
    "application": Kind.PEOPLE, "followup": Kind.PEOPLE, "communication": Kind.PEOPLE,
    "place": Kind.NETWORK, "spot": Kind.NETWORK, "leg": Kind.NETWORK, "report": Kind.NETWORK, "hazard": Kind.NETWORK,
    "contact": Kind.NETWORK, "handle": Kind.NETWORK, "plan": Kind.NETWORK, "decision": Kind.NETWORK,
    "journey": Kind.NETWORK, "season": Kind.NETWORK,
    "testimony": Kind.EVIDENCE, "item": Kind.EVIDENCE, "coded": Kind.EVIDENCE, "dossier": Kind.EVIDENCE,
    "petition": Kind.EVIDENCE, "story": Kind.EVIDENCE, "digest": Kind.EVIDENCE, "signer": Kind.EVIDENCE,
    "message": Kind.INBOX, "dropkey": Kind.INBOX,
    "audit": Kind.AUDIT,
    "duty": Kind.HOUSE, "card": Kind.HOUSE, "setting": Kind.HOUSE, "directory": Kind.HOUSE,
    "publication": Kind.HOUSE,
    "assessment": Kind.GUARD, "drill": Kind.GUARD, "breach": Kind.GUARD, "hold": Kind.GUARD, "demand": Kind.GUARD,
    "complaint": Kind.GUARD, "request": Kind.GUARD, "takeout": Kind.GUARD,
})
APART = frozenset({Kind.PEOPLE, Kind.NETWORK, Kind.EVIDENCE})  # nobody is given all of these
NEVER_TOGETHER = ("person", "handle", "place")  # who, through whom, and where

Table = Mapping[str, Mapping[Role, Holding]]

_LETTERS = {"-": Holding.NEVER, "2": Holding.TWO, "s": Holding.SEALED, "n": Holding.NAMED, "a": Holding.ASSIGNED,
            "R": Holding.BY_ROLE}
# R every account of the role · a the assigned ones · n those named · s with a reason · 2 with a second signature · - no
_ROWS = {
    #          CO CW FL RO RE FI SO AU OH
    "case": "   R  a  -  s  -  -  s  -  2",
    "person": " s  a  -  s  -  -  s  -  2",
    "money": "  a  a  -  s  -  R  s  -  2",
    "incident": "R a  s  R  -  -  s  -  2",
    "note": "   n  n  n  n  n  n  n  n  n",
    "application": "s a - R - - s - 2",
    "followup": "s a  -  s  -  -  s  -  2",
    "communication": "R a - R - - s - 2",
    "place": "  R  -  s  -  -  -  s  -  2",
    "spot": "   2  -  a  -  -  -  2  -  2",
    "leg": "    R  -  a  -  -  -  s  -  2",
    "report": " R  -  s  -  -  -  s  -  2",
    "hazard": " R  -  s  -  -  -  s  -  2",
    "contact": "R  s  a  -  -  -  R  -  2",
    "handle": " 2  -  a  -  -  -  2  -  2",
    "plan": "   R  -  s  -  -  -  s  -  2",
    "decision": "R -  s  -  -  -  s  -  2",
    "journey": "R  -  s  s  -  -  s  -  2",
    "season": " R  -  s  -  -  -  s  -  2",  # read like the decisions that it is one of
    "testimony": "- a -  R  s  -  -  -  2",
    "item": "   -  a  -  R  s  -  -  -  2",
    "coded": "  s  s  -  R  R  -  -  -  2",
    "dossier": "s  a  -  R  -  -  s  -  2",
    "petition": "s - -  R  -  -  s  -  2",
    "story": "  s  a  -  R  R  -  s  -  2",
    "digest": " s  a  -  R  R  -  s  -  2",
    "signer": " -  -  -  R  -  -  -  -  2",
    "message": "n  n  -  n  -  -  n  -  -",
    "dropkey": "n  n  -  n  -  -  n  -  -",
    "audit": "  -  -  -  -  -  -  R  R  -",
    "duty": "   R  R  R  R  R  R  R  -  R",
    "card": "   R  R  R  R  R  R  R  -  R",
    "setting": "R  R  R  R  R  R  R  -  R",
    "directory": "R R R  R  R  R  R  -  R",
    "publication": "R R R R  R  R  R  -  R",
    "assessment": "R s - R  -  -  R  R  R",
    "drill": "  -  -  -  -  -  -  R  R  R",
    "breach": " n  n  n  n  n  n  R  -  R",
    "hold": "   s  s  -  R  -  -  R  -  R",
    "demand": " s  s  s  R  s  s  R  -  R",  # whoever answers one counts what their keys open
    "complaint": "n n n  n  n  n  n  -  n",
    "request": "R  a  -  R  -  -  s  -  s",
    "takeout": "-  -  -  -  -  -  R  -  R",
}
TABLE: Table = MappingProxyType({
    name: MappingProxyType({role: _LETTERS[letter] for role, letter in zip(Role, letters.split(), strict=True)})
    for name, letters in _ROWS.items()
})

WRITERS: Mapping[str, frozenset[Role]] = MappingProxyType({
    "case": frozenset({Role.COORDINATOR, Role.CASE_WORKER}),
    "person": frozenset({Role.CASE_WORKER}),
    "money": frozenset({Role.COORDINATOR, Role.CASE_WORKER, Role.FINANCE}),
    "incident": frozenset({Role.COORDINATOR, Role.CASE_WORKER, Role.FIELD_LIAISON, Role.RIGHTS_OFFICER}),
    **dict.fromkeys(("application", "communication"), frozenset({Role.CASE_WORKER, Role.RIGHTS_OFFICER})),
    "followup": frozenset({Role.CASE_WORKER}),
    "note": frozenset(Role),
    **dict.fromkeys(("place", "leg", "report", "hazard", "plan", "journey"), frozenset({Role.COORDINATOR})),
    **dict.fromkeys(("contact", "handle", "spot"), frozenset({Role.FIELD_LIAISON})),
    **dict.fromkeys(("testimony", "item", "dossier", "petition", "signer"), frozenset({Role.RIGHTS_OFFICER})),
    "coded": frozenset({Role.RIGHTS_OFFICER, Role.RESEARCHER}),
    # proposed by who knows the people, drafted by who writes, signed by who guards those who helped; by no coordinator,
    # who holds people and ways already
    **dict.fromkeys(("story", "digest"), frozenset(
        {Role.CASE_WORKER, Role.RIGHTS_OFFICER, Role.RESEARCHER, Role.SECURITY_OFFICER})),
    **dict.fromkeys(("message", "dropkey"), frozenset(
        {Role.COORDINATOR, Role.CASE_WORKER, Role.RIGHTS_OFFICER, Role.SECURITY_OFFICER})),
    "audit": frozenset(),  # written by the office itself, by nobody's hand
    # the second signature is written by either
    **dict.fromkeys(("decision", "season"), frozenset({Role.COORDINATOR, Role.SECURITY_OFFICER})),
    "duty": frozenset(Role) - {Role.AUDITOR},
    "card": frozenset({Role.COORDINATOR, Role.SECURITY_OFFICER}),
    "directory": frozenset({Role.COORDINATOR, Role.CASE_WORKER, Role.RIGHTS_OFFICER, Role.SECURITY_OFFICER}),
    "publication": frozenset({Role.COORDINATOR, Role.CASE_WORKER, Role.RIGHTS_OFFICER, Role.RESEARCHER}),
    "setting": frozenset({Role.SECURITY_OFFICER, Role.ORGANISATION_HEAD}),
    **dict.fromkeys(("assessment", "drill", "takeout"), frozenset({Role.SECURITY_OFFICER, Role.ORGANISATION_HEAD})),
    "breach": frozenset(Role) - {Role.AUDITOR},  # whoever sees it first writes it down
    "demand": frozenset(Role) - {Role.AUDITOR},  # their own count; the rest of it is for three offices (`claims`)
    "hold": frozenset({Role.COORDINATOR, Role.CASE_WORKER, Role.RIGHTS_OFFICER, Role.SECURITY_OFFICER,
                       Role.ORGANISATION_HEAD}),  # who works on a case knows its records; another office signs a hold
    "complaint": frozenset(Role) - {Role.AUDITOR},
    "request": frozenset({Role.COORDINATOR, Role.CASE_WORKER, Role.RIGHTS_OFFICER}),
})


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a set of roles is refused: the rule, a sentence, and the smallest set of roles that clash."""

    rule: str
    why: str
    clash: tuple[Role, ...] = ()


def holding(type_: str, roles: Collection[Role], *, table: Table = TABLE) -> Holding:
    """How an account with these roles comes to hold a record of this type: by the role that asks for least.

    Raises `KeyError` for an unknown type.

    >>> holding("case", {Role.COORDINATOR}), holding("case", {Role.RESEARCHER})
    (<Holding.BY_ROLE: 5>, <Holding.NEVER: 0>)
    """
    return max((table[type_].get(role, Holding.NEVER) for role in roles), default=Holding.NEVER)


def default_roles(type_: str, *, table: Table = TABLE) -> frozenset[Role]:
    """Roles whose every account is granted a new record of this type. Raises `KeyError` for an unknown type.

    Those who are granted it only because they are assigned to it stand in `assigned_roles`: never grant to all of them.

    >>> sorted(default_roles("case")), sorted(default_roles("handle"))
    ([<Role.COORDINATOR: 'coordinator'>], [])
    """
    return frozenset(role for role, how in table[type_].items() if how is Holding.BY_ROLE)


def assigned_roles(type_: str, *, table: Table = TABLE) -> frozenset[Role]:
    """Roles of which only the account assigned to the case, contact or leg (and its deputy) is granted a new record.

    >>> sorted(assigned_roles("handle"))
    [<Role.FIELD_LIAISON: 'field_liaison'>]
    """
    return frozenset(role for role, how in table[type_].items() if how is Holding.ASSIGNED)


def default_types(roles: Collection[Role], *, table: Table = TABLE) -> frozenset[str]:
    """Types of which these roles, taken together, are granted new records, to every account or to the assigned one.

    >>> sorted(default_types({Role.FINANCE}))
    ['card', 'directory', 'duty', 'money', 'publication', 'setting']
    """
    return frozenset(name for name in table if holding(name, roles, table=table) >= Holding.ASSIGNED)


def default_kinds(roles: Collection[Role], *, table: Table = TABLE) -> frozenset[Kind]:
    """Kinds of which these roles are granted new records.

    >>> sorted(kind.name for kind in default_kinds({Role.RIGHTS_OFFICER}))
    ['EVIDENCE', 'GUARD', 'HOUSE', 'PEOPLE']
    """
    return frozenset(TYPES[name] for name in default_types(roles, table=table))


def check_roles(roles: Collection[Role], *, table: Table = TABLE) -> Refusal | None:
    """Refuse a set of roles that would be given all three kinds, or person, handle and place (R-10); else `None`.

    >>> check_roles({Role.CASE_WORKER, Role.FINANCE}) is None
    True
    >>> print(check_roles({Role.COORDINATOR, Role.RIGHTS_OFFICER, Role.AUDITOR}).why)
    Coordinator and rights officer together open people, network and evidence. Give one of these roles to someone else.
    """
    for size in range(1, len(roles) + 1):
        for clash in combinations(sorted(set(roles), key=list(Role).index), size):
            types = default_types(clash, table=table)
            if {TYPES[name] for name in types} >= APART:
                return Refusal("R-10", _clash_sentence(clash, "people, network and evidence"), clash)
            if types.issuperset(NEVER_TOGETHER):
                return Refusal("R-10", _clash_sentence(clash, "real names, contacts' numbers and places"), clash)
    return None


def _clash_sentence(clash: tuple[Role, ...], what: str) -> str:
    names = [role.words for role in clash]
    if len(names) == 1:
        return f"The role {names[0]} alone opens {what}. No role may: the table of roles must be mended."
    said = f"{', '.join(names[:-1])} and {names[-1]} together open {what}."
    return f"{said[0].upper()}{said[1:]} Give one of these roles to someone else."

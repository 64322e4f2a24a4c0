"""May this person do this now? One table of acts, one function, and a sentence for every no.

`may` knows nothing but what it is told: `Facts` left at their defaults lead to a refusal wherever the fact matters.
Step-up is asked for last, so that nobody types eight words in order to be refused.

What is refused here is a **rule**: the server says no, and whoever controls the server could say yes. What a person
without a grant cannot read is kept from them by a **key**. Never present the one as the other.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from waystation.access.roles import APART, TYPES, WRITERS, Holding, Kind, Role, check_roles, default_kinds, holding


class Permission(StrEnum):
    """Everything a person may do in the office."""

    OPEN_VAULT = "open_vault"
    WRITE_VAULT = "write_vault"
    CREATE_VAULT = "create_vault"
    GRANT = "grant"
    END_GRANT = "end_grant"
    SHRED = "shred"
    UPLOAD = "upload"
    DOWNLOAD = "download"
    SEARCH = "search"
    INVITE = "invite"
    CERTIFY = "certify"
    LOCK = "lock"
    UNLOCK = "unlock"
    REMOVE = "remove"
    RESET_FACTOR = "reset_factor"
    CHANGE_ROLES = "change_roles"
    READ_AUDIT = "read_audit"
    VERIFY_AUDIT = "verify_audit"
    SEE_PEOPLE = "see_people"
    READ_PLAN = "read_plan"
    CHANGE_OWN_WORDS = "change_own_words"
    CHANGE_OWN_FACTORS = "change_own_factors"
    CHANGE_OWN_SETTINGS = "change_own_settings"


P = Permission
STEP_UP = frozenset({P.SHRED, P.INVITE, P.CERTIFY, P.UNLOCK, P.REMOVE, P.RESET_FACTOR, P.CHANGE_ROLES,
                     P.CHANGE_OWN_WORDS, P.CHANGE_OWN_FACTORS})
STEP_UP_TYPES = frozenset({"person", "handle", "spot"} | {name for name, of in TYPES.items() if of is Kind.EVIDENCE})
TWO_TO_GRANT = frozenset({"handle", "spot"})
TWO_TO_SHRED = frozenset({"case", "person"} | {name for name, of in TYPES.items() if of is Kind.EVIDENCE})
TWO_TO_WRITE = MappingProxyType({"contact": frozenset({Role.SECURITY_OFFICER}),
                                 "incident": frozenset({Role.SECURITY_OFFICER}),  # vetting: never alone
                                 "communication": frozenset({Role.SECURITY_OFFICER, Role.COORDINATOR})})

WHY: Mapping[str, str] = MappingProxyType({
    "unknown": "The office does not know enough to decide this. Nothing was done. Tell the security officer.",
    "no_grant": "This record is not shared with you. Ask a colleague who works on it.",
    "role": "Your role does not do this. Ask a colleague whose role does.",
    "recipient": "The role of this colleague never reads records of this type. Choose someone else.",
    "search": "Records given to you under seal are not searched. Open them one by one.",
    "reason": "Write down why this colleague needs the record.",
    "end_date": "Say until which day this colleague needs the record.",
    "second_signature": "This needs a second signature. One person cannot do it alone.",
    "united": "These roles, and what this colleague holds, unite people, network and evidence. End those grants first.",
    "last_holder": "Nobody else would be left who can open it. Share it with a colleague first.",
    "own": "You cannot do this for yourself. Ask another person whose role does.",
    "key_officer": "Only a key officer can certify. Ask one of those listed when the office was set up.",
    "step_up": "Confirm that it is you, then send this again.",
})


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody signed in, active and certified: whoever is not never gets as far as `may`."""

    id: bytes  # 16 B
    roles: frozenset[Role]
    officer: bool = False  # a key officer: listed outside the database
    stepped_up: bool = False  # within the last five minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a decision needs to know; each default is the one that leads to a refusal where it matters."""

    type: str | None = None  # of the record; it stands inside the payload: open, ask, then show
    holds: bool = False  # a grant of the actor's, not past its end
    own: bool = False  # the account concerned, or whose grant begins or ends, is the actor's own
    holders: int = 0  # human holders of the record now
    second_signature: bool = False  # a valid approval by another person, for this very act
    reason: bool = False  # one was written down
    until: bool = False  # the grant has an end date
    roles: frozenset[Role] = frozenset()  # of the other account: the recipient's, or those it is to have
    kinds: frozenset[Kind] | None = None  # of records that other account holds now; None = nobody looked
    last_of: int | None = None  # records whose last human holder the other account is; None = nobody counted
    fresh: bool = False  # the record is made in this very act: its author names those who are assigned to it


@dataclass(frozen=True, slots=True)
class Allowed:
    """Go ahead, and write it into the audit."""


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """No: by which rule (a key of `WHY`, or R-10), a sentence, and whether confirming oneself would be enough."""

    rule: str
    why: str
    step_up: bool = False


NOTHING = Facts()


def may(member: Member, permission: Permission, facts: Facts = NOTHING) -> Allowed | NotAllowed:
    """Decide whether this member may do this now, given these facts.

    >>> anna = Member(bytes(16), frozenset({Role.CASE_WORKER}))
    >>> may(anna, Permission.OPEN_VAULT, Facts(type="case", holds=True))
    Allowed()
    >>> may(anna, Permission.OPEN_VAULT, Facts(type="case")).rule
    'no_grant'
    >>> may(anna, Permission.CHANGE_OWN_WORDS).step_up
    True
    """
    no = _DECIDES[permission](member, facts)
    if no is not None:
        return no if isinstance(no, NotAllowed) else NotAllowed(no, WHY[no])
    guarded = permission is P.GRANT and facts.type in STEP_UP_TYPES
    if (permission in STEP_UP or guarded) and not member.stepped_up:
        return NotAllowed("step_up", WHY["step_up"], step_up=True)
    return Allowed()


Decision = str | NotAllowed | None  # the rule that says no, or nothing


def _open(member: Member, facts: Facts) -> Decision:
    if not facts.holds:
        return "no_grant"
    if facts.type is None or facts.type not in TYPES:
        return "unknown"
    return "role" if holding(facts.type, member.roles) is Holding.NEVER else None


def _writes(member: Member, facts: Facts) -> Decision:
    if facts.type is None or facts.type not in TYPES:
        return "unknown"
    if member.roles & WRITERS[facts.type]:
        return None
    if member.roles & TWO_TO_WRITE.get(facts.type, frozenset()):
        return None if facts.second_signature else "second_signature"
    return "role"


def _write(member: Member, facts: Facts) -> Decision:
    return _open(member, facts) or _writes(member, facts)


def _grant(member: Member, facts: Facts) -> Decision:
    no = _open(member, facts)
    if no is not None or facts.type is None:
        return no or "unknown"
    if facts.own:  # or whoever was given a record for a week would keep it
        return "own"
    how = holding(facts.type, facts.roles)
    if how is Holding.NEVER:
        return "recipient"
    if facts.kinds is None:
        return "unknown"
    if how is not Holding.NAMED and not facts.reason:
        return "reason"
    if how in {Holding.SEALED, Holding.TWO} and not facts.until:
        return "end_date"
    united = facts.kinds | default_kinds(facts.roles) | {TYPES[facts.type]}
    deputy = facts.fresh and how is Holding.ASSIGNED  # two hold a number from the start: nobody is the only way to it
    two = how is Holding.TWO or (facts.type in TWO_TO_GRANT and not deputy)
    alone = not two and not united >= APART
    return None if alone or facts.second_signature else "second_signature"


def _end_grant(member: Member, facts: Facts) -> Decision:
    no = _open(member, facts) if facts.own else _write(member, facts)
    return no or ("last_holder" if facts.holders <= 1 else None)


def _shred(member: Member, facts: Facts) -> Decision:
    no = _write(member, facts)
    return no or ("second_signature" if facts.type in TWO_TO_SHRED and not facts.second_signature else None)


def _search(member: Member, facts: Facts) -> Decision:
    if facts.type is None or facts.type not in TYPES:
        return "unknown"
    how = holding(facts.type, member.roles)
    return "role" if how is Holding.NEVER else "search" if how < Holding.NAMED else None


def _officer(member: Member, facts: Facts) -> Decision:
    if Role.SECURITY_OFFICER not in member.roles:
        return "role"
    return "own" if facts.own else None


def _with_roles(member: Member, facts: Facts) -> Decision:
    no = _officer(member, facts)
    clash = check_roles(facts.roles)
    return no or (NotAllowed(clash.rule, clash.why) if clash else None)


def _change_roles(member: Member, facts: Facts) -> Decision:
    no = _with_roles(member, facts)
    if no is not None:
        return no
    if facts.kinds is None:
        return "unknown"  # a new role opens new records, and what was held under the old ones stays held
    return "united" if facts.kinds | default_kinds(facts.roles) >= APART else None


def _remove(member: Member, facts: Facts) -> Decision:
    no = _officer(member, facts)
    return no or ("unknown" if facts.last_of is None else "last_holder" if facts.last_of else None)


def _certify(member: Member, _facts: Facts) -> Decision:  # the first officer of an office certifies themself
    return None if member.officer else "key_officer"


def _audit(member: Member, _facts: Facts) -> Decision:
    return None if member.roles & {Role.AUDITOR, Role.SECURITY_OFFICER} else "role"


def _plan(member: Member, facts: Facts) -> Decision:
    if Role.COORDINATOR in member.roles:
        return None
    return "role" if holding("plan", member.roles) is Holding.NEVER or not facts.holds else None


def _anybody(_member: Member, _facts: Facts) -> Decision:
    return None


_DECIDES: Mapping[Permission, Callable[[Member, Facts], Decision]] = MappingProxyType({
    P.OPEN_VAULT: _open, P.DOWNLOAD: _open, P.WRITE_VAULT: _write, P.UPLOAD: _write, P.CREATE_VAULT: _writes,
    P.GRANT: _grant, P.END_GRANT: _end_grant, P.SHRED: _shred, P.SEARCH: _search,
    P.INVITE: _with_roles, P.CHANGE_ROLES: _change_roles, P.UNLOCK: _officer, P.RESET_FACTOR: _officer,
    P.REMOVE: _remove, P.CERTIFY: _certify, P.READ_AUDIT: _audit, P.VERIFY_AUDIT: _audit, P.READ_PLAN: _plan,
    P.LOCK: _anybody, P.SEE_PEOPLE: _anybody, P.CHANGE_OWN_WORDS: _anybody, P.CHANGE_OWN_FACTORS: _anybody,
    P.CHANGE_OWN_SETTINGS: _anybody,
})

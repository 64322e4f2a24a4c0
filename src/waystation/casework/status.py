"""How a request and a case move from step to step: two tables, and what holds each step."""

from dataclasses import dataclass
from types import MappingProxyType

from waystation.access.roles import Role

from . import moves
from .moves import Grounds, Moved, Moves, Refused, steps_from

CO, CW, FL = Role.COORDINATOR, Role.CASE_WORKER, Role.FIELD_LIAISON
RO, SO = Role.RIGHTS_OFFICER, Role.SECURITY_OFFICER
REVIEW_DAYS = 7  # a request that waits is looked at again within them


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts(Grounds):
    """What a guard may need to know; each default leads to a refusal where it matters."""

    challenge: bool = False  # the identity challenge was passed, or it is written down why it could not be
    scored: bool = False  # need and safety, two scales
    review_days: int = 0  # until it is looked at again; 0 = no day was set
    capacity_shown: bool = False
    named: bool = False  # the reason stands in words and by its name, of `codes.DECLINE`
    answered: bool = False  # the person was told
    referral_tried: bool = False
    consent_asked: bool = False  # what every adult said about sharing is written down, a no too
    consent: bool = False  # a yes of every adult that still stands
    referral_consent: bool = False  # a yes to a referral that still stands
    broker_interprets: bool = True
    holders: int = 0
    screens: bool = False  # trafficking, violence, suicide: offered, or the refusal written down
    standing: bool = False  # signed by every adult
    everybody_said_yes: bool = False
    children_cared: bool = False  # guardian and best-interest record by two, for every child
    checklist: int = 0  # of seven
    tries: int = 0  # to reach the person
    before: str = ""  # where the case stood when a crisis began


Move = moves.Move[Facts]
Table = Moves[Facts]
_NAMED = ("H-34", "Choose the reason by its name. Nobody is declined without one.", lambda f: f.named)
_ANSWER = ("H-34", "Tell the person first, in their words, and write it down.", lambda f: f.answered)
_REFER = ("H-34", "Try to refer them to somebody who can help, and write it down.", lambda f: f.referral_tried)
_STANDING = ("H-29", "Every adult signs what is to happen if they are caught, before anybody leaves.",
             lambda f: f.standing)
_ASKED = ("H-21", "Ask every adult for consent first, and write down what they say; absent means no.",
          lambda f: f.consent_asked)
_CONSENT = ("H-21", "Ask every adult again: a yes that still stands is missing.", lambda f: f.consent)
_MAY_REFER = ("H-21", "Ask for consent to the referral first; absent means no.", lambda f: f.referral_consent)
_YES = ("H-04", "Every adult says yes themselves. Nobody is moved against their will.", lambda f: f.everybody_said_yes)
_CHILD = ("H-23", "Each child needs a guardian and a best-interest record by two.", lambda f: f.children_cared)


def _some(*roles: Role) -> frozenset[Role]:
    return frozenset(roles)


REQUEST: Table = MappingProxyType({
    ("new", "screen"): Move("screening", _some(CO, CW)),
    ("screening", "danger"): Move("urgent", _some(CO, CW)),
    ("screening", "assess"): Move("assessed", _some(CW, CO), (
        ("identity", "Ask the identity question, or write down why it cannot be asked.", lambda f: f.challenge),)),
    ("urgent", "assess"): Move("assessed", _some(CW, CO)),
    ("screening", "hold"): Move("held", _some(CO, SO), two=True),
    ("urgent", "hold"): Move("held", _some(CO, SO), two=True),
    ("held", "lift"): Move("screening", _some(CO, SO), two=True),
    ("assessed", "queue"): Move("queued", _some(CO), (
        ("scales", "Write down need and safety: two scales, never one.", lambda f: f.scored),
        ("review", "Say when it is looked at again: within seven days.", lambda f: 1 <= f.review_days <= REVIEW_DAYS))),
    **{(status, "accept"): Move("accepted", _some(CO), (
        ("capacity", "Look at this week's capacity first.", lambda f: f.capacity_shown),), two=True)
       for status in ("assessed", "queued")},
    **{(status, "decline"): Move("declined", _some(CO), (_NAMED, _ANSWER, _REFER), two=True)
       for status in ("assessed", "queued")},
    **{(status, "refer"): Move("referred", _some(CO), (_MAY_REFER,)) for status in ("assessed", "queued")},
    ("queued", "lapse"): Move("lapsed", _some(CO), (
        ("contact", "Try twice on the safe channel first, and write it down.", lambda f: f.tries >= 2),)),
    **{(status, "close"): Move("closed", _some(CW, CO), (_ANSWER,)) for status in ("declined", "referred", "lapsed")},
})
CASE: Table = MappingProxyType({
    ("", "open"): Move("open", _some(CO), (
        ("holders", "Name a worker and a deputy: two people must be able to open it.", lambda f: f.holders >= 2),)),
    ("open", "assess"): Move("assessing", _some(CW), (
        _ASKED, ("H-30", "The interpreter must not be the broker.", lambda f: not f.broker_interprets))),
    ("assessing", "plan"): Move("planning", _some(CW), (
        ("H-31", "Offer the screenings, with somebody of their choice; a no is written down too.",
         lambda f: f.screens),)),
    ("planning", "agree"): Move("active", _some(CW), (_YES,)),
    ("active", "depart"): Move("in transit", _some(CO), (_STANDING, _CONSENT, _YES, _CHILD), two=True),
    ("in transit", "arrive"): Move("arrived", _some(CO)),
    ("arrived", "settle"): Move("settling", _some(CW, RO)),
    ("settling", "follow"): Move("follow-up", _some(CW)),
    ("follow-up", "close"): Move("closed", _some(CW, CO), (
        ("checklist", "All seven points of the closing list must be there.", lambda f: f.checklist >= 7),), two=True),
    **{(status, "crisis"): Move("crisis", _some(CO, CW, FL, RO, SO))
       for status in ("active", "in transit", "arrived", "settling")},
    ("crisis", "search"): Move("search and advocacy", _some(RO, CO)),
    ("crisis", "resolve"): Move("active", _some(CO), two=True),
    **{(status, "withdraw"): Move("withdrawn", _some(CW, CO)) for status in (
        "open", "assessing", "planning", "active", "in transit", "arrived", "settling", "follow-up", "crisis")},
    **{(status, "reopen"): Move("open", _some(CW, CO)) for status in ("closed", "withdrawn")},
})

PAST_THE_ROAD = frozenset({"arrived", "settling"})  # a crisis leads back here; from the road, all are asked again


def step(table: Table, status: str, event: str, roles: frozenset[Role], facts: Facts) -> Moved | Refused:
    """Make a move, or say what is in the way. A crisis that began after the arrival leads back to where it began.

    >>> step(CASE, "active", "depart", frozenset({Role.COORDINATOR}), Facts(reason="calm")).rule
    'H-29'
    >>> step(CASE, "open", "depart", frozenset({Role.COORDINATOR}), Facts()).rule
    'no_such_move'
    >>> [event for event, _ in steps_from(REQUEST, "assessed")]
    ['queue', 'accept', 'decline', 'refer']
    """
    found = moves.step(table, status, event, roles, facts)
    if isinstance(found, Moved) and event == "resolve" and facts.before in PAST_THE_ROAD:
        return Moved(facts.before)
    return found


__all__ = ["CASE", "REQUEST", "REVIEW_DAYS", "Facts", "Move", "Moved", "Refused", "Table", "step", "steps_from"]

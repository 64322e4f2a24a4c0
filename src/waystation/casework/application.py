"""How an application for a status moves from step to step, and what holds each step.

A status is asked for by a way that the person chose after all ways were compared; it is never assumed. Nothing of
somebody is given to a State without their yes that names it. A notice of removal is an emergency from wherever the
application stands, and ends where it began.
"""

from dataclasses import dataclass
from types import MappingProxyType

from waystation.access.roles import Role

from . import moves
from .moves import Grounds, Move, Moved, Moves, Refused, steps_from

CW, RO = Role.CASE_WORKER, Role.RIGHTS_OFFICER
BOTH = frozenset({CW, RO})
BEGUN, EMERGENCY = "not started", "emergency"
CUSTODY, REFUSED = "in custody", "refused"
OVER = frozenset({"integration", "withdrawn"})        # nothing waits in it
PROTECTED = frozenset({"granted", "transferred"})
CLAIMS = ("race", "religion", "nationality", "social_group", "opinion", "sur_place", "torture", "other")
ASSERTED = ("nobody", "applicant", "authority", "decided")
LOOK_AGAIN_DAYS = 31  # nobody is left in custody for longer than this without somebody looking


@dataclass(frozen=True, slots=True, kw_only=True)
class Status(Grounds):
    """What a guard may need to know; each default leads to a refusal."""

    compared: bool = False  # all ways were looked at with the person
    explained: bool = False  # what a nationality changes was told first
    unity: bool = False  # whether a mother would be parted from a child was asked, or nobody is a mother
    documents: bool = False  # what is filed is there
    counsel: bool = False  # somebody who may plead, or it is written down why nobody
    consent: bool = False  # a yes of everybody in it that names this State
    held: bool = False  # where they are held, and the day of the next look
    broker_interprets: bool = True
    summary: bool = False  # what was said in the interview
    grounds: bool = False  # the reasons of the decision, and on what paper it stands
    deadline: bool = False  # until when an appeal is possible, or that there is none
    left: int | None = None  # days until that day; below 0 it is past, None where there is none
    measures: bool = False  # which interim measures were asked for
    memo: bool = False  # the memo against return was looked through
    before: str = ""  # where it stood when the emergency began


_PLACE = ("custody", "Write down in which State they are held, and when somebody looks again: within 31 days.",
          lambda f: f.held)
_GROUNDS = ("grounds", "Write down the reasons, and on what paper they stand.", lambda f: f.grounds)
_EMERGENCY = (
    ("measures", "Write down which interim measures are asked for, and from whom.", lambda f: f.measures),
    ("memo", "Look through the memo against return first: it is made of what is written down here.", lambda f: f.memo))

APPLICATION: Moves[Status] = MappingProxyType({
    (BEGUN, "choose"): Move("preparing", BOTH, (
        ("F12", "Compare all ways with the person first.", lambda f: f.compared),
        ("W-13", "Tell them first what a South Korean nationality changes.", lambda f: f.explained),
        ("W-14", "Ask first whether a mother would be parted from a child.", lambda f: f.unity))),
    ("preparing", "file"): Move("filed", frozenset({RO}), (
        ("documents", "What is filed must be there.", lambda f: f.documents),
        ("counsel", "Name counsel, or write down why there is none.", lambda f: f.counsel),
        ("H-05", "Everybody in it must have said yes to being named to this State.", lambda f: f.consent))),
    ("filed", "hold"): Move(CUSTODY, frozenset({RO}), (_PLACE,)),
    ("filed", "free"): Move("at liberty", frozenset({RO})),
    (CUSTODY, "free"): Move("at liberty", BOTH),
    ("at liberty", "hold"): Move(CUSTODY, BOTH, (_PLACE,)),
    **{(start, "interview"): Move("pending", frozenset({RO}), (
        ("H-30", "The interpreter must not be the broker.", lambda f: not f.broker_interprets),
        ("summary", "Write down what was said.", lambda f: f.summary))) for start in (CUSTODY, "at liberty")},
    ("pending", "grant"): Move("granted", frozenset({RO}), (_GROUNDS,)),
    ("pending", "transfer"): Move("transferred", frozenset({RO}), (_GROUNDS,)),
    ("pending", "defer"): Move("deferred", frozenset({RO}), (_GROUNDS,)),
    ("pending", "refuse"): Move(REFUSED, frozenset({RO}), (
        _GROUNDS, ("deadline", "Write down until when an appeal is possible.", lambda f: f.deadline))),
    ("deferred", "resume"): Move("pending", frozenset({RO})),
    (REFUSED, "appeal"): Move("appeal filed", frozenset({RO}), (
        ("deadline", "The day of the appeal is past. Ask counsel what is left.",
         lambda f: f.left is not None and f.left >= 0),)),
    (REFUSED, "bar"): Move("time-barred", BOTH, (
        ("deadline", "There is still time to appeal.", lambda f: f.left is None or f.left < 0),)),
    ("appeal filed", "admit"): Move("pending", frozenset({RO})),
    **{(start, "removal"): Move(EMERGENCY, frozenset(Role) - {Role.AUDITOR}, _EMERGENCY) for start in (
        BEGUN, "preparing", "filed", CUSTODY, "at liberty", "pending", "granted", "transferred", REFUSED, "deferred",
        "appeal filed", "time-barred")},
    (EMERGENCY, "averted"): Move("", BOTH),  # back to where it stood: see `step`
    **{(start, "settle"): Move("integration", frozenset({CW})) for start in sorted(PROTECTED)},
    **{(start, "withdraw"): Move("withdrawn", BOTH) for start in (
        BEGUN, "preparing", "filed", CUSTODY, "at liberty", "pending", "deferred", REFUSED, "appeal filed",
        "time-barred", EMERGENCY)},
})


def step(status: str, event: str, roles: frozenset[Role], facts: Status) -> Moved | Refused:
    """Make a move, or say what is in the way. An emergency that was averted leads back to where it began.

    >>> why = step("pending", "grant", frozenset({Role.RIGHTS_OFFICER}), Status(reason="The letter came."))
    >>> why.rule, why.sentence
    ('grounds', 'Write down the reasons, and on what paper they stand.')
    >>> step("refused", "appeal", frozenset({Role.RIGHTS_OFFICER}), Status(reason="x", left=-1)).rule
    'deadline'
    >>> step("emergency", "averted", frozenset({Role.CASE_WORKER}), Status(reason="x", before="pending"))
    Moved(to='pending')
    """
    found = moves.step(APPLICATION, status, event, roles, facts)
    if isinstance(found, Moved) and not found.to:
        return Moved(facts.before) if facts.before else Refused("no_such_move", "Nobody wrote down where it stood.")
    return found


__all__ = ["APPLICATION", "ASSERTED", "BEGUN", "CLAIMS", "CUSTODY", "EMERGENCY", "OVER", "PROTECTED", "REFUSED",
           "Status", "step", "steps_from"]

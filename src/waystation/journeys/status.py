"""How a journey and an incident move from step to step: two tables, and what holds each step.

A journey is opened by a decision to go that two people signed; the table begins there. Late, overdue, silent and
presumed lost are no steps: they follow from the clock (`silence.Level`), nobody makes them, and a journey on its way is
shown with whichever holds. A check-in under duress changes nothing that is shown: it opens an incident that is silent.
"""

from dataclasses import dataclass
from types import MappingProxyType

from waystation.access.roles import Role
from waystation.casework.moves import Grounds, Move, Moves

CO, CW, FL = Role.COORDINATOR, Role.CASE_WORKER, Role.FIELD_LIAISON
FI, OH = Role.FINANCE, Role.ORGANISATION_HEAD
RO, SO = Role.RIGHTS_OFFICER, Role.SECURITY_OFFICER
LIVE = ("ready", "moving", "resting", "replanning")  # somebody waits for word
ON_THE_ROAD = ("moving", "resting", "replanning")
OVER = frozenset({"complete", "learnt", "left", "joined"})  # nothing waits in it
HOLD_H = 24  # a demand for ransom waits at least so long


@dataclass(frozen=True, slots=True, kw_only=True)
class Road(Grounds):
    """What a guard of a journey may need to know; each default leads to a refusal."""

    go: bool = False  # a decision to go by two that nothing has changed since, and that opened no other journey
    standing: bool = False  # every adult signed what is to happen if they are caught
    consent: bool = False  # every adult's yes that still stands
    everybody_said_yes: bool = False
    children_cared: bool = False  # guardian and best-interest record by two, for every child
    paid: bool = False  # what must be paid before the first leg was paid, or nothing must be
    rested: bool = False  # the rest that the slowest needs
    welfare: bool = False  # food, health and rest were looked at on arrival
    released: bool = False  # the next stop, to somebody named, for a time that has not ended
    company: bool = False  # whoever leads or goes along may be used, said yes, and knows what to say if caught
    challenged: bool = False  # the challenge word was heard, or it is written down why not
    decided_anew: bool = False  # a new decision by two, for the plan from here
    split_kept: bool = False  # the rules of the household hold in every part, and each child has its guardian there
    together: bool = False  # the parts still on the way, two at least, rest at one place
    put_together: bool = False  # in this very act, by the step of the whole
    parts_over: bool = False  # no part is on its way, or waits for the others
    asked_again: bool = False  # every adult was asked whether they go on
    proof: bool = False  # of arrival: a voice, a mission, a record of custody
    status_case: bool = False  # the application is open, or it is written down why none is needed
    outcomes: bool = False  # one for each leg that was begun


_STANDING = ("H-29", "Every adult signs what is to happen if they are caught, before anybody leaves.",
             lambda f: f.standing)
_CONSENT = ("H-21", "Ask every adult again: a yes that still stands is missing.", lambda f: f.consent)
_YES = ("H-04", "Every adult says yes themselves. Nobody is moved against their will.", lambda f: f.everybody_said_yes)
_CHILD = ("H-23", "Each child needs a guardian and a best-interest record by two.", lambda f: f.children_cared)
_RELEASED = ("next_stop", "Release the next stop first: to somebody named, and for a time.", lambda f: f.released)
_AGAIN = ("H-04", "Ask every adult whether they go on.", lambda f: f.asked_again)
_COMPANY = (
    "company", "Whoever leads or goes along may be used now; who goes along said yes and what they tell if caught.",
    lambda f: f.company)

_OUTCOMES = ("outcomes", "Write one outcome for each leg that was begun.", lambda f: f.outcomes)


def _some(*roles: Role) -> frozenset[Role]:
    return frozenset(roles)


JOURNEY: Moves[Road] = MappingProxyType({
    ("", "open"): Move("approved", _some(CO), (
        ("H-28", "Two people decide to go first; what was decided must still stand.", lambda f: f.go),)),
    ("approved", "prepare"): Move("ready", _some(CO, SO), (_STANDING, _CONSENT, _YES, _CHILD)),
    ("ready", "depart"): Move("moving", _some(FL, CO), (
        _STANDING, _CONSENT, _YES, _RELEASED, _COMPANY,
        ("paid", "What must be paid before the first leg is not paid.", lambda f: f.paid),
        ("rest", "They have not rested as long as the slowest needs.", lambda f: f.rested))),
    ("moving", "reach"): Move("resting", _some(FL, CO), (
        ("challenge", "Ask for the challenge word, or write down why it cannot be asked.", lambda f: f.challenged),
        ("welfare", "Write down how they are: food, health, rest.", lambda f: f.welfare))),
    ("resting", "go_on"): Move("moving", _some(FL, CO), (
        _YES, _RELEASED, _COMPANY,
        ("rest", "They have not rested as long as the slowest needs.", lambda f: f.rested))),
    **{(status, "replan"): Move("replanning", _some(CO)) for status in ("moving", "resting")},
    ("replanning", "resume"): Move("resting", _some(CO), (
        ("H-28", "Two people decide first, on a new plan for exactly these people.",
         lambda f: f.decided_anew),), two=True),
    **{(status, "split"): Move("split", _some(CO), (
        ("split", "The household's rules must hold in every part, and each child has its guardian there.",
         lambda f: f.split_kept),
        ("H-04", "Ask every adult whether they agree to be divided so.", lambda f: f.asked_again)), two=True)
       for status in ("moving", "resting")},
    ("split", "rejoin"): Move("resting", _some(CO), (
        ("together", "Every part that is still on the way must first rest at the same place.", lambda f: f.together),
        _YES)),
    ("resting", "join"): Move("joined", _some(CO), (
        ("rejoin", "A part joins the others by the step of the whole, on the page of the whole.",
         lambda f: f.put_together),)),
    ("ready", "wait"): Move("approved", _some(CO, SO)),
    **{(status, "suspend"): Move("suspended", _some(CO, SO)) for status in ON_THE_ROAD},
    ("suspended", "free"): Move("resting", _some(CO), (_AGAIN,), two=True),
    **{(status, "stop"): Move("left", _some(FL, CO, CW)) for status in (*LIVE, "approved", "suspended")},
    **{(status, "hand_over"): Move("handed over", _some(CO), (
        ("proof", "Write down how the arrival is known: a voice, a mission, a record of custody.", lambda f: f.proof),))
       for status in ("moving", "resting")},
    ("handed over", "complete"): Move("complete", _some(RO, CW, CO), (  # who opens it holds no journey: CO writes it
        ("status", "Open the application for protection, or write down why none is needed.",
         lambda f: f.status_case),)),
    **{(status, "learn"): Move("learnt", _some(CO), (_OUTCOMES,))
       for status in ("complete", "left", "suspended", "joined")},
    ("split", "learn"): Move("learnt", _some(CO), (
        ("parts", "A part is still on its way. First every part arrives, stops, or is put together again.",
         lambda f: f.parts_over), _OUTCOMES)),
})


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken(Grounds):
    """What a guard of an incident may need to know; each default leads to a refusal."""

    graded: bool = False  # reliability and credibility of what was reported
    another_source: bool = False  # a second one without a common origin, or an official
    stop_loss: bool = False  # codes burnt, next legs warned, payments frozen: each with an owner
    instruction_read: bool = False  # what they signed before they left
    publicity: bool = False  # whether naming helps or kills, by a rights officer and a security officer
    consent: bool = False  # theirs, or the nearest relative's; a notice that names nobody needs none
    proof_asked: bool = False  # of life
    held_h: float = 0.0  # hours since the demand
    legal_note: bool = False
    decided: bool = False  # in the ledger, by a coordinator and finance: the same as this step says
    everybody_told: bool = False  # whoever was ever told of it heard the news
    care: bool = False  # of the person and of those who work here
    may_leave: bool = False  # no embargo holds back what is about their case
    blames_nobody: bool = False  # who was caught is never blamed: somebody read the lessons for that


_DECIDED = ("H-32", "Decide it on the line of the ledger first, a coordinator and finance together.",
            lambda f: f.decided)
_EMBARGO = ("embargo", "An embargo holds back everything about them. First two people lift it.",
            lambda f: f.may_leave)
_NEWS = (("free", "released"), ("move", "transferred"), ("return", "returned"), ("lose", "whereabouts unknown"),
         ("die", "died"))
INCIDENT: Moves[Broken] = MappingProxyType({
    ("", "report"): Move("reported", frozenset(Role)),
    ("reported", "suspect"): Move("suspected", _some(CO, SO), (
        ("grade", "Grade it: reliability of the source, credibility of the report.", lambda f: f.graded),)),
    ("suspected", "confirm"): Move("confirmed", _some(CO, SO), (
        ("origin", "A second source without a common origin, or an official, is missing.",
         lambda f: f.another_source),)),
    ("suspected", "refute"): Move("false alarm", _some(CO)),
    **{(status, "respond"): Move("responding", _some(SO, CO), (
        ("stop_loss", "Codes, next legs and payments: each needs an owner first.", lambda f: f.stop_loss),))
       for status in ("suspected", "confirmed")},
    ("responding", "appeal"): Move("appealing", _some(RO, SO), (
        _EMBARGO, ("H-29", "Read what they signed before they left.", lambda f: f.instruction_read),
        ("publicity", "Does naming them help, or kill? A rights officer and a security officer answer first.",
         lambda f: f.publicity),
        ("H-06", "Their consent, or the nearest relative's, is missing. A notice that names nobody needs none.",
         lambda f: f.consent)), two=True, offices=(_some(RO), _some(SO))),
    ("responding", "demand"): Move("hold", _some(CO, SO), two=True, offices=(_some(CO), _some(SO))),
    **{("hold", event): Move("responding", _some(CO, FI, OH), (
        ("H-32", "A demand waits a day at least.", lambda f: f.held_h >= HOLD_H),
        ("proof_of_life", "Ask for proof of life first.", lambda f: f.proof_asked),
        ("law", "Write down what counsel says: paying may be unlawful.", lambda f: f.legal_note), _DECIDED), two=True)
       for event in ("pay", "other")},
    ("hold", "refuse"): Move("responding", _some(CO, FI, OH), (_DECIDED,), two=True),
    **{(status, event): Move(to, _some(RO), (
        ("H-48", "Tell everybody who was ever told of it.", lambda f: f.everybody_told),))
       for status in ("appealing", "responding")
       for event, to in _NEWS},
    ("transferred", "appeal"): Move("appealing", _some(RO, SO), (_EMBARGO,), two=True, offices=(_some(RO), _some(SO))),
    **{(status, "review"): Move("reviewing", _some(CW), (
        ("care", "Care begins first: for them, and for those who work here.", lambda f: f.care),))
       for status in ("released", "returned", "whereabouts unknown", "died")},
    ("reviewing", "close"): Move("closed", _some(CO), (
        ("H-49", "Whoever was caught is never blamed: read the lessons for that.", lambda f: f.blames_nobody),)),
    ("closed", "reopen"): Move("responding", _some(CO, RO, SO)),
})
NEVER_CLOSED_BY_TIME = frozenset({"returned", "whereabouts unknown"})  # looked at every year, for as long as it takes

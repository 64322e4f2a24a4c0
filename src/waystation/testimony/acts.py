"""What was done, coded: each code from its list, the certainty that was spoken, and never a name of anybody.

Alleged until found: a standard of proof belongs to a finding, which says by whom; without one the act is alleged.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from waystation.testimony.hedges import CERTAINTY, surer
from waystation.testimony.refused import Refused
from waystation.testimony.terms import terms

ONE = {"type": "04", "place": "17", "involvement": "18", "perpetrator": "24", "motive": "38", "death": "NK-death",
       "standard": "NK-proof"}
MANY = {"methods": "05", "victim": "23", "conditions": "NK-condition", "after": "NK-return"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act against somebody. Every code is of the list that `ONE` and `MANY` name; `certainty` as it was spoken."""

    type: str
    certainty: str
    country: str
    when: str = ""
    facility: str = ""
    place: str = ""
    involvement: str = ""
    perpetrator: str = ""
    motive: str = ""
    death: str = ""
    standard: str = ""
    found_by: str = ""
    methods: tuple[str, ...] = ()
    victim: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    claims: Mapping[str, str] = field(default_factory=dict)  # id of a claim to the certainty of its words


def faults(act: Act) -> tuple[Refused, ...]:
    """Everything that is wrong with an act. Any country will do, any time, any perpetrator."""
    found = []
    for name, list_ in ONE.items():
        if (code := getattr(act, name)) and code not in terms()[list_]:
            found.append(Refused("code", "This code stands in no list. Choose one that is offered."))
    for name, list_ in MANY.items():
        if not set(getattr(act, name)) <= terms()[list_].keys():
            found.append(Refused("code", "This code stands in no list. Choose one that is offered."))
    if not act.type or not act.claims:
        found.append(Refused("claim", "An act needs its type, and a claim of a witness that says it."))
    if act.certainty not in CERTAINTY:
        found.append(Refused("hedge", "Say how sure the witness was, in their own words."))
    elif act.claims and all(surer(act.certainty, one) for one in act.claims.values()):
        found.append(Refused("hedge", "The witness was not that sure: the hedge in these words stays with the act."))
    if act.standard and not act.found_by.strip():
        found.append(Refused("standard", "A standard of proof belongs to a finding. Write down who "
                                         "found it, and where."))
    return tuple(found)


def articles(act: Act) -> tuple[str, ...]:
    """The articles that an act is about, by its codes; each to be verified before anything rests on it."""
    codes = [(list_, getattr(act, name)) for name, list_ in ONE.items()]
    codes += [(list_, code) for name, list_ in MANY.items() for code in getattr(act, name)]
    return tuple(dict.fromkeys(article for list_, code in codes if code in terms()[list_]
                               for article in terms()[list_][code].articles))


def restricted(act: Act) -> bool:
    """Whether how it was done is never described in public.

    >>> restricted(Act(type="forced_abortion", certainty="stated", country="KP", methods=("needle",)))
    True
    """
    return any(terms()["05"][code].restricted for code in act.methods if code in terms()["05"])


def alleged(act: Act) -> bool:
    """Whether nobody has found it yet, by any standard."""
    return not (act.standard and act.found_by)

"""To whom an appeal goes, which mechanism that is, and who learns a name that stands in it.

A name in a submission is a name given to whoever the body tells of it: a working group that hands each case to the
State tells that State, and without a yes that names the State the letter names nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

TO_STATE, ALWAYS, ASKED, NEVER = "state", "always", "asked", "never"


@dataclass(frozen=True, slots=True)
class Addressee:
    """One addressee. `tells`: whether it passes names to the State that is addressed."""

    code: str
    mechanism: str  # code of `rights.mechanisms`; empty: none is needed
    recipient: str  # of `casework.consent.RECIPIENTS`
    purpose: str    # of `casework.consent.PURPOSES`
    tells: str      # always | asked | never | state: the addressee is the State
    form: str       # which fields are filled in


_ROWS = (
    Addressee("UNHCR", "QUIET", "un_body", "un", NEVER, "notice"),
    Addressee("ICRC", "QUIET", "other", "tracing", NEVER, "notice"),
    Addressee("ROK", "QUIET", "rok", "state", TO_STATE, "notice"),
    Addressee("SP_URGENT", "SP_URGENT", "un_body", "un", ASKED, "special"),
    Addressee("SP_LETTER", "SP_LETTER", "un_body", "un", ASKED, "special"),
    Addressee("WGEID", "WGEID", "un_body", "un", ALWAYS, "wgeid"),
    Addressee("WGEID_URGENT", "WGEID_URGENT", "un_body", "un", ALWAYS, "wgeid"),
    Addressee("WGAD", "WGAD", "un_body", "un", ALWAYS, "wgad"),
    Addressee("WGAD_URGENT", "WGAD_URGENT", "un_body", "un", ALWAYS, "wgad"),
    Addressee("CED30", "CED30", "un_body", "un", ALWAYS, "ced"),
    Addressee("STATE", "", "host_state", "state", TO_STATE, "letter"),
)
ADDRESSEES: Mapping[str, Addressee] = MappingProxyType({one.code: one for one in _ROWS})
KOREA = "KR"


def cells(to: Addressee, state: str) -> tuple[tuple[str, str, str], ...]:
    """Which yeses a name needs, as (purpose, recipient, country). `state`: the State that is addressed.

    >>> cells(ADDRESSEES["WGEID"], "TH")
    (('un', 'un_body', ''), ('state', 'host_state', 'TH'))
    >>> cells(ADDRESSEES["UNHCR"], "TH"), cells(ADDRESSEES["ROK"], "CN")
    ((('un', 'un_body', ''),), (('state', 'rok', 'KR'),))
    """
    if to.tells == TO_STATE:
        return (naming(KOREA if to.recipient == "rok" else state),)
    own = (to.purpose, to.recipient, "")
    return (own, naming(state)) if to.tells == ALWAYS else (own,)


def fits(to: str, power: str, country: str, state: str) -> bool:
    """Whether an office with this power is one of an addressee, so that its names go to whom the yes was given for.

    An armed group, and an office of which nobody knows the power, fit nothing; an office of a State its country alone.

    >>> fits("STATE", "state", "TH", "TH"), fits("STATE", "state", "CN", "TH"), fits("ROK", "state", "KR", "TH")
    (True, False, True)
    >>> fits("UNHCR", "between", "CH", "TH"), fits("UNHCR", "state", "TH", "TH"), fits("ICRC", "none", "CH", "TH")
    (True, False, True)
    >>> any(fits(one, power, "TH", "TH") for one in ADDRESSEES for power in ("armed", "not_known", ""))
    False
    """
    one = ADDRESSEES[to]
    if one.tells == TO_STATE:
        return power == "state" and country == (KOREA if one.recipient == "rok" else state)
    return power == ("between" if one.recipient == "un_body" else "none")


def naming(state: str) -> tuple[str, str, str]:
    """The yes to being named to a State."""
    return ("state", "rok" if state == KOREA else "host_state", state)

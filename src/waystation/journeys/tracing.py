"""To find somebody who is silent or was taken: whom people ask, whom never, and whose turn it is.

    held(body, state, ...)     why something must not be asked, or None
    waiting(steps, day)        what is to be done next, the earliest first

Whoever asks tells that somebody is looked for, and whom. So nothing is asked in the country they fled, nor of anybody
who tells it: its consulates, and in a State that hands people over its police, courts, consulates, hospitals and
whoever detains for it, nor its Red Cross or Red Crescent, which is an auxiliary of that State (Statutes of the
International Red Cross and Red Crescent Movement, 1986, article 4). Any other State is asked only about whoever said
yes to being named to it (Convention relating to the Status of Refugees, 1951, article 33; UNHCR, Advisory Opinion on
the Rules of Confidentiality Regarding Asylum Information, 2005).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from waystation.casework.consent import ORIGIN, RETURNING

from .fates import DIED, FREE, HELD, RETURNED

BODIES = ("family", "host", "hospital", "lawyer", "unhcr", "red_cross", "organisation", "detention", "police", "court",
          "consulate")
OF_A_STATE = frozenset({"detention", "police", "court", "consulate"})
TELL_IT = OF_A_STATE | {"hospital", "red_cross"}  # what they hear, the State they work in may hear
FATES = (FREE, HELD, RETURNED, DIED)  # not known is none of them: whoever is not found is looked for


@dataclass(frozen=True, slots=True)
class Refused:
    """Why something is not asked: the rule, and a sentence."""

    rule: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was asked, or is to be asked. `due`: by when the next thing is done; None: nothing is planned."""

    id: str
    asked: date | None
    answered: bool
    due: date | None


ORIGIN_IS_TOLD = Refused(
    "H-05", "Nothing is asked in the country they fled, of nobody: whoever asks tells it who is looked for.")
WHICH_STATE = Refused("H-05", "Say of which State it is: only then is it known whom it tells.")
HANDS_OVER = Refused(
    "H-05", "This State hands people over. Its police, courts, consulates, hospitals, whoever detains for it and its "
            "Red Cross or Red Crescent are told nothing: ask a lawyer or UNHCR.")
NO_YES = Refused(
    "H-05", "Nobody is named to a State without their own yes to naming them to this State. Ask a lawyer, UNHCR or the "
            "Red Cross or Red Crescent.")
EMBARGO = Refused("embargo", "An embargo holds back everything about them. First two people lift it.")


def held(body: str, state: str, *, hand_over: Collection[str] = (), said_yes: bool = False,
         embargo: bool = False) -> Refused | None:
    """Why this must not be asked; None if it may be. `state`: where, or of which State; empty: not said.

    `hand_over`: States of which this office wrote down that they handed somebody on. `said_yes`: everybody who is
    looked for said yes to being named to this State; not known is no.

    >>> held("police", "CN", said_yes=True).rule, held("unhcr", "TH")
    ('H-05', None)
    """
    if embargo:
        return EMBARGO
    if state in ORIGIN:
        return ORIGIN_IS_TOLD
    if body in TELL_IT and (state in RETURNING or state in hand_over):
        return HANDS_OVER
    if body not in OF_A_STATE:
        return None
    if not state:
        return WHICH_STATE
    return None if said_yes else NO_YES


def hand_over(chain: Iterable[tuple[str, str]]) -> frozenset[str]:
    """States that gave somebody to another one which leads back, by pairs of who gave to whom.

    >>> sorted(hand_over([("LA", "TH"), ("TH", "CN"), ("", "CN"), ("CN", "CN"), ("TH", "KR")]))
    ['LA', 'TH']
    """
    pairs = {(from_, to) for from_, to in chain if from_ and to and from_ != to}
    back = set(ORIGIN | RETURNING)
    while more := {from_ for from_, to in pairs if to in back} - back:
        back |= more
    return frozenset(back - ORIGIN - RETURNING)


def waiting(steps: Iterable[Step]) -> tuple[Step, ...]:
    """What somebody must do next, the earliest first: whatever has a day.

    >>> day = date(2030, 5, 1)
    >>> [one.id for one in waiting([Step("a", day, True, None), Step("b", None, False, day)])]
    ['b']
    """
    return tuple(sorted((one for one in steps if one.due is not None), key=lambda one: (one.due or date.max, one.id)))

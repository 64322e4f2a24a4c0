"""Before, during and after an interview: what must be known, what is refused, what may be used for what."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from waystation.testimony.refused import Refused

WITNESSES: Mapping[str, str] = MappingProxyType({
    "victim": "somebody to whom it happened", "eyewitness": "somebody who saw it", "relative": "a relative",
    "insider": "somebody who worked for those who did it", "expert": "somebody who knows the field",
    "hearsay": "somebody who was told", "contributor": "somebody who brought pictures, recordings or papers",
})
METHODS: Mapping[str, str] = MappingProxyType({
    "open": "open telling", "cognitive": "cognitive interview", "questions": "a list of questions", "video": "on video",
    "written": "written by themselves",
})
PLACES: Mapping[str, str] = MappingProxyType({
    "safe_house": "a safe house", "office": "our office", "home": "their home", "mission": "a mission",
    "custody": "custody", "call": "a call", "other": "another place",
})
KNOWN: Mapping[str, str] = MappingProxyType({"yes": "yes", "no": "no", "unknown": "not known"})
COUNSEL: Mapping[str, str] = MappingProxyType({
    "has_counsel": "they have a lawyer", "advised": "they were told of their rights and go on without one",
    "refused": "they do not want one, and agree that it is written down",
    "not_needed": "nothing they say is about what they did",
})
USES: Mapping[str, str] = MappingProxyType({
    "internal": "our own work", "un": "given to the UN, in confidence", "court": "given to a court",
    "public": "told in public, without who they are",
})
OUTSIDE = frozenset({"un", "court", "public"})
BY_TWO = frozenset({"public"})
RISK: Mapping[str, str] = MappingProxyType({
    "none": "no relatives inside", "low": "small", "high": "great", "unknown": "nobody asked",
})
SENSITIVE: Mapping[str, str] = MappingProxyType({
    "none": "nothing of the kind", "distressing": "distressing", "intimate": "about body or sex",
    "names": "names somebody",
})


@dataclass(frozen=True, slots=True)
class Planned:
    """What is known when another interview is planned. `earlier`: how many are known here; None: nobody looked."""

    earlier: int | None = None
    elsewhere: str = ""   # whether they were interviewed anywhere, by anybody: yes, no, unknown
    shown: bool = False   # the earlier ones were on the page when it was planned
    reason: str = ""


def may_plan(plan: Planned) -> Refused | None:
    """Whether an interview may be planned; None if it may.

    >>> may_plan(Planned(earlier=0, elsewhere="no", shown=True)) is None
    True
    >>> may_plan(Planned(earlier=1, elsewhere="no", shown=True)).rule
    'H-22'
    """
    if plan.earlier is None or not plan.shown:
        return Refused("H-22", "First look at the interviews of this person that there were, then plan another one.")
    if plan.elsewhere not in KNOWN:
        return Refused("H-22", "Say whether they were interviewed anywhere else, by anybody.")
    if (plan.earlier or plan.elsewhere != "no") and not plan.reason.strip():
        return Refused("H-22", "They were interviewed before, or nobody knows. Write down why another one is needed: "
                               "each telling costs the witness, and two tellings never agree in everything.")
    return None


@dataclass(frozen=True, slots=True)
class Taken:
    """What is known once it was taken; the defaults are what is refused."""

    inducement: str = ""            # yes, no, unknown
    inducement_text: str = ""
    interpreter: str = ""           # a code, "none" where nobody interprets
    broker: str = ""                # whether the interpreter is a broker: yes, no, unknown
    kin_of_accused: str = ""
    consented: bool = False
    explained: str = ""


def may_take(said: Taken) -> Refused | None:
    """Whether a statement may be kept; None if it may.

    >>> may_take(Taken(inducement="no", interpreter="none", consented=True, explained="in Korean")) is None
    True
    >>> may_take(Taken(interpreter="none", consented=True, explained="x")).rule
    'inducement'
    """
    if not said.consented or not said.explained.strip():
        return Refused("consent", "They must say yes to the interview, after it was explained what happens with it. "
                                  "Write down what was explained.")
    if said.inducement not in KNOWN:
        return Refused("inducement", "Say whether they were paid or given anything for it: yes, no, or not known.")
    if said.inducement == "yes" and not said.inducement_text.strip():
        return Refused("inducement", "Write down what they were given, by whom, and whether before or after.")
    if not said.interpreter.strip():
        return Refused("H-30", "Write down who interpreted, by code; or that nobody did.")
    if said.interpreter != "none" and (said.broker != "no" or said.kin_of_accused != "no"):
        return Refused("H-30", "Whoever interprets is no broker, and no relative of whoever is accused. "
                               "If that is not known, find somebody else.")
    return None


def may_code(witness: str, counsel: str, *, own_part: bool) -> Refused | None:
    """Whether something an insider says may be coded; None if it may. `own_part`: it is about what they did themselves.

    >>> may_code("insider", "", own_part=False).rule
    'H-14'
    >>> may_code("insider", "not_needed", own_part=True).rule
    'H-14'
    >>> may_code("insider", "has_counsel", own_part=True) is None
    True
    """
    if witness != "insider":
        return None
    if counsel not in COUNSEL:
        return Refused("H-14", "An insider may accuse themselves. First write down whether they have a lawyer, or were "
                               "told of their rights.")
    if own_part and counsel == "not_needed":
        return Refused("H-14", "This is about what they did themselves. First a lawyer, or they are told of their "
                               "rights and agree that it is written down.")
    return None


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a statement that may be quoted, for some uses, and whom it puts at risk."""

    uses: Collection[str] = ()
    risk: str = "unknown"
    sensitive: str = "names"
    restricted: bool = False
    recanted: bool = False


def may_quote(piece: Segment, use: str, *, consented: bool) -> Refused | None:
    """Whether a piece may be quoted for a use; None if it may. Absent consent is a no.

    >>> may_quote(Segment(uses={"public"}, risk="none", sensitive="none"), "public", consented=True) is None
    True
    >>> may_quote(Segment(uses={"public"}, risk="high", sensitive="none"), "public", consented=True).rule
    'risk'
    """
    if use not in piece.uses or not consented:
        return Refused("H-21", "They did not say yes to this use of these words. Ask first.")
    if use != "public":
        return None
    if piece.recanted:
        return Refused("recanted", "They took these words back. They are not quoted in public.")
    if piece.restricted:
        return Refused("restricted", "How it was done is not told in public: it is a model for others, and a wound.")
    if piece.risk not in {"none", "low"}:
        return Refused("risk", "Relatives inside may be punished for these words, or nobody asked. They stay inside.")
    if piece.sensitive in {"names", "intimate"}:
        return Refused("sensitive", "These words name somebody, or are about body or sex. "
                                    "They are not quoted in public.")
    return None


def in_public(words: str, *, restricted: bool) -> str:
    """Some words as anybody may read them.

    >>> in_public("how it was done", restricted=True)
    'a method that is not described in public'
    """
    return "a method that is not described in public" if restricted else words


@dataclass(frozen=True, slots=True)
class ForUse:
    """What is known when a statement is cleared for a use; the defaults are what is refused."""

    read_back: bool = False
    consented: bool = False
    withdrawn: bool = False
    embargoed: bool = True
    case_seen: bool = False  # the case of whoever said it was open to whoever clears it, or there is none
    second: bool = False


def may_clear(use: str, given: ForUse) -> Refused | None:
    """Whether a statement may be cleared for a use; None if it may."""
    if use not in USES:
        return Refused("H-21", "There is no such use.")
    if not given.read_back:
        return Refused("H-39", "It was not read back to the witness yet.")
    if use not in OUTSIDE:
        return None
    if not given.case_seen:
        return Refused("H-21", "Their case is not shared with you, so you do not see what they took back there. "
                               "Ask a case worker to share it with you, for a reason.")
    if given.withdrawn:
        return Refused("H-21", "They took it back. Nothing is shared any more.")
    if not given.consented:
        return Refused("H-21", "They did not say yes to this use. Ask first.")
    if given.embargoed:
        return Refused("embargo", "It is held back until its day, or by an embargo on the case.")
    if use in BY_TWO and not given.second:
        return Refused("second_signature", "This needs a second signature. One person cannot do it alone.")
    return None

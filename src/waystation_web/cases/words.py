"""Codes of a case in words, as lists to choose from and as pages say them. The core keeps the codes; this translates.

`choices("danger")` for a form, `word("danger", "now")` for a page. A code that is not known is shown as it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from babel import Locale
from django.utils.translation import get_language, gettext, gettext_noop

from waystation.casework.codes import LISTS, NEEDS, RELATION
from waystation.casework.consent import RECIPIENTS

CHILD_SEEN = {"no": gettext_noop("no child was seen"),
              "not_kept": gettext_noop("a child was seen; no picture was kept"),
              "theirs": gettext_noop("the family keeps the picture; we asked them not to post it")}
YES_NO = {"yes": gettext_noop("yes"), "no": gettext_noop("no")}
SCALE = {"1": gettext_noop("1 – least"), "2": "2", "3": "3", "4": "4", "5": gettext_noop("5 – greatest")}
VERDICT = {"same": gettext_noop("the same people"), "different": gettext_noop("different people"),
           "unsure": gettext_noop("not sure")}
DUE = {"task": gettext_noop("a task"), "follow-up": gettext_noop("a follow-up"), "promise": gettext_noop("a promise"),
       "look": gettext_noop("a look at somebody in hiding")}
STAGE = {  # of a request, then of a case
    "new": gettext_noop("just received"), "screening": gettext_noop("screening"), "urgent": gettext_noop("urgent"),
    "held": gettext_noop("on hold"), "assessed": gettext_noop("assessed"), "queued": gettext_noop("waiting"),
    "accepted": gettext_noop("accepted"), "declined": gettext_noop("declined"), "referred": gettext_noop("referred"),
    "lapsed": gettext_noop("lapsed"), "merged": gettext_noop("joined to another case"),
    "open": gettext_noop("open"), "assessing": gettext_noop("assessing"), "planning": gettext_noop("planning"),
    "active": gettext_noop("active"), "in transit": gettext_noop("in transit"), "arrived": gettext_noop("arrived"),
    "settling": gettext_noop("settling"), "follow-up": gettext_noop("follow-up"), "crisis": gettext_noop("crisis"),
    "search and advocacy": gettext_noop("search and advocacy"), "withdrawn": gettext_noop("withdrawn"),
    "closed": gettext_noop("closed"), "reopened": gettext_noop("open again"),
    "minimised": gettext_noop("reduced to what must be kept"), "shredded": gettext_noop("destroyed"),
}
SCRIPT = {"Hang": gettext_noop("Hangul"), "Hani": gettext_noop("Chinese characters"), "Latn": gettext_noop("Latin"),
          "Cyrl": gettext_noop("Cyrillic"), "Zzzz": gettext_noop("another script")}
NAME_KIND = {"legal": gettext_noop("as in papers"), "used": gettext_noop("as they are called"),
             "alias": gettext_noop("another name"), "household": gettext_noop("at home")}
ORDER = {"family_first": gettext_noop("family name first"), "given_first": gettext_noop("given name first")}
IMPORT = {"begun": gettext_noop("begun"), "applied": gettext_noop("taken in"), "undone": gettext_noop("taken back")}
LIKE = {"size": gettext_noop("as many people"), "children": gettext_noop("as many children"),
        "place": gettext_noop("the same province"), "needs": gettext_noop("a need in common"),
        "time": gettext_noop("called within two months"), "fee": gettext_noop("the same price told"),
        "ages": gettext_noop("the same ages")}
KIND = {"request": gettext_noop("request"), "decision": gettext_noop("decision"),
        "sheet": gettext_noop("sheet to read aloud"), "plan": gettext_noop("plan"), "money": gettext_noop("money"),
        "team": gettext_noop("team"), "judgement": gettext_noop("same people?"), "consent": gettext_noop("consent"),
        "vital": gettext_noop("vital interest"), "screen": gettext_noop("screening"),
        "standing": gettext_noop("standing instruction"), "choice": gettext_noop("informed choice"),
        "referral": gettext_noop("referral"), "status": gettext_noop("status"), "import": gettext_noop("import"),
        "best_interest": gettext_noop("best interest"), "reunion": gettext_noop("reunification"),
        "journey": gettext_noop("journey"), "incident": gettext_noop("incident"),
        "what_if": gettext_noop("what if")}
TOLD = {"received": gettext_noop("received"), "changed": gettext_noop("changed"), "given": gettext_noop("given"),
        "written": gettext_noop("written down"), "taken back": gettext_noop("taken back"),
        "paid": gettext_noop("paid"), "asked": gettext_noop("second signature asked for"),
        "decided": gettext_noop("signed by two"), "go": gettext_noop("go"), "no_go": gettext_noop("do not go"),
        "wait": gettext_noop("wait"), "reroute": gettext_noop("another way"), "withdrawn": gettext_noop("withdrawn"),
        "same": gettext_noop("the same people"), "different": gettext_noop("different people"),
        "unsure": gettext_noop("not sure"), "taken in": gettext_noop("taken in from a file"),
        "signed": gettext_noop("signed"), "by two": gettext_noop("by two"), "made": gettext_noop("made"),
        "debt": gettext_noop("a debt"), "yes": gettext_noop("yes"), "no": gettext_noop("no"),
        "not_yet": gettext_noop("not yet"), "trafficking": gettext_noop("Trafficking: act, means, purpose"),
        "violence": gettext_noop("Violence and safety"), "suicide": gettext_noop("Thoughts of dying"),
        "power": gettext_noop("Who holds papers, phone, money, children"),
        "approved": gettext_noop("journey opened"), "ready": gettext_noop("ready to leave"),
        "moving": gettext_noop("on the way"), "resting": gettext_noop("resting"),
        "replanning": gettext_noop("planned anew"), "split": gettext_noop("in parts"),
        "joined": gettext_noop("together again"), "suspended": gettext_noop("stopped"),
        "handed over": gettext_noop("handed over"), "complete": gettext_noop("arrived, protected"),
        "learnt": gettext_noop("journey closed"), "in custody": gettext_noop("in custody of a transit State"),
        "custody ended": gettext_noop("no longer in custody"), "left": gettext_noop("stopped by their own choice"),
        "reported": gettext_noop("something was reported"),
        "UNKNOWN": gettext_noop("we do not know"), "PRIOR_ONLY": gettext_noop("what experts think, no record"),
        "THIN": gettext_noop("a thin record"), "MEASURED": gettext_noop("a record long enough to speak from"),
        **RECIPIENTS}
LISTED: Mapping[str, Mapping[str, str]] = MappingProxyType({
    **LISTS, "needs": {code: need.words for code, need in NEEDS.items()},
    "relation": {code: one.words for code, one in RELATION.items()}, "child_seen": CHILD_SEEN, "yes_no": YES_NO,
    "scale": SCALE, "verdict": VERDICT, "stage": STAGE, "script": SCRIPT, "name_kind": NAME_KIND, "order": ORDER,
    "kind": KIND, "due": DUE, "like": LIKE, "import": IMPORT, "told": TOLD,
})
# needs that a call at night asks for by name; every other one is written down later
ASKED_FIRST = ("SM-DP", "SM-CC", "SM-CI", "SM-MI", "WR-WR", "SC-UC", "ER-FR", "DS-PS", "NK-TB", "NK-SI", "LP-RR")


def word(of: str, code: object) -> str:
    """A code as this reader reads it; empty for none."""
    said = str(code or "")
    if of == "country":
        return _countries(_language()).get(said, said)
    english = LISTED[of].get(said, said.replace("_", " "))
    return gettext(english) if english else ""


def choices(of: str, *, empty: str = "", only: Iterable[str] = ()) -> list[tuple[str, str]]:
    """A list to choose from, in the reader's language; with `empty`, a first line for "not known"."""
    first = [("", gettext(empty))] if empty else []
    codes = _countries(_language()) if of == "country" else LISTED[of]
    wanted = tuple(only) or tuple(codes)
    return [*first, *((code, word(of, code)) for code in wanted if code in codes)]


def needs_by_family() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every need under the family that it belongs to, for a form."""
    found: dict[str, list[tuple[str, str]]] = {}
    for code, need in NEEDS.items():
        found.setdefault(need.family, []).append((code, f"{gettext(need.words)} · {code}"))
    return [(gettext(family), codes) for family, codes in found.items()]


def told(text: str) -> str:
    """What a line of the timeline says: codes with colons between them, each in words where there are some.

    A code of a stage is one too; what is no code stands as it was written.
    """
    parts = [part for part in text.split(":") if part]
    return " · ".join(word("told" if part in TOLD else "stage", part) for part in parts)


def known(of: str, code: str) -> bool:
    """Whether a code is on its list."""
    return code in (_countries("en") if of == "country" else LISTED[of])


def _language() -> str:
    return (get_language() or "en").split("-")[0]


@cache
def _countries(language: str) -> Mapping[str, str]:
    """Codes of ISO 3166-1 with their names, in the order of the names."""
    found = {code: str(name) for code, name in Locale(language).territories.items()
             if len(code) == 2 and code.isalpha() and code not in NO_COUNTRY}
    return dict(sorted(found.items(), key=lambda one: one[1]))


NO_COUNTRY = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"})
# what the empty first lines of lists say
EMPTY = (gettext_noop("not known"), gettext_noop("not known yet"), gettext_noop("any need"), gettext_noop("nobody yet"),
         gettext_noop("no need in particular"))

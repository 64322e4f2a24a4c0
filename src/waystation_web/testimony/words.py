"""What the codes of testimony are called, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from waystation.testimony import claims, hedges, interview, pictures, versions
from waystation.testimony.terms import LISTS, terms
from waystation_web.cases.words import choices as case_choices
from waystation_web.cases.words import word as case_word

CODES: Mapping[str, Mapping[str, str]] = {
    "version": versions.KINDS, "circumstance": versions.CIRCUMSTANCES, "how_known": claims.HOW_KNOWN,
    "claim": claims.STATUS, "relation": claims.RELATIONS, "why": claims.WHY_OTHERWISE,
    "verification": claims.VERIFICATION, "certainty": hedges.CERTAINTY, "witness": interview.WITNESSES,
    "method": interview.METHODS, "place_kind": interview.PLACES, "known": interview.KNOWN, "counsel": interview.COUNSEL,
    "use": interview.USES, "risk": interview.RISK, "sensitive": interview.SENSITIVE, "feature": pictures.FEATURES,
    "confidence": pictures.CONFIDENCE, "level": pictures.LEVELS,
}
STATUS = {"planned": gettext_noop("planned"), "taken": gettext_noop("taken"),
          "restricted": gettext_noop("restricted: they took it back")}
SAID = {"yes": gettext_noop("yes"), "no": gettext_noop("no"), "withdrawn": gettext_noop("taken back")}
WHY_TOLD = {"withdrawn": gettext_noop("they took their yes back: ask them to stop and to delete it"),
            "recanted": gettext_noop("the statement was taken back: send a correction")}
SORTS = {
    "perpetrator": (_("Perpetrators"),
                    _("A unit, a rank, a facility; no name of anybody. Alleged until somebody finds it.")),
    "observation": (_("Seen from above"),
                    _("What was observed, what it is taken for and what is inferred are three things. Only what was "
                      "observed counts as a source.")),
    "denial": (_("What States say"),
               _("A denial or an answer of a State, in its words, with the place where it stands. It is shown beside "
                 "what it denies, at the same size.")),
    "partner": (_("Partners who watch"),
                _("Organisations that document the same. No person is named, and no address.")),
}
LANGUAGES = (("ko", _("Korean")), ("en", _("English")), ("zh", _("Chinese")), ("th", _("Thai")), ("lo", _("Lao")),
             ("vi", _("Vietnamese")), ("mn", _("Mongolian")), ("ru", _("Russian")))
# Sources in words, for the few counts that there are: a sentence that is built of parts cannot be translated.
SOURCES = (
    gettext_noop("no source that stands"), gettext_noop("one source"), gettext_noop("one source, hearsay"),
    gettext_noop("two sources"), gettext_noop("two sources, one of them hearsay"),
    gettext_noop("two sources, all of them hearsay"), gettext_noop("three sources"),
    gettext_noop("three sources, one of them hearsay"), gettext_noop("three sources, two of them hearsay"),
    gettext_noop("three sources, all of them hearsay"))


def word(of: str, code: object) -> str:
    """A code in words; as it stands where there are none."""
    return gettext(CODES[of][str(code)]) if str(code) in CODES[of] else str(code or "")


def pairs(of: str, only: Iterable[str] = ()) -> list[tuple[str, str]]:
    """A list to choose from."""
    return [(code, gettext(said)) for code, said in CODES[of].items() if not only or code in set(only)]


def term(list_: str, code: object) -> str:
    """A term of a list in words."""
    found = terms()[list_].get(str(code))
    return gettext(found.words) if found else str(code or "")


def term_pairs(list_: str) -> list[tuple[str, str]]:
    """The terms of a list, to choose from."""
    return [(code, gettext(one.words)) for code, one in terms()[list_].items()]


def list_name(list_: str) -> str:
    """What a list is called, with its number where it has one."""
    return f"{gettext(LISTS[list_])} ({list_})" if list_.isdigit() else gettext(LISTS[list_])


def country(code: object) -> str:
    """A country by its name."""
    return case_word("country", code)


def countries() -> list[tuple[str, str]]:
    """Every country there is: what is done to people is written down wherever it is done."""
    return case_choices("country")


def said(codes: Mapping[str, Any], code: object) -> str:
    """A code of this module in words."""
    return gettext(codes[str(code)]) if str(code) in codes else str(code or "")



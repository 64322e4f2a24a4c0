"""A pack for outsiders, and citations for other programs: made of the library alone."""

from __future__ import annotations

from collections.abc import Collection

from waystation.library.briefing import Cited, NotBriefed, Public, briefing
from waystation.library.briefing import Note as Said
from waystation.library.exchange import csl_json, ris
from waystation.papers.checks import Faulty, checked
from waystation.papers.paper import Paper
from waystation.papers.text import as_text
from waystation_web.gateways import clock
from waystation_web.papers import printing
from waystation_web.papers.printing import NotPrinted

from .queries import Library

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS = {"pdf": (printing.pdf, "application/pdf"), "docx": (printing.docx, WORD),
         "txt": (lambda paper: as_text(checked(paper)).encode(), "text/plain; charset=utf-8")}
CITATIONS = {"csl": (csl_json, "application/vnd.citationstyles.csl+json", "library.json"),
             "ris": (ris, "application/x-research-info-systems", "library.ris")}


def pack(found: Library, chosen: Collection[str], *, title: str, language: str, roles: dict[str, str]) -> Paper:
    """What was chosen, by ids in addresses, as a paper. Raises `NotBriefed`."""
    return briefing(
        title, language=language, day=clock.today(),
        cited=[Cited(found.cited(one), tuple(each.fact for each in one.facts))
               for one in found.publications if one.key in chosen],
        notes=[Said(one.title, one.text, one.author, one.source) for one in found.notes if one.key in chosen],
        people=[Public(one.name, roles.get(one.role, one.role), one.does, one.source)
                for one in found.people if one.key in chosen])


def printed(paper: Paper, form: str) -> tuple[bytes, str]:
    """The paper as a file, and its media type. Raises `Faulty`, `NotPrinted`."""
    make, media = FORMS[form]
    return make(paper), media


def exchanged(found: Library, form: str) -> tuple[str, str, str]:
    """Every citation for another program: the text, its media type, the name of the file."""
    make, media, name = CITATIONS[form]
    return make([found.cited(one) for one in found.publications]), media, name


__all__ = ["CITATIONS", "FORMS", "Faulty", "NotBriefed", "NotPrinted", "exchanged", "pack", "printed"]

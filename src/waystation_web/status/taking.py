"""The memo against return as a file, for a person who hands it over. The office itself sends nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from waystation.papers.checks import Faulty
from waystation.papers.paper import Paper
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.gateways.database import writing
from waystation_web.papers import printing
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted

from . import queries

FILES: Mapping[str, tuple[Callable[[Paper], bytes], str]] = MappingProxyType({
    "pdf": (printing.pdf, "application/pdf"),
    "docx": (printing.docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
})


def take_memo(actor: Actor, application_id: bytes, code: str, form: str) -> tuple[bytes, str]:
    """The memo of one person of an application as a file and its media type; that it was taken out is recorded.

    Raises `NoSuchVault` for whoever does not hold it or a person who is not in it, `NotPermitted` for what no font has.
    """
    one, papers = queries.memo_of(actor, application_id)
    paper = dict(zip(one.codes, papers, strict=True)).get(code)
    if paper is None or form not in FILES:
        raise NoSuchVault
    make, media = FILES[form]
    try:
        file = make(paper)
    except Faulty as why:
        raise NotPermitted("paper", str(why), vault=application_id) from why
    with writing():
        record(actor, Event.EXPORTED, vault=application_id, count=1)
    return file, media

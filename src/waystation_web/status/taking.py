"""The memo against return as a file, for a person who hands it over. The office itself sends nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from waystation.papers.checks import Faulty
from waystation.papers.paper import Paper
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.duty import embargoed
from waystation_web.gateways.database import writing
from waystation_web.papers import printing
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault, NotPermitted

from . import queries
from .application import Application

FILES: Mapping[str, tuple[Callable[[Paper], bytes], str]] = MappingProxyType({
    "pdf": (printing.pdf, "application/pdf"),
    "docx": (printing.docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
})


def take_memo(actor: Actor, application_id: bytes, code: str, form: str) -> tuple[bytes, str]:
    """The memo of one person of an application as a file and its media type; that it was taken out is recorded.

    Raises `NoSuchVault` for whoever does not hold it or a person who is not in it, `NotPermitted` for what no font has
    and for what is held back.
    """
    one, papers = queries.memo_of(actor, application_id)
    paper = dict(zip(one.codes, papers, strict=True)).get(code)
    if paper is None or form not in FILES:
        raise NoSuchVault
    with writing():
        _may_leave(actor, one)
    make, media = FILES[form]
    try:
        file = make(paper)
    except Faulty as why:
        raise NotPermitted("paper", str(why), vault=application_id) from why
    _out(actor, one, 1)
    return file, media


def take_text(actor: Actor, application_id: bytes) -> tuple[Paper, ...]:
    """The memos of everybody in it, for a file of plain text; that they were taken out is recorded. Raises as above."""
    one, papers = queries.memo_of(actor, application_id)
    _out(actor, one, len(papers))
    return papers


def _may_leave(actor: Actor, one: Application) -> None:
    """What is shared needs a yes of its own; what an embargo holds back leaves in no file either."""
    if embargoed.standing(actor).on(one.case_ref, one.case.hex()):
        raise NotPermitted("embargo", embargoed.HELD_BACK, vault=one.record.id)


def _out(actor: Actor, one: Application, count: int) -> None:
    with writing():
        _may_leave(actor, one)
        record(actor, Event.EXPORTED, vault=one.record.id, count=count)

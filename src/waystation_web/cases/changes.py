"""What was changed in a case, said in words: which part, and what stood there before it.

The history keeps whole lists. A reader is told the items that were different then, and of each item the parts that
were; ids and signatures are left out, because nobody reads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext, gettext_noop

from waystation_web.records.record import ABSENT

from . import values, words
from .case import Case
from .columns import COLUMNS
from .forms_people import PersonForm

PARTS = {
    "wish": gettext_noop("Their wish, in their own words"), "alias": gettext_noop("What we call them (no real name)"),
    "people": gettext_noop("People in it"), "households": gettext_noop("Households: who stays together"),
    "relations": gettext_noop("What they are to each other"), "tasks": gettext_noop("What is to be done"),
    "promises": gettext_noop("What we promised"), "notes": gettext_noop("Notes"),
    "timeline": gettext_noop("What happened"), "consents": gettext_noop("Consents"),
    "referrals": gettext_noop("Referrals"), "vital": gettext_noop("Vital interest"),
    "screens": gettext_noop("Screenings"), "standing": gettext_noop("What if they are caught"),
    "choices": gettext_noop("Their answer"), "sheets": gettext_noop("sheet to read aloud"),
    "best_interest": gettext_noop("What is best for a child"), "need_scale": gettext_noop("Need"),
    "safety_scale": gettext_noop("Safety of helping"), "monitoring": gettext_noop("Somebody hides for long"),
    "worker": gettext_noop("Worker"), "deputy": gettext_noop("Deputy"), "judgements": gettext_noop("same people?"),
    "contact": gettext_noop("Call back"), "interpreter": gettext_noop("Interpreter"),
    "push_factors": gettext_noop("What made them leave"), "brokered": gettext_noop("Broker"),
    "household_records": gettext_noop("Names and numbers, sealed apart"), "request_status": gettext_noop("Stage"),
    "status": gettext_noop("Stage"), "reason": gettext_noop("Why"), "guardian": gettext_noop("Guardian"),
    "text": gettext_noop("What was said or seen"), "due": gettext_noop("Next due"), "code": gettext_noop("Code"),
}
DONE = {"person": "people", "names": "household_records", "household": "households", "task": "tasks",
        "promise": "promises", "read": "sheets"}
CODED = {"danger_now": "danger", "country": "country", "goal_country": "country", "needs": "needs", "need": "needs",
         "status": "stage", "request_status": "stage", "situation": "situation", "goal": "goal", "channel": "channel",
         "requester_kind": "requester", "push_factors": "push", "verdict": "verdict"}
UNREAD = frozenset({"id", "by", "at", "approval", "digest", "signed_by", "signed_at", "asked_by", "asked_at"})
IDS = (16, 32, 64)  # hex digits of an item, a record or an account, a digest


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a case: when, by whom, what, and line by line what stood there before (none: nothing did)."""

    at: str
    by: bytes
    what: str
    was: tuple[tuple[str, tuple[str, ...]], ...] = field(repr=False)


def changes(case: Case) -> tuple[Change, ...]:
    """Every change, the newest first. Items that carry days of their own are named and not told again."""
    after, found = dict(case.record.body), []
    codes = {person.id: person.code for person in case.people}
    for line in reversed(case.record.history):
        was = values.part(line, "was")
        told = tuple((part_word(name), tuple(_before(name, old, after.get(name), codes))) for name, old in was.items())
        found.append(Change(values.text(line, "at")[:16].replace("T", " "), values.account(line, "by"),
                            _done(values.text(line, "what")), told))
        after |= was
    return tuple(found)


def part_word(name: str) -> str:
    """What a part of a case is called on its pages; an unknown one as it stands."""
    if name in PARTS:
        return gettext(PARTS[name])
    labels = {column.name: column.label for column in COLUMNS} | {key: one.label for key, one in
                                                                  PersonForm.base_fields.items()}
    return str(labels.get(name) or name.replace("_", " "))


def _done(what: str) -> str:
    if what.startswith("+"):
        return gettext("%(part)s: added") % {"part": part_word(what[1:])}
    if (name := DONE.get(what, what)) in PARTS:
        return part_word(name)
    return words.word("kind" if what in words.KIND else "told", what)


def _before(name: str, old: Any, after: Any, codes: Mapping[str, str]) -> Iterator[str]:
    """Lines of what stood in a part, without what stayed as it was."""
    if old == ABSENT:
        return
    said = list(_different(name, old, after, codes))
    yield from said or [gettext("the words were the same")]


def _different(name: str, old: Any, after: Any, codes: Mapping[str, str]) -> Iterator[str]:
    if isinstance(old, list) and any(isinstance(item, dict) for item in old):
        now = {item.get("id"): item for item in after if isinstance(item, dict)} if isinstance(after, list) else {}
        for item in old:
            if isinstance(item, dict) and item != now.get(item.get("id")):
                yield from _different(name, item, now.get(item.get("id")), codes)
    elif isinstance(old, dict):
        now = after if isinstance(after, dict) else {}
        parts = [(key, _said(key, value, codes)) for key, value in old.items() if value != now.get(key)]
        whose = codes.get(str(old.get("person") or old.get("id")), "")
        if told := "; ".join(f"{part_word(key)}: {said}" for key, said in parts if said):
            yield f"{whose} · {told}" if whose else told
    elif said := _said(name, old, codes):
        yield said


def _said(name: str, value: Any, codes: Mapping[str, str]) -> str:
    """A value as it is read; empty for what nobody reads."""
    if name in UNREAD or value is None or value == "":
        return ""
    if isinstance(value, bool):
        return words.word("yes_no", "yes" if value else "no")
    if isinstance(value, list):
        return ", ".join(said for item in value if (said := _said(name, item, codes)))
    if isinstance(value, dict):
        parts = ((key, _said(key, item, codes)) for key, item in value.items())
        return "; ".join(f"{part_word(key)}: {said}" for key, said in parts if said)
    said = str(value)
    if said in codes:
        return codes[said]
    if len(said) in IDS and not set(said) - set("0123456789abcdef"):
        return ""
    return words.word(CODED[name], said) if name in CODED else said

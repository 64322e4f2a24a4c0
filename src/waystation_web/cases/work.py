"""What is to be done in a case, what was promised, what was written down, and when: as its payload says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from . import values


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do by a day, by somebody. A follow-up is a task that looks again at somebody later."""

    id: str
    text: str = field(repr=False)
    due: date | None
    for_: bytes                  # account
    done_at: datetime | None
    done_by: bytes
    by: bytes
    at: datetime | None
    need: str = ""               # the code of the need that it answers
    plan: bytes = b""            # the plan that says what is wanted: a report on an area, which no case may name
    report: int | None = None    # and which of its reports

    @property
    def open(self) -> bool:
        """Not done yet."""
        return self.done_at is None


@dataclass(frozen=True, slots=True)
class Promise:
    """What the person was told they can count on. `kept` is None until somebody says."""

    id: str
    text: str = field(repr=False)
    by: bytes
    at: datetime | None
    due: date | None
    kept: bool | None


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote down."""

    id: str
    text: str = field(repr=False)
    by: bytes
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the timeline, coarse: what kind of thing happened, and a code or a few words. `refs` are ids."""

    id: str
    kind: str
    text: str = field(repr=False)
    by: bytes
    at: datetime | None
    refs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Scale:
    """One of two scales, 1 to 5, with a reason. Need and safety are never added up to one number."""

    value: int
    reason: str = field(repr=False)
    by: bytes
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Monitoring:
    """Somebody who hides for long is looked after: when next, how often."""

    next_check: date | None
    every_days: int | None
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Due:
    """The next thing that is due in a case: task, follow-up, promise, or look (at somebody in hiding)."""

    day: date
    kind: str
    text: str = field(repr=False)


def task(said: Mapping[str, Any]) -> Task:
    """A task in a payload."""
    return Task(values.text(said, "id"), values.text(said, "text"), values.day(said, "due"),
                values.account(said, "for"), values.at(said, "done_at"), values.account(said, "done_by"),
                values.account(said, "by"), values.at(said, "at"), values.text(said, "need"),
                values.account(said, "plan"), values.whole(said, "report"))


def promise(said: Mapping[str, Any]) -> Promise:
    """A promise in a payload."""
    return Promise(values.text(said, "id"), values.text(said, "text"), values.account(said, "by"),
                   values.at(said, "at"), values.day(said, "due"), values.answer(said, "kept"))


def note(said: Mapping[str, Any]) -> Note:
    """A note in a payload."""
    return Note(values.text(said, "id"), values.text(said, "text"), values.account(said, "by"), values.at(said, "at"))


def line(said: Mapping[str, Any]) -> Line:
    """A line of the timeline in a payload."""
    refs = {name: value for name, value in said.items()
            if name not in {"id", "kind", "text", "by", "at"} and isinstance(value, str)}
    return Line(values.text(said, "id"), values.text(said, "kind"), values.text(said, "text"),
                values.account(said, "by"), values.at(said, "at"), refs)


def scale(said: Mapping[str, Any]) -> Scale | None:
    """A scale in a payload, if somebody gave one within 1 to 5."""
    value = values.whole(said, "value")
    if value is None or not 1 <= value <= 5:
        return None
    return Scale(value, values.text(said, "reason"), values.account(said, "by"), values.at(said, "at"))


def monitoring(said: Mapping[str, Any]) -> Monitoring | None:
    """How somebody in hiding is looked after, if anybody does."""
    if not said:
        return None
    return Monitoring(values.day(said, "next_check"), values.whole(said, "every_days"), values.text(said, "text"))

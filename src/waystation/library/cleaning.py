"""A pasted page or newsletter, read line by line: what is kept, what is left out and why, what was taken out of lines.

Nothing is fetched and nothing is decided: a person sees both sides and chooses before anything is kept. A list of
readers is refused whole: who asked to be told of publications has no place beside records of people.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from waystation.casework.dates import Span
from waystation.library.boilerplate import reason
from waystation.library.reachable import ADDRESS, REMOVED, ways, without
from waystation.library.said import Said, whens

HEAD = 12        # lines at the top among which a page says its own day
TITLE = 200
MOST = 200_000   # characters
FEW = 3          # addresses, each in a line of its own, that make a list of readers
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|[월화수목금토일]요일"
_BEFORE = re.compile(r"\W*(?:(?:first |last )?(?:published|posted|updated)|date|기사입력|입력|수정|등록|게시|발행)?"
                     rf"(?: on| at)?[\s:：]*(?:{_WEEKDAY})?[\s,]*", re.IGNORECASE)
_BYLINE = re.compile(r"(?:by|written by|글쓴이|글)\s*[:：]?\s+(?P<who>\D{2,80})", re.IGNORECASE)
_AFTER = re.compile(rf"(?:[\W\d]|am|pm|utc|gmt|kst|{_WEEKDAY}|min(?:ute)?s? read|오전|오후)*", re.IGNORECASE)


class ReadersList(ValueError):
    """What was given is a list of people who asked to be told, not something that was published."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line, without any way to reach somebody. `why` it is left out; nothing: it is kept."""

    text: str = field(repr=False)
    why: str = ""
    dates: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A page as a person is shown it before anything of it is kept."""

    title: str
    author: str                   # as its own line says it; nothing if no line does
    published: Said | None
    lines: tuple[Line, ...] = field(repr=False)
    removed: Mapping[str, int]   # ways to reach somebody that were taken out of all lines, by their sort

    @property
    def kept(self) -> tuple[Line, ...]:
        """Lines of the text itself."""
        return tuple(one for one in self.lines if not one.why)

    @property
    def left(self) -> tuple[Line, ...]:
        """Lines that say nothing of the matter, each with why."""
        return tuple(one for one in self.lines if one.why)


def cleaned(text: str, *, looked_up: date) -> Cleaned:
    r"""A page that was looked up on a day. Raises `ReadersList`, `ValueError` for nothing or too much.

    >>> text = "Seoul -3°C\nA film and its river\nPosted 2 years ago\nIt runs for two hours."
    >>> page = cleaned(text, looked_up=date(2030, 6, 15))
    >>> page.title, page.published.span.last.isoformat(), [line.text for line in page.kept]
    ('A film and its river', '2028-12-15', ['It runs for two hours.'])
    >>> [(line.text, line.why) for line in page.left]
    [('Seoul -3°C', 'weather'), ('A film and its river', 'title'), ('Posted 2 years ago', 'day')]
    """
    if len(text) > MOST:
        raise ValueError(f"the text is longer than {MOST} characters: paste one page at a time")
    raw = [line for line in (" ".join(one.split()) for one in text.splitlines()) if line]
    if not raw:
        raise ValueError("there is no text: paste what the page says")
    refuse_readers(raw)
    removed: Counter[str] = Counter()
    lines = []
    for line in raw:
        clean, counts = without(line)
        removed.update(counts)
        lines.append(Line(clean, reason(line) or ("" if _says(clean) else "contact")))
    title = next((number for number, one in enumerate(lines) if not one.why and len(one.text) <= TITLE
                  and not _dateline(one.text, looked_up) and not _BYLINE.fullmatch(one.text)), None)
    published, by = next(_days(lines, looked_up), None), next(_bylines(lines), None)
    base = published[1].span if published else Span(looked_up, looked_up)
    places = ((title, "title"), (by and by[0], "author"), (published and published[0], "day"))
    own = {number: why for number, why in places if number is not None}  # they stand in fields of their own
    return Cleaned(
        lines[title].text if title is not None else "", by[1] if by else "", published[1] if published else None,
        tuple(_settled(one, published, base) if number not in own else Line(one.text, own[number])
              for number, one in enumerate(lines)),
        MappingProxyType(dict(removed)))


def refuse_readers(lines: list[str]) -> None:
    """Raises `ReadersList` for lines that are, for the greater part, somebody with an address."""
    with_address = sum(any(sort == ADDRESS for sort, _start, _end in ways(line)) for line in lines)
    if with_address >= FEW and with_address * 2 >= len(lines):
        raise ReadersList("this is a list of people with their addresses, not a publication: nothing of it is kept")


def _settled(one: Line, published: tuple[int, Said] | None, base: Span) -> Line:
    """A line with its dates, said against the day of publication."""
    if one.why:
        return one
    # a page without any day does not say what its "yesterday" was
    return Line(one.text, "", tuple(said for said in whens(one.text, base) if published or not said.relative))


def _days(lines: list[Line], looked_up: date) -> Iterator[tuple[int, Said]]:
    for number, one in enumerate(lines[:HEAD]):
        if not one.why and (said := _dateline(one.text, looked_up)):
            yield number, said


def _bylines(lines: list[Line]) -> Iterator[tuple[int, str]]:
    for number, one in enumerate(lines[:HEAD]):
        found = _BYLINE.fullmatch(one.text.replace(REMOVED, "").rstrip(" ,;·|"))
        if found and not one.why:
            yield number, found["who"].strip()


def _dateline(line: str, looked_up: date) -> Said | None:
    """The day of a line that says nothing else."""
    dates = whens(line, Span(looked_up, looked_up))
    if not dates:
        return None
    first, last = dates[0], dates[-1]
    before, after = line[:first.at], line[last.at + len(last.words):]
    return first if _BEFORE.fullmatch(before) and _AFTER.fullmatch(after) else None


def _says(clean: str) -> bool:
    """Whether a line says anything beside how to reach somebody."""
    return REMOVED not in clean or len(re.findall(r"\w+", clean.replace(REMOVED, ""))) >= FEW

"""Which door is open in a matter, which is shut and why, and of which nobody can say yet because a fact is missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from waystation.rights.facts import Mechanism
from waystation.rights.library import Library, library

KINDS = ("disappearance", "detention", "return", "torture", "trafficking", "killing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What is known of what happened. None and empty stand for what nobody knows yet."""

    kind: str  # of KINDS
    state: str  # ISO 3166-1 of the State that is addressed
    nationality: str = ""  # of the person
    began: date | None = None
    ongoing: bool | None = None  # it goes on, or may happen soon
    family: bool | None = None  # the family agrees; None = nobody asked them
    person: bool | None = None  # the person agrees: by a standing instruction, or now
    languages: frozenset[str] = frozenset({"eng"})  # in which this office can write
    signs: bool = True  # somebody signs with their name: nothing anonymous is taken


@dataclass(frozen=True, slots=True)
class Opening:
    """One door: open, shut, or not known; and every reason, in words."""

    mechanism: Mechanism
    open: bool | None
    why: tuple[str, ...]


def openings(matter: Matter, today: date, *, shipped: Library | None = None) -> tuple[Opening, ...]:
    """Every mechanism, in the order of the table. Raises `ValueError` for a kind that is none, or a day to come.

    >>> taken = Matter(kind="disappearance", state="CN", began=date(2026, 10, 1), ongoing=True, family=True)
    >>> [one.mechanism.code for one in openings(taken, date(2026, 11, 1)) if one.open]
    ['SP_URGENT', 'WGEID', 'WGEID_URGENT', 'QUIET']
    """
    if matter.kind not in KINDS or (matter.began is not None and matter.began > today):
        raise ValueError(f"of kind {', '.join(KINDS)}, and begun by today")
    books = shipped or library()
    return tuple(_opening(one, matter, today, books) for one in books.mechanisms)


def _opening(one: Mechanism, matter: Matter, today: date, books: Library) -> Opening:
    said = [*_kind(one, matter), *_time(one, matter, today), *_treaty(one, matter, books), *_words(one, matter)]
    shut, unknown = [why for known, why in said if known is False], [why for known, why in said if known is None]
    if shut:
        return Opening(one, False, tuple(shut))
    return Opening(one, None if unknown else True, tuple(unknown))


Said = Iterator[tuple[bool | None, str]]


def _kind(one: Mechanism, matter: Matter) -> Said:
    if matter.kind not in one.kinds:
        yield False, f"It takes up {_listed(one.kinds)}, and this is {matter.kind}."


def _time(one: Mechanism, matter: Matter, today: date) -> Said:
    if one.when == "ongoing" and matter.ongoing is not True:
        yield matter.ongoing, "It is for what goes on or may happen soon." if matter.ongoing is False else \
            "Write down whether it goes on: that is not known."
    if one.when == "past" and matter.ongoing is not False:
        if matter.ongoing:
            yield False, "It is for what is over. Use the urgent one."
        else:
            yield None, "Write down whether it goes on: that is not known."
    if one.within_months and matter.began is None:
        yield None, "Write down the day on which it began: that is not known."
    elif one.within_months and matter.began is not None and today > months_after(matter.began, one.within_months):
        yield False, f"It began more than {one.within_months} months ago."


def _treaty(one: Mechanism, matter: Matter, books: Library) -> Said:
    if not one.treaty:
        return
    bound = [_bound(books, country, one.treaty, matter.began) for country in (matter.state, matter.nationality)]
    if True in bound:
        return
    name = f"the treaty ({one.treaty})"
    if matter.began is None:
        yield None, f"Write down the day on which it began: only what began under {name} is taken up."
    elif not matter.nationality and bound[0] is False:
        yield None, f"This State was not bound by {name} then. Write down the nationality: that State may have been."
    elif None in bound:
        yield None, f"Look up since when these States are bound by {name}: that is not known well enough."
    else:
        yield False, f"Neither this State nor that of the person's nationality was bound by {name} when it began."


def _bound(books: Library, country: str, treaty: str, day: date | None) -> bool | None:
    row = books.instrument(country, treaty) if country else None
    if row is None:
        return None if country else False
    return row.binds(day) if day is not None else None


def _words(one: Mechanism, matter: Matter) -> Said:
    if not matter.signs:
        yield False, "Nothing anonymous is taken. Somebody must sign; the State is not told who."
    yield from _agreed(one, matter)
    if one.languages and not one.languages & matter.languages:
        yield False, f"It reads {_listed(one.languages)} alone. Have it translated."


def _agreed(one: Mechanism, matter: Matter) -> Said:
    asked = {"yes": {matter.family}, "either": {matter.family, matter.person}}.get(one.family, {True})
    if True in asked:
        return
    if None in asked:
        yield None, "Ask the family: they must agree." if one.family == "yes" else \
            "Ask the family, or read what the person signed: one of them must agree."
    else:
        yield False, "The family does not agree." if one.family == "yes" else "Neither the person nor the family does."


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month.

    >>> months_after(date(2026, 11, 30), 3), months_after(date(2026, 1, 15), 3)
    (datetime.date(2027, 2, 28), datetime.date(2026, 4, 15))
    """
    year, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has a 28th")


def _listed(words: frozenset[str]) -> str:
    return ", ".join(sorted(words))

"""Reading what the verbs need: a book from a file, standard input or a shipped world; a party; the terms; the day."""

import json
import sys
from argparse import Namespace
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from waystation import worlds
from waystation.network.build import network_of
from waystation.network.files import read_book, write_json
from waystation.network.network import Network
from waystation.network.problems import InvalidBook
from waystation.network.rows import RouteBook
from waystation.party import Party, Terms
from waystation.party_file import party_of
from waystation.planning.setting import InvalidTerms
from waystation.problems import Problem
from waystation.units import DAY_STARTS_AT_H, Money, instant

MOST_BYTES = 64 * 1024 * 1024  # more than any route book, plan or folder needs: refuse before reading it into memory
FIRST_ROW = 2  # of a sheet, as problems count rows
PRIOR_SHEETS = ("priors", "waiting_loss", "silence")


@dataclass(frozen=True, slots=True)
class Question:
    """Everything a deciding verb was asked."""

    net: Network
    party: Party
    terms: Terms
    now: datetime


def bytes_of(name: str | Path, *, identity: Path | None = None) -> bytes:
    """The bytes of a file, `-` or a shipped world; opened if sealed with age. Raises `InvalidTerms`."""
    text = str(name)
    if text in worlds.names():
        return worlds.world(text)
    if text == "-":
        data = sys.stdin.buffer.read(MOST_BYTES + 1)
    else:
        try:
            with Path(text).open("rb") as file:
                data = file.read(MOST_BYTES + 1)
        except OSError as error:
            shipped = ", ".join(worlds.names())
            raise InvalidTerms(f"{text}: cannot be read ({error.strerror}). Give a file, - for standard input, or a "
                               f"shipped world ({shipped}).") from error
    if len(data) > MOST_BYTES:
        raise InvalidTerms(f"{text}: larger than 64 MB; a route book has at most 5 MB.")
    return _opened(data, text, identity) if data.startswith(b"age-encryption.org/v1") else data


def _opened(data: bytes, name: str, identity: Path | None) -> bytes:
    import pyrage

    if identity is None:
        raise InvalidTerms(f"{name}: is sealed with age; give --identity with the file of your age identity.")
    try:
        lines = [line.strip() for line in identity.read_text(encoding="utf-8").splitlines()]
        keys = [pyrage.x25519.Identity.from_str(line) for line in lines if line.startswith("AGE-SECRET-KEY-")]
        return bytes(pyrage.decrypt(data, keys))
    except OSError as error:
        raise InvalidTerms(f"{identity}: cannot be read ({error.strerror}).") from error
    except (pyrage.DecryptError, pyrage.IdentityError) as error:
        raise InvalidTerms(f"{name}: this identity does not open it.") from error


def book_of(name: str, *, identity: Path | None = None, priors: Path | None = None) -> RouteBook:
    """A checked route book, with the judgements of a prior file added. Raises `InvalidBook`, `InvalidTerms`."""
    book = read_book(bytes_of(name, identity=identity), name="standard input" if name == "-" else name)
    if priors is None:
        return book
    table = json.loads(write_json(book))
    added = _object(bytes_of(priors, identity=identity), str(priors))
    if unknown := sorted(set(added) - set(PRIOR_SHEETS)):
        raise InvalidTerms(f"{priors}: unknown sheet {', '.join(unknown)}; it holds {', '.join(PRIOR_SHEETS)}.")
    for sheet, rows in added.items():
        if not isinstance(rows, list):
            raise InvalidTerms(f"{priors}: `{sheet}` must be a list of rows.")
        table[sheet] = [*table.get(sheet, []), *rows]
    try:
        return read_book(json.dumps(table).encode(), name=str(priors))
    except InvalidBook as error:  # the book itself was sound: a row is told as it stands in the prior file
        before = {sheet: len(getattr(book, sheet)) for sheet in PRIOR_SHEETS}
        raise InvalidBook(_moved_up(problem, before.get(problem.sheet, 0)) for problem in error.problems) from error


def _moved_up(problem: Problem, rows: int) -> Problem:
    row = problem.row - rows
    return replace(problem, row=row, cell=f"/{problem.sheet}/{row - FIRST_ROW}/{problem.column}".rstrip("/"))


class _TwiceError(Exception):
    """A key that stands twice: of two answers to `all_agree`, none may be picked silently."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(made := dict(pairs)) < len(pairs):
        raise _TwiceError
    return made


def _object(data: bytes, name: str) -> dict[str, Any]:
    try:
        found = json.loads(data, object_pairs_hook=_once)
    except _TwiceError as error:
        raise InvalidTerms(f"{name}: a key stands twice in one JSON object; keep one of them.") from error
    except (ValueError, RecursionError) as error:
        raise InvalidTerms(f"{name}: is not JSON.") from error
    if not isinstance(found, dict):
        raise InvalidTerms(f"{name}: must be one JSON object.")
    return found


def day_of(given: datetime | None, book: RouteBook) -> datetime:
    """The `now` of a decision: given, or of a fictional book its `as_of`. Raises `InvalidTerms`."""
    if given is not None:
        return given
    if book.book.fictional and book.book.as_of is not None:
        return book.book.as_of
    raise InvalidTerms("Say for which day to decide: --now YYYY-MM-DD. Nothing here reads the clock, so that the same "
                        "question always gets the same answer.")


def question(given: Namespace) -> Question:
    """The question of `waystation plan`: flags first, then the terms that stand in the party's file."""
    book = book_of(given.book, identity=given.identity, priors=given.priors)
    now = day_of(given.now, book)
    party, stated = _party(given)
    terms = _terms(given, stated, now)
    return Question(network_of(book), party, terms, now)


def _party(given: Namespace) -> tuple[Party, dict[str, Any]]:
    if given.party is None:
        raise InvalidTerms("Say who travels: --party FILE (JSON). all_agree and guardian_ok have no default: somebody "
                            "must have asked.")
    if given.book in worlds.names() and given.party in worlds.parties(given.book):
        data = worlds.party(given.book, given.party)
    else:
        data = bytes_of(given.party, identity=given.identity)
    whole = _object(data, given.party)
    if "party" not in whole:
        return party_of(data, name=given.party), {}
    if unknown := sorted(set(whole) - {"party", "terms"}):
        raise InvalidTerms(f"{given.party}: unknown key {', '.join(unknown)}; it holds `party` and `terms`.")
    stated = whole.get("terms", {})
    known = {"from", "goals", "depart_from", "by", "money", "penalty", "floor"}
    if not isinstance(stated, dict) or set(stated) - known:
        raise InvalidTerms(f"{given.party}: `terms` may hold {', '.join(sorted(known))}.")
    return party_of(json.dumps(whole["party"]).encode(), name=given.party), stated


def _terms(given: Namespace, stated: dict[str, Any], now: datetime) -> Terms:
    start = given.start or stated.get("from")
    deadline = given.deadline or _day(stated.get("by"))
    budget = given.money or _money(stated.get("money"))
    if start is None or deadline is None or budget is None:
        stated_all = (("--from", start), ("--by", deadline), ("--money", budget))
        raise InvalidTerms(f"Still needed: {', '.join(flag for flag, value in stated_all if value is None)}.")
    depart = given.depart or _day(stated.get("depart_from")) or first_morning(now)
    penalty = _between("penalty", given.penalty if given.penalty is not None else stated.get("penalty", 0.25), 100)
    floor = given.floor if given.floor is not None else stated.get("floor")
    return Terms(start=str(start), goals=_codes(given.goals or stated.get("goals", [])), depart_from=depart,
                 deadline=deadline, budget=budget, penalty=penalty,
                 floor=None if floor is None else _between("floor", floor, 1))


def _between(name: str, value: object, most: int) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= most:
        raise InvalidTerms(f"--{name} lies between 0 and {most}.")
    return float(value)


def _codes(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
        raise InvalidTerms("The goals of the terms are written as a list of codes, for example [\"HALL\"].")
    return tuple(value)


def first_morning(now: datetime) -> date:
    """The first day whose 06:00 is not past.

    >>> first_morning(datetime(2030, 5, 1, 18)), first_morning(datetime(2030, 5, 1))
    (datetime.date(2030, 5, 2), datetime.date(2030, 5, 1))
    """
    return now.date() if now.hour * 60 + now.minute <= DAY_STARTS_AT_H * 60 else now.date() + timedelta(days=1)


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise InvalidTerms("A day of the party's terms is not written YYYY-MM-DD.") from error


def _money(text: str | None) -> Money | None:
    try:
        return None if text is None else Money.parse(text)
    except (TypeError, ValueError) as error:
        raise InvalidTerms("The money of the party's terms is written like 3000 USD.") from error


def saved_question(given: Namespace, plan: Path) -> tuple[Question, dict[str, Any]]:
    """The question that a saved plan answers, asked of this book again. Raises `InvalidTerms`."""
    book = book_of(given.book, identity=given.identity, priors=given.priors)
    saved = _object(bytes_of(plan, identity=given.identity), str(plan))
    if "waystation_answers" in saved:
        raise InvalidTerms(f"{plan}: holds the answers for several parts of a party; plan and save each part alone.")
    if saved.get("waystation_answer") != 1 or not isinstance(saved.get("terms"), dict):
        raise InvalidTerms(f"{plan}: is no answer of `waystation plan --json`.")
    try:
        asked = saved["terms"]
        party = party_of(json.dumps(saved["party"]).encode(), name=str(plan))
        terms = Terms(start=str(asked["start"]), goals=_codes(asked["goals"]),
                      depart_from=date.fromisoformat(asked["depart_from"]),
                      deadline=date.fromisoformat(asked["deadline"]), budget=Money.parse(asked["budget"]),
                      penalty=_between("penalty", asked["penalty"], 100),
                      floor=None if asked["floor"] is None else _between("floor", asked["floor"], 1))
        now = instant(saved["now"])
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidTerms(f"{plan}: its question is not complete; plan again.") from error
    return Question(network_of(book), party, terms, now), saved

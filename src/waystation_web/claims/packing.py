"""The pack of one person: everything about them that whoever makes it may open, in their language.

Runs inside the caller's `writing()`. What belongs to others, to contacts and to the way is left out, and the pack says
so; what cannot be opened is said too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext, override

from waystation_web.cases import queries as cases
from waystation_web.cases import values
from waystation_web.cases.actions_people import UNSEALED
from waystation_web.cases.case import Case
from waystation_web.cases.folk import Someone
from waystation_web.cases.words import word
from waystation_web.ledger import words as money_words
from waystation_web.records import queries as kept
from waystation_web.records.record import Record
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault

from .pack import Gathering, Pack
from .pack_case import STAMPS, of_answers, of_case, of_person, of_plea, of_work
from .pack_road import of_road
from .pack_status import of_status
from .redacting import Others
from .request import Request
from .words_pack import NAMED

BOOK = frozenset({"places", "names"})   # sheets whose codes and names are places
PLACES = ("code", "name", "near")
SEALED = ("call_back", "challenge")
OF_NAMES = frozenset({*SEALED, "names", "health", "relatives_inside", "screens", "household", UNSEALED})
OF_MONEY = ("amount", "currency", "day", "due", "principal", "since", "monthly", "income")


def pack_of(actor: Actor, request: Request) -> Pack:
    """The pack as it stands now. Raises `NoSuchVault` if this person does not hold the case, or the person left it."""
    case = cases.case(actor, request.case)
    one = next((each for each in case.people if each.id == request.person), None)
    if one is None:
        raise NoSuchVault
    names = _names(actor, case)
    with override(request.language):
        found = Gathering(request.texts, others_of(actor, one, names))
        of_case(found, case)
        of_plea(found, case)
        of_person(found, case, one)
        left = _of_names(found, one, names)
        of_answers(found, case, one)
        of_work(found, case)
        of_road(found, actor, case, one)
        of_status(found, actor, case, one)
        _of_money(found, actor, case)
        return Pack(tuple(found.sections), (*left, *_left_out(case, len(names))))


def others_of(actor: Actor, one: Someone, names: Iterable[Record]) -> Others:
    """Whose names are known not to be this person's: others of the case, colleagues, contacts, places."""
    given = [said for held in names for said in values.items(held.body, "names")]
    own = {values.text(said, "text") for said in given if said.get("person") == one.id}
    others = {values.text(said, "text") for said in given if said.get("person") != one.id} - own
    people = {name for each in kept.colleagues().values() for name in (each.handle, each.name)}
    words = set(people)
    if kept.may_make(actor, "plan"):  # only who keeps the book holds all of it
        words |= {str(value) for held in kept.every(actor, "contact", looked=False, refused=[])
                  for value in [held.body.get("code_name"), *(held.body.get("aliases") or [])] if value}
        words |= {name for held in kept.every(actor, "place", looked=False, refused=[]) for name in _places(held.body)}
    return Others(frozenset(others - {""}), frozenset(one for one in words if len(one) > 1), frozenset(own - {""}))


def _places(body: Mapping[str, Any]) -> Iterable[str]:
    cells = values.part(body, "row") if body.get("sheet") in BOOK else {}
    return [str(cells[name]) for name in PLACES if cells.get(name)]


def _names(actor: Actor, case: Case) -> list[Record]:
    """The sealed records of names that whoever makes the pack holds."""
    found = [kept.maybe(actor, key, "person") for key in case.household_records]
    return [one for one in found if one is not None and one.body.get(UNSEALED) == case.key]


def _of_names(found: Gathering, one: Someone, names: Iterable[Record]) -> list[str]:
    """Their own names and words; how to reach them, which a household shares, is read first."""
    left = list[str]()
    for held in names:
        body = held.body
        for said in values.items(body, "names"):
            if said.get("person") == one.id:
                kind = word("name_kind", said.get("kind"))
                found.fact(gettext("Name") + (f" ({kind})" if kind else ""), values.text(said, "text"))
        unknown = sum(1 for said in values.items(body, "names") if not said.get("person"))
        if unknown:
            left.append(gettext("Names of which nobody wrote down whose they are: %d.") % unknown)
        for part in SEALED:
            for name, text in values.part(body, part).items():
                found.words(f"{held.key}/{part}/{name}", str(NAMED.get(name, name)), text)
        found.words(f"{held.key}/health", gettext("Health"), body.get("health"))
        for name, number in values.part(body, "relatives_inside").items():
            found.fact(f"{NAMED.get(name, name)}", number if isinstance(number, int) else None)
        for said in values.items(body, "screens"):
            if said.get("person") == one.id:
                for name, text in said.items():
                    if name not in STAMPS | {"screen", "what"}:
                        plain = ", ".join(map(str, text)) if isinstance(text, list) else text
                        found.words(f"{held.key}/screens/{said.get('id')}/{name}", gettext("What you said"), plain)
        found.rest(held.key, body, OF_NAMES)
    found.part(gettext("Your names, and how you are reached"))
    return left


def _of_money(found: Gathering, actor: Actor, case: Case) -> None:
    """What was paid for them and what they owe; never to whom, nor who helped."""
    for held in kept.every(actor, "money", looked=False, refused=[]):
        if held.body.get("case_id") != case.key:
            continue
        kind = str(dict(money_words.KINDS).get(held.body.get("kind"), "")) or gettext("a debt")
        said = " ".join(str(held.body[name]) for name in OF_MONEY if held.body.get(name))
        found.fact(kind, said)
        for name in ("purpose", "note", "legal_note", "reason"):
            found.words(f"{held.key}/{name}", f"{kind}: {NAMED.get(name, name)}", held.body.get(name))
    found.part(gettext("Money"))


def _left_out(case: Case, opened: int) -> list[str]:
    """What no pack holds, and why."""
    closed = len(case.household_records) - opened
    said = [gettext("Names of other people, of helpers and of colleagues: they are blacked out for their safety."),
            gettext("Places finer than a province, how you came and through whom: whoever finds this paper must not "
                    "find them. It can be told to you face to face, as far as it endangers nobody."),
            gettext("Earlier versions of what was written: they are kept, and can be read to you."),
            gettext("What was compared with other files, to see whether they are yours: it is about others too.")]
    if closed:
        said.append(gettext("Sealed records that whoever made this may not open: %d. Ask the one who works on your "
                            "file.") % closed)
    return said

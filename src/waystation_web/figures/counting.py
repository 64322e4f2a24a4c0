"""Loading what is counted: people of cases that arrived, decisions on plans. Nothing of it is kept here."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from waystation.access import Facts, Permission
from waystation_web.audit.actions import record
from waystation_web.audit.events import Event
from waystation_web.cases import queries as cases
from waystation_web.cases.case import Case
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.plans.decided import DECIDED, decision_of
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import Refused
from waystation_web.vault.queries import allow

from .own import ARRIVALS, TABLES, Counted, Query, counted, quarter_before


@dataclass(frozen=True, slots=True)
class Own:
    """A table with what could not be read of it."""

    of: Counted
    broken: int


def own(actor: Actor, code: str) -> Own:
    """Count one table, over quarters that are past; the query stands in the record of acts.

    For whoever makes plans: their role holds every case and every decision. Raises `KeyError` for no such table,
    `NotPermitted`.
    """
    table, broken = TABLES[code], list[bytes]()
    may_count(actor)
    until = quarter_before(clock.today())
    with writing():
        many, rows = (_arrivals(actor, until, broken) if table.of == ARRIVALS else _ways(actor, until, broken))
        found = counted(Query(table, until), rows)
        text = json.dumps(sorted([row[name] for name in table.by] for row in rows)).encode()
        record(actor, Event.LIST_READ, count=many, reason=found.query.words, rows=sha256(text).hexdigest()[:32])
        kept.tell_refused(actor, sorted(set(broken)))
    return Own(found, len(set(broken)))


def may_count(actor: Actor) -> None:
    """Whether somebody counts at all. Raises `NotPermitted`."""
    allow(actor, Permission.CREATE_VAULT, Facts(type="plan"))


def _arrivals(actor: Actor, until: date, broken: list[bytes]) -> tuple[int, list[Mapping[str, str]]]:
    held = cases.cases(actor, refused=broken)
    return len(held), [row for case in held for row in _people(case, until)]


def _people(case: Case, until: date) -> Iterator[Mapping[str, str]]:
    """Everybody of a case that arrived by a day, of whom nobody wrote that they are somebody else's case too."""
    days = [one.at.date() for one in case.timeline if one.kind == "status" and one.text == "arrived" and one.at]
    if not days or min(days) > until or case.stage == "merged":
        return
    day = min(days)
    for one in case.people:
        child = one.child_on(day)
        yield {"year": str(day.year), "sex": one.sex if one.sex in {"1", "2"} else "",
               "age": "" if child is None else "child" if child else "adult", "country": _country(case.request.country)}


def _country(typed: str) -> str:
    """A country by its two letters; anything else that was typed is not known, and never leaves as it was typed.

    >>> _country("cn"), _country("=HYPERLINK()")
    ('CN', '')
    """
    code = typed.strip().upper()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else ""


def _ways(actor: Actor, until: date, broken: list[bytes]) -> tuple[int, list[Mapping[str, str]]]:
    held, rows = kept.every(actor, "decision", refused=broken, looked=False), list[Mapping[str, str]]()
    for one in held:
        try:
            found = decision_of(one)
        except Refused:
            broken.append(one.id)
            continue
        if found.status != DECIDED or found.signed_at is None or found.signed_at.date() > until:
            continue
        plan = kept.maybe(actor, found.plan, "plan")
        steps = plan.body.get("facts", {}).get("steps", ()) if plan else ()
        country = {str(place["code"]): str(place.get("country", ""))
                   for place in (plan.body.get("places", ()) if plan else ())}
        passed = [country.get(str(step[end]), "") for step in steps for end in ("place", "to")]
        rows.append({"year": str(found.signed_at.year), "chosen": found.chosen.value,
                     "means": " + ".join(sorted({str(step["mode"]) for step in steps if step.get("mode")})),
                     "countries": " → ".join(dict.fromkeys(name for name in passed if name))})
    return len(held), rows

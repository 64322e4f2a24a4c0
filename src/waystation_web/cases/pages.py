"""What the pages of one case show: everything opened once, as plain values for a template."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from waystation.casework.consent import standing
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.records.queries import Colleague
from waystation_web.vault.actor import Actor

from . import queries, values
from .case import Case, case_of
from .consents import rows_of
from .folk import Someone
from .work import Line, Note

FEWEST_HOLDERS = 2


def may_begin(actor: Actor) -> bool:
    """Whether to show the form for a call."""
    return kept.may_make(actor, "case")


def may_seal_names(actor: Actor) -> bool:
    """Whether this person keeps names and numbers of people."""
    return kept.may_make(actor, "person")


def today() -> date:
    """The day, for what is late."""
    return clock.today()


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person as the page of a case shows them: code, ages, what a plan must know."""

    person: Someone
    ages: str
    child: bool | None
    weeks: int | None
    consents: int = 0      # what they said yes to, and to whom, as far as it stands today; none is a no


@dataclass(frozen=True, slots=True)
class IfCaptured:
    """What somebody said shall happen if they are caught: the line that must be found in seconds."""

    code: str
    tell: str = field(repr=False)
    name: bool | None
    public: bool | None
    signed: bool


@dataclass(frozen=True, slots=True)
class CasePage:
    """A case with everybody who works on it, and what this person may do."""

    case: Case
    day: date
    worker: Colleague | None
    deputy: Colleague | None
    holders: tuple[Colleague, ...]
    handles: dict[bytes, str] = field(repr=False)
    may_write: bool
    may_seal: bool
    readable_names: frozenset[bytes]
    refs: dict[bytes, str]

    @property
    def children(self) -> int | None:
        """How many may be children today."""
        return self.case.children_on(self.day)

    @property
    def party(self) -> tuple[PersonRow, ...]:
        """Everybody listed."""
        return tuple(person_row(one, self.day, self._consents(one)) for one in self.case.people)

    def _consents(self, one: Someone) -> int:
        cells = standing(rows_of(self.case.record.body), one.id, self.day, child=one.child_on(self.day))
        return len({cell[:3] for cell in cells})

    @property
    def if_captured(self) -> tuple[IfCaptured, ...]:
        """The newest standing instruction of everybody who gave one."""
        newest = {values.text(one, "person"): one for one in values.items(self.case.record.body, "standing")}
        yes = {"yes": True, "no": False}
        return tuple(IfCaptured(one.code, values.text(said, "tell"), yes.get(values.text(said, "name")),
                                yes.get(values.text(said, "public")), bool(values.text(said, "signed_on")))
                     for one in self.case.people if (said := newest.get(one.id)))

    @property
    def notes(self) -> tuple[Note, ...]:
        """The newest first."""
        return self.case.notes[::-1]

    @property
    def timeline(self) -> tuple[Line, ...]:
        """The newest first."""
        return self.case.timeline[::-1]

    @property
    def alone(self) -> bool:
        """Fewer than two people can open it: if one is taken, the file is gone with them."""
        return len([one for one in self.holders if one.active]) < FEWEST_HOLDERS


def case_page(actor: Actor, case_id: bytes) -> CasePage:
    """One case, read and recorded. Raises `NoSuchVault`, `NotPermitted`, `Refused`."""
    with writing():
        case = queries.case(actor, case_id, looked=True)
        holders = kept.held_by(kept.holders(actor, case_id))
        people = kept.colleagues()
        linked = {case.request.former_case, case.request.reunify_case} - {b""}
        there = [(one, kept.maybe(actor, one, "case")) for one in sorted(linked)]
        readable = frozenset(one for one in case.household_records if kept.maybe(actor, one, "person") is not None)
    return CasePage(case, clock.today(), people.get(case.worker), people.get(case.deputy), tuple(holders),
                    {one.id: one.handle for one in people.values()}, kept.may_write(actor, "case"),
                    may_seal_names(actor), readable,
                    {one: case_of(held).ref for one, held in there if held is not None})


def person_row(one: Someone, day: date, consents: int = 0) -> PersonRow:
    """A person on a day; ages as one number or as the youngest and oldest they may be."""
    told = one.ages_on(day)
    ages = "" if told is None else str(told[0]) if told[0] == told[1] else f"{told[0]}–{told[1]}"
    return PersonRow(one, ages, one.child_on(day), one.weeks_on(day), consents)


def team(actor: Actor) -> list[tuple[str, str]]:  # noqa: ARG001 - whoever is signed in may see who works here
    """Colleagues whose role works on cases, as a list to choose from: id and handle."""
    able = {"coordinator", "case_worker"}
    people = sorted(kept.colleagues().values(), key=lambda one: one.handle)
    return [(one.id.hex(), f"{one.handle} · {one.name}") for one in people if one.active and able & set(one.roles)]

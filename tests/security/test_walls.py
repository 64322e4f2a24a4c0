"""Walls between vaults: a secret word lies in each kind of record, and each role walks through every page of the office.

A case worker's pages hold no word of the network, a field liaison's none of people, and so on; each word is also seen by
whoever may read it, so that a walk that looks at nothing fails. All words are invented.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

import pyrage
import pytest
from acts import attach
from django.urls import reverse
from doors_plans import BEFORE
from doors_season import body_of
from plaintexts import finder
from tour import addresses

from waystation import worlds
from waystation.access import Role
from waystation.ledger.debts import Debt
from waystation.ledger.entries import Direction, Entry, Kind, Payer
from waystation.network.files import read_book
from waystation.planning.decision import Bias, Chosen
from waystation.units import Money
from waystation_web.cases import actions_people, actions_work
from waystation_web.contacts import actions as contacts
from waystation_web.contacts import actions_reach
from waystation_web.duty import actions as duty
from waystation_web.gateways.database import writing
from waystation_web.ledger import actions as ledger
from waystation_web.ledger import actions_debts
from waystation_web.network import actions_import
from waystation_web.network.reading import rows_held
from waystation_web.notes import actions as notes
from waystation_web.plans import actions_decide
from waystation_web.plans.sheets import packed
from waystation_web.records import actions as records
from waystation_web.takeout import actions as takeouts
from waystation_web.takeout.order import fingerprint
from waystation_web.vault import actions as vaults
from waystation_web.vault.models import Account

pytestmark = pytest.mark.once

WORD = {kind: f"{half}vorn" for kind, half in {
    "case": "quelmbra", "person": "thrynola", "money": "skarvuno", "receipt": "obrethil", "debt": "yndramol",
    "note": "fyxelant", "attached": "grumvask", "place": "zulprane", "leg": "wexhimor", "report": "drovenik",
    "contact": "halquine", "handle": "mubrastel", "plan": "pliventra", "decision": "jarnocal", "card": "ettolwyn",
    "journey": "vospertil", "incident": "khandrule", "takeout": "brindolvex",
    "season": "ostrefuul"}.items()}
# By hand, apart from the program's table: what each holds who was here when it was written; CW and FL are the assigned ones.
PEOPLE, MONEY = {"case", "person"}, {"money", "receipt", "debt"}
NETWORK = {"place", "leg", "report"}
READS = {
    "coordinator": {"case", "contact", "plan", "decision", "season", "journey", "incident", "card"} | NETWORK,
    "case_worker": PEOPLE | MONEY | {"incident", "card"},
    "field_liaison": {"contact", "handle", "card"},
    "rights_officer": {"incident", "card"}, "researcher": {"card"}, "organisation_head": {"card", "takeout"},
    "finance": MONEY | {"card"}, "security_officer": {"contact", "card", "takeout"}, "auditor": set(),
    "unassigned": {"note", "attached", "card"},  # a case worker of no case, who wrote a note
}
# Forms that only ask: they change nothing and show what one holds.
ASKS = {"cases": {}, "notes": {}, "book": {}, "book-map": {}, "plan-map": {}, "contact-number": {"reason": "x"},
        "money-balances": {}, "money-export": {"reason": "x"}, "case-similar": {}, "plan-compare": {}, "case-vital-read": {}}

NOWHERE = ("notice", "export", "hold", "demand", "complaint", "own", "breach", "assessment",
           "listed", "exhibit", "picture", "signer", "authority", "package", "letter", "petition", "publication", "pack", "statement", "coded", "story", "application", "followup")  # ids that are nobody's


class Walls:
    """An office with one person of each role, and a word in every kind of record."""

    def __init__(self, office):
        self.office = office
        self.people = {name: office.person(roles={"case_worker" if name == "unassigned" else name}, handle=f"w{number}")
                       for number, name in enumerate(READS)}
        as_ = {name: office.actor(one) for name, one in self.people.items()}
        self.ids = {key: ["0c" * 16] for key in NOWHERE} | {"account": [as_["finance"].id.hex()]}
        self._people(as_["case_worker"], as_["unassigned"])
        self._network(as_["coordinator"], as_["field_liaison"])
        self._plans(as_["coordinator"])
        self._road(as_["coordinator"])
        key = str(pyrage.x25519.Identity.generate().to_public())
        self.keep("takeout", takeouts.ask(as_["security_officer"], purpose=WORD["takeout"], agreement=WORD["takeout"], until=date(2026, 4, 1),
                                          recipients=[(WORD["takeout"], WORD["takeout"], key, fingerprint(key))]))

    def keep(self, key, made):
        self.ids.setdefault(key, []).append(made if isinstance(made, str) else made.hex())
        return made

    def _people(self, worker, other):
        with writing():
            self.case = records.make(worker, "case", {"ref": "K7Q2", "request_status": "new", "people": [
                {"id": "0d" * 16, "code": "A", "birth": "1985"}]}).id
        self.keep("case", self.case)
        self.keep("person", "0d" * 16)
        actions_work.add_note(worker, self.case, WORD["case"])
        self.keep("record", actions_people.seal_names(worker, self.case, "", {"health": WORD["person"], "names": [{"text": WORD["person"]}]}))
        entry = Entry(ref="", kind=Kind.FOOD, amount=Money(Decimal(5), "USD"), day=date(2026, 3, 2), direction=Direction.OUT,
                      payer=Payer.ORGANISATION, contact=WORD["money"])
        line = self.keep("entry", ledger.new(worker, ledger.Typed(entry, self.case, WORD["money"], "unknown", None, False, ())))
        self.keep("file", attach(worker, line, WORD["receipt"].encode() * 99, WORD["receipt"]))
        debt = Debt(creditor=WORD["debt"], principal=Money(Decimal(900), "USD"), since=date(2026, 3, 2))
        self.keep("debt", actions_debts.new_debt(worker, actions_debts.DebtTyped(debt, self.case, None, WORD["debt"])))
        with writing():
            self.keep("incident", records.make(worker, "incident", {
                "case": self.case.hex(), "case_ref": "K7Q2", "kind": "capture", "silent": False, "journey": "0c" * 16,
                "status": "reported", "began": "2026-03-02T09:00:00+00:00", "how_known": WORD["incident"]}).id)
        note = self.keep("note", notes.create(other, title=WORD["note"], text=WORD["note"]))
        self.keep("file", attach(other, note, WORD["attached"].encode() * 99, WORD["attached"]))

    def _network(self, chief, liaison):
        book = read_book(worlds.world("river"))
        book = replace(book, places=(replace(book.places[0], near=WORD["place"]), *book.places[1:]),
                       legs=(replace(book.legs[0], status="caution", reason=WORD["leg"]), *book.legs[1:]),
                       reports=(replace(book.reports[0], source=WORD["report"].upper()), *book.reports[1:]))
        self.keep("batch", actions_import.take_in(chief, book))
        with writing():
            held = rows_held(chief)
        for sheet in ("places", "legs", "reports"):
            for one in [one for one in held if one.sheet == sheet and any(word in str(one.cells).casefold() for word in WORD.values())]:
                self.keep("row", one.id)
        assert len(self.ids["row"]) == 3
        contact = self.keep("contact", contacts.keep(liaison, {"code_name": WORD["contact"], "legs": ["L1"]}))
        self.keep("handle", actions_reach.keep_handle(liaison, contact, {
            "channel": "phone", "value": WORD["handle"], "safe_hours": ""}))

    def _plans(self, chief):
        body = {"case": self.case.hex(), "case_ref": "K7Q2", "question": f"K7Q2: {WORD['plan']}", "headline": WORD["plan"],
                "state": "UNKNOWN", "digest": "ab" * 16, "aloud": [], "before": BEFORE, "exposed": [], "facts": {},
                "exposed_beyond_limit": [], "fictional": True, "made_at": "2026-03-02T09:00:00+00:00",
                "sheets": packed(f"<p>{WORD['plan']}</p>"), "first": WORD["plan"]}
        with writing():
            plan = records.make(chief, "plan", body).id
        self.keep("plan", plan)
        typed = actions_decide.Typed(Chosen.NO, WORD["decision"], WORD["decision"], dict.fromkeys(Bias, False),
                                     look_again=self.office.now.date())
        second = self.office.actor(self.office.person(roles={"coordinator"}, handle="second"))
        with writing():
            records.share(chief, plan, "plan", second.id, reason="signs second")
            records.share(chief, self.case, "case", second.id, reason="signs second")
        self.keep("decision", actions_decide.ask(chief, plan, typed, second=second.id))
        with writing():
            self.keep("season", records.make(chief, "season", body_of(WORD["season"])).id)
        self.keep("card", duty.write_card(chief, title=WORD["card"], text=WORD["card"]))
        duty.hand(chief, to=second.id, typed={"open": WORD["card"], "promised": "", "deferred": ""})
        from waystation_web.duty.pages import roster

        self.keep("duty", roster(chief).handed[0].of.id)

    def _road(self, chief):
        said = {"by": chief.id.hex(), "at": "2026-03-02T09:00:00+00:00", "kind": "open", "text": WORD["journey"]}
        with writing():
            journey = records.make(chief, "journey", {
                "case": self.case.hex(), "case_ref": "K7Q2", "plan": self.ids["plan"][0], "decision": self.ids["decision"][0], "size": 1, "goals": [], "status": "approved",
                "at": "A", "log": [said]}).key
        self.keep("journey", journey)

    def requests(self):
        """Every address with every real id that it may name; a search for the half of each word."""
        for name, pattern in addresses():
            keys = list(pattern.pattern.converters)
            for ids in product(*(self.ids[key] for key in keys)):
                where = "/" + str(pattern.pattern)
                for key, one in zip(keys, ids, strict=True):
                    where = where.replace(f"<id:{key}>", one)
                yield "get", where, {}
                if name in ASKS:
                    yield "post", where, ASKS[name]
        for word in WORD.values():
            yield "post", reverse("search"), {"words": word[:6]}

    def seen(self, name):
        """Which words somebody comes to see, and where: pages, headers, downloads."""
        found, looked = self.walked(self.office.sign_in(self.people[name], stepped_up=True))
        assert looked >= 15, f"{name} saw {looked} pages"
        return found

    def walked(self, client):
        """The words that a browser comes to see, with their addresses, and how many pages it was given."""
        packed_ = finder(WORD.values())
        found, looked = {}, 0
        for method, where, sent in self.requests():
            answer = getattr(client, method)(where, sent)
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            answer.close()
            text = f"{dict(answer.headers.items())}\n{content.decode('utf-8', 'replace')}".casefold()
            looked += answer.status_code == 200
            words = {kind for kind, word in WORD.items() if word in text}
            if not answer.headers.get("Content-Type", "").startswith("text/"):
                hits = packed_(content)
                words |= {kind for kind, word in WORD.items() if any(hit.startswith(word) for hit in hits)}
            for kind in words:
                found.setdefault(kind, []).append(f"{method} {where}")
        return found, looked


@pytest.mark.promise("P03")
def test_each_role_sees_the_words_it_may_read_and_no_other_on_any_page(office):
    walls = Walls(office)
    wrong, everything = [], set()
    for name, may in READS.items():
        found = walls.seen(name)
        everything |= set(found)
        wrong += [f"{name} reads {kind} at {found[kind][:3]}" for kind in sorted(set(found) - may)]
        wrong += [f"{name} finds no {kind}" for kind in sorted(may - set(found))]
    assert wrong == [], "\n".join(wrong)
    assert everything == set(WORD)
    gone = office.sign_in(walls.people["coordinator"])  # whose browser still holds a cookie when they are locked
    Account.objects.filter(pk=walls.people["coordinator"].id).update(state=Account.State.LOCKED)
    for outside in (office.client(), gone):
        found, looked = walls.walked(outside)
        assert (found, looked) == ({}, 4)  # the door, its page of enrolment, a blank page, and how a plan looks


def test_contacts_given_to_case_workers_are_found(office, monkeypatch):
    """The control: with one letter of the table of roles changed, a case worker's pages name a contact."""
    told = vaults.default_roles
    monkeypatch.setattr(vaults, "default_roles", lambda type_: told(type_) | ({Role.CASE_WORKER} if type_ == "contact" else set()))
    assert set(Walls(office).seen("case_worker")) - READS["case_worker"] == {"contact"}


def test_the_table_by_hand_keeps_the_walls_it_is_about():
    assert set(READS) == {role.value for role in Role} | {"unassigned"}
    network = NETWORK | {"contact", "handle", "plan", "decision", "journey"}
    assert not READS["case_worker"] & network and not READS["finance"] & network
    assert not READS["field_liaison"] & (PEOPLE | MONEY | {"note", "attached"})

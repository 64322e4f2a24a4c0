"""What the codes of claims are called, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from waystation.access import Kind, Role

SORT = {"order": _("court order"), "warrant": _("warrant"), "subpoena": _("subpoena"),
        "informal": _("informal: nothing that binds"), "other": _("another kind")}
DEMAND_HOW = {"letter": _("a letter"), "served": _("served by an officer"), "visit": _("somebody came"),
              "call": _("a call"), "mail": _("electronic mail"), "other": _("in another way")}
ANSWER = {"refuse": _("refuse"), "contest": _("contest it before a court"), "part": _("answer in part")}
LOG = {"note": _("a line of the log"), "team": _("the team was named"), "decided": _("decided by two"),
       "handed": _("given by two"), "gag": _("an order not to tell, until"),
       "freeze": _("nothing of it is destroyed, until")}
TYPES = {
    "application": _("applications"), "followup": _("arrivals"),
    "directory": _("entries of the directory"), "publication": _("entries of the library"), "petition": _("petitions"),
    "case": _("cases"), "person": _("names of people in cases"), "money": _("lines of the ledger"),
    "incident": _("incidents"), "note": _("notes"), "place": _("places"), "spot": _("exact spots"), "leg": _("legs"),
    "report": _("reports and notices"), "hazard": _("dangers"), "contact": _("contacts, by code name"),
    "handle": _("numbers of contacts"), "plan": _("plans"), "decision": _("decisions"), "journey": _("journeys"),
    "season": _("choices of missions"),
    "testimony": _("testimonies"), "item": _("items of evidence"), "coded": _("coded testimony"),
    "dossier": _("dossiers"), "message": _("messages"), "dropkey": _("keys of the inbox"),
    "audit": _("days of the record of acts"), "duty": _("rosters and hand-overs"), "card": _("guidance cards"),
    "setting": _("settings"), "assessment": _("assessments"), "drill": _("drills"), "breach": _("breaches"),
    "hold": _("holds on records"), "demand": _("legal demands"), "complaint": _("complaints"),
    "request": _("requests about an own file"), "takeout": _("takings-out"),
}
KINDS = {Kind.PEOPLE: _("about people"), Kind.NETWORK: _("about the way and helpers"), Kind.EVIDENCE: _("evidence"),
         Kind.INBOX: _("the inbox"), Kind.AUDIT: _("the record of acts"), Kind.HOUSE: _("of the house"),
         Kind.GUARD: _("that protect those in the records")}
COMPLAINT = {"service": _("help that was given or refused"), "conduct": _("how somebody behaved"),
             "psea": _("sexual exploitation, abuse or harassment"), "money": _("money, favours or theft"),
             "discrimination": _("discrimination"), "safety": _("danger by what the office does"),
             "praise": _("thanks or an idea")}
FROM = {"helped": _("somebody whom we help"), "family": _("their family"), "contact": _("a helper or partner"),
        "colleague": _("a colleague"), "anonymous": _("somebody who gives no name"), "other": _("somebody else")}
COMPLAINT_HOW = {"form": _("they typed it here themselves"), "paper": _("on paper"), "phone": _("by phone"),
                 "in_person": _("face to face"), "other": _("in another way")}
OUTCOME = {"upheld": _("upheld"), "in_part": _("upheld in part"), "not_upheld": _("not upheld"),
           "no_finding": _("it could not be found out"), "withdrawn": _("taken back")}
STEP = {"note": _("Note"), "acknowledged": _("They were told that it arrived"), "looked_into": _("Looked into"),
        "protection": _("Protected from retaliation"), "referral": _("Whoever protects people was told"),
        "answered": _("They were answered")}
DUE = {"acknowledge": _("tell them that it arrived"), "answer": _("answer them"),
       "refer": _("tell whoever protects people")}
ROLE = {Role.RIGHTS_OFFICER: _("rights officer"), Role.SECURITY_OFFICER: _("security officer"),
        Role.ORGANISATION_HEAD: _("head of the organisation")}
ASKED = {"access": _("to know what is held about them"), "correction": _("to have something corrected"),
         "objection": _("that something is not done with it"), "withdrawal": _("to take back a yes"),
         "deletion": _("to have it destroyed")}
KNOWN_BY = {"question": _("the question of their case"), "voice": _("a voice that their own worker knows"),
            "in_person": _("in person, by somebody who knows them"), "other": _("another safe way of their case")}
GIVEN = {"voice": _("read aloud"), "paper": _("on paper, into their own hand")}


def pairs(codes: dict[Any, Any], only: Iterable[Any] = ()) -> list[tuple[Any, Any]]:
    """A list to choose from."""
    wanted = tuple(only) or tuple(codes)
    return [(code, codes[code]) for code in wanted]


def said(codes: dict[Any, Any], code: object) -> str:
    """A code in words; as it stands where there are none."""
    return str(codes.get(code, code or ""))

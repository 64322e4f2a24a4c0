"""What the codes of the ledger are called on its pages, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from waystation.ledger.debts import Security, Sign
from waystation.ledger.entries import Direction, Kind, LegalFlag, Method, Payer
from waystation.ledger.observations import Sort, Unit
from waystation.ledger.signatures import Choice, Missing, Why

from .entry import State

KINDS = {
    Kind.FEE: _("broker's fee"), Kind.ADVANCE: _("advance"), Kind.GUIDE: _("guide"), Kind.TRANSPORT: _("transport"),
    Kind.LODGING: _("lodging"), Kind.FOOD: _("food"), Kind.MEDICAL: _("medical"), Kind.DOCUMENT: _("document"),
    Kind.FINE: _("fine"), Kind.LEGAL: _("bail and lawyers"), Kind.BRIBE: _("bribe"), Kind.RANSOM: _("ransom"),
    Kind.REMITTANCE: _("remittance"), Kind.REPAYMENT: _("repayment"), Kind.GRANT: _("grant"),
    Kind.DONATION: _("donation"), Kind.REFUND: _("refund"),
}
DIRECTIONS = {Direction.OUT: _("goes out"), Direction.IN: _("comes in")}
PAYERS = {Payer.ORGANISATION: _("the organisation"), Payer.RELATIVE: _("a relative"),
          Payer.PERSON: _("the person"), Payer.DONOR: _("a donor"), Payer.GOVERNMENT: _("a government")}
METHODS = {Method.CASH: _("cash"), Method.HAWALA: _("hawala"), Method.BANK: _("bank"), Method.CRYPTO: _("crypto"),
           Method.IN_KIND: _("in kind")}
LEGAL = {LegalFlag.NONE: _("none known"), LegalFlag.BRIBERY: _("bribery law"), LegalFlag.SANCTIONS: _("sanctions"),
         LegalFlag.RANSOM: _("ransom"), LegalFlag.LAUNDERING: _("money laundering")}
CHOICES = {Choice.PAY: _("Pay"), Choice.REFUSE: _("Do not pay"), Choice.OTHER: _("Another answer")}
REPAY = {"no": _("no, it is a gift"), "yes": _("yes, it becomes their debt"), "unknown": _("we do not know yet")}
STATES = {
    State.OPEN: (_("to be paid"), "late"), State.UNSIGNED: (_("two must sign"), "late"),
    State.WAITING: (_("waits for the second signature"), "late"), State.SIGNED: (_("two have signed"), "is"),
    State.DECIDED: (_("two decided not to pay"), "off"), State.REFUSED: (_("not signed"), "bad"),
    State.CHANGED: (_("changed after it was signed"), "bad"), State.LATE: (_("signatures too old"), "late"),
    State.PAID: (_("paid"), "is"), State.TAKEN_BACK: (_("taken back"), "off"),
    State.COUNTER: (_("takes another line back"), "off"),
}
WHY = {
    Why.KIND: _("A bribe or a ransom always needs two people."),
    Why.ABOVE: _("It is above the limit that this office has set for one signature."),
    Why.NO_RATE: _("No rate is known, so nobody can say whether it is below the limit. Two people sign."),
    Why.TOGETHER: _("Together with what this code name gets in these days it is above the limit for one signature."),
    Why.FLAGGED: _("A flag was raised on this payment, or on who gets it. Two people look, whatever the amount."),
}
MISSING = {
    Missing.SECOND: _("Two signatures are missing, or one of them."),
    Missing.HOLD: _("The waiting time of a ransom is not over."),
    Missing.REASON: _("A reason is missing."),
    Missing.LEGAL_NOTE: _("The legal note is missing: what counsel said, or that counsel was asked."),
    Missing.PROOF_ASKED: _("Nobody has asked for proof of life."),
    Missing.REFUSED: _("It was decided not to pay, or somebody would not sign."),
    Missing.PAID: _("It is paid already."),
    Missing.COUNTER: _("It was taken back."),
    Missing.FROZEN: _("Nothing is paid to this code name now: somebody who was taken may have told of it. A "
                      "coordinator can let it go."),
    Missing.FLAG_SINCE: _("A flag was raised after the first signature. Do not sign it, and ask again with what is "
                          "known now."),
}
ENTRY_FAULTS = {
    "zero": _("Write an amount above nothing."), "sign": _("Write an amount above nothing."),
    "fine": _("This currency has no smaller coin, or the amount is too large."),
    "unknown": _("Write the three letters of a currency, for example USD."),
    "flag": _("Say which law may ask about this."),
    "missing": _("Write what counsel said, or when counsel was asked. Nothing is written down without it."),
    "out_only": _("This only ever goes out."), "before": _("The day of payment lies before the day of the line."),
}
CHANGED = _("Somebody else wrote this meanwhile. Nothing of yours is saved. Look at it again.")
SECURITY = {Security.DOCUMENTS: _("papers"), Security.PERSON: _("a person"), Security.CHILDREN: _("children"),
            Security.GOODS: _("goods")}
SIGNS = {
    Sign.W05_GRANT: _("The debt is larger than the settlement grant."),
    Sign.W05_INCOME: _("A month's payment is more than 30 of 100 parts of the expected income."),
    Sign.HELD: _("Papers, a person or children are held for this debt. Ask the person alone, with an interpreter who "
                 "is not the broker."),
    Sign.NOT_ASKED: _("Nobody has asked what is held for this debt. Ask the person alone."),
    Sign.WORKS: _("The person works for the creditor to pay it off."),
    Sign.NO_END: _("That work has no fixed value, length or end: this may be debt bondage."),
    Sign.GROWS: _("A month's interest is as much as a month's payment: the debt does not shrink."),
    Sign.NO_TERMS: _("Interest or instalments are not known. Ask what was agreed."),
}
SORTS = {Sort.REWARD: _("reward for reporting somebody"), Sort.HELPING_FINE: _("fine for helping"),
         Sort.FEE_QUOTED: _("fee that was asked")}
UNITS = {Unit.PERSON: _("a person"), Unit.FAMILY: _("a family"), Unit.PARTY: _("a party"), Unit.CASE: _("a report"),
         Unit.UNKNOWN: _("not said")}
FLAGS = {
    "new_intermediary": _("a new go-between came after the capture"),
    "before_proof": _("money is asked for before proof of life"),
    "no_challenge": _("they will not answer the question that only the person can answer"),
    "soon": _("an answer is wanted within a day"),
    "more": _("the amount rose after a payment"),
    "no_voice": _("no voice, only text"),
    "travel": _("a relative shall come to the border, or give an address or number"),
    "asks_helpers": _("they ask who helped"),
    "all_at_once": _("they offer to let everybody go at once"),
    "secret": _("they want it kept from the organisation"),
    "same_account": _("the account was used in another case"),
}


def choices(words: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    """Codes and their names, as a form wants them."""
    return [(str(code), said) for code, said in words.items()]


def law(kind: str, legal: str) -> list[str]:
    """The warnings that stand on a page before anybody signs (W-11, W-12)."""
    said = []
    if kind == Kind.RANSOM:
        said.append(gettext("Paying a ransom may be unlawful, and may be a trap: those who took the person learn who "
                            "pays. Ask for proof of life. Ask counsel. Nobody has to decide today."))
    if kind == Kind.BRIBE or legal == LegalFlag.BRIBERY:
        said.append(gettext("Bribery is a crime in most States, also for those who pay from abroad. Ask counsel "
                            "before anybody signs."))
    if legal == LegalFlag.SANCTIONS:
        said.append(gettext("Sanctions may forbid this payment whatever it is for. Ask counsel before anybody signs."))
    if legal == LegalFlag.LAUNDERING:
        said.append(gettext("A bank or a State may take this for money laundering. Keep every receipt; ask counsel."))
    if kind in {Kind.FEE, Kind.GUIDE}:
        said.append(gettext("A court may call it smuggling for gain if anybody earns by it. Write down what the money "
                            "pays for; the organisation itself earns nothing."))
    return said

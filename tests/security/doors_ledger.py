"""Doors of money: finance holds it by role, coordinators and case workers where they are named on a line.

Each act has a line of its own in the state in which that act is the next one, so that whoever may do it does it.
"""

from datetime import date
from decimal import Decimal

from acts import attach, member
from django.core.files.uploadedfile import SimpleUploadedFile
from doors import Thing, has, holders, makers, roles, welcome, writers

from waystation.access import Holding, Role, holding
from waystation.ledger.debts import Debt
from waystation.ledger.entries import Direction, Entry, Kind, Payer
from waystation.ledger.signatures import Choice
from waystation.units import Money
from waystation_web.gateways.database import writing
from waystation_web.ledger import actions, actions_debts, actions_sign
from waystation_web.records import queries as kept

MONEY = {Role.COORDINATOR, Role.CASE_WORKER, Role.FINANCE}
SECOND = {Role.COORDINATOR, Role.FINANCE}  # sign second, take the ledger out
EVER = {role for role in Role if holding("money", {role}) is not Holding.NEVER}  # may be given a line on a reason
DAY = date(2026, 3, 2)


def line(name, amount=5, *, after=None):
    """A maker of a line of its own, by finance."""
    def make(stage, ids):
        cashier = stage.authors.get("entry") or member(stage.office, "cashier", ("finance",))
        stage.authors["entry"] = stage.authors[name] = cashier
        welcome(stage.authors["duty"], cashier.id)
        made = actions.new(cashier, actions.Typed(_food(amount), None, "", "unknown", None, False, ()))
        if after is not None:
            after(cashier, made)
        return made.hex()

    return make


def _food(amount):
    return Entry(ref="", kind=Kind.FOOD, amount=Money(Decimal(amount), "USD"), day=DAY, direction=Direction.OUT,
                 payer=Payer.ORGANISATION, case="K7Q2")


def _asked(cashier, made):
    actions_sign.ask(cashier, made, choice=Choice.PAY, reason="x")


def of_a_case(stage, ids):
    """A line of the case, by its worker: finance edits it without reading the case."""
    worker = stage.authors["money-edit/entry"] = stage.authors["case"]
    welcome(stage.authors["duty"], worker.id)
    return actions.new(worker, actions.Typed(_food(5), bytes.fromhex(ids["case"]), "", "unknown", None, False, ())).hex()


def debt(stage, ids):
    """A debt of the case with something paid towards it."""
    worker = stage.authors["debt"] = stage.authors["case"]
    owed = Debt(creditor="Rook", principal=Money(Decimal(900), "USD"), since=DAY)
    made = actions_debts.new_debt(worker, actions_debts.DebtTyped(owed, bytes.fromhex(ids["case"]), None, ""))
    actions_debts.pay_debt(worker, made, day=DAY, amount=Money(Decimal(1), "USD"))
    return made.hex()


def payment(stage, ids):
    with writing():
        return kept.one(stage.authors["debt"], bytes.fromhex(ids["debt"]), "money").body["payments"][0]["id"]


def receipt(stage, ids):
    return attach(stage.authors["entry"], bytes.fromhex(ids["entry"]), b"paid", "receipt.txt").hex()


def takers(status, *, stepped_up=None):
    """Whoever takes the ledger out; the roles that never hold any of it are refused before."""
    return roles(SECOND, status, stepped_up=stepped_up)


def of_case(status):
    """Writing money of a case: the role is asked first, then whether the case is theirs."""
    return lambda who: {401} if who.outside else {403} if who.role not in MONEY else {status} if has(who, "case") else {404}


THINGS = {
    "entry": Thing("money", line("entry")),
    **{f"money-{act}/entry": Thing("money", line(f"money-{act}/entry", amount, after=after))
       for act, amount, after in (("ask", 90_000, None), ("sign", 90_001, _asked), ("refuse", 90_002, _asked),
                                  ("pay", 6, None), ("back", 7, None))},
    "money-edit/entry": Thing("money", of_a_case),
    "debt": Thing("money", debt), "payment": Thing("", payment),
    "money-file/file": Thing("", receipt),
}
TABLE = {
    "ledger": {"GET": roles(EVER, 200)},
    "money-balances": {"GET": roles(EVER, 200), "POST": roles(EVER, 200)},
    "money-export": {"GET": takers(200), "POST": takers(403, stepped_up=200)},
    "money-figures": {"GET": roles(EVER, 200)},
    **{f"money-{name}": {"POST": makers("money", 302)} for name in ("rate", "wage", "grant", "sold")},
    "money-told": {"GET": roles(EVER, 200), "POST": makers("money", 302)},
    "money-new": {"GET": makers("money", 200), "POST": makers("money", 302)},
    "money-entry": {"GET": holders("money", 200)},
    "money-ask": {"POST": writers("money", 403, stepped_up=302)},
    "money-sign": {"POST": writers("money", 403, stepped_up=302, only=SECOND)},
    **{f"money-{name}": {"POST": writers("money", 302)} for name in ("refuse", "pay", "proof", "back")},
    "money-edit": {"GET": holders("money", 200), "POST": writers("money", 302)},
    "money-file": {"GET": holders("money", 200)},
    **{name: {"GET": of_case(200), "POST": of_case(302)} for name in ("case-money-new", "case-debt-new")},
    "case-money": {"GET": holders("case", 200)},
    "money-debt": {"GET": holders("money", 200), "POST": writers("money", 302)},
    **{f"money-debt-{name}": {"POST": writers("money", 302)} for name in ("pay", "void", "answer")},
}
LINE = {"kind": "food", "amount": "8", "currency": "USD", "direction": "out", "payer": "organisation", "day": "2026-03-02",
        "method": "cash", "repay": "unknown", "legal": "none"}
DEBT = {"creditor": "Rook", "amount": "950", "currency": "USD", "since": "2026-03-02", "asked": "no", "works": "unknown",
        "work_ends": "unknown"}
TOLD = {"amount": "9", "currency": "CNY", "unit": "person", "place": "CN-22", "day": "2026-03-02", "reliability": "F",
        "credibility": "6", "source": "x"}
SENT = {
    "money-export": {"reason": "x", "without": "on"}, "money-new": LINE, "case-money-new": LINE, "money-edit": LINE | {"revision": "1"},
    "money-rate": {"rate-base": "USD", "rate-value": "7.3", "rate-quote": "CNY", "rate-day": "2026-03-02", "rate-source": "x"},
    "money-wage": {"wage-place": "CN-22", "wage-amount": "3000", "wage-currency": "CNY", "wage-day": "2026-03-02", "wage-source": "x"},
    "money-grant": {"grant-year": "2026", "grant-amount": "10000000", "grant-source": "x"},
    "money-told": TOLD | {"what": "reward"}, "money-sold": {f"sold-{name}": value for name, value in (TOLD | {"told": "x"}).items()},
    **{f"money-{act}": {"reason": "x", "read": "on"} for act in ("ask", "sign", "refuse", "back")},
    "money-pay": {"day": "2026-03-02", "no_receipt": "x", "sure": "on"},
    "money-proof": lambda ids: {"file": SimpleUploadedFile("a", b"a")},
    "case-debt-new": DEBT, "money-debt": DEBT | {"revision": "2"}, "money-debt-pay": {"day": "2026-03-02", "amount": "2"},
    "money-debt-void": lambda ids: {"payment": ids["payment"]}, "money-debt-answer": {"text": "x"},
}
ASKS = ("money-balances", "money-export")

"""Doors of money: finance holds it by role, coordinators and case workers where they are named on a line."""

from decimal import Decimal

from doors import Thing, acts, holders, joined, page_of, roles

from waystation.access import Holding, Role, holding
from waystation.ledger.entries import Direction, Entry, Kind, Payer
from waystation.units import Money
from waystation_web.ledger import actions

MONEY = {Role.COORDINATOR, Role.CASE_WORKER, Role.FINANCE}
EVER = {role for role in Role if holding("money", {role}) is not Holding.NEVER}  # may be given a line on a reason


def entry(stage):
    cashier = stage.authors.get("entry") or joined(stage, "cashier", "finance")
    stage.authors["entry"] = stage.authors["debt"] = cashier
    entry_ = Entry(ref="", kind=Kind.FOOD, amount=Money(Decimal(5), "USD"), day=stage.office.now.date(),
                   direction=Direction.OUT, payer=Payer.ORGANISATION, case="K7Q2")
    return actions.new(cashier, actions.Typed(entry_, None, "", "unknown", None, False, ())).hex()


def debt(stage, ids):
    return ids["entry"]  # a line is no debt: each of these addresses says that there is none


ANY = lambda who: {401} if who.outside else {200, 302, 400, 403, 404, 409}  # noqa: E731 (a line is no debt)
THINGS = {"entry": Thing("money", entry), "debt": Thing("", debt, of="entry")}
TABLE = {
    "ledger": {"GET": roles(EVER, 200)},
    "money-balances": {"GET": ANY, "POST": ANY}, "money-export": {"GET": ANY, "POST": ANY},
    **{f"money-{name}": {"POST": ANY} for name in ("rate", "wage", "grant", "sold")}, "money-told": {"GET": ANY, "POST": ANY},
    "money-figures": {"GET": ANY},
    "money-new": {"GET": roles(MONEY, 200), "POST": roles(MONEY, 400)},
    "money-entry": page_of("money"),
    **{f"money-{name}": {"POST": acts("money")} for name in ("ask", "sign", "refuse", "pay", "proof", "back")},
    "money-edit": {"GET": holders("money", 200), "POST": acts("money")},
    "money-file": {"GET": lambda who: {401} if who.outside else {404}},
    **{name: {"GET": ANY, "POST": ANY} for name in ("case-money-new", "case-debt-new")},
    "case-money": {"GET": ANY},
    "money-debt": {"GET": ANY, "POST": ANY}, **{f"money-debt-{name}": {"POST": ANY} for name in ("pay", "void", "answer")},
}
SENT: dict[str, object] = {}

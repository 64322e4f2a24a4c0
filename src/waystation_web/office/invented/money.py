"""An invented ledger: forty lines in two currencies, debts, what was reported, one line above the limit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from fractions import Fraction

from waystation.ledger.debts import Debt, Security, schedule
from waystation.ledger.entries import Direction, Entry, Kind, Payer
from waystation.ledger.observations import Observation, PersonSold, Sort, Unit
from waystation.ledger.rates import Rate
from waystation.ledger.signatures import Choice
from waystation.units import Money
from waystation_web.gateways import clock
from waystation_web.ledger import actions, actions_debts, actions_figures, actions_sign
from waystation_web.vault.actor import Actor

from .contacts import BIRDS

LINES = 40
LIMIT = "1000 USD"  # above it two sign
OUT, IN = Direction.OUT, Direction.IN
SORTS = ((Kind.FEE, "300 USD", OUT), (Kind.FOOD, "42 USD", OUT), (Kind.TRANSPORT, "380 CNY", OUT),
         (Kind.LODGING, "540 CNY", OUT), (Kind.MEDICAL, "180 USD", OUT), (Kind.REPAYMENT, "50 USD", IN),
         (Kind.GUIDE, "260 USD", OUT), (Kind.DOCUMENT, "120 CNY", OUT), (Kind.DONATION, "500 USD", IN))


def fill(who: Mapping[str, Actor], cases: Sequence[bytes]) -> int:
    """How many lines were written. `cases` are ids; the family's is the first."""
    today = clock.today()
    for value, days in ((Fraction(72, 10), 70), (Fraction(71, 10), 2)):
        actions_figures.add_rate(who["nari"], Rate("USD", "CNY", value, today - timedelta(days=days), "invented"))
    for number in range(LINES - 1):
        _line(who, number, cases)
    fee = Entry(ref="", kind=Kind.FEE, amount=Money.parse("2400 USD"), day=today, direction=OUT, contact=BIRDS[23],
                due=today + timedelta(days=4))
    large = actions.new(who["sena"], actions.Typed(fee, cases[0], "The way of the family, first half", "no",
                                                   who["nari"].id, False, ()))
    actions_sign.ask(who["sena"], large, choice=Choice.PAY, reason="The broker asks for half before he begins.")
    _debts(who["sena"], cases)
    _told(who["sena"])
    return LINES


def _line(who: Mapping[str, Actor], number: int, cases: Sequence[bytes]) -> None:
    """One line; every third is written by a coordinator, for a case, because finance opens none."""
    kind, amount, direction = SORTS[number % len(SORTS)]
    day = clock.today() - timedelta(days=2 * number % 61)
    incoming = direction is IN
    entry = Entry(ref="", kind=kind, amount=Money.parse(amount), day=day, direction=direction,
                  payer={Kind.REPAYMENT: Payer.PERSON, Kind.DONATION: Payer.DONOR}.get(kind, Payer.ORGANISATION),
                  contact="" if incoming else BIRDS[7 * number % 23], due=None if number % 6 else day)
    of_case = number % 3 == 0
    by = who["sena" if of_case else "nari"]
    key = actions.new(by, actions.Typed(entry, cases[number] if of_case else None, "", "unknown", None, False, ()))
    if number % 4:
        actions_sign.pay(by, key, day=day, no_receipt="None is given there. (Invented.)")


def _debts(coordinator: Actor, cases: Sequence[bytes]) -> None:
    """Two debts: one with terms, one for which papers are held."""
    since = clock.today() - timedelta(days=120)
    owed = Money.parse("12000000 KRW")
    plain = Debt(creditor=BIRDS[3], principal=owed, since=since, monthly=Fraction(1, 50), security=frozenset(),
                 schedule=schedule(owed, months=12, first=since + timedelta(days=30), monthly=Fraction(1, 50)))
    held = Debt(creditor=BIRDS[8], principal=Money.parse("18000 CNY"), since=since,
                security=frozenset({Security.DOCUMENTS}), works_for_creditor=True, work_has_an_end=False)
    for debt, case, income in ((plain, cases[8], "1900000 KRW"), (held, cases[2], None)):
        key = actions_debts.new_debt(coordinator, actions_debts.DebtTyped(
            debt, case, Money.parse(income) if income else None, "Invented."))
        if income:
            actions_debts.pay_debt(coordinator, key, day=since + timedelta(days=31), amount=Money.parse("1240000 KRW"))


def _told(coordinator: Actor) -> None:
    """Rewards, a fine and fees that were told, the last reward higher than before; and one price of a person."""
    today = clock.today()
    told = [(Sort.REWARD, f"{amount} CNY", days) for amount, days in ((1000, 160), (1200, 110), (1000, 60), (2500, 9))]
    told += [(Sort.HELPING_FINE, "5000 CNY", 40), (Sort.FEE_QUOTED, "9000 USD", 30), (Sort.FEE_QUOTED, "11000 USD", 6)]
    for sort, amount, days in told:
        actions_figures.tell(coordinator, Observation(
            sort=sort, amount=Money.parse(amount), unit=Unit.PERSON, place="CN", day=today - timedelta(days=days),
            grade="C3", source="invented"))
    actions_figures.tell_sold(coordinator, PersonSold(told="30,000 CNY (invented)", unit=Unit.PERSON, place="CN",
                                                      day=today - timedelta(days=75), grade="B3", source="invented"))

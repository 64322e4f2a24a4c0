"""Which payments need two people, how long a ransom waits, and what is missing: a table, each line with its fault."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from waystation.ledger.entries import Direction, Entry, Kind, LegalFlag, counter
from waystation.ledger.rates import Rate, Rates
from waystation.ledger.signatures import Choice, Facts, Missing, Why, hold_ends, missing, needs_two
from waystation.units import Money

DAY = date(2030, 3, 1)
NOW = datetime(2030, 3, 2, 12, tzinfo=UTC)
LIMIT = Money.parse("1000 USD")
RATES = Rates([Rate("USD", "CNY", Fraction("7.3"), DAY, "bank")])


def entry(amount="500 USD", kind=Kind.FEE, **more):
    return Entry(**({"ref": "a", "kind": kind, "amount": Money.parse(amount), "day": DAY, "direction": Direction.OUT} | more))


@pytest.mark.refuses("H-32")
@pytest.mark.parametrize(("one", "why"), [
    (entry("1000 USD"), None),
    (entry("1000.01 USD"), Why.ABOVE),
    (entry("7300 CNY"), None),
    (entry("7300.08 CNY"), Why.ABOVE),       # 1,000.01 USD
    (entry("1 THB"), Why.NO_RATE),
    (entry("1 USD", Kind.BRIBE), Why.KIND),
    (entry("1 USD", Kind.RANSOM), Why.KIND),
    (entry("99999 USD", Kind.DONATION, direction=Direction.IN), None),
    (counter(entry("5000 USD"), ref="b", day=DAY), None),
])
def test_who_must_be_asked(one, why):
    assert needs_two(one, limit=LIMIT, rates=RATES) is why


@pytest.mark.refuses("H-32")
def test_a_payment_is_not_split_to_pass_below_the_limit():
    parts = (entry("400 USD"), entry("2200 CNY"))    # 301.37 USD
    assert needs_two(entry("298.63 USD"), limit=LIMIT, rates=RATES, others=parts) is None
    assert needs_two(entry("298.64 USD"), limit=LIMIT, rates=RATES, others=parts) is Why.TOGETHER
    assert needs_two(entry("1 USD"), limit=LIMIT, rates=RATES, others=(entry("1 THB"),)) is Why.NO_RATE


@pytest.mark.refuses("H-32")
@pytest.mark.parametrize(("one", "why"), [
    (entry("1 USD"), Why.FLAGGED), (entry("1 THB"), Why.FLAGGED), (entry("1 USD", Kind.RANSOM), Why.KIND),
    (entry("1 USD", direction=Direction.IN), None), (counter(entry("1 USD"), ref="b", day=DAY), None)])
def test_a_flag_asks_for_two_whatever_the_amount(one, why):
    assert needs_two(one, limit=LIMIT, rates=RATES, flagged=True) is why


RANSOM = entry("5000 USD", Kind.RANSOM, legal=LegalFlag.RANSOM, legal_note="counsel asked")
WHOLE = Facts(now=NOW, since=NOW - timedelta(hours=24), signatures=2, reason="the only way that is left", proof_asked=True,
              choice=Choice.PAY, taken_back=False, frozen=False, flag_since=False, hold_hours=24)


@pytest.mark.proves("S002-17")
def test_a_ransom_with_everything_may_be_paid():
    assert missing(RANSOM, WHOLE, Why.KIND) == ()


@pytest.mark.proves("S002-17")
@pytest.mark.refuses("H-32", "H-35")
@pytest.mark.parametrize(("facts", "what"), [
    ({"flag_since": True}, Missing.FLAG_SINCE),
    ({"signatures": 1}, Missing.SECOND),
    ({"signatures": 0}, Missing.SECOND),
    ({"reason": " "}, Missing.REASON),
    ({"since": NOW - timedelta(hours=24) + timedelta(seconds=1)}, Missing.HOLD),
    ({"since": None}, Missing.HOLD),
    ({"hold_hours": 48}, Missing.HOLD),
    ({"proof_asked": False}, Missing.PROOF_ASKED),
    ({"choice": Choice.REFUSE}, Missing.REFUSED),
    ({"choice": Choice.OTHER}, Missing.REFUSED),
    ({"taken_back": True}, Missing.COUNTER),
    ({"frozen": True}, Missing.FROZEN),
])
def test_each_thing_that_is_missing_stops_a_ransom_alone(facts, what):
    assert missing(RANSOM, replace(WHOLE, **facts), Why.KIND) == (what,)


@pytest.mark.parametrize(("one", "what"), [
    (replace(RANSOM, legal_note=""), Missing.LEGAL_NOTE),
    (replace(RANSOM, paid=DAY), Missing.PAID),
    (replace(RANSOM, corrects="b"), Missing.COUNTER),
])
def test_each_fault_of_the_line_itself_stops_it(one, what):
    assert missing(one, WHOLE, Why.KIND) == (what,)


def test_whoever_knows_nothing_may_pay_nothing():
    assert set(missing(RANSOM, Facts(now=NOW), Why.KIND)) == {Missing.SECOND, Missing.REASON, Missing.HOLD, Missing.PROOF_ASKED,
                                                             Missing.COUNTER, Missing.FROZEN, Missing.FLAG_SINCE}


@pytest.mark.proves("S001-21")
def test_a_bribe_is_two_people_s_and_counsel_s_but_has_no_hold():
    bribe = entry("20 USD", Kind.BRIBE, legal=LegalFlag.BRIBERY, legal_note="counsel asked")
    assert missing(bribe, replace(WHOLE, since=NOW), Why.KIND) == ()
    assert missing(replace(bribe, legal_note=""), WHOLE, Why.KIND) == (Missing.LEGAL_NOTE,)
    assert missing(bribe, replace(WHOLE, signatures=1), Why.KIND) == (Missing.SECOND,)


def test_what_is_small_and_plain_is_paid_by_one():
    assert missing(entry(), replace(WHOLE, signatures=0, reason="", choice=None), None) == ()


@pytest.mark.refuses("H-32")
@pytest.mark.parametrize("hours", [0, 1, 24, 72])
def test_a_hold_is_never_shorter_than_a_day(hours):
    assert hold_ends(RANSOM, NOW, hours) == NOW + timedelta(hours=max(24, hours))
    assert hold_ends(entry(), NOW, hours) is None

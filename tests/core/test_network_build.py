"""The arrays of a network, against values worked out by hand, and what must not change them."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.network.build import network_of
from waystation.network.chains import chains_of
from waystation.network.network import Network
from waystation.network.rows import ChainRow, Leg, Rate, Season
from waystation.units import Money, MoneyUnit
from worlds import two_ways, usd
from worlds.invented import route_books


def test_two_ways_by_hand():
    net = network_of(two_ways())
    assert net.places == ("START", "MID", "GOAL")
    assert net.areas == ("NEAR", "FAR") and net.countries == ("TH", "LA")
    assert net.legs == ("L-BUS", "L-BOAT", "L-FOOT")  # 20 USD before 100 USD, then the leg out of MID
    assert net.modes == ("bus", "boat", "foot")
    assert net.ptr.tolist() == [0, 2, 3, 3]
    assert net.dst.tolist() == [1, 2, 2]
    assert net.source.tolist() == [0, 0, 1]
    assert net.area.tolist() == [0, 0, 1]
    assert net.goal.tolist() == [False, False, True]
    assert net.cost == (20, 100, 0)
    assert net.profile.tolist() == [0, 1, 0]
    assert net.prof_hours.tolist() == [[12, 12, 12], [24, 24, 24]]
    assert net.prof_q.tolist() == [[0.5, 0.25, 0.25]] * 2
    assert net.chain.tolist() == [[[[0.95, 0.05], [0.05, 0.95]]] * 2]
    assert net.chain_strength.tolist() == [[[4, 4]] * 2]
    assert net.occurs.all()
    assert net.unit == MoneyUnit(Decimal(10), "USD") and net.step_hours == 12


def leg(code: str, end: str, cost: int, profile: str = "ONE") -> Leg:
    return Leg(code, "START", end, "bus", profile, usd(cost))


def test_legs_stand_by_cost_then_duration_then_destination_then_code():
    book = two_ways()
    legs = (leg("E", "MID", 10), leg("D", "GOAL", 10), leg("C", "GOAL", 10), leg("A", "GOAL", 10, "TWO"), leg("B", "MID", 5))
    for order in (legs, legs[::-1]):
        assert network_of(replace(book, legs=order)).legs == ("B", "C", "D", "E", "A")


def test_costs_are_compared_across_currencies():
    book = replace(two_ways(), rates=(Rate("THB", 350.0, two_ways().priors[0].stated),), legs=(
        leg("DEAR", "MID", 11), replace(leg("CHEAP", "MID", 0), cost=Money(Decimal(384), "THB"))))
    net = network_of(book)  # 384 / 350 * 10 = 10.97 USD
    assert net.legs == ("CHEAP", "DEAR")
    assert net.cost == (Fraction(384, 35), 11)


def test_rates_are_taken_as_the_decimals_that_were_written():
    book = replace(two_ways(), rates=(Rate("CNY", 0.1, two_ways().priors[0].stated),),
                   legs=(replace(leg("L", "MID", 0), cost=Money(Decimal("0.3"), "CNY")),))
    assert network_of(book).cost == (30,)  # 0.3 / 0.1 * 10, exactly


def test_waiting_costs_are_converted_and_default_to_nothing():
    book = two_ways()
    places = (replace(book.places[0], wait_cost=usd("2.5")), *book.places[1:])
    assert network_of(replace(book, places=places)).wait_cost == (Fraction(5, 2), 0, 0)


def test_an_unknown_currency_or_code_is_a_key_error():
    for change in ({"cost": Money(Decimal(1), "EUR")}, {"end": "NOWHERE"}, {"profile": "NONE"}):
        with pytest.raises(KeyError):
            network_of(replace(two_ways(), legs=(replace(leg("L", "MID", 1), **change),)))


def test_closed_and_forbidden_legs_stay_in_the_arrays():
    book = two_ways()
    legs = (replace(book.legs[0], status="forbidden", reason="mined"), replace(book.legs[1], status="closed"), book.legs[2])
    assert network_of(replace(book, legs=legs)).legs == network_of(book).legs


# --- chains -----------------------------------------------------------------------------------------------------------

SEASONS = (Season("winter", 11, 3), Season("summer", 4, 10))


def chain_rows(scope: str, condition: str, stay: float, season: str = "", strength: float = 4.0) -> tuple[ChainRow, ...]:
    other = {"calm": "alert", "alert": "calm"}[condition]
    return (ChainRow(scope, condition, condition, stay, strength, season),
            ChainRow(scope, condition, other, 1 - stay, strength, season))


def test_the_more_special_statement_wins_for_each_condition():
    """NEAR lies in TH. Stated: TH for all seasons, TH calm in winter, NEAR alert always, NEAR alert in summer."""
    rows = (*chain_rows("TH", "calm", 0.5), *chain_rows("TH", "alert", 0.5), *chain_rows("TH", "calm", 0.625, "winter", 2),
            *chain_rows("NEAR", "alert", 0.75, strength=7), *chain_rows("NEAR", "alert", 0.875, "summer", 9),
            *chain_rows("LA", "calm", 1.0))
    book = replace(two_ways(), book=replace(two_ways().book, seasons=SEASONS), chains=rows)
    net = network_of(book)
    assert net.chain[:, 0].tolist() == [[[0.625, 0.375], [0.25, 0.75]], [[0.5, 0.5], [0.125, 0.875]]]
    assert net.chain_strength[:, 0].tolist() == [[2, 7], [4, 9]]
    assert net.occurs.tolist() == [[True, True], [True, False]]
    assert net.chain[:, 1].tolist() == [[[1, 0], [0, 1]]] * 2  # alert does not occur in FAR: it would stay what it is
    near = book.areas[0]
    assert chains_of(rows, book.book).rows(near, "winter", "calm") == chain_rows("TH", "calm", 0.625, "winter", 2)


def test_order_of_chain_rows_means_nothing():
    book = two_ways()
    turned = replace(book, chains=book.chains[::-1])
    assert network_of(turned).fingerprint() == network_of(book).fingerprint()


# --- properties -------------------------------------------------------------------------------------------------------


def arrays(net: Network) -> dict[str, np.ndarray]:
    return {name: value for name in Network.__dataclass_fields__ if isinstance(value := getattr(net, name), np.ndarray)}


@settings(max_examples=40)
@given(route_books())
def test_invented_books_make_sound_read_only_arrays(book):
    net = network_of(book)
    n, L, C = len(book.places), len(book.legs), len(book.book.conditions)
    assert all(not array.flags.writeable for array in arrays(net).values())
    assert net.ptr[0] == 0 and net.ptr[-1] == L and (np.diff(net.ptr) >= 0).all() and len(net.ptr) == n + 1
    assert ((net.dst >= 0) & (net.dst < n)).all()
    assert np.abs(net.chain.sum(-1) - 1).max() < 1e-12 and (net.chain >= 0).all()
    assert np.abs(net.prof_q.sum(-1) - 1).max() < 1e-12
    assert net.chain.shape == (len(book.book.seasons), 2, C, C) and net.occurs.shape == (2, C)
    assert sorted(net.legs) == sorted(leg.code for leg in book.legs)
    rows = {leg.code: leg for leg in book.legs}
    for index, code in enumerate(net.legs):
        place = net.source[index]
        assert net.ptr[place] <= index < net.ptr[place + 1]
        assert net.places[place] == rows[code].start and net.places[net.dst[index]] == rows[code].end


@settings(max_examples=25)
@given(route_books(), st.randoms(use_true_random=False))
def test_order_of_legs_means_nothing(book, chance):
    legs = list(book.legs)
    chance.shuffle(legs)
    assert network_of(replace(book, legs=tuple(legs))).fingerprint() == network_of(book).fingerprint()


def test_the_fingerprint_sees_every_array():
    book = two_ways()
    seen = {network_of(book).fingerprint()}
    for changed in (
        replace(book, legs=(replace(book.legs[0], cost=usd(101)), *book.legs[1:])),
        replace(book, legs=(replace(book.legs[0], mode="car"), *book.legs[1:])),
        replace(book, places=(replace(book.places[0], stay_value=0.1), *book.places[1:])),
        replace(book, places=(replace(book.places[0], wait_cost=usd(1)), *book.places[1:])),
        replace(book, profiles=(replace(book.profiles[0], hours=(11.0, 12.0, 12.0)), *book.profiles[1:])),
        replace(book, chains=chain_rows("TH", "calm", 0.9) + book.chains[2:]),
        replace(book, book=replace(book.book, step_hours=11)),
    ):
        seen.add(network_of(changed).fingerprint())
    assert len(seen) == 8

"""From the rows of a route book to the frozen arrays of a `Network`.

Amounts become exact fractions in the unit's currency: `per_unit` of a currency make one money unit, so

    amount in the unit's currency = amount / per_unit * money_value

with the decimals taken as written. Legs are sorted inside a place by (cost, shortest duration, destination code, leg
code), the order of the tie rule; places, areas and profiles keep the order of the book.
"""

from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from waystation.network.chains import chains_of
from waystation.network.network import Floats, Network
from waystation.network.rows import ChainRow, Leg, RouteBook
from waystation.units import Money

NO_STATEMENT_STRENGTH = 4.0  # of the identity row of a condition that does not occur: drawn, it stays what it is


def network_of(book: RouteBook) -> Network:
    """The arrays of a checked route book, all read-only.

    Raises `KeyError` for a code or a currency that the book does not have; `read_book` would have refused such a book.

    >>> from waystation.network.example import example_book
    >>> net = network_of(example_book())
    >>> net.legs, net.ptr.tolist(), [str(cost) for cost in net.cost]
    (('L3', 'L1', 'L4', 'L2'), [0, 3, 4, 4], ['0', '15', '90', '300/7'])
    """
    places = tuple(place.code for place in book.places)
    areas = tuple(area.code for area in book.areas)
    place_at = {code: i for i, code in enumerate(places)}
    area_at = {code: a for a, code in enumerate(areas)}
    profile_at = {profile.code: q for q, profile in enumerate(book.profiles)}
    shortest = {profile.code: profile.hours[0] for profile in book.profiles}
    price = _Prices(book)

    def preference(leg: Leg) -> tuple[int, Fraction, float, str, str]:
        return place_at[leg.start], price(leg.cost), shortest[leg.profile], leg.end, leg.code

    legs = sorted(book.legs, key=preference)
    source = _ints([place_at[leg.start] for leg in legs])
    chain, strength, occurs = _chains(book)
    shares = np.array([profile.shares for profile in book.profiles], float).reshape(-1, 3)
    return Network(
        book=book, places=places, areas=areas, countries=tuple(area.country for area in book.areas),
        conditions=book.book.conditions, seasons=book.book.seasons,
        legs=tuple(leg.code for leg in legs), modes=tuple(leg.mode for leg in legs),
        step_hours=book.book.step_hours, unit=book.book.unit,
        area=_ints([area_at[place.area] for place in book.places]),
        goal=_frozen(np.array([place.goal for place in book.places], bool)),
        stay_value=_frozen(np.array([place.stay_value for place in book.places], float)),
        ptr=_ints(np.searchsorted(source, np.arange(len(places) + 1)).tolist()),
        dst=_ints([place_at[leg.end] for leg in legs]), source=source,
        cost=tuple(price(leg.cost) for leg in legs),
        wait_cost=tuple(price(place.wait_cost) for place in book.places),
        profile=_ints([profile_at[leg.profile] for leg in legs]),
        prof_hours=_frozen(np.array([profile.hours for profile in book.profiles], float).reshape(-1, 3)),
        prof_q=_frozen(shares / shares.sum(-1, keepdims=True)),
        chain=chain, chain_strength=strength, occurs=occurs,
    )


class _Prices:
    """Amounts of any currency of the book in the unit's currency, exact."""

    def __init__(self, book: RouteBook) -> None:
        value = Fraction(book.book.unit.value)
        # str() gives the decimals as they were written, so 0.1 is one tenth and not its nearest binary fraction
        self.worth = {rate.currency: value / Fraction(str(rate.per_unit)) for rate in book.rates}
        self.worth[book.book.unit.currency] = Fraction(1)

    def __call__(self, money: Money | None) -> Fraction:
        return Fraction(0) if money is None else Fraction(money.amount) * self.worth[money.currency]


def _chains(book: RouteBook) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Chains S x A x C x C, strengths S x A x C, and which conditions occur, A x C."""
    found = chains_of(book.chains, book.book)
    S, A, C = len(found.seasons), len(book.areas), len(found.conditions)
    chain = np.tile(np.eye(C), (S, A, 1, 1))
    strength = np.full((S, A, C), NO_STATEMENT_STRENGTH)
    occurs = np.zeros((A, C), bool)
    at = {condition: c for c, condition in enumerate(found.conditions)}
    for s, season in enumerate(found.seasons):
        for a, area in enumerate(book.areas):
            for condition, c in at.items():
                if rows := found.rows(area, season, condition):
                    chain[s, a, c] = _row(rows, at)
                    strength[s, a, c] = rows[0].strength
                    occurs[a, c] = True
    return _frozen(chain), _frozen(strength), _frozen(occurs)


def _row(rows: tuple[ChainRow, ...], at: dict[str, int]) -> Floats:
    row = np.zeros(len(at))
    for stated in rows:
        row[at[stated.to_condition]] += stated.share
    scaled: Floats = row / row.sum()
    return scaled


def _ints(values: list[int]) -> NDArray[np.int32]:
    return _frozen(np.array(values, np.int32))


def _frozen(array: NDArray[Any]) -> NDArray[Any]:
    array.flags.writeable = False
    return array

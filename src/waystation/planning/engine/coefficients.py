"""Where each coefficient of a followed policy stands, and its value: at the means, or in many draws.

A chain multiplies values by powers of the condition chains (same area), by forecasts (another area) or by one (a goal).
It keeps indices and not numbers, so that one chain serves every draw of the parameters. The index does not depend on
the horizon: chains of several deadlines share one table.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waystation.network.conditions import powers
from waystation.network.network import Floats, Ints

BLOCK = 64  # draws at a time: the numbers of a block stay in memory that is near

Index = NDArray[np.int64] | int


@dataclass(frozen=True, slots=True)
class Coefficients:
    """The constant one, then powers P^0 .. P^longest of each season's and area's chain, then the forecast by step."""

    seasons: int
    areas: int
    longest: int
    conditions: int

    @property
    def one(self) -> int:
        """Index of the constant 1."""
        return 0

    @property
    def first_forecast(self) -> int:
        """Index of forecast(0, area 0)[condition 0]: all from here on are forecasts."""
        return 1 + self.seasons * self.areas * (self.longest + 1) * self.conditions**2

    def power(self, season: int, area: Index, duration: Index, before: Index, after: Index) -> Index:
        """Index of P_area^duration[before, after] in a season; arguments broadcast."""
        at = (season * self.areas + area) * (self.longest + 1) + duration
        return 1 + (at * self.conditions + before) * self.conditions + after

    def forecast(self, step: Index, area: Index, condition: Index) -> Index:
        """Index of forecast(step, area)[condition]; arguments broadcast."""
        return self.first_forecast + (step * self.areas + area) * self.conditions + condition

    def numbers(self, chain: Floats, forecast: Floats) -> Floats:
        """All coefficients of `chain` S x A x C x C and `forecast` T+1 x A x C, in the order of their indices.

        >>> table = Coefficients(seasons=1, areas=1, longest=2, conditions=2)
        >>> stays = np.array([[[[0.5, 0.5], [0.0, 1.0]]]])
        >>> numbers = table.numbers(stays, np.array([[[1.0, 0.0]], [[0.5, 0.5]]]))
        >>> [float(numbers[at]) for at in (table.one, table.power(0, 0, 2, 0, 1), table.forecast(1, 0, 1))]
        [1.0, 0.75, 0.5]
        """
        return np.concatenate([[1.0], powers(chain, self.longest).ravel(), forecast.ravel()])


@dataclass(frozen=True, slots=True)
class Futures:
    """k draws of how conditions change, and of what is believed today under each."""

    chains: Floats  # k x S x A x C x C
    believed: Floats  # k x A x C
    season_of: Ints  # of each step from today on
    lead: int  # steps from today to departure, which is step 0 of forecasts

    def __getitem__(self, draws: slice) -> "Futures":
        """Some of the draws."""
        return Futures(self.chains[draws], self.believed[draws], self.season_of, self.lead)


def drawn_numbers(table: Coefficients, used: Ints, futures: Futures) -> Floats:
    """The coefficients `used` (U, indices, ascending) in each draw: U x k.

    Only the areas in use are carried forward, draws side by side. `numbers` gives the same for one draw.
    """
    split = int(np.searchsorted(used, table.first_forecast))
    out = np.ones((len(used), len(futures.chains)))
    draws_last = np.ascontiguousarray(np.moveaxis(futures.chains, 0, -1))
    first = int(np.searchsorted(used, table.one, side="right"))
    _drawn_powers(table, used[first:split], draws_last, out[first:split])
    _drawn_forecasts(table, used[split:], draws_last, futures, out[split:])
    return out


def drawn_sums(table: Coefficients, used: Ints, weights: Floats, futures: Futures) -> Floats:
    """`weights` (m x U) times the coefficients `used` in each draw: m x k, without all of them at once."""
    blocks = (futures[first : first + BLOCK] for first in range(0, len(futures.chains), BLOCK))
    return np.concatenate([weights @ drawn_numbers(table, used, block) for block in blocks], axis=1)


def _drawn_powers(table: Coefficients, used: Ints, chains: Floats, out: Floats) -> None:
    """`chains` S x A x C x C x k."""
    rest, after = np.divmod(used - 1, table.conditions)
    rest, before = np.divmod(rest, table.conditions)
    which, duration = np.divmod(rest, table.longest + 1)
    met, where = np.unique(which, return_inverse=True)
    chain = chains.reshape(-1, *chains.shape[2:])[met]
    power = np.broadcast_to(np.eye(table.conditions)[None, :, :, None], chain.shape)
    for d in range(int(duration.max(initial=0)) + 1):
        now = np.flatnonzero(duration == d)
        out[now] = power[where[now], before[now], after[now]]
        power = np.einsum("xijk,xjlk->xilk", power, chain)


def _drawn_forecasts(table: Coefficients, used: Ints, chains: Floats, futures: Futures, out: Floats) -> None:
    """`chains` S x A x C x C x k; the forecast of step 0 is that of the departure."""
    rest, condition = np.divmod(used - table.first_forecast, table.conditions)
    step, area = np.divmod(rest, table.areas)
    met, where = np.unique(area, return_inverse=True)
    ahead = np.ascontiguousarray(futures.believed[:, met].transpose(1, 2, 0))
    chain = chains[:, met]
    for t in range(-futures.lead, int(step.max(initial=-1)) + 1):
        now = slice(*np.searchsorted(step, [t, t + 1]))
        out[now] = ahead[where[now], condition[now]]
        if t + futures.lead < len(futures.season_of):
            ahead = np.einsum("ajk,ajlk->alk", ahead, chain[futures.season_of[t + futures.lead]])

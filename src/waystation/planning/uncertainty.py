"""How sure a plan is: joint draws of everything that was learnt or stated, through the chain of its policy.

One draw is one possible world: hazards of all strata together (legs that share a parent move together), kinds of loss,
waiting losses, condition chains (Dirichlet rows) and today's belief under that chain. What is printed is the mean over
draws, never P at the mean danger: with a danger met twice on a journey the two differ (Jensen). Bands of the money
curves come from the adjoint: sd = sd over the same draws of g . (theta - mean).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from waystation.hazards.posterior import Draws, Posterior
from waystation.network.conditions import draw_chains
from waystation.network.network import Floats, Ints
from waystation.planning.engine.chain import Chain, start_value
from waystation.planning.engine.coefficients import BLOCK, Coefficients, Futures
from waystation.planning.engine.kernels import drawn_numbers, drawn_sums, evaluate
from waystation.planning.plan import Plan, leaves_of, rates_of, slope, slope_of_hazards
from waystation.planning.setting import Hazards, Setting, posterior_hazards
from waystation.trust.truth import beliefs_under


@dataclass(frozen=True, slots=True)
class Worlds:
    """k joint draws, for plans of up to T steps."""

    hazards: Draws  # k x leaves
    futures: Futures

    @property
    def count(self) -> int:
        """k."""
        return len(self.futures.chains)

    def blocks(self) -> Iterator[slice]:
        """The draws in blocks."""
        for first in range(0, self.count, BLOCK):
            yield slice(first, min(first + BLOCK, self.count))


def worlds(asked: Setting, posterior: Posterior, *, draws: int, seed: int) -> Worlds:
    """Draw `draws` worlds for a setting (the longest that will be evaluated)."""
    rng = np.random.Generator(np.random.PCG64(seed))
    hazards = posterior.draws(draws, rng)
    chains = draw_chains(asked.net, draws, rng)
    believed = beliefs_under(asked.net, chains, now=asked.now)
    return Worlds(hazards, Futures(chains, believed, asked.seasons.astype(np.int32), asked.lead))


def drawn_safety(made: Plan, drawn: Worlds) -> Floats:
    """P(safe) of a plan's policy in each world (k)."""
    leaf = leaves_of(made.setting, made.chain)
    return np.concatenate([_block_safety(made.setting, made.chain, leaf, drawn, block) for block in drawn.blocks()])


def _block_safety(asked: Setting, chain: Chain, leaf: Ints, drawn: Worlds, block: slice) -> Floats:
    futures, hazards = drawn.futures[block], drawn.hazards
    numbers = drawn_numbers(chain.table, chain.used, futures)
    rates = rates_of(Hazards(hazards.lost[block].T, hazards.back[block].T, hazards.kind[block]))
    values = evaluate(chain, leaf, numbers, rates, first_only=True)
    return start_value(chain, values, drawn_numbers(chain.table, _at_start(asked, chain.table), futures))


def _at_start(asked: Setting, table: Coefficients) -> Ints:
    """The coefficients that say what is believed of the start area at departure (C)."""
    return np.asarray(table.forecast(0, int(asked.model.area[asked.start]), np.arange(table.conditions)), np.int32)


@dataclass(frozen=True, slots=True)
class Slope:
    """The adjoint of one followed policy, contracted to what varies: leaves, and coefficients of the conditions."""

    safe: float
    lost: Floats  # leaves
    back: Floats  # leaves
    table: Coefficients
    used: Ints  # U
    coef: Floats  # U: dP(safe)/d coefficient; the belief at the start is one of them


def adjoint(asked: Setting, chain: Chain, hazards: Hazards) -> Slope:
    """P(safe) and its slope at `hazards`."""
    steep = slope(asked, chain, hazards)
    lost, back = slope_of_hazards(steep, hazards)
    used = np.concatenate([chain.used, _at_start(asked, chain.table)])
    return Slope(steep.safe, lost, back, chain.table, used, np.concatenate([steep.coef, steep.start]))


def deviations(slopes: Sequence[Slope], drawn: Worlds) -> Floats:
    """The sd (m) of P(safe) of several followed policies over the draws: of g . theta, one matrix product for all.

    Theta: dangers, powers of the chains, forecasts and the belief at the start. Deadlines may differ.
    """
    table = slopes[0].table
    used = np.unique(np.concatenate([s.used for s in slopes]))
    steep = np.zeros((len(slopes), len(used)))
    for row, s in zip(steep, slopes, strict=True):
        np.add.at(row, np.searchsorted(used, s.used), s.coef)
    # not `@`: it would wake the threads of the linear algebra library, which costs more where a machine is shared
    moved = np.einsum("ml,kl->mk", np.array([s.lost for s in slopes]), drawn.hazards.lost)
    moved += np.einsum("ml,kl->mk", np.array([s.back for s in slopes]), drawn.hazards.back)
    return np.asarray((moved + drawn_sums(table, used, steep, drawn.futures)).std(axis=1))


def plan_deviation(made: Plan, drawn: Worlds) -> float:
    """The sd of a plan's P(safe) by the adjoint."""
    hazards = posterior_hazards(made.posterior)
    return float(deviations([adjoint(made.setting, made.chain, hazards)], drawn)[0])

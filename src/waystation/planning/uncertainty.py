"""How sure a plan is: joint draws of everything that was learnt or stated, through the chain of its policy.

One draw is one possible world: hazards of all strata together (legs that share a parent move together), kinds of loss,
waiting losses, condition chains (Dirichlet rows) and today's belief under that chain. What is printed is the mean over
draws, never P at the mean danger: with a danger met twice on a journey the two differ (Jensen). Bands of the money
curves come from the adjoint: sd = sd over the same draws of g . (theta - mean).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from waystation.hazards.posterior import Draws, Posterior
from waystation.network.conditions import draw_chains
from waystation.network.network import Floats
from waystation.planning.engine.chain import Chain, Gradient, start_value
from waystation.planning.engine.kernels import evaluate
from waystation.planning.plan import Plan, leaves_of, rates_of, slope, slope_of_hazards
from waystation.planning.setting import Hazards, Setting, posterior_hazards
from waystation.trust.truth import beliefs_under

BLOCK = 64  # draws at a time: the tables of a block stay in memory that is near


@dataclass(frozen=True, slots=True)
class Worlds:
    """k joint draws, for plans of up to T steps."""

    hazards: Draws  # k x leaves
    chains: Floats  # k x S x A x C x C
    forecast: Floats  # k x T+1 x A x C

    @property
    def count(self) -> int:
        """k."""
        return len(self.chains)

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
    return Worlds(hazards, chains, _forecasts(asked, believed, chains))


def _forecasts(asked: Setting, believed: Floats, chains: Floats) -> Floats:
    """What each world expects of each area and step: k x T+1 x A x C."""
    seasons = np.concatenate([np.repeat(asked.model.season_of[:1], asked.lead), asked.model.season_of])
    ahead = np.empty((len(seasons) + 1, *believed.shape))
    ahead[0] = believed
    for step, season in enumerate(seasons):
        ahead[step + 1] = np.matmul(ahead[step][:, :, None, :], chains[:, season])[:, :, 0]
    return np.ascontiguousarray(ahead[asked.lead:].transpose(1, 0, 2, 3))


def drawn_safety(made: Plan, drawn: Worlds) -> Floats:
    """P(safe) of a plan's policy in each world (k)."""
    return np.concatenate([_block_safety(made.setting, made.chain, drawn, block) for block in drawn.blocks()])


def _block_safety(asked: Setting, chain: Chain, drawn: Worlds, block: slice) -> Floats:
    forecast = drawn.forecast[block, : asked.model.steps + 1]
    numbers = np.ascontiguousarray(chain.table.numbers(drawn.chains[block], forecast).T)
    rates = rates_of(Hazards(drawn.hazards.lost[block].T, drawn.hazards.back[block].T, drawn.hazards.kind[block]))
    values = evaluate(chain, leaves_of(asked, chain), numbers, rates)
    return start_value(chain, values, forecast[:, 0, asked.net.area[asked.place_of[asked.start]]].T)


@dataclass(frozen=True, slots=True)
class Slope:
    """The adjoint of one followed policy, contracted to what varies: leaves, chain powers and forecasts."""

    safe: float
    lost: Floats  # leaves
    back: Floats  # leaves
    steep: Gradient


def adjoint(asked: Setting, chain: Chain, hazards: Hazards) -> Slope:
    """P(safe) and its slope at `hazards`."""
    steep = slope(asked, chain, hazards)
    lost, back = slope_of_hazards(steep, hazards)
    return Slope(steep.safe, lost, back, steep)


def adjoint_deviations(asked: Setting, chains: list[Chain], drawn: Worlds, hazards: Hazards) -> tuple[Floats, Floats]:
    """P(safe) at the mean (m) and its sd (m) for several followed policies of one setting, by the adjoint.

    One matrix product for all: g . (theta_k - mean) over hazards, chains, forecasts and the belief at the start.
    """
    slopes = [adjoint(asked, chain, hazards) for chain in chains]
    moved = (np.array([s.lost for s in slopes]) @ (drawn.hazards.lost - hazards.lost).T
             + np.array([s.back for s in slopes]) @ (drawn.hazards.back - hazards.back).T)
    table = chains[0].table
    middle = table.numbers(asked.model.chain, asked.model.forecast)
    by_coef = np.array([s.steep.coef for s in slopes])
    used = np.flatnonzero(by_coef.any(axis=0))
    area = asked.net.area[asked.place_of[asked.start]]
    for block in drawn.blocks():
        forecast = drawn.forecast[block, : asked.model.steps + 1]
        numbers = table.numbers(drawn.chains[block], forecast)[:, used]
        moved[:, block] += by_coef[:, used] @ (numbers - middle[used]).T
        moved[:, block] += np.array([s.steep.start for s in slopes]) @ (forecast[:, 0, area] - asked.belief).T
    return np.array([s.safe for s in slopes]), moved.std(axis=1)


def plan_deviation(made: Plan, drawn: Worlds) -> float:
    """The sd of a plan's P(safe) by the adjoint."""
    hazards = posterior_hazards(made.posterior)
    return float(adjoint_deviations(made.setting, [made.chain], drawn, hazards)[1][0])

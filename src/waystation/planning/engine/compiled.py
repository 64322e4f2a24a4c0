"""Following and valuing a policy: the NumPy functions, and the compiled ones behind the same signatures."""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from waystation.network.network import Floats, Ints
from waystation.planning.engine import chain as plain
from waystation.planning.engine import coefficients as table_of
from waystation.planning.engine import follow as listing
from waystation.planning.engine.chain import Chain, Gradient, Rates
from waystation.planning.engine.coefficients import Coefficients, Futures
from waystation.planning.mdp import Model


@dataclass(frozen=True, slots=True)
class Twin:
    """One way of computing: see `follow.follow`, `chain.evaluate`, `chain.gradient`, and `coefficients`."""

    follow: Callable[..., Chain]
    evaluate: Callable[..., Floats]
    gradient: Callable[..., Gradient]
    drawn_numbers: Callable[..., Floats]
    drawn_sums: Callable[..., Floats]


NUMPY = Twin(listing.follow, plain.evaluate, plain.gradient, table_of.drawn_numbers,
             table_of.drawn_sums)


def compiled(module: ModuleType) -> Twin:
    """The functions of the native module, as the NumPy ones are called."""

    def follow(model: Model, policy: NDArray[np.uint8], *, start: int, belief: Floats, budget: int,
               cut: float = plain.CUT) -> Chain:
        seasons, areas, conditions = model.chain.shape[:3]
        table = Coefficients(seasons, areas, int(model.prof_dur.max(initial=1)), conditions)
        return Chain(table=table, **module.follow(model, policy, start=start, belief=belief, budget=budget, cut=cut))

    def evaluate(chain: Chain, leaf: Ints, numbers: Floats, rates: Rates, *, first_only: bool = False) -> Floats:
        return np.asarray(module.evaluate(chain, leaf, numbers, rates, first_only=first_only))

    def gradient(chain: Chain, leaf: Ints, numbers: Floats, rates: Rates) -> Gradient:
        return Gradient(*module.gradient(chain, leaf, numbers, rates))

    def drawn_numbers(table: Coefficients, used: Ints, futures: Futures) -> Floats:
        return np.asarray(module.drawn_numbers(table, used, futures))

    def drawn_sums(table: Coefficients, used: Ints, weights: Floats, futures: Futures) -> Floats:
        return np.asarray(module.drawn_sums(table, used, weights, futures))

    return Twin(follow, evaluate, gradient, drawn_numbers, drawn_sums)

"""The safest policy for a party: solve the decision process, and follow the policy from the start."""

from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from waystation.hazards.posterior import Posterior
from waystation.network.network import Floats, Network
from waystation.party import Party, Terms
from waystation.planning.engine.chain import CUT, Chain, Gradient, Rates, leaf_of_state
from waystation.planning.engine.kernels import backend_name, follow, gradient, solve
from waystation.planning.mdp import Model, Surface
from waystation.planning.results import Ends, Refused
from waystation.planning.setting import Hazards, Setting, posterior_hazards, setting
from waystation.trust.truth import Belief


@dataclass(frozen=True, slots=True)
class Plan:
    """A policy, its surface and the chain that follows it. Its numbers leave through an `Assessment` only."""

    setting: Setting
    posterior: Posterior
    beliefs: tuple[Belief, ...]
    surface: Surface
    chain: Chain
    backend: str

    @property
    def model(self) -> Model:
        """The solved model."""
        return self.setting.model

    @property
    def ends(self) -> Ends:
        """How journeys end under the policy, at the mean dangers."""
        chain = self.chain
        lost = [float(x) for x in chain.lost]
        return Ends(chain.safe, lost[0], lost[1], lost[2], chain.stopped, chain.late + chain.cut)


def plan(net: Network, posterior: Posterior, beliefs: tuple[Belief, ...], party: Party, terms: Terms, *,
         now: datetime) -> Plan | Refused:
    """Solve for the policy of highest value at the mean dangers, or say why there is no plan.

    Raises `InvalidTerms` where the question does not fit the route book.
    """
    asked = setting(net, posterior, beliefs, party, terms, now=now)
    return asked if isinstance(asked, Refused) else solved(asked, posterior, beliefs)


def solved(asked: Setting, posterior: Posterior, beliefs: tuple[Belief, ...]) -> Plan:
    """Solve one setting and follow its policy."""
    surface = solve(asked.model, start=asked.start)
    return Plan(asked, posterior, beliefs, surface, followed(asked, surface), backend_name())


def followed(asked: Setting, surface: Surface, *, budget: int | None = None, cut: float = CUT) -> Chain:
    """The chain of a solved policy from the start, with all of the money or with `budget` units of it."""
    assert surface.policy is not None
    units = asked.model.budget if budget is None else budget
    return follow(asked.model, surface.policy, start=asked.start, belief=asked.belief, budget=units, cut=cut)


def with_penalty(asked: Setting, penalty: float) -> Setting:
    """The same question, a loss weighed otherwise."""
    return replace(asked, terms=replace(asked.terms, penalty=penalty),
                   model=replace(asked.model, penalty=np.full(3, penalty)))


def rates_of(hazards: Hazards) -> Rates:
    """Hazards by leaf as rates; leaves, or leaves x R."""
    lost, back = (x if x.ndim == 2 else x[:, None] for x in (hazards.lost, hazards.back))
    return Rates((1 - lost) * (1 - back), (1 - lost) * back, 1 - lost)


def leaves_of(asked: Setting, chain: Chain) -> np.ndarray:
    """The stratum of each state of a chain."""
    return leaf_of_state(chain, asked.leg_leaf, asked.wait_leaf)


def slope(asked: Setting, chain: Chain, hazards: Hazards) -> Gradient:
    """dP(safe)/d parameter of a followed policy at `hazards`."""
    numbers = chain.numbers(asked.model.chain, asked.model.forecast)
    return gradient(chain, leaves_of(asked, chain), numbers, rates_of(hazards))


def slope_of_hazards(steep: Gradient, hazards: Hazards) -> tuple[Floats, Floats]:
    """dP(safe)/d lost and dP(safe)/d back per leaf (a leaf is a leg's or a wait's, never both)."""
    lost = -(1 - hazards.back) * steep.arrive - hazards.back * steep.back - steep.keep
    return lost, (1 - hazards.lost) * (steep.back - steep.arrive)


def mean_slope(made: Plan) -> tuple[Gradient, Floats, Floats]:
    """The adjoint of a plan at its posterior means: as it is, and by leaf for lost and turned back."""
    hazards = posterior_hazards(made.posterior)
    steep = slope(made.setting, made.chain, hazards)
    return steep, *slope_of_hazards(steep, hazards)

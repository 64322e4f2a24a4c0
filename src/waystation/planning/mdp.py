"""The decision process as arrays: network, hazards, party and terms become one `Model`.

State (t, i, c, b): step, place, condition of the place's area, money left. Actions: stop 0, wait 1, leg 2 + local.

    V(t,i,.,.) = 1                                          i goal
    V(t,i,c,b) = max( stay_value_i, W if b >= wait_cost_i, Q_l for each open, affordable leg l )
    W   = (1 - sum_o u_o) sum_c' P[c,c'] V(t+1, wait_to_i, c', b-w) - sum_o penalty_o u_o
    Q_l = arrive_lc X_l + back_lc Y_l - sum_o penalty_o lost_lco
    X_l = sum_m q_m sum_c' P^d_m[c,c'] V(t+d_m, j, c', b-k)     same area;  sum_m q_m U(t+d_m, j, b-k)  other area
    Y_l = sum_m q_m sum_c' P^d_m[c,c'] V(t+d_m, i, c', b-k)     turned back, the money spent
    U(t,j,b) = sum_c forecast(t, area_j)[c] V(t,j,c,b)

P is that of the season of step t. What passes the horizon has value 0 (late). V(T,i,..) = stay_value_i.
(Puterman, Markov Decision Processes, 1994, ch. 4: backward induction on a finite horizon.)
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waystation.network.network import Floats, Ints

STOP, WAIT, FIRST_LEG = 0, 1, 2
TIE = 1e-12  # the running best action is replaced only by a candidate better by more than this
PAD = -1e9  # value of what cannot be paid: finite, so that 0 * PAD stays 0


@dataclass(frozen=True, slots=True)
class Model:
    """Solver input. n places, A areas, C conditions (1..6), L legs, Q profiles, S seasons, T steps, budgets 0..B."""

    area: Ints  # n
    goal: NDArray[np.bool_]  # n
    stay_value: Floats  # n, [0, 1)
    ptr: Ints  # n+1: legs out of i are ptr[i]:ptr[i+1], in the order of preference
    dst: Ints  # L
    cost: NDArray[np.int16]  # L, units
    profile: Ints  # L
    prof_dur: NDArray[np.int8]  # Q x 3, ascending, 1..31 steps
    prof_q: Floats  # Q x 3
    arrive: Floats  # S x L x C
    back: Floats  # S x L x C
    lost: Floats  # S x L x C x 3: intercepted, harmed, missing; arrive + back + lost sums to 1
    wait_to: Ints  # n: place (or copy of it) where a wait ends; -1 = may not wait
    wait_cost: NDArray[np.int16]  # n, units a step
    wait_loss: Floats  # S x n x C x 3, per step
    leg_open: NDArray[np.bool_]  # T x L: may start at this step
    chain: Floats  # S x A x C x C
    season_of: NDArray[np.uint8]  # T
    forecast: Floats  # T+1 x A x C: what is believed now of later conditions
    penalty: Floats  # 3
    budget: int  # B; NB = B + 1

    @property
    def steps(self) -> int:
        """Horizon T."""
        return len(self.season_of)


@dataclass(frozen=True, slots=True)
class Surface:
    """Solver output: the value of every state that was asked for."""

    start: Floats  # T+1 x C x NB: V at the start place
    policy: NDArray[np.uint8] | None  # T x n x C x NB
    value: Floats | None = None  # T+1 x n x C x NB, only when asked for

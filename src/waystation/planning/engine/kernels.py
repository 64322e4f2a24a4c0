"""Which solver answers: the compiled one where it was built and agrees with the NumPy one, else the NumPy one.

`WAYSTATION_BACKEND` may say `native`, `numpy` or `auto` (the default). `auto` never fails: a native solver that is
missing, of another version, or more than 1e-12 apart on a built-in model is not used, and `self_check` says so.
Both solvers give the same values within 1e-12 and the same policy.
"""

import os
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from waystation.network.network import Floats, Ints
from waystation.planning.engine import reference
from waystation.planning.engine.chain import CUT, Chain, Gradient, Rates
from waystation.planning.engine.coefficients import Coefficients, Futures
from waystation.planning.engine.compiled import NUMPY, Twin, compiled
from waystation.planning.engine.selfcheck import chain_difference, difference
from waystation.planning.mdp import Model, Surface

ABI = 2  # of the native module
TOLERANCE = 1e-12
MEMORY_LIMIT = 1_000_000_000  # bytes
BACKENDS = ("auto", "native", "numpy")


class BackendMismatch(Exception):
    """The native solver was demanded, but it is missing or does not agree with the NumPy one."""


class UnknownBackend(ValueError):
    """A word that names no solver."""


class TooLarge(Exception):
    """The model needs more memory than allowed; nothing was computed."""

    def __init__(self, estimate_bytes: int, limit: int) -> None:
        super().__init__(f"needs about {estimate_bytes / 1e6:.0f} MB, allowed are {limit / 1e6:.0f} MB")
        self.estimate_bytes, self.limit = estimate_bytes, limit


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """What the comparison of the solvers on this machine found."""

    backend: str  # the one that answers under "auto": "native" or "numpy"
    isa: str | None  # instruction set of the native solver; None if there is none
    difference: float | None  # largest difference of values; None if there is no native solver
    sentence: str  # for people

    def __str__(self) -> str:
        return self.sentence


def _native_surface(module: ModuleType, model: Model, *, start: int, keep_policy: bool, keep_value: bool) -> Surface:
    at_start, policy, value = module.solve(model, start=start, keep_policy=keep_policy, keep_value=keep_value)
    return Surface(start=at_start, policy=policy, value=value)


@cache
def _native() -> tuple[ModuleType | None, SelfCheck]:
    """The native module if it may be used, and why or why not."""
    try:
        module = import_module("waystation.planning.engine._native")
    except ImportError:
        return None, SelfCheck("numpy", None, None, "NumPy solver: no native solver was built at installation.")
    if module.ABI != ABI:
        return None, SelfCheck("numpy", None, None, "NumPy solver: the native one is of another version.")
    apart = difference(
        lambda model: reference.solve(model, start=0),
        lambda model: _native_surface(module, model, start=0, keep_policy=True, keep_value=False))
    apart = float(np.maximum(apart, chain_difference(NUMPY, compiled(module))))
    if not apart <= TOLERANCE:
        sentence = "NumPy solver: the native solver gave other values on the built-in model and is not used."
        return None, SelfCheck("numpy", module.ISA, apart, sentence)
    sentence = f"Native solver ({module.ISA}): agrees with NumPy on the built-in model within {apart:.0e}."
    return module, SelfCheck("native", module.ISA, apart, sentence)


def self_check() -> SelfCheck:
    """Compares the solvers on the built-in model and says which one answers; for `waystation check --self`.

    >>> self_check().backend in ("native", "numpy")
    True
    """
    return _native()[1]


def backend_name(backend: str = "auto") -> str:
    """Which solver answers for `auto`, `native` or `numpy`: "native" or "numpy".

    The environment's WAYSTATION_BACKEND replaces `auto`. UnknownBackend for another word; BackendMismatch if the native
    solver was demanded and cannot be used.

    >>> backend_name("numpy")
    'numpy'
    """
    asked = os.environ.get("WAYSTATION_BACKEND", "auto") if backend == "auto" else backend
    if asked not in BACKENDS:
        raise UnknownBackend("the engine must be one of " + ", ".join(BACKENDS))
    if asked == "auto":
        return self_check().backend
    if asked == "native" and self_check().backend != "native":
        raise BackendMismatch(self_check().sentence)
    return asked


def memory_estimate(model: Model, *, backend: str, keep_policy: bool = True, keep_value: bool = False) -> int:
    """Bytes that a solve will need at most, results included; `backend` is "native" or "numpy".

    >>> from waystation.planning.engine.instances import model_of_instance
    >>> memory_estimate(model_of_instance("S"), backend="native") < 10_000_000
    True
    """
    n, legs, profiles = len(model.goal), len(model.dst), len(model.prof_dur) + 1
    conditions, levels, steps = model.arrive.shape[2], model.budget + 1, model.steps
    longest = int(model.prof_dur.max(initial=1))
    row = 8 * (levels + int(max(model.cost.max(initial=0), model.wait_cost.max(initial=0))) + 6)
    block = n * conditions * levels
    results = 8 * (steps + 1) * conditions * levels + keep_policy * steps * block + keep_value * 8 * (steps + 1) * block
    if backend == "native":
        fullest = int(np.unique(model.area, return_counts=True)[1].max(initial=0))
        work = row * (longest * n * conditions + (longest + 1) * n + profiles * fullest * conditions + 256)
        return int(results + work + 100 * (legs + n) * conditions)
    durations = len(np.unique(model.prof_dur)) + 1
    work = row * n * conditions * (longest + 1 + durations + 2 * profiles) + 5 * row * legs * conditions
    return int(results + work)


def _demand_numbers(model: Model) -> None:
    """A chance that is not a number would make a leg vanish from the plan without a word."""
    fields = (model.arrive, model.back, model.lost, model.wait_loss, model.chain, model.forecast, model.prof_q,
              model.stay_value, model.penalty)
    if not all(np.isfinite(field.sum()) for field in fields):
        raise ValueError("the model holds a value that is not a finite number")


def solve(model: Model, *, start: int, keep_policy: bool = True, keep_value: bool = False, backend: str = "auto",
          memory_limit: int = MEMORY_LIMIT) -> Surface:
    """The values at place `start` for every step, condition and budget, and the best action everywhere.

    `keep_value` adds the value of every state; without it, actions at places that nobody can have reached by a step are
    0. All arrays are read-only. Errors: TooLarge before anything is allocated; BackendMismatch if the native solver was
    demanded and cannot be used; ValueError for numbers that are not finite and arrays that do not fit together.

    >>> from waystation.planning.engine.instances import model_of_instance
    >>> surface = solve(model_of_instance("S"), start=0)
    >>> round(float(surface.start[0, 0, -1]), 12)
    0.925123381322
    """
    name = backend_name(backend)
    _demand_numbers(model)
    estimate = memory_estimate(model, backend=name, keep_policy=keep_policy, keep_value=keep_value)
    if estimate > memory_limit:
        raise TooLarge(estimate, memory_limit)
    module = _native()[0] if name == "native" else None
    if module is None:
        surface = reference.solve(model, start=start, keep_policy=keep_policy, keep_value=keep_value)
    else:
        surface = _native_surface(module, model, start=start, keep_policy=keep_policy, keep_value=keep_value)
    for array in (surface.start, surface.policy, surface.value):
        if array is not None:
            array.flags.writeable = False
    return surface


def _twin(backend: str) -> Twin:
    module = _native()[0] if backend_name(backend) == "native" else None
    return NUMPY if module is None else compiled(module)


def follow(model: Model, policy: NDArray[np.uint8], *, start: int, belief: Floats, budget: int,
           cut: float = CUT, backend: str = "auto") -> Chain:
    """The chain of a policy (T x n x C x NB) from place `start` under `belief` (C); see `follow.follow`.

    >>> from waystation.planning.engine.instances import model_of_instance
    >>> model = model_of_instance("S")
    >>> chain = follow(model, solve(model, start=0).policy, start=0, belief=np.array([1.0, 0, 0]), budget=model.budget)
    >>> round(chain.safe, 6)
    0.925123
    """
    return _twin(backend).follow(model, policy, start=start, belief=belief, budget=budget, cut=cut)


def evaluate(chain: Chain, leaf: Ints, numbers: Floats, rates: Rates, *, first_only: bool = False,
             backend: str = "auto") -> Floats:
    """P(safe) of a followed policy from its K states under R draws, (K+2) x R; see `chain.evaluate`."""
    return _twin(backend).evaluate(chain, leaf, numbers, rates, first_only=first_only)


def gradient(chain: Chain, leaf: Ints, numbers: Floats, rates: Rates, *, backend: str = "auto") -> Gradient:
    """dP(safe)/d parameter of a followed policy in one draw; see `chain.gradient`."""
    return _twin(backend).gradient(chain, leaf, numbers, rates)


def drawn_numbers(table: Coefficients, used: Ints, futures: Futures, *, backend: str = "auto") -> Floats:
    """Coefficients `used` (U) in each of k draws, U x k; see `coefficients.drawn_numbers`."""
    return _twin(backend).drawn_numbers(table, used, futures)


def drawn_sums(table: Coefficients, used: Ints, weights: Floats, futures: Futures, *, backend: str = "auto") -> Floats:
    """`weights` (m x U) times the coefficients in each of k draws, m x k; see `coefficients.drawn_sums`."""
    return _twin(backend).drawn_sums(table, used, weights, futures)

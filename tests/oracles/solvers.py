"""The solvers under test, by name, with one signature."""

from collections.abc import Callable
from importlib.util import find_spec

import pytest

from parts import needing
from waystation.planning.engine import reference
from waystation.planning.mdp import Model, Surface

NATIVE_BUILT = find_spec("waystation.planning.engine._native") is not None


def native(isa: str) -> Callable[..., Surface]:
    """The compiled solver on one instruction set."""
    def solve(model: Model, *, start: int, keep_policy: bool = True, keep_value: bool = False) -> Surface:
        from waystation.planning.engine import _native

        return Surface(*_native.solve(model, start=start, keep_policy=keep_policy, keep_value=keep_value, isa=isa))

    return solve


needs_native = needing(NATIVE_BUILT, "no native solver was built, so only NumPy was tested")
SOLVERS = [pytest.param(reference.solve, id="numpy"), pytest.param(native("best"), id="native", marks=needs_native),
           pytest.param(native("baseline"), id="native-baseline", marks=needs_native)]

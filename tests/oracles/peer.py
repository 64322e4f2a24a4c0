"""Whether another solver is here to judge ours."""

import os
import sys
from importlib.util import find_spec

import pytest


def needs(peer: str) -> None:
    """Skips with the reason where the peer is missing; on Linux in CI that is a failure."""
    if find_spec(peer) is not None:
        return
    if os.environ.get("CI") and sys.platform == "linux":
        pytest.fail(f"{peer} is missing; CI must compare with it (requirements-bench.lock)")
    pytest.skip(f"{peer} is not installed, so nothing was compared with it (requirements-bench.lock)")

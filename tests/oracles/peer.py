"""Whether another solver is here to judge ours."""

from importlib.util import find_spec

import parts


def needs(peer: str) -> None:
    """Skips with the reason where the peer is missing; on Linux in CI that is a failure."""
    parts.needs(find_spec(peer), f"{peer} is not installed, so nothing was compared with it (requirements-bench.lock)")

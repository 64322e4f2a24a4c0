"""A guard that is removed on purpose, to see that a test notices. A guard without such a line is not known to work."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    """One change of one file below `src/`: `old`, which stands there exactly once, becomes `new`. Then at least one of the
    tests named must fail with an assertion. M01 to M40 are the numbers of the plan of tests; the others are called by what
    they break. `refuses` names the refusals of `docs/refusals.csv` that the guard keeps; every test named is marked so."""

    name: str
    file: str
    old: str
    new: str
    killed_by: str
    refuses: str = ""

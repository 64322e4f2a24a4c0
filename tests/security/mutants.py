"""Every planted fault, in one list: each room's stand in a file of their own, `mutants_<room>.py` beside this one."""

from importlib import import_module
from pathlib import Path

from mutant import Mutant

MUTANTS: list[Mutant] = [fault for path in sorted(Path(__file__).resolve().parent.glob("mutants_*.py"))
                         for fault in import_module(path.stem).MUTANTS]

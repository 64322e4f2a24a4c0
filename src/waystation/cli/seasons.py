"""Which missions of some weeks fit together, as a question of the child that answers an office.

    parent -> {"month": {...}, "caps": {...}, "seconds": 3}, end of file      the two files of `waystation portfolio`
    child  -> {"tell": "..."}, then {"answer": {...}} or {"fault": [...]}       the answer is that of `--json`

Codes alone are asked about: what each stands for stays with the parent.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from waystation.portfolio.missions_file import InvalidMissions, read_missions
from waystation.portfolio.select import select
from waystation.portfolio.solver import SolverMissing
from waystation.report.portfolio import proposal_facts

SECONDS = 3.0  # of each single search: with all that is asked again, a parent waits two minutes at most


def season(given: Mapping[str, Any], *, tell: Callable[[str], None] | None = None) -> dict[str, Any]:
    """The proposal as values, or every fault of what was asked.

    >>> season({"month": {}, "caps": {}})["fault"][0]
    '/ PF101 this is not a file of missions: write one JSON object with `waystation_missions`: 1'
    """
    try:
        month, caps = read_missions(json.dumps(given["month"]).encode(), json.dumps(given["caps"]).encode())
    except InvalidMissions as error:
        return {"fault": [str(problem) for problem in error.problems]}
    if tell is not None:
        tell("looking which missions fit together ...")
    try:
        return {"answer": proposal_facts(month, select(month, caps, seconds=float(given.get("seconds", SECONDS))))}
    except SolverMissing as missing:
        return {"fault": [str(missing)]}

"""What people of a case said themselves: to leaving, to what happens if they are caught; and what is best for a child.

Everything here is kept in the case, item by item with its author and day; a new item takes the place of an older one,
which stays. Absent means not asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from waystation_web.vault import approvals
from waystation_web.vault.errors import NotPermitted, Refused

from . import values

CHOICE = ("person", "plan", "answer", "said", "language", "interpreter", "interpreter_is_broker", "present")
STANDING = ("person", "tell", "tell_not", "name", "public", "proxy", "guardian", "signed_on", "explained_by",
            "language")
BEST = ("person", "text", "guardian")


def newest(body: Mapping[str, Any], of: str, person: str, **more: str) -> Mapping[str, Any]:
    """The newest item of a list about somebody, or an empty one."""
    found = [one for one in values.items(body, of) if values.text(one, "person") == person
             and all(values.text(one, name) == value for name, value in more.items())]
    return found[-1] if found else {}


def answer_to(body: Mapping[str, Any], person: str, plan: str) -> Mapping[str, Any]:
    """What somebody said to a plan. A no that came later, to whatever, stands in its place."""
    said = [one for one in values.items(body, "choices") if values.text(one, "person") == person]
    mine = [number for number, one in enumerate(said) if values.text(one, "plan") == plan]
    if not mine:
        return {}
    later = [one for one in said[mine[-1] + 1:] if values.text(one, "answer") == "no"]
    return later[-1] if later else said[mine[-1]]


def best_manifest(item: Mapping[str, Any]) -> dict[str, Any]:
    """What two people sign of a best-interest record."""
    return {"best_interest": {name: item.get(name) for name in BEST}}


def by_two(case: bytes, item: Mapping[str, Any]) -> bool:
    """Whether two people signed a best-interest record as it stands; a changed word or a forged name is a no."""
    block = values.part(item, "approval")
    if not block:
        return False
    try:
        approvals.checked(case, block, best_manifest(item))
    except (NotPermitted, Refused):
        return False
    return True

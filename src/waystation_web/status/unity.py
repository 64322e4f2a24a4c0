"""Whether a mother would be parted from a child: from what a case says of its people, before anybody chooses a way.

A child of a Chinese father is often registered with him, and no paper lets it leave. Who goes on alone may not see it
again. So it is asked first, and what they say is written down; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from waystation_web.cases.case import Case

CHILD = "NK-CH"      # child of a Chinese father, left or with
FEMALE = "2"
OVER = frozenset({"parent"})
UNDER = frozenset({"child"})


def parted(case: Case, going: Collection[str], today: date) -> tuple[str, ...]:
    """Letters of women who go while a child of theirs stays, or of whom a child of a Chinese father is known."""
    stay = {one.id for one in case.people if one.id not in going and one.child_on(today) is not False}
    left = {one.from_ for one in case.relations if one.type in OVER and one.to in stay}
    left |= {one.to for one in case.relations if one.type in UNDER and one.from_ in stay}
    return tuple(one.code for one in case.people if one.id in going and one.sex in {FEMALE, "0"}
                 and (one.id in left or CHILD in one.needs))

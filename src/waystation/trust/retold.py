"""Reports that are fewer than they seem: one copied from another, several of one root.

What the belief does with them stands elsewhere: a copy counts once (`copies`), a root has a cap (`caps`). Here it is
said to whoever reads them, with the days.
"""

from collections.abc import Sequence
from datetime import date

from waystation.trust.copies import originals
from waystation.trust.flags import Fact, Flag
from waystation.trust.heard import Heard


def of_reports(heard: Heard, names: Sequence[str]) -> tuple[Flag, ...]:
    """Flags of n reports called `names`: copies, then groups of one claim, area and root that several sources told.

    Days of `heard` are ordinals of the calendar here. Deterministic: in the order of the reports.

    >>> import numpy as np
    >>> told = "soldiers at the bridge since dawn , nobody crosses"
    >>> day = date(2030, 1, 1).toordinal()
    >>> heard = Heard(np.array([0, 0]), np.array([day, day + 1]), np.array([0, 1]), np.eye(2, dtype=bool)[[1, 1]],
    ...               (told, told + " today"), np.array([0, 0]))
    >>> [(one.rule, one.about) for one in of_reports(heard, ["R1", "R2"])]
    [('copied', 'R2'), ('one_root', 'R1, R2')]
    """
    first = originals(heard)
    found = [Flag("copied", names[k], (Fact(f"It repeats {names[at]}.", _day(heard, at)), Fact(
        f"{names[k]} came later.", _day(heard, k)))) for k, at in enumerate(first.tolist()) if at != k]
    groups: dict[tuple[int, int, bytes], list[int]] = {}
    for k in range(len(names)):
        root = int(heard.root[heard.source[k]])
        groups.setdefault((root, int(heard.area[k]), heard.claim[k].tobytes()), []).append(k)
    told = [same for same in groups.values() if len({int(heard.source[k]) for k in same}) > 1]
    found += [Flag("one_root", ", ".join(names[k] for k in same),
                   tuple(Fact(f"{names[k]} was told.", _day(heard, k)) for k in same)) for same in told]
    return tuple(found)


def _day(heard: Heard, k: int) -> date:
    return date.fromordinal(int(heard.day[k]))

"""Reports as arrays: who said what of which area on which day, in which words, and who stands behind whom.

The same report may be claimed of several conditions ("at least alert"). A *root* is whoever several sources come from
in the end: one person with five telephones, a village that talks, a service that runs informants. A source without a
known root is its own root.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Heard:
    """n reports by N sources about A areas over C conditions. Days are whole numbers and may start anywhere."""

    area: Ints  # n, 0..A-1
    day: Ints  # n: of which day the report speaks
    source: Ints  # n, 0..N-1
    claim: Bools  # n x C: the conditions it names; none or all says nothing
    words: tuple[str, ...]  # n: how it was told; "" if only the claim is known
    root: Ints  # N: the root of each source, any numbers; its own if none is known

    def __post_init__(self) -> None:
        """Raises `ValueError` for arrays that do not fit each other."""
        lengths = {len(self.area), len(self.day), len(self.source), len(self.claim), len(self.words)}
        if len(lengths) != 1 or self.claim.ndim != 2:
            raise ValueError("each report has an area, a day, a source, a claim and words")
        if len(self.source) and not 0 <= int(self.source.min()) <= int(self.source.max()) < len(self.root):
            raise ValueError("each source has a root")

    def only(self, keep: Bools) -> "Heard":
        """The reports that are kept (n), of the same sources."""
        at = np.flatnonzero(keep)
        return Heard(self.area[at], self.day[at], self.source[at], self.claim[at],
                     tuple(self.words[k] for k in at), self.root)

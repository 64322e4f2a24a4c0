"""What habits of reporting there are, and which of them each source is likely to have, learnt from what was said.

A habit is a table K[s, x]: how often such a source says x when s is true. There are five honest ones, right with chance
0.55 to 0.95 and otherwise mostly near the truth; the contrary, who is mostly wrong; the guesser, whose word tells
nothing; and for each condition the one who always names it. One who says "calm" whether it is or not has a fine record
wherever it is mostly calm: a share of right answers cannot tell that from honesty, the table can. With few reports per
source a choice among few habits is learnt well, a free table is not. (Few habits: Hovy et al., MACE, NAACL 2013;
Venanzi et al., community-based aggregation, WWW 2014. Free tables: Dawid and Skene, Applied Statistics 28, 1979.)

The habit belongs to the *root*: what one of its sources did speaks for all of them. No report is read in reverse: what
a contrary source says never speaks against what it says. It says nothing.
"""

import numpy as np

from waystation.network.network import Floats
from waystation.trust.heard import Bools, Heard, Ints

RIGHT = (0.55, 0.65, 0.75, 0.85, 0.95)
NAMES = (*(f"right {100 * q:.0f} of 100 times" for q in RIGHT), "contrary", "guesses")  # then "always says ..."
_HONEST, _CONTRARY, _GUESSES, _ALWAYS = 0.80, 0.05, 0.05, 0.10  # how many of each there are, before anybody spoke


def habits(C: int) -> tuple[Floats, Floats]:
    """Tables of the habits, K x C x C, rows sum to 1, and how many have each, K. Conditions stand in their order.

    >>> tables, share = habits(3)
    >>> tables[4].round(3).tolist()
    [[0.95, 0.033, 0.017], [0.025, 0.95, 0.025], [0.017, 0.033, 0.95]]
    >>> len(tables), round(float(share.sum()), 12)
    (10, 1.0)
    """
    tables = [_right(q, C) for q in (*RIGHT, 0.1)] + [np.full((C, C), 1 / C)]
    for x in range(C):
        always = np.full((C, C), 0.1 / max(1, C - 1))
        always[:, x] = 0.9
        always[x] = 0.02 / max(1, C - 1)
        always[x, x] = 0.98
        tables.append(always / always.sum(1, keepdims=True))
    share = np.array([_HONEST / len(RIGHT)] * len(RIGHT) + [_CONTRARY, _GUESSES] + [_ALWAYS / C] * C)
    return np.array(tables), share


def _right(q: float, C: int) -> Floats:
    """Right with chance q; of the wrong answers, one twice as far from the truth is half as frequent."""
    if C == 1:
        return np.ones((1, 1))
    apart = np.abs(np.subtract.outer(np.arange(C), np.arange(C))).astype(float)
    wrong = np.where(apart > 0, 1 / np.maximum(apart, 1), 0.0)
    return np.asarray((1 - q) * wrong / wrong.sum(1, keepdims=True) + q * np.eye(C))


def told(claim: Bools, table: Floats) -> Floats:
    """Log likelihood n x C of claims n x C by sources with the tables n x C x C; never against what is claimed.

    >>> told(np.array([[True, False]]), np.array([[[0.2, 0.8], [0.7, 0.3]]])).round(3).tolist()
    [[-1.609, -1.609]]
    """
    log: Floats = np.log(np.maximum((table * claim[:, None, :]).sum(2), 1e-12))
    least = np.where(claim, log, np.inf).min(1, keepdims=True)
    log = np.where(claim, log, np.minimum(log, least))
    return np.where(claim.any(1, keepdims=True), log, 0.0)


def counted(heard: Heard, root: Ints, table: Floats, truth: Floats, voice: Ints) -> Floats:
    """How often each of the roots said x when s was true, R x C x C, as far as is believed (truth: n x C).

    Reports of one voice (n: which) count together as one: ten who say the same for one root were right or wrong once.
    """
    said = table * heard.claim[:, None, :]  # a claim of several conditions is shared out among them
    said /= np.maximum(said.sum(2, keepdims=True), 1e-12)
    out = np.zeros((int(root.max(initial=-1)) + 1, *table.shape[1:]))
    share = 1 / np.maximum(np.bincount(voice), 1)[voice] if len(voice) else np.ones(0)
    np.add.at(out, root[heard.source], said * (truth * share[:, None])[:, :, None])
    return out


def learnt(counts: Floats, tables: Floats, share: Floats) -> Floats:
    """Chance that each root has each habit, R x K, from R x C x C counts.

    >>> tables, share = habits(2)
    >>> int(learnt(np.array([[[9.0, 1], [9, 1]]]), tables, share)[0].argmax())  # said the first, whatever was true
    7
    """
    log = np.log(share) + np.einsum("rsx,ksx->rk", counts, np.log(tables))
    chance = np.exp(log - log.max(1, keepdims=True))
    return np.asarray(chance / chance.sum(1, keepdims=True))

"""The peers: other ways to believe, which the benchmark measures beside ours. Nothing else imports this.

crowd-kit's methods know a task, a worker and a label. A task is here an area on a day, a worker a source; they are
given all reports of all days at once, which is more than anybody has on the day. (Dawid and Skene, Applied Statistics
28, 1979; Whitehill et al., GLAD, NIPS 2009; Hovy et al., MACE, NAACL 2013; Ustalov et al., crowd-kit, JOSS 9, 2024.)
"""

from importlib import import_module
from importlib.util import find_spec
from typing import Any
from warnings import catch_warnings, simplefilter

import numpy as np

from waystation.network.conditions import stationary
from waystation.network.network import Floats
from waystation.trust.caps import capped, voices
from waystation.trust.filtering import filtered
from waystation.trust.heard import Bools, Heard
from waystation.trust.instances import CALM, LIES, TRUSTED, World

WEEK = 7


def installed() -> bool:
    """Whether crowd-kit can be imported."""
    return find_spec("crowdkit") is not None


def votes(made: World, *, days: int = 1) -> Floats:
    """Shares of the votes, A x T x C: the newest report of each source in so many days; if none, the chain alone."""
    (A, T), heard = made.truth.shape, made.heard
    newest = np.full((A, T, len(heard.root)), -1)
    for k, (a, t, s) in enumerate(zip(heard.area, heard.day, heard.source, strict=True)):
        newest[a, t : t + days, s] = k
    said = np.where(newest[..., None] >= 0, heard.claim[newest], 0)
    return _or_chain(said.sum(2), made)


def crowd(made: World, method: str) -> Floats:
    """Chances A x T x C by `DawidSkene`, `GLAD` or `MACE` with their own settings, all days at once."""
    pandas, aggregation = import_module("pandas"), import_module("crowdkit.aggregation")
    heard, (A, T) = made.heard, made.truth.shape
    rows = pandas.DataFrame({"task": heard.area * T + heard.day, "worker": heard.source,
                             "label": heard.claim.argmax(1)})
    with catch_warnings():
        simplefilter("ignore")  # of their own libraries
        told: Any = getattr(aggregation, method)().fit_predict_proba(rows)
    out = np.zeros((A * T, len(made.stated)))
    out[np.ix_(told.index.to_numpy(), told.columns.to_numpy())] = told.to_numpy()
    return _or_chain(out.reshape(A, T, -1), made)


def all_knowing(made: World) -> Floats:
    """The filter of somebody who knows who lies and how, who copies, how often each is right, and the true chains."""
    heard, voice = made.heard, _first_of_a_root(made)
    heard = heard.only(~made.copied & voice)
    table = np.array([_true_table(made, s, d) for s, d in zip(heard.source, heard.day, strict=True)])
    log = np.log(np.maximum((table * heard.claim[:, None, :]).sum(2), 1e-12))
    who = voices(heard)
    said, _ = capped(log, who, cap=np.inf, window=1)
    (A, T), C = made.truth.shape, len(made.stated)
    total = np.zeros((A, T, C))
    np.add.at(total, (who.area, who.day), said)
    return filtered(total, made.chain)


def _true_table(made: World, source: int, day: int) -> Floats:
    """How a source reports on a day, C x C."""
    lies, calm = np.array([[0, 0.75, 0.25], [0.5, 0, 0.5], [0.25, 0.75, 0]]), np.eye(3)[[CALM] * 3]
    if not made.hostile[source]:
        return np.asarray(made.right[source] * np.eye(3) + (1 - made.right[source]) * lies)
    if made.lie == "contrary":
        return LIES * lies + (1 - LIES) * np.eye(3)
    if made.lie == "sleeper" and day < made.turns[source]:
        return TRUSTED * np.eye(3) + (1 - TRUSTED) * lies
    return LIES * calm + (1 - LIES) * np.eye(3)


def _first_of_a_root(made: World) -> Bools:
    """Of what hostile sources of one true root say of an area on a day, the first: the others are its echo."""
    heard: Heard = made.heard
    key = np.stack([heard.area, heard.day, made.ruler[heard.source]])
    _, first = np.unique(key, axis=1, return_index=True)
    keep = ~made.hostile[heard.source]
    keep[first] = True
    return keep


def _or_chain(said: Floats, made: World) -> Floats:
    """Normalised; where there is nothing, the distribution that the stated chain tends to."""
    total = said.sum(-1, keepdims=True)
    return np.where(total > 0, said / np.where(total > 0, total, 1), stationary(made.stated))

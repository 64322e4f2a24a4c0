"""The forward filter of a hidden chain, and the smoother that looks back; for many areas at once.

    f_t  proportional to  (f_{t-1} P) * l_t          what is believed on day t from the reports up to day t
    g_t  proportional to  f_t * (P (l_{t+1} * h_{t+1})),     h backwards: what is believed of day t with hindsight

The chain starts from the distribution that it leaves alone. (Rabiner, Proceedings of the IEEE 77, 1989.)
"""

import numpy as np

from waystation.network.conditions import stationary
from waystation.network.network import Floats


def filtered(log: Floats, chain: Floats) -> Floats:
    """Beliefs A x T x C from log likelihoods A x T x C and a chain; rows sum to 1.

    The chain is C x C for all areas, A x C x C, or A x T x C x C: from each day to the next.

    >>> P = np.array([[0.9, 0.1], [0.3, 0.7]])
    >>> filtered(np.log([[[1.0, 1.0], [0.2, 0.8]]]), P).round(4).tolist()
    [[[0.75, 0.25], [0.4286, 0.5714]]]
    """
    P = _daily(chain, log)
    likely = _likely(log)
    out = np.empty_like(likely)
    b = stationary(P[:, 0])
    for t in range(log.shape[1]):
        if t:
            b = (b[:, None, :] @ P[:, t - 1])[:, 0, :]
        b = b * likely[:, t]
        b /= b.sum(1, keepdims=True)
        out[:, t] = b
    return out


def smoothed(log: Floats, chain: Floats) -> Floats:
    """Beliefs of each day from the reports of all days, A x T x C.

    >>> P = np.array([[0.9, 0.1], [0.3, 0.7]])
    >>> smoothed(np.log([[[1.0, 1.0], [0.2, 0.8]]]), P).round(4).tolist()
    [[[0.5571, 0.4429], [0.4286, 0.5714]]]
    """
    out = filtered(log, chain)
    likely = _likely(log)
    P = _daily(chain, log)
    later = np.ones((len(log), log.shape[2]))
    for t in range(log.shape[1] - 2, -1, -1):
        later = (P[:, t] @ (likely[:, t + 1] * later)[:, :, None])[:, :, 0]
        later /= later.max(1, keepdims=True)
        out[:, t] *= later
        out[:, t] /= out[:, t].sum(1, keepdims=True)
    return out


def _daily(chain: Floats, log: Floats) -> Floats:
    """The chain from each day to the next, A x T x C x C."""
    whole = chain if chain.ndim == 4 else chain[..., None, :, :]
    return np.broadcast_to(whole, (*log.shape[:2], *chain.shape[-2:]))


def _likely(log: Floats) -> Floats:
    """Likelihoods up to a factor of each area and day."""
    return np.asarray(np.exp(log - log.max(-1, keepdims=True)))

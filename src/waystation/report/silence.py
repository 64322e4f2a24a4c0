"""The last wall before the reader: an answer that still holds a number its state forbids is not printed at all.

The planner has already taken out what may not be shown. If one is left, that is a fault of the program, and a page that
cannot be made is better than a page that claims knowledge nobody has.
"""

import re
from collections.abc import Iterator

from waystation.planning.results import Answer, Contingency, Knowledge, Step

_CHANCE = re.compile(
    r"\d\s*%|\d+(?:\.\d+)?\s+(?:percent|per cent)\b|\b\d+ (?:of|in|out of)(?: every)? \d+\b|\bof (?:every )?100\b"
    r"|\b\d+ (?:more |fewer )?(?:parties|arrivals|points)\b", re.IGNORECASE,
)


class SaidTooMuch(ValueError):
    """An answer holds numbers that its state of knowledge forbids; names the fields, never the numbers."""


def speaks_of_chance(words: str) -> bool:
    """Whether a sentence states a chance or a number of parties.

    >>> speaks_of_chance("about 3 of 100 arrive"), speaks_of_chance("With 450 USD: wait until 4 May.")
    (True, False)
    """
    return bool(_CHANCE.search(words))


def forbidden(answer: Answer) -> tuple[str, ...]:
    """Names of the fields that hold a number the state of knowledge forbids.

    The interval may stand under `PRIOR_ONLY`, where it was asked for; prices, durations and days are facts of the route
    book and may always stand.
    """
    if answer.assessment.state in (Knowledge.THIN, Knowledge.MEASURED):
        return ()
    return (*_assessed(answer), *_planned(answer), *_explained(answer), *_worded(answer))


def checked(answer: Answer) -> Answer:
    """The answer itself. Raises `SaidTooMuch` if it holds a number that its state forbids."""
    if faults := forbidden(answer):
        raise SaidTooMuch(f"the state is {answer.assessment.state}, which forbids: {', '.join(faults)}")
    return answer


def _assessed(answer: Answer) -> Iterator[str]:
    told = answer.assessment
    spoken = {"mean": told.mean, "pessimistic": told.pessimistic, "own_share": told.own_share,
              "pooled_share": told.pooled_share, "prior_share": told.prior_share, "n": told.n, "ends": told.ends,
              "sd_adjoint": told.sd_adjoint}
    if told.state is Knowledge.UNKNOWN:
        spoken |= {"low": told.low, "high": told.high}
    yield from (f"assessment.{name}" for name, value in spoken.items() if value is not None)
    yield from (f"assessment.sensitivity[{k}]" for k, row in enumerate(told.sensitivity) if row.mean is not None)
    yield from (f"assessment.priors[{k}].share" for k, row in enumerate(told.priors) if row.share is not None)


def _planned(answer: Answer) -> Iterator[str]:
    def quiet(rows: tuple[Step | Contingency, ...], where: str) -> Iterator[str]:
        for k, row in enumerate(rows):
            if row.share is not None or (isinstance(row, Step) and row.loss is not None):
                yield f"{where}[{k}]"

    yield from quiet(answer.tree.main, "tree.main")
    yield from quiet(answer.tree.contingencies, "tree.contingencies")
    for k, branch in enumerate(answer.tree.contingencies):
        yield from quiet(branch.steps, f"tree.contingencies[{k}].steps")
    if answer.tree.coverage is not None:
        yield "tree.coverage"


def _explained(answer: Answer) -> Iterator[str]:
    rows: dict[str, list[tuple[float | None, ...]]] = {
        "dangers": [(d.loss, d.share, d.intercepted, d.harmed, d.missing, d.prior_share) for d in answer.dangers],
        "weighings": [(w.safe, w.lost, w.stopped) for w in answer.weighings],
        "choices": [(c.value, c.safe, c.lost, c.worst_chance) for c in answer.choices],
        "worth": [(w.changes_decision, w.shrinks_sd) for w in answer.worth],
    }
    for name, values in rows.items():
        yield from (f"{name}[{k}]" for k, told in enumerate(values) if any(value is not None for value in told))
    single = {"after_first_crossing": answer.after_first_crossing, "low_money": answer.low_money,
              "high_money": answer.high_money}
    yield from (name for name, value in single.items() if value is not None)
    if answer.curves:
        yield "curves"


def _worded(answer: Answer) -> Iterator[str]:
    told = answer.assessment
    sentences = {
        "first": (answer.first,), "reasons": told.reasons, "changes": tuple(row.sentence for row in answer.changes),
        "worth": tuple(row.sentence for row in answer.worth), "warnings": answer.warnings, "learnt": answer.learnt,
        "weighings.first": tuple(row.first for row in answer.weighings),
        "choices.action": tuple(row.action for row in answer.choices),
        "choices.worst": tuple(row.worst for row in answer.choices),
        "contingencies.when": tuple(branch.when for branch in answer.tree.contingencies),
    }
    for name, words in sentences.items():
        yield from (f"{name}[{k}] (a sentence)" for k, sentence in enumerate(words) if speaks_of_chance(sentence))

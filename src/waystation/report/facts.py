"""An answer as JSON-ready values: what a script may read, withheld exactly as the page is.

The file says `"waystation_answer": 1` and `"kind": "advice"`; it never calls itself a decision. `null` stands for a
number that may not be shown. Probabilities are 0 to 1, rounded to 9 places; money is `"3000 USD"`; days are ISO 8601.

| key | holds |
|---|---|
| `waystation_answer`, `kind`, `note` | the form's version, `advice` or `refusal`, who decides |
| `title`, `fictional`, `now`, `party`, `terms` | what was asked, of which book, as of when |
| `state`, `reasons`, `answer` | how much is known and why; the answer in words |
| `first` | the one thing to do now, in words |
| `p_safe` | `mean`, `low`, `high`, `pessimistic`; or null |
| `ends` | how journeys end: `safe`, `intercepted`, `harmed`, `missing`, `stopped`, `late`; or null |
| `rests_on` | shares of the danger shown (`own`, `pooled`, `prior`), `n`, `newest_age_d`, `priors`, `sensitivity` |
| `steps`, `contingencies`, `coverage`, `otherwise` | the plan, and what to do if things change |
| `dangers`, `after_first_crossing` | where the danger is, largest first |
| `curves`, `money_rounding` | P(arrive) by deadline and money; the bounds that rounding of money leaves |
| `choices`, `weighings`, `changes`, `worth` | options, weighings, what would change the advice, what to find out |
| `vetoes`, `warnings`, `learnt` | what was taken out and why, warnings, what changed since |
| `made` | `version`, `backend`, `seed`, `draws`, `inputs_digest` |
"""

from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from waystation.planning.results import Answer, Assessment, Curve, Knowledge, Refused
from waystation.report.phrases import ADVICE, headline
from waystation.report.silence import checked
from waystation.units import Money

FORM = 1
PLACES_OF_DECIMALS = 9


def facts(answer: Answer) -> dict[str, Any]:
    """The answer as values for `json.dumps`. Raises `SaidTooMuch` if it holds a number that its state forbids."""
    checked(answer)
    told = answer.assessment
    return {
        "waystation_answer": FORM, "kind": "advice", "note": ADVICE, "title": answer.title,
        "fictional": answer.fictional, "now": answer.now, "party": plain(answer.party), "terms": plain(answer.terms),
        "state": told.state.value, "reasons": list(told.reasons), "answer": headline(answer), "first": answer.first,
        "p_safe": _p_safe(told), "ends": plain(told.ends), "rests_on": _rests_on(told),
        "steps": [_step(row, told) for row in answer.tree.main],
        "contingencies": [plain(row) | {"steps": [_step(step, told) for step in row.steps]}
                          for row in answer.tree.contingencies],
        "coverage": plain(answer.tree.coverage), "otherwise": answer.tree.otherwise,
        "dangers": plain(answer.dangers), "after_first_crossing": plain(answer.after_first_crossing),
        "curves": [_curve(curve) for curve in answer.curves],
        "money_rounding": {"low": plain(answer.low_money), "high": plain(answer.high_money)},
        "choices": [_choice(row, told) for row in answer.choices],
        "weighings": plain(answer.weighings), "changes": plain(answer.changes),
        "worth": plain(answer.worth), "vetoes": plain(answer.vetoes), "warnings": list(answer.warnings),
        "learnt": list(answer.learnt),
        "made": {"version": answer.version, "backend": answer.backend, "seed": answer.seed, "draws": answer.draws,
                 "inputs_digest": answer.inputs_digest},
    }


def refusal_facts(refused: Refused) -> dict[str, Any]:
    """A refusal as values for `json.dumps`: no plan, and why.

    >>> refusal_facts(Refused(("A child has no guardian record.",)))["kind"]
    'refusal'
    """
    return {"waystation_answer": FORM, "kind": "refusal", "note": ADVICE, "reasons": list(refused.reasons)}


def plain(value: object) -> Any:
    """Rows as dictionaries, days and money as text, probabilities rounded; nothing is left out.

    >>> from decimal import Decimal
    >>> plain(Money(Decimal("3000"), "USD")), plain(date(2030, 5, 2)), plain(1 / 3)
    ('3000 USD', '2030-05-02', 0.333333333)
    """
    if isinstance(value, Money):
        return f"{value.amount:f} {value.currency}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return round(value, PLACES_OF_DECIMALS)
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    return value


def _p_safe(told: Assessment) -> dict[str, Any] | None:
    if told.low is None or told.high is None:
        return None
    return {"mean": plain(told.mean), "low": plain(told.low), "high": plain(told.high),
            "pessimistic": plain(told.pessimistic)}


def _rests_on(told: Assessment) -> dict[str, Any]:
    return {"own": plain(told.own_share), "pooled": plain(told.pooled_share), "prior": plain(told.prior_share),
            "n": told.n, "newest_age_d": told.newest_age_d if told.state is not Knowledge.UNKNOWN else None,
            "priors": plain(told.priors), "sensitivity": plain(told.sensitivity)}


def _step(step: object, told: Assessment) -> dict[str, Any]:
    """A step; when nothing is known its days are left out, for they were computed from what is not known."""
    row: dict[str, Any] = plain(step)
    return row | {"earliest": None, "latest": None} if told.state is Knowledge.UNKNOWN else row


def _choice(choice: object, told: Assessment) -> dict[str, Any]:
    row: dict[str, Any] = plain(choice)
    return row | {"days": None, "money": None} if told.state is Knowledge.UNKNOWN else row


def _curve(curve: Curve) -> dict[str, Any]:
    return {"deadline": curve.deadline.isoformat(),
            "points": [{"money": plain(p.money), "mean": plain(p.mean), "low": plain(p.low), "high": plain(p.high),
                        "computed": p.computed}
                       for p in curve.points]}

"""What changed since an earlier state of the route book, and why: the circle, told in sentences.

Two plans for the same question are laid side by side: outcomes and reports that came in, dangers that moved, what is
done first. Sentences carry numbers only if the new plan's state of knowledge lets it speak.
"""

from dataclasses import replace

from waystation.hazards.strata import Leaf
from waystation.network.rows import Ended, Outcome
from waystation.planning.explain import action_words, first_action
from waystation.planning.information import leaf_words
from waystation.planning.knowledge import loss_by_leaf
from waystation.planning.plan import Plan
from waystation.planning.results import Refused
from waystation.units import of_100

SHOWN = 5


def learnt(before: Plan | Refused, after: Plan, *, speaks: bool) -> tuple[str, ...]:
    """Sentences on what changed from `before` to `after`; without numbers unless `speaks`."""
    if isinstance(before, Refused):
        return ("Before, there was no plan: " + " ".join(before.reasons),)
    said = [*_came_in(before, after), *_dangers_moved(before, after, speaks), *_first_changed(before, after)]
    return tuple(said) or ("Nothing changed since.",)


def _came_in(before: Plan, after: Plan) -> list[str]:
    old, new = before.setting.net.book, after.setting.net.book
    said = []
    fresh = _added(old.outcomes, new.outcomes)
    for leg in sorted({outcome.leg for outcome in fresh}):
        ended = [outcome.ended for outcome in fresh if outcome.leg == leg]
        counts = ", ".join(f"{ended.count(kind)} {kind.value.replace('_', ' ')}" for kind in Ended if kind in ended)
        said.append(f"New outcomes on {leg}: {counts}.")
    reports = len(set(new.reports) - set(old.reports))
    if reports:
        said.append(f"New reports: {reports}.")
    return said


def _added(old: tuple[Outcome, ...], new: tuple[Outcome, ...]) -> list[Outcome]:
    """Rows of `new` that `old` has not; a row that stands twice counts twice."""
    left = list(old)
    fresh = []
    for outcome in new:
        if outcome in left:
            left.remove(outcome)
        else:
            fresh.append(outcome)
    return fresh


def _dangers_moved(before: Plan, after: Plan, speaks: bool) -> list[str]:
    """Dangers met by either plan that moved by a party in a hundred, those first that matter to most parties.

    Both plans count: a danger that rose so much that the new plan avoids it is the very reason for the change. A leg
    that had no danger of its own before is compared with that of its area.
    """
    old = {leaf: n for n, leaf in enumerate(before.posterior.leaves)}
    met_before, met_after = loss_by_leaf(before), loss_by_leaf(after)
    moved = []
    for new, leaf in enumerate(after.posterior.leaves):
        known = old.get(leaf, old.get(replace(leaf, leg="")))
        if known is None:
            continue
        was, now = float(before.posterior.lost[known]), float(after.posterior.lost[new])
        parties = max(float(met_before[known]) / was, float(met_after[new]) / now)
        if parties > 0 and of_100(was) != of_100(now):
            moved.append((-parties * abs(now - was), new, was, now))
    return [_moved(after.posterior.leaves[new], was, now, speaks) for _, new, was, now in sorted(moved)[:SHOWN]]


def _moved(leaf: Leaf, was: float, now: float, speaks: bool) -> str:
    numbers = f" from about {of_100(was)} to about {of_100(now)} of 100 parties" if speaks else ""
    return f"The danger of {leaf_words(leaf)} {'rose' if now > was else 'fell'}{numbers}."


def _first_changed(before: Plan, after: Plan) -> list[str]:
    was, now = (action_words(made, first_action(made)) for made in (before, after))
    if was != now:
        return [f"What to do first changed: before, {was}; now, {now}."]
    return [f"What to do first stays: {now}."]

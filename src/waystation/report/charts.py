"""What money and time buy, and how many of a hundred arrive.

Three rules. Kinds differ by dash, hatch or shape, never by hue alone. Labels stand at what they name; there is no
legend. What is not known is hatched, and nothing is ever green. Axes of chance start at 0 and end at 100.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from waystation.planning.results import Answer, Assessment, Curve, Point
from waystation.report.amounts import about, between, day
from waystation.report.drawing import NARROW, WIDE, image, rect, rule, spread, text
from waystation.report.phrases import WIDE as TOO_WIDE
from waystation.report.phrases import arrive
from waystation.units import of_100

DASHES = ("9 4", "2 4", "14 4 2 4", "5 3", "18 5", "1 5", "10 3 2 3 2 3")  # one a deadline; the party's own is solid
LABEL_GAP = 17.0  # pixels from one label to the next
HEIGHT = 330.0


@dataclass(frozen=True, slots=True)
class Frame:
    """Where money and chance fall on the chart, in pixels."""

    left: float
    right: float
    top: float
    bottom: float
    most: float  # money at the right edge

    def x(self, amount: float) -> float:
        """Column of an amount."""
        return self.left + (self.right - self.left) * amount / self.most

    def y(self, chance: float) -> float:
        """Row of a chance 0..1."""
        return self.bottom - (self.bottom - self.top) * chance


def money_chart(answer: Answer) -> str:
    """P(arrive) against money, one line a deadline with its 90 % band, in both widths; empty without curves."""
    curves = [curve for curve in answer.curves if curve.points]
    if not curves:
        return ""
    name = f"Parties of 100 that arrive, against money, for {len(curves)} deadlines. {money_sentence(answer)}"
    return "".join(image(width, HEIGHT, name, _money_body(answer, curves, width), kind=kind)
                   for width, kind in ((WIDE, "wide"), (NARROW, "narrow")))


def _money_body(answer: Answer, curves: Sequence[Curve], width: int) -> list[str]:
    wide = width == WIDE
    most = max(float(point.money.amount) for curve in curves for point in curve.points) or 1.0
    frame = Frame(40.0, width - (118.0 if wide else 84.0), 46.0, HEIGHT - 44.0, most)
    own = answer.terms.deadline
    body = _axes(frame, curves[0].points[0].money.currency, 6 if wide else 4)
    body += [f'<path class="band{" own" if curve.deadline == own else ""}" d="{_band(frame, curve.points)}"/>'
             for curve in curves]
    dash = iter(DASHES * 2)
    for curve in sorted(curves, key=lambda curve: curve.deadline == own):  # the party's own is drawn last, on top
        pattern = "" if curve.deadline == own else f' stroke-dasharray="{next(dash)}"'
        kind = "curve own" if curve.deadline == own else "curve"
        line = [(frame.x(float(point.money.amount)), frame.y(point.mean)) for point in curve.points]
        dots = [at for at, point in zip(line, curve.points, strict=True) if point.computed]
        body.append(f'<path class="{kind}"{pattern} d="{_stairs(line)}"/>')
        body += [f'<circle class="{kind} dot" cx="{x:.1f}" cy="{y:.1f}" r="{2.6 if curve.deadline == own else 1.6}"/>'
                 for x, y in dots]
    body += _budget(frame, answer)
    ends = [frame.y(curve.points[-1].mean) for curve in curves]
    for curve, end, at in zip(curves, ends, spread([e + 4 for e in ends], LABEL_GAP, frame.top, frame.bottom),
                              strict=True):
        mine = curve.deadline == own
        body.append(rule(frame.right + 1, end, frame.right + 9, at - 4, "leader"))
        body.append(text(frame.right + 12, at, f"by {day(curve.deadline)}" if wide else day(curve.deadline),
                         kind="label own" if mine else "label"))
    return body


def _axes(frame: Frame, currency: str, most_ticks: int) -> list[str]:
    body = [text(0, 14, "arrive, of 100 parties like this", kind="axis")]
    for chance in (0.0, 0.25, 0.5, 0.75, 1.0):
        body.append(rule(frame.left, frame.y(chance), frame.right, frame.y(chance), "grid" if chance else "axis-line"))
        body.append(text(frame.left - 8, frame.y(chance) + 4, str(round(100 * chance)), kind="tick", anchor="end"))
    step = _round_step(frame.most / most_ticks)
    for k in range(int(frame.most / step) + 1):
        body.append(rule(frame.x(k * step), frame.bottom, frame.x(k * step), frame.bottom + 5, "axis-line"))
        body.append(text(frame.x(k * step), frame.bottom + 20, f"{k * step:,.0f}", kind="tick", anchor="middle"))
    return [*body, text(frame.right, frame.bottom + 38, f"money at the start, {currency}", kind="axis", anchor="end")]


def _round_step(least: float) -> float:
    """The smallest of 1, 2, 5, 10, 20, ... that is at least this."""
    size = 1.0
    while True:
        for part in (1.0, 2.0, 5.0):
            if part * size >= least:
                return part * size
        size *= 10


def _stairs(points: Sequence[tuple[float, float]]) -> str:
    """A line that rises only at its points: more money never buys less, so between two of them it promises too little.

    A straight line from point to point would promise a chance to sums that buy nothing.
    """
    (x, y), *rest = points
    return f"M{x:.1f} {y:.1f}" + "".join(f"H{x:.1f}V{y:.1f}" for x, y in rest)


def _band(frame: Frame, points: Sequence[Point]) -> str:
    upper = [(frame.x(float(point.money.amount)), frame.y(point.high)) for point in points]
    lower = [(frame.x(float(point.money.amount)), frame.y(point.low)) for point in points]
    back = "".join(f"V{y:.1f}H{x:.1f}" for x, y in reversed(lower[:-1]))  # down to the step below, then along it
    return f"{_stairs(upper)}V{lower[-1][1]:.1f}{back}Z"


def _budget(frame: Frame, answer: Answer) -> list[str]:
    """The party's own money as an upright line, if it is in the chart's currency and range."""
    budget = answer.terms.budget
    amount = float(budget.amount)
    if budget.currency != answer.curves[0].points[0].money.currency or amount > frame.most:
        return []
    x = frame.x(amount)
    anchor = "end" if x > (frame.left + frame.right) / 2 else "start"
    return [rule(x, frame.top - 8, x, frame.bottom, "budget"),
            text(x + (-6 if anchor == "end" else 6), frame.top - 2, f"this party has {budget}", kind="label own",
                 anchor=anchor)]


def at_budget(curve: Curve, answer: Answer) -> Point:
    """The last point of a curve that the party's money reaches; the last of all if it is in another currency.

    Money buys never less with more of it: where the curve has no point at that very sum, this one is a lower bound.
    """
    budget = answer.terms.budget
    if curve.points[0].money.currency != budget.currency:
        return curve.points[-1]
    reached = [point for point in curve.points if point.money.amount <= budget.amount]
    return reached[-1] if reached else curve.points[0]


def chance_words(point: Point) -> str:
    """A point by the print rule: "about 86 (between 74 and 94)", the range alone if it is wider than 20.

    >>> from waystation.units import Money
    >>> one = Money.parse("1 USD")
    >>> chance_words(Point(one, 0.86, 0.74, 0.935)), chance_words(Point(one, 0.6, 0.4, 0.7))
    ('about 86 (between 74 and 94)', 'between 40 and 70')
    """
    span = between(point.low, point.high)
    if point.high - point.low > TOO_WIDE:
        return span
    middle = about(point.mean)
    return middle if middle in (span, "none") else f"{middle} ({span})"


def told_at_budget(curve: Curve, answer: Answer) -> str:
    """A curve at the party's money; names the sum it was computed for where that is another one."""
    point = at_budget(curve, answer)
    other = "" if point.money == answer.terms.budget else f", with {point.money}"
    return f"{chance_words(point)}{other}"


def money_sentence(answer: Answer) -> str:
    """What the chart says at the party's own money, in words; empty without curves."""
    told = [f"{told_at_budget(curve, answer)} by {day(curve.deadline)}" for curve in answer.curves if curve.points]
    return f"With {answer.terms.budget}, of 100 parties like this arrive: {'; '.join(told)}." if told else ""


def own_deadline(answer: Answer) -> str:
    """What money buys by the party's own deadline, and time with its own money, in two sentences at most."""
    curves = [curve for curve in answer.curves if curve.points]
    own = next((curve for curve in curves if curve.deadline == answer.terms.deadline), None)
    if own is None:
        return money_sentence(answer)
    here, most, last = at_budget(own, answer), own.points[-1], curves[-1]
    said = f"By {day(own.deadline)}, of 100 parties like this {chance_words(here)} arrive with {here.money}"
    said += f", and {chance_words(most)} with {most.money}." if most != here else "."
    if last.deadline > own.deadline:
        then = at_budget(last, answer)
        said += f" By {day(last.deadline)} and with {then.money}, {chance_words(then)} arrive."
    return said


def hundred(told: Assessment) -> str:
    """A hundred parties as dots: filled if they arrive at the low end, hatched if they may; empty without numbers."""
    if told.mean is None or told.low is None or told.high is None:
        return ""
    low, high = of_100(told.low), of_100(told.high)
    body = []
    for k in range(100):
        kind = "arrives" if k < low else "may" if k < high else "not"
        x, y = 9 + 16 * (k % 20), 9 + 16 * (k // 20)
        radius = {"arrives": 6.0, "may": 5.4, "not": 2.2}[kind]
        body.append(f'<circle cx="{x}" cy="{y}" r="{radius}" class="{kind}"/>')
    return image(322, 82, arrive(told), body, kind="hundred")


def money_rows(answer: Answer) -> list[tuple[str, str, str]]:
    """The chart as a table: deadline, at the party's money, at the most money shown."""
    return [(day(curve.deadline, year=True), told_at_budget(curve, answer), chance_words(curve.points[-1]))
            for curve in answer.curves if curve.points]


def span_bar(start: float, end: float) -> str:
    """A stretch of the time between departure and deadline (0..1 each), as a bar as wide as its cell."""
    left, width = 100 * max(0.0, min(start, 1.0)), 100 * max(0.012, min(end, 1.0) - max(0.0, start))
    return ('<svg class="span" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
            f'{rect(0, 3.5, 100, 1, "span-rule")}{rect(min(left, 98.8), 1, width, 6, "span-bar")}</svg>')

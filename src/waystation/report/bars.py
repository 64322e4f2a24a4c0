"""Where the danger is, and what the answer rests on, as bars.

Kinds of loss and of knowledge differ by filling (solid, crossed, dotted, hatched), and each filling stands beside its
word in the row itself.
"""

from waystation.planning.results import Answer, Assessment, Danger
from waystation.report.amounts import about, parties
from waystation.report.drawing import NARROW, image, rect, text
from waystation.report.phrases import LOST, danger_place

ROW, MOST_ROWS = 62.0, 8
COLUMN = 440  # pixels: the column beside the plan
JUDGED_WIDTH = 146.0  # pixels of the note at a row's end
MOSTLY = 0.5  # above this share of judgement a row says so


def danger_chart(answer: Answer) -> str:
    """Bars of "of 100 parties, so many are captured, harmed or missing here", in both widths; empty without numbers."""
    rows = [(row, row.loss) for row in answer.dangers[:MOST_ROWS] if row.loss is not None]
    if not rows:
        return ""
    most = max(loss for _, loss in rows) or 1.0
    name = f"Of 100 parties like this, so many are {LOST} here: " + "; ".join(
        f"{danger_place(row)}: {parties(loss)}" for row, loss in rows)
    return "".join(
        image(width, ROW * len(rows) + 2, name,
              [mark for k, (row, loss) in enumerate(rows) for mark in _danger_row(row, loss, most, ROW * k, width)],
              kind=f"danger {kind}")
        for width, kind in ((COLUMN, "wide"), (NARROW, "narrow")))


def _danger_row(row: Danger, loss: float, most: float, top: float, width: int) -> list[str]:
    body = [text(0, top + 14, danger_place(row), kind="label"),
            text(width, top + 14, about(loss) if width == NARROW else f"{about(loss)} of 100", kind="label own",
                 anchor="end"),
            rect(0, top + 21, width, 12, "bar-ground")]
    at = 0.0
    told = ((row.intercepted, "captured"), (row.harmed, "harmed"), (row.missing, "missing"))
    known = [(part, word) for part, word in told if part]
    for part, word in known or [(loss, "captured")]:
        length = width * part / most
        body.append(rect(at, top + 21, max(length, 1.0), 12, f"bar {word}"))
        at += length
    x = 0.0
    for part, word in known:
        words = f"{word} {parties(part)}".replace("fewer than", "under")
        body += [rect(x, top + 39, 9, 9, f"bar {word}"), text(x + 13, top + 48, words, kind="small")]
        x += 26 + 6.4 * len(words)
    if row.prior_share is not None and row.prior_share > MOSTLY and x + JUDGED_WIDTH < width:
        body.append(text(width, top + 48, "mostly expert judgement", kind="small", anchor="end"))
    return body


def knowledge_chart(told: Assessment) -> str:
    """A bar of what the danger shown rests on: own record, similar legs, expert judgement; empty without numbers."""
    if told.own_share is None or told.pooled_share is None or told.prior_share is None:
        return ""
    rows = ((told.own_share, "own", "what happened on these legs"),
            (told.pooled_share, "pooled", "what happened on similar legs"),
            (told.prior_share, "expert", "expert judgement"))
    shares = "; ".join(f"{parties(share)} rest on {words}" for share, _, words in rows)
    name = f"Of every 100 parts of the danger shown: {shares}"
    body, at = [rect(0, 0, NARROW, 20, "bar-ground")], 0.0
    for k, (share, kind, words) in enumerate(rows):
        body.append(rect(at, 0, NARROW * share, 20, f"bar {kind}"))
        at += NARROW * share
        y = 44.0 + 21 * k
        body += [rect(0, y - 10, 11, 11, f"bar {kind}"), text(18, y, words, kind="label"),
                 text(NARROW, y, parties(share), kind="label own", anchor="end")]
    return image(NARROW, 92, name, body, kind="knowledge")

"""The parts of the page under the map: the plan first, then why, then what it rests on."""

from html import escape

from waystation.planning.results import Answer, Contingency, Knowledge, Step
from waystation.report import gathering
from waystation.report.amounts import about, counted, day, days_between, money, parties
from waystation.report.bars import MOST_ROWS, danger_chart, knowledge_chart
from waystation.report.charts import hundred, money_chart, money_rows, own_deadline, span_bar
from waystation.report.markup import listing, para, section, table
from waystation.report.phrases import (
    ADVICE,
    DO_NOT_KNOW,
    EXPERT_ONLY,
    LIMITS,
    LOST,
    WIDE,
    WORST,
    act_now,
    arrive,
    attribution,
    basis,
    coverage,
    danger_place,
    deed,
    destination,
    detail,
    ends,
    headline,
    known_from,
    lasts,
    onward,
    rounding,
)

AT_THE_MEAN = "Counted at the mean dangers, to compare one with another. How many arrive is said at the top."


def quiet(answer: Answer) -> bool:
    """Whether the state of knowledge forbids numbers."""
    return answer.assessment.state in (Knowledge.UNKNOWN, Knowledge.PRIOR_ONLY)


def wide(answer: Answer) -> bool:
    """Whether the interval is too wide for a middle to be shown."""
    told = answer.assessment
    return told.low is None or told.high is None or told.high - told.low > WIDE


def verdict(answer: Answer) -> str:
    """The answer itself, as large as it deserves."""
    told = answer.assessment
    if told.state is Knowledge.UNKNOWN:
        lead = para(headline(answer), "lead unknown")
    elif told.state is Knowledge.PRIOR_ONLY:
        span = arrive(told)
        lead = para(DO_NOT_KNOW, "lead unknown") + para(EXPERT_ONLY if span else f"{EXPERT_ONLY[:-1]}.", "known")
        lead += para(span, "known")
    else:
        key = ('<p class="key"><span class="k1"></span> arrive at the low end of the range '
               '<span class="k2"></span> may arrive <span class="k3"></span> do not</p>')
        lead = para(arrive(told), "lead") + hundred(told) + key + para(known_from(told), "known")
    help_most = listing([row.sentence for row in answer.worth[:1]]) if quiet(answer) else ""
    asked = f"<h3>The report that would help most</h3>{help_most}" if help_most else ""
    return section("How many arrive", lead, listing(told.reasons, "reasons"), asked, kind="verdict", ident="answer")


def now(answer: Answer) -> str:
    """The one thing to do now."""
    return section("What to do now", para(act_now(answer), "first"), para(ADVICE, "advice"), kind="now")


def steps(answer: Answer) -> str:
    """The most likely branch, one step after the other."""
    title = "The way the plan would take" if quiet(answer) else "The steps"
    said = "".join(_step(answer, step) for step in answer.tree.main)
    none = "" if said else "There is no step: the advice is to stay."
    first, last = day(answer.terms.depart_from), day(answer.terms.deadline)
    scale = f'<p class="scale-note" aria-hidden="true"><span>{first}</span><span>{last}</span></p>'
    listed = f'{"" if quiet(answer) else scale}<ol class="steps">{said}</ol>' if said else ""
    return section(title, listed, para(none), para(coverage(answer), "note"))


def _step(answer: Answer, step: Step) -> str:
    terms, known = answer.terms, answer.assessment.state is not Knowledge.UNKNOWN
    facts = []
    if known:
        facts.append(f"<b>{escape(days_between(step.earliest, step.latest))}</b>")
        facts += [escape(lasts(step))] if step.hours else []
        facts += [escape(money(step.cost))] if step.cost else []
    if step.loss:
        facts.append(f"{escape(parties(step.loss))} of 100 do not come through")
    whole = max((terms.deadline - terms.depart_from).days, 1)
    bar = span_bar((step.earliest - terms.depart_from).days / whole, (step.latest - terms.depart_from).days / whole)
    more = f' <span class="detail">{escape(said)}</span>' if (said := detail(step)) else ""
    meta = '<span class="dot"></span>'.join(f'<span class="fact">{fact}</span>' for fact in facts)
    return (f'<li><p class="deed">{escape(deed(step))}{more}</p>{"" if quiet(answer) else bar}'
            f'<p class="meta">{meta}</p></li>')


def contingencies(answer: Answer) -> str:
    """What to do if things change, by the letters on the map."""
    said = "".join(_contingency(answer, branch) for branch in answer.tree.contingencies)
    return section("If things change", f'<ul class="branches">{said}</ul>' if said else "",
                   para(answer.tree.otherwise, "otherwise"))


def _contingency(answer: Answer, branch: Contingency) -> str:
    rare = "" if branch.share is None else f"{parties(branch.share)} of 100 journeys"
    share = f'<span class="share">{escape(rare)}</span>' if rare else ""
    body = "".join(_step(answer, step) for step in branch.steps)
    fork = f'<b class="letter"><i>{escape(branch.letter)}</i></b>'
    return (f'<li><p class="fork">{fork} <span>At {escape(branch.place)}, {escape(branch.when)}</span>{share}</p>'
            f'<ol class="steps">{body}</ol>{para(onward(answer, branch), "note")}</li>')


def money_and_time(answer: Answer) -> str:
    """What more money or another deadline buys."""
    rows = money_rows(answer)
    most = f"with {answer.curves[0].points[-1].money}" if rows else ""
    twin = table("Of 100 parties like this, so many arrive", ("deadline", f"with {answer.terms.budget}", most), rows)
    dots = "Computed at the dots; between two of them the line rises with the solved value of each sum."
    return section("What money and time buy", money_chart(answer), para(own_deadline(answer)),
                   para(dots if rows else "", "note"), twin,
                   para(rounding(answer), "note"))


def dangers(answer: Answer) -> str:
    """Where parties are captured, harmed or go missing."""
    share = answer.after_first_crossing
    beyond = "" if share is None else f"Of every 100 parts of this danger, {about(share)} lie beyond the first border."
    chart = danger_chart(answer)
    intro = f"Of 100 parties like this, so many are {LOST} here:" if chart else (
        "In this order, as far as it can be judged, the most dangerous first:" if answer.dangers else "")
    rest = "" if chart else listing((danger_place(row) for row in answer.dangers[:MOST_ROWS]), ordered=True)
    more = len(answer.dangers) - MOST_ROWS
    less = f"And {counted(more, 'more leg or stop', 'more legs and stops')} with less danger each." if more > 0 else ""
    return section("Where the danger is", para(intro), chart, rest, para(less, "note"), para(beyond),
                   para(attribution(answer.assessment) if beyond else "", "note"))


def grounds(answer: Answer) -> str:
    """What the answer rests on, and whose judgement."""
    told = answer.assessment
    shares = knowledge_chart(told)
    silent = "" if told.pessimistic is None else (
        f"If every party not heard of was {LOST}, {about(told.pessimistic)} of 100 arrive.")
    asked = listing(f"{_capital(row.label)}: {about(row.mean)} of 100 arrive." for row in told.sensitivity
                    if row.mean is not None)
    return section("What this rests on", shares, para(basis(told)), para(silent),
                   para(ends(told) if not wide(answer) else ""),
                   f"<h3>If the experts are believed otherwise</h3>{asked}" if asked else "", judgements(answer))


def judgements(answer: Answer) -> str:
    """Expert statements with author, date and basis."""
    rows = []
    for said in gathering.judgements(answer.assessment):
        covers = "; ".join(matter if share is None else f"{matter} ({about(share)} of 100 parts of the danger)"
                           for matter, share in said.covers)
        when, basis_ = day(said.stated, year=True), _sentence(said.basis)
        rows.append(f"<li><b>{escape(said.author)}</b>, {escape(when)}. {escape(basis_)}"
                    f'<br><span class="note">On {escape(covers)}</span></li>')
    return f'<h3>Whose judgement</h3><ul class="judgements">{"".join(rows)}</ul>' if rows else ""


def choices(answer: Answer) -> str:
    """The best options at the start, side by side."""
    rows, mute = answer.choices, quiet(answer)
    heads = ["option", *([] if wide(answer) else ["arrive, of 100"]), *([] if mute else [f"{LOST}, of 100"]),
             *([] if mute else ["days", "money spent"]), "the worst that may come"]
    body = []
    for row in rows:
        worst = WORST.get(row.worst, row.worst) + (f" ({parties(row.worst_chance)} of 100)" if row.worst_chance else "")
        cells = [_capital(row.action) + (" \u2013 the advice" if row.chosen else "")]
        cells += [] if wide(answer) else [_or_dash(row.safe)]
        cells += [] if mute else [_or_dash(row.lost), "\u2013" if row.days is None else f"{row.days:.0f}",
                                  "\u2013" if row.money is None else money(row.money)]
        body.append([*cells, worst or "\u2013"])
    chosen = next((k for k, row in enumerate(rows) if row.chosen), None)
    made = table("What can be done at the start", heads, body, marked=chosen)
    return section("The options here", made, "" if quiet(answer) else para(AT_THE_MEAN, "note"))


def weighings(answer: Answer) -> str:
    """How the advice turns with the weight given to not coming through."""
    heads = [f"being {LOST} counts", *([] if wide(answer) else ["arrive, of 100"]),
             *([] if quiet(answer) else [f"{LOST}, of 100", "stop and ask for help, of 100"]), "then the first act is"]
    body = []
    for row in answer.weighings:
        cells = [f"{row.penalty:g} times an arrival" + (" \u2013 as asked" if row.recommended else "")]
        cells += [] if wide(answer) else [_or_dash(row.safe)]
        cells += [] if quiet(answer) else [_or_dash(row.lost), _or_dash(row.stopped)]
        body.append([*cells, row.first])
    marked = next((k for k, row in enumerate(answer.weighings) if row.recommended), None)
    made = table("The plan that follows from each weighing", heads, body, marked=marked)
    return section("How the weighing turns the advice", made, "" if quiet(answer) else para(AT_THE_MEAN, "note"))


def findings(answer: Answer) -> str:
    """What to find out first, and what would change the advice."""
    worth = answer.worth[1:] if quiet(answer) else answer.worth
    return (section("What to find out first", listing((row.sentence for row in worth), ordered=True))
            + section("What would change this advice", listing(row.sentence for row in answer.changes))
            + section("What changed since", listing(answer.learnt)))


def taken_out(answer: Answer) -> str:
    """Legs that were not planned with, and warnings."""
    rows = [(_capital(reason), legs) for reason, legs in gathering.taken_out(answer)]
    return (section("Taken out before planning", table("Legs this party cannot use", ("why", "leg"), rows))
            + section("Warnings", listing(gathering.warnings(answer), "warnings")))


def limits() -> str:
    """What no plan of this kind can know, and the form for the person who decides."""
    blanks = ("Decision: go, wait, reroute or no", "Why, in own words", "What would change my mind",
              "What the party was told, and said", "First name, day and time", "Second name, day and time")
    lines = "".join(f"<li><span>{escape(words)}</span></li>" for words in blanks)
    note = para("To be written by the persons who decide. Nothing is chosen here.")
    return (section("Limits of this advice", listing(LIMITS))
            + section("Record of the decision", note, f'<ul class="blanks">{lines}</ul>', kind="record"))


def heading(answer: Answer) -> tuple[str, str]:
    """Start and destination, as the page's title."""
    return answer.terms.start, destination(answer)


def _or_dash(chance: float | None) -> str:
    return "\u2013" if chance is None else parties(chance)


def _sentence(words: str) -> str:
    return _capital(words) + ("" if words.endswith((".", "!", "?")) else ".")


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]

"""The parts that letters and forms are put together from: each a function from facts to paragraphs."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from waystation.appeals.acts import DONE, Right, binds, broken
from waystation.appeals.facts import Facts
from waystation.appeals.wording import Wording
from waystation.papers.paper import Paragraph, Table
from waystation.rights.facts import Fact, Mark
from waystation.rights.library import library

Paragraphs = Iterator[Paragraph]
LAST = 3       # what a State did before: so many lines, the newest
ORIGIN = "KP"


def grade(facts: Facts, words: Wording) -> tuple[str, ...]:
    """What stands at the foot of every statement: how sure it is, and beside it what the State says, where it did."""
    said = words.say("notes.two" if facts.confirmed else "notes.single", day=words.day(facts.day))
    return (f"{said} {_denial(facts, words, 'notes.denied')}",) if facts.denial.says else (said,)


def _denial(facts: Facts, words: Wording, there: str) -> str:
    state, denial = words.state(facts.state), facts.denial
    return words.say(there, state=state, says=denial.says, on=denial.on, source=denial.source)


def _event(facts: Facts, words: Wording) -> Paragraphs:
    where = facts.holder or ("" if facts.place else facts.state)  # of a province nobody said in which State it lies
    place = ", ".join(one for one in (facts.place, words.state(where) if where else "") if one)
    place = place or words.say("not_known")
    yield Paragraph(words.say(f"happened.{facts.kind}", day=words.day(facts.day), place=place, people=facts.people),
                    grade(facts, words))


def _perpetrator(facts: Facts, words: Wording) -> Paragraphs:
    yield Paragraph(words.say("happened.force", force=facts.force or words.say("not_known")), grade(facts, words))
    for one in facts.handed:
        names = {"from_": words.state(one.from_), "to": words.state(one.to)}
        if not one.known:
            yield Paragraph(words.say("happened.gap", **names))
        elif one.day is None:
            yield Paragraph(words.say("happened.handed_no_day", **names), grade(facts, words))
        else:
            yield Paragraph(words.say("happened.handed", day=words.day(one.day), **names), grade(facts, words))


def _circumstances(facts: Facts, words: Wording) -> Paragraphs:
    if facts.mode:
        mode = facts.mode if words.has(f"mode.{facts.mode}") else "other"
        yield Paragraph(words.say("happened.by", mode=words.say(f"mode.{mode}")), grade(facts, words)[:1])
    if facts.restraint:
        held = ", ".join(words.say(f"restraint.{one}") for one in facts.restraint if words.has(f"restraint.{one}"))
        yield Paragraph(words.say("happened.restraint", restraint=held), grade(facts, words)[:1])
    if facts.own:
        yield Paragraph(facts.own, (f"{words.say('notes.typed')} {grade(facts, words)[0]}",))


def _whereabouts(facts: Facts, words: Wording) -> Paragraphs:
    for fate in dict.fromkeys(facts.fates):
        yield Paragraph(words.say(f"happened.fate_{fate}"), grade(facts, words)[:1])
    if not facts.fates:
        yield Paragraph(words.say("happened.held_by", state=words.state(facts.holder)) if facts.holder
                        else words.say("happened.nobody_knows"), grade(facts, words)[:1])


def _identity(facts: Facts, words: Wording) -> Paragraphs:
    for one in facts.mentions:
        yield Paragraph(words.say("who.named", name=one.said) if one.named
                        else words.say("who.unnamed", words=one.said[:1].upper() + one.said[1:]))
    if not facts.mentions:
        yield Paragraph(facts.people[:1].upper() + facts.people[1:] + ".")


def _consent(facts: Facts, words: Wording) -> Paragraphs:
    named = [one for one in facts.mentions if one.named]
    for one in named:
        yield Paragraph(words.say("consent.named", words=one.said, state=words.say("yes" if one.state else "no"),
                                  public=words.say("yes" if one.public else "no")))
    if not named:
        yield Paragraph(words.say("consent.nobody"))


def _steps(facts: Facts, words: Wording) -> Paragraphs:
    for one in facts.asked:
        body = words.say(f"bodies.{one.body}") if words.has(f"bodies.{one.body}") else words.say("not_known")
        yield Paragraph(words.say("steps.answered" if one.answered else "steps.asked", day=words.day(one.day),
                                  body=body))
    if not facts.asked:
        yield Paragraph(words.say("steps.none"))


def _risk(_facts: Facts, words: Wording) -> Paragraphs:
    sources = "; ".join(library().sources[one] for one in ("43", "47"))
    yield Paragraph(words.say("risk.text"), (words.say("notes.unchecked", source=sources, as_of="2026-11-28"),))
    yield Paragraph(words.say("risk.time"))


def _says(facts: Facts, words: Wording) -> Paragraphs:
    yield Paragraph(_denial(facts, words, "says.of_this") if facts.denial.says
                    else words.say("says.nothing", state=words.state(facts.state)))
    for one in library().positions:
        if one.country == facts.state:
            yield Paragraph(words.say("says.position", words=one.words), (cited(one, words),))


def _practice(facts: Facts, words: Wording) -> Paragraphs:
    rows = [one for one in library().practice if one.country == facts.state]
    for one in sorted(rows, key=lambda row: row.last or row.first, reverse=True)[:LAST]:
        when = " – ".join(dict.fromkeys(day for day in (one.first, one.last) if day))
        yield Paragraph(words.say("practice.line", when=when, words=one.words), (cited(one, words),))


def _law(facts: Facts, words: Wording) -> Paragraphs:
    if facts.state:
        rows = [one for one in library().instruments if one.country == facts.state]
        yield Paragraph(words.say("law.before", state=words.state(facts.state)),
                        tuple(dict.fromkeys(cited(one, words) for one in rows)))


def law_table(facts: Facts, words: Wording) -> Table:
    """Each right, and everywhere it stands that bound the State on that day: a letter cites nothing that did not."""
    found: dict[str, list[str]] = {}
    for one in broken_in(facts):
        if binds(one, facts.state, facts.day):
            found.setdefault(one.right, []).append(article(one, words))
    return Table((words.say("law.right"), words.say("law.article")),
                 tuple((words.say(f"rights.{right}"), "; ".join(stands)) for right, stands in found.items()))


def article(one: Right, words: Wording) -> str:
    """An instrument and its article."""
    if one.instrument == "CUST":
        return words.say("instruments.CUST")
    return words.say("law.article_line", instrument=words.say(f"instruments.{one.instrument}"), article=one.article)


def broken_in(facts: Facts) -> tuple[Right, ...]:
    """The rights that what happened breaks, and that a return would break where one is to be stopped."""
    return broken((*DONE.get(facts.kind, ()), *(("return",) if "no_return" in facts.demands else ())))


def asking(demand: str, facts: Facts, words: Wording, *, to_state: bool) -> Paragraphs:
    """One of the three demands, in its words for this addressee, with what it rests on."""
    yield Paragraph(words.say(f"demands.{demand}.{'to_state' if to_state else 'to_body'}",
                              state=words.state(facts.state)))
    if words.has(f"demands.{demand}.access"):
        yield Paragraph(words.say(f"demands.{demand}.access"))
    yield Paragraph(words.say(f"demands.{demand}.why"))
    wanted = {"recognise": {"asylum", "no_penalty", "refoulement"}, "no_return": {"refoulement", "child"}}
    there = [article(one, words) for one in broken(("return",)) if one.right in wanted.get(demand, ())
             and binds(one, facts.state, facts.day)]
    yield Paragraph(words.say(f"demands.{demand}.basis", state=words.state(facts.state),
                              articles="; ".join(there) or words.say("demands.no_basis")))


def _source(facts: Facts, words: Wording) -> Paragraphs:
    yield Paragraph(words.say("source.grade_two" if facts.confirmed else "source.grade_single"))
    yield Paragraph(words.say("source.kept"))


def cited(fact: Fact, words: Wording) -> str:
    """Source, day and mark of a fact of the tables."""
    return words.say("notes.source" if fact.mark is Mark.VERIFIED else "notes.unchecked",
                     source="; ".join(library().sources[one] for one in fact.sources), as_of=fact.as_of.isoformat())


def _plain(key: str) -> Callable[[Facts, Wording], Paragraphs]:
    return lambda _facts, words: iter((Paragraph(words.say(key)),))


PARTS: Mapping[str, Callable[[Facts, Wording], Paragraphs]] = MappingProxyType({
    "event": _event, "perpetrator": _perpetrator, "circumstances": _circumstances, "whereabouts": _whereabouts,
    "identity": _identity, "consent": _consent, "steps": _steps, "risk": _risk, "says": _says, "practice": _practice,
    "law": _law, "source": _source, "notice": _plain("notice.ask"), "submitter": _plain("submitter.text"),
    "arbitrary": _plain("arbitrary.text"), "mandates": _plain("mandates.text"),
})

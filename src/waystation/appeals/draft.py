"""From facts to a whole letter, memo or form: the same parts, in the order in which each addressee asks for them.

    draft(facts, addressee, "en", today, mark="K-7M2Q") -> Paper
    missing(facts, addressee) -> what the addressee needs and nobody has written down
"""

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from waystation.appeals.addressees import TO_STATE, Addressee
from waystation.appeals.facts import Facts
from waystation.appeals.parts import PARTS, asking, law_table
from waystation.appeals.wording import Wording, wording
from waystation.papers.paper import Paper, Paragraph, Section
from waystation.rights.chain import Link
from waystation.rights.memo import Matter, memo

DEMANDS = ("recognise", "no_return", "influence")
DEMANDED = "demands"
MEMO_LANGUAGE = "en"  # that of its sources: a memo is not translated by a program, and nobody has translated it
FORMS: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = MappingProxyType({
    "notice": (("happened", ("event", "circumstances", "whereabouts")), ("identity", ("identity",)),
               ("asked", ("notice",)), ("risk", ("risk",)), ("source", ("source", "consent"))),
    "letter": (("happened", ("event", "perpetrator", "circumstances", "whereabouts")), ("identity", ("identity",)),
               ("risk", ("risk",)), ("law", ("law",)), ("says", ("says",)), (DEMANDED, ()),
               ("source", ("source", "consent"))),
    "special": (("identity", ("identity",)), ("perpetrator", ("perpetrator",)),
                ("event", ("event", "circumstances", "whereabouts")), ("risk", ("risk",)), ("law", ("law",)),
                ("says", ("says",)), ("practice", ("practice",)), ("steps", ("steps",)), (DEMANDED, ()),
                ("mandates", ("mandates",)), ("consent", ("consent",)), ("submitter", ("submitter", "source"))),
    "wgeid": (("identity", ("identity",)), ("event", ("event",)), ("perpetrator", ("perpetrator",)),
              ("circumstances", ("circumstances", "whereabouts", "risk")), ("says", ("says",)),
              ("steps", ("steps",)), (DEMANDED, ()), ("consent", ("consent",)),
              ("submitter", ("submitter", "source"))),
    "wgad": (("identity", ("identity",)), ("event", ("event",)), ("perpetrator", ("perpetrator",)),
             ("whereabouts", ("whereabouts", "circumstances")), ("arbitrary", ("arbitrary",)), ("law", ("law",)),
             ("says", ("says",)), ("risk", ("risk",)), ("steps", ("steps",)), (DEMANDED, ()),
             ("consent", ("consent",)), ("submitter", ("submitter", "source"))),
    "ced": (("identity", ("identity",)), ("event", ("event", "perpetrator", "circumstances", "whereabouts")),
            ("says", ("says",)), ("law", ("law",)), ("steps", ("steps",)), (DEMANDED, ()),
            ("consent", ("consent",)), ("submitter", ("submitter", "source"))),
})
WHOLE_NAMES = frozenset({"wgeid", "wgad", "ced"})  # nothing is taken up there about somebody without a name


def draft(facts: Facts, to: Addressee, language: str, today: date, *, mark: str = "", which: str = "") -> Paper:
    """The whole draft; `which`: exactly which office of the addressee.

    It holds nobody's name but those of `facts.mentions` that are named.

    >>> from waystation.appeals.addressees import ADDRESSEES
    >>> one = Facts(kind="capture", day=date(2030, 5, 1), state="LA", place="Vientiane", people="one person")
    >>> draft(one, ADDRESSEES["UNHCR"], "en", date(2030, 5, 2)).title
    'Confidential notice: one person, Vientiane'
    """
    words = wording(language)
    annexes = _annexes(facts, to, today)
    return Paper(
        title=_title(facts, to, words), language=language, day=today, mark=mark,
        addressee=_addressee(to, facts.state, which, words),
        sections=tuple(_sections(facts, to, words)), annexes=annexes,
        annex_language=MEMO_LANGUAGE if annexes and language != MEMO_LANGUAGE else "",
        closing=(words.say("closing.respect"), words.say("closing.signed")))


def correction(said: str, first: date, to: Addressee, language: str, today: date, *, state: str,
               which: str = "", mark: str = "") -> Paper:
    """What tells somebody that a letter of `first` was wrong: what is said, and that the rest stands."""
    words = wording(language)
    return Paper(
        title=words.say("titles.correction", day=words.day(first)), language=language, day=today, mark=mark,
        addressee=_addressee(to, state, which, words),
        sections=(Section(words.say("headings.correction"), (
            Paragraph(words.say("correction.wrong", day=words.day(first))), Paragraph(said))),
            Section(words.say("headings.stands"), (Paragraph(words.say("correction.stands")),))),
        closing=(words.say("closing.respect"), words.say("closing.signed")))


def missing(facts: Facts, to: Addressee) -> tuple[str, ...]:
    """What this addressee needs, by the key of its heading, and nobody has written down yet.

    >>> from waystation.appeals.addressees import ADDRESSEES
    >>> missing(Facts(kind="missing", day=date(2030, 5, 1)), ADDRESSEES["WGEID"])
    ('identity', 'place', 'state', 'perpetrator', 'steps')
    """
    found = []
    if to.form in WHOLE_NAMES and not any(one.named for one in facts.mentions):
        found.append("identity")
    found += [name for name, there in (("place", facts.place), ("state", facts.state)) if not there]
    if to.form in WHOLE_NAMES | {"special"} and not facts.force:
        found.append("perpetrator")
    if to.form in WHOLE_NAMES and not facts.asked:
        found.append("steps")
    return tuple(found)


def _addressee(to: Addressee, state: str, which: str, words: Wording) -> tuple[str, ...]:
    lines = (line.format(state=words.state(state)) for line in words.table["addressees"][to.code])
    return (*lines, *((which,) if which else ()))


def _title(facts: Facts, to: Addressee, words: Wording) -> str:
    kind = {"notice": "notice", "letter": "letter"}.get(to.form, "appeal")
    return words.say(f"titles.{kind}", people=facts.people, place=facts.place or words.state(facts.state),
                     state=words.state(facts.state))


def _sections(facts: Facts, to: Addressee, words: Wording) -> Iterator[Section]:
    for heading, parts in FORMS[to.form]:
        if heading == DEMANDED:
            for demand in (one for one in DEMANDS if one in facts.demands):
                yield Section(words.say(f"headings.{demand}"),
                              tuple(asking(demand, facts, words, to_state=to.tells == TO_STATE)))
            continue
        said = tuple(paragraph for part in parts for paragraph in PARTS[part](facts, words))
        table = law_table(facts, words) if heading == "law" and facts.state else None
        if said or table:
            yield Section(words.say(f"headings.{heading}"), said, table)


def _annexes(facts: Facts, to: Addressee, today: date) -> tuple[Section, ...]:
    """The memo on return, where that is asked, in the language of its sources. It names nobody."""
    if to.form == "notice" or "no_return" not in facts.demands or not facts.state:
        return ()
    written = memo(Matter(code="everybody whom this letter is about", state=facts.state, profiles=facts.profiles,
                          chain=tuple(Link(one.from_, one.to, one.day) for one in facts.handed if one.known)), today)
    title = wording(MEMO_LANGUAGE).say("headings.memo")
    return tuple(Section(f"{title}: {one.heading[:1].lower()}{one.heading[1:]}", one.paragraphs,
                         one.table) for one in written.sections)

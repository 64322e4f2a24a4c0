"""A memo against sending somebody back: what they must expect, who found it, what binds the State, what is unchecked.

    memo(Matter(...), today) -> Paper      names nobody: a person is a code in it, and a place is a State

Every sentence that rests on a source says so at its foot, with its mark. What nobody checked in the original is counted
in the first section: whoever sends it looks first.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from waystation.papers.paper import Paper, Paragraph, Section
from waystation.rights.chain import Bound, Link, Responsible, bound_by, responsible
from waystation.rights.facts import Fact, Mark
from waystation.rights.findings import PROFILES, Findings, findings
from waystation.rights.library import Library, library

ORIGIN = "KP"
ASSERTED = {
    "nobody": "Nobody has said that the person has another nationality.",
    "applicant": "The person has said that they could have the nationality of the Republic of Korea.",
    "authority": "The authority says that the person could have the nationality of the Republic of Korea. That "
                 "somebody could take a nationality is not that they have it.",
    "decided": "It was decided that the person has the nationality of the Republic of Korea.",
}
SAYS = {
    "crossed": "left the country without leave", "returned": "was sent back before",
    "to_rok": "is, or is taken for, somebody on the way to the Republic of Korea, or has met people from there",
    "religion": "has had to do with a church or a missionary",
    "pregnant": "is pregnant by a father of another nationality",
    "child_cn": "has a child by a Chinese father", "sold": "was sold or trafficked",
    "insider": "held an office, or knows what is kept secret",
    "family": "has relatives who left before, or who will be punished in their stead",
}
NAMES = {
    "BE": "Belgium", "CA": "Canada", "CN": "China", "GB": "the United Kingdom", "KH": "Cambodia",
    "KP": "the Democratic People's Republic of Korea", "KR": "the Republic of Korea", "LA": "Laos", "MM": "Myanmar",
    "MN": "Mongolia", "NL": "the Netherlands", "RU": "the Russian Federation", "TH": "Thailand",
    "US": "the United States", "VN": "Viet Nam",
}
NOT_CHECKED = "nobody checked this in the original"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What the memo is about. `state` is addressed; `profiles` are of `findings.PROFILES`; `fear` is in their words.

    Empty stands for what nobody asked, and is said as that.
    """

    code: str
    state: str
    profiles: frozenset[str] = frozenset()
    nationality: str = ""
    since_leaving: str = ""
    fear: str = field(default="", repr=False)
    chain: tuple[Link, ...] = ()


def memo(matter: Matter, today: date, *, found: Findings | None = None, books: Library | None = None) -> Paper:
    """The memo as it stands on a day. Raises `ValueError` for a profile or a question that is none.

    >>> paper = memo(Matter(code="A", state="CN", profiles=frozenset({"religion"})), date(2026, 11, 28))
    >>> [one.heading for one in paper.sections][:3]
    ['What this memo rests on', 'The person', 'What they must expect']
    """
    if matter.profiles - set(PROFILES) or matter.nationality not in {"", *ASSERTED}:
        raise ValueError("a profile or an answer that is none")
    told, law = found or findings(), books or library()
    rest = tuple(_sections(matter, today, told, law))
    unchecked = sum(NOT_CHECKED in note for one in rest for said in one.paragraphs for note in said.notes)
    first = Section("What this memo rests on", (
        Paragraph(f"It concerns a person called {matter.code} here, and what the return of that person to the country "
                  f"of origin would mean. It is about {_named(matter.state)} and says what is known on "
                  f"{today.isoformat()}."),
        Paragraph(f"Statements of which {NOT_CHECKED}: {unchecked}. Check them before it is sent."
                  if unchecked else "Every statement was seen in the original.")))
    return Paper(title="Memo on the prohibition of return", language="en", day=today, sections=(first, *rest))


def _sections(matter: Matter, today: date, told: Findings, law: Library) -> Iterator[Section]:
    yield Section("The person", tuple(_person(matter)))
    yield Section("What they must expect", tuple(
        Paragraph(f"{one.words[0].upper()}{one.words[1:]}.", (
            _note(one, law, told.findings[one.finding].paragraphs),)) for one in told.feared(matter.profiles)))
    yield Section("What was found", tuple(
        Paragraph(one.words, (_note(one, law, one.paragraphs),)) for one in told.paragraphs(matter.profiles)))
    yield Section("What binds the State", tuple(_binds(matter.state, bound_by(matter.state, today, law), told, law)))
    if matter.chain:
        yield Section("States that handed the person on", tuple(_handed(responsible(matter.chain, shipped=law), law)))
    agreed = [one for one in law.cooperation if (one.country, one.partner) == (matter.state, ORIGIN)]
    if agreed:
        yield Section("Agreements on return", (
            *(Paragraph(f"{one.title}: {one.words}", (_note(one, law),)) for one in agreed),
            Paragraph("An agreement of two States cannot set aside what the treaties above forbid.")))
    asserted = ASSERTED.get(matter.nationality, "Nobody asked the person about it yet.")
    yield Section("Nationality", (Paragraph(asserted),))


def _person(matter: Matter) -> Iterator[Paragraph]:
    for one in (name for name in PROFILES if name in matter.profiles):
        yield Paragraph(f"The person {SAYS[one]}.")
    if not matter.profiles:
        yield Paragraph("Nothing is written down that sets the person apart from others who left.")
    if matter.since_leaving:
        yield Paragraph(f"What became of the person since leaving may itself be the ground (refugee sur place): "
                        f"{matter.since_leaving}")
    if matter.fear:
        yield Paragraph(f"Of the fear of return the person says: \u201c{matter.fear}\u201d")


def _binds(state: str, bound: Iterable[Bound], told: Findings, law: Library) -> Iterator[Paragraph]:
    there = tuple(bound)
    for one in there:
        duty, more = one.obligation, "" if one.applies else " Since when the State is a party is not known well enough."
        said = told.worded(duty.code)
        words = f"\u201c{said[0].words}\u201d" if said else f"{duty.words}."
        notes = [_note(one.instrument, law), *(_note(each, law, each.where) for each in said[:1])]
        yield Paragraph(f"Article {duty.article} ({duty.code}): {words}{more}", tuple(notes))
    if not there:
        yield Paragraph(f"No treaty that is written down here binds {_named(state)}. Custom binds every State.")


def _handed(chain: Iterable[Responsible], law: Library) -> Iterator[Paragraph]:
    for one in chain:
        when = f"On {one.link.day.isoformat()}" if one.link.day else "On a day that is not known"
        duties = ", ".join(f"article {each.obligation.article} ({each.obligation.code})"
                           + ("" if each.applies else ", as far as it was a party by then") for each in one.bound)
        yield Paragraph(
            f"{when} {_named(one.link.state)} handed the person on to {_named(one.link.to)}. "
            + (f"By then it was bound by {duties}." if duties else "No treaty that is written down here bound it."),
            (*((f"As told: {one.link.told}",) if one.link.told else ()),
             *(_note(row, law) for row in dict.fromkeys(each.instrument for each in one.bound))))


def _named(code: str) -> str:
    return NAMES.get(code, code)


def _note(fact: Fact, law: Library, where: str = "") -> str:
    sources = "; ".join(law.sources[one] for one in fact.sources)
    mark = "" if fact.mark is Mark.VERIFIED else f" ({NOT_CHECKED})"
    return f"{f'{where}: ' if where else ''}{sources}, written down {fact.as_of.isoformat()}{mark}"

"""A plan as one page to be read aloud to those who would travel, in their own words and language.

It says what a number means before it says a number: think of 100 parties like yours. It names the worst that can
happen whether or not anybody counted it, says what nobody knows, and ends with the right to say no. It names no place,
no helper and no leg: whoever hears it may be asked later what they know. Numbers stand only where the state of
knowledge lets the page of the plan say them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from waystation.planning.results import Answer, Ends, Knowledge
from waystation.report.amounts import day
from waystation.report.phrases import WIDE
from waystation.report.silence import checked
from waystation.units import Money, of_100

LANGUAGES = ("en", "ko")
_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType({
    "en": MappingProxyType({
        "title": "Before you decide",
        "invented": "This is an invented example. Nobody travels by it.",
        "about": "What this is",
        "about.1": "This is read aloud to every adult who would travel. Ask whenever something is unclear.",
        "about.2": "Nobody else answers for you. The interpreter is not the person who is paid for the journey.",
        "arrive": "How many arrive",
        "arrive.think": "Think of 100 parties like yours that set out in this way.",
        "arrive.mean": "{mean} of the 100 arrive.",
        "arrive.range": "It may be as few as {low}, or as many as {high}.",
        "arrive.between": "Between {low} and {high} of the 100 arrive. Nobody can say it more closely.",
        "arrive.thin": "This rests on few journeys. It may turn out to be wrong.",
        "arrive.n": "It rests on what happened on ways like these, {n} times, in the last 12 months.",
        "arrive.unknown": "We do not know how many arrive. Nobody can honestly tell you a number.",
        "arrive.prior": "We do not know how many arrive. People who know the way have a view; no record confirms it.",
        "worst": "What can happen",
        "worst.caught": "{count} of the 100 are caught. Who is caught can be sent back by force, imprisoned or killed.",
        "worst.harmed": "{count} of the 100 are injured or sold on the way, or die.",
        "worst.missing": "{count} of the 100 are never heard from again.",
        "worst.stopped": "{count} of the 100 stop on the way, turn back or stay where they are.",
        "worst.late": "{count} of the 100 are still on the way when the time is over.",
        "worst.unknown": "People on such ways were caught and sent back by force, imprisoned or killed. Others were "
                         "injured, sold or died, or were never heard from again. We do not know how many.",
        "worst.silent": "Parties that nobody heard from are not counted as arrived.",
        "terms": "Time and money",
        "terms.until": "The plan is made for an arrival by {day}.",
        "terms.money": "It is made for at most {money} for all of you. If more is asked, tell us before you pay.",
        "terms.debt": "What you still owe afterwards is {money}.",
        "terms.nodebt": "Ask what you would still owe afterwards, to whom, and by when.",
        "no": "Your answer",
        "no.1": "You may say no, now or later, also on the way. Nothing is held against you.",
        "no.2": "If you say no, we go on helping you where you are as well as we can.",
        "no.3": "Say in your own words what you want. It is written down as you say it.",
        "count.none": "None", "count.few": "Fewer than 1", "count.some": "About {n}", "count.most": "More than 99",
        "count.all": "All",
    }),
    "ko": MappingProxyType({
        "title": "결정하시기 전에",
        "invented": "지어낸 보기입니다. 이대로 떠나는 사람은 없습니다.",
        "about": "이 글에 대하여",
        "about.1": "길을 떠날 어른 모두에게 소리 내어 읽어 드리는 글입니다. 모르는 것이 있으면 언제든지 물어보세요.",
        "about.2": "다른 사람이 대신 대답할 수 없습니다. 통역하는 사람은 이 길로 돈을 받는 사람이 아닙니다.",
        "arrive": "얼마나 도착합니까",
        "arrive.think": "여러분과 비슷한 일행 100팀이 이렇게 떠난다고 생각해 보세요.",
        "arrive.mean": "100팀 가운데 {mean} 도착합니다.",
        "arrive.range": "적으면 {low}팀, 많으면 {high}팀이 도착할 수 있습니다.",
        "arrive.between": "100팀 가운데 {low}팀에서 {high}팀 사이가 도착합니다. 더 좁혀 말할 수 있는 사람은 없습니다.",
        "arrive.thin": "알려진 여정이 적어서 틀릴 수 있습니다.",
        "arrive.n": "지난 열두 달 동안 비슷한 구간을 지나간 {n}번이 어떻게 되었는지를 바탕으로 한 것입니다.",
        "arrive.unknown": "얼마나 도착하는지 우리는 모릅니다. 정직하게 수를 말할 수 있는 사람은 없습니다.",
        "arrive.prior": "얼마나 도착하는지 우리는 모릅니다. 길을 아는 사람들의 생각은 있지만 확인된 기록이 없습니다.",
        "worst": "일어날 수 있는 일",
        "worst.caught": "100팀 가운데 {count} 붙잡힙니다. "
                        "붙잡히면 강제로 돌려보내지거나 갇히거나 죽임을 당할 수 있습니다.",
        "worst.harmed": "100팀 가운데 {count} 길에서 다치거나 팔려 가거나 목숨을 잃습니다.",
        "worst.missing": "100팀 가운데 {count} 소식이 끊깁니다.",
        "worst.stopped": "100팀 가운데 {count} 길에서 멈추거나 되돌아가거나 있던 곳에 남습니다.",
        "worst.late": "100팀 가운데 {count} 정한 날이 지나도 아직 길 위에 있습니다.",
        "worst.unknown": "이런 길에서 붙잡혀 강제로 돌려보내지고 갇히고 죽임을 당한 사람들이 있습니다. "
                         "다치거나 팔려 가거나 목숨을 잃은 사람, 소식이 끊긴 사람도 있습니다. "
                         "얼마나 되는지는 모릅니다.",
        "worst.silent": "소식이 없는 일행은 도착한 것으로 세지 않습니다.",
        "terms": "시간과 돈",
        "terms.until": "{day}까지 도착하는 것으로 계획했습니다.",
        "terms.money": "모두 합해 많아야 {money} 드는 것으로 계획했습니다. "
                       "더 달라는 사람이 있으면 내기 전에 알려 주세요.",
        "terms.debt": "그 뒤에 남는 빚은 {money}입니다.",
        "terms.nodebt": "그 뒤에 누구에게 얼마를 언제까지 갚아야 하는지 물어보세요.",
        "no": "여러분의 대답",
        "no.1": "지금이든 나중이든, 가는 도중이라도 가지 않겠다고 하실 수 있습니다. "
                "그 때문에 불리해지는 일은 없습니다.",
        "no.2": "가지 않겠다고 하셔도 지금 계신 곳에서 할 수 있는 한 계속 돕겠습니다.",
        "no.3": "원하는 것을 자기 말로 말씀하세요. 말씀하신 그대로 적습니다.",
        "count.none": "0팀이", "count.few": "1팀이 채 안 되는 일행이", "count.some": "약 {n}팀이",
        "count.most": "99팀이 넘는 일행이", "count.all": "모든 일행이",
    }),
})


@dataclass(frozen=True, slots=True)
class Part:
    """One heading of the sheet with its sentences, in the order in which they are read."""

    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is read aloud. `language` is "en" or "ko"; `names_number` says whether it states a chance."""

    language: str
    title: str
    parts: tuple[Part, ...]
    names_number: bool


def aloud(answer: Answer, language: str, *, debt: Money | None = None) -> Sheet:
    """The sheet of an answer. `debt`: what the party would still owe afterwards, where somebody worked it out.

    Raises `KeyError` for a language there is none in, `SaidTooMuch` if the answer holds a number its state forbids.

    >>> from waystation.report.aloud import LANGUAGES
    >>> LANGUAGES
    ('en', 'ko')
    """
    checked(answer)
    words = _WORDS[language]
    told = answer.assessment
    speaks = told.state in (Knowledge.THIN, Knowledge.MEASURED) and told.mean is not None
    about = (*((words["invented"],) if answer.fictional else ()), words["about.1"], words["about.2"])
    parts = (
        Part(words["about"], about),
        Part(words["arrive"], _arrive(answer, words) if speaks else _silent(told.state, words)),
        Part(words["worst"], _worst(told.ends, words) if speaks and told.ends else (words["worst.unknown"],)),
        Part(words["terms"], _terms(answer, words, language, debt)),
        Part(words["no"], (words["no.1"], words["no.2"], words["no.3"])),
    )
    return Sheet(language, words["title"], parts, speaks)


def _silent(state: Knowledge, words: Mapping[str, str]) -> tuple[str, ...]:
    return (words["arrive.prior" if state is Knowledge.PRIOR_ONLY else "arrive.unknown"],)


def _arrive(answer: Answer, words: Mapping[str, str]) -> tuple[str, ...]:
    told = answer.assessment
    if told.mean is None:
        return (words["arrive.unknown"],)
    said = [words["arrive.think"]]
    if told.low is not None and told.high is not None and told.high - told.low > WIDE:
        said.append(words["arrive.between"].format(low=of_100(told.low), high=of_100(told.high)))
    else:
        said.append(words["arrive.mean"].format(mean=_count(told.mean, words)))
        if told.low is not None and told.high is not None and of_100(told.low) != of_100(told.high):
            said.append(words["arrive.range"].format(low=of_100(told.low), high=of_100(told.high)))
    if told.state is Knowledge.THIN:
        said.append(words["arrive.thin"])
    if told.n is not None:
        said.append(words["arrive.n"].format(n=told.n))
    return tuple(said)


def _worst(ends: Ends, words: Mapping[str, str]) -> tuple[str, ...]:
    """Capture stands first, counted or not: it is what everybody must have heard before they answer."""
    counted = (("caught", ends.intercepted), ("harmed", ends.harmed), ("missing", ends.missing),
               ("stopped", ends.stopped), ("late", ends.late))
    said = [words[f"worst.{name}"].format(count=_count(chance, words)) for name, chance in counted
            if chance > 0 or name == "caught"]
    return (*said, words["worst.silent"])


def _terms(answer: Answer, words: Mapping[str, str], language: str, debt: Money | None) -> tuple[str, ...]:
    return (words["terms.until"].format(day=_day(answer.terms.deadline, language)),
            words["terms.money"].format(money=answer.terms.budget),
            words["terms.nodebt"] if debt is None else words["terms.debt"].format(money=debt))


def _count(chance: float, words: Mapping[str, str]) -> str:
    """A chance as a number of parties, never "none" or "all" unless it is exactly that.

    >>> [_count(chance, _WORDS["en"]) for chance in (0.0, 0.003, 0.812, 0.997, 1.0)]
    ['None', 'Fewer than 1', 'About 81', 'More than 99', 'All']
    """
    if chance in (0.0, 1.0):
        return words["count.all" if chance else "count.none"]
    if chance < 0.005:
        return words["count.few"]
    return words["count.most"] if chance > 0.995 else words["count.some"].format(n=of_100(chance))


def _day(when: date, language: str) -> str:
    """A day as it is said.

    >>> _day(date(2030, 5, 2), "en"), _day(date(2030, 5, 2), "ko")
    ('2 May 2030', '2030년 5월 2일')
    """
    return f"{when.year}년 {when.month}월 {when.day}일" if language == "ko" else day(when, year=True)

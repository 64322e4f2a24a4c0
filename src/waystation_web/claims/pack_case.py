"""What a case says about one person of it, section by section, in the language that is active.

`KNOWN` names every field of a case that is handled here by name; any other one is put among what must be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext

from waystation_web.cases import values, words_consent, words_screens
from waystation_web.cases.case import Case
from waystation_web.cases.folk import Someone
from waystation_web.cases.plea import ANSWERS, NUMBERS
from waystation_web.cases.words import known, told, word

from .pack import Gathering
from .words_pack import NAMED

# About others, about the office's own work, or shown under another name; `packing` says what is left out.
APART = frozenset({"people", "households", "household_records", "worker", "deputy", "judgements", "step", "step_signed",
                   "before_crisis", "sheets", "relations"})
KNOWN = APART | {"ref", "alias", "status", "request_status", "request", "wish", "push_factors", "interpreter",
                 "contact", "tasks", "followups", "promises", "notes", "timeline", "consents", "screens", "standing",
                 "choices", "best_interest", "vital", "referrals", "need_scale", "safety_scale", "monitoring",
                 "brokered", "debt_capacity", "decline_reason", "unmapped"}
STAMPS = frozenset({"id", "by", "at", "person"})
PLEA_WORDS = ("adm1", "partner", "goal_reasons", "reunify_with", "story", "red_flags", "promised")
PLEA_CODES = {"channel": "channel", "requester_kind": "requester", "country": "country", "danger_now": "danger",
              "goal": "goal", "goal_country": "country", "triage": "triage", "child_seen": "child_seen"}


def of_case(found: Gathering, case: Case) -> None:
    """The file as a whole: how it began, where it stands."""
    body = case.record.body
    found.fact(gettext("Reference"), case.ref)
    found.fact(gettext("Stage"), word("stage", case.stage))
    _code(found, "decline", gettext("Why it was declined"), "decline", values.text(body, "decline_reason"))
    found.words("alias", gettext("What we call you"), case.alias)
    found.words("wish", gettext("Your wish, in your own words"), case.wish)
    _codes(found, "push", gettext("What made you leave"), "push", case.push_factors)
    found.words("interpreter", gettext("Language of the interpreter"), case.interpreter.language)
    found.fact(gettext("The way was sold to you by somebody else"), _yes(case.brokered))
    found.words("debt", gettext("What you could owe"), case.debt_capacity)
    found.fact(gettext("Not to be called back"), _yes(case.contact.no_call_back))
    found.fact(gettext("Somebody threatens to report you"), _yes(case.contact.threatened))
    found.words("contact", gettext("How you can be reached without danger"), case.contact.note)
    for name, scale, label in (("need", case.need, gettext("How great the need is, 1 to 5")),
                               ("safety", case.safety, gettext("How safe helping would be, 1 to 5"))):
        if scale is not None:
            found.fact(label, scale.value)
            found.words(f"{name}/reason", label, scale.reason)
    if case.monitoring is not None:
        found.fact(gettext("Somebody looks after you next on"), case.monitoring.next_check)
        found.words("monitoring", gettext("How you are looked after"), case.monitoring.text)
    found.part(gettext("Your file"))


def of_plea(found: Gathering, case: Case) -> None:
    """The call it began with."""
    said = values.part(case.record.body, "request")
    received = values.at(said, "received_at")
    found.fact(gettext("Received on"), received.date() if received else None)
    for name, of in PLEA_CODES.items():
        _code(found, f"request/{name}", _named(name), of, values.text(said, name))
    for name in ("situation", "needs"):
        _codes(found, f"request/{name}", _named(name), name, values.texts(said, name))
    for name in NUMBERS:
        found.fact(_named(name), values.whole(said, name))
    for name in ANSWERS:
        found.fact(_named(name), _yes(values.answer(said, name)))
    found.fact(_named("fee_quoted"), values.text(said, "fee_quoted"))
    for name in PLEA_WORDS:
        found.words(f"request/{name}", _named(name), said.get(name))
    found.rest("request", said, {*PLEA_CODES, *PLEA_WORDS, *NUMBERS, *ANSWERS, "received_at", "situation", "needs",
                                 "fee_quoted", "former_case", "reunify_case"})
    for name, value in case.unmapped:
        found.words(f"unmapped/{name}", name, value)
    found.part(gettext("How you asked for help"))


def of_person(found: Gathering, case: Case, one: Someone) -> None:
    """What a plan must know of the person."""
    raw = next((said for said in values.items(case.record.body, "people") if said.get("id") == one.id), {})
    for label, value in (
            (gettext("Letter in the file"), one.code), (gettext("Born"), one.birth), (gettext("Age as told"), one.age),
            (gettext("Told on"), one.age_on), (gettext("Age told the Korean way"), _yes(one.korean_age or None)),
            (gettext("Born by the lunar calendar"), _yes(one.lunar or None)),
            (gettext("Grown up"), _yes(one.adult)), (gettext("Weeks of pregnancy"), one.pregnant_weeks),
            (gettext("as of"), one.pregnant_on), (gettext("Strength for the way, 1 to 5"), one.fitness.exertion),
            (gettext("Kilometres on foot in a day"), one.fitness.walk_km_day),
            (gettext("Kilograms to carry"), one.fitness.carry_kg), (gettext("Swims"), _yes(one.fitness.swim)),
            (gettext("Bears the cold"), _yes(one.fitness.cold)),
            (gettext("Medicine must be kept cold"), _yes(one.fitness.keep_cold)),
            (gettext("Hours it keeps without cold"), one.fitness.uncooled_h),
            (gettext("Slower than others, in percent"), one.fitness.slower_percent)):
        found.fact(label, value)
    _code(found, "person/sex", gettext("Sex"), "sex", one.sex)
    _code(found, "person/position", gettext("Place in the family"), "position", one.position)
    _codes(found, "person/needs", gettext("Needs"), "needs", one.needs)
    for name, label, text in (("medicine", gettext("Medicine every day"), one.fitness.medicine),
                              ("papers", gettext("Who holds your papers"), one.documents_with),
                              ("situation", gettext("Situation"), one.situation),
                              ("languages", gettext("Languages"), one.languages)):
        found.words(f"person/{name}", label, text)
    found.rest("person", raw, STAMPS | {
        "code", "birth", "age", "age_on", "korean_age", "lunar", "adult", "sex", "position", "needs", "fitness",
        "pregnant_weeks", "pregnant_on", "documents_with", "situation", "languages"})
    for tie in case.relations:
        if tie.from_ == one.id:
            _code(found, f"tie/{tie.id}", gettext("You are to somebody else in this file"), "relation", tie.type)
    for house in case.households:
        if one.id in house.members:
            found.fact(gettext("People in your household"), len(house.members))
            _code(found, f"house/{house.id}", gettext("May the household be split"), "stay_together",
                  house.stay_together)
    found.part(gettext("About you"))


def of_answers(found: Gathering, case: Case, one: Someone) -> None:
    """What the person said yes and no to, what they ordered, what they were asked, to whom they were referred."""
    body = case.record.body
    for said in _theirs(body, "consents", one):
        what = ", ".join(words_consent.said(name) for name in values.texts(said, "data"))
        answer = {"yes": gettext("yes"), "no": gettext("no"), "withdrawn": gettext("taken back")}
        parts = [words_consent.said(values.text(said, "purpose")), words_consent.said(values.text(said, "recipient")),
                 word("country", said.get("country")), what, answer.get(values.text(said, "said"), ""),
                 values.text(said, "until")]
        found.fact(gettext("Said on %s") % values.text(said, "day"), " · ".join(part for part in parts if part))
    for said in _theirs(body, "screens", one):
        found.fact(words_screens.screen(values.text(said, "what")),
                   gettext("you did not want to be asked") if said.get("refused") == "yes" else gettext("it was asked"))
        found.rest(f"screens/{said.get('id')}", said, STAMPS | {"what", "refused"})
    for of, label in (("standing", gettext("If you are caught")), ("choices", gettext("What you said to leaving")),
                      ("best_interest", gettext("What is best for you")), ("vital", gettext("Done to save your life")),
                      ("referrals", gettext("Referred"))):
        for said in _theirs(body, of, one):
            lines = {name: value for name, value in said.items() if name not in STAMPS | {"approval", "plan", "read_by"}
                     and value not in (None, "", [], False)}
            found.words(f"{of}/{said.get('id')}", label, "; ".join(f"{_named(name)}: {_said(value)}"
                                                                   for name, value in lines.items()))
    found.part(gettext("What you said, and what was asked"))


def of_work(found: Gathering, case: Case) -> None:
    """What was written down, promised, done."""
    body = case.record.body
    for of, label in (("notes", gettext("Note")), ("promises", gettext("Promised")), ("tasks", gettext("To do")),
                      ("followups", gettext("To look at again"))):
        for said in values.items(body, of):
            found.words(f"{of}/{said.get('id')}", f"{label} {values.text(said, 'at')[:10]}", said.get("text"))
            found.fact(gettext("to be done by"), values.text(said, "due"))
    for said in values.items(body, "timeline"):
        label = f"{values.text(said, 'at')[:10]} {word('kind', said.get('kind'))}"
        found.words(f"timeline/{said.get('id')}", label, told(values.text(said, "text")))
    found.rest("case", body, KNOWN)
    found.part(gettext("What was written down and promised"))


def _theirs(body: Mapping[str, Any], of: str, one: Someone) -> list[Mapping[str, Any]]:
    return [said for said in values.items(body, of) if values.text(said, "person") == one.id]


def _code(found: Gathering, key: str, label: str, of: str, code: str) -> None:
    """A code in words; what stands there and is none may be anything, and is read first."""
    if code and known(of, code):
        found.fact(label, word(of, code))
    else:
        found.words(key, label, code)


def _codes(found: Gathering, key: str, label: str, of: str, codes: Iterable[str]) -> None:
    for place, code in enumerate(codes):
        _code(found, f"{key}/{place}", label, of, code)


def _yes(answer: bool | None) -> str:
    return "" if answer is None else gettext("yes") if answer else gettext("no")


def _said(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _named(name: str) -> str:
    return str(NAMED.get(name, name.replace("_", " ")))

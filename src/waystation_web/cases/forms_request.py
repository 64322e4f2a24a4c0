"""The whole request, section by section. Every field may stay empty; an empty one is "not known", never "no"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .case import Case
from .forms import Answer, Bland, Code, Codes, Line, Number, Price, Reference, Words, answered, plain
from .words import needs_by_family

SECTIONS = (
    (_("What they want"), ("wish", "goal", "goal_country", "goal_reasons", "reunify_with", "reunify_case")),
    (_("The call"), ("alias", "channel", "requester_kind", "former_case", "partner", "before_crossing", "child_seen",
                     "promised", "story")),
    (_("Danger and place"), ("danger_now", "situation", "country", "adm1", "push_factors")),
    (_("How many"), ("head_count", "children", "infants", "over_60", "pregnant_weeks")),
    (_("Needs"), ("needs",)),
    (_("Contact without danger"), ("call_back_safe", "no_call_back", "threatened", "contact_note")),
    (_("Interpreter"), ("interpreter_code", "interpreter_language", "interpreter_broker")),
    (_("Brokers and money"), ("broker_involved", "brokered", "fee_quoted", "debt_capacity")),
    (_("Judging the request"), ("red_flags", "triage")),
)
REQUEST = ("channel", "requester_kind", "former_case", "partner", "before_crossing", "child_seen", "promised", "story",
           "danger_now", "situation", "country", "adm1", "head_count", "children", "infants", "over_60",
           "pregnant_weeks", "needs", "call_back_safe", "broker_involved", "fee_quoted", "red_flags", "triage", "goal",
           "goal_country", "goal_reasons", "reunify_with", "reunify_case")
OWN = ("wish", "alias", "push_factors", "brokered", "debt_capacity")


class RequestForm(forms.Form):
    """Everything that a call may tell. `revision` is the one that was on the page."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    wish = Words(label=_("Their wish, in their own words"), rows=4)
    goal = Code("goal", label=_("What they hope for"))
    goal_country = Code("country", label=_("Country of their own choice"))
    goal_reasons = Words(label=_("Why this one, as they say it"), rows=2)
    reunify_with = Bland(label=_("To be with whom again (who they are, no name)"))
    reunify_case = Reference(label=_("Reference of that relative's own case, if we helped them"))
    alias = Bland(label=_("What we call them (no real name)"), max_length=60)
    channel = Code("channel", label=_("How they reached us"))
    requester_kind = Code("requester", label=_("Who asks"))
    former_case = Reference(label=_("Reference of the caller's own case, if we helped them before"))
    partner = Line(label=_("Which partner"))
    before_crossing = Answer(label=_("Could this be the last word before they move?"))
    child_seen = Code("child_seen", label=_("A child on a video call or picture"))
    promised = Words(label=_("What was promised in the first call"), rows=2)
    story = Words(label=_("Their story, in their own words"), rows=6, max_length=20_000)
    danger_now = Code("danger", label=_("Danger"))
    situation = Codes("situation", label=_("Situation"))
    country = Code("country", label=_("Country where they are"))
    adm1 = Bland(label=_("Province, nothing finer"))
    push_factors = Codes("push", label=_("What made them leave"))
    head_count = Number(label=_("How many people"))
    children = Number(label=_("Children among them"))
    infants = Number(label=_("Infants up to 2 years"))
    over_60 = Number(label=_("People over 60"))
    pregnant_weeks = Number(label=_("Pregnant: which week"), most=45)
    needs = Codes("needs", label=_("Needs"))
    call_back_safe = Answer(label=_("Is it safe to call back?"))
    no_call_back = Answer(label=_("Never call, wait for them"))
    threatened = Answer(label=_("Does somebody threaten to report them?"))
    contact_note = Bland(label=_("What else to mind when reaching them (no numbers)"))
    interpreter_code = Bland(label=_("Interpreter, by code"), max_length=40)
    interpreter_language = Line(label=_("Language"), max_length=40)
    interpreter_broker = Answer(label=_("Is the interpreter the broker of this case?"))
    broker_involved = Answer(label=_("Is a broker involved?"))
    brokered = Answer(label=_("Did somebody else sell them the way before they asked us?"))
    fee_quoted = Price(label=_("Price they were told"))
    debt_capacity = Price(label=_("Debt that they could bear"))
    red_flags = Words(label=_("What makes us careful, and why"), rows=3)
    triage = Code("triage", label=_("What now"))

    def __init__(self, actor: Any, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["needs"].choices = needs_by_family()
        for field in self.fields.values():
            if isinstance(field, Reference):
                field.actor = actor

    @property
    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings."""
        return [(title, [self[name] for name in names]) for title, names in SECTIONS]

    def clean_interpreter_broker(self) -> bool | None:
        """Whoever is the broker of a case interprets nothing in it."""
        said: bool | None = self.cleaned_data["interpreter_broker"]
        if said is True:
            raise forms.ValidationError(
                _("The broker of a case never interprets in it. Find somebody else, then write down their code."),
                code="broker")
        return said

    def fields_of(self, case: Case) -> dict[str, Any]:
        """What is to be written: everything typed, and of the request what this form does not know stays."""
        typed = self.cleaned_data
        unknown = {name: value for name, value in case.record.body.get("request", {}).items() if name not in REQUEST}
        request = unknown | plain({name: typed[name] for name in REQUEST})
        contact = plain({"no_call_back": typed["no_call_back"], "threatened": typed["threatened"],
                         "note": typed["contact_note"]})
        interpreter = plain({"code": typed["interpreter_code"], "language": typed["interpreter_language"],
                             "is_broker_of_case": typed["interpreter_broker"]})
        own = {name: typed[name] or None if typed[name] is not False else False for name in OWN}
        return {"request": request, "contact": contact or None, "interpreter": interpreter or None, **own}


def initial_of(case: Case, refs: Mapping[bytes, str]) -> dict[str, Any]:
    """A case as the form shows it; `refs` are references of cases held, by id."""
    plea = case.request
    said: dict[str, Any] = {name: getattr(plea, name) for name in REQUEST}
    for name in ("call_back_safe", "broker_involved", "before_crossing"):
        said[name] = answered(said[name])
    for name in ("former_case", "reunify_case"):
        said[name] = refs.get(said[name], "")
    return said | {
        "revision": case.record.revision, "wish": case.wish, "alias": case.alias, "push_factors": case.push_factors,
        "brokered": answered(case.brokered), "debt_capacity": case.debt_capacity,
        "no_call_back": answered(case.contact.no_call_back), "threatened": answered(case.contact.threatened),
        "contact_note": case.contact.note, "interpreter_code": case.interpreter.code,
        "interpreter_language": case.interpreter.language, "interpreter_broker": answered(case.interpreter.broker)}

"""What people type about contacts. There is no field for a legal name, a home, papers or a face."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation_web.audit.entries import reason_fits
from waystation_web.gateways import clock

from .words import DECIDED, FLAGS, HELPERS, MOTIVES, RELIABILITY, ROLES, STOPS

YES_NO = (("", _("not known")), ("yes", _("Yes")), ("no", _("No")))


class Several(forms.CharField):
    """Several codes or names in one line, with commas between them."""

    def to_python(self, value: Any) -> list[str]:
        """The parts."""
        return [part.strip() for part in super().to_python(value).split(",") if part.strip()]


class ContactForm(forms.Form):
    """A contact as it is written."""

    code_name = forms.CharField(label=_("Code name"), max_length=40)
    roles = forms.MultipleChoiceField(label=_("What they do"), choices=ROLES, widget=forms.CheckboxSelectMultiple,
                                      required=False)
    helper = forms.ChoiceField(label=_("How they earn"), choices=(("", _("not known")), *HELPERS), required=False)
    motive = forms.ChoiceField(label=_("Why they help"), choices=MOTIVES, required=False)
    aliases = Several(label=_("Other names they use, if need be"), max_length=200, required=False)
    countries = Several(label=_("Countries"), max_length=60, required=False)
    legs = Several(label=_("Legs they serve, by code"), max_length=400, required=False)
    places = Several(label=_("Places they serve, by code"), max_length=400, required=False)
    introduced_by = forms.CharField(label=_("Who vouched for them, by code name"), max_length=40, required=False)
    knows = Several(label=_("Whom they know of ours, by code name"), max_length=400, required=False)
    brought = forms.ChoiceField(label=_("Did others bring them: a relative, a broker?"), choices=YES_NO, required=False)
    armed = forms.ChoiceField(label=_("Armed?"), choices=YES_NO, required=False)
    languages = forms.CharField(label=_("Languages"), max_length=80, required=False)
    holds = forms.CharField(label=_("Papers, money or children of travellers that they hold"), max_length=300,
                            required=False)
    exploitation = forms.CharField(label=_("Signs of exploitation, with their source"), max_length=600, required=False)
    welfare = forms.CharField(label=_("How they are themselves"), max_length=600, required=False)
    law_risk = forms.CharField(label=_("What the law could do to them for helping"), max_length=300,
                                     required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    FIRST = ("code_name", "legs", "places", "deputy")  # what stands open: the rest is asked for as it becomes known

    def first(self) -> list[forms.BoundField]:
        """Fields that stand open."""
        return [self[name] for name in self.FIRST if name in self.fields]

    def more(self) -> list[forms.BoundField]:
        """All the others, without those that have a place of their own."""
        return [self[name] for name in self.fields if name not in {*self.FIRST, "roles", "revision"}]

    def typed(self) -> dict[str, Any]:
        """What is kept."""
        said = dict(self.cleaned_data)
        said.pop("revision")
        return said | {"armed": {"yes": True, "no": False}.get(said["armed"]),
                       "brought_by_others": said.pop("brought") == "yes"}


class WithPeople(forms.Form):
    """A form that names a colleague, out of those who are offered."""

    NAME, EMPTY = "", _("Choose")

    def __init__(self, *given: Any, people: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields[self.NAME].choices = [("", self.EMPTY), *people]  # type: ignore[attr-defined]

    def account(self) -> bytes:
        """Whom it names; empty for nobody."""
        return bytes.fromhex(self.cleaned_data[self.NAME])


class NewContactForm(WithPeople, ContactForm):
    """A new contact: also who works with it beside its author."""

    NAME, EMPTY = "deputy", _("Nobody yet")
    deputy = forms.ChoiceField(label=_("Deputy: another liaison who works with this contact"), required=False)

    def typed(self) -> dict[str, Any]:
        """What is kept."""
        said = super().typed()
        said.pop("deputy")
        return said


class GradeForm(forms.Form):
    """A grade with its reason and its end."""

    grade = forms.ChoiceField(label=_("Reliability"), choices=(("", _("Choose")), *RELIABILITY))
    reason = forms.CharField(label=_("Why"), max_length=600)
    ends = forms.DateField(label=_("Holds until"), widget=forms.DateInput(attrs={"type": "date"}))


class VetForm(forms.Form):
    """What speaks for somebody and against, and what follows."""

    speaks_for = forms.CharField(label=_("What speaks for them"), max_length=2_000,
                                 widget=forms.Textarea(attrs={"rows": 3, "class": "short"}))
    against = forms.CharField(label=_("What speaks against them"), max_length=2_000,
                              widget=forms.Textarea(attrs={"rows": 3, "class": "short"}))
    steps = forms.CharField(label=_("What was done to find out"), max_length=600, required=False)
    result = forms.ChoiceField(label=_("Decision"), choices=(("", _("Choose")), *DECIDED))
    cleared_for = forms.CharField(label=_("Cleared for what, if so"), max_length=200, required=False)
    ends = forms.DateField(label=_("Holds until"), widget=forms.DateInput(attrs={"type": "date"}))


class StopForm(forms.Form):
    """Stop somebody at once."""

    result = forms.ChoiceField(label=_("From now on"), choices=STOPS)
    against = forms.CharField(label=_("What happened, and who says so"), max_length=2_000,
                              widget=forms.Textarea(attrs={"rows": 3, "class": "short"}))


class TaskForm(forms.Form):
    """What somebody was asked to do and how it went."""

    task = forms.CharField(label=_("What they were asked to do"), max_length=120)
    went = forms.CharField(label=_("How it went"), max_length=600)


class FlagForm(forms.Form):
    """What raised a flag, and when it was seen."""

    rule = forms.ChoiceField(label=_("What was seen"), choices=(("", _("Choose")), *FLAGS))
    facts = forms.RegexField(r"[0-9a-f]{16}", required=False, widget=forms.HiddenInput)
    on = forms.DateField(label=_("On which day"), widget=forms.DateInput(attrs={"type": "date"}))
    told = forms.CharField(label=_("What exactly, and who says so"), max_length=1_000,
                           widget=forms.Textarea(attrs={"rows": 3, "class": "short"}))

    def clean_on(self) -> Any:
        """A day that has come."""
        on = self.cleaned_data["on"]
        if on > clock.today():
            raise forms.ValidationError(_("This day has not come yet."), code="future")
        return on


class LiftForm(forms.Form):
    """Why a flag may rest, and until when."""

    flag = forms.RegexField(r"[0-9a-f]{16}", widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Why it may rest"), max_length=600)
    ends = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}))


class HandleForm(WithPeople):
    """How to reach somebody, and who can open it too."""

    NAME, EMPTY = "deputy", _("Nobody: then nobody else can ever sign for it")
    channel = forms.CharField(label=_("Channel"), max_length=60)
    value = forms.CharField(label=_("Number or account"), max_length=120)
    safe_hours = forms.CharField(label=_("Safe hours"), max_length=120, required=False)
    deputy = forms.ChoiceField(label=_("Deputy: another liaison who can open it"), required=False)


class Reasoned(forms.Form):
    """Something that is done for a reason, which stands in the record of acts."""

    reason = forms.CharField(label=_("Why they need it"), max_length=160)

    def clean_reason(self) -> str:
        """A reason that fits into a line of the record."""
        reason: str = self.cleaned_data["reason"]
        if not reason_fits(reason):
            raise forms.ValidationError(_("Say it in fewer words: the record keeps short reasons."), code="long")
        return reason

    def clean_until(self) -> Any:
        """A day that is not past."""
        until = self.cleaned_data["until"]
        if until is not None and until < clock.today():
            raise forms.ValidationError(_("This day is past. Choose today or a later day."), code="past")
        return until


class OpenForm(Reasoned):
    """Why a number is opened."""

    reason = forms.CharField(label=_("Why you open it"), max_length=160)


class GiveForm(Reasoned):
    """Who shall work with a contact, why, and until when."""

    account = forms.RegexField(r"[0-9a-f]{32}", label=_("Colleague"))
    until = forms.DateField(label=_("Until; empty for a liaison who works with them from now on"), required=False,
                            widget=forms.DateInput(attrs={"type": "date"}))


class ShareForm(Reasoned):
    """Who shall be able to reach a contact, why, and until when."""

    account = forms.RegexField(r"[0-9a-f]{32}", label=_("Colleague"))
    until = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}))

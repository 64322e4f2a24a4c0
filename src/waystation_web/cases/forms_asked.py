"""What is typed while people are asked. Nothing is ticked beforehand: absent means not asked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation_web.gateways import clock

YES_NO = (("yes", _("Yes")), ("no", _("No")))
ANSWERS = (("yes", _("Yes, I want to go")), ("no", _("No")), ("not_yet", _("Not yet")))
LANGUAGES = (("kor", _("Korean")), ("cmn", _("Chinese")), ("eng", _("English")), ("tha", _("Thai")), ("lao", _("Lao")),
             ("vie", _("Vietnamese")), ("oth", _("another one")))
CHOOSE = ("", _("Choose"))


class Asked(forms.Form):
    """About one person of the case."""

    person = forms.ChoiceField(label=_("Who"))

    def __init__(self, *given: Any, people: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["person"].choices = [CHOOSE, *people]  # type: ignore[attr-defined]


class AnswerForm(Asked):
    """What somebody said to leaving."""

    answer = forms.ChoiceField(label=_("Their answer"), choices=ANSWERS, widget=forms.RadioSelect)
    said = forms.CharField(label=_("In their own words"), max_length=2_000, required=False,
                           widget=forms.Textarea(attrs={"rows": 3, "class": "short"}))
    language = forms.ChoiceField(label=_("Language"), choices=(CHOOSE, *LANGUAGES))
    interpreter = forms.CharField(label=_("Interpreter, by code; empty if none was needed"), max_length=60,
                                  required=False)
    broker = forms.ChoiceField(label=_("Is the interpreter, or whoever asked, a broker of this case?"), choices=YES_NO,
                               widget=forms.RadioSelect)
    present = forms.CharField(label=_("Who else was there"), max_length=200, required=False)

    def typed(self, plan: str) -> dict[str, Any]:
        """What is kept, with the plan that was read aloud."""
        said = self.cleaned_data
        return {name: said[name] for name in ("person", "answer", "said", "language", "interpreter", "present")} | {
            "plan": plan, "interpreter_is_broker": said["broker"] == "yes"}


class StandingForm(Asked):
    """What is to happen if somebody is caught. It cannot be asked afterwards."""

    tell = forms.CharField(label=_("Tell whom"), max_length=400, required=False)
    tell_not = forms.CharField(label=_("Tell in no case"), max_length=400, required=False)
    name = forms.ChoiceField(label=_("May their name be given to a State or the UN?"), choices=YES_NO,
                             widget=forms.RadioSelect)
    public = forms.ChoiceField(label=_("May it become public?"), choices=YES_NO, widget=forms.RadioSelect)
    proxy = forms.CharField(label=_("Who decides on treatment"), max_length=200, required=False)
    guardian = forms.CharField(label=_("Who looks after their children"), max_length=200, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=(CHOOSE, *LANGUAGES))
    explained_by = forms.CharField(label=_("Who explained it"), max_length=120)
    signed_on = forms.DateField(label=_("Signed on (empty: not yet)"), required=False,
                                widget=forms.DateInput(attrs={"type": "date"}))

    def clean_signed_on(self) -> Any:
        """Not a day to come."""
        day = self.cleaned_data["signed_on"]
        if day is not None and day > clock.today():
            raise forms.ValidationError(_("This day is still to come."), code="future")
        return day

    def typed(self) -> dict[str, Any]:
        """What is kept."""
        said = dict(self.cleaned_data)
        return said | {"signed_on": said["signed_on"].isoformat() if said["signed_on"] else ""}


class ChildForm(Asked):
    """What is best for a child, not for the journey."""

    text = forms.CharField(label=_("What is best for this child, and what the child said"), max_length=4_000,
                           widget=forms.Textarea(attrs={"rows": 4}))
    guardian = forms.CharField(label=_("Guardian, and what shows it; or why there is no paper"), max_length=400)


class SecondForm(forms.Form):
    """Which record is signed second."""

    item = forms.RegexField(r"[0-9a-f]{16}")

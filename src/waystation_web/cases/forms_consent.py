"""What is typed about consent, screenings, referrals and steps. Nothing is ticked beforehand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .forms import Code
from .forms_asked import CHOOSE, LANGUAGES, YES_NO, Asked
from .words_consent import DATA, PURPOSES, RECIPIENTS, STATES

SAID = (("yes", _("Yes")), ("no", _("No")), ("withdrawn", _("They take it back")))
MODES = (("spoken", _("spoken")), ("written", _("written")), ("thumb", _("thumb print")))


class ConsentForm(Asked):
    """What somebody said about one purpose, one recipient and some data."""

    purpose = forms.ChoiceField(label=_("What for"), choices=(CHOOSE, *PURPOSES))
    recipient = forms.ChoiceField(label=_("To whom"), choices=(("", _("everybody, of this purpose")), *RECIPIENTS),
                                  required=False)
    country = forms.CharField(label=_("Which State, if it is one (two letters)"), max_length=2, required=False)
    data = forms.MultipleChoiceField(label=_("Which data"), choices=DATA, widget=forms.CheckboxSelectMultiple)
    said = forms.ChoiceField(label=_("What they said"), choices=SAID, widget=forms.RadioSelect)
    until = forms.DateField(label=_("Until (empty: until they take it back)"), required=False,
                            widget=forms.DateInput(attrs={"type": "date"}))
    language = forms.ChoiceField(label=_("Language"), choices=(CHOOSE, *LANGUAGES))
    explained_by = forms.CharField(label=_("Who explained it"), max_length=120)
    interpreter = forms.CharField(label=_("Interpreter, by code; empty if none was needed"), max_length=60,
                                  required=False)
    broker = forms.ChoiceField(label=_("Is the interpreter, or whoever asked, a broker of this case?"), choices=YES_NO,
                               widget=forms.RadioSelect)
    mode = forms.ChoiceField(label=_("How it was given"), choices=(CHOOSE, *MODES))
    guardian = forms.ChoiceField(label=_("For a child: does the guardian agree too?"), choices=YES_NO,
                                 widget=forms.RadioSelect, required=False)

    def clean(self) -> dict[str, Any]:
        """A yes is to somebody; only a no or a taking back may be to everybody."""
        said = super().clean() or {}
        if said.get("said") == "yes" and not said.get("recipient"):
            self.add_error("recipient", _("A yes names to whom."))
        if said.get("said") == "yes" and said.get("recipient") in STATES and not said.get("country"):
            self.add_error("country", _("Say which State: a yes names it."))
        return said

    def typed(self) -> dict[str, Any]:
        """What is kept."""
        said = dict(self.cleaned_data)
        return said | {"until": said["until"].isoformat() if said["until"] else "", "country": said["country"].upper(),
                       "interpreter_is_broker": said["broker"] == "yes", "guardian_agrees": said["guardian"] == "yes"}


class BackForm(Asked):
    """Which yes is taken back."""

    purpose = forms.ChoiceField(choices=PURPOSES)
    recipient = forms.ChoiceField(choices=RECIPIENTS)


class ReferForm(Asked):
    """To whom somebody is referred, and with which data."""

    recipient = forms.ChoiceField(label=_("Kind of help"), choices=(CHOOSE, *RECIPIENTS))
    organisation = forms.CharField(label=_("Organisation"), max_length=120)
    country = forms.CharField(label=_("Which State, if it is one (two letters)"), max_length=2, required=False)
    agreement_until = forms.DateField(label=_("The agreement with it holds until"),
                                      widget=forms.DateInput(attrs={"type": "date"}))
    data = forms.MultipleChoiceField(label=_("Which data"), choices=DATA, widget=forms.CheckboxSelectMultiple)
    note = forms.CharField(label=_("What is handed over, to whom there"), max_length=1_000, required=False,
                           widget=forms.Textarea(attrs={"rows": 2, "class": "short"}))
    vital = forms.CharField(widget=forms.HiddenInput, required=False)


class VitalForm(Asked):
    """Why somebody's life hangs on an act without their consent."""

    reason = forms.CharField(label=_("Why their life hangs on it"), max_length=600)


class StepForm(forms.Form):
    """A step with its reason, and what whoever makes it has done before."""

    event = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(max_length=600, required=False)
    challenge = forms.BooleanField(required=False)
    review = forms.DateField(required=False)
    capacity = forms.BooleanField(required=False)
    decline = Code("decline", label="")
    answered = forms.BooleanField(required=False)
    referral_tried = forms.BooleanField(required=False)
    tries = forms.IntegerField(min_value=0, max_value=99, required=False)
    checklist = forms.MultipleChoiceField(choices=[(str(n), str(n)) for n in range(1, 8)], required=False)


class ItemForm(forms.Form):
    """One item of a list."""

    item = forms.RegexField(r"[0-9a-f]{16}")

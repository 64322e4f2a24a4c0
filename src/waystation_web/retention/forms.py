"""What people type to keep, hold or destroy something."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation_web.audit.entries import reason_fits

from .actions_clock import WHYS as DAY_WHYS
from .actions_destroy import WHYS
from .words import DAY_WHYS as DAY_WHY_WORDS
from .words import WHYS as WHY_WORDS

DAY = {"type": "date"}


class ReasonForm(forms.Form):
    """A reason that fits into a line of the record."""

    reason = forms.CharField(label=_("Why"), max_length=160)

    def clean_reason(self) -> str:
        """Short enough to be kept in the record of acts."""
        reason: str = self.cleaned_data["reason"]
        if not reason_fits(reason):
            raise forms.ValidationError(_("Say it in fewer words: the record keeps short reasons."), code="long")
        return reason


class KeepForm(ReasonForm):
    """Another day for one record."""

    day = forms.DateField(label=_("Keep it until"), widget=forms.DateInput(attrs=DAY))
    field_order = ("day", "reason")


class HoldForm(ReasonForm):
    """A hold of a case and everything about it."""

    case = forms.ChoiceField(label=_("Which case, with everything about it"))
    end = forms.DateField(label=_("Last day of the hold, within a year"), widget=forms.DateInput(attrs=DAY))
    field_order = ("case", "reason", "end")

    def __init__(self, cases: list[tuple[str, str]], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["case"].choices = [("", _("Choose")), *cases]  # type: ignore[attr-defined]


class MoveForm(ReasonForm):
    """A hold is renewed, or ended."""

    act = forms.ChoiceField(choices=(("renew", "renew"), ("end", "end")), widget=forms.HiddenInput)
    end = forms.DateField(label=_("New last day, within a year"), required=False, widget=forms.DateInput(attrs=DAY))
    field_order = ("end", "reason")

    def clean(self) -> dict[str, Any]:
        """A new last day is asked for where the hold goes on."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("act") == "renew" and not said.get("end"):
            self.add_error("end", _("Say until which day."))
        return said


class DestroyForm(forms.Form):
    """Why it goes: one of a list, because nothing that somebody types may be left of it."""

    why = forms.ChoiceField(label=_("Why it is destroyed"), choices=[(one, WHY_WORDS[one]) for one in WHYS])
    sure = forms.BooleanField(label=_("I have read what goes, and that nobody can bring it back"))


class DayForm(forms.Form):
    """Which day it is, by another clock than this computer's."""

    day = forms.DateField(label=_("Today, by a telephone or a newspaper and not by this computer"),
                          widget=forms.DateInput(attrs=DAY))
    why = forms.ChoiceField(label=_("What happened"), choices=[(one, DAY_WHY_WORDS[one]) for one in DAY_WHYS])

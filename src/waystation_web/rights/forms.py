"""What is typed to learn which body is open. Nothing is preselected but English, and nothing is kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation_web.gateways import clock

from . import pages, words


class DoorsForm(forms.Form):
    """What is known of what happened: no name, no place."""

    kind = forms.ChoiceField(label=_("What happened"), choices=(("", _("Choose")), *words.KINDS))
    state = forms.ChoiceField(label=_("Which State has done it, or has them"))
    nationality = forms.ChoiceField(label=_("Nationality of the person"), required=False)
    began = forms.DateField(label=_("The day on which it began"), required=False,
                            widget=forms.DateInput(attrs={"type": "date"}))
    ongoing = forms.ChoiceField(label=_("It goes on, or may happen soon"), choices=words.KNOWN, required=False)
    family = forms.ChoiceField(label=_("The family agrees that this body is written to"), choices=words.ASKED,
                               required=False)
    person = forms.ChoiceField(label=_("The person agrees, now or in what they signed before"), choices=words.ASKED,
                               required=False)
    languages = forms.MultipleChoiceField(label=_("Languages in which you can write"), choices=words.LANGUAGES,
                                          widget=forms.CheckboxSelectMultiple, initial=["eng"])

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        listed = pages.names()
        self.fields["state"].choices = [("", _("Choose")), *listed]  # type: ignore[attr-defined]
        self.fields["nationality"].choices = [("", _("not known")), *listed]  # type: ignore[attr-defined]

    def clean_began(self) -> Any:
        """Not a day to come."""
        began = self.cleaned_data["began"]
        if began is not None and began > clock.today():
            raise forms.ValidationError(_("This day is still to come."))
        return began

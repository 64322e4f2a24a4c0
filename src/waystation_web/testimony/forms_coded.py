"""What is typed into the registers. No field asks for the name of a person."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation_web.claims.forms import choice, day, line, words

from . import words as said
from .forms import coded, of_list


class _WithCountry(forms.Form):
    country = forms.ChoiceField(label=_("Of which country"))

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["country"].choices = [("", _("Choose")), *said.countries()]


class PerpetratorForm(_WithCountry):
    """Who is alleged to have done it, without a name."""

    kind = choice(_("Which kind"), of_list("24"))
    unit = line(_("Unit, as publicly known"), required=False)
    rank = line(_("Rank or office"), required=False)
    facility = line(_("Facility, by any of its names"), required=False)
    found_by = line(_("Who found it, if anybody did; empty: alleged"), required=False)


class ObservationForm(forms.Form):
    """One look from above."""

    facility = line(_("Which facility, by any of its names"))
    image_date = line(_("Day of the picture: 2013-05-17, 2013-05"))
    baseline = line(_("Compared with which day"))
    sensor = line(_("Which satellite, and who sells the picture"), required=False)
    feature = coded(_("What"), "feature")
    observed = words(_("Observed: only what can be counted"), rows=2)
    change = line(_("What changed"), required=False)
    sure_observed = coded(_("How sure of that"), "confidence")
    interpreted = words(_("Interpreted: what it is taken for, with its hedges"), rows=2, required=False)
    sure_interpreted = coded(_("How sure of that"), "confidence", required=False)
    quantity = line(_("Inferred: of what"), required=False)
    lo = forms.IntegerField(label=_("The least"), min_value=0, required=False)
    hi = forms.IntegerField(label=_("The most"), min_value=0, required=False)
    model = line(_("How that was worked out"), required=False)
    sure_inferred = coded(_("How sure of that"), "confidence", required=False)
    partner = line(_("Which partner saw it, if one did"), required=False)

    def typed(self) -> dict[str, Any]:
        """As the act takes it."""
        given = self.cleaned_data
        return {name: given[name] for name in ("facility", "image_date", "baseline", "sensor", "feature", "observed",
                                               "change", "interpreted", "partner")} | {
            "inferred": {name: given[name] for name in ("quantity", "lo", "hi", "model")},
            "confidence": {level: given[f"sure_{level}"] for level in ("observed", "interpreted", "inferred")}}


class DenialForm(_WithCountry):
    """What a State says."""

    who = line(_("Which office said it"))
    said_on = day(_("On which day"))
    words = words(_("What it said, in its words"))
    citation = line(_("Where that stands"))
    facility = line(_("About which facility, by any of its names"), required=False)
    event = forms.ChoiceField(label=_("About which coded event"), required=False)

    def __init__(self, *given: Any, events: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["event"].choices = [("", _("none of them")), *events]


class PartnerForm(_WithCountry):
    """An organisation that documents the same."""

    name = line(_("Which organisation"))
    work = words(_("What it documents"), rows=2)
    agreement = line(_("What was agreed with it"), required=False)
    citation = line(_("Where its work stands"), required=False)


FORMS: dict[str, type[forms.Form]] = {"perpetrator": PerpetratorForm, "observation": ObservationForm,
                                      "denial": DenialForm, "partner": PartnerForm}

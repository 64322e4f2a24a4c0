"""What is typed about screenings: one form for each, nothing ticked beforehand, nothing that must be told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .forms import Code
from .forms_asked import YES_NO, Asked
from .screens import HELD
from .words_screens import ACTS, MEANS, PURPOSES, SCREENS


def _told(label: Any, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, required=False,
                                     widget=forms.CheckboxSelectMultiple)


def _text(label: Any, limit: int = 2_000) -> forms.CharField:
    return forms.CharField(label=label, max_length=limit, required=False,
                           widget=forms.Textarea(attrs={"rows": 3, "class": "short"}))


class Offer(Asked):
    """A screening that was offered to somebody. They may have said no to it."""

    what = forms.CharField(widget=forms.HiddenInput)
    refused = forms.ChoiceField(label=_("Did they say no to it?"), choices=YES_NO, widget=forms.RadioSelect)
    present = forms.CharField(label=_("Who of their choice was there"), max_length=120, required=False)


class TraffickingForm(Offer):
    """An act, by a means, for a purpose."""

    act = _told(_("What was done to them"), ACTS)
    means = _told(_("How; that they agreed does not undo it"), MEANS)
    purpose = _told(_("What for"), PURPOSES)
    found = _text(_("What they said, in their own words"))


class ViolenceForm(Offer):
    """Violence at home or on the way, and how they and their children stay safe."""

    found = _text(_("What they said, in their own words"))
    plan = _text(_("How they stay safe, and their children"))


class DyingForm(Offer):
    """Thoughts of dying, what is at hand, and who is with them."""

    found = _text(_("What they said, in their own words"))
    at_hand = forms.CharField(label=_("What they could harm themselves with, and where it is"), max_length=400,
                              required=False)
    plan = _text(_("How they stay safe, and who is with them"))


class PowerForm(Offer):
    """Who holds what they need to be free."""

    papers = Code("held_by", label=_("Who holds their papers"))
    phone = Code("held_by", label=_("Who holds their phone"))
    money = Code("held_by", label=_("Who holds their money"))
    children = Code("held_by", label=_("Who holds their children"))
    found = _text(_("What they said, in their own words"))


FORMS: dict[str, type[Offer]] = {"trafficking": TraffickingForm, "violence": ViolenceForm, "suicide": DyingForm,
                                 "power": PowerForm}
assert set(FORMS) == set(SCREENS) and set(HELD) <= set(PowerForm.base_fields)

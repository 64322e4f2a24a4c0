"""What a desk types on the pages of a journey. Nothing is preselected where a choice says something."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from . import words
from .actions_desk import MOST_HOURS

LONG, SHORT = 4_000, 200
CHOOSE = (("", _("Choose")),)


def long_words(label: Any, *, required: bool = True, rows: int = 2) -> forms.CharField:
    """A field for a sentence or more."""
    return forms.CharField(label=label, max_length=LONG, required=required,
                           widget=forms.Textarea(attrs={"rows": rows, "class": "short"}))


class OpenForm(forms.Form):
    """Why a journey is opened now."""

    reason = long_words(_("Why now, in your own words"))


class CheckInForm(forms.Form):
    """Word that reached the desk: a handful of keys, in the order in which it is heard."""

    word = forms.CharField(label=_("The word they said"), max_length=SHORT, required=False,
                           widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}))
    condition = forms.ChoiceField(label=_("How they are"), choices=(*CHOOSE, *words.CONDITIONS))
    present = forms.IntegerField(label=_("How many are there"), min_value=0, max_value=1_000)
    source = forms.ChoiceField(label=_("Who said it"), choices=(*CHOOSE, *words.SOURCES), required=False)
    text = forms.CharField(label=_("Anything else, or why no word was asked"), max_length=LONG, required=False,
                           widget=forms.TextInput(attrs={"autocomplete": "off"}))
    channel = forms.ChoiceField(label=_("How it came"), choices=(*CHOOSE, *words.CHANNELS), required=False)


class ReleaseForm(forms.Form):
    """The next stop: which, to whom, by which way, for how long."""

    leg = forms.ChoiceField(label=_("Next stop"))
    to = forms.ChoiceField(label=_("Who is told"))
    channel = forms.ChoiceField(label=_("How they are told"), choices=(*CHOOSE, *words.CHANNELS))
    hours = forms.IntegerField(label=_("For how many hours"), min_value=1, max_value=MOST_HOURS)
    why = long_words(_("Off the plan: why"), required=False, rows=1)

    def __init__(self, *given: Any, stops: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        named = dict.fromkeys(who for one in stops for who in one.recipients)
        self.fields["leg"].choices = [*CHOOSE, *((one.leg, _leg(one)) for one in stops)]  # type: ignore[attr-defined]
        self.fields["to"].choices = [*CHOOSE, *((who, _("the party itself") if who == "party" else who)  # type: ignore[attr-defined]
                                                for who in named)]


class StepForm(forms.Form):
    """A step, and what its guards ask of whoever makes it; which fields there are depends on the step."""

    reason = long_words(_("Why, in your own words"))

    def __init__(self, *given: Any, event: str, **more: Any) -> None:
        super().__init__(*given, **more)
        for name in ASKED.get(event, ()):
            self.fields[name] = FIELDS[name]()
        if event in HOW_ENDED:
            self.fields["code"] = forms.ChoiceField(label=_("How the leg ended"),
                                                    choices=(*CHOOSE, *HOW_ENDED[event]))
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])


def _leg(stop: Any) -> Any:
    return f"{stop.end} · {stop.leg}" if stop.planned else f"{stop.end} · {stop.leg} · !"


def _text(label: Any, **more: Any) -> Any:
    return lambda: forms.CharField(label=label, max_length=SHORT, widget=forms.TextInput(
        attrs={"autocomplete": "off", "spellcheck": "false"}), **more)


def _tick(label: Any) -> Any:
    return lambda: forms.BooleanField(label=label, required=False)


FIELDS = {
    "well": _text(_("The word that says all is well")),
    "other": _text(_("The word that says somebody listens")),
    "word": _text(_("The word they said"), required=False),
    "no_word": _text(_("Why no word was asked"), required=False),
    "condition": lambda: forms.ChoiceField(label=_("How they are"), choices=(*CHOOSE, *words.CONDITIONS)),
    "present": lambda: forms.IntegerField(label=_("How many are there"), min_value=0, max_value=1_000),
    "source": lambda: forms.ChoiceField(label=_("Who said it"), choices=(*CHOOSE, *words.SOURCES), required=False),
    "welfare": _text(_("Food, health, rest: how they are")),
    "paid": _tick(_("What must be paid before this leg is paid, or nothing must be")),
    "rested": _tick(_("They have rested as long as the slowest needs")),
    "asked_again": _tick(_("Every adult was asked again whether they go on, and said yes")),
    "proof": lambda: forms.ChoiceField(label=_("How the arrival is known"), choices=(*CHOOSE, *words.PROOFS)),
    "proof_text": _text(_("Who heard or saw it, and when")),
    "why_apart": _text(_("Why they are parted although they would rather stay together"), required=False),
    "status_case": _text(_("The application that was opened, or why none is needed")),
}
ASKED = {
    "prepare": ("well", "other"), "depart": ("paid", "rested"), "go_on": ("rested",),
    "reach": ("word", "no_word", "condition", "present", "source", "welfare"), "free": ("asked_again",),
    "hand_over": ("proof", "proof_text"), "complete": ("status_case",),
}
HOW_ENDED = {"reach": words.CAME_THROUGH, "replan": words.STOPPED, "hand_over": words.CAME_THROUGH,
             "suspend": words.LOST}

"""What people type about items, checked before anything is done with it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation_web.gateways import clock

from .words import choices

LONG, SHORT = 2_000, 160
MOST_BOXES = 40
BOX = _("Line %d: four numbers from 0 to 100, left before right and top before bottom, as in 20 10 45 60.")


def chosen(label: Any, table: str, *, empty: bool = True) -> forms.ChoiceField:
    """One of a table's codes; nothing is ticked before."""
    field = forms.ChoiceField(label=label, choices=[])
    field.table, field.empty = table, empty
    return field


class Worded(forms.Form):
    """Lists are filled when the form is made: words are in the reader's language."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        for field in self.fields.values():
            if table := getattr(field, "table", ""):
                first = [("", _("Choose"))] if field.empty else []
                field.choices = [*first, *choices(table)]


class AnnounceForm(Worded):
    """What is about to come: from whom, when and how."""

    title = forms.CharField(label=_("A few words for it, without names"), max_length=120)
    origin = chosen(_("Who took or made it"), "origin")
    creator = forms.CharField(label=_("Their name, if it must be known; it never leaves"), max_length=SHORT,
                              required=False)
    acquired_from = forms.CharField(label=_("Who handed it over"), max_length=SHORT)
    acquired_on = forms.DateField(label=_("When"), widget=forms.DateInput(attrs={"type": "date"}))
    how = forms.CharField(label=_("How it came to us"), max_length=LONG,
                          widget=forms.Textarea(attrs={"rows": 2, "class": "short"}))

    def clean_acquired_on(self) -> date:
        """A day that has come."""
        day: date = self.cleaned_data["acquired_on"]
        if day > clock.today():
            raise forms.ValidationError(_("This day is still to come."), code="future")
        return day


class FileForm(forms.Form):
    """The file; by the time a form sees it, it is sealed."""

    file = forms.FileField(label=_("File"), max_length=180)


class AnswerForm(Worded):
    """The questions, before it is sealed. Nothing is ticked before; "not known" is an answer."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    authenticity = chosen(_("Is it as it was taken?"), "authenticity")
    label = chosen(_("What it is called when it is shown"), "label")
    exposure = chosen(_("How hard it is to look at"), "exposure")
    thirds = chosen(_("Other people in it"), "thirds")
    covert = chosen(_("Was it taken in secret, by somebody who could be found by it?"), "covert")
    inducement = chosen(_("Was anything paid or promised for it?"), "inducement")
    marks = forms.MultipleChoiceField(label=_("Scars, tattoos or wounds that prove something, and by which somebody "
                                              "could be known"),
                                      choices=[], required=False, widget=forms.CheckboxSelectMultiple)
    mark_words = forms.CharField(label=_("What they look like"), max_length=LONG, required=False)
    rights_holder = forms.CharField(label=_("Whose picture it is: who is asked and named when it is shown"),
                                    max_length=SHORT, required=False)
    technical = forms.CharField(label=_("What is known of how it was taken: device, view, shaky or still, interview"),
                                max_length=LONG, required=False)

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["marks"].choices = choices("marks")

    def clean(self) -> dict[str, Any]:
        """Where a mark is ticked, it is described."""
        said = super().clean() or {}
        if said.get("marks") and not said.get("mark_words"):
            self.add_error("mark_words", _("Say what they look like."))
        return said

    def answers(self) -> dict[str, Any]:
        """As the act takes them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}


class RefuseForm(forms.Form):
    """Why it is no evidence."""

    why = forms.ChoiceField(label=_("Why it is no evidence"), choices=[
        ("re-enactment", _("it was played again")), ("fiction", _("it is invented")),
        ("not-evidence", _("it has nothing to do with what we prove"))])
    said = forms.CharField(label=_("In your words"), max_length=LONG)


class OriginalForm(Worded):
    """Why the original itself is needed."""

    why = chosen(_("Why a copy is not enough"), "original")
    said = forms.CharField(label=_("In your words"), max_length=LONG)


class CopyForm(Worded):
    """A working copy: why, and what is covered."""

    why = chosen(_("What for"), "copy")
    boxes = forms.CharField(label=_("What to cover: one box a line, left top right bottom in per cent; the picture "
                                    "shows lines at each tenth"), required=False, max_length=LONG,
                            widget=forms.Textarea(attrs={"rows": 3, "class": "short", "spellcheck": "false"}))

    def clean_boxes(self) -> list[list[float]]:
        """Boxes as numbers."""
        found = []
        for place, line in enumerate(self.cleaned_data["boxes"].splitlines(), 1):
            if not line.strip():
                continue
            try:
                box = [float(one) for one in line.replace(",", " ").split()]
                left, top, right, bottom = box
            except ValueError as why:
                raise forms.ValidationError(BOX % place, code="box") from why
            if not (0 <= left < right <= 100 and 0 <= top < bottom <= 100) or len(found) == MOST_BOXES:
                raise forms.ValidationError(BOX % place, code="box")
            found.append(box)
        return found

    def clean(self) -> dict[str, Any]:
        """A copy that covers something says where."""
        said = super().clean() or {}
        if "boxes" not in self.errors and said.get("why", "clean").startswith("redact") and not said.get("boxes"):
            self.add_error("boxes", _("Say where, or choose that nothing is covered."))
        return said


class KeyForm(forms.Form):
    """Which copy a form is about."""

    copy = forms.CharField(max_length=32, required=False, widget=forms.HiddenInput)


class SeenForm(KeyForm):
    """What was seen in a copy, before it is signed."""

    appears = forms.CharField(label=_("Who appears in it"), max_length=LONG)
    found_by = forms.CharField(label=_("Who could be found by it: voices, scars, clothes, rooms, windows, plates, "
                                       "screens, handwriting"), max_length=LONG)

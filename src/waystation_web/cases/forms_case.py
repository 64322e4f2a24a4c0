"""What people type on the page of a case: notes, tasks, promises, scales, the next look at somebody who hides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation_web.audit.entries import reason_fits

from .forms import Answer, Code, Line, Number, Words
from .words import choices

ITEM_MAX, REASON_MAX = 32, 160


class AccountField(forms.ChoiceField):
    """A colleague of a list; sixteen bytes, or none."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**{"required": False} | more)

    def clean(self, value: Any) -> Any:
        """The id as bytes."""
        return bytes.fromhex(super().clean(value))


class ReasonField(forms.CharField):
    """A reason that fits into a line of the record."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**{"max_length": REASON_MAX, "label": _("Why"),
                            "widget": forms.TextInput(attrs={"autocomplete": "off"})} | more)

    def clean(self, value: Any) -> Any:
        """Short enough: Korean takes three bytes a syllable."""
        said = super().clean(value)
        if not reason_fits(said):
            raise forms.ValidationError(_("Say it in fewer words: the record keeps short reasons."), code="long")
        return said


def day_field(label: Any, **more: Any) -> forms.DateField:
    """A day, or none."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **{"required": False} | more)


class NoteForm(forms.Form):
    """What somebody heard or saw."""

    text = Words(label=_("What was said or seen"), required=True, rows=3, max_length=20_000)


class TaskForm(forms.Form):
    """Something to do."""

    text = Line(label=_("What is to be done"), required=True)
    due = day_field(_("By which day"))
    for_ = AccountField(label=_("Who does it"))
    need = Code("needs", label=_("For which need"), empty="no need in particular")
    follow_up = forms.BooleanField(label=_("A follow-up: look at them again on this day"), required=False)

    def __init__(self, *args: Any, people: list[tuple[str, str]] | None = None, needs: tuple[str, ...] = (),
                 **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["for_"].choices = [("", _("nobody yet")), *(people or [])]
        self.fields["need"].choices = choices("needs", empty="no need in particular", only=needs or ("-",))


class ItemForm(forms.Form):
    """Which task or promise, and what became of it."""

    item = forms.CharField(max_length=ITEM_MAX)
    done = forms.BooleanField(required=False)


class PromiseForm(forms.Form):
    """What the person was told they can count on."""

    text = Line(label=_("What we promised"), required=True)
    due = day_field(_("For which day"))


class ScaleForm(forms.Form):
    """One of the two scales. They stand side by side, and nothing makes one number of them."""

    which = forms.ChoiceField(choices=[("need_scale", _("Need")), ("safety_scale", _("Safety"))],
                              widget=forms.HiddenInput)
    value = forms.ChoiceField(label=_("From 1 to 5"), choices=lambda: choices("scale", empty="Choose"))
    reason = Line(label=_("Why"), required=True)
    revision = forms.IntegerField(widget=forms.HiddenInput)


class WatchForm(forms.Form):
    """How somebody who hides for long is looked after."""

    next_check = day_field(_("Next look on"))
    every_days = Number(label=_("Then every so many days"), most=366, least=1)
    text = Line(label=_("How, without danger to them"))


class TeamForm(forms.Form):
    """Worker and deputy: two people at least can open each case."""

    worker = AccountField(label=_("Worker"))
    deputy = AccountField(label=_("Deputy"))
    reason = ReasonField()
    end_old = forms.BooleanField(label=_("Whoever was worker or deputy before can no longer open it"), required=False)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("worker", "deputy"):
            self.fields[name].choices = [("", _("nobody yet")), *people]

    def clean(self) -> dict[str, Any]:
        """Two people, not one twice."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if typed.get("worker") and typed.get("worker") == typed.get("deputy"):
            self.add_error("deputy", _("Choose two people: if one is away, the other can go on."))
        return typed


class JudgeForm(forms.Form):
    """Whether two cases are about the same people."""

    other = forms.CharField(max_length=32, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(label=_("They are"), choices=lambda: choices("verdict", empty="Choose"))
    reason = Line(label=_("Why"), required=True)

    def clean_other(self) -> bytes:
        """The id of a case."""
        try:
            return bytes.fromhex(self.cleaned_data["other"])
        except ValueError as why:
            raise forms.ValidationError(_("Choose a case from the list."), code="other") from why


__all__ = ["AccountField", "Answer", "ItemForm", "JudgeForm", "NoteForm", "PromiseForm", "ReasonField", "ScaleForm",
           "TaskForm", "TeamForm", "WatchForm", "day_field"]

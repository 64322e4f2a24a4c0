"""What people type about notes, checked before anything is done with it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation_web.audit.entries import reason_fits
from waystation_web.gateways import clock

from .limits import NAME_MAX, REASON_MAX, TEXT_MAX, TITLE_MAX, WORDS_MAX


class NoteForm(forms.Form):
    """A note as it is written. `revision` is the one that was on the page: not a secret, and not a permission."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_MAX)
    text = forms.CharField(label=_("Text"), max_length=TEXT_MAX, widget=forms.Textarea(attrs={"rows": 12}),
                           required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def clean_revision(self) -> int:
        """None stands for a note that is not written yet."""
        return self.cleaned_data["revision"] or 0


class SearchForm(forms.Form):
    """Words to look for. They travel in the body of the request and are kept nowhere."""

    words = forms.CharField(label=_("Words"), max_length=WORDS_MAX, required=False)


class IdField(forms.CharField):
    """Sixteen bytes as 32 hexadecimal digits."""

    def to_python(self, value: Any) -> bytes:
        """The id as bytes; anything else is an id that is nobody's."""
        try:
            raw = bytes.fromhex(super().to_python(value))
        except ValueError as reason:
            raise forms.ValidationError(_("Choose a colleague from the list."), code="invalid") from reason
        if len(raw) != 16:
            raise forms.ValidationError(_("Choose a colleague from the list."), code="invalid")
        return raw


class ShareForm(forms.Form):
    """Who shall read a note, why, and until when. `compared` says that the eight words were read to each other."""

    colleague = IdField(label=_("Colleague"))
    reason = forms.CharField(label=_("Why they need it"), max_length=REASON_MAX)
    until = forms.DateField(label=_("Until (no day: without an end)"), required=False,
                            widget=forms.DateInput(attrs={"type": "date"}))
    compared = forms.BooleanField(required=False)

    def clean_reason(self) -> str:
        """A reason that fits into a line of the record."""
        reason: str = self.cleaned_data["reason"]
        if not reason_fits(reason):
            raise forms.ValidationError(_("Say it in fewer words: the record keeps short reasons."), code="long")
        return reason

    def clean_until(self) -> date | None:
        """A day that is not past."""
        until = self.cleaned_data["until"]
        if until is not None and until < clock.today():
            raise forms.ValidationError(_("This day is past. Choose today or a later day."), code="past")
        return until


class EndForm(forms.Form):
    """Whose reading of a note ends."""

    colleague = IdField(label=_("Colleague"))


class ShredForm(forms.Form):
    """Somebody says that a note shall be destroyed."""

    sure = forms.BooleanField(label=_("Destroy this note and its files for everybody"))


class FileForm(forms.Form):
    """A file to keep with a note; by the time a form sees it, it is sealed."""

    file = forms.FileField(label=_("File"), max_length=NAME_MAX)

"""Fields that the forms of claims share. What is typed is sealed; nothing of it stands in an address."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation_web.gateways import clock

LONG, SHORT = 8000, 300
CHOOSE = [("", _("Choose"))]


def words(label: Any, *, rows: int = 3, **more: Any) -> forms.CharField:
    """A text of several lines."""
    return forms.CharField(label=label, **{"max_length": LONG, "widget": forms.Textarea(
        attrs={"rows": rows, "class": "short"})} | more)


def line(label: Any, **more: Any) -> forms.CharField:
    """A text of one line."""
    return forms.CharField(label=label, **{"max_length": SHORT,
                                           "widget": forms.TextInput(attrs={"autocomplete": "off"})} | more)


def day(label: Any, **more: Any) -> forms.DateField:
    """A day."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **more)


def choice(label: Any, of: list[tuple[Any, Any]], **more: Any) -> forms.ChoiceField:
    """One of a list; nothing is chosen beforehand."""
    return forms.ChoiceField(label=label, choices=[*CHOOSE, *of], **more)


class AccountField(forms.ChoiceField):
    """A colleague; sixteen bytes, or none."""

    def clean(self, value: Any) -> Any:
        """The id as bytes."""
        return bytes.fromhex(super().clean(value))


class AccountsField(forms.MultipleChoiceField):
    """Colleagues; sixteen bytes each."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> Any:
        """The ids as bytes."""
        return [bytes.fromhex(one) for one in super().clean(value)]


def not_to_come(given: date) -> date:
    """A day that has been. Raises `ValidationError`."""
    if given > clock.today():
        raise forms.ValidationError(_("This day is still to come."), code="day")
    return given


def to_come(given: date) -> date:
    """Today or a later day. Raises `ValidationError`."""
    if given < clock.today():
        raise forms.ValidationError(_("This day has gone by."), code="day")
    return given

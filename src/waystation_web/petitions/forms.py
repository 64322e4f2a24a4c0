"""What people type about a petition, checked before anything is done with it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from . import words
from .signatures import Fault, Row, read

LONG, SHORT = 8_000, 300
CHOOSE = ("", _("Choose"))


def _line(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=SHORT, widget=forms.TextInput(attrs={"autocomplete": "off"}), **more)


def _text(label: Any, rows: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, **{"max_length": LONG, "widget": forms.Textarea(attrs={"rows": rows})} | more)


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **more)


class PetitionForm(forms.Form):
    """The text that people sign. It is public: it names nobody who is helped."""

    title = _line(_("What it is called"))
    addressee = forms.ChoiceField(label=_("To whom; they stand in the directory"))
    language = forms.ChoiceField(label=_("Language"), choices=[CHOOSE, *words.LANGUAGES])
    text = _text(_("The text. It is public: it names nobody whom we help"), 6)
    demands = _text(_("What is asked, one line for each"), 4)
    plan = _day(_("Day on which it is to be given"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *given: Any, people: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["addressee"].choices = [CHOOSE, *people]

    def clean_demands(self) -> list[str]:
        """One for each line."""
        return [one.strip() for one in self.cleaned_data["demands"].splitlines() if one.strip()]


class TypedForm(forms.Form):
    """A sheet of paper, typed: one name a line, all of one country."""

    sheet = forms.CharField(label=_("Number of the sheet"), max_length=20,
                            widget=forms.TextInput(attrs={"autocomplete": "off"}))
    country = forms.RegexField(r"^[A-Za-z]{2}$", label=_("Country, in two letters (KR)"),
                               widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": 2}),
                               error_messages={"invalid": _("Two letters for the country, as KR.")})
    names = _text(_("Names as they stand on paper, one line for each"), 6)

    def rows(self) -> list[Row]:
        """What was typed."""
        said = self.cleaned_data
        names = (" ".join(one.split()) for one in said["names"].splitlines())
        return [Row(said["sheet"].strip(), one, said["country"].upper()) for one in names if one]


class PastedForm(forms.Form):
    """A table of signatures; `faults` says where it is wrong."""

    table = forms.CharField(label=_("Table with the columns sheet, name, country (CSV)"), max_length=300_000,
                            widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}))
    faults: tuple[Fault, ...] = ()
    found: tuple[Row, ...] = ()

    def clean_table(self) -> str:
        """Read; nothing of it is taken in while one row is wrong."""
        text: str = self.cleaned_data["table"]
        self.found, self.faults = read(text)
        if self.faults:
            raise forms.ValidationError(_("Nothing was taken in. Mend the rows named below and paste it again."))
        return text

    def rows(self) -> tuple[Row, ...]:
        """What was pasted."""
        return self.found


class StrikeForm(forms.Form):
    """Why a signature does not count."""

    item = forms.CharField(max_length=32)
    why = forms.CharField(max_length=SHORT)


class ApartForm(forms.Form):
    """Two that are two people."""

    pair = forms.RegexField(r"^[0-9a-f]{16}-[0-9a-f]{16}$")


class CloseForm(forms.Form):
    """Nothing is typed to close it."""


class GivenForm(forms.Form):
    """To whom it was given."""

    on = _day(_("Given on"))
    where = _line(_("Where"))
    by_whom = _line(_("By whom, by handle or office"))
    to_whom = _line(_("Who took it, by their office; or who refused to"))
    how = forms.ChoiceField(label=_("How"), choices=[CHOOSE, *words.HOWS.items()])
    again = _day(_("Asked again on"))

"""What people type into the directory, checked before anything is done with it. Nothing is chosen beforehand."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation_web.gateways import clock

from . import words
from .terms import AHEAD

LONG, SHORT = 4_000, 300
WHEN = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
CHOOSE = ("", _("Choose"))


def _line(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, **{"max_length": SHORT,
                                           "widget": forms.TextInput(attrs={"autocomplete": "off"})} | more)


def _text(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, **{"max_length": LONG, "widget": forms.Textarea(
        attrs={"rows": 3, "class": "short"})} | more)


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **more)


def _choice(label: Any, of: dict[str, Any], **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[CHOOSE, *of.items()], **more)


class EntryForm(forms.Form):
    """What every form of an entry has: the edition that was on the page. `typed` is what the record gets."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def typed(self) -> dict[str, Any]:
        """As it is kept: days as text, several values as lists."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "revision"}
        return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in said.items()}


class AddresseeForm(EntryForm):
    """An organisation, or an official or public body."""

    name = _line(_("Name"))
    others = _line(_("Other names it goes by, with ; between them"), required=False)
    country = forms.RegexField(r"^[A-Za-z]{2}$", label=_("Country, in two letters (KR); empty if of none"),
                               required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": 2}),
                               error_messages={"invalid": _("Two letters, as KR or TH.")})
    authority = _choice(_("What power it has"), words.AUTHORITIES)
    office = _line(_("Office held, if this is an official"), required=False)
    body = _line(_("Body or organisation it belongs to"), required=False)
    languages = _line(_("Languages it reads, with ; between them"), required=False)
    address = _text(_("Public address at which it can be written to"), required=False)
    source = _line(_("Where this is written"))
    as_of = _day(_("Looked up on"))
    note = _text(_("What else is good to know. No name and nothing about anybody in a case"), required=False)

    def clean_others(self) -> list[str]:
        """Several names."""
        return _several(self.cleaned_data["others"])

    def clean_languages(self) -> list[str]:
        """Several languages."""
        return _several(self.cleaned_data["languages"])

    def clean_country(self) -> str:
        """As codes are written."""
        return str(self.cleaned_data["country"]).upper()

    def clean_as_of(self) -> Any:
        """Not a day to come."""
        return _been(self.cleaned_data["as_of"])


class StatementForm(EntryForm):
    """Words that somebody said in public, with where they stand."""

    who = forms.ChoiceField(label=_("Who said it, if they stand in the directory"), required=False)
    name = _line(_("Name, as the source gives it; a handle if that is all"))
    office = _line(_("What they were then"), required=False)
    standing = _choice(_("As what they speak"), words.STANDINGS)
    said_on = forms.RegexField(WHEN, label=_("When: a day, a month or a year (2026-12-10, 2026-12, 2026)"),
                               widget=forms.TextInput(attrs={"autocomplete": "off"}),
                               error_messages={"invalid": _("Write 2026-12-10, 2026-12 or 2026.")})
    text = _text(_("The words, exactly as they stand there"))
    language = _line(_("Language of these words"))
    translation = _text(_("Translation, if one is needed"), required=False)
    denies = forms.ChoiceField(label=_("Does it deny something that was found?"),
                               choices=[CHOOSE, ("yes", _("yes")), ("no", _("no"))])
    about = _line(_("About what"))
    source = _line(_("Where it stands: title and publication"))
    author = _line(_("Who wrote that down; empty if not known"), required=False)
    address = _line(_("Address or page"), required=False)
    as_of = _day(_("Looked up on"))

    def __init__(self, *given: Any, people: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["who"].choices = [("", _("none of these")), *people]  # type: ignore[attr-defined]

    def clean_denies(self) -> bool:
        """Yes or no."""
        return bool(self.cleaned_data["denies"] == "yes")

    def clean_as_of(self) -> Any:
        """Not a day to come."""
        return _been(self.cleaned_data["as_of"])


class OccasionForm(EntryForm):
    """A day on which something is raised."""

    name = _line(_("Occasion"))
    kind = _choice(_("What it is"), words.OCCASIONS)
    day = _day(_("Next on"))
    yearly = forms.ChoiceField(label=_("Every year?"), choices=[CHOOSE, ("yes", _("yes")), ("no", _("no"))])
    ahead = forms.IntegerField(label=_("Days before on which it is prepared"), min_value=0, max_value=365,
                               initial=AHEAD)
    who = forms.ChoiceField(label=_("Before whom"), required=False)
    bring = _text(_("What is raised. No name and nothing about anybody in a case"))

    def __init__(self, *given: Any, people: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["who"].choices = [("", _("none of these")), *people]  # type: ignore[attr-defined]

    def clean_yearly(self) -> bool:
        """Yes or no."""
        return bool(self.cleaned_data["yearly"] == "yes")

    def typed(self) -> dict[str, Any]:
        """As it is kept."""
        said = super().typed()
        return {**{name: value for name, value in said.items() if name != "bring"}, "raise": said["bring"]}


class TermsForm(forms.Form):
    """What a partner signed."""

    what = _text(_("What they may have"))
    why = _text(_("What for"))
    keeps = _line(_("How long they keep it"))
    onward = _line(_("To whom they may pass it on; nobody, if so"))
    signed_on = _day(_("Signed on"))
    until = _day(_("Until"))


class EndForm(forms.Form):
    """Why terms end."""

    item = forms.CharField(max_length=32, widget=forms.HiddenInput)
    why = _line(_("Why they end now"))


class AskForm(forms.Form):
    """What was asked of them, and the day on which they are asked again."""

    on = _day(_("Asked on"))
    how = _choice(_("How"), words.HOWS)
    about = _line(_("What was asked. No name of anybody in a case"))
    again = _day(_("Asked again on"))


class AnswerForm(forms.Form):
    """What became of it."""

    item = forms.CharField(max_length=32, widget=forms.HiddenInput)
    answer = _text(_("What they answered; or that they were silent"))
    again = _day(_("Asked again on; empty closes it"), required=False)


class RaisedForm(forms.Form):
    """What was done on an occasion."""

    what = _text(_("What was raised, by whom and before whom; or why nothing was"))
    answer = _text(_("What was answered"), required=False)


def _several(text: str) -> list[str]:
    return [one.strip() for one in text.split(";") if one.strip()]


def _been(day: Any) -> Any:
    if day > clock.today():
        raise forms.ValidationError(_("This day is still to come."), code="day")
    return day

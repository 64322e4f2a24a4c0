"""What is typed for letters. No field asks for a name; nothing that only they can agree to is ticked beforehand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation_web.gateways import clock

from . import words

LONG, SHORT = 6_000, 300
ASKED = (("", _("nobody asked")), ("yes", _("yes")), ("no", _("no")))


def _words(label: Any, *, rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONG, widget=forms.Textarea(
        attrs={"rows": rows, "class": "short"}), **more)


def _line(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=SHORT, widget=forms.TextInput(attrs={"autocomplete": "off"}), **more)


class TextForm(forms.Form):
    """What a letter says beside what the incident gives."""

    state = forms.ChoiceField(label=_("Which State has them, or may send them back"))
    language = forms.ChoiceField(label=_("Language of the letter"), choices=words.LANGUAGES)
    demands = forms.MultipleChoiceField(label=_("What is asked"), choices=words.DEMANDS,
                                        widget=forms.CheckboxSelectMultiple, required=False)
    which = _line(_("Which office exactly, for example of which town (may stay empty)"), required=False)
    own = _words(_("What else happened, in your words: no name, no place of ours, nobody who told us"), required=False)
    denial_says = _words(_("What the State said of this very matter, word for word"), rows=2, required=False)
    denial_on = _line(_("When it said so"), required=False)
    denial_source = _line(_("Where that stands"), required=False)
    profiles = forms.MultipleChoiceField(
        label=_("For the memo: what is true of all of them, and may be told to whoever holds them"),
        choices=words.PROFILES, widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *given: Any, states: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["state"].choices = [("", _("Choose")), *states]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A denial is cited: its words, its day and where it stands."""
        cleaned = super().clean() or {}
        if cleaned.get("denial_says"):
            for name in ("denial_on", "denial_source"):
                if not cleaned.get(name):
                    self.add_error(name, _("Write down when and where it was said: words without a source are none."))
        return cleaned

    def typed(self) -> dict[str, Any]:
        """What is kept."""
        said = dict(self.cleaned_data)
        denial = {name: said.pop(f"denial_{name}") for name in ("says", "on", "source")}
        return said | {"denial": denial if denial["says"] else {}}


class DraftForm(TextForm):
    """New letters, one for each addressee that is chosen."""

    to = forms.MultipleChoiceField(label=_("To whom"), choices=list(words.ADDRESSEES.items()),
                                   widget=forms.CheckboxSelectMultiple)
    listed = forms.ChoiceField(label=_("Which office of the directory (then choose one addressee, and type no office)"),
                               choices=[], required=False)
    field_order = ["state", "to", "listed"]

    def __init__(self, *given: Any, listed: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["listed"].choices = [("", _("none")), *listed]  # type: ignore[attr-defined]


class SaysForm(forms.Form):
    """A correction, or what was heard."""

    says = _words(_("What was wrong, and what is right: no name"))


class LookForm(forms.Form):
    """Somebody looked again."""

    says = _words(_("What was answered, or that nothing was"), rows=2)
    ended = forms.BooleanField(label=_("Nothing follows any more"), required=False)


class SignForm(forms.Form):
    """What whoever signs first weighed."""

    publicity = forms.ChoiceField(label=_("Quiet or public"), choices=words.PUBLICITY, widget=forms.RadioSelect)
    harm = _words(_("Whom it could harm, and why it goes out all the same"))
    reason = _words(_("Why now, in your own words"), rows=2)
    other = forms.ChoiceField(label=_("Who signs for the other office"))

    def __init__(self, *given: Any, others: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["other"].choices = [("", _("Choose")), *others]  # type: ignore[attr-defined]

    def typed(self) -> dict[str, Any]:
        """What is signed."""
        return {**self.cleaned_data, "other": bytes.fromhex(self.cleaned_data["other"])}


class SentForm(forms.Form):
    """A person handed it over."""

    on = forms.DateField(label=_("On which day it was handed over"), widget=forms.DateInput(attrs={"type": "date"}))
    through = _line(_("By which way: a portal, a mail from which computer, by hand"))
    receipt = _line(_("Receipt or number, or that there is none"))

    def clean_on(self) -> Any:
        """Not a day to come."""
        day = self.cleaned_data["on"]
        if day > clock.today():
            raise forms.ValidationError(_("This day is still to come."), code="future")
        return day


class OutForm(forms.Form):
    """As which file."""

    form = forms.ChoiceField(choices=(("pdf", "PDF"), ("docx", "DOCX"), ("txt", _("plain text"))))

"""What is typed about a reading pack. All of it is sealed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation.access import Role
from waystation_web.claims.forms import AccountsField, choice, day, line, not_to_come, words
from waystation_web.gateways import clock
from waystation_web.records.queries import colleagues

from .words import PURPOSES, RECIPIENTS, WORDS


class AskForm(forms.Form):
    """A pack is asked for."""

    story = choice(_("Which story: its words are given, and nothing else"), [])
    partner = choice(_("For whom the reader works; terms with them are in force"), [])
    reader = line(_("Name of the one person who will read it"), max_length=80)
    key = line(_("Their key; it starts with age1"), max_length=120)
    purpose = choice(_("What they said yes to: for"), list(PURPOSES))
    recipient = choice(_("and to"), list(RECIPIENTS))
    why = line(_("What this reader needs it for; printed on it"), max_length=200)
    until = day(_("Last day on which it may be read; half a year at most"))

    def __init__(self, *given: Any, stories: Any = (), partners: Any = (), **more: Any) -> None:
        super().__init__(*given, **more)
        self.stories, self.partners = tuple(stories), tuple(partners)
        for name, of in (("story", stories), ("partner", partners)):
            self.fields[name].choices = [("", _("Choose")), *of]

    def clean_story(self) -> bytes:
        """The id as bytes."""
        return bytes.fromhex(self.cleaned_data["story"])

    def clean_partner(self) -> bytes:
        """The id as bytes."""
        return bytes.fromhex(self.cleaned_data["partner"])

    def clean_key(self) -> str:
        """The key as it was copied, without what stands around it."""
        return str(self.cleaned_data["key"].strip())

    def clean_until(self) -> date:
        """A day that is still to come."""
        given: date = self.cleaned_data["until"]
        if given <= clock.today():
            raise forms.ValidationError(_("Choose a day that is still to come."), code="day")
        return given


class HearForm(forms.Form):
    """The digits of the key, as its reader read them aloud."""

    digits = line(_("The twenty digits, as the reader reads them to you"), max_length=40)
    how = line(_("How you spoke, and how you know that it was they"), max_length=200)


class SignersForm(forms.Form):
    """Who is asked to sign second."""

    colleagues = AccountsField(label=_("Security officers who are to read and sign it"))

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        found = [one for one in colleagues().values() if one.active and Role.SECURITY_OFFICER.value in one.roles]
        self.fields["colleagues"].choices = [(one.id.hex(), one.handle) for one in found]


class TellForm(forms.Form):
    """A line of the log."""

    word = choice(_("What"), [(code, said) for code, said in WORDS.items() if code != "made"])
    day = day(_("On which day"), initial=clock.today)
    text = words(_("By what way, and what they said"), rows=2, max_length=1000)

    def clean_day(self) -> date:
        """A day that has been."""
        given: date = self.cleaned_data["day"]
        not_to_come(given)
        if given < clock.today() - timedelta(days=366):
            raise forms.ValidationError(_("This day is more than a year ago."), code="day")
        return given


class StopForm(forms.Form):
    """Nobody may read it any more."""

    reason = line(_("Why"))


class WhoseForm(forms.Form):
    """Lines of a copy that was found."""

    lines = words(_("Its lines, each as it stands there: one line of the page, one line here"), rows=8,
                  max_length=20_000)

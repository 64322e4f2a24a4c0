"""What is typed about a legal demand."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation.access import Role
from waystation_web.cases.words import choices, known
from waystation_web.cases.words_consent import DATA

from . import words as said
from .forms import AccountField, AccountsField, choice, day, line, not_to_come, to_come, words
from .queries_demand import deciders, everybody

DIGEST = re.compile(r"[0-9a-f]{64}")


class DemandForm(forms.Form):
    """A demand as it arrived, and who decides on it."""

    who = line(_("Who demands it: authority and office"))
    country = choice(_("Of which State"), [])
    sort = choice(_("What it is"), said.pairs(said.SORT))
    received = day(_("When it arrived"))
    how = choice(_("How it arrived"), said.pairs(said.DEMAND_HOW))
    deadline = day(_("Answer by; empty: it names no day"), required=False)
    asks = words(_("What is asked for, in its own words"))
    counsel = line(_("Which lawyer was asked; empty: none yet"), required=False)
    rights = AccountField(label=_("Who decides: the rights officer"))
    head = AccountField(label=_("Who decides with them: the head of the organisation"))
    team = AccountsField(label=_("Who answers it. What these people can open is what can be produced"))

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["country"].choices = choices("country", empty="not known")
        for name, role in (("rights", Role.RIGHTS_OFFICER), ("head", Role.ORGANISATION_HEAD)):
            self.fields[name].choices = [("", _("Choose")), *deciders(role)]
        self.fields["team"].choices = everybody()

    def clean_country(self) -> str:
        """A State of the list."""
        code: str = self.cleaned_data["country"]
        if not known("country", code):
            raise forms.ValidationError(_("Choose the State."), code="country")
        return code

    def clean_received(self) -> date:
        """It has arrived."""
        return not_to_come(self.cleaned_data["received"])

    def clean(self) -> dict[str, Any]:
        """Two people decide."""
        given = super().clean() or {}
        if given.get("rights") and given.get("rights") == given.get("head"):
            self.add_error("head", _("Two people decide. Choose another one."))
        return given


class NoteForm(forms.Form):
    """A line of the log."""

    text = words(_("What was said or done"))


class TeamForm(forms.Form):
    """Who answers it."""

    team = AccountsField(label=_("Who answers it"))

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["team"].choices = everybody()


class DecideForm(forms.Form):
    """The first of two signatures."""

    what = choice(_("What is answered"), said.pairs(said.ANSWER))
    reason = words(_("Why, as counsel advises"))


class GagForm(forms.Form):
    """An order not to tell."""

    until = day(_("Nobody may be told until and with this day"))
    text = words(_("What the order says"), rows=2)


class NoticeForm(forms.Form):
    """Who must be told."""

    whom = line(_("Who must be told, by the reference of their case"))
    due = day(_("By which day"))

    def clean_due(self) -> date:
        """Not in the past."""
        return to_come(self.cleaned_data["due"])


class ToldForm(forms.Form):
    """They were told."""

    notice = forms.RegexField(r"^[0-9a-f]{16}$")
    how = line(_("How"))


class FreezeForm(forms.Form):
    """What is not destroyed until a day: the first of two signatures."""

    case = line(_("Reference of the case about which nothing is destroyed"))
    until = day(_("Until and with which day, within a year"))
    reason = line(_("Why, as counsel advises"), max_length=50)

    def __init__(self, *given: Any, find: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.find = find

    def clean_case(self) -> str:
        """A case that one holds."""
        found: bytes = self.find(self.cleaned_data["case"])
        if not found:
            raise forms.ValidationError(_("You hold no case of this reference. Ask a colleague to share it."),
                                        code="case")
        return found.hex()

    def clean_until(self) -> date:
        """Not in the past."""
        return to_come(self.cleaned_data["until"])


class HandForm(forms.Form):
    """What is given: the first of two signatures."""

    what = words(_("What is given"), rows=2)
    to = line(_("To whom"))
    digest = line(_("SHA-256 of the file or scan that is given, 64 characters"))
    nobody = forms.BooleanField(label=_("Nobody can be known from it"), required=False)
    case = line(_("Else: reference of the case that it is about"), required=False)
    data = forms.MultipleChoiceField(label=_("and which data it holds"), choices=DATA, required=False,
                                     widget=forms.CheckboxSelectMultiple)

    def __init__(self, *given: Any, find: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.find = find

    def clean_digest(self) -> str:
        """A digest as `sha256sum` writes it."""
        given: str = self.cleaned_data["digest"].strip().lower()
        if not DIGEST.fullmatch(given):
            raise forms.ValidationError(_("Write the 64 characters that sha256sum shows for the file."), code="digest")
        return given

    def clean(self) -> dict[str, Any]:
        """Of whom it is, or that it is of nobody."""
        given = super().clean() or {}
        ref = (given.get("case") or "").strip()
        if given.get("nobody"):
            return given | {"case": "", "data": []}
        found = self.find(ref) if ref else b""
        if not found:
            self.add_error("case", _("You hold no case of this reference. Ask a colleague who does, or say that nobody "
                                     "can be known from it."))
        if not given.get("data"):
            self.add_error("data", _("Say which data it holds."))
        return given | {"case": found.hex() if found else ""}

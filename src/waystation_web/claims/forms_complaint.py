"""What is typed about a complaint. Whom it is about is ticked by whoever takes it down, never guessed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation_web.gateways import clock

from . import words as said
from .forms import AccountField, AccountsField, choice, day, line, not_to_come, words
from .queries_complaint import named


class ComplaintForm(forms.Form):
    """A complaint, typed by whoever has it or taken down for them."""

    sort = choice(_("What it is about"), said.pairs(said.COMPLAINT))
    from_ = choice(_("Who says it"), said.pairs(said.FROM))
    how = choice(_("How it reached us"), said.pairs(said.COMPLAINT_HOW))
    received = day(_("On which day"))
    said = words(_("What they say, in their own words"), rows=5)
    about = AccountsField(label=_("About which colleagues. They can never read it"), required=False)
    about_others = line(_("About somebody else: a helper, a broker, a house, by code name"), required=False)
    wish = words(_("What they want to happen"), rows=2, required=False)
    answer_to = line(_("How they can be answered without danger; empty: they want no answer"), required=False)
    protect = words(_("What must happen now so that nobody takes it out on them"), rows=2, required=False)
    handlers = AccountsField(label=_("Who handles it: at least one, none of whom it is about"))

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        people, free = named()
        self.fields["about"].choices = [(one.id.hex(), one.handle) for one in people]
        self.fields["handlers"].choices = [(one.id.hex(), f"{one.handle} · {_offices(one.roles)}")
                                           for one in free.handlers]
        self.fields["received"].initial = clock.today

    def clean_received(self) -> date:
        """It has arrived."""
        return not_to_come(self.cleaned_data["received"])

    def clean(self) -> dict[str, Any]:
        """No handler is one whom it is about."""
        given = super().clean() or {}
        if set(given.get("about") or ()) & set(given.get("handlers") or ()):
            self.add_error("handlers", _("One of them is whom it is about. If nobody else of that office is here, "
                                         "choose another office."))
        return given | {"from": given.get("from_", "")}


def _offices(roles: Any) -> str:
    return ", ".join(str(name) for role, name in said.ROLE.items() if role.value in roles)


class StepForm(forms.Form):
    """What was done."""

    kind = choice(_("Which step it was"), said.pairs(said.STEP))
    text = words(_("Whom, what, how"))


class OutcomeForm(forms.Form):
    """How it ended."""

    what = choice(_("Outcome"), said.pairs(said.OUTCOME))
    text = words(_("What was found, and what changes"))


class AccountForm(forms.Form):
    """A colleague."""

    account = AccountField(label=_("Colleague"))

    def __init__(self, *given: Any, people: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["account"].choices = [("", _("Choose")), *people]


class StandardForm(forms.Form):
    """The house's own standard."""

    ack_days = forms.IntegerField(label=_("Days until they are told that it arrived"), min_value=1, max_value=30)
    answer_days = forms.IntegerField(label=_("Days until they are answered"), min_value=1, max_value=120)
    refer_days = forms.IntegerField(label=_("Sexual exploitation or abuse: days until whoever protects people is told"),
                                    min_value=0, max_value=3)
    outside = words(_("Where somebody can go who trusts nobody here"), rows=2, required=False)

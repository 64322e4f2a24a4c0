"""What is typed about an interview. Nothing is chosen beforehand, and no field asks for a name."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation_web.claims.forms import choice, day, line, not_to_come, to_come, words

from . import words as said

KNOWN = [("yes", _("yes")), ("no", _("no")), ("unknown", _("not known"))]
NEW = "new"


def coded(label: Any, of: str, **more: Any) -> forms.ChoiceField:
    """A code of one list of the rules."""
    return choice(label, [(code, _lazy(text)) for code, text in said.CODES[of].items()], **more)


def ticks(label: Any, of: list[tuple[str, Any]], **more: Any) -> forms.MultipleChoiceField:
    """Several of a list."""
    return forms.MultipleChoiceField(label=label, choices=of, widget=forms.CheckboxSelectMultiple, required=False,
                                     **more)


def of_list(list_: str) -> list[tuple[str, Any]]:
    """Terms of a list, in the reader's language."""
    return [(code, _lazy(one.words)) for code, one in said.terms()[list_].items()]


def _lazy(text: str) -> Any:
    return _(text)


class WhoForm(forms.Form):
    """Whom another interview is for: their earlier ones are shown next."""

    witness = forms.ChoiceField(label=_("Witness"))
    pseudonym = line(_("A new pseudonym: no part of the real name"), required=False)
    whose = forms.ChoiceField(label=_("Of which case, if it is one that you hold"), required=False)

    def __init__(self, *given: Any, known: list[str], people: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["witness"].choices = [("", _("Choose")), (NEW, _("a new witness")), *((one, one) for one in known)]
        self.fields["whose"].choices = [("", _("none that I hold")), *people]

    def clean(self) -> dict[str, Any]:
        """A new witness has a pseudonym."""
        given = super().clean() or {}
        if given.get("witness") == NEW and not given.get("pseudonym", "").strip():
            self.add_error("pseudonym", _("Give the new witness a pseudonym."))
        return given

    def who(self) -> dict[str, Any]:
        """Whom it is for, as the acts take it."""
        given = self.cleaned_data
        case, _mid, person = given["whose"].partition(":")
        fresh = given["witness"] == NEW
        return {"witness": given["pseudonym"].strip() if fresh else given["witness"], "fresh": fresh,
                "case": bytes.fromhex(case), "person": person}


class PlanForm(forms.Form):
    """Why another interview is needed."""

    kind = coded(_("Who they are"), "witness")
    adult = choice(_("Are they eighteen or older"), KNOWN)
    topics = ticks(_("What it may be about"), of_list("04"))
    elsewhere = choice(_("Were they interviewed before, anywhere, by anybody"), KNOWN)
    elsewhere_text = words(_("By whom and when, as far as they say"), rows=2, required=False)
    reason = words(_("Why another interview is needed, and what no record has yet"), rows=2, required=False)
    for_ = line(_("For what it is taken"), required=False)


class TakeForm(forms.Form):
    """What was agreed to, and how it was taken."""

    taken_on = day(_("On which day"))
    language = choice(_("In which language"), list(said.LANGUAGES))
    method = coded(_("How it was taken"), "method")
    place_kind = coded(_("Where"), "place_kind")
    interpreter = line(_("Who interpreted, by code; “none” if nobody did"))
    broker = choice(_("Is the interpreter a broker"), KNOWN, required=False)
    kin_of_accused = choice(_("Is the interpreter a relative of whoever is accused"), KNOWN, required=False)
    support = line(_("Who was there for their support"), required=False)
    inducement = choice(_("Were they paid or given anything for it, before or after"), KNOWN)
    inducement_text = line(_("What, by whom, when"), required=False)
    explained = words(_("What was explained: what happens with it, who may read it, what cannot be promised"), rows=2)
    consented = forms.BooleanField(label=_("They said yes to the interview"), required=False)
    recording = forms.BooleanField(label=_("They said yes to a recording, asked apart"), required=False)
    until = day(_("Until which day it may be kept, as they said"))
    breaks = line(_("Breaks, and whether they stopped"), required=False)
    distress = line(_("Distress that was seen"), required=False)
    aftercare = line(_("What was offered to them afterwards"), required=False)
    orientation = words(_("What they need to find their way here"), rows=2, required=False)
    followup = forms.BooleanField(label=_("They want a psychosocial follow-up"), required=False)

    def clean_taken_on(self) -> date:
        """It has been."""
        return not_to_come(self.cleaned_data["taken_on"])

    def clean_until(self) -> date:
        """It is still to come."""
        return to_come(self.cleaned_data["until"])


class CounselForm(forms.Form):
    """Whether an insider has a lawyer."""

    flag = coded(_("A lawyer"), "counsel")
    note = words(_("Who told them of their rights, and when"), rows=2)


class ConsentForm(forms.Form):
    """What the witness says of one use."""

    use = choice(_("For what"), [*((code, _lazy(text)) for code, text in said.CODES["use"].items()),
                                 ("all", _("every use"))])
    said = choice(_("What they say"), [("yes", _("yes")), ("no", _("no")), ("withdrawn", _("they take it back"))])
    until = day(_("Until which day; empty: without an end"), required=False)
    guardian = forms.BooleanField(label=_("Of a child: its guardian says so too"), required=False)
    words = words(_("In their own words"), rows=2, required=False)

    def clean(self) -> dict[str, Any]:
        """A yes names what for."""
        given = super().clean() or {}
        if given.get("said") == "yes" and given.get("use") == "all":
            self.add_error("use", _("A yes names one use. Ask for each."))
        return given | {"use": "" if given.get("use") == "all" else given.get("use", "")}


class SafetyForm(forms.Form):
    """What keeps whoever gave it safe."""

    identity = line(_("Who they are, for those who must know; read here by rights officers alone"), required=False)
    danger = words(_("What threatens them or their relatives"), rows=2)
    plan = words(_("What is done about it"), rows=2)
    contact = line(_("How they may be reached without danger"), required=False)
    review = day(_("Look at it again on"))


class EmbargoForm(forms.Form):
    """Held back until a day."""

    until = day(_("Held back until; empty: no longer"), required=False)
    reason = line(_("Why"))


class ClearForm(forms.Form):
    """For what it is cleared."""

    use = coded(_("For what"), "use")
    reason = words(_("Why it may be used so"), rows=2)


class HandForm(forms.Form):
    """To whom it was given."""

    use = coded(_("For what"), "use")
    to = line(_("To whom"))

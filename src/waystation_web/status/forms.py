"""What is typed about an application. Nothing is preselected; what is typed is sealed, and stands in no address."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation_web.cases.words import choices
from waystation_web.gateways import clock

from . import words as said
from .grounds import LOOK_AGAIN_DAYS

LONG, SHORT = 8000, 300
CHOOSE = [("", _("Choose"))]


def _words(label: Any, *, rows: int = 2, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, **{"max_length": LONG, "widget": forms.Textarea(
        attrs={"rows": rows, "class": "short"})} | more)


def _line(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=SHORT, widget=forms.TextInput(attrs={"autocomplete": "off"}), **more)


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **more)


def _tick(label: Any, **more: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, **more)


class NewForm(forms.Form):
    """Who asks for a status, and by which way."""

    who = forms.MultipleChoiceField(label=_("Who applies: case and letter"), widget=forms.CheckboxSelectMultiple)
    pathway = forms.ChoiceField(label=_("By which way"))

    def __init__(self, *given: Any, people: list[tuple[str, str]], ways: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["who"].choices = people  # type: ignore[attr-defined]
        self.fields["pathway"].choices = [*CHOOSE, *ways]  # type: ignore[attr-defined]

    def clean_who(self) -> list[str]:
        """People of one case."""
        who: list[str] = self.cleaned_data["who"]
        if len({one.partition(":")[0] for one in who}) > 1:
            raise forms.ValidationError(_("Choose people of one case."), code="case")
        return who

    def typed(self) -> dict[str, Any]:
        """As the act takes it."""
        who = [one.partition(":") for one in self.cleaned_data["who"]]
        return {"case": bytes.fromhex(who[0][0]), "persons": [one[2] for one in who],
                "pathway": self.cleaned_data["pathway"]}


class MoveForm(forms.Form):
    """A step that needs a reason and nothing else."""

    reason = _words(_("Why, or how it is known"))


class ChooseForm(MoveForm):
    """They chose this way."""

    compared = _tick(_("All ways were looked at with them, in their language"))
    explained = _tick(_("They were told first what a South Korean nationality changes elsewhere"))
    unity = _words(_("If a child stays behind: what the mother says about it, and what was tried"), required=False)


class FileForm(MoveForm):
    """It was filed."""

    documents = _tick(_("What is filed is there"))
    authority = _line(_("With which authority"))
    ref_no = _line(_("Its number there"), required=False)
    legal_basis = _line(_("On what law it rests"), required=False)
    counsel = _line(_("Counsel, by a code or an office"), required=False)
    no_counsel = _line(_("If there is none: why"), required=False)


class HoldForm(MoveForm):
    """They are held."""

    state = forms.ChoiceField(label=_("In which State"), choices=lambda: choices("country", empty="not known"))
    facility = _line(_("Where, as a town or an office"), required=False)
    look = _day(_("When somebody looks again, within 31 days"))


class InterviewForm(MoveForm):
    """They were heard."""

    day = _day(_("On which day"))
    summary = _words(_("What was asked and said"), rows=5)
    interpreter = _line(_("Who interpreted, by a code"), required=False)
    broker = forms.ChoiceField(label=_("The interpreter is their broker"), choices=said.YES_NO)

    def clean_day(self) -> date:
        """It has been."""
        return _been(self.cleaned_data["day"])


class DecisionForm(MoveForm):
    """What was decided."""

    day = _day(_("On which day"))
    reasons = _words(_("The reasons that the authority gives"), rows=4)
    instrument = _line(_("On what paper it stands: its kind, number and date"))

    def clean_day(self) -> date:
        """It has been."""
        return _been(self.cleaned_data["day"])


class RefusalForm(DecisionForm):
    """It was refused."""

    appeal_by = _day(_("An appeal is possible until"), required=False)
    no_appeal = _tick(_("No appeal is possible"))


class RemovalForm(MoveForm):
    """They may be removed."""

    measures = _words(_("Which interim measures are asked for, and from whom"))
    memo = _tick(_("The memo against return was looked through"))


FORMS: dict[str, type[MoveForm]] = {
    "choose": ChooseForm, "file": FileForm, "hold": HoldForm, "interview": InterviewForm, "grant": DecisionForm,
    "transfer": DecisionForm, "defer": DecisionForm, "refuse": RefusalForm, "removal": RemovalForm,
}


class StepForm(forms.Form):
    """At which step of their way they stand."""

    order = forms.TypedChoiceField(label=_("They stand at step"), coerce=int)
    day = _day(_("Since which day"))
    left = _tick(_("It was the last one: it ended on this day"))

    def __init__(self, *given: Any, orders: list[tuple[int, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["order"].choices = [*CHOOSE, *orders]  # type: ignore[attr-defined]

    def clean_day(self) -> date:
        """It has been."""
        return _been(self.cleaned_data["day"])


class GroundForm(forms.Form):
    """What somebody's application rests on."""

    person = forms.ChoiceField(label=_("Of whom"))
    claims = forms.MultipleChoiceField(label=_("Grounds that are argued"), choices=said.pairs(said.CLAIM),
                                       widget=forms.CheckboxSelectMultiple, required=False)
    profile = forms.MultipleChoiceField(label=_("Who they are, for what they must expect on return"),
                                        choices=said.pairs(said.PROFILE), widget=forms.CheckboxSelectMultiple,
                                        required=False)
    fear = _words(_("How much they fear it, in their own words. Ask once, and do not press."), rows=3, required=False)
    since_leaving = _words(_("What happened since they left that makes a return dangerous"), required=False)
    nationality = forms.ChoiceField(label=_("Who says that they are, or could be, South Korean"),
                                    choices=[("", _("nobody asked")), *said.pairs(said.ASSERTED)], required=False)

    def __init__(self, *given: Any, people: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["person"].choices = [*CHOOSE, *people]  # type: ignore[attr-defined]


class LookForm(forms.Form):
    """Somebody looked after whoever is held."""

    health = _words(_("How they are, and who came"))
    look = _day(_("When somebody looks again, within 31 days"))

    def clean_look(self) -> date:
        """Soon."""
        day: date = self.cleaned_data["look"]
        if not 0 < (day - clock.today()).days <= LOOK_AGAIN_DAYS:
            raise forms.ValidationError(_("A day within the next 31 days."), code="day")
        return day


class ShareForm(forms.Form):
    """What was told to a State."""

    person = forms.ChoiceField(label=_("About whom"))
    country = forms.ChoiceField(label=_("To which State"), choices=lambda: choices("country", empty="not known"))
    authority = _line(_("To which authority"))
    data = forms.MultipleChoiceField(label=_("What of them"), choices=said.pairs(said.DATA),
                                     widget=forms.CheckboxSelectMultiple)
    what = _line(_("In which letter or form"), required=False)

    def __init__(self, *given: Any, people: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["person"].choices = [*CHOOSE, *people]  # type: ignore[attr-defined]


class FasterForm(forms.Form):
    """One step of one way that would last at most so many days."""

    step = forms.ChoiceField(label=_("Which step"))
    days = forms.IntegerField(label=_("At most so many days"), min_value=0, max_value=3650)

    def __init__(self, *given: Any, steps: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["step"].choices = [*CHOOSE, *steps]  # type: ignore[attr-defined]

    def typed(self) -> dict[str, dict[int, int]]:
        """As the query takes it."""
        way, _colon, order = self.cleaned_data["step"].partition(":")
        return {way: {int(order): self.cleaned_data["days"]}}


def _been(given: date) -> date:
    if given > clock.today():
        raise forms.ValidationError(_("This day is still to come."), code="day")
    return given

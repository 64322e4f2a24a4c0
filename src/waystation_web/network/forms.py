"""What people type into the book. The core says what is wrong with a cell; a form only carries it there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation_web.audit.entries import reason_fits

from .pages import Asked
from .words import HANDS, VALUES, column_word, value_word

LONGEST = 2000
SEVERAL = frozenset({"legs", "conditions", "condition"})   # a cell may hold several of what it refers to


class RowForm(forms.Form):
    """One row, column by column. Nothing is checked here but length: the rules of the book are the core's."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, sheet: str, asked: Iterable[Asked], data: Mapping[str, Any] | None = None,
                 cells: Mapping[str, Any] | None = None, *, revision: int = 0, prefix: str | None = None) -> None:
        super().__init__(data, prefix=prefix, initial={"revision": revision, **typed_of(cells or {})})
        self.sheet, self.asked = sheet, tuple(asked)
        for one in self.asked:
            self.fields[one.name] = _field(sheet, one, self.initial.get(one.name, ""))

    @property
    def typed(self) -> dict[str, str]:
        """The columns as typed."""
        return {one.name: str(self.cleaned_data.get(one.name) or "") for one in self.asked}

    @property
    def columns(self) -> list[forms.BoundField]:
        """The fields of the columns."""
        return [self[one.name] for one in self.asked]

    @property
    def filled(self) -> bool:
        """Whether anything was typed at all."""
        return any(self.typed.values())

    def mark(self, faults: Iterable[Any]) -> None:
        """Put the core's sentence beside the column it speaks of."""
        for fault in faults:
            if fault.sheet == self.sheet and fault.column in self.fields:
                self.add_error(fault.column, fault.worded)


def _field(sheet: str, one: Asked, now: str) -> forms.Field:
    """A list where there are only so many words, and what stands now is always one of them; else a line of text."""
    label = column_word(one.name, sheet)
    words = one.choices or (one.known if one.name not in SEVERAL else ())
    if words:
        choices = [("", _("choose")), *((word, value_word(word, one.name, sheet) if one.choices else word)
                                        for word in dict.fromkeys(filter(None, (*words, now))))]
        return forms.CharField(label=label, required=False, max_length=LONGEST, widget=forms.Select(choices=choices))
    return forms.CharField(label=label, required=False, max_length=LONGEST,
                           widget=forms.TextInput(attrs={"autocomplete": "off"}))


def typed_of(cells: Mapping[str, Any]) -> dict[str, str]:
    """Cells as somebody would type them.

    >>> typed_of({"swim": True, "exposure": ["cold", "water"], "cost": 15})
    {'swim': 'yes', 'exposure': 'cold;water', 'cost': '15'}
    """
    said = {}
    for name, value in cells.items():
        if isinstance(value, bool):
            said[name] = "yes" if value else "no"
        elif isinstance(value, list):
            said[name] = ";".join(str(item) for item in value)
        else:
            said[name] = str(value)
    return said


class ChainForm(forms.Form):
    """The shares of one chain, from each condition to each: all of them, because each row adds up to 1."""

    def __init__(self, conditions: Iterable[str], data: Mapping[str, Any] | None = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.conditions = tuple(conditions)
        self.fields["scope"] = forms.CharField(label=_("Where"), max_length=24)
        self.fields["season"] = forms.CharField(label=_("Season"), max_length=24, required=False)
        self.fields["editions"] = forms.CharField(widget=forms.HiddenInput, required=False, max_length=4000)
        for i, one in enumerate(self.conditions):
            self.fields[f"strength_{i}"] = forms.CharField(label=_("Worth how many changes seen"), required=False,
                                                           max_length=20)
            for j, other in enumerate(self.conditions):
                self.fields[f"share_{i}_{j}"] = forms.CharField(label=f"{one} → {other}", required=False, max_length=20)

    @property
    def table(self) -> list[tuple[str, list[forms.BoundField], forms.BoundField]]:
        """Row by row: the condition it leads from, its shares, its strength."""
        n = range(len(self.conditions))
        return [(one, [self[f"share_{i}_{j}"] for j in n], self[f"strength_{i}"])
                for i, one in enumerate(self.conditions)]

    @property
    def shares(self) -> dict[tuple[str, str], str]:
        """The shares as typed, by (from, to)."""
        return {(one, other): self.cleaned_data[f"share_{i}_{j}"] for i, one in enumerate(self.conditions)
                for j, other in enumerate(self.conditions)}

    @property
    def strength(self) -> dict[str, str]:
        """How many changes seen each judgement is worth, as typed."""
        return {one: self.cleaned_data[f"strength_{i}"] for i, one in enumerate(self.conditions)}

    @property
    def revisions(self) -> dict[bytes, int]:
        """Which editions of the rows stood on the page."""
        found = {}
        for part in filter(None, self.cleaned_data["editions"].split(" ")):
            key, _colon, number = part.partition(":")
            found[bytes.fromhex(key)] = int(number)
        return found

    def clean_editions(self) -> str:
        """Ids and numbers, as the page wrote them."""
        said: str = self.cleaned_data["editions"]
        for part in filter(None, said.split(" ")):
            key, _colon, number = part.partition(":")
            if not (len(key) == 32 and all(digit in "0123456789abcdef" for digit in key) and number.isdigit()):
                raise forms.ValidationError(_("Open the page anew."), code="invalid")
        return said


class ReportForm(forms.Form):
    """A report as it is heard at night: where, what, when, from whom, how good. Grades begin at: cannot be judged."""

    area = forms.CharField(label=_("Area"), max_length=24, widget=forms.Select)
    conditions = forms.MultipleChoiceField(label=_("Condition, or several if it is at least that bad"),
                                           widget=forms.CheckboxSelectMultiple)
    observed = forms.CharField(label=_("Seen at (UTC)"), max_length=40,
                               widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    source = forms.CharField(label=_("Source, by code"), max_length=24, widget=forms.TextInput(
        attrs={"autocomplete": "off", "autocapitalize": "characters", "list": "sources"}))
    origin = forms.CharField(label=_("Common origin, by code (empty: the source itself)"), max_length=24,
                             required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "list": "origins"}))
    reliability = forms.ChoiceField(label=_("How reliable the source is"), initial="F",
                                    choices=[(word, VALUES[word]) for word in "ABCDEF"])
    credibility = forms.ChoiceField(label=_("How credible the report is"), initial="6",
                                    choices=[(word, VALUES[word]) for word in "123456"])
    hand = forms.ChoiceField(label=_("How they know it"), initial="1", choices=list(HANDS.items()))
    valid_for = forms.IntegerField(label=_("Believed for, in hours"), initial=168, min_value=1, max_value=100_000)

    def __init__(self, areas: Iterable[str], conditions: Iterable[str], data: Mapping[str, Any] | None = None,
                 **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["area"].widget.choices = [("", _("choose")), *((area, area) for area in areas)]
        self.fields["conditions"].choices = [(word, word.replace("_", " ")) for word in conditions]

    @property
    def typed(self) -> dict[str, str]:
        """The report as a row of its sheet, but for when it was heard."""
        said = self.cleaned_data
        return {"area": said["area"], "condition": "|".join(said["conditions"]), "observed_at": said["observed"],
                "source": said["source"], "origin": said["origin"] or said["source"],
                "reliability": said["reliability"], "credibility": said["credibility"], "hand": said["hand"],
                "valid_for": str(said["valid_for"])}

    def mark(self, faults: Iterable[Any]) -> None:
        """Put the core's sentence beside the field it speaks of."""
        names = {"condition": "conditions", "observed_at": "observed", "received_at": "observed"}
        for fault in faults:
            name = names.get(fault.column, fault.column)
            self.add_error(name if name in self.fields else None, fault.worded)


class RevisionForm(forms.Form):
    """Which edition of a row was on the page."""

    revision = forms.IntegerField(min_value=1)


class AdmitForm(forms.Form):
    """Who is to be given the book, and why."""

    colleague = forms.RegexField(r"^[0-9a-f]{32}$", label=_("Colleague"))
    reason = forms.CharField(label=_("Why they need it"), max_length=160)

    def clean_reason(self) -> str:
        """A reason that fits into a line of the record."""
        reason: str = self.cleaned_data["reason"]
        if not reason_fits(reason):
            raise forms.ValidationError(_("Say it in fewer words: the record keeps short reasons."), code="long")
        return reason


class FilterForm(forms.Form):
    """Which legs to show. By POST: codes of places stand in no address."""

    area = forms.CharField(label=_("Area"), max_length=24, required=False, widget=forms.Select)
    mode = forms.CharField(label=_("Mode"), max_length=24, required=False, widget=forms.Select)
    state = forms.CharField(label=_("State"), max_length=24, required=False, widget=forms.Select)
    older = forms.IntegerField(label=_("Nothing newer, in days"), min_value=0, max_value=9999, required=False)

    def __init__(self, legs: Iterable[Any], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, label_suffix="")
        legs = list(legs)
        areas = sorted({area for leg in legs for area in leg.areas})
        self.fields["area"].widget.choices = [("", _("all")), *((area, area) for area in areas)]
        for name in ("mode", "state"):
            words = sorted({str(getattr(leg, name)) for leg in legs})
            self.fields[name].widget.choices = [("", _("all")), *((word, value_word(word)) for word in words)]

    def keeps(self, leg: Any) -> bool:
        """Whether a leg is to be shown."""
        said = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return (said.get("area", "") in {"", *leg.areas} and said.get("mode", "") in {"", leg.mode}
                and said.get("state", "") in {"", leg.state}
                and (said.get("older") is None or leg.age is None or leg.age >= said["older"]))


def now_typed(at: datetime) -> str:
    """A moment as a field for local times takes it, in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M")

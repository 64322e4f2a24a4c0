"""What people type to ask about a changed world: a change in rows, beside the question of a plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .change import AREA, CELLS, LEG, ROWS, Fault, cell, typed_rows, written

SHEETS = {
    "apply": (_("Where people may apply"), _("Opening one and closing another moves a place.")),
    "dangers": (_("How dangerous a way or an area is"),
                _("2 is twice as dangerous, 0.5 half. A patrol more is such a number.")),
    "prices": (_("What a way costs"), _("For each person.")),
    "hours": (_("How long a way takes"),
              _("A queue before an office is a way of its own: this makes it longer or shorter.")),
}
LABELS = {
    "place": _("Place"), "open": _("What changes"), "where": _("Way or area"), "times": _("Times as dangerous"),
    "leg": _("Way"), "cost": _("Costs"), "currency": _("Currency"), "min": _("Shortest, hours"),
    "mode": _("Usual, hours"), "max": _("Longest, hours"),
}
APPLY = (("", "–"), ("open", _("people may apply there")), ("shut", _("they no longer may")))
FAULTS = {
    "WI208": _("This stands twice. Keep one of the rows."),
    "WI205": _("Write a number from 0 to 100; 1 changes nothing."),
    "WI209": _("Write a plain number such as 12 or 0.5."),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One kind of change with its rows of fields, for the page."""

    name: str
    title: str
    note: str
    rows: tuple[tuple[Any, ...], ...]


class ChangeForm(forms.Form):
    """The rows of a change. A row in which nothing stands changes nothing."""

    title = forms.CharField(label=_("What you ask, in a few words"), max_length=120)

    def __init__(self, *given: Any, places: list[tuple[str, str]], legs: list[tuple[str, str]],
                 areas: list[str], **more: Any) -> None:
        super().__init__(*given, **more)
        none = ("", "–")
        offers: dict[str, list[Any]] = {
            "place": [none, *places], "leg": [none, *legs], "open": list(APPLY),
            "where": [none, (gettext("Areas"), [(f"{AREA}{code}", code) for code in areas]),
                      (gettext("Ways"), [(f"{LEG}{code}", said) for code, said in legs])],
        }
        for sheet, most in ROWS.items():
            for number in range(1, most + 1):
                for column in CELLS[sheet]:
                    self.fields[cell(sheet, number, column)] = _field(column, offers.get(column))

    def sheets(self) -> Iterator[Sheet]:
        """The rows as the page shows them."""
        for name, (title, note) in SHEETS.items():
            yield Sheet(name, str(title), str(note), tuple(
                tuple(self[cell(name, number, column)] for column in CELLS[name])
                for number in range(1, ROWS[name] + 1)))

    def clean(self) -> dict[str, Any]:
        """Whole rows alone, and at least one."""
        said = super().clean() or {}
        count = 0
        for sheet, number, row in typed_rows(said):
            count += 1
            for column, value in row.items():
                name = cell(sheet, number, column)
                if value in (None, "") and name not in self.errors:
                    self.add_error(name, _("This row is begun: fill it in, or empty it."))
        if not count and not self.errors:
            raise forms.ValidationError(_("Nothing changes: fill in at least one row."), code="none")
        return said

    def change(self) -> dict[str, Any]:
        """The change in JSON, of a form that is valid."""
        return self._written()[0]

    def refuse(self, faults: tuple[Fault, ...]) -> None:
        """Say beside each row what the route book has against it."""
        typed = self._written()[1]
        for one in faults:
            number = typed.get((one.sheet, one.row))
            column = one.column if one.column in CELLS.get(one.sheet, ()) else CELLS.get(one.sheet, ("",))[0]
            self.add_error(cell(one.sheet, number, column) if number else None,
                           FAULTS.get(one.code) or one.words)

    def _written(self) -> tuple[dict[str, Any], dict[tuple[str, int], int]]:
        said = dict(self.cleaned_data)
        for sheet, number, row in typed_rows(self.cleaned_data):
            if sheet == "apply":
                said[cell(sheet, number, "open")] = row["open"] == "open"
        return written(said.get("title", ""), said)


def _field(column: str, offers: list[Any] | None) -> forms.Field:
    label = LABELS[column]
    if offers is not None:
        return forms.ChoiceField(label=label, choices=offers, required=False)
    if column == "currency":
        return forms.RegexField(r"^[A-Z]{3}$", label=label, required=False, strip=True, max_length=3,
                                widget=forms.TextInput(attrs={"placeholder": "USD", "size": 4}),
                                error_messages={"invalid": _("Write three capital letters, for example USD.")})
    most = 100 if column == "times" else 1_000_000
    return forms.FloatField(label=label, required=False, min_value=0, max_value=most,
                            widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}))

"""Who goes in which part: one choice for each person, by code.

What refuses a division is said, and whom it concerns, before anybody signs it.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from . import words
from .forms import CHOOSE, FIELDS, long_words
from .parted import Party

MOST_PARTS = 4


class DivideForm(forms.Form):
    """A division of a party, with what two will sign of it."""

    def __init__(self, *given: Any, party: Party, **more: Any) -> None:
        super().__init__(*given, **more)
        self.party = party
        most = range(1, min(len(party.people), MOST_PARTS) + 1)
        for one in party.people:
            self.fields[f"part_{one.id}"] = forms.ChoiceField(
                label=_("%(code)s goes in part") % {"code": one.code},
                choices=(*CHOOSE, *((str(number), str(number)) for number in most)))
        for one in party.people:
            if one.child_on(party.day) is False:
                self.fields[f"alone_{one.id}"] = forms.BooleanField(
                    label=_("%(code)s manages without another adult") % {"code": one.code}, required=False)
        self.fields["why_apart"] = FIELDS["why_apart"]()
        self.fields["asked_again"] = forms.BooleanField(
            label=_("Every adult was asked, and agrees to be divided so"), required=False)
        self.fields["reason"] = long_words(_("Why, in your own words"))

    def clean(self) -> dict[str, Any]:
        """What is typed of a step: the parts by the ids of their people, in the order of their numbers."""
        cleaned = super().clean() or {}
        chosen = {one.id: cleaned.get(f"part_{one.id}") for one in self.party.people}
        if not all(chosen.values()):
            return cleaned
        division = [[who for who, part in chosen.items() if part == number] for number in sorted({*chosen.values()})]
        alone = [one.id for one in self.party.people if cleaned.get(f"alone_{one.id}")]
        for fault in self.party.wrong(division, alone):
            self.add_error(None, words.WRONG[fault.wrong] % {"who": self.party.codes(fault.who)})
        if not cleaned.get("why_apart"):
            for doubt in self.party.warned(division):
                self.add_error("why_apart", words.WARNED[doubt.warned] % {"who": self.party.codes(doubt.who)})
        return {"division": division, "alone": alone, "why_apart": cleaned.get("why_apart", ""),
                "asked_again": cleaned.get("asked_again", False), "reason": cleaned.get("reason", "")}

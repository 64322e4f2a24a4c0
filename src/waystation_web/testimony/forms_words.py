"""What is typed about the words of a witness, and about claims from them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation_web.claims.forms import choice, line, words

from . import words as said
from .forms import KNOWN, coded, of_list, ticks

STATEMENT = 200_000  # characters: a day of telling


class NumberField(forms.ChoiceField):
    """One version by its number."""

    def clean(self, value: Any) -> Any:
        """The number."""
        return int(super().clean(value) or 0)


class VersionForm(forms.Form):
    """One version more."""

    kind = choice(_("Which version"), [(code, _(text)) for code, text in said.CODES["version"].items()
                                       if code != "recantation"])
    of = NumberField(label=_("Made from which version"))
    language = choice(_("In which language"), list(said.LANGUAGES))
    method = line(_("How it was made"), required=False)
    machine = forms.BooleanField(label=_("A machine made it, and no person has checked it"), required=False)
    tool = line(_("With which tool"), required=False)
    text = words(_("The words, hedges and all; of a recording: which item it is"), rows=8, max_length=STATEMENT)

    def __init__(self, *given: Any, versions: list[tuple[int, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["of"].choices = [("0", _("from none")), *((str(n), text) for n, text in versions)]


class RecantForm(forms.Form):
    """The witness takes it back."""

    language = choice(_("In which language"), list(said.LANGUAGES))
    method = line(_("How we know of it"))
    text = words(_("What they say now, in their words"), rows=4, max_length=STATEMENT)
    custody = choice(_("Are they in custody"), KNOWN)
    relatives = choice(_("Are relatives inside"), KNOWN)
    paid = choice(_("Were they paid"), KNOWN)
    filmed = choice(_("Was it filmed by a State"), KNOWN)


class PieceForm(forms.Form):
    """A piece that may be quoted."""

    n = NumberField(label=_("Of which version"))
    words = words(_("The exact words, copied from it"), rows=2)
    speaker = line(_("Who speaks, as we call them"))
    uses = ticks(_("For which uses they said yes to these words"),
                 [(code, _(text)) for code, text in said.CODES["use"].items()])
    risk = coded(_("Danger for relatives inside, if it is quoted"), "risk")
    sensitive = coded(_("What kind of words"), "sensitive")

    def __init__(self, *given: Any, versions: list[tuple[int, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["n"].choices = [("", _("Choose")), *((str(n), text) for n, text in versions)]


class ClaimForm(forms.Form):
    """One assertion that can be true or false."""

    n = NumberField(label=_("From which version"))
    words = words(_("The exact words, copied from it"), rows=2)
    says = line(_("What is claimed, in one short neutral sentence"))
    how_known = coded(_("How they know it"), "how_known")
    told_by = forms.ChoiceField(label=_("Told by which witness"), required=False)
    certainty = coded(_("How sure they were, in these words"), "certainty")
    facility = line(_("At which facility, by any of its names"), required=False)
    published = line(_("From which published text, if they read it there"), required=False)
    item = line(_("Which item it rests on, by its code"), required=False)
    restricted = forms.BooleanField(label=_("It says how violence was done: not shown at a glance, never in public"),
                                    required=False)
    own_part = forms.BooleanField(label=_("It is about what they did themselves"), required=False)

    def __init__(self, *given: Any, versions: list[tuple[int, str]], witnesses: list[str], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["n"].choices = [("", _("Choose")), *((str(n), text) for n, text in versions)]
        self.fields["told_by"].choices = [("", _("nobody, or somebody who is no witness here")),
                                          *((one, one) for one in witnesses)]


class RelateForm(forms.Form):
    """How two claims stand to each other."""

    one = forms.ChoiceField(label=_("This claim"))
    kind = coded(_("How they stand to each other"), "relation")
    other = forms.ChoiceField(label=_("The other claim"))
    why = choice(_("If they differ, why"), [(code, _(text)) for code, text in said.CODES["why"].items()])
    note = words(_("What whoever compared them says"), rows=2)

    def __init__(self, *given: Any, mine: list[tuple[str, str]], others: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["one"].choices = [("", _("Choose")), *mine]
        self.fields["other"].choices = [("", _("Choose")), *others]
        self.fields["why"].initial = "unknown"


class CaptorForm(forms.Form):
    """Who held the witness."""

    perpetrator = forms.ChoiceField(label=_("Who held them, from the register"))
    note = line(_("When and how"), required=False)

    def __init__(self, *given: Any, perpetrators: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["perpetrator"].choices = [("", _("Choose")), *perpetrators]


class CodeForm(forms.Form):
    """An act, in codes."""

    claim = forms.ChoiceField(label=_("Which claim says it"))
    type = choice(_("What was done"), of_list("04"))
    certainty = coded(_("How sure the witness was"), "certainty")
    country = forms.ChoiceField(label=_("In which country"))
    when = line(_("When, as vague as it was told: 2013-05, 2013~, 201X"), required=False)
    facility = line(_("At which facility, by any of its names"), required=False)
    place = choice(_("In what kind of place"), of_list("17"), required=False)
    perpetrator = choice(_("By whom, as a kind"), of_list("24"), required=False)
    perpetrator_of = forms.ChoiceField(label=_("By whom, from the register"), required=False)
    involvement = choice(_("What they had to do with it"), of_list("18"), required=False)
    motive = choice(_("The reason that was said, as they said it"), of_list("38"), required=False)
    methods = ticks(_("How"), of_list("05"))
    victim = ticks(_("Who it was done to"), of_list("23"))
    conditions = ticks(_("Conditions of detention"), of_list("NK-condition"))
    death = choice(_("If somebody died, of what"), of_list("NK-death"), required=False)
    after = ticks(_("If they were sent back: what came after"), of_list("NK-return"))
    standard = choice(_("If somebody found it: by which standard"), of_list("NK-proof"), required=False)
    found_by = line(_("Who found it, and where it stands"), required=False)

    def __init__(self, *given: Any, claims: list[tuple[str, str]], perpetrators: list[tuple[str, str]],
                 **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["claim"].choices = [("", _("Choose")), *claims]
        self.fields["country"].choices = [("", _("Choose")), *said.countries()]
        self.fields["perpetrator_of"].choices = [("", _("nobody of it")), *perpetrators]

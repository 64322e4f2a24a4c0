"""What is typed about a story. All of it is sealed until two have signed it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation_web.cases.words_consent import DATA
from waystation_web.claims.forms import AccountsField, choice, day, line, words

from .queries import guards
from .rendering import AREAS, BANDS, LABELS, SEASONS

LANGUAGES = (("en", "English"), ("ko", "한국어"))
SEX = (("", _("it does not say")), ("1", _("a man or boy")), ("2", _("a woman or girl")))
REGISTER = (("maker", _("who made it")), ("variant", _("another version of it")), ("commission", _("who ordered it")),
            ("distributor", _("who passes it on")), ("rights", _("whose right it is")))


class PeopleForm(forms.Form):
    """Of whom it tells."""

    NEEDED = True   # a story may be proposed of nobody's case; whoever is named later has one
    case = line(_("Reference of the case that it tells of; empty: of nobody's"), required=False)
    people = line(_("Who of it, by their codes: A B"), required=False)
    data = forms.MultipleChoiceField(label=_("What of theirs is used"), choices=DATA, required=False,
                                     widget=forms.CheckboxSelectMultiple)
    byline = line(_("Pen name, if they are its author and want to be named so"), required=False, max_length=60)

    def __init__(self, *given: Any, find: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.find = find

    def clean_people(self) -> list[str]:
        """Codes, each once."""
        return list(dict.fromkeys(self.cleaned_data["people"].upper().replace(",", " ").split()))

    def clean(self) -> dict[str, Any]:
        """A case that one holds, somebody of it, and what is used."""
        given = super().clean() or {}
        ref = (given.get("case") or "").strip()
        if not ref:
            if self.NEEDED:
                self.add_error("case", _("Say of whom, and what of theirs is used."))
            return given | {"case": "", "people": []}
        found = self.find(ref)
        if not found:
            self.add_error("case", _("You hold no case of this reference. Ask whoever does to propose the story."))
        for name in ("people", "data"):
            if not given.get(name):
                self.add_error(name, _("Say of whom, and what of theirs is used."))
        return given | {"case": found.hex() if found else ""}


class ProposeForm(PeopleForm):
    """A story is proposed."""

    NEEDED = False
    title = line(_("Working title"), max_length=120)
    why = words(_("Why this story"), rows=2)
    field_order = ("title", "why")


class WriteForm(forms.Form):
    """What stands around its pieces."""

    title = line(_("Title"), max_length=120)
    dek = words(_("The sentence under the title"), rows=2, required=False)
    language = choice(_("Language"), list(LANGUAGES))
    year = forms.IntegerField(label=_("Year in which it happened"), required=False, min_value=1945, max_value=2100)
    season = forms.ChoiceField(label=_("Season"), required=False, choices=[("", _("not told")), *SEASONS.items()])
    course = line(_("Countries and provinces of the line, by code: KP CN-YN LA"), required=False)
    warning = words(_("What a reader should know before"), rows=2, required=False)

    def clean_course(self) -> list[str]:
        """Codes of the list."""
        codes = self.cleaned_data["course"].upper().replace(",", " ").split()
        unknown = [code for code in codes if code not in AREAS]
        if unknown:
            raise forms.ValidationError(_("These are no codes of a country or province here: %(codes)s. There are: "
                                          "%(known)s.") % {"codes": " ".join(unknown), "known": " ".join(AREAS)})
        return codes


class PieceForm(forms.Form):
    """A piece."""

    label = choice(_("What it is"), [(label.value, words) for label, words in LABELS.items()])
    heading = line(_("Heading"), required=False, max_length=120)
    text = words(_("The words"), rows=8, max_length=20_000)
    source = line(_("What a reader is told of where it comes from"), required=False)
    proof = line(_("Which record of the evidence it rests on; only testimony and footage"), required=False)


class ChooseForm(forms.Form):
    """Why this one, what is withheld, how somebody is described."""

    why = words(_("Why this story"), rows=2)
    withheld = words(_("What of it is withheld, and why"), rows=2)
    sex = forms.ChoiceField(label=_("How it describes them: sex"), required=False, choices=SEX)
    band = forms.ChoiceField(label=_("and age"), required=False,
                             choices=[("", _("it does not say")), *((one, one) for one in BANDS)])
    until = day(_("Not before this day; empty: as soon as it is signed"), required=False)


class MotifForm(forms.Form):
    """A thing that carries meaning."""

    name = line(_("A thing that carries meaning: a hat, a song, a pot"), max_length=120)
    decided = line(_("What becomes of it: left out, changed to, kept because"), required=False)


class CountForm(forms.Form):
    """How many fit."""

    # Not `matches`: in a browser a field's name hides the form's own function of that name, which other tools call.
    fitting = forms.IntegerField(label=_("How many people fit all that is told"), min_value=0, max_value=1_000_000)
    over = line(_("Over what you counted: which people, which numbers"))


class InsideForm(forms.Form):
    """Relatives inside."""

    identifiable = forms.ChoiceField(label=_("Could a relative who is still inside be known by it?"), choices=[
        ("", _("Choose")), ("yes", _("yes, or I am not sure")), ("no", _("no"))])
    reason = line(_("Why"))


class HelpersForm(forms.Form):
    """Those who helped."""

    safe = forms.ChoiceField(label=_("Are those who helped on that way out of danger?"), choices=[
        ("", _("Choose")), ("yes", _("yes")), ("no", _("no, or I am not sure"))])
    reason = line(_("Why"))


class JudgeForm(forms.Form):
    """A hit that is none."""

    where = line(_("Where it stands, as the list says it"), max_length=60)
    reason = line(_("Why it is nobody's name"))


class LinkForm(forms.Form):
    """A public source, or what a reader can do."""

    text = line(_("In words"))
    url = forms.URLField(label=_("Address; empty: none"), required=False, assume_scheme="https", max_length=300)


class RegisterForm(forms.Form):
    """A line of the register."""

    kind = choice(_("What"), list(REGISTER))
    who = line(_("Who"))
    what = line(_("What they do or may do with it"), required=False)
    until = day(_("Until when; empty: without an end"), required=False)


class ReachForm(forms.Form):
    """What became of it in public, counted by people: the page itself counts nobody."""

    kind = line(_("What was counted: showings, letters, signatures"), max_length=120)
    number = forms.IntegerField(label=_("How many"), min_value=0, max_value=1_000_000_000)
    day = day(_("On which day"))
    source = line(_("Who counted it"))


class SignersForm(forms.Form):
    """Who is asked to sign second."""

    colleagues = AccountsField(label=_("Security officers who are to read and sign it"))

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["colleagues"].choices = [(one.id.hex(), one.handle) for one in guards()]


class RecallForm(forms.Form):
    """Taking it back."""

    reason = line(_("Why it is taken back"))



"""What people type about packages, keys and stamps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation_web.takeout.order import MISHEARD, NO_KEY, heard_right, sealable

from .actions_package import NOTHING
from .agreeing import SHOWS, TO, USES, For

SHORT = 160
PLAIN = {"spellcheck": "false", "autocapitalize": "off"}


class PackageForm(forms.Form):
    """One recipient, one purpose, what goes along and on whose consent."""

    recipient = forms.CharField(label=_("For whom"), max_length=80)
    jurisdiction = forms.CharField(label=_("Country whose courts they answer to"), max_length=60)
    key = forms.CharField(label=_("Their age key"), max_length=120, widget=forms.TextInput(attrs=PLAIN))
    heard = forms.CharField(label=_("The twenty digits as you heard them"), max_length=40,
                            widget=forms.TextInput(attrs=PLAIN))
    purpose = forms.CharField(label=_("What for, in one sentence; they may use it for nothing else"), max_length=SHORT)
    parts = forms.MultipleChoiceField(label=_("What goes along"), choices=[], required=False,
                                      widget=forms.CheckboxSelectMultiple)
    statements = forms.MultipleChoiceField(label=_("Which statements go along, in which words"), choices=[],
                                           required=False, widget=forms.CheckboxSelectMultiple)
    people = forms.MultipleChoiceField(label=_("Whose consent it rests on, as their cases say it today"), choices=[],
                                       required=False, widget=forms.CheckboxSelectMultiple)
    use = forms.ChoiceField(label=_("For which use they must have said yes"), choices=list(USES.items()))
    to = forms.ChoiceField(label=_("To whom they must have said yes"), choices=list(TO.items()))
    state_of = forms.RegexField(r"\A([A-Z]{2})?\Z", label=_("If it is a State: which, in two letters"), max_length=2,
                                required=False, widget=forms.TextInput(attrs=PLAIN))
    data = forms.MultipleChoiceField(label=_("What it shows of them"), choices=list(SHOWS.items()), required=False,
                                     widget=forms.CheckboxSelectMultiple)
    alone = forms.CharField(label=_("If nobody's: why it shows and names nobody"), max_length=SHORT, required=False)
    shown = forms.CharField(label=_("If an original in which others could be known again goes along, or a statement: "
                                    "why they may be shown"), max_length=SHORT, required=False)
    confirmed = forms.BooleanField(label=_("They read the digits of their key to me by voice, and I know their voice"))

    def __init__(self, *given: Any, parts: list[tuple[str, str]], people: list[tuple[str, str]],
                 told: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["parts"].choices, self.fields["people"].choices = parts, people
        self.fields["statements"].choices = told
        if not told:
            del self.fields["statements"]
        for name, codes in (("use", USES), ("to", TO), ("data", SHOWS)):
            self.fields[name].choices = [(code, _(words)) for code, words in codes.items()]

    def clean(self) -> dict[str, Any]:
        """The digits are those of the key; somebody agreed, or it is said why nobody has to."""
        said = super().clean() or {}
        if said.get("key") and not sealable(said["key"]):
            self.add_error("key", _(NO_KEY))
        elif said.get("key") and said.get("heard") and not heard_right(said["key"], said["heard"]):
            self.add_error("heard", _(MISHEARD))
        statements = bool(said.get("statements"))
        if not {"parts", "statements"} & set(self.errors) and not said.get("parts") and not statements:
            self.add_error("parts", _(NOTHING))
        asked = said.get("people") or said.get("alone") or (statements and not said.get("parts"))
        if "people" not in self.errors and not asked:
            self.add_error("people", _("Name whose consent it rests on, or say below why it shows and names nobody."))
        return said

    def typed(self) -> dict[str, Any]:
        """As the act takes it: items in the order of the list, each with its original and its copies."""
        said = {name: self.cleaned_data[name] for name in ("recipient", "jurisdiction", "key", "heard", "purpose",
                                                           "alone", "shown")}
        wanted = For(*(str(self.cleaned_data[name]) for name in ("use", "to", "state_of")),
                     tuple(self.cleaned_data["data"]))
        people = [(bytes.fromhex(case), person) for case, _colon, person in
                  (one.partition(":") for one in self.cleaned_data["people"])]
        found = dict[bytes, tuple[bool, list[str]]]()
        for one in self.cleaned_data["parts"]:
            item, _slash, part = one.partition("/")
            original, copies = found.get(bytes.fromhex(item), (False, []))
            found[bytes.fromhex(item)] = (True, copies) if part == "original" else (original, [*copies, part])
        parts = [(item, original, copies) for item, (original, copies) in found.items()]
        told = dict[bytes, list[int]]()
        for one in self.cleaned_data.get("statements", ()):
            statement, _slash, n = one.partition("/")
            told.setdefault(bytes.fromhex(statement), []).append(int(n))
        return {**said, "wanted": wanted, "people": people, "parts": parts, "statements": list(told.items())}


class SignForm(forms.Form):
    """The second person rings the recipient too."""

    confirmed = forms.BooleanField(label=_("I heard the recipient read these digits myself"))


class DeskForm(forms.Form):
    """Whom the certificate names: a desk, never a person."""

    desk = forms.CharField(label=_("Name of the desk in the certificate; no person's"), max_length=60)


class CertifyForm(forms.Form):
    """What came back from the root."""

    certificate = forms.CharField(label=_("The certificate"), max_length=8_000,
                                  widget=forms.Textarea(attrs={"rows": 3, "class": "short", **PLAIN}))
    root = forms.CharField(label=_("The certificate of the root"), max_length=8_000,
                           widget=forms.Textarea(attrs={"rows": 3, "class": "short", **PLAIN}))


class PinForm(forms.Form):
    """An authority of time that is believed."""

    slot = forms.ChoiceField(label=_("First or second authority"), choices=[("a", "A"), ("b", "B")])
    name = forms.CharField(label=_("Its name"), max_length=80)
    root = forms.CharField(label=_("Its root certificate, from its own website"), max_length=8_000,
                           widget=forms.Textarea(attrs={"rows": 3, "class": "short", **PLAIN}))


class ListForm(forms.Form):
    """Which file of a week's list."""

    week = forms.RegexField(r"\A\d{4}-W\d\d\Z", max_length=8)
    what = forms.ChoiceField(choices=[("list", "list"), ("a", "a"), ("b", "b")])


class TokenForm(forms.Form):
    """What an authority of time answered."""

    week = forms.RegexField(r"\A\d{4}-W\d\d\Z", max_length=8)
    file = forms.FileField(label=_("The answer of the authority (.tsr)"), max_length=180)

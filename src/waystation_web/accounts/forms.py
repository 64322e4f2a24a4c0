"""Forms of sign-in, set-up, enrolment and people. What is typed here and is secret is never put back into a page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from waystation_web.audit.entries import reason_fits

from .queries import Role

ROLES = [
    (Role.COORDINATOR, _("coordinator")), (Role.CASE_WORKER, _("case worker")),
    (Role.FIELD_LIAISON, _("field liaison")), (Role.RIGHTS_OFFICER, _("rights officer")),
    (Role.RESEARCHER, _("researcher")), (Role.FINANCE, _("finance")),
    (Role.SECURITY_OFFICER, _("security officer")), (Role.AUDITOR, _("auditor")),
    (Role.ORGANISATION_HEAD, _("organisation head")),
]
LANGUAGES = [("en", "English"), ("ko", "한국어")]
THEMES = [("", _("as the device")), ("light", _("light")), ("dark", _("dark"))]


def _secret(label: Any, **more: Any) -> forms.CharField:
    """Something typed that no page gives back and no browser keeps."""
    return forms.CharField(label=label, max_length=200, widget=forms.PasswordInput(
        render_value=False, attrs={"autocomplete": "off", "spellcheck": "false", **more.pop("attrs", {})}), **more)


def _digits(**more: Any) -> forms.CharField:
    return forms.CharField(label=_("6 digits"), max_length=12, required=False, widget=forms.TextInput(
        attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}), **more)


def _answer() -> forms.CharField:
    return forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput())


class SignIn(forms.Form):
    """One form, one request: handle and digits or a passkey, and the eight words."""

    handle = forms.CharField(label=_("Handle"), max_length=64, required=False, widget=forms.TextInput(
        attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}))
    code = _digits()
    passkey = _answer()
    words = _secret(_("Passphrase"), required=False, attrs={"autocomplete": "current-password"})


class StepUp(forms.Form):
    """Prove once more that it is you: the eight words, or a passkey."""

    words = _secret(_("Passphrase"), required=False, attrs={"autocomplete": "current-password"})
    passkey = _answer()


class Code(forms.Form):
    """A one-time code."""

    code = forms.CharField(label=_("One-time code"), max_length=60, widget=forms.TextInput(
        attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}))


class RecoveryKey(forms.Form):
    """The public half of the recovery key, and its eight words from a custodian's sheet."""

    public_text = forms.CharField(label=_("Public recovery file"), max_length=8_000, strip=False,
                                  widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}))
    words = forms.CharField(label=_("Its eight words, from a sheet"), max_length=200,
                            widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}))


class FirstOfficer(forms.Form):
    """Who the first officer is. Security officer they are in any case."""

    handle = forms.RegexField(r"^[a-z0-9][a-z0-9._-]{1,31}$", label=_("Handle"), max_length=32, error_messages={
        "invalid": _("Use 2 to 32 small letters, digits, dots or hyphens.")})
    name = forms.CharField(label=_("Name shown to colleagues"), max_length=60)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    roles = forms.MultipleChoiceField(label=_("Other roles"), required=False, choices=[
        choice for choice in ROLES if choice[0] is not Role.SECURITY_OFFICER], widget=forms.CheckboxSelectMultiple)


class TypedWords(forms.Form):
    """The eight words, typed back."""

    words = _secret(_("Type the eight words"))
    token = forms.CharField(required=False, max_length=1_000, widget=forms.HiddenInput())
    renew = forms.BooleanField(required=False, widget=forms.HiddenInput())


class NewFactor(forms.Form):
    """A second factor: digits of the secret shown, or a passkey made just now."""

    code = _digits()
    passkey = _answer()
    key_name = forms.CharField(label=_("Name of the key"), max_length=40, required=False)
    token = forms.CharField(required=False, max_length=1_000, widget=forms.HiddenInput())
    words = _secret(_("Passphrase"), required=False, attrs={"autocomplete": "current-password"})


class Invite(forms.Form):
    """A new colleague."""

    handle = forms.RegexField(r"^[a-z0-9][a-z0-9._-]{1,31}$", label=_("Handle"), max_length=32, error_messages={
        "invalid": _("Use 2 to 32 small letters, digits, dots or hyphens.")})
    name = forms.CharField(label=_("Name shown to colleagues"), max_length=60)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    roles = forms.MultipleChoiceField(label=_("Roles"), choices=ROLES, widget=forms.CheckboxSelectMultiple)


class Roles(forms.Form):
    """Other roles for a colleague."""

    roles = forms.MultipleChoiceField(label=_("Roles"), choices=ROLES, widget=forms.CheckboxSelectMultiple)


class HeardWords(forms.Form):
    """The eight words of a colleague's keys, as they read them out."""

    words = forms.CharField(label=_("The eight words that this colleague reads out"), max_length=200,
                            widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}))


def _short(text: str) -> None:
    if not reason_fits(text):
        raise ValidationError(_("Say it shorter: about 50 Korean syllables or 150 letters."))


class Reason(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=160, required=False, validators=[_short])


class NeededReason(forms.Form):
    """Why; it must be said."""

    reason = forms.CharField(label=_("Reason"), max_length=160, validators=[_short])


class Settings(forms.Form):
    """Language, look, and keys of one letter: nobody who dictates or whose hand trembles must live with them."""

    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    theme = forms.ChoiceField(label=_("Look"), choices=THEMES, required=False)
    keys = forms.BooleanField(label=_("Keys of one letter on Today and on the board"), required=False)

"""The words somebody looks for. They travel in the body of a request and are kept nowhere."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class WordsForm(forms.Form):
    """One word, a phrase as it stands, or a name in any spelling."""

    words = forms.CharField(label=_("Words or a name"), max_length=200)

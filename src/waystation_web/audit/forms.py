"""What somebody asks of the record."""

from __future__ import annotations

from django import forms


class PageForm(forms.Form):
    """Which page, counted from 1."""

    page = forms.IntegerField(min_value=1, max_value=1_000_000, required=False)

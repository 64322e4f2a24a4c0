"""The door of every page that is for people who are signed in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

View = Callable[..., HttpResponseBase]


def signed_in(view: View) -> View:
    """Let in who is signed in; else the sign-in page's address, and nothing about the page that was asked for (401)."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.actor is None:  # type: ignore[attr-defined]
            return render(request, "errors/401.html", status=401)
        return view(request, *args, **kwargs)

    return guarded

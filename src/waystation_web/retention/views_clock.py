"""The page of the date: whether it is believed, and where somebody says which day it is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from waystation_web.accounts.gate import signed_in
from waystation_web.vault.errors import NotPermitted

from . import actions_clock, queries_clock
from .forms import DayForm


@require_http_methods(["GET", "POST"])
@signed_in
def which_day(request: HttpRequest) -> HttpResponse:
    """What this computer says and what it believes; POST says which day it is."""
    form = DayForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions_clock.say_day(request.actor, **form.cleaned_data)
        except NotPermitted as why:
            if why.rule != "clock_day":
                raise
            form.add_error("day", gettext(why.sentence))
        else:
            response = redirect("which-day")
            response["Location"] += "?done=said"
            return response
    shown = {"page": queries_clock.date(request.actor), "form": form, "done": request.GET.get("done") == "said"}
    return render(request, "retention/day.html", shown, status=400 if form.is_bound else 200)

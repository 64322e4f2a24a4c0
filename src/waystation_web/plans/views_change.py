"""Pages on which somebody asks what a change of the world would do, and reads the answer. Nobody decides here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from waystation_web.accounts.gate import signed_in

from . import actions_change as actions
from . import queries_change as queries
from . import working
from .actions_ask import InvalidBook, NotKnown
from .forms_ask import AskForm
from .forms_change import ChangeForm
from .views_ask import lines, terms


@require_http_methods(["GET", "POST"])
@signed_in
def case_what_if(request: HttpRequest, case: bytes) -> HttpResponseBase:
    """What was asked of this case; POST asks about another change and shows what is being done."""
    page = queries.page(request.actor, case)
    of, data = page.of, request.POST if request.method == "POST" else None
    form = AskForm(data, places=of.places, goals=of.goals, parts=of.parts,
                   initial={"depart_from": of.first, "deadline": of.last, "part": 0})
    change = ChangeForm(data, places=of.places, legs=of.legs, areas=of.areas)
    shown = {"page": page, "of": of, "form": form, "change": change}
    if data is None:
        return render(request, "plans/what_if/case.html", shown)
    if not all([form.is_valid(), change.is_valid()]) or of.gaps:
        return render(request, "plans/what_if/case.html", shown, status=400)
    try:
        asked = actions.load(request.actor, case, terms(form), change.change())
    except actions.NoChange as reason:
        change.refuse(reason.faults)
        return render(request, "plans/what_if/case.html", shown, status=400)
    except (NotKnown, InvalidBook):
        return render(request, "plans/what_if/case.html", shown, status=409)
    actor = request.actor
    return working.page(request, lambda: lines(request, actor, asked, by=actions.ask), {"page": of},
                        template="plans/what_if/working.html")


@require_GET
@signed_in
def what_if(request: HttpRequest, plan: bytes) -> HttpResponse:
    """One comparison."""
    return render(request, "plans/what_if/show.html", {"told": queries.what_if(request.actor, plan)})

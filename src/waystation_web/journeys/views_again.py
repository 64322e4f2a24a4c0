"""A party is planned anew from where it is: the same form, the same child, the same plan as of a case."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from waystation_web.accounts.gate import signed_in
from waystation_web.plans import actions_ask as plans
from waystation_web.plans import working
from waystation_web.plans.forms_ask import AskForm
from waystation_web.plans.views_ask import lines, terms

from . import queries_again


@require_http_methods(["GET", "POST"])
@signed_in
def again(request: HttpRequest, journey: bytes) -> HttpResponseBase:
    """What is known of where they are stands in the form and may be changed; POST asks for the plan."""
    page = queries_again.again(request.actor, journey)
    form = AskForm(request.POST if request.method == "POST" else None, places=page.offer.places, goals=page.offer.goals,
                   parts=page.offer.parts, initial=page.first, whence=page.whence)
    shown = {"again": page, "page": page.offer, "form": form}
    if not form.is_bound or not form.is_valid() or page.offer.gaps:
        return render(request, "journeys/again.html", shown, status=400 if form.is_bound else 200)
    of = {"people": page.people, "journey": page.journey.key, "label": page.journey.name}
    try:
        asked = plans.load(request.actor, page.journey.case, terms(form, **of))
    except (plans.NotKnown, plans.InvalidBook):
        return render(request, "journeys/again.html", shown, status=409)
    actor = request.actor  # the middleware lets go of it when the head of the answer is sent
    return working.page(request, lambda: lines(request, actor, asked), {"page": page.offer})

"""The page of screenings: what was offered to whom, what follows, and for worker and deputy what they said."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from waystation_web.accounts.gate import signed_in

from . import actions_screens, queries_screens
from .forms_screens import FORMS
from .views import done_word, redirect_done
from .words_screens import SCREENS


@require_http_methods(["GET", "POST"])
@signed_in
def screens(request: HttpRequest, case: bytes) -> HttpResponse:
    """Read them, or write down one that was offered."""
    what, sent = request.POST.get("what", ""), None
    if request.method == "POST" and what in FORMS:
        people = queries_screens.people(request.actor, case)
        sent = FORMS[what](request.POST, people=people, auto_id=f"{what}_%s")
        if sent.is_valid():
            actions_screens.screen(request.actor, case, sent.cleaned_data)
            return redirect_done("case-screen", "written", case=case.hex())
    page = queries_screens.page(request.actor, case)
    people = list(page.codes.items())
    forms = [(name, words, sent if sent is not None and name == what else FORMS[name](
        people=people, auto_id=f"{name}_%s", initial={"what": name})) for name, words in SCREENS.items()]
    return render(request, "cases/screens.html", {"page": page, "case": page.case, "forms": forms,
                                                  "done": done_word(request)},
                  status=400 if request.method == "POST" else 200)

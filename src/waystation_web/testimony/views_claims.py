"""The page of claims: each beside its exact words, what says otherwise, and what a State says."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from waystation_web.accounts.gate import signed_in

from . import actions_claims as actions
from . import queries_claims as queries
from . import words
from .forms_words import ClaimForm, CodeForm, RelateForm
from .views import versions_of

DONE = frozenset({"claimed", "related"})


@require_http_methods(["GET", "POST"])
@signed_in
def claims(request: HttpRequest, statement: bytes) -> HttpResponse:
    """The claims of one statement; POST writes one down, relates two, or codes an event."""
    page = queries.claims(request.actor, statement)
    if request.method == "GET":
        return _page(request, page)
    act = request.POST.get("act", "")
    forms = _forms(page, request.POST)
    form = forms.get(act)
    if form is None or not form.is_valid():
        return _page(request, page, status=400, **({act: form} if form else {}))
    given = form.cleaned_data
    if act == "claim":
        actions.claim(request.actor, statement, given)
        return _to(statement, "claimed")
    if act == "relate":
        actions.relate(request.actor, statement, **given)
        return _to(statement, "related")
    made = actions.code(request.actor, statement, given.pop("claim"), given)
    return redirect("coded-event", coded=made.hex())


def _forms(page: queries.Page, data: Any = None) -> dict[str, Any]:
    of = page.statement
    mine = [(one.id, one.says) for one in of.claims]
    return {"claim": ClaimForm(data, auto_id="claim_%s", versions=versions_of(of, drafts=False),
                               witnesses=list(page.witnesses)),
            "relate": RelateForm(data, auto_id="relate_%s", mine=mine, others=list(page.others)),
            "code": CodeForm(data, auto_id="code_%s", claims=mine, perpetrators=list(page.perpetrators))}


def _page(request: HttpRequest, page: queries.Page, *, status: int = 200, **bound: Any) -> HttpResponse:
    said = request.GET.get("done", "")
    rows = [{"of": row, "how": words.word("how_known", row.claim.how_known),
             "sure": words.word("certainty", row.claim.certainty),
             "label": words.word("verification", row.verification), "sources": words.gettext(row.sources),
             "status": words.word("claim", row.claim.status),
             "otherwise": [(one, words.word("why", one.link.why), words.word("how_known", one.claim.how_known))
                           for one in row.otherwise]} for row in page.rows]
    unbound = _forms(page)
    return render(request, "testimony/claims.html", {
        "page": page, "of": page.statement, "rows": rows, "done": said if said in DONE else "",
        "forms": {act: bound.get(act) or unbound[act] for act in unbound}}, status=status)


def _to(statement: bytes, done: str) -> HttpResponse:
    response = redirect("statement-claims", statement=statement.hex())
    response["Location"] += f"?done={done}"
    return response

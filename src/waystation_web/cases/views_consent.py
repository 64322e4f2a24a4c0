"""The page of consent, screenings, referrals and steps of a case."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from waystation_web.accounts.gate import signed_in

from . import actions_consent as actions
from . import queries_consent as queries
from .forms_consent import BackForm, ConsentForm, ItemForm, ReferForm, StepForm, VitalForm
from .views import done_word, redirect_done
from .words import choices
from .words_consent import DATA
from .words_consent import said as word


@require_GET
@signed_in
def consents(request: HttpRequest, case: bytes) -> HttpResponse:
    """What they said, what was offered, where they were referred, where the case stands."""
    return _page(request, case)


@require_POST
@signed_in
def say(request: HttpRequest, case: bytes) -> HttpResponse:
    """A yes, a no, or a taking back."""
    form = ConsentForm(request.POST, people=_people(request, case), auto_id="say_%s")
    if not form.is_valid():
        return _page(request, case, status=400, say=form)
    actions.say(request.actor, case, form.typed())
    return redirect_done("case-consents", "written", case=case.hex())


@require_POST
@signed_in
def take_back(request: HttpRequest, case: bytes) -> HttpResponse:
    """A yes of the page is taken back, with one press."""
    form = BackForm(request.POST, people=_people(request, case))
    if not form.is_valid():
        return _page(request, case, status=400)
    actions.take_back(request.actor, case, **form.cleaned_data)
    return redirect_done("case-consents", "written", case=case.hex())


@require_POST
@signed_in
def refer(request: HttpRequest, case: bytes) -> HttpResponse:
    """Refer somebody: without a yes for all of it, the page says which is missing, and nothing is shared."""
    people = _people(request, case)
    form = ReferForm(request.POST, people=people, auto_id="refer_%s")
    if not form.is_valid():
        return _page(request, case, status=400, refer=form)
    try:
        actions.refer(request.actor, case, form.cleaned_data)
    except actions.Missing as reason:
        ask = ConsentForm(people=people, auto_id="say_%s", initial={"purpose": "referral"} | {
            name: form.cleaned_data[name] for name in ("person", "recipient", "country")})
        return _page(request, case, status=409, refer=form, say=ask, why=gettext(reason.why.sentence),
                     lacking=_row(form, dict(people), reason.why.missing))
    return redirect_done("case-consents", "written", case=case.hex())


def _row(form: ReferForm, codes: dict[str, str], missing: frozenset[str]) -> str:
    """The row of the matrix that is not there: who, for what, to whom, which data; empty where no data lack a yes."""
    said = form.cleaned_data
    data = ", ".join(str(words) for name, words in DATA if name in missing)
    to_whom = f"{word(said['recipient'])} {said['country']}".strip()
    return " · ".join((codes[said["person"]], word("referral"), to_whom, data)) if data else ""


@require_POST
@signed_in
def vital(request: HttpRequest, case: bytes) -> HttpResponse:
    """Why somebody's life hangs on an act without their consent."""
    form = VitalForm(request.POST, people=_people(request, case), auto_id="vital_%s")
    if not form.is_valid():
        return _page(request, case, status=400, vital=form)
    actions.vital_interest(request.actor, case, person=form.cleaned_data["person"], reason=form.cleaned_data["reason"])
    return redirect_done("case-consents", "written", case=case.hex())


@require_POST
@signed_in
def vital_read(request: HttpRequest, case: bytes) -> HttpResponse:
    """Another person has read the reason."""
    form = ItemForm(request.POST)
    if not form.is_valid():
        return _page(request, case, status=400)
    actions.read_vital(request.actor, case, form.cleaned_data["item"])
    return redirect_done("case-consents", "written", case=case.hex())


@require_POST
@signed_in
def move(request: HttpRequest, case: bytes) -> HttpResponse:
    """A step of the request or the case."""
    form = StepForm(request.POST)
    if not form.is_valid():
        return _page(request, case, status=400)
    actions.move(request.actor, case, form.cleaned_data["event"], form.cleaned_data)
    return redirect_done("case-consents", "written", case=case.hex())


def _people(request: HttpRequest, case: bytes) -> list[tuple[str, str]]:
    return list(queries.page(request.actor, case).codes.items())


def _page(request: HttpRequest, case: bytes, *, status: int = 200, why: str = "", lacking: str = "",
          **forms: Any) -> HttpResponse:
    page = queries.page(request.actor, case)
    people = list(page.codes.items())
    ready = {"say": ConsentForm(people=people, auto_id="say_%s"), "refer": ReferForm(people=people, auto_id="refer_%s"),
             "vital": VitalForm(people=people, auto_id="vital_%s")} | forms
    told = {"page": page, "case": page.case, "forms": ready, "why": why, "lacking": lacking,
            "declines": choices("decline"), "done": done_word(request)}
    return render(request, "cases/protect.html", told, status=status)

"""Pages of packages: ask for one, sign it, build it, take it out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waystation_web.accounts.gate import signed_in
from waystation_web.notes.ranges import answer as sent

from . import actions_package as actions
from . import pages_package as pages
from .forms_package import PackageForm, SignForm
from .views import done, tried

DONE = frozenset({"asked", "signed", "built"})
TYPED = frozenset({"covert", "thirds", "not_cleared", "nothing", "not_sealed", "no_data",
                   "statement_use", "no_case", "cleared", "H-05", "H-21", "H-23", "H-30", "H-39", "embargo"})


@require_http_methods(["GET", "POST"])
@signed_in
def packages(request: HttpRequest) -> HttpResponse:
    """Packages that were asked for; POST asks for one, with the first signature."""
    page = pages.listing(request.actor)
    form = PackageForm(request.POST if request.method == "POST" else None, parts=page.parts,
                       people=page.people, told=page.told)
    if form.is_bound and form.is_valid():
        made = tried(form, lambda: actions.ask(request.actor, **form.typed()), mine=TYPED)
        if made:
            return done("package", "asked", package=made.hex())
    return render(request, "evidence/packages.html", {"page": page, "form": form}, status=400 if form.is_bound else 200)


@require_GET
@signed_in
def package(request: HttpRequest, package: bytes) -> HttpResponse:
    """One package."""
    return _page(request, package, SignForm())


@require_POST
@signed_in
def sign(request: HttpRequest, package: bytes) -> HttpResponse:
    """The second signature."""
    form = SignForm(request.POST)
    if not form.is_valid():
        return _page(request, package, form, status=400)
    actions.sign(request.actor, package)
    return done("package", "signed", package=package.hex())


@require_POST
@signed_in
def build(request: HttpRequest, package: bytes) -> HttpResponse:
    """Build it, once."""
    actions.build(request.actor, package)
    return done("package", "built", package=package.hex())


@require_POST
@signed_in
def fetch(request: HttpRequest, package: bytes) -> HttpResponseBase:
    """The sealed archive."""
    found, file = actions.fetch(request.actor, package)
    return sent(request, file, name=f"{found.name}.tar.age")


def _page(request: HttpRequest, package: bytes, form: SignForm, *, status: int = 200) -> HttpResponse:
    said = request.GET.get("done", "")
    return render(request, "evidence/package.html", {"page": pages.one(request.actor, package), "form": form,
                                                     "done": said if said in DONE else ""}, status=status)

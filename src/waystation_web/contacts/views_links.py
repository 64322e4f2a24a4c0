"""Who hangs together with a contact."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from waystation_web.accounts.gate import signed_in

from .linked import linked


@require_GET
@signed_in
def links(request: HttpRequest, contact: bytes) -> HttpResponse:
    """A picture of those who share a number or a name with a contact, and the same as a table."""
    page = linked(request.actor, contact)
    return render(request, "contacts/links.html", {"page": page, "contact": page.contact})

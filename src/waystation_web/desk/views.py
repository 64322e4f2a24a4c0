"""The first page of the day."""

from __future__ import annotations

from threading import Semaphore

from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from waystation_web.accounts.gate import signed_in
from waystation_web.accounts.views import found_on_coming_in
from waystation_web.duty.forms import HandForm
from waystation_web.gateways import clock
from waystation_web.journeys.board import picture, rows_of
from waystation_web.retention.queries_clock import in_doubt
from waystation_web.takeout.told import told

from . import handing, stream_road, today

AT_ONCE = 2
MOST_ROWS = 20   # of more, the list itself is asked for
ID_BYTES = 16
_turn = Semaphore(AT_ONCE)


@require_GET
@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """What somebody finds when they come in: what was wrong since, and what waits."""
    found = found_on_coming_in(request) | {"today": today.today(request.actor), "told": told(request.actor),
                                           "doubt": in_doubt(request.actor)}
    return render(request, "desk/home.html", found)


@require_GET
@signed_in
def now(request: HttpRequest) -> HttpResponse:
    """The list alone, for a page that is open: asked for when it changed, and now and then in any case.

    Boards take turns. When every board asks at once, as after a restart, a hundred that are drawn side by side are all
    late, and whoever takes down word then finds the database busy. Whoever waits holds no connection to it.
    """
    close_old_connections()
    with _turn:
        waits = today.today(request.actor)
    return render(request, "desk/now.html", {"today": waits, "far": "far" in request.GET})


@require_GET
@signed_in
def rows(request: HttpRequest) -> HttpResponse:
    """What the list shows of some journeys, for a page that is open. It waits for no turn: a few records are opened.

    Answered 409 where one does not open: only the whole list can say that it is not whole.
    """
    try:
        ids = [bytes.fromhex(one) for one in request.GET.getlist("of")]
    except ValueError:
        ids = []
    if not 0 < len(ids) <= MOST_ROWS or any(len(one) != ID_BYTES for one in ids):
        return HttpResponseBadRequest()
    found = rows_of(request.actor, ids)
    return render(request, "desk/parts.html", {"road": found, "at": clock.now()}, status=409 if found.broken else 200)


@require_GET
@signed_in
def board(request: HttpRequest) -> HttpResponse:
    """The same list to be read across a room, and the red line of everybody on the way; quiet: without what is well.

    A wall says what is due and not in whose words: what somebody wrote is for their own screen.
    """
    quiet = "quiet" in request.GET
    shown = {"today": today.today(request.actor), "picture": None if quiet else picture(request.actor), "far": True,
             "quiet": quiet}
    return render(request, "desk/board.html", shown)


@require_GET
@signed_in
def stream(request: HttpRequest) -> HttpResponseBase:
    """That something changed on the road: a number, for as long as the session lasts."""
    return stream_road.answer(request)


@require_GET
@signed_in
def hand_over(request: HttpRequest) -> HttpResponse:
    """A hand-over with what is open, promised and put off filled in; it is sent to the pages of the house."""
    draft = handing.draft(request.actor)
    form = HandForm(people=[one for one in draft.roster.people if one[0] != request.actor.id.hex()], auto_id="hand_%s",
                    initial={"open": draft.open, "promised": draft.promised, "deferred": draft.deferred})
    return render(request, "desk/hand_over.html", {"form": form})

"""Pages of stories: all of them, and one with everything that decides whether it may go out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from waystation_web.accounts.gate import signed_in
from waystation_web.cases.queries import case_called
from waystation_web.gateways.publication import NowhereError
from waystation_web.vault.errors import NotPermitted

from . import actions, actions_publish, forms, queries
from .actions import ControlMissedError
from .actions_publish import InTheWay
from .rendering import LABELS, when
from .story import RECALLED, TYPE, Story

STAGES = {"proposed": _("proposed"), "drafted": _("being written"), "cleared": _("cleared by two"),
          "published": _("public"), "recalled": _("taken back")}
Act = Callable[[Any, bytes, dict[str, Any]], Any]


@require_http_methods(["GET", "POST"])
@signed_in
def stories(request: HttpRequest) -> HttpResponse:
    """Stories that this person holds; POST proposes one."""
    refused: list[bytes] = []
    found = queries.listing(request.actor, refused=refused)
    form = _form(request, "propose", request.POST if request.method == "POST" else None)
    if form.is_bound:
        actions.may_propose(request.actor)
        if form.is_valid():
            return _to(actions.propose(request.actor, form.cleaned_data), "written")
    rows = [(one, _stage(one)) for one in found]
    return render(request, "stories/stories.html", {
        "rows": rows, "form": form, "refused": len(refused), "may_make": queries.kept.may_make(request.actor, TYPE)},
        status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def story(request: HttpRequest, story: bytes) -> HttpResponse:
    """One story; POST does one thing to it, named by the field `act`."""
    if request.method == "GET":
        return _page(request, story)
    queries.page(request.actor, story)  # whoever may not read it is told nothing about their form
    act = request.POST.get("act", "")
    try:
        if act in PLAIN:
            return _to(story, PLAIN[act](request.actor, story) or "written")
        if act not in FORMS:
            return _page(request, story, status=400)
        form = _form(request, act, request.POST)
        if not form.is_valid():
            return _page(request, story, status=400, **{act: form})
        FORMS[act][1](request.actor, story, form.cleaned_data)
    except InTheWay:
        return _page(request, story, status=409, stopped=gettext("Not signed: something stands in the way. See below."))
    except NowhereError as why:
        raise NotPermitted("public", str(why), vault=story) from why
    except ControlMissedError:
        return _page(request, story, status=409, stopped=gettext(
            "The search is blind: it did not find what was planted. Nothing goes out until it is mended."))
    return _to(story, "taken" if act == "recall" else "written")


FORMS: dict[str, tuple[Any, Act]] = {
    "propose": (forms.ProposeForm, actions.tell_of),
    "people": (forms.PeopleForm, actions.tell_of),
    "write": (forms.WriteForm, actions.write),
    "piece": (forms.PieceForm, lambda actor, story, given: actions.add(actor, story, "segments", given)),
    "choose": (forms.ChooseForm, actions.choose),
    "motif": (forms.MotifForm, lambda actor, story, given: actions.add(actor, story, "motifs", given)),
    "call": (forms.LinkForm, lambda actor, story, given: actions.add(actor, story, "calls", given)),
    "source": (forms.LinkForm, lambda actor, story, given: actions.add(actor, story, "sources", given)),
    "count": (forms.CountForm, lambda actor, story, given: actions.count(actor, story, matches=given["fitting"],
                                                                                       over=given["over"])),
    "inside": (forms.InsideForm, lambda actor, story, given: actions.judge_inside(
        actor, story, identifiable=given["identifiable"] != "no", reason=given["reason"])),
    "helpers": (forms.HelpersForm, lambda actor, story, given: actions.say_helpers(
        actor, story, safe=given["safe"] == "yes", reason=given["reason"])),
    "judge": (forms.JudgeForm, lambda actor, story, given: actions.judge_hit(actor, story, **given)),
    "register": (forms.RegisterForm, lambda actor, story, given: actions.add(actor, story, "register", given | {
        "until": given["until"].isoformat() if given["until"] else ""})),
    "reach": (forms.ReachForm, lambda actor, story, given: actions.add(actor, story, "reach", given | {
        "day": given["day"].isoformat()})),
    "signers": (forms.SignersForm, lambda actor, story, given: actions.ask_to_clear(actor, story, given["colleagues"])),
    "recall": (forms.RecallForm, lambda actor, story, given: actions_publish.recall(actor, story, **given)),
}
PLAIN: dict[str, Callable[[Any, bytes], str | None]] = {
    "search": actions.search, "look": actions.look, "clear": actions_publish.clear,
    "publish": lambda actor, story: "published" if actions_publish.publish(actor, story) else None,
}
DONE = frozenset({"written", "asked", "cleared", "published", "taken"})


def _form(request: HttpRequest, act: str, data: Any = None, **more: Any) -> Any:
    if act in {"people", "propose"}:
        more["find"] = lambda ref: case_called(request.actor, ref)
    return FORMS[act][0](data, auto_id=f"{act}_%s", **more)


def _page(request: HttpRequest, story: bytes, *, status: int = 200, stopped: str = "", **given: Any) -> HttpResponse:
    page = queries.page(request.actor, story)
    body = page.story.body
    initial = {"write": {**{name: body.get(name) for name in actions.WRITTEN},
                         "course": " ".join(body.get("course", []))},
               "choose": {**body.get("selection", {}), **body.get("described", {}), "until": body.get("until")}}
    shown = {f"{act}_form": given.get(act) or _form(request, act, **(
        {"initial": initial[act]} if act in initial else {})) for act in FORMS}
    done = request.GET.get("done", "")
    return render(request, "stories/story.html", shown | {
        "page": page, "stage": _stage(page.story), "told": page.story.told, "when": when(page.story.told),
        "pieces": [(LABELS.get(one["label"], "?"), one) for one in page.story.told.segments], "stopped": stopped,
        "found": [(gettext(one.sentence), one.where) for one in page.found], "people": page.story.people,
        "passed_on": [one["who"] for one in body.get("register", ()) if one.get("kind") == "distributor"],
        "gone": page.story.stage == RECALLED, "done": done if done in DONE else ""}, status=status)


def _stage(story: Story) -> str:
    return str(STAGES[story.stage])


def _to(story: bytes, done: str) -> HttpResponse:
    response = redirect("story", story=story.hex())
    response["Location"] += f"?done={done}"
    return response

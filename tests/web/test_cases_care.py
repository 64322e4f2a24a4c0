"""Care without a verdict: a woman with child is referred to health, what is best for her children is written by two, nobody is blamed."""

import inspect

import pytest
from django import forms
from test_cases_protect import A, C, Stage, missing

from waystation_web.cases import (
    actions_asked,
    forms_asked,
    forms_case,
    forms_consent,
    forms_people,
    forms_request,
    forms_screens,
)
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records

VERDICTS = ("blame", "fault", "guilt", "deserv", "reckless", "judge", "score", "rank", "worth", "moral", "credib", "cooperat", "attitude")


@pytest.fixture
def stage(office):
    return Stage(office)


def fields():
    modules = (forms_asked, forms_case, forms_consent, forms_people, forms_request, forms_screens)
    for module in modules:
        for _, form in inspect.getmembers(module, inspect.isclass):
            for name, field in getattr(form, "base_fields", {}).items():
                yield f"{form.__name__}.{name}", f"{name} {field.label or ''}".lower()


@pytest.mark.proves("S000-30")
def test_a_woman_with_child_is_referred_and_her_children_are_cared_for(stage):
    with writing():
        held = stage.record()
        people = [one | ({"needs": ["SM-DP"], "sex": "2", "pregnant_weeks": 30} if one["id"] == A else {}) for one in held.body["people"]]
        records.change(stage.worker, held, {"people": people}, what="test")
    assert missing(stage.refer, data=["health", "needs"]).missing == {"health", "needs"}
    stage.say(data=["health", "needs"])
    stage.refer(data=["health", "needs"], organisation="A midwife (invented)")
    actions_asked.for_child(stage.worker, stage.case, {"person": C, "text": "Stays with A; a midwife sees A first.", "guardian": "A"})
    assert not stage.body()["best_interest"][0]["approval"].get("approved_by")
    actions_asked.second_for_child(stage.chief, stage.case, stage.body()["best_interest"][0]["id"])
    body = stage.body()
    assert (body["referrals"][0]["organisation"], body["referrals"][0]["ground"]) == ("A midwife (invented)", "consent")
    assert body["best_interest"][0]["approval"]["approved_by"] == stage.chief.id.hex()


@pytest.mark.proves("S000-30")
@pytest.mark.refuses("H-07")
def test_no_form_about_people_asks_for_a_verdict_on_them(monkeypatch):
    def found():
        return [name for name, words in fields() for verdict in VERDICTS if verdict in words]

    assert len(list(fields())) > 60 and found() == []
    planted = type("Planted", (forms.Form,), {"cause": forms.CharField(label="Who is to blame")})
    monkeypatch.setattr(forms_people, "Planted", planted, raising=False)
    assert found() == ["Planted.cause"]

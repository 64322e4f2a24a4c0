"""Tasks, promises, scales, worker and deputy, judgements about two cases."""

from datetime import date, timedelta

import pytest
from acts import member

from waystation_web.cases import actions, actions_team, actions_work, queries
from waystation_web.cases.case import Case
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.vault.errors import Changed, NoSuchVault, NotPermitted


@pytest.fixture
def heron(office):
    return member(office, "heron", ("coordinator",))


@pytest.fixture
def finch(office):
    return member(office, "finch")


@pytest.fixture
def case(heron):
    return actions.begin(heron, {"request": {"danger_now": "days"}})


def one(actor, case_id):
    with writing():
        return queries.case(actor, case_id)


def test_a_task_is_done_and_can_be_opened_again(office, heron, case):
    actions_work.add_task(heron, case, text="find a doctor", due=date(2026, 3, 5), for_=heron.id, need="SM-DP")
    actions_work.add_task(heron, case, text="how are they", due=date(2026, 3, 4), follow_up=True)
    first, second = one(heron, case).open_tasks
    assert (first.text, second.text, second.for_, second.need) == ("how are they", "find a doctor", heron.id, "SM-DP")
    actions_work.finish(heron, case, second.id)
    after = one(heron, case)
    assert [task.text for task in after.open_tasks] == ["how are they"]
    assert (after.tasks[0].done_by, after.tasks[0].done_at, after.next_due) == (heron.id, office.now, date(2026, 3, 4))
    actions_work.finish(heron, case, second.id, done=False)
    assert len(one(heron, case).open_tasks) == 2
    with pytest.raises(NoSuchVault):
        actions_work.finish(heron, case, "no such task")


def test_a_promise_is_kept_or_not_and_says_so(heron, case):
    actions_work.promise(heron, case, text="to call on Sunday", due=date(2026, 3, 8))
    (made,) = one(heron, case).promises
    assert (made.text, made.kept, made.by, one(heron, case).next_due) == ("to call on Sunday", None, heron.id, date(2026, 3, 8))
    actions_work.keep(heron, case, made.id, kept_=False)
    assert one(heron, case).promises[0].kept is False and one(heron, case).next_due is None


@pytest.mark.refuses("H-07")
def test_need_and_safety_are_two_scales_and_never_one_number(heron, case):
    actions_work.scale(heron, case, "need_scale", value=5, reason="eight months", revision=1)
    actions_work.scale(heron, case, "safety_scale", value=2, reason="nobody watches the house", revision=2)
    shown = one(heron, case)
    assert (shown.need.value, shown.need.reason, shown.safety.value, shown.safety.by) == (5, "eight months", 2, heron.id)
    with pytest.raises(Changed):
        actions_work.scale(heron, case, "need_scale", value=1, reason="x", revision=2)
    for which, value, reason in (("score", 3, "x"), ("need_scale", 6, "x"), ("need_scale", 0, "x"), ("need_scale", 3, " ")):
        with pytest.raises(ValueError) as why:
            actions_work.scale(heron, case, which, value=value, reason=reason, revision=3)
        assert str(why.value) == which  # refused for what it is, not by the list of fields behind it
    assert not {name for name in Case.__dataclass_fields__ if "score" in name or "priority" in name or "rank" in name}


def test_worker_and_deputy_get_the_case(office, heron, finch, case):
    wren = member(office, "wren")
    with pytest.raises(NoSuchVault):
        one(finch, case)
    assert actions_team.assign(heron, case, worker=finch.id, deputy=wren.id, end_old=True, reason="on call") == 0
    assert (one(finch, case).worker, one(wren, case).deputy) == (finch.id, wren.id)
    robin = member(office, "robin")
    actions_team.assign(heron, case, worker=robin.id, deputy=wren.id, end_old=True, reason="takes over")
    assert one(robin, case).worker == robin.id
    with pytest.raises(NoSuchVault):
        one(finch, case)


def test_only_who_works_on_cases_is_worker(office, heron, finch, case):
    for roles in (("finance",), ("field_liaison",), ("researcher",), ("auditor",)):
        other = member(office, roles[0], roles)
        with pytest.raises(NotPermitted):
            actions_team.assign(heron, case, worker=finch.id, deputy=other.id, end_old=False, reason="x")
    with pytest.raises(ValueError, match="deputy"):
        actions_team.assign(heron, case, worker=finch.id, deputy=finch.id, end_old=False, reason="x")
    with pytest.raises(NoSuchVault):  # nothing of it was done
        one(finch, case)


def test_names_go_to_worker_and_deputy_and_not_to_who_coordinates(office, heron, finch):
    wren = member(office, "wren")
    case = actions.begin(finch, {})
    with writing():
        names = records.make(finch, "person", {"case": case.hex()})
        held = kept.one(finch, case, "case", looked=False)
        records.change(finch, held, {"household_records": [names.key]}, what="names")
    assert actions_team.assign(finch, case, worker=finch.id, deputy=wren.id, end_old=False, reason="leave") == 0
    with writing():
        assert kept.maybe(wren, names.id, "person") is not None and kept.maybe(heron, names.id, "person") is None
    assert actions_team.assign(finch, case, worker=finch.id, deputy=heron.id, end_old=True, reason="leave") == 1
    with writing():
        assert kept.maybe(wren, names.id, "person") is None and kept.maybe(heron, names.id, "person") is None
    assert actions_team.assign(heron, case, worker=wren.id, deputy=b"", end_old=False, reason="x") == 1  # heron holds no names
    with writing():
        assert kept.maybe(wren, names.id, "person") is None
    finch_later = finch.__class__(**{name: getattr(finch, name) for name in finch.__slots__} | {"stepped_up_until": None})
    with pytest.raises(NotPermitted) as why:
        actions_team.assign(finch_later, case, worker=wren.id, deputy=b"", end_old=False, reason="x")
    assert why.value.step_up


def test_two_cases_are_judged_and_a_judgement_can_be_taken_back(office, heron, finch, case):
    other = actions.begin(heron, {})
    actions_team.judge(heron, case, other, verdict="same", reason="same mother, same town")
    office.pass_time(minutes=1)
    actions_team.judge(heron, other, case, verdict="different", reason="another year of birth")
    for this, that in ((case, other), (other, case)):
        shown = one(heron, this)
        assert shown.same_as[that].verdict == "different" and [j.verdict for j in shown.judgements] == ["same", "different"]
    for verdict, about in (("merge", other), ("same", case)):
        with pytest.raises(ValueError, match="verdict"):
            actions_team.judge(heron, case, about, verdict=verdict, reason="x")
    own = actions.begin(finch, {})
    actions_team.assign(heron, own, worker=finch.id, deputy=b"", end_old=False, reason="x")
    with pytest.raises(NoSuchVault):  # of a case that finch does not hold nothing is learned
        actions_team.judge(finch, own, case, verdict="same", reason="x")
    assert not one(finch, own).judgements


def test_somebody_in_hiding_is_looked_after(office, heron, case):
    actions_work.watch(heron, case, next_check=date(2026, 3, 9), every_days=14, text="by the shop")
    assert one(heron, case).next_due == date(2026, 3, 9) and one(heron, case).monitoring.every_days == 14
    actions_work.watch(heron, case, next_check=None, every_days=None, text="")
    assert one(heron, case).monitoring is None


def test_notes_say_who_and_when(office, heron, finch, case):
    actions_team.assign(heron, case, worker=finch.id, deputy=b"", end_old=False, reason="x")
    office.pass_time(hours=2)
    actions_work.add_note(finch, case, "She says the house is watched.")
    (note,) = one(heron, case).notes
    assert (note.text, note.by, note.at) == ("She says the house is watched.", finch.id, office.now)
    assert office.now - one(heron, case).record.made.at == timedelta(hours=2)

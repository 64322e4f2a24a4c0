"""A case as its payload keeps it: read whatever it says, references, timeline, what is due next."""

from datetime import date
from itertools import cycle

import pytest
from acts import member

from waystation_web.cases import actions, lists, queries, refs
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.vault.errors import NotPermitted


@pytest.fixture
def heron(office):
    return member(office, "heron", ("coordinator",))


def one(actor, case_id):
    with writing():
        return queries.case(actor, case_id)


@pytest.mark.refuses("H-24")
def test_a_call_becomes_a_case_with_nothing_but_a_reference(office, heron):
    case = one(heron, actions.begin(heron, {}))
    assert len(case.ref) == 4 and case.stage == "new" and not case.urgent and case.size is None and case.next_due is None
    assert case.request.received_at == office.now and [line.kind for line in case.timeline] == ["request"]
    assert not case.worker  # a coordinator is not the worker of everybody who calls at night


def test_a_case_worker_who_takes_a_call_is_its_worker(office):
    finch = member(office, "finch")
    assert one(finch, actions.begin(finch, {"wish": "to see her son"})).worker == finch.id


def test_an_auditor_begins_no_case(office):
    with pytest.raises(NotPermitted):
        actions.begin(member(office, "owl", ("auditor",)), {})


def test_references_look_like_nothing_else_and_are_not_taken_twice():
    drawn = cycle("AAAA2222K7Q2K7Q3")  # a word, a number, one that is taken, and one that is free
    assert refs.fresh({"K7Q2"}, draw=lambda _: next(drawn)) == "K7Q3"
    same = cycle("K7Q2")
    assert len(refs.fresh({"K7Q2"}, draw=lambda _: next(same))) > 4  # when all of that length are used up
    assert not set("IOSBZGL1058") & set(refs.LETTERS + refs.DIGITS)


def test_the_timeline_is_told_and_by_whom(office, heron):
    finch = member(office, "finch")
    case = actions.begin(heron, {})
    with writing():
        assert actions.tell(heron, case, "decision", "decided:go", plan="ab" * 16)
    line = one(heron, case).timeline[-1]
    assert (line.kind, line.text, line.by, line.refs) == ("decision", "decided:go", heron.id, {"plan": "ab" * 16})
    signer = member(office, "badger", ("security_officer",))
    with writing():
        assert actions.tell(signer, case, "decision", "x") is False
    assert finch.id != heron.id and len(one(heron, case).timeline) == 2


def test_what_a_payload_says_wrongly_is_not_known(heron):
    with writing():
        held = records.make(heron, "case", {
            "ref": 5, "people": ["x", {"id": "a", "age": "thirty", "needs": 3}], "request": {"head_count": "four", "danger_now": 1},
            "tasks": [{"due": "soon"}], "need_scale": {"value": 9}, "worker": "zz", "household_records": ["00"]})
        case = queries.case(heron, held.id)
    assert (case.people[0].age, case.people[0].needs, case.request.head_count, case.need) == (None, (), None, None)
    assert (case.tasks[0].due, case.worker, case.household_records) == (None, b"", ()) and len(case.ref) == 4


def test_what_is_due_next(heron):
    case = one(heron, actions.begin(heron, {
        "tasks": [{"id": "1", "due": "2026-03-09"}, {"id": "2", "due": "2026-03-01", "done_at": "2026-03-01T10:00:00+00:00"}],
        "followups": [{"id": "3", "due": "2026-03-08"}, {"id": "4"}], "promises": [{"due": "2026-03-07"}, {"due": "2026-03-02", "kept": True}],
        "monitoring": {"next_check": "2026-03-06"}}))
    assert case.next_due == date(2026, 3, 6) and [task.id for task in case.open_tasks] == ["3", "1", "4"]
    gone = one(heron, actions.begin(heron, {"tasks": [{"due": "2026-03-09"}], "status": "withdrawn"}))
    assert gone.next_due is None and gone.withdrawn and gone.over


def test_a_list_has_danger_first_then_the_nearest_day(office, heron):
    finch = member(office, "finch")
    wanted = {
        "hours": {"request": {"danger_now": "hours", "received_at": "2026-03-01T00:00:00+00:00"}},
        "now": {"request": {"danger_now": "now", "received_at": "2026-03-02T00:00:00+00:00"}},
        "accepted": {"request": {"danger_now": "now"}, "status": "active", "tasks": [{"due": "2026-03-05"}]},
        "late": {"tasks": [{"due": "2026-03-01"}], "worker": heron.id.hex()},
        "nothing": {"request": {"received_at": "2026-02-01T00:00:00+00:00", "needs": ["SM-DP"]}},
        "newer": {"request": {"received_at": "2026-02-02T00:00:00+00:00"}},
        "closed": {"status": "closed", "request": {"danger_now": "now"}, "tasks": [{"due": "2026-01-01"}]}}
    ids = {name: actions.begin(finch, fields) for name, fields in wanted.items()}
    names = {vault: name for name, vault in ids.items()}

    def shown(**asked):
        return [names[row.id] for row in lists.listing(heron, lists.Wanted(**asked)).rows]

    assert shown() == ["now", "hours", "late", "accepted", "newer", "nothing"]
    assert shown(stage="over") == ["closed"] and shown(stage="requests")[:2] == ["now", "hours"]
    assert shown(whose="mine") == ["late"] and shown(need="SM-DP") == ["nothing"] and shown(late=True) == ["late"]
    whole = lists.listing(heron, lists.Wanted())
    assert (whole.held, whole.urgent, whole.late) == (7, 2, 1)
    assert {row.worker for row in whole.rows} == {"finch", "heron"}


def test_a_long_list_leaves_off_what_is_not_pressing(office, heron, monkeypatch):
    monkeypatch.setattr(lists, "AT_ONCE", 2)
    for _ in range(3):
        actions.begin(heron, {"tasks": [{"due": "2026-01-01"}]})
    for _ in range(2):
        actions.begin(heron, {})
    short = lists.listing(heron, lists.Wanted())
    assert [row.late for row in short.rows] == [True] * 3 and (short.more, short.held) == (2, 5)  # nothing late is left off
    assert len(lists.listing(heron, lists.Wanted(whole=True)).rows) == 5

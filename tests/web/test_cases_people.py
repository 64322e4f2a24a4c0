"""People of a case: codes, households with their rule for splitting, directed relations, names sealed apart."""

from datetime import date

import pytest
from acts import member

from waystation_web.cases import actions, actions_people, actions_team, queries
from waystation_web.gateways.database import writing
from waystation_web.records import queries as kept
from waystation_web.vault.errors import Changed, NoSuchVault, NotPermitted


@pytest.fixture
def heron(office):
    return member(office, "heron", ("coordinator",))


@pytest.fixture
def finch(office, heron):
    return member(office, "finch")


@pytest.fixture
def case(finch):
    return actions.begin(finch, {})


def one(actor, case_id):
    with writing():
        return queries.case(actor, case_id)


def revision(actor, case_id):
    return one(actor, case_id).record.revision


def test_people_get_letters_that_say_nothing_and_none_is_given_twice(finch, case):
    ids = [actions_people.add_person(finch, case, {"age": 80 - number}) for number in range(3)]
    assert [(who.code, who.age) for who in one(finch, case).people] == [("A", 80), ("B", 79), ("C", 78)]
    actions_people.remove_person(finch, case, ids[0])
    actions_people.add_person(finch, case, {})
    assert [who.code for who in one(finch, case).people] == ["B", "C", "A"]
    assert actions_people._code(26) == "A2" and actions_people._code(53) == "B3"


def test_who_wrote_a_person_second_is_told(finch, case):
    person = actions_people.add_person(finch, case, {"age": 30, "needs": ["SM-DP"]})
    seen = revision(finch, case)
    actions_people.write_person(finch, case, person, {"age": 31}, revision=seen)
    with pytest.raises(Changed):
        actions_people.write_person(finch, case, person, {"age": 32}, revision=seen)
    who = one(finch, case).people[0]
    assert (who.age, who.needs, who.id) == (31, ("SM-DP",), person)
    assert one(finch, case).record.history[-1]["was"]["people"][0]["age"] == 30
    with pytest.raises(NoSuchVault):
        actions_people.write_person(finch, case, "ab" * 16, {}, revision=seen + 1)


def test_a_household_says_who_may_never_be_parted(finch, case):
    old, mother, child = (actions_people.add_person(finch, case, {}) for _ in range(3))
    fields = {"name": "first", "members": [old, mother, child], "stay_together": "may", "never_parted": [[mother, child]]}
    made = actions_people.write_household(finch, case, "", fields, revision=revision(finch, case))
    (shown,) = one(finch, case).households
    assert (shown.id, shown.stay_together, shown.never_parted) == (made, "may", ((mother, child),))
    for wrong in ({"members": ["ab" * 16]}, {"members": [mother], "never_parted": [[mother, child]]}):
        with pytest.raises(ValueError, match="members"):
            actions_people.write_household(finch, case, made, wrong, revision=revision(finch, case))
    actions_people.remove_person(finch, case, child)
    (shown,) = one(finch, case).households
    assert shown.members == (old, mother) and shown.never_parted == ()  # one alone is no group


def test_relations_have_a_direction_and_stand_once(finch, case):
    mother, son = (actions_people.add_person(finch, case, {}) for _ in range(2))
    said = {"from_": mother, "to": son, "type_": "parent", "certainty": "certain", "kind": "biological"}
    actions_people.relate(finch, case, **said)
    (shown,) = one(finch, case).relations
    assert (shown.from_, shown.to, shown.type, shown.kind) == (mother, son, "parent", "biological")
    for wrong in ({}, {"to": mother}, {"from_": son, "to": mother, "type_": "child"}):  # the last says the same, turned round
        with pytest.raises(ValueError, match="relation"):
            actions_people.relate(finch, case, **(said | wrong))
    with pytest.raises(NoSuchVault):
        actions_people.relate(finch, case, **(said | {"to": "ab" * 16}))
    actions_people.unrelate(finch, case, shown.id)
    assert one(finch, case).relations == ()
    actions_people.relate(finch, case, **said)
    actions_people.remove_person(finch, case, son)
    assert one(finch, case).relations == ()


def test_names_lie_apart_for_worker_and_deputy(office, heron, finch):
    wren = member(office, "wren")
    case = actions.begin(finch, {})
    actions_team.assign(finch, case, worker=finch.id, deputy=wren.id, end_old=False, reason="x")
    household = actions_people.write_household(finch, case, "", {"name": "first"}, revision=revision(finch, case))
    names = actions_people.seal_names(finch, case, household, {"names": [{"text": "새결 하늘 (invented)", "script": "Hang"}]})
    shown = one(heron, case)
    assert shown.household_records == (names,) and shown.households[0].record == names
    assert "새결" not in str(shown.record.body)
    with writing():
        assert actions_people.names_of(wren, case, names).body["names"][0]["text"] == "새결 하늘 (invented)"
        assert kept.maybe(heron, names, "person") is None  # who coordinates reads the case and no names
    with pytest.raises(NotPermitted):
        actions_people.seal_names(heron, case, household, {})


@pytest.mark.refuses("H-10")
def test_names_of_another_case_are_not_found_under_this_one(finch, case):
    other = actions.begin(finch, {})
    names = actions_people.seal_names(finch, other, "", {"health": "x"})
    with pytest.raises(NoSuchVault), writing():
        actions_people.names_of(finch, case, names)
    with pytest.raises(NoSuchVault):
        actions_people.write_names(finch, case, names, {"health": "y"}, revision=1)
    actions_people.write_names(finch, other, names, {"health": "z"}, revision=1)
    with pytest.raises(Changed):
        actions_people.write_names(finch, other, names, {"health": "y"}, revision=1)


def test_who_coordinates_reads_names_until_a_day_and_for_a_reason(office, heron, finch, case):
    names = actions_people.seal_names(finch, case, "", {"health": "x"})
    actions_people.share_names(finch, case, names, heron.id, reason="tonight's call", until=date(2026, 3, 4))
    with writing():
        assert actions_people.names_of(heron, case, names).body["health"] == "x"
    with pytest.raises(NotPermitted):
        actions_people.write_names(heron, case, names, {"health": "y"}, revision=1)
    office.pass_time(days=3)
    with pytest.raises(NoSuchVault), writing():
        actions_people.names_of(heron, case, names)
    with pytest.raises(NotPermitted):
        actions_people.share_names(finch, case, names, heron.id, reason="", until=date(2026, 3, 9))

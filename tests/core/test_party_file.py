"""A party's file: nothing guessed, nothing extra, all mistakes at once, and no answer taken for a yes."""

import json
from contextlib import suppress
from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.party import Party
from waystation.party_file import FIELDS, NEEDED, RULES, InvalidParty, party_of

GOOD = {"size": 2, "youngest_y": 9, "oldest_y": 34, "all_agree": True, "guardian_ok": True}
ONE = {"size": 1, "youngest_y": 30, "oldest_y": 30, "all_agree": True, "guardian_ok": True}
APART = {**GOOD, "stay_together": False, "subgroups": [ONE, {**ONE, "youngest_y": 9, "oldest_y": 9}]}


def found(document: object) -> list[tuple[int, str, str]]:
    with pytest.raises(InvalidParty) as caught:
        party_of(json.dumps(document).encode(), name="party")
    assert all(problem.file == "party" for problem in caught.value.problems)
    return [(problem.row, problem.column, problem.code) for problem in caught.value.problems]


def test_a_party_with_defaults():
    assert party_of(json.dumps(GOOD).encode()) == Party(size=2, youngest_y=9, oldest_y=34, all_agree=True, guardian_ok=True)


def test_every_field_can_be_read():
    full = {**GOOD, "size": 3, "youngest_y": 1, "pace": 1.5, "exertion_max": 2, "walk_km_day": 6, "swim": True, "cold": False,
            "carry_kg": 20, "uncooled_h": 12, "pregnancy_weeks": 34, "infants": 1, "stay_together": True, "subgroups": [], "label": "a family of three"}
    assert set(full) == {field.name for field in fields(Party)} == set(FIELDS)
    party = party_of(json.dumps(full).encode())
    assert {name: getattr(party, name) for name in full} == {**full, "subgroups": ()}


def test_subgroups():
    party = party_of(json.dumps(APART).encode())
    assert [part.oldest_y for part in party.subgroups] == [30, 9]


@pytest.mark.parametrize("field", ["all_agree", "guardian_ok"])
def test_an_answer_nobody_gave_is_refused(field):
    assert field in NEEDED
    assert found({key: value for key, value in GOOD.items() if key != field}) == [(0, field, "PT105")]
    part = {key: value for key, value in ONE.items() if key != field}
    assert found({**APART, "subgroups": [ONE, part]}) == [(2, field, "PT105")]
    for no_answer in (None, "yes", 1, "true", []):
        assert found({**GOOD, field: no_answer}) == [(0, field, "PT203")]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"size": 0}, [(0, "size", "PT201")]),
        ({"size": 2.0}, [(0, "size", "PT201")]),
        ({"size": True}, [(0, "size", "PT201")]),
        ({"size": "2"}, [(0, "size", "PT201")]),
        ({"oldest_y": 121}, [(0, "oldest_y", "PT201")]),
        ({"youngest_y": -1}, [(0, "youngest_y", "PT201")]),
        ({"youngest_y": 40}, [(0, "youngest_y", "PT301")]),
        ({"pace": 0}, [(0, "pace", "PT202")]),
        ({"pace": "slow"}, [(0, "pace", "PT202")]),
        ({"pace": float("nan")}, [(0, "pace", "PT202")]),
        ({"pace": float("inf")}, [(0, "pace", "PT202")]),
        ({"exertion_max": 6}, [(0, "exertion_max", "PT201")]),
        ({"walk_km_day": -1}, [(0, "walk_km_day", "PT202")]),
        ({"swim": "no"}, [(0, "swim", "PT203")]),
        ({"cold": 0}, [(0, "cold", "PT203")]),
        ({"pregnancy_weeks": 46}, [(0, "pregnancy_weeks", "PT201")]),
        ({"carry_kg": -1}, [(0, "carry_kg", "PT201")]),
        ({"uncooled_h": "12 h"}, [(0, "uncooled_h", "PT201")]),
        ({"infants": 3, "youngest_y": 1}, [(0, "infants", "PT302")]),
        ({"infants": 1}, [(0, "infants", "PT303")]),
        ({"label": 3}, [(0, "label", "PT204")]),
        ({"label": "=1+1"}, [(0, "label", "PT204")]),
        ({"label": "x" * 501}, [(0, "label", "PT204")]),
        ({"label": "two\nlines"}, [(0, "label", "PT204")]),
        ({"label": "call 010-1234-5678"}, [(0, "label", "PT205")]),
        ({"label": "desk@example.org"}, [(0, "label", "PT205")]),
        ({"name": "somebody"}, [(0, "", "PT103")]),
        ({"exertion": 3}, [(0, "", "PT103")]),
        ({"subgroups": [ONE, ONE]}, [(0, "stay_together", "PT304")]),
        ({"subgroups": [ONE], "stay_together": False}, [(0, "subgroups", "PT306")]),
        ({"subgroups": "two", "stay_together": False}, [(0, "subgroups", "PT306")]),
        ({"subgroups": [1, 2], "stay_together": False}, [(0, "subgroups", "PT306")]),
        ({"subgroups": [ONE, GOOD], "stay_together": False}, [(0, "subgroups", "PT305")]),
        ({"subgroups": [ONE, {**APART, "size": 1}], "stay_together": False}, [(2, "subgroups", "PT307")]),
        ({"subgroups": [ONE, {**ONE, "size": 0}], "stay_together": False}, [(2, "size", "PT201")]),
    ],
)
def test_broken_parties(change, expected):
    assert found({**GOOD, **change}) == expected


def test_all_mistakes_come_at_once():
    assert found({"size": 0, "youngest": 3, "pace": -1, "guardian_ok": 1}) == [
        (0, "", "PT103"), (0, "size", "PT201"), (0, "youngest_y", "PT105"), (0, "oldest_y", "PT105"),
        (0, "all_agree", "PT105"), (0, "guardian_ok", "PT203"), (0, "pace", "PT202")]


def test_problems_name_the_field_and_the_remedy():
    with pytest.raises(InvalidParty) as caught:
        party_of(json.dumps({**APART, "subgroups": [ONE, {**ONE, "sise": 1}]}).encode())
    assert str(caught.value) == ("party file: /subgroups/1 key 6 PT103 a key is not known: if `size` is meant, write that; else remove it; "
                                 "names and other details are not kept")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "PT101"), (b"[]", "PT101"), (b'{"size": 2', "PT101"), (b"\xff", "PT101"), (b'{"a":' * 100_00, "PT101"),
        (b" " * 100_001, "PT102"), (b'{"size": ' + b"9" * 5_000 + b"}", "PT101"),
    ],
)
def test_what_is_no_party_file(data, code):
    with pytest.raises(InvalidParty) as caught:
        party_of(data)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_a_key_twice():
    with pytest.raises(InvalidParty) as caught:
        party_of(json.dumps(GOOD).replace("{", '{"all_agree": false, ').encode())
    assert [problem.code for problem in caught.value.problems] == ["PT104"]


def test_every_rule_has_a_remedy():
    assert all(rule.wrong and rule.remedy for rule in RULES.values())


VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.lists(st.integers(), max_size=2)


@settings(max_examples=200)
@given(st.binary(max_size=60) | st.dictionaries(st.sampled_from([*FIELDS, "other"]), VALUES).map(
    lambda change: json.dumps({**GOOD, **change}).encode()))
def test_anything_else_raises_only_invalid_party(data):
    with suppress(InvalidParty):
        assert isinstance(party_of(data), Party)

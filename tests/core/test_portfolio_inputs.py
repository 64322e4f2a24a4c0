"""Files of a month: every mistake with file, row and field; what a person is worth to anyone cannot be written at all."""

import copy
import dataclasses
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation import worlds
from waystation.portfolio import missions as values
from waystation.portfolio.missions_file import InvalidMissions, read_missions
from waystation.portfolio.rules import RULES

MONTH = json.loads(worlds.month("river", "missions"))
CAPS = json.loads(worlds.month("river", "caps"))
WAY = ("missions", 0, "variants", 0)


def changed(given_, path, value):
    """A copy with one value put at a path; `...` takes the key away."""
    made = copy.deepcopy(given_)
    at = made
    for step in path[:-1]:
        at = at[step]
    if value is ...:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return made


def problems(month=MONTH, caps=CAPS):
    with pytest.raises(InvalidMissions) as caught:
        read_missions(json.dumps(month).encode(), json.dumps(caps).encode(), names=("month.json", "caps.json"))
    return caught.value.problems


MONTH_FAULTS = [
    ("PF101", ("waystation_missions",), 2, "/"),
    ("PF103", (*WAY, "nationality"), "XA", "/missions/0/variants/0 key 12"),
    ("PF103", ("missions", 1, "can_pay"), 4000, "/missions/1 key 5"),
    ("PF103", ("missions", 0, "people_of", "christian"), 2, "/missions/0/people_of key 2"),
    ("PF105", ("missions", 2, "need"), ..., "/missions/2"),
    ("PF201", ("missions", 1, "need"), 6, "/missions/1/need"),
    ("PF201", (*WAY, "cost"), 2400.5, "/missions/0/variants/0/cost"),
    ("PF202", ("fictional",), "yes", "/fictional"),
    ("PF203", ("missions", 0, "code"), "Kim Cheol-su", "/missions/0/code"),
    ("PF204", ("missions",), {}, "/missions"),
    ("PF206", ("first_week",), "2030-05-07", "/first_week"),
    ("PF207", ("title",), "call 010-1234-5678", "/title"),
    ("PF208", ("currency",), "dollars", "/currency"),
    ("PF210", ("areas",), [MONTH["areas"][0]] * 501, "/areas"),
    ("PF301", ("missions", 1, "code"), "M1", "/missions/1/code"),
    ("PF302", (*WAY, "guides"), {"CRANE": [1]}, "/missions/0/variants/0/guides/CRANE"),
    ("PF302", (*WAY, "areas"), {"BANK": [1], "COAST": [1]}, "/missions/0/variants/0/areas/COAST"),
    ("PF302", (*WAY, "purse"), "GIFT", "/missions/0/variants/0/purse"),
    ("PF303", (*WAY, "houses"), {"MILL": [4]}, "/missions/0/variants/0/houses/MILL"),
    ("PF304", (*WAY, "low"), 900, "/missions/0/variants/0/low"),
    ("PF305", (*WAY, "lost"), 400, "/missions/0/variants/0/lost"),
    ("PF306", (*WAY, "low"), None, "/missions/0/variants/0/low"),
    ("PF308", ("missions", 1, "people_of"), {"children": 2}, "/missions/1/people_of/children"),
    ("PF311", (*WAY, "weeks"), 9, "/missions/0/variants/0/weeks"),
    ("PF312", ("missions", 1, "variants"), [], "/missions/1/variants"),
    ("PF313", (*WAY, "lost_if"), {"HILLS": 90}, "/missions/0/variants/0/lost_if/HILLS"),
    ("PF314", ("national",), {"XC": 30}, "/national/XC"),
]
CAPS_FAULTS = [
    ("PF101", ("waystation_caps",), True, "/"),
    ("PF103", ("budjet",), 1, "/ key 11"),
    ("PF105", ("budget",), ..., "/"),
    ("PF205", ("budget",), "9000 EUR", "/budget"),
    ("PF205", ("purses",), {"GIFT": "-1 USD"}, "/purses/GIFT"),
    ("PF209", ("guides", "LARK"), [1, 1], "/guides/LARK"),
    ("PF209", ("moving",), [1, 1], "/moving"),
    ("PF307", ("take",), ["M9"], "/take/0"),
    ("PF307", ("let_in",), [["M5", "road"]], "/let_in/0"),
    ("PF310", ("let_in",), [["M5", "hills"]], "/let_in/0"),
    ("PF314", ("exposure",), {"BNAK": 6}, "/exposure/BNAK"),
]


@pytest.mark.parametrize(("code", "path", "value", "cell"), MONTH_FAULTS, ids=lambda one: str(one)[:30])
def test_a_mistake_in_the_missions_is_told_with_its_place(code, path, value, cell):
    found = problems(month=changed(MONTH, path, value))
    assert (code, "month.json", cell) in [(one.code, one.file, one.cell) for one in found]


@pytest.mark.parametrize(("code", "path", "value", "cell"), CAPS_FAULTS, ids=lambda one: str(one)[:30])
def test_a_mistake_in_the_caps_is_told_with_its_place(code, path, value, cell):
    found = problems(caps=changed(CAPS, path, value))
    assert (code, "caps.json", cell) in [(one.code, one.file, one.cell) for one in found]


def test_a_mistake_is_told_by_file_row_and_field_and_all_of_them_at_once():
    month = changed(changed(MONTH, (*WAY, "cost"), -1), ("missions", 3, "size"), 0)
    found = problems(month, changed(CAPS, ("safety_floor",), 5000))
    assert [(one.file, one.sheet, one.row, one.column) for one in found] == [
        ("month.json", "missions", 2, "variants/0/cost"), ("month.json", "missions", 5, "size"), ("caps.json", "", 0, "safety_floor")]


def test_what_must_be_taken_cannot_also_be_left():
    found = problems(caps={**CAPS, "take": ["M1"], "leave": ["M2", "M1"]})
    assert [(one.code, one.cell) for one in found] == [("PF309", "/leave/1")]


def test_a_key_that_stands_twice_is_a_mistake():
    twice = worlds.month("river", "caps").replace(b'"moving": 3', b'"moving": 3, "moving": 9')
    with pytest.raises(InvalidMissions) as caught:
        read_missions(worlds.month("river", "missions"), twice)
    assert [one.code for one in caught.value.problems] == ["PF104"]


def test_a_file_that_is_too_large_is_not_read():
    with pytest.raises(InvalidMissions) as caught:
        read_missions(worlds.month("river", "missions"), b" " * 5_000_001)
    assert [one.code for one in caught.value.problems] == ["PF102"]


def test_every_rule_is_met_by_a_broken_file():
    met = {code for code, *_ in [*MONTH_FAULTS, *CAPS_FAULTS]} | {"PF102", "PF104", "PF309"}
    assert met == set(RULES)


def test_no_message_holds_what_stood_in_the_file():
    found = problems(changed(MONTH, ("missions", 0, "code"), "Kim Cheol-su"), changed(CAPS, ("budget",), "secret"))
    assert found
    assert not any(word in str(one.row_for_json()) for one in found for word in ("Kim", "secret"))


@pytest.mark.refuses("H-07")
def test_nothing_is_asked_that_says_what_somebody_is_worth():
    asked = {field.name for kind in (values.Mission, values.Variant) for field in dataclasses.fields(kind)}
    assert asked == {"code", "size", "need", "variants", "people_of", "stay", "leaves", "weeks", "cost", "arrives", "low", "lost", "lost_if",
                     "guides", "houses", "areas", "purse"}
    assert values.CLASSES == ("children", "pregnant", "older", "ill", "held")


def test_a_file_in_another_order_is_the_same_question():
    turned = {**dict(reversed(MONTH.items())), "missions": list(reversed(MONTH["missions"]))}
    one = read_missions(json.dumps(MONTH).encode(), json.dumps(CAPS).encode())
    other = read_missions(json.dumps(turned).encode(), json.dumps(dict(reversed(CAPS.items()))).encode())
    assert values.digest(*one) == values.digest(*other)
    assert one == other


ANYTHING = st.recursive(st.none() | st.booleans() | st.integers(-5, 2000) | st.text(max_size=5),
                        lambda one: st.lists(one, max_size=3) | st.dictionaries(st.text(max_size=5), one, max_size=3), max_leaves=6)
PLACES = [path for _, path, *_ in MONTH_FAULTS if path[-1] not in {"nationality", "can_pay", "christian"}]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.sampled_from(PLACES), ANYTHING, st.sampled_from(sorted(CAPS)), ANYTHING)
def test_whatever_stands_in_a_file_only_its_mistakes_are_raised(path, value, name, other):
    month, caps = changed(MONTH, path, value), {**CAPS, name: other}
    raised = None
    try:
        read_missions(json.dumps(month).encode(), json.dumps(caps).encode())
    except InvalidMissions as wrong:
        raised = wrong
    assert raised is None or raised.problems


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.binary(max_size=60))
def test_random_bytes_are_only_a_mistake(data):
    with pytest.raises(InvalidMissions):
        read_missions(data, data)

"""The table of fields: a line for whatever is kept, and what has no line is named, never its value."""

import pytest

from waystation.access import TYPES
from waystation.access import fields as kept
from waystation.casework.retention import CLOCKS

ROW = {"of": "note", "field": "", "purpose": "words", "class": "C2", "clock": "by hand", "leaves": "never"}


@pytest.mark.refuses("H-20")
def test_every_type_of_record_and_every_field_says_what_for_how_sensitive_how_long_and_whether_it_leaves():
    lines = kept.registry()
    assert set(TYPES) - {"audit"} == {of for of, name in lines if not name and of in TYPES}
    for one in lines.values():
        assert one.purpose and one.sort in kept.Class and one.clock and one.leaves, one


@pytest.mark.refuses("H-20")
def test_the_clock_of_a_type_is_the_one_that_is_kept():
    for of in TYPES.keys() - {"audit"}:
        wound = "; ".join(name for name, clock in CLOCKS.items() if of in clock.types)
        assert kept.registry()[of, ""].clock == (wound or "by hand"), of


@pytest.mark.refuses("H-20")
def test_what_has_no_line_is_named_also_in_the_items_of_lists_and_never_its_value():
    payload = {"v": 1, "title": "x", "face": "planted", "history": [{"at": "x", "by": "x", "planted_too": "planted"}]}
    assert kept.unlisted("note", payload) == ("face", "history[].planted_too")
    assert kept.unlisted("nothing", {}) == ("type nothing",)
    with pytest.raises(kept.Unlisted, match="face, history") as caught:
        kept.check("note", payload)
    assert "planted," not in str(caught.value).replace("planted_too", "")
    kept.check("note", {"v": 1, "title": "x", "text": "y", "files": [{"id": "1", "name": "n"}]})


@pytest.mark.refuses("H-20")
@pytest.mark.parametrize(("wrong", "words"), [
    ({"purpose": ""}, "no purpose"), ({"purpose": "x" * 121}, "no purpose"), ({"class": ""}, "Class"), ({"class": "C9"}, "C9"),
    ({"clock": ""}, "no clock"), ({"leaves": ""}, "''"), ({"leaves": "by post"}, "by post"),
    ({"leaves": "never; takeout"}, "leaves never"), ({"of": "cat"}, "is of no type"),
])
def test_a_line_that_leaves_something_open_is_refused(wrong, words):
    with pytest.raises(ValueError, match=words):
        kept.read([ROW | wrong])


def test_two_lines_for_one_field_are_refused():
    with pytest.raises(ValueError, match="two lines"):
        kept.read([ROW, ROW])

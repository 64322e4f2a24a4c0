"""No record is made or changed with a field that has no line, and no table has a column without one."""

import acts
import pytest
from test_leaks_table import stored

from waystation.access import fields as kept
from waystation.takeout.columns import COLUMNS
from waystation_web.gateways.database import writing
from waystation_web.records import actions, queries
from waystation_web.vault.models import Vault


@pytest.fixture
def vera(office):
    return acts.member(office, "vera")


@pytest.mark.refuses("H-20")
def test_every_column_of_every_table_has_a_line(office):
    listed = {f"{of.removeprefix(kept.COLUMN)}.{name}" for of, name in kept.registry() if of.startswith(kept.COLUMN) and name}
    assert listed == set(stored())


@pytest.mark.refuses("H-20")
def test_a_record_is_not_made_with_a_field_that_has_no_line(vera):
    before = Vault.objects.count()
    with pytest.raises(kept.Unlisted, match="face of note"), writing():
        actions.make(vera, "note", {"title": "t", "text": "t", "face": "planted"})
    assert Vault.objects.count() == before


@pytest.mark.refuses("H-20")
def test_nor_is_one_changed_and_neither_is_an_item_added(vera):
    with writing():
        note = actions.make(vera, "note", {"title": "t", "text": "t"})
    with pytest.raises(kept.Unlisted, match="face of note"), writing():
        actions.change(vera, note, {"face": "planted"}, what="text")
    with pytest.raises(kept.Unlisted, match=r"faces, faces\[\]\.of"), writing():
        actions.add(vera, note, "faces", {"of": "planted"})
    assert queries.one(vera, note.id, "note", looked=False).body == note.body


@pytest.mark.refuses("H-20")
def test_what_leaves_with_everything_has_a_line(office):
    """The tables of a takeout name no field that nobody keeps."""
    lines = kept.registry()
    missing = [f"{of}.{name}" for of, columns in COLUMNS.items()
               for name in (*(one.split(".")[0] for one in columns.fields), *columns.lists)
               if (of, name) not in lines]
    assert missing == []

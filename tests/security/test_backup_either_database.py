"""There and back on whichever database the office is kept in."""

import shutil

import acts
import pytest
import world
from keeping import back_up, digests, filled, kept, left, members, restore, restored, wish

from waystation_web.gateways import backups
from waystation_web.office import Cannot

pytestmark = pytest.mark.promise("P08")


@pytest.fixture
def empty():
    """The address of an empty database of the same server; nothing with SQLite."""
    if not world.SERVER:
        yield ""
        return
    world.SERVER.sql("CREATE DATABASE restored_office")
    yield world.SERVER.address("restored_office")
    world._close()
    world.SERVER.sql("DROP DATABASE restored_office WITH (FORCE)")


def test_an_office_comes_back_as_it_was(office, tmp_path, monkeypatch, empty):
    house = filled(office, tmp_path)
    before = digests(house.people, house.vaults)
    assert back_up(house) == 0
    held = members(kept(house)[-1], house)
    assert ("office.dump" if empty else "office.sqlite3") in held and not left(house.installation.runtime / "backup")
    gone = house.vaults[2]
    acts.shred(house.people["nils"], gone)
    assert back_up(house, only_head=True) == 0
    head = backups.head_of(house.installation, house.folder)
    with restored(monkeypatch, house, tmp_path / "back", head=head, database=empty) as (back, code):
        assert (code, back.database) == (0, empty)
        assert digests(house.people, house.vaults) == {one: said for one, said in before.items() if one[1] != gone}
        assert acts.findings(office.actor(office.people["anna"])) == []


def test_a_server_that_is_not_empty_or_has_no_programs_is_refused(office, tmp_path, monkeypatch, empty):
    house = filled(office, tmp_path)
    assert back_up(house) == 0
    if empty:
        for database, words in (("", "name an empty database"), (house.installation.database, "is not empty")):
            with pytest.raises(Cannot, match=words):
                restore(monkeypatch, wish(house, tmp_path / "back", database=database))
            world._use(house.installation)
            assert not (tmp_path / "back").exists()
        which = shutil.which
        monkeypatch.setattr("waystation_web.office.snapshots.shutil.which", lambda name: None if name == "pg_dump" else which(name))
        with pytest.raises(Cannot, match="pg_dump is not installed"):
            back_up(house)
    assert len(kept(house)) == 1

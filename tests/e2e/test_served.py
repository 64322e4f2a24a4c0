"""Offices of tests are copies of one that was set up once: what is written in one of them stands in no other."""

import sqlite3
from dataclasses import replace

import pytest
import served


def word(home, *, write=""):
    """The payloads of an office's notes, after one was overwritten if asked."""
    with sqlite3.connect(home / "data" / "office.sqlite3") as base:
        if write:
            base.execute("UPDATE vault SET payload = ?", (write,))
        return {row[0] for row in base.execute("SELECT payload FROM vault")}


def test_what_is_written_in_a_copy_stands_in_no_other(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    served.set_up().copy(one, "http://localhost:1")
    assert word(one, write="leaked") == {"leaked"}
    served.set_up().copy(other, "http://localhost:2")
    assert "leaked" not in word(other) != set()
    assert 'origin = "http://localhost:2"' in (other / "office.toml").read_text("utf-8")


@pytest.mark.parametrize("leak", ["data/office.sqlite3", "keys/host.key", "trust.toml", "data/files/planted"])
def test_what_is_written_in_the_template_is_noticed(tmp_path, leak):
    home = tmp_path / "template"
    served.set_up().copy(home, served.set_up().origin)
    planted = replace(served.set_up(), home=home)
    planted.copy(tmp_path / "before", "http://localhost:1")
    path = home / leak
    path.parent.mkdir(exist_ok=True)
    path.write_bytes((path.read_bytes() if path.exists() else b"") + b"leaked")
    with pytest.raises(AssertionError, match="no longer apart"):
        planted.copy(tmp_path / "after", "http://localhost:1")

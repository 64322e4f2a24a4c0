"""A part that the set-up puts in place may be missing on somebody's machine, but not in CI."""

import pytest

import parts


@pytest.fixture(params=[True, False], ids=["ci", "a machine"])
def ci(request, monkeypatch):
    monkeypatch.setattr(parts.sys, "platform", "linux")
    if request.param:
        monkeypatch.setenv("CI", "true")
    else:
        monkeypatch.delenv("CI", raising=False)
    return request.param


def test_a_missing_part_skips_on_a_machine_and_fails_in_ci(ci):
    with pytest.raises((pytest.fail.Exception, pytest.skip.Exception), match="no map") as said:
        parts.needs(None, "no map")
    assert said.type is (pytest.fail.Exception if ci else pytest.skip.Exception)
    parts.needs("there", "no map")


def test_a_file_that_needs_a_part_is_run_in_ci_all_the_same(ci):
    assert parts.needing(False, "no map").args == (not ci,)
    assert parts.needing(True, "no map").args == (False,)


def test_other_systems_are_no_linux(monkeypatch):
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(parts.sys, "platform", "win32")
    assert not parts.demanded()

"""The set-up does a step once, does it again when its input changed, and says in a sentence what it cannot do."""

import builtins
import importlib.util
import sys
import threading

import pytest
from tree import ROOT


@pytest.fixture
def bootstrap():
    """The set-up as a module, fresh for each test."""
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "tools" / "bootstrap.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["bootstrap"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["bootstrap"]


@pytest.fixture
def project(bootstrap, tmp_path, monkeypatch):
    """An empty project whose set-up writes down its steps instead of taking them."""
    steps: list[str] = []
    (tmp_path / "requirements.lock").write_text("numpy==2.4.6\n", "utf-8")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "COMPILED", {tmp_path / "engine": "_native"})

    def note(words, *command, env=None):
        steps.append(words)
        python = bootstrap.python_of(tmp_path / ".venv")
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()

    monkeypatch.setattr(bootstrap, "quietly", note)
    return tmp_path, steps


def test_a_second_set_up_does_nothing(bootstrap, project):
    _, steps = project
    bootstrap.set_up()
    for lock in ("requirements.lock", "requirements-office.lock", "requirements-portfolio.lock"):
        assert f"packages of {lock}" in steps
    steps.clear()
    bootstrap.set_up()
    assert steps == []


def test_a_changed_lock_is_installed_again_and_nothing_else(bootstrap, project):
    folder, steps = project
    bootstrap.set_up()
    steps.clear()
    (folder / "requirements.lock").write_text("numpy==2.4.7\n", "utf-8")
    bootstrap.set_up()
    assert steps == ["packages of requirements.lock"]


def test_a_kernel_of_older_sources_is_taken_away(bootstrap, project):
    folder, steps = project
    (folder / "engine" / "native").mkdir(parents=True)
    (folder / "engine" / "native" / "kernel.h").write_text("// old", "utf-8")
    bootstrap.set_up()
    kernel = folder / "engine" / "_native.cpython-311.so"
    kernel.touch()
    bootstrap.set_up()
    assert kernel.exists()
    (folder / "engine" / "native" / "kernel.h").write_text("// new", "utf-8")
    steps.clear()
    bootstrap.set_up()
    assert not kernel.exists()
    assert "waystation itself" in steps


def test_debian_without_venv_is_told_what_to_install(bootstrap, monkeypatch, tmp_path):
    whole = builtins.__import__

    def without(name, *rest):
        if name == "ensurepip":
            raise ImportError(name)
        return whole(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    monkeypatch.setattr(bootstrap, "as_root_on_debian", lambda: False)
    with pytest.raises(bootstrap.Stopped, match=r"apt install python3\.\d+-venv"):
        bootstrap.make_venv(tmp_path / "venv")


def test_what_is_missing_is_a_sentence_and_exit_code_2(bootstrap, monkeypatch, capsys):
    def check(_):
        raise bootstrap.Stopped("install make first")

    monkeypatch.setitem(bootstrap.TASKS, "check", check)
    assert bootstrap.main(["check"]) == 2
    assert "install make first" in capsys.readouterr().out


def test_an_old_python_is_told_so(bootstrap, monkeypatch, capsys):
    monkeypatch.setattr(bootstrap, "OLDEST", (99, 0))
    assert bootstrap.main(["check"]) == 2
    assert "99.0 or newer is needed" in capsys.readouterr().out


def test_a_failed_step_shows_what_the_program_said(bootstrap):
    with pytest.raises(bootstrap.Stopped, match="no such thing"):
        bootstrap.quietly("a step", sys.executable, "-c", "import sys; sys.exit('no such thing')")


def test_tasks_go_side_by_side_all_to_their_end_and_a_failure_is_said(bootstrap):
    meet, done = threading.Barrier(2), []

    def fails():
        meet.wait(30)
        raise bootstrap.Stopped("no room left")

    def lasts():
        meet.wait(30)  # one after the other they would never meet
        done.append("packages")

    with pytest.raises(bootstrap.Stopped, match="no room left"):
        bootstrap.together(fails, lasts)
    assert done == ["packages"]


def test_the_system_is_asked_for_one_thing_at_a_time(bootstrap, monkeypatch):
    held = []
    monkeypatch.setattr(bootstrap, "quietly", lambda *_, env: held.append(bootstrap.ONE_APT.locked()))
    bootstrap.together(lambda: bootstrap.apt_install("chromium"), lambda: bootstrap.apt_install("postgresql"))
    assert held == [True] * 4


def test_all_checks_are_run_even_if_the_first_fails(bootstrap, capfd):
    bad = (sys.executable, "-c", "import sys; sys.exit(3)")
    good = (sys.executable, "-c", "print('second ' + 'was run')")
    assert bootstrap.in_turn(bad, good) == 1
    assert "second was run" in capfd.readouterr().out
    assert bootstrap.in_turn(good) == 0


@pytest.mark.parametrize(("variable", "arguments", "opened"), [("0", [], 1), ("1", [], 0), ("0", ["--once"], 0)])
def test_the_demo_opens_its_page_only_for_somebody_who_looks(bootstrap, monkeypatch, variable, arguments, opened, tmp_path):
    pages: list[str] = []
    monkeypatch.setenv("ONCE", variable)
    monkeypatch.setattr(bootstrap, "BUILD", tmp_path)
    monkeypatch.setattr(bootstrap, "set_up", lambda: None)
    monkeypatch.setattr(bootstrap, "set_up_basemap", lambda: None)
    monkeypatch.setattr(bootstrap, "has_screen", lambda: True)
    monkeypatch.setattr(bootstrap, "run", lambda *command: 0)
    monkeypatch.setattr(bootstrap.webbrowser, "open", pages.append)
    assert bootstrap.demo(arguments) == 0
    assert len(pages) == opened

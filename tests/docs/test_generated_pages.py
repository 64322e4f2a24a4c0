"""The generated pages say what the program does now; verbs, options, columns and rules without a line there fail."""

import importlib.util
from pathlib import Path

import pytest

from waystation.network.columns import SHEETS
from waystation.network.problems import RULES

ROOT = Path(__file__).resolve().parents[2]
VERBS = ("check", "template", "import", "plan", "assess", "simulate", "portfolio", "what-if", "ensemble", "bench")


@pytest.fixture
def docs():
    spec = importlib.util.spec_from_file_location("docs_tool", ROOT / "tools" / "docs.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_no_page_is_stale(docs):
    assert docs.stale() == [], "run `make docs`"


def test_a_changed_page_is_noticed(docs, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(docs, "ROOT", tmp_path)
    monkeypatch.setattr(docs, "REFERENCE", tmp_path / "docs" / "reference")
    assert docs.main(["--check"]) == 1
    assert docs.main([]) == 0
    assert docs.main(["--check"]) == 0
    page = tmp_path / "docs" / "reference" / "route-book.md"
    page.write_text(page.read_text("utf-8").replace("areas", "regions"), "utf-8")
    capsys.readouterr()
    assert docs.main(["--check"]) == 1
    assert "route-book.md is no longer true" in capsys.readouterr().out


def test_every_column_and_rule_is_described():
    page = (ROOT / "docs" / "reference" / "route-book.md").read_text("utf-8")
    assert [(sheet.name, column.name) for sheet in SHEETS for column in sheet.columns if f"| `{column.name}` |" not in page] == []
    assert [code for code in RULES if f"| {code} |" not in page] == []


def test_every_verb_is_described():
    page = (ROOT / "docs" / "reference" / "command-line.md").read_text("utf-8")
    assert [verb for verb in VERBS if f"## waystation {verb}" not in page] == []
    assert page.count("`--json`") == len(VERBS)
    assert "decision" not in page.lower().replace("a named person decides", "")

"""The rooms of an office app: pages ask queries and actions, which take whoever acts first, write in one go and record it."""

import ast
from pathlib import Path

import pytest
from tree import ROOT

OFFICE = ROOT / "src" / "waystation_web"
ACTING = ("notes", "plans")  # apps whose every act is one function of actions.py
PAGES = sorted(path for path in OFFICE.rglob("*.py") if path.stem.startswith(("views", "forms")))
# Pages of the door work with people who are not signed in; they are the one place where there is no actor yet.
RECORDS = {"record", "record_read", "make"}  # `records.actions.make` writes its own line of the record


def public(tree: ast.Module) -> list[ast.FunctionDef]:
    return [node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


def called(node: ast.AST) -> set[str]:
    """Names of everything that is called inside a node, without what stands before the last dot."""
    calls = [one.func for one in ast.walk(node) if isinstance(one, ast.Call)]
    return {func.attr if isinstance(func, ast.Attribute) else func.id for func in calls
            if isinstance(func, (ast.Attribute, ast.Name))}


def faults_of_actions(tree: ast.Module) -> list[str]:
    """What is wrong with the functions of an `actions.py`."""
    acts, found = public(tree), []
    names = {act.name for act in acts}
    for act in acts:
        if not act.args.args or act.args.args[0].arg != "actor":
            found.append(f"{act.name}: whoever acts is not the first argument")
        withs = [node for node in ast.walk(act) if isinstance(node, ast.With)
                 and "writing" in {name for item in node.items for name in called(item.context_expr)}]
        recorded = [node for node in withs if called(node) & RECORDS]
        if not recorded and not called(act) & (names - {act.name}):
            found.append(f"{act.name}: nothing is recorded inside writing()")
        if len(withs) > 1:
            found.append(f"{act.name}: more than one transaction")
    return found


def faults_of_reads(tree: ast.Module) -> list[str]:
    """What is wrong with the functions of a `queries.py`."""
    return [f"{read.name}: whoever asks is not the first argument" for read in public(tree)
            if not read.args.args or read.args.args[0].arg != "actor"]


def faults_of_page(tree: ast.Module) -> list[str]:
    """Imports that a page or form must not have: tables, and the core but for the names of roles."""
    found = []
    for node in ast.walk(tree):
        module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
        if module.endswith("models") or "models" in names:
            found.append("imports tables")
        core = [name for name in [module, *names] if name == "waystation" or name.startswith("waystation.")]
        if core and core != ["waystation.access"]:
            found.append(f"imports {core}")
    return found


@pytest.mark.parametrize("app", ACTING)
def test_every_act_takes_who_acts_and_records_in_its_transaction(app):
    tree = ast.parse((OFFICE / app / "actions.py").read_text("utf-8"))
    assert faults_of_actions(tree) == []
    assert len(public(tree)) >= 2


@pytest.mark.parametrize("app", ACTING)
def test_every_read_takes_who_asks(app):
    assert faults_of_reads(ast.parse((OFFICE / app / "queries.py").read_text("utf-8"))) == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(OFFICE).as_posix())
def test_pages_and_forms_touch_neither_tables_nor_the_core(path):
    assert faults_of_page(ast.parse(path.read_text("utf-8"))) == []


@pytest.mark.parametrize(("text", "words"), [
    ("def act(note, actor):\n    with writing():\n        record(actor)\n", "not the first argument"),
    ("def act(actor):\n    with writing():\n        vaults.write(actor)\n", "nothing is recorded"),
    ("def act(actor):\n    with writing():\n        vaults.write(actor)\n    record(actor)\n", "nothing is recorded"),
    ("def act(actor):\n    with writing():\n        record(actor)\n    with writing():\n        record(actor)\n", "more than one"),
])
def test_an_act_that_breaks_a_rule_is_found(text, words):
    assert any(words in fault for fault in faults_of_actions(ast.parse(text)))


@pytest.mark.parametrize("line", ["from .models import Entry", "from waystation_web.vault import models",
                                  "from waystation.vault import envelope", "import waystation.planning"])
def test_an_import_that_a_page_must_not_have_is_found(line):
    assert faults_of_page(ast.parse(line))
    assert faults_of_page(ast.parse("from waystation.access import Role")) == []


def test_there_are_pages_to_look_at():
    assert len(PAGES) >= 8 and Path(OFFICE / "notes" / "views.py") in PAGES

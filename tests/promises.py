"""Which promise of the threat model is held by which test. A marker is `@pytest.mark.promise("P04")`.

    python tests/promises.py        list the promises and their tests
"""

import ast
import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LINE = re.compile(r"^\| (P\d\d) \| (.+?) \| (tested|open: .+?) \|$", re.MULTILINE)


def promises_in(text: str) -> dict[str, tuple[str, str]]:
    """Id to promise and state, from the table of `docs/threat-model.md`."""
    return {found[1]: (found[2], found[3]) for found in LINE.finditer(text)}


def _marks(body: list[ast.stmt], prefix: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for node in body:
        if not isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            continue
        for mark in node.decorator_list:
            if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.promise":
                found += [(ast.literal_eval(argument), f"{prefix}::{node.name}") for argument in mark.args]
        if isinstance(node, ast.ClassDef):
            found += _marks(node.body, f"{prefix}::{node.name}")
    return found


def holding(folder: Path, root: Path) -> dict[str, list[str]]:
    """Promise to the tests marked with it; a module's `pytestmark` counts for the module."""
    tests: dict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.rglob("test_*.py")):
        name = path.relative_to(root).as_posix()
        tree = ast.parse(path.read_text("utf-8"))
        for promise, test in _marks(tree.body, name):
            tests[promise].append(test)
        for node in tree.body:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark":
                for call in ast.walk(node.value):
                    if isinstance(call, ast.Call) and ast.unparse(call.func) == "pytest.mark.promise":
                        for argument in call.args:
                            tests[ast.literal_eval(argument)].append(name)
    return dict(tests)


def disagreements(promised: dict[str, tuple[str, str]], held: dict[str, list[str]]) -> list[str]:
    """Sentences, one for each way in which table and tests differ."""
    faults = [f"{promise} is not in the table" for promise in sorted(set(held) - set(promised))]
    for promise, (_, state) in promised.items():
        if state == "tested" and not held.get(promise):
            faults.append(f"{promise} is said to be tested, and no test is marked with it")
        if state.startswith("open: ") and not re.search(r"issue \d", state):
            faults.append(f"{promise} is open, and nothing says what will close it")
    return faults


if __name__ == "__main__":
    tests_of = holding(ROOT / "tests", ROOT)
    for promise, (words, state) in promises_in((ROOT / "docs" / "threat-model.md").read_text("utf-8")).items():
        print(f"{promise}  {state.partition(':')[0]:7} {words}")
        for test in tests_of.get(promise, []):
            print(f"       {test}")

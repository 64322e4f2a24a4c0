"""The rules of direction hold, and the contracts notice each way of breaking them."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tree import CORE, OFFICE, ROOT

LINT = Path(sys.executable).parent / ("lint-imports.exe" if sys.platform == "win32" else "lint-imports")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the contracts on the two packages found in `folder`/src."""
    return subprocess.run([LINT, "--no-cache", "--no-logo"], cwd=folder, capture_output=True, text=True, check=False,
                          env={"PYTHONPATH": str(folder / "src"), "PATH": ""})


def test_contracts_are_kept():
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


@pytest.mark.parametrize(
    ("module", "line", "words"),
    [
        ("units.py", "import django", "waystation.units -> django"),
        ("party.py", "import urllib.request", "waystation.party -> urllib"),
        ("units.py", "import scipy", "waystation.units -> scipy"),
        ("network/rows.py", "import waystation.planning.mdp", "not allowed to import waystation.planning"),
        ("hazards/__init__.py", "import waystation.report", "not allowed to import waystation.report"),
        ("errands.py", "ERRAND = 1", "errands"),
        ("../waystation_web/vault/fields.py", "import waystation_web.audit.models", "not allowed to import waystation_web.audit"),
        ("../waystation_web/gateways/clock.py", "import waystation_web.vault.models", "not allowed to import waystation_web.vault"),
        ("../waystation_web/accounts/apps.py", "import waystation.vault.keys", "waystation_web.accounts.apps -> waystation.vault"),
        ("../waystation_web/errands.py", "ERRAND = 1", "errands"),
    ],
    ids=["framework", "network client", "solver", "upward", "report below", "a room without a place", "office upward",
         "gateway that knows rows", "keys outside the vault", "an app without a place"],
)
def test_a_planted_import_is_found(tmp_path, module, line, words):
    for package in (CORE, OFFICE):
        shutil.copytree(package, tmp_path / "src" / package.name, ignore=shutil.ignore_patterns("__pycache__", "*.so", "static"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    target = tmp_path / "src" / "waystation" / module
    target.write_text((target.read_text("utf-8") if target.exists() else '"""Planted."""\n') + f"\n{line}\n", "utf-8")
    done = lint(tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert words in done.stdout

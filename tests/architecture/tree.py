"""The files of this repository, as the checks of this folder read them."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CORE = ROOT / "src" / "waystation"
OFFICE = ROOT / "src" / "waystation_web"
PICTURES = {".png", ".jpg", ".webp", ".pdf", ".xlsx", ".gz", ".age", ".bin", ".woff2"}


@cache
def files() -> tuple[Path, ...]:
    """Every file that is, or would be, committed."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return tuple(path for name in sorted(set(names)) if (path := ROOT / name).is_file())


@cache
def texts() -> dict[str, str]:
    """Name and content of every text file."""
    return {name(path): path.read_text("utf-8") for path in files() if path.suffix not in PICTURES}


def name(path: Path) -> str:
    """A path as it is written in the repository."""
    return path.relative_to(ROOT).as_posix()


@cache
def modules() -> dict[str, ast.Module]:
    """Name and syntax tree of every Python file of the core."""
    return {name(path): ast.parse(path.read_text("utf-8")) for path in sorted(CORE.rglob("*.py"))}


@cache
def office_modules() -> dict[str, ast.Module]:
    """Name and syntax tree of every Python file of the office."""
    return {name(path): ast.parse(path.read_text("utf-8")) for path in sorted(OFFICE.rglob("*.py"))}

"""The pictures of the manual: few, small, shown somewhere with words for whoever does not see them, and all made by the tool."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "pictures"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def shown():
    """Every picture that a page shows, with its words."""
    found = {}
    for page in PAGES:
        for words, place in re.findall(r"!\[([^\]]*)\]\(([^)]+\.(?:webp|svg))\)", page.read_text("utf-8")):
            found.setdefault((page.parent / place).resolve(), []).append(words)
    return found


def made():
    """The names of the pictures that the tool makes, from its text: no browser is needed to know them."""
    tree = ast.parse((ROOT / "tools" / "pictures.py").read_text("utf-8"))
    table = next(node.value for node in tree.body
                 if isinstance(node, ast.AnnAssign) and node.target.id == "PICTURES")
    return {ast.literal_eval(key) for key in table.keys} | {"report"}


def test_every_picture_is_shown_with_words_and_none_is_missing():
    assert sorted(shown()) == sorted(PICTURES.iterdir())
    assert [place for place, words in shown().items() if not all(len(one) > 30 for one in words)] == []


def test_they_are_those_of_the_tool_few_and_small():
    kept = {path.stem: path.stat().st_size for path in PICTURES.glob("*.webp")}
    assert set(kept) == made() and len(kept) <= 10
    assert {name: size for name, size in kept.items() if size > 150_000} == {}

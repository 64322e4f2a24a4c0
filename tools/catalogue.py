"""The texts of the office's pages, and the catalogues that translate them.

    .venv/bin/python tools/catalogue.py     bring locale/*/LC_MESSAGES/django.po to what templates and code say now

A text is what stands in `{% translate %}`, in `gettext` under any of its names, as the sentence of a `NotPermitted`, or
what the core says to a person: its refusals and the names of roles, which a page looks up by the English sentence. New
texts come in untranslated (the tests then fail until they are translated), texts that nothing says any more go out.
"""

from __future__ import annotations

import ast
import re
import sys
from itertools import combinations
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "src" / "waystation_web"
CALLS = frozenset({"_", "gettext", "gettext_lazy"})
IN_TEMPLATE = re.compile(r"""\bgettext\((u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))\)""")


def of_template(text: str) -> list[str]:
    """Texts of a template, in order, as Django itself would look them up."""
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure(USE_I18N=True)
    return [ast.literal_eval(found[1]) for found in IN_TEMPLATE.finditer(templatize(text))]


def of_code(text: str) -> list[str]:
    """Texts of a Python file, in order.

    >>> of_code('a = _("One"), NotPermitted("rule", "Two"), other("Three")')
    ['One', 'Two']
    """
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            place = {"NotPermitted": 1}.get(node.func.id, 0 if node.func.id in CALLS else None)
            if place is not None and len(node.args) > place and isinstance(node.args[place], ast.Constant):
                found.append((node.lineno, node.col_offset, node.args[place].value))
    return [text for _, _, text in sorted(found) if isinstance(text, str)]


def of_core() -> list[str]:
    """What the core says to a person who uses the office: why something is refused, and what roles are called."""
    from waystation.access import WHY, Role, check_roles

    sets = [set(chosen) for size in (1, 2, 3) for chosen in combinations(Role, size)]
    clashes = {clash.why for chosen in sets if (clash := check_roles(chosen)) and len(clash.clash) == len(chosen)}
    return [*WHY.values(), *(role.words for role in Role), *sorted(clashes)]


def texts() -> dict[str, list[str]]:
    """Every text, and the files that say it, in the order of the files."""
    found: dict[str, list[str]] = {}
    for path in sorted(WEB.rglob("*")):
        if path.suffix not in {".html", ".py"}:
            continue
        said = (of_template if path.suffix == ".html" else of_code)(path.read_text("utf-8"))
        for text in said:
            places = found.setdefault(text, [])
            if (name := path.relative_to(WEB).as_posix()) not in places:
                places.append(name)
    for text in of_core():
        found.setdefault(text, []).append("waystation.access")
    return found


def read(path: Path) -> Catalog:
    """A catalogue as it stands."""
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def renew(path: Path) -> tuple[int, int]:
    """Bring a catalogue to the texts of today; give how many are not translated, and how many went out."""
    old = read(path)
    new = Catalog(locale=path.parts[-3], project="Waystation", charset="utf-8", header_comment=old.header_comment,
                  fuzzy=False)
    for text, places in texts().items():
        known = old.get(text)
        flags = {"python-format"} if re.search(r"%\(\w+\)[sd]", text) else set()
        new.add(text, known.string if known else "", locations=[(place, 0) for place in places], flags=flags)
    gone = [entry.id for entry in old if entry.id and entry.id not in new]
    with path.open("wb") as file:
        write_po(file, new, width=120, include_lineno=False, omit_header=False)
    _forget_dates(path)
    return sum(1 for entry in new if entry.id and not entry.string), len(gone)


def _forget_dates(path: Path) -> None:
    """Leave out of the header what would change with every run."""
    kept = [line for line in path.read_text("utf-8").splitlines(keepends=True)
            if not re.match(r'"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By|'
                            r'Report-Msgid-Bugs-To):?', line)]
    path.write_text("".join(kept), "utf-8", newline="\n")


def main() -> int:
    """Renew every catalogue; fail if something is not translated."""
    missing = 0
    for path in sorted((WEB / "locale").glob("*/LC_MESSAGES/django.po")):
        empty, gone = renew(path)
        missing += empty
        print(f"{path.parts[-3]}: {empty} not translated, {gone} went out")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())

"""What the office says, gathered from templates, from Python and from the rules; each catalogue brought up to it.

    .venv/bin/python tools/words.py       add what is new to each django.po, empty; drop what is gone

An app with a `locale` folder keeps the sentences of its own templates and code there; all others stand in the office's
own catalogue, which an app's never repeats.

English stands in the source; a catalogue holds the other language. tests/web/test_languages.py says what is missing.
"""

from __future__ import annotations

import ast
import io
import os
import sys
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path
from types import MappingProxyType

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "src" / "waystation_web"
KEYWORDS = {"_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "ngettext": (1, 2),
            "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2)}
Said = tuple[str | tuple[str, ...], str]  # what is said (singular and plural, where there are two), and by which file
HEADER = """# {name} for the pages of the office. English is in the source; tools/words.py keeps the list of sentences.
msgid ""
msgstr ""
"Language: {code}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""


def _of_python(text: str, name: str) -> Iterator[Said]:
    for _, message, _, _ in extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS):
        said = tuple(part for part in message if part) if isinstance(message, tuple) else message
        yield (said[0] if isinstance(said, tuple) and len(said) == 1 else said), name


def _of_refusals(text: str, name: str, *, call: str = "NotPermitted") -> Iterator[Said]:
    """Sentences of refusals, which a page looks up when it shows them: the second thing given to `call`."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == call and len(node.args) > 1:
            sentence = node.args[1]
            if isinstance(sentence, ast.Constant) and isinstance(sentence.value, str):
                yield sentence.value, name


def _of_pairs(text: str, name: str, *, code: str) -> Iterator[Said]:
    """Sentences that stand behind a code of a rule: `yield "W-01", "Fewer than 20 …"`."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Tuple) and len(node.elts) == 2:
            first, second = (part.value if isinstance(part, ast.Constant) else None for part in node.elts)
            if isinstance(first, str) and first.startswith(code) and isinstance(second, str):
                yield second, name


def of_decisions() -> Iterator[Said]:
    """What stands between a plan and a go: the guards' sentences and the warnings."""
    name = "src/waystation/planning/decision.py"
    text = (ROOT / name).read_text("utf-8")
    yield from _of_refusals(text, name, call="Missing")
    yield from _of_pairs(text, name, code="W-")


def of_stories() -> Iterator[Said]:
    """What stands in the way of a story, each thing with its sentence."""
    name = "src/waystation/stories/clearance.py"
    yield from _of_refusals((ROOT / name).read_text("utf-8"), name, call="Hindrance")


def _of_template(text: str, name: str) -> Iterator[Said]:
    """A template as Django reads it, turned into calls; the rest of it is not Python, so its indents are taken away."""
    from django.utils.translation.template import templatize

    plain = "\n".join(line.strip() for line in templatize(text).splitlines())
    yield from _of_python(plain, name)


def of_casework() -> Iterator[Said]:
    """The words of every code of a case: what is chosen on its forms."""
    from waystation.casework.codes import every_word

    for words in every_word():
        yield words, "src/waystation/casework/codes.py"


def of_templates() -> Iterator[Said]:
    """What templates say."""
    for path in sorted((WEB / "templates").rglob("*.html")):
        yield from _of_template(path.read_text("utf-8"), path.relative_to(ROOT).as_posix())


def of_code() -> Iterator[Said]:
    """What the office's Python says."""
    for path in sorted(WEB.rglob("*.py")):
        if "migrations" not in path.parts:
            text, name = path.read_text("utf-8"), path.relative_to(ROOT).as_posix()
            yield from _of_python(text, name)
            yield from _of_refusals(text, name)


def of_rules() -> Iterator[Said]:
    """What the rules of access say: roles, the sentence for each no, and the sets of roles that may not meet."""
    from waystation.access import Role, check_roles
    from waystation.access.decisions import WHY

    for role in Role:
        yield role.words, "src/waystation/access/roles.py"
    for size in range(1, 4):
        for roles in combinations(Role, size):
            clash = check_roles(roles)
            if clash is not None:
                yield clash.why, "src/waystation/access/roles.py"
    for sentence in WHY.values():
        yield sentence, "src/waystation/access/decisions.py"


def of_vetting() -> Iterator[Said]:
    """Labels and sentences about contacts."""
    from waystation.trust import vetting

    name = "src/waystation/trust/vetting.py"
    codes = (vetting.RELIABILITY, vetting.ROLES, vetting.MOTIVES, vetting.STANDING)
    yield from ((words, name) for words in (*(words for one in codes for words in one.values()), *vetting.STANDING))
    for where in (name, "src/waystation/trust/flags.py"):
        for node in ast.walk(ast.parse((ROOT / where).read_text("utf-8"))):
            inside = list(ast.walk(node)) if isinstance(node, ast.Return | ast.List | ast.Call | ast.Assign) else []
            for part in inside:
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value.endswith("."):
                    yield part.value, where


def of_facts() -> Iterator[Said]:
    """What the core says of a flag's facts: the first thing given to `Fact.told`, wherever it stands."""
    for path in (*sorted((ROOT / "src" / "waystation" / "trust").glob("*.py")), *sorted(WEB.glob("*/*.py"))):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "told" \
                    and getattr(node.func.value, "id", "") == "Fact":
                form = node.args[0]
                if isinstance(form, ast.Constant) and isinstance(form.value, str):
                    yield form.value, path.relative_to(ROOT).as_posix()


def of_book() -> Iterator[Said]:
    """What is wrong with a row of the route book, and the remedy; hints stay as they are, in braces."""
    from waystation.network.problems import RULES

    for code, rule in RULES.items():
        if not code.startswith("RB9"):  # notes on an imported network: the command line's alone
            yield f"{rule.wrong}: {rule.remedy}", "src/waystation/network/problems.py"


def of_consent() -> Iterator[Said]:
    """Labels of consent, and the sentences that stand in the way of sharing and of a step."""
    from waystation.casework import consent, screening

    yield from ((words, "src/waystation/casework/screening.py") for words in screening.every_word())
    for codes in (consent.PURPOSES, consent.RECIPIENTS, consent.DATA):
        yield from ((words, "src/waystation/casework/consent.py") for words in codes.values())
    for file in ("casework/consent", "casework/embargo", "casework/moves", "casework/status", "casework/application",
                 "journeys/status", "journeys/tracing"):
        name = f"src/waystation/{file}.py"
        text = (ROOT / name).read_text("utf-8")
        yield from _of_refusals(text, name, call="Refused")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Tuple) and len(node.elts) == 3 and isinstance(node.elts[2], ast.Lambda):
                sentence = node.elts[1]
                if isinstance(sentence, ast.Constant) and isinstance(sentence.value, str):
                    yield sentence.value, name


def of_testimony() -> Iterator[Said]:
    """The codes of statements and of what was done, and the sentences that stand in the way."""
    from waystation.testimony import claims, hedges, interview, pictures, versions
    from waystation.testimony.terms import LISTS, terms

    place = "src/waystation/testimony/"
    for module in (claims, hedges, interview, pictures, versions):
        name = f"{place}{module.__name__.rpartition('.')[2]}.py"
        yield from _of_refusals((ROOT / name).read_text("utf-8"), name, call="Refused")
        codes = [one for one in vars(module).values() if isinstance(one, MappingProxyType)]
        yield from ((words, name) for one in codes for words in one.values() if isinstance(words, str))
    yield from _of_refusals((ROOT / place / "acts.py").read_text("utf-8"), f"{place}acts.py", call="Refused")
    yield from ((words, f"{place}terms.py") for words in LISTS.values())
    yield from ((one.words, f"{place}tables/terms.csv") for of in terms().values() for one in of.values())


@cache
def said() -> dict[str | tuple[str, ...], set[str]]:
    """Everything the office says in English, with the files that say it, in their order."""
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    found: dict[str | tuple[str, ...], set[str]] = {}
    for what, where in (*of_templates(), *of_code(), *of_rules(), *of_decisions(), *of_vetting(), *of_facts(),
                        *of_stories(), *of_consent(), *of_casework(), *of_book(), *of_testimony()):
        found.setdefault(what, set()).add(where)
    return found


def apps() -> list[str]:
    """Apps that keep a catalogue of their own."""
    return sorted(path.parent.name for path in WEB.glob("*/locale") if (path.parent / "apps.py").exists())


def of_home(home: str) -> dict[str | tuple[str, ...], set[str]]:
    """What belongs into one catalogue: an app's, or with an empty name the office's own."""
    own = {app: (f"src/waystation_web/{app}/", f"src/waystation_web/templates/{app}/", f"src/waystation/{app}/")
           for app in apps()} | ({"cases": ("src/waystation_web/cases/", "src/waystation_web/templates/cases/",
                                            "src/waystation/casework/")} if "cases" in apps() else {})
    if "contacts" in own:
        own["contacts"] += ("src/waystation/trust/",)
    if "plans" in own:
        own["plans"] += ("src/waystation/planning/",)
    everything = said()
    shared = {what: files for what, files in everything.items()
              if any(not file.startswith(tuple(part for parts in own.values() for part in parts)) for file in files)}
    if not home:
        return shared
    return {what: files for what, files in everything.items()
            if what not in shared and any(file.startswith(own[home]) for file in files)}


def catalogues() -> dict[tuple[str, str], Path]:
    """Every catalogue by the app it belongs to (empty: the office's own) and its language."""
    found = {("", path.parts[-3]): path for path in (WEB / "locale").glob("*/LC_MESSAGES/django.po")}
    for app in apps():
        found |= {(app, path.parts[-3]): path for path in (WEB / app / "locale").glob("*/LC_MESSAGES/django.po")}
    return dict(sorted(found.items()))


def updated(old: Catalog, home: str = "") -> Catalog:
    """A catalogue of exactly what is said there, with what `old` has for it."""
    new = Catalog(locale=old.locale)
    for what, where in of_home(home).items():
        known = old.get(what[0] if isinstance(what, tuple) else what)
        new.add(what, known.string if known else "", locations=[(file, 0) for file in sorted(where)])
    return new


def text_of(catalogue: Catalog) -> str:
    """A catalogue as it is committed: no dates, no line numbers, one sentence a line."""
    written = io.BytesIO()
    write_po(written, catalogue, width=0, omit_header=True, include_lineno=False)
    head = HEADER.format(name=catalogue.locale.english_name, code=catalogue.locale, plurals=catalogue.plural_forms)
    return head + written.getvalue().decode().strip("\n") + "\n"


def main() -> int:
    """Bring every catalogue up to what is said."""
    wanted = sys.argv[1:]
    for (app, language), source in catalogues().items():
        if wanted and app not in wanted:
            continue
        with source.open("rb") as file:
            new = updated(read_po(file, locale=language, abort_invalid=True), app)
        source.write_text(text_of(new), "utf-8", newline="\n")
        empty = sum(1 for message in new if message.id and not any(message.string))
        print(f"{source.relative_to(ROOT)}: {len(new)} sentences, {empty} without words")
    return 0


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())

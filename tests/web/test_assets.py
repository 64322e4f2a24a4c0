"""What the pages load: exactly the listed files, from nowhere else, under types a strict browser takes."""

import gzip
import hashlib
import importlib.util
import json
import mimetypes
import re
import shutil
import sys
import tomllib
from pathlib import Path

import pytest

from parts import needing
from waystation_web import __file__ as package

pytestmark = pytest.mark.once

WEB = Path(package).parent
ROOT = WEB.parents[1]
VENDOR = WEB / "static" / "vendor"
LIST = (WEB / "static" / "vendor.sha384").read_text("utf-8")
put_in_place = needing(VENDOR.is_dir(), "static/vendor is not there: run tools/bootstrap.py setup")


@pytest.fixture(scope="module")
def assets():
    """The set-up step as a module."""
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        spec = importlib.util.spec_from_file_location("assets", ROOT / "tools" / "assets.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(ROOT / "tools"))
    return module


def listed() -> dict[str, str]:
    return {line.split("  ", 1)[1]: line.split("  ", 1)[0] for line in LIST.splitlines()}


@put_in_place
def test_every_file_is_as_listed_and_no_other_is_there():
    there = {path.relative_to(VENDOR).as_posix(): hashlib.sha384(path.read_bytes()).hexdigest()
             for path in VENDOR.rglob("*") if path.is_file() and path.suffix != ".gz"}
    assert there == listed()


@put_in_place
def test_a_compressed_twin_says_what_its_file_says():
    twins = list(VENDOR.rglob("*.gz"))
    assert {"maplibre-gl.mjs.gz", "htmx.min.js.gz", "fonts.css.gz", "faces.json.gz"} <= {twin.name for twin in twins}
    assert [twin.name for twin in twins if gzip.decompress(twin.read_bytes()) != twin.with_suffix("").read_bytes()] == []


def test_a_twin_that_says_something_else_is_mended_and_a_lone_one_is_foreign(assets, tmp_path):
    (tmp_path / "a.mjs").write_text("as listed", "utf-8")
    known = assets.listed(tmp_path)
    (tmp_path / "a.mjs.gz").write_bytes(gzip.compress(b"planted"))
    assets.press(tmp_path)
    assert gzip.decompress((tmp_path / "a.mjs.gz").read_bytes()) == b"as listed"
    assert assets.listed(tmp_path) == known
    (tmp_path / "b.mjs.gz").write_bytes(b"planted")
    assert assets.differences(assets.listed(tmp_path), known) == ["b.mjs.gz"]


def test_a_changed_missing_or_foreign_file_is_found(assets, tmp_path):
    (tmp_path / "a").mkdir()
    for name in ("a/one.js", "two.css"):
        (tmp_path / name).write_text(name, "utf-8")
    known = assets.listed(tmp_path)
    assert assets.differences(known, known) == []
    (tmp_path / "two.css").write_text("changed", "utf-8")
    (tmp_path / "three.js").write_text("foreign", "utf-8")
    (tmp_path / "a" / "one.js").unlink()
    assert assets.differences(assets.listed(tmp_path), known) == ["a/one.js", "three.js", "two.css"]


def test_nothing_is_put_in_place_when_one_file_differs(assets, tmp_path, monkeypatch):
    made, place = tmp_path / "made", tmp_path / "vendor"
    made.mkdir()
    place.mkdir()
    (made / "one.js").write_text("x", "utf-8")
    (place / "old.js").write_text("stays", "utf-8")
    known = tmp_path / "vendor.sha384"
    known.write_text(assets.listed(made), "utf-8")
    monkeypatch.setattr(assets, "VENDOR", place)
    monkeypatch.setattr(assets, "LIST", known)
    (made / "one.js").write_text("y", "utf-8")
    with pytest.raises(assets.Stopped, match=r"one\.js"):
        assets.put_in_place(made, lock=False)
    assert [path.name for path in place.iterdir()] == ["old.js"]
    (made / "one.js").write_text("x", "utf-8")
    assets.put_in_place(made, lock=False)
    assert sorted(path.name for path in place.iterdir()) == ["one.js", "one.js.gz"]


def lock_faults(lock: dict) -> list[str]:
    """Packages that name an address, have no digest, or run something when they are installed."""
    return [name for name, said in lock["packages"].items() if name
            and ("resolved" in said or not said.get("integrity", "").startswith("sha512-") or said.get("hasInstallScript"))]


def test_the_lock_names_digests_and_no_address():
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    assert lock_faults(lock) == []
    asked = json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"]
    assert {name: lock["packages"][f"node_modules/{name}"]["version"] for name in asked} == asked


@pytest.mark.parametrize("said", [
    {"resolved": "x", "integrity": "sha512-x"}, {"integrity": "sha1-x"}, {}, {"integrity": "sha512-x", "hasInstallScript": True}])
def test_a_planted_lock_entry_is_found(said):
    assert lock_faults({"packages": {"": {}, "node_modules/a": {"integrity": "sha512-x"}, "node_modules/b": said}}) == ["node_modules/b"]


def test_only_what_is_asked_for_is_copied(assets):
    asked = json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"]
    assert set(asked) == {*assets.SCRIPTS, *(face[0] for face in assets.FACES)}


@put_in_place
def test_the_sheet_of_fonts_names_files_that_are_there_and_nothing_else():
    sheet = (VENDOR / "fonts" / "fonts.css").read_text("utf-8")
    named = re.findall(r"url\(\"?'?([^)\"']+)", sheet)
    assert set(named) == {path.name for path in (VENDOR / "fonts").glob("*.woff2")}
    assert sheet.count("unicode-range") == sheet.count("@font-face") == len(named)
    families = re.findall(r"font-family:\s*[\"']([^\"']+)", sheet)
    assert list(dict.fromkeys(families)) == ["Barlow Condensed", "Noto Sans", "Noto Sans Thai", "Noto Sans Lao", "Noto Sans KR"]
    faces = json.loads((VENDOR / "fonts" / "faces.json").read_text("utf-8"))
    assert list(faces) == list(dict.fromkeys(families))
    assert {face["url"] for found in faces.values() for face in found} == set(named)


@put_in_place
def test_hangul_and_latin_each_have_a_face():
    sheet = (VENDOR / "fonts" / "fonts.css").read_text("utf-8")
    holders = {letter: set() for letter in "aé가힣"}
    for family, letters in re.findall(r"font-family:\s*[\"']([^\"']+)[\"'].*?unicode-range:\s*([^;}]+)", sheet):
        for first, last in re.findall(r"U\+([0-9a-fA-F]+)(?:-([0-9a-fA-F]+))?", letters):
            for letter, found in holders.items():
                if int(first, 16) <= ord(letter) <= int(last or first, 16):
                    found.add(family)
    assert "Noto Sans" in holders["a"] & holders["é"]
    assert holders["가"] == holders["힣"] == {"Noto Sans KR"}


def test_types_are_those_a_strict_browser_takes():
    from django.conf import settings

    types = settings.SERVESTATIC_MIMETYPES
    assert types[".mjs"] == "text/javascript"
    assert types[".woff2"] == "font/woff2"
    known = {"text/javascript", "application/javascript", "text/css", "image/svg+xml", "font/woff2", "text/plain",
             "application/json", "application/geo+json", "image/webp"}
    served = [path for path in (WEB / "static").rglob("*") if path.is_file() and path.suffix not in {".sha384", ".gz"}]
    assert {types.get(path.suffix) or mimetypes.guess_type(path.name)[0] for path in served} <= known


def test_pages_load_only_versions_that_are_there():
    base = (WEB / "templates" / "base.html").read_text("utf-8")
    named = re.findall(r"{% static '([^']+)' %}", base)
    assert len(named) >= 5
    own = {path.relative_to(WEB / "static").as_posix() for path in (WEB / "static" / "office").iterdir()}
    assert [name for name in named if name.removeprefix("vendor/") not in listed() and name not in own] == []


def stores(script: str) -> list[str]:
    return re.findall(r"localStorage|sessionStorage|indexedDB|caches\.|document\.cookie|serviceWorker|\beval\(|new Function|innerHTML", script)


def test_own_scripts_keep_nothing_in_the_browser():
    found = {path.name: stores(path.read_text("utf-8")) for path in (WEB / "static" / "office").glob("*.*js")}
    assert found == {name: [] for name in found}
    assert found
    assert stores("sessionStorage.setItem('a', b)") == ["sessionStorage"]


MAP_MOST = 480_000  # bytes of script and style that the map adds to a page, compressed


@put_in_place
def test_the_map_names_the_version_that_is_there_and_keeps_its_budget():
    office = WEB / "static" / "office"
    (program,) = re.findall(r'PROGRAM = "\.\./vendor/(.+?)/"', (office / "map.mjs").read_text("utf-8"))
    sent = [VENDOR / program / name for name in ("maplibre-gl.mjs", "maplibre-gl-worker.mjs", "maplibre-gl.css")]
    assert all(path.is_file() for path in sent)
    own = [*office.glob("map*.mjs"), *office.glob("map*.css")]
    assert len(own) == 4
    assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in [*sent, *own]) <= MAP_MOST


def test_the_picture_beside_the_map_has_the_colours_of_a_report():
    report = (WEB.parent / "waystation" / "report" / "map.css").read_text("utf-8")
    film = [line for line in report.splitlines() if line.startswith(".map ")]
    assert len(film) > 40
    office = (WEB / "static" / "office" / "map.css").read_text("utf-8").splitlines()
    assert [line for line in film if line not in office] == []


def test_what_is_fetched_is_not_in_the_repository():
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert "/src/waystation_web/static/vendor/" in ignored
    assert "/src/waystation_web/locale/*/LC_MESSAGES/*.mo" in ignored


def test_the_package_carries_templates_static_files_and_languages():
    data = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["package-data"]["waystation_web"]
    assert {"templates/**/*", "static/**/*", "locale/*/LC_MESSAGES/*.mo"} <= set(data)


@pytest.mark.parametrize("version", [None, "v18.20.1", "not a version"])
def test_without_a_node_that_will_do_npm_comes_out_of_a_package(assets, monkeypatch, tmp_path, version):
    steps = []
    monkeypatch.setattr(assets, "WORK", tmp_path)
    monkeypatch.setattr(assets.shutil, "which", lambda name: version and f"/usr/bin/{name}")
    monkeypatch.setattr(assets.subprocess, "run", lambda *command, **more: type("Done", (), {"stdout": version})())
    monkeypatch.setattr(assets, "make_venv", lambda where: steps.append(where.name))

    def install(venv, lock):
        steps.append(lock)
        for name in ("bin/npm", "Scripts/npm.exe"):
            (venv / name).parent.mkdir(parents=True)
            (venv / name).touch()

    monkeypatch.setattr(assets, "install_lock", install)
    assert tmp_path in Path(assets.npm()).parents
    assert steps == ["venv", "requirements-node.lock"]


def test_a_node_that_will_do_is_used(assets, monkeypatch):
    monkeypatch.setattr(assets.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(assets.subprocess, "run", lambda *command, **more: type("Done", (), {"stdout": "v20.1.0\n"})())
    assert assets.npm() == "/usr/bin/npm"


def test_what_is_in_place_is_not_fetched_again_and_a_damaged_file_is(assets, monkeypatch, tmp_path):
    fetched, script = [], tmp_path / "VENDOR" / "a.js"
    for name in ("VENDOR", "LIST", "WORK"):
        monkeypatch.setattr(assets, name, tmp_path / name)

    def copy(packages, made):
        made.mkdir(parents=True)
        (made / "a.js").write_text("as listed", "utf-8")

    monkeypatch.setattr(assets, "fetch", lambda: fetched.append("fetched"))
    monkeypatch.setattr(assets, "copy", copy)
    assets.fetch_and_place(lock=True)
    for _ in range(2):
        assets.fetch_and_place(lock=False)
    assert len(fetched) == 1
    script.write_text("something else", "utf-8")
    assets.fetch_and_place(lock=False)
    assert len(fetched) == 2 and script.read_text("utf-8") == "as listed"
    shutil.rmtree(script.parent)
    assets.fetch_and_place(lock=False)
    assert len(fetched) == 3 and script.is_file() and not (tmp_path / "WORK").exists()


def test_a_catalogue_with_a_fault_is_refused_and_the_old_one_stays(assets, monkeypatch, tmp_path):
    place = tmp_path / "locale" / "ko" / "LC_MESSAGES"
    place.mkdir(parents=True)
    (place / "django.po").write_text('msgid "Notes"\nmsgstr "메모"\n', "utf-8")
    monkeypatch.setattr(assets, "WEB", tmp_path)
    monkeypatch.setattr(assets, "ROOT", tmp_path)
    assert [path.name for path in assets.compile_words()] == ["django.mo"]
    before = (place / "django.mo").read_bytes()
    (place / "django.po").write_text('msgid "Notes"\nmsgstr "메모"\nrubbish\n', "utf-8")
    with pytest.raises(assets.Stopped, match=r"django\.po"):
        assets.compile_words()
    assert (place / "django.mo").read_bytes() == before

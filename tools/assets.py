"""What the office's pages load: fonts, scripts and the map out of npm packages, and the catalogues of languages.

    python tools/assets.py            fetch, copy the named files, compare each with src/.../static/vendor.sha384;
                                      nothing where that was done for the same lock and list
    python tools/assets.py --lock     after a change of package-lock.json: write that list anew, to be committed
    python tools/assets.py --words    compile locale/*/LC_MESSAGES/django.po only

Nothing is built and nothing is fetched when the office runs. The packages are what package-lock.json says, checked by
npm; the files are what vendor.sha384 says, checked here. Where the machine has no Node.js, npm comes out of a Python
package in an environment that is thrown away afterwards. What is already in place is not fetched again.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from bootstrap import BUILD, ROOT, Stopped, install_lock, make_venv, quietly, say

WEB = ROOT / "src" / "waystation_web"
VENDOR = WEB / "static" / "vendor"
LIST = WEB / "static" / "vendor.sha384"
WORK = BUILD / f"assets-{os.getpid()}"  # two set-ups at once must not meet
OLDEST_NODE = 20
CI = ("ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund")

SCRIPTS = {
    "htmx.org": ("dist/htmx.min.js",),
    "@alpinejs/csp": ("dist/cdn.min.js",),
    # The second is the map's worker: it is looked for beside the first, so a policy without `blob:` will do.
    "maplibre-gl": ("dist/maplibre-gl.mjs", "dist/maplibre-gl-worker.mjs", "dist/maplibre-gl.css"),
}
# What lies inside those files, so their licences go with them: the first two in Alpine's, the others in the map's.
BUNDLED = ("@vue/reactivity", "@vue/shared",
           "@mapbox/jsonlint-lines-primitives", "@mapbox/point-geometry", "@mapbox/tiny-sdf", "@mapbox/unitbezier",
           "@mapbox/vector-tile", "@maplibre/geojson-vt", "@maplibre/maplibre-gl-style-spec", "@maplibre/mlt",
           "@maplibre/vt-pbf", "bidi-js", "earcut", "gl-matrix", "kdbush", "murmurhash-js", "pbf", "potpack",
           "quickselect", "tinyqueue")
PRESSED = frozenset({".mjs", ".js", ".css", ".json"})  # a compressed twin stands beside them: a slow line matters
# In the order in which a browser asks the faces: package, its style sheet, the family's name here, files that are kept.
FACES = (
    ("@fontsource/barlow-condensed", "500.css", "Barlow Condensed", ("latin", "latin-ext", "vietnamese")),
    ("@fontsource-variable/noto-sans", "wght.css", "Noto Sans", ("latin", "latin-ext", "vietnamese", "cyrillic")),
    # Thai and Lao stand before the larger faces, which may claim letters that they do not have.
    ("@fontsource-variable/noto-sans-thai", "wght.css", "Noto Sans Thai", ("thai",)),
    ("@fontsource-variable/noto-sans-lao", "wght.css", "Noto Sans Lao", ("lao",)),
    ("@fontsource-variable/noto-sans-kr", "wght.css", "Noto Sans KR", ()),
)
LATIN = frozenset({"latin", "latin-ext", "vietnamese", "cyrillic"})
FACE = re.compile(r"/\* (?P<name>\S+) \*/\s*@font-face \{(?P<body>.*?)\}", re.DOTALL)
SOURCE = re.compile(r"url\(\./files/(?P<file>[a-z0-9-]+\.woff2)\)")
TEXTS = ("LICENSE", "LICENSE.txt", "LICENSE.md")
NO_TEXT = "The package brings no licence text. MIT: the terms are those printed under @vue/reactivity."


# ------------------------------------------------------------------------------------------------------------ fetching
def npm() -> Path | str:
    """The system's npm where its Node.js is new enough, else one in an environment of its own."""
    node, found = shutil.which("node"), shutil.which("npm")
    if node and found:
        said = subprocess.run([node, "--version"], check=False, capture_output=True, text=True).stdout
        number = re.match(r"v(\d+)\.", said)
        if number and int(number[1]) >= OLDEST_NODE:
            return found
    venv = WORK / "venv"
    make_venv(venv)
    install_lock(venv, "requirements-node.lock")
    name = venv / "Scripts" / "npm.exe" if sys.platform == "win32" else venv / "bin" / "npm"
    if not name.is_file():
        raise Stopped("requirements-node.lock was installed but brought no npm")
    return name


def fetch() -> Path:
    """The packages of package-lock.json, each checked by its SHA-512, in a folder to be removed."""
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(ROOT / name, WORK / name)
    quietly("packages of package-lock.json", npm(), "--prefix", WORK, *CI)
    return WORK / "node_modules"


# ------------------------------------------------------------------------------------------------------------- copying
def faces(package: Path, sheet: str, family: str, kept: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """A family's files, the rule of each and the letters it holds, which stay as its maker wrote them."""
    found = []
    for face in FACE.finditer((package / sheet).read_text("utf-8")):
        subset = face["name"].removeprefix(package.name + "-").removesuffix("-normal").removesuffix("-wght")
        subset = subset.removesuffix("-500")
        if (subset not in kept) if kept else (subset in LATIN):
            continue
        source = SOURCE.search(face["body"])
        weight = re.search(r"font-weight: ([^;]+);", face["body"])
        letters = re.search(r"unicode-range: ([^;]+);", face["body"])
        if not (source and weight and letters):
            raise Stopped(f"{package.name}/{sheet} is not written as expected: {face['name']}")
        rule = (f'@font-face {{ font-family: "{family}"; font-weight: {weight[1]}; font-display: swap; '
                f'src: url("{source["file"]}") format("woff2"); unicode-range: {letters[1]}; }}')
        found.append((source["file"], rule, letters[1]))
    return found


def copy(modules: Path, into: Path) -> None:
    """The named files and nothing else; scripts in a folder that names their version."""
    for name, files in SCRIPTS.items():
        version = json.loads((modules / name / "package.json").read_text("utf-8"))["version"]
        folder = into / f"{name.strip('@').replace('/', '-')}@{version}"
        folder.mkdir(parents=True)
        for file in files:
            shutil.copyfile(modules / name / file, folder / Path(file).name)
    copy_fonts(modules, into / "fonts")
    (into / "LICENSES.txt").write_text(licences(modules), "utf-8", newline="\n")


def copy_fonts(modules: Path, fonts: Path) -> None:
    """The faces; their rules for pages (`fonts.css`), and the same for the map, which draws its letters itself."""
    fonts.mkdir(parents=True)
    rules: list[str] = []
    of_map: dict[str, list[dict[str, object]]] = {}
    for name, sheet, family, kept in FACES:
        for file, rule, letters in faces(modules / name, sheet, family, kept):
            shutil.copyfile(modules / name / "files" / file, fonts / file)
            rules.append(rule)
            of_map.setdefault(family, []).append({"url": file, "unicode-range": re.split(r",\s*", letters)})
    (fonts / "fonts.css").write_text("\n".join(rules) + "\n", "utf-8", newline="\n")
    (fonts / "faces.json").write_text(json.dumps(of_map, separators=(",", ":")) + "\n", "utf-8", newline="\n")


def licences(modules: Path) -> str:
    """Who made what is copied, and on which terms."""
    parts = []
    for name in sorted([*SCRIPTS, *BUNDLED, *(face[0] for face in FACES)]):
        about = json.loads((modules / name / "package.json").read_text("utf-8"))
        author = about.get("author", "")
        author = author if isinstance(author, str) else author.get("name", "")
        text = next((modules / name / file for file in TEXTS if (modules / name / file).is_file()), None)
        words = text.read_text("utf-8").strip() if text else NO_TEXT
        parts.append(f"{name} {about['version']} · {about['license']} · {author}\n\n{words}\n")
    return ("\n" + "-" * 78 + "\n").join(parts)


# ------------------------------------------------------------------------------------------------------------ checking
def listed(folder: Path) -> str:
    """Each file's SHA-384 and path, as vendor.sha384 has them; a compressed twin is no file of its own."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not is_twin(path))
    sums = [(hashlib.sha384(path.read_bytes()).hexdigest(), path.relative_to(folder).as_posix()) for path in files]
    return "".join(f"{digest}  {path}\n" for digest, path in sums)


def is_twin(path: Path) -> bool:
    """Whether a file is the compressed twin of one that lies beside it."""
    return path.suffix == ".gz" and path.with_suffix("").suffix in PRESSED and path.with_suffix("").is_file()


def press(folder: Path) -> None:
    """Bring the compressed twins to what the files say: they are what is sent, so none may say anything else."""
    for path in sorted(folder.rglob("*")):
        twin = path.with_name(path.name + ".gz")
        if path.suffix in PRESSED and path.is_file():
            pressed = gzip.compress(path.read_bytes(), 9, mtime=0)
            if not twin.is_file() or twin.read_bytes() != pressed:
                twin.write_bytes(pressed)


def differences(made: str, known: str) -> list[str]:
    """Paths that are not the same in two lists."""
    return sorted({line.split("  ", 1)[1] for line in set(made.splitlines()) ^ set(known.splitlines())})


def put_in_place(made: Path, *, lock: bool) -> None:
    """Compare what was copied with the committed list, and only then let the office have it. Raises `Stopped`."""
    found = listed(made)
    if lock:
        LIST.write_text(found, "utf-8", newline="\n")
    known = LIST.read_text("utf-8") if LIST.is_file() else ""
    wrong = differences(found, known)
    if wrong:
        raise Stopped("These files are not what src/waystation_web/static/vendor.sha384 says; nothing was changed:\n  "
                      + "\n  ".join(wrong[:20]))
    shutil.rmtree(VENDOR, ignore_errors=True)
    shutil.copytree(made, VENDOR)
    press(VENDOR)


# --------------------------------------------------------------------------------------------------------------- words
def compile_words() -> list[Path]:
    """Compile each catalogue beside its source; a catalogue with a fault in it is refused. Raises `Stopped`."""
    try:
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import PoFileError, read_po
    except ImportError:
        raise Stopped("Babel is missing here: run this with the Python in .venv") from None
    made = []
    for source in sorted(WEB.glob("**/locale/*/LC_MESSAGES/django.po")):
        try:
            with source.open("rb") as file:
                catalogue = read_po(file, locale=source.parts[-3], abort_invalid=True)
        except PoFileError as reason:
            raise Stopped(f"{source.relative_to(ROOT)}: {reason}") from None
        whole = source.with_suffix(".new")
        with whole.open("wb") as file:
            write_mo(file, catalogue)
        made.append(whole.replace(source.with_suffix(".mo")))  # at once: an office may be reading the old one
    return made


def fetch_and_place(*, lock: bool) -> None:
    """Bring `static/vendor` to what the list says, unless every file is as it says already. Raises `Stopped`."""
    if not lock and LIST.is_file() and VENDOR.is_dir() and listed(VENDOR) == LIST.read_text("utf-8"):
        press(VENDOR)
        return
    say("Fetching what the office's pages load (once)")
    made = WORK / "made"
    try:
        copy(fetch(), made)
        put_in_place(made, lock=lock)
    finally:
        shutil.rmtree(WORK, ignore_errors=True)


def main(arguments: list[str]) -> int:
    """Do what was asked; a fault is a sentence."""
    try:
        if "--words" not in arguments:
            fetch_and_place(lock="--lock" in arguments)
        compile_words()
    except Stopped as reason:
        say(str(reason))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

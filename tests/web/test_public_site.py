"""What was published is shown by a process that can reach nothing else; what was taken back is gone."""

import asyncio
import os
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from waystation_web.gateways import publication
from waystation_web.public.site import Site, UnsafeFolder
from waystation_web.stories.rendering import Told, around, pages

pytestmark = pytest.mark.once

TOLD = Told(slug="the-pot", title="A pot <b>is</b> a house", dek="Two people.", year=2019, season="autumn", warning="Hunger.", byline="Reed",
            segments=[{"label": "testimony", "heading": "Before", "text": "We walked.", "source": ""}, {"label": "fiction", "text": "A letter."}],
            course=["KP", "CN-YN", "LA"], calls=[{"text": "Sign", "url": "https://example.org/"}])

# The interpreter of a test may lie where only its user may read: what is needed is loaded first, then the user changes.
LOADED = ("import uvicorn.loops.auto, uvicorn.loops.asyncio, uvicorn.protocols.http.auto, uvicorn.protocols.http.h11_impl, uvicorn.lifespan.off\n"
          "from waystation_web.public.__main__ import main\n")
AS_NOBODY = "import os, sys\nos.setgroups([])\nos.setgid(65534)\nos.setuid(65534)\n"


@pytest.fixture
def public():
    place = Path(tempfile.mkdtemp(prefix="published-"))  # not below a folder of one user alone
    place.chmod(0o755)
    with override_settings(INSTALLATION=replace(settings.INSTALLATION, public=place)):
        yield place
    shutil.rmtree(place)


@pytest.fixture
def published(public):
    publication.publish("the-pot", pages(TOLD), around=around("en"))
    return public


def asked(folder, path, method="GET"):
    sent = []

    async def send(message):
        sent.append(message)

    asyncio.run(Site(folder)({"type": "http", "method": method, "path": path}, None, send))
    return sent[0]["status"], {name.decode(): value.decode() for name, value in sent[0]["headers"]}, sent[1]["body"].decode("utf-8", "replace")


@pytest.mark.proves("S002-08")
def test_a_story_says_what_each_part_is_and_needs_no_script_and_nothing_from_elsewhere(published):
    status, headers, page = asked(published, "/stories/the-pot/")
    assert status == 200 and '<a href="https://example.org/" rel="noreferrer noopener">Sign</a>' in page
    assert "A pot &lt;b&gt;is&lt;/b&gt; a house" in page and "autumn 2019" in page
    assert [word in page for word in ("Testimony", "Fiction", "Footage")] == [True, True, False]
    assert "<script" not in page and " style=" not in page and 'src="http' not in page and "set-cookie" not in headers
    assert headers["cache-control"] == "no-store" and headers["referrer-policy"] == "no-referrer"
    assert "script-src" not in headers["content-security-policy"] and "default-src 'none'" in headers["content-security-policy"]
    assert 'class="leg first grows"' in page
    assert "A pot &lt;b&gt;" in asked(published, "/")[2]
    assert asked(published, "/style.css")[1]["cache-control"] == "public, max-age=86400"
    assert asked(published, "/stories/the-pot/", "HEAD")[::2] == (200, "")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_it_can_be_read_and_nothing_else(published, method):
    assert asked(published, "/", method)[0] == 405


def test_nothing_outside_of_the_folder_no_link_and_no_hidden_file_is_shown(published):
    (published.parent / "outside.html").write_text("outside")
    (published / "link.html").symlink_to("/etc/hostname")
    (published / "stories" / "away").symlink_to("/etc")
    (published / "drawer").mkdir(mode=0o700)
    (published / "stories" / "drawer").symlink_to(published / "drawer")
    (published / "drawer" / "index.html").write_text("x")
    (published / "note.txt").write_text("x")
    (published / ".hidden.html").write_text("x")
    for path in ("/../outside.html", "/stories/../../outside.html", "//etc/hostname", "/link.html", "/stories/away/hostname", "/stories/away/", "/stories/drawer/",
                 "/.hidden.html", "/note.txt", "/gone/the-pot", "/gone/", "/stories/the-pot/card", "/parts/head", "/stories/", "/a/b/c/d/e/", "/%2e%2e/",
                 "/STORIES/the-pot/", "/stories/the-pot/\x00"):
        assert asked(published, path)[0] == 404, path


@pytest.mark.refuses("H-21")
def test_what_was_taken_back_says_so_for_good_and_its_files_are_gone(published):
    assert publication.stands("the-pot")
    assert publication.take_back("the-pot") is True
    status, headers, page = asked(published, "/stories/the-pot/")
    assert status == 410 and "Taken back" in page and headers["cache-control"] == "no-store"
    assert "house" not in asked(published, "/")[2]
    assert not list(published.glob("stories/*")) and not publication.stands("the-pot")
    with pytest.raises(ValueError, match="taken back"):
        publication.publish("the-pot", pages(TOLD), around=around("en"))
    assert publication.take_back("the-pot") is False


def test_a_story_is_there_whole_or_as_it_was(published, monkeypatch):
    written = publication._write

    def fails(path, content):
        if path.name == "index.html" and "stories" in path.parts:
            raise OSError("full")
        written(path, content)

    monkeypatch.setattr(publication, "_write", fails)
    with pytest.raises(OSError):
        publication.publish("the-pot", pages(replace(TOLD, title="Another")), around=around("en"))
    assert "A pot" in asked(published, "/stories/the-pot/")[2]


def test_nothing_is_published_into_the_office_or_nowhere(public):
    for place, words in ((None, "office.toml"), (settings.INSTALLATION.home / "public", "outside")):
        with override_settings(INSTALLATION=replace(settings.INSTALLATION, public=place)), pytest.raises(publication.NowhereError, match=words):
            publication.publish("the-pot", {}, around={})
    with pytest.raises(ValueError, match="name"):
        publication.publish("../x", {}, around={})
    with pytest.raises(ValueError, match="name"):
        publication.publish("the-pot", {"../x.html": b""}, around={})
    (public / "office.toml").touch()
    with pytest.raises(UnsafeFolder, match="office"):
        Site(public)
    (public / "office.toml").unlink()
    public.chmod(0o777)
    with pytest.raises(UnsafeFolder, match="write"):
        Site(public)


def test_the_public_process_loads_nothing_of_the_office():
    told = ("import sys, waystation_web.public.__main__; print(sorted(name for name in sys.modules if name.split('.')[0] in "
            "{'django', 'waystation', 'sqlite3', 'psycopg', 'nacl', 'cryptography'} or (name.startswith('waystation_web.') and "
            "not name.startswith('waystation_web.public'))))")
    assert subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_as_a_user_of_its_own_it_shows_stories_and_cannot_open_the_office(published, tmp_path):
    home = tmp_path / "office"
    home.mkdir(mode=0o700)
    (home / "office.sqlite3").write_bytes(b"sealed")
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    for path in published.rglob("*"):  # whatever mask the office runs under
        assert stat.S_IMODE(path.stat().st_mode) == (0o755 if path.is_dir() else 0o644), path
    if os.name != "posix" or os.geteuid() != 0:
        return  # only root starts a process as somebody else; the modes above say the same
    tried = subprocess.run([sys.executable, "-c", AS_NOBODY + f"open({str(home / 'office.sqlite3')!r})"], capture_output=True, text=True, check=False)
    assert "PermissionError" in tried.stderr
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    given = ["--folder", str(published), "--port", str(port)]
    refused = subprocess.run([sys.executable, "-m", "waystation_web.public", *given], capture_output=True, text=True, check=False)
    assert refused.returncode == 2 and "Not as root" in refused.stderr
    command = [sys.executable, "-c", LOADED + AS_NOBODY + "sys.exit(main(sys.argv[1:]))", *given]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            assert fetched(port, "/stories/the-pot/") == 200
            publication.take_back("the-pot")
            assert fetched(port, "/stories/the-pot/") == 410
        finally:
            process.terminate()


def fetched(port, path):
    for _ in range(100):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
                return answer.status
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code
        except urllib.error.URLError:
            time.sleep(0.1)
    return None


def test_the_verb_hands_on_no_key_and_no_database(monkeypatch):
    from waystation_web import office

    handed = {}
    monkeypatch.setenv("WAYSTATION_HOST_KEY", "/a/key")
    monkeypatch.setenv("WAYSTATION_DATABASE", "host=x")
    monkeypatch.setattr(subprocess, "call", lambda command, env: handed.update(command=command, env=env) or 0)
    assert office.main(["public", "--folder", "/x"]) == 0
    assert not [name for name in handed["env"] if "WAYSTATION" in name or "DJANGO" in name]
    assert handed["command"][1:] == ["-m", "waystation_web.public", "--folder", "/x"]

"""The answer to a capture, whole: from the incident at night to a letter, to evidence, to a package that stands without us."""

import io
import tarfile
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pyrage
import pytest
import standing
import world
from hands import Hands
from watched import Watched

NAMED, UNNAMED = "김별담", "박솔내"  # nobody: nouns, of stars and pines


@pytest.fixture
def caught(monkeypatch, request, tmp_path):
    """A party that was taken; one of them wants to be named to the UN, one said nothing. Two rights officers, a key, a stamp."""
    with standing.house(monkeypatch, request) as here:
        from test_appeals import Written
        from test_evidence import Proved

        from waystation_web.evidence import lists
        from waystation_web.gateways.database import writing
        from waystation_web.records import actions as records
        from waystation_web.records import queries as kept

        writer, second = (here.person(roles={"rights_officer"}, handle=one) for one in ("writer", "second"))
        party = Written(here)
        party.taken()
        party.instructs().yes()
        here.now = datetime.now(UTC) + timedelta(minutes=5)  # the authority of time has no other clock than ours
        with writing():
            names = kept.one(party.worker, party.case, "case", looked=False).body["household_records"][0]
            until = party.today + timedelta(30)
            records.share(party.worker, party.case, "case", writer.id, reason="appeal", until=until)
            records.share(party.worker, bytes.fromhex(names), "person", writer.id, reason="appeal", until=until)
        desk = SimpleNamespace(one=here.actor(writer, stepped_up=True), office=here)
        party.proved = Proved(desk, tmp_path / "authorities")
        with writing():
            lists.make_due(party.today)
        cookies = [here.sign_in(one, stepped_up=True).cookies["s"].value for one in (writer, second, party.heron)]
        yield party, cookies


def picture():
    from test_evidence import DATA

    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": DATA}


def written(tab, hands, party):
    """From the page of the incident to a letter under one signature; what it says."""
    hands.press(tab.locator("main a[href$='/appeals/']").first, to="/appeals/")
    tab.select_option("#draft_state", "TH")
    tab.locator("input[name=to][value=UNHCR]").check()
    with tab.expect_navigation():
        tab.locator("section[aria-labelledby=draft] button").click()
    who = tab.locator("section[aria-labelledby=who]").inner_text()
    assert "named" in who and "not named" in who
    tab.locator("section[aria-labelledby=sign] summary").click()
    tab.locator("input[name=publicity][value=quiet]").check()
    tab.fill("#sign_harm", "Whoever waits on the next leg. (Invented.)")
    tab.fill("#sign_reason", "A return may be hours away. (Invented.)")
    tab.select_option("#sign_other", party.heron.id.hex())
    with tab.expect_navigation():
        tab.locator("section[aria-labelledby=sign] button").click()
    return tab.url.partition("?")[0].removeprefix(world.ORIGIN)


def sealed(tab):
    """A picture is taken in, asked about and sealed."""
    tab.goto(world.ORIGIN + "/evidence/new/")
    tab.fill("#id_title", "The wall of a yard. (Invented.)")
    tab.select_option("#id_origin", "filmmaker")
    tab.fill("#id_acquired_from", "An invented guide")
    tab.fill("#id_acquired_on", "2026-03-03")
    tab.fill("#id_how", "by hand")
    with tab.expect_navigation():
        tab.locator("main form button").click()
    tab.set_input_files("#id_file", picture())
    tab.locator("form[action$='/file/'] button").click()
    for name, value in (("authenticity", "original"), ("label", "footage"), ("exposure", "none"), ("thirds", "nobody"),
                        ("covert", "no"), ("inducement", "no")):
        tab.select_option(f"form[action$='/answer/'] [name={name}]", value)
    with tab.expect_navigation():
        tab.locator("form[action$='/answer/'] button").click()
    assert "never changes" in tab.locator(".done[role=status]").inner_text()


def asked_for(tab, to):
    """A package for one recipient, under the first signature; its address."""
    from waystation_web.takeout.order import fingerprint

    tab.goto(world.ORIGIN + "/evidence/packages/")
    for name, value in (("recipient", "An invented body"), ("jurisdiction", "CH"), ("key", to), ("heard", fingerprint(to)),
                        ("purpose", "the urgent appeal"), ("alone", "It shows a wall and nobody. (Invented.)")):
        tab.fill(f"#id_{name}", value)
    tab.locator("input[name=parts]").first.check()
    tab.locator("#id_confirmed").check()
    with tab.expect_navigation():
        tab.locator("section[aria-labelledby=ask] form button").click()
    return tab.url.partition("?")[0].removeprefix(world.ORIGIN)


def opened(folder, data, key, proved):
    """What the recipient has: the archive opened with age, and two roots from elsewhere."""
    with tarfile.open(fileobj=io.BytesIO(pyrage.decrypt(data, [key]))) as tar:
        tar.extractall(folder, filter="data")
    (folder / "signer-root-from-our-website.pem").write_text(proved.root)
    (folder / "tsa-a-root-from-the-authority.pem").write_text(proved.authority.root)
    return next(path for path in folder.iterdir() if path.is_dir())


def test_from_a_capture_at_night_to_a_package_in_which_every_flipped_bit_is_found(caught, tmp_path):
    from pypdf import PdfReader

    from authority import checked
    from waystation.evidence.verify_text import commands

    party, cookies = caught
    key, there = pyrage.x25519.Identity.generate(), tmp_path / "there"
    with standing.browser() as chromium:
        screens = [Watched(chromium, world.ORIGIN, language="en", width=1440) for _ in cookies]
        for watched, cookie in zip(screens, cookies, strict=True):
            watched.context.add_cookies([{"name": "s", "value": cookie, "url": world.ORIGIN}])
        writer, second, chief = screens
        tab = writer.go(f"/incidents/{party.incident.hex()}/")
        letter = written(tab, Hands(tab, keyboard=False), party)
        other = chief.go(letter)
        with other.expect_navigation():
            other.locator("section[aria-labelledby=sign] button").click()
        tab.reload()
        with tab.expect_download() as out:
            tab.locator("button[value=pdf]").click()
        said = "\n".join(page.extract_text() for page in PdfReader(out.value.path()).pages)
        assert NAMED in said and UNNAMED not in said
        sealed(tab)
        writer.look("answer-item")
        package = asked_for(tab, str(key.to_public()))
        writer.look("answer-package")
        other = second.go(package)
        other.locator("form[action$='/sign/'] input[type=checkbox]").check()
        with other.expect_navigation():
            other.locator("form[action$='/sign/'] button").click()
        tab.goto(world.ORIGIN + package)
        with tab.expect_navigation():
            tab.locator("form[action$='/build/'] button").click()
        with tab.expect_download() as out:
            tab.locator("form[action$='/file/'] button").click()
        bag = opened(there, out.value.path().read_bytes(), key, party.proved)
        for watched in screens:
            watched.close()
    assert {name: found for watched in screens for name, found in watched.faults.items()} == {}
    assert [one for watched in screens for one in watched.complaints] == []
    files = [path for path in sorted(there.rglob("*")) if path.is_file() and "-from-" not in path.name]
    assert len(files) > 12
    lines = commands((bag / "VERIFY.txt").read_text("utf-8"))
    assert checked(there, lines) == []
    for path in files:
        kept = path.read_bytes()
        path.write_bytes(kept[:-2] + bytes([kept[-2] ^ 1]) + kept[-1:])
        assert checked(there, lines) != [], path.name
        path.write_bytes(kept)
    assert checked(there, lines) == []

"""A story in a browser: what stands in its way, two signatures, its public page with and without scripts, and taken back."""

import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import standing
import world
from served import free_port
from watched import Watched

NAMED = ("김별담", "Kim Byeoldam", "Heron", "Reedford", "555 0100 199")  # nobody and nowhere, as the house keeps them


@pytest.fixture
def house(monkeypatch, request):
    """A case that arrived, with names, a helper and a place; everybody has signed in and was not invited this week."""
    with standing.house(monkeypatch, request) as here:
        import test_story_signed as story
        from django.conf import settings

        roles = {"chief": "coordinator", "worker": "case_worker", "guard": "security_officer", "writer": "researcher", "field": "field_liaison"}
        people = {name: here.person(roles={role}, handle=name) for name, role in roles.items()}
        here.now += timedelta(days=8)  # whoever was invited this week signs nothing second
        place = Path(tempfile.mkdtemp(prefix="published-"))
        place.chmod(0o755)
        monkeypatch.setattr(settings, "INSTALLATION", replace(settings.INSTALLATION, public=place))
        monkeypatch.setattr(story, "member", lambda _office, name, _roles=(): here.actor(people[name], stepped_up=True))
        made = story.House(here)
        made.place = place
        made.cookies = {name: here.sign_in(people[name], stepped_up=True).cookies["s"].value for name in ("worker", "guard")}
        yield made
        shutil.rmtree(place)


def screen(chromium, house, who, **more):
    watched = Watched(chromium, world.ORIGIN, **more)
    watched.context.add_cookies([{"name": "s", "value": house.cookies[who], "url": world.ORIGIN}])
    return watched


def presses(watched, where, act):
    """The button of one act on the page of the story."""
    tab = watched.go(where)
    with tab.expect_navigation():
        tab.locator(f"form:has(input[value={act}]) button").click()


def apart(act):
    """An act of somebody at another desk: Django refuses to work in the thread in which a browser is driven."""
    from django.db import connections

    def done():
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as beside:
        return beside.submit(done).result()


def test_a_story_is_stopped_signed_read_and_taken_back(house):
    from waystation.evidence.redaction import Part, check
    from waystation.evidence.roster import Roster
    from waystation_web.public.site import Site

    where = f"/stories/{house.story.hex()}/"
    house.said()
    house.written().asked((4,))
    faults = {}
    with standing.browser() as chromium:
        office = [screen(chromium, house, "worker", language="en", width=1440), screen(chromium, house, "guard", language="ko", width=360)]
        worker, guard = office
        guard.in_korean()
        assert worker.go(where).locator("form:has(input[value=clear])").count() == 0 and apart(house.rules) == [("H-12", "")]
        worker.look("story-four-1440")
        worker.go("/stories/")
        worker.look("stories-list-1440")
        apart(lambda: house.written("We left by night.").asked((11,)))
        assert apart(house.rules) == []
        presses(worker, where, "clear")
        presses(guard, where, "clear")
        guard.look("story-signed-360")
        presses(worker, where, "publish")
        worker.look("story-published-1440")
        [page] = house.place.glob("stories/*/index.html")
        read = f"/stories/{page.parent.name}/"
        port = free_port()
        with standing._running(Site(house.place), port):
            origin = f"http://127.0.0.1:{port}"
            for width in (1440, 360):
                reader = Watched(chromium, origin, width=width)
                reader.go(read)
                reader.look(f"public-{width}")
                reader.go("/")
                reader.look(f"public-all-{width}")
                faults |= reader.faults
                assert reader.complaints == []
                reader.close()
            bare = chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
            plain = bare.new_page()
            assert plain.goto(origin + read).status == 200 and "We left by night." in plain.locator("main").inner_text()
            roster = Roster.of(names=[(one, "p") for one in NAMED[:3]], places=[("Reedford", "l")], handles=[("555 0100 199", "p")])
            parts = [Part(str(path.relative_to(house.place)), path.read_bytes()) for path in house.place.rglob("*")
                     if path.is_file() and path.suffix != ".woff2"]
            assert parts and check(parts, roster) == ()
            assert all(check([Part("page", page.read_text() + one)], roster) for one in NAMED)  # the control: each is found where it stands
            apart(lambda: house.said("withdrawn"))
            gone = plain.goto(origin + read)
            assert gone.status == 410 and "We left by night." not in plain.content()
            bare.close()
        for watched in office:
            watched.close()
    assert {name: found for watched in office for name, found in watched.faults.items()} | faults == {}
    assert [one for watched in office for one in watched.complaints] == []

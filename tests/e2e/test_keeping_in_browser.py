"""What is said of backups and of a restore on top of every page, in a real browser."""

from datetime import timedelta

import pytest
import standing
import world
from watched import Watched

from waystation_web.gateways import backups, clock

SAYS = {"en": ("restored from a backup of 2026-03-01 09:00 UTC", "it is here again", "Days since the last backup: 3."),
        "ko": ("2026-03-01 09:00 UTC의 백업에서 복원한", "다시 나타났습니다", "3일")}


@pytest.mark.promise("P08")
def test_an_officer_reads_what_was_restored_and_what_is_overdue(monkeypatch, request, tmp_path):
    with standing.house(monkeypatch, request) as office:
        from keeping import named

        place, now = named(office, [tmp_path], ["age1"]), clock.now()
        backups.note_restored(place, backups.Restored(now - timedelta(days=1), now, 0, listed=False))
        backups.note_backup(place, now - timedelta(days=3))
        cookie = office.sign_in(office.people["anna"]).cookies["s"].value
        with standing.browser() as chromium:
            for language, width in (("en", 1440), ("ko", 360)):
                watched = Watched(chromium, world.ORIGIN, language=language, width=width)
                watched.context.add_cookies([{"name": "s", "value": cookie, "url": world.ORIGIN}])
                if language == "ko":
                    watched.in_korean()
                tab = watched.go("/people/")
                said = tab.locator(".bands").inner_text()
                assert [words for words in SAYS[language] if words not in said] == []
                watched.look(f"keeping-{language}-{width}")
                assert (watched.faults, watched.complaints) == ({}, [])

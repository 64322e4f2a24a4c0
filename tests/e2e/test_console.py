"""The console of an office at work: the record replayed by an auditor, and a demonstration that shows itself."""

import re
import sqlite3
from contextlib import suppress

import pytest
import served

PLAIN = ("all bodies replayed", "In order")


@pytest.fixture(scope="module")
def closed():
    """An office where people worked, looked at from the console."""
    with served.at_work() as one:
        yield one


def verify(office, person=None, *, words=None):
    flags = ("--as-auditor", person.handle, "--stdin") if person else ()
    typed = f"{person.code()}\n{words or person.words}\n" if person else ""
    return served.office("verify", office.home, *flags, input=typed)


def test_an_untouched_office_is_in_order_for_both_checks(closed):
    keyless = verify(closed)
    assert (keyless.returncode, keyless.stderr) == (0, "")
    replayed = verify(closed, closed.people["jun"])
    assert (replayed.returncode, replayed.stderr) == (0, "")
    assert all(words in replayed.stdout for words in PLAIN)


def test_only_an_auditor_with_their_words_replays_the_record(closed):
    wrong = verify(closed, closed.newcomer("auditor"), words="academic acid acne acquire acrobat activity actress adapt")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "That did not open" in wrong.stderr
    another = verify(closed, closed.newcomer("coordinator"))
    assert (another.returncode, another.stdout) == (2, "")
    assert "Traceback" not in another.stderr
    assert another.stderr.strip()


def test_an_older_payload_put_back_is_found_by_the_auditor_alone(closed):
    path = closed.home / "data" / "office.sqlite3"
    browser = closed.people["sena"].browser
    page = browser.open("/notes/new/")
    page = browser.send(page, page.own_form(), title="A note", text="as it was")
    vault = bytes.fromhex(re.search(r"[0-9a-f]{32}", page.address)[0])
    with sqlite3.connect(path) as base:
        (older,) = base.execute("SELECT payload FROM vault WHERE id = ?", (vault,)).fetchone()
    page = browser.send(page, next(form for form in page.read.forms if dict(form.fields).keys() >= {"title", "revision"}),
                        title="A note", text="as it is now")
    with sqlite3.connect(path) as base:
        (newer,) = base.execute("SELECT payload FROM vault WHERE id = ?", (vault,)).fetchone()
        assert newer != older
        base.execute("UPDATE vault SET payload = ? WHERE id = ?", (older, vault))
    assert verify(closed).returncode == 0  # it opens, it was sealed here: rows alone cannot tell
    found = verify(closed, closed.newcomer("auditor"))  # each with codes of their own
    assert found.returncode == 1
    assert vault.hex() in found.stdout
    with sqlite3.connect(path) as base:
        base.execute("UPDATE vault SET payload = ? WHERE id = ?", (newer, vault))
    assert verify(closed, closed.newcomer("auditor")).returncode == 0


def test_the_wrong_host_key_is_a_sentence(closed, tmp_path):
    from datetime import date

    from waystation.vault.host import HostKeys

    other = tmp_path / "host.key"
    other.write_text(HostKeys.new(date(2026, 1, 1)).text(), "ascii")
    other.chmod(0o400)
    done = served.office("verify", closed.home, env={"WAYSTATION_HOST_KEY": str(other)})
    assert done.returncode in {1, 2}
    assert "Traceback" not in done.stderr
    assert "host key" in done.stdout + done.stderr


def still_running(home):
    """Programs that work with this folder. Linux; elsewhere nobody says."""
    found = []
    for told in served.Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it has just ended
            found += [told] if str(home).encode() in told.read_bytes() else []
    return found


def test_a_demonstration_shows_itself_and_is_never_served(tmp_path):
    home = tmp_path / "office"
    done = served.office("demo", "--once", "--home", home, "--port", served.free_port())
    assert done.returncode == 0, done.stderr
    for words in ("sena signed in", "FICTIONAL WORLD", "Hand-over, invented night", "Record unbroken", "jun signed in",
                  "dol signed in", "60 invented cases", "25 invented contacts", "a go that waits", "about 81 arrive",
                  "4 invented journeys", "without a key", "Please look at the board: ", "overdue"):
        assert words in done.stdout
    assert not still_running(home)  # the alarm ends with the office
    refused = served.office("serve", home)
    assert (refused.returncode, "it is not served" in refused.stderr) == (2, True)
    again = served.office("demo", "--once", "--home", served.Path(__file__).parent, "--port", served.free_port())
    assert (again.returncode, "left as it is" in again.stderr) == (2, True)

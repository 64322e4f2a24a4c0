"""Everything leaves by two people of two offices and two custodians, sealed to named keys, whole, once; or not at all."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pyrage
import pytest
from django.db import connection
from plaintexts import WORDS, scan
from takeouts import PHOTO, Opened, by_hand, house

from waystation.takeout.cells import plain
from waystation.takeout.columns import COLUMNS, HEAD, ITEM, TAIL
from waystation.vault.recovery import Recovery
from waystation_web.audit.events import Event
from waystation_web.audit.recovered import acts
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.office import Cannot, taking_out
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.takeout import actions, building, queries
from waystation_web.takeout.carried import orders
from waystation_web.takeout.order import fingerprint
from waystation_web.takeout.sealing import NotSealed, seal_into
from waystation_web.takeout.told import told
from waystation_web.vault import approvals, labels
from waystation_web.vault.errors import NotPermitted, Refused
from waystation_web.vault.files import path_of
from waystation_web.vault.models import Account, File, Grant, Vault

HERE = Path(__file__).resolve().parent


@pytest.fixture
def home(office):
    return house(office)


def rule(act, *given, **more):
    """The rule by which something is not permitted; "refused" where a signature does not hold."""
    with pytest.raises((NotPermitted, Refused)) as why:
        act(*given, **more)
    return getattr(why.value, "rule", "refused")


def in_the_office():
    """How many of each kind and table the database holds, counted here and not by what is tested."""
    kinds = [row.kind for row in Vault.objects.all()]
    return {"kinds": len(kinds), "files": File.objects.count(), "holders": Grant.objects.count(), "accounts": Account.objects.count()}


# ------------------------------------------------------------------------------------------------------- what is in it
@pytest.mark.promise("P13")
@pytest.mark.refuses("H-47")
def test_an_archive_holds_everything_and_opens_with_its_own_key_alone(home, tmp_path):
    home.released()
    one, two = home.archives(tmp_path)
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(one.path.read_bytes(), [home.keys[1]])
    found, other = Opened(one.path, home.keys[0]), Opened(two.path, home.keys[1])
    assert found.about()["mark"] == one.mark != two.mark == other.about()["mark"]
    assert one.mark in found.files["READ-ME.txt"].decode().splitlines()[-1] and found.root == f"takeout-invented-{one.mark}"
    assert f"{one.path.name}" == f"{found.root}.tar.age" and sha256(one.path.read_bytes()).hexdigest() == one.sha256
    counts, office = found.counts(), in_the_office()
    assert sum(of for (sort, _), (of, _, _) in counts.items() if sort == "kind") == office["kinds"]
    assert counts["files", ""] == (office["files"],) * 2 + (0,) and office["files"] == 1
    assert [counts["table", name][0] for name in ("holders", "accounts")] == [office["holders"], office["accounts"]]
    assert all(there == here and not left for there, here, left in counts.values()) and not found.left()
    assert found.files[f"files/{home.file.hex()}"] == PHOTO
    listed = dict(reversed(line.split("  ")) for line in found.files["SHA256SUMS"].decode().splitlines())
    assert listed == {name: sha256(data).hexdigest() for name, data in found.files.items() if name != "SHA256SUMS"}


@pytest.mark.refuses("H-47")
def test_records_are_whole_with_their_history_and_tables_have_the_columns_that_are_documented(home, tmp_path):
    home.released()
    found = Opened(home.archives(tmp_path)[0].path, home.keys[0])
    [case] = found.rows("csv/case.csv")
    whole = json.loads(found.files[f"records/case/{case['id']}.json"])["record"]
    assert whole["history"][0]["was"] == {"alias": "a word"} and whole["alias"] == "-Bell"
    assert (case["ref"], case["alias"], case["changes"], case["made_by"]) == ("K7Q2", "'-Bell", "1", home.worker.id.hex())
    [person] = found.rows("csv/case.people.csv")
    assert (person["record"], person["place"], person["code"], person["more"]) == (case["id"], "0", "A", '{"age": 1}')
    [note] = found.rows("csv/note.csv")
    assert plain(note["text"]) == "=HYPERLINK(a word)" != note["text"] and note["files"] == "1"
    [file] = found.rows("csv/files.csv")
    assert (file["record"], file["name"], file["sha256"]) == (note["id"], "a word.jpg", sha256(PHOTO).hexdigest())
    was = [json.loads(row["was"]) for row in found.rows("csv/history.csv") if row["record"] == case["id"]]
    assert was == [{"alias": "a word"}]
    assert {row["do"] for row in found.rows("csv/acts.csv")} >= {"vault_created", "file_added", "takeout_released"}
    assert {row["handle"] for row in found.rows("csv/accounts.csv")} >= {"officer", "head", "worker", "anna"}
    assert "database" not in found.files["office.toml"].decode()
    documented = (HERE.parents[1] / "docs" / "reference" / "takeout.md").read_text("utf-8")
    for name, of in COLUMNS.items():
        for table, first, own in [(name, HEAD, of.fields), *((f"{name}.{part}", ITEM, own) for part, own in of.lists.items())]:
            assert found.files[f"csv/{table}.csv"].decode().splitlines()[0] == ",".join([*first, *own, *TAIL])
            assert f"\n| `{table}` | {', '.join(f'`{column}`' for column in own)} |\n" in documented, table


@pytest.mark.refuses("H-47")
def test_in_a_demonstration_every_file_says_that_it_is_invented(home, tmp_path):
    home.released()
    found = Opened(home.archives(tmp_path)[0].path, home.keys[0])
    assert "invented" in found.root and found.files["READ-ME.txt"].startswith(b"INVENTED")
    for name in found.files:
        if name.startswith("csv/") or name == "not-opened.csv":
            assert all(row["demonstration"] == "invented" for row in found.rows(name)), name
        if name.startswith("records/"):
            assert json.loads(found.files[name])["demonstration"] == "invented"


@pytest.mark.refuses("H-47")
def test_a_shell_with_age_tar_and_sha256sum_reads_it(home, tmp_path):
    """Without Waystation, and with a Python that has no package."""
    home.released()
    said = by_hand(home.archives(tmp_path)[0].path, home.keys[0], tmp_path)
    tables = {name: tuple(map(int, numbers)) for sort, name, *numbers in said if sort == "table"}
    assert tables["accounts"] == (Account.objects.count(),) * 3 and tables["holders"] == (Grant.objects.count(),) * 3
    assert sum(int(here) for sort, _, _, here, _ in said if sort == "type") == Vault.objects.filter(payload__isnull=False).count()
    assert ["files", "", "1", "1", "1"] in said and ["left", "", "", "", "0"] in said


# ------------------------------------------------------------------------------------------- what could not be opened
@pytest.mark.refuses("H-47")
def test_what_does_not_open_is_listed_with_its_reason_and_the_rest_is_there(home, tmp_path):
    home.released()
    with writing():
        lost, torn = (records.make(home.worker, "note", {"title": "t", "text": "t"}).id for _ in range(2))
    Grant.objects.filter(vault_id=lost, principal=bytes(16)).delete()
    row = Vault.objects.get(pk=torn)
    Vault.objects.filter(pk=torn).update(payload=row.payload[:-1] + bytes([row.payload[-1] ^ 1]))
    body = path_of(home.file)
    whole = body.read_bytes()
    body.write_bytes(whole[:100] + bytes([whole[100] ^ 1]) + whole[101:])
    [one, _] = home.archives(tmp_path)
    found = Opened(one.path, home.keys[0])
    assert found.left() == {lost.hex(): "the recovery key was never given this record", torn.hex(): "tag",
                            home.file.hex(): "its body does not open (chunk)"}
    assert one.counted.left == 3 and found.counts()["kind", "people"][2] == 2 and found.counts()["files", ""] == (1, 0, 1)
    assert f"files/{home.file.hex()}" not in found.files and len(found.rows("csv/note.csv")) == 1


@pytest.mark.refuses("H-47")
def test_a_file_without_a_record_and_a_record_without_its_file_are_listed(home, tmp_path):
    home.released()
    stray, there = File.objects.get(), b"\x07" * 16
    File.objects.create(id=there, vault_id=home.note, wrap=stray.wrap)
    stray.delete()
    found = Opened(home.archives(tmp_path)[0].path, home.keys[0])
    assert found.left() == {there.hex(): "its record does not name it",
                            home.file.hex(): "its record names it, and it is not in the office"}


# --------------------------------------------------------------------------------------------- who may, when, how often
def sign(home, by=None):
    order = home.ask()
    actions.sign(by or home.head, order)
    return order


@pytest.mark.promise("P13")
@pytest.mark.refuses("H-13")
def test_one_person_is_not_enough_and_neither_are_two_of_one_office(home):
    order = home.ask()
    assert rule(actions.sign, home.officer, order) == "same_person"
    another = actions_member(home, "second", ("security_officer",))
    with writing():
        records.admit(home.officer, ["takeout"], another.id, reason="came later")
    assert rule(actions.sign, another, order) == "two_offices"
    assert rule(actions.release, home.officer, order) == "second_signature"
    assert rule(actions.ask, home.worker, purpose="p", agreement="a", until=clock.today(), recipients=[]) == "role"
    both = actions_member(home, "both", ("security_officer", "organisation_head"))
    with writing():
        records.admit(home.officer, ["takeout"], both.id, reason="came later")
    actions.sign(both, order)


def actions_member(home, handle, roles):
    from acts import member
    return member(home.office, handle, roles)


@pytest.mark.promise("P13")
def test_whom_the_asker_invited_this_week_does_not_sign(home):
    order, row = home.ask(), Account.objects.get(pk=home.head.id)
    invited = replace(labels.read_label(row), invited_by=home.officer.id, invited_on=home.office.now.date())
    Account.objects.filter(pk=row.id).update(label=labels.seal_label(row.id, invited))
    assert rule(actions.sign, home.head, order) == "newcomer"


@pytest.mark.promise("P13")
def test_each_step_is_within_a_day_and_the_release_is_once(home):
    order = home.ask()
    home.office.pass_time(hours=24, seconds=1)
    assert rule(actions.sign, home.head, order) == "too_late"
    late = sign(home)
    home.office.pass_time(hours=24, seconds=1)
    assert rule(actions.release, home.officer, late) == "too_late"
    order = sign(home)
    actions.release(home.officer, order)
    assert rule(actions.release, home.head, order) == "used"


@pytest.mark.promise("P13")
def test_nothing_is_asked_signed_or_released_without_confirming_oneself(home):
    unsure = [replace(one, stepped_up_until=None) for one in (home.officer, home.head)]
    assert rule(home.ask, unsure[0]) == "step_up"
    order = home.ask()
    assert rule(actions.sign, unsure[1], order) == "step_up"
    actions.sign(home.head, order)
    assert rule(actions.release, unsure[0], order) == "step_up"


@pytest.mark.promise("P13")
@pytest.mark.refuses("H-25")
def test_recipients_that_were_changed_after_a_signature_get_nothing(home):
    order = sign(home)
    with writing():
        held = kept.one(home.officer, order, "takeout", looked=False)
        said = json.loads(json.dumps(held.body["order"]))
        said["recipients"][0]["key"] = str(pyrage.x25519.Identity.generate().to_public())
        records.change(home.officer, held, {"order": said}, what="order")
    assert rule(actions.release, home.officer, order) == "changed"


@pytest.mark.promise("P13")
def test_signatures_moved_to_another_takeout_do_not_hold(home):
    signed, order = sign(home), home.ask()
    with writing():
        block = kept.one(home.officer, signed, "takeout", looked=False).body["approval"]
        held = kept.one(home.officer, order, "takeout", looked=False)
        said = kept.one(home.officer, signed, "takeout", looked=False).body["order"]
        records.change(home.officer, held, {"approval": block, "order": said}, what="moved")
    assert rule(actions.release, home.officer, order) == "refused"


@pytest.mark.promise("P13")
@pytest.mark.parametrize("who", ["officer", "head"])
def test_a_signer_who_was_locked_since_releases_nothing(home, who):
    order = sign(home)
    Account.objects.filter(pk=getattr(home, who).id).update(state=Account.State.LOCKED)
    assert rule(actions.release, home.officer, order) == "signer_gone"


@pytest.mark.refuses("H-25")
@pytest.mark.parametrize(("recipient", "says"), [
    (("R", "CH", "age1nothing", "0000"), "recipient_key"), (("R", "CH", "", ""), "misheard"), (None, "no_recipient"),
    ("twice", "recipient_twice")])
def test_nothing_leaves_without_a_named_recipient_whose_key_was_heard(home, recipient, says):
    key = str(home.keys[0].to_public())
    right = ("R", "CH", key, fingerprint(key))
    if recipient == "twice":
        asked = [right, right]
    else:
        asked = [] if recipient is None else [(*recipient[:2], recipient[2] or key, recipient[3] or "0" * 20)]
    assert rule(home.ask, recipients=asked) == says
    assert rule(home.ask, recipients=[right], until=clock.today()) == "end"


# -------------------------------------------------------------------------------------------------- at the custodians'
def opened(home, recovery=None, order=None):
    return building.carried(recovery or home.office.recovery, order, clock.today())


@pytest.mark.promise("P13")
@pytest.mark.refuses("H-13")
def test_the_custodians_machine_follows_no_other_order_than_one_that_two_signed_and_released(home):
    assert rule(opened, home) == "no_order"
    order = sign(home)
    assert rule(opened, home) == "no_order"
    assert rule(opened, home, order=order) == "not_released"
    actions.release(home.officer, order)
    assert rule(opened, home, Recovery.new()) == "refused"
    assert opened(home).order.id == order
    Account.objects.filter(pk=home.head.id).update(state=Account.State.LOCKED)
    assert rule(opened, home) == "signer_gone"


@pytest.mark.promise("P13")
def test_an_order_that_says_it_was_released_and_is_not_in_the_record_is_not_followed(home):
    order = sign(home)
    with writing():
        held = kept.one(home.officer, order, "takeout", looked=False)
        records.change(home.officer, held, {"approval": {**held.body["approval"], "used_at": clock.now().isoformat(timespec="seconds")}},
                       what="released")
    assert rule(opened, home) == "not_recorded"


@pytest.mark.promise("P13")
def test_a_later_copy_of_the_office_needs_a_new_order(home):
    home.released()
    home.office.pass_time(hours=24)
    with writing():
        records.make(home.worker, "note", {"title": "t", "text": "t"})
    assert opened(home)
    home.office.pass_time(seconds=1)
    with writing():
        records.make(home.worker, "note", {"title": "t", "text": "t"})
    assert rule(opened, home) == "newer"


@pytest.mark.promise("P13")
def test_what_was_made_is_not_made_again_and_an_end_is_an_end(home, tmp_path):
    order = home.released()
    home.archives(tmp_path)
    with pytest.raises(NotSealed, match="is there already"):
        home.archives(tmp_path)
    here = opened(home).order
    assert rule(building.carried, home.office.recovery, order, here.until.replace(year=here.until.year + 1)) == "over"
    actions.made(home.head, order, text="Handed over.", archives="ab 12")
    assert rule(opened, home, order=order) == "used"
    unreleased = sign(home)
    assert rule(actions.made, home.head, unreleased, text="x", archives="y") == "not_released"


@pytest.mark.promise("P13")
def test_a_forged_signature_is_not_followed(home, monkeypatch):
    order = home.released()
    right = building.orders

    def forged(recovery):
        [one] = right(recovery)
        return [replace(one, approval={**one.approval, "approved_sig": one.approval["asked_sig"]})]

    monkeypatch.setattr(building, "orders", forged)
    assert rule(opened, home, order=order) == "refused"
    assert approvals.WITHIN and orders(home.office.recovery)


# ------------------------------------------------------------------------------------------------------ traces, halves
@pytest.mark.promise("P13")
def test_everybody_is_told_and_every_step_is_in_the_record(home):
    assert told(home.worker) == []
    order = home.released()
    assert len(told(home.worker)) == 1
    [one] = told(home.worker)
    assert (one.by, one.second, one.to, one.made_at) == ("officer", "head", "Country 0, Country 1", None)
    actions.made(home.head, order, text="Handed over.", archives="ab 12")
    [one] = told(home.worker)
    assert one.made_at == clock.now()
    page = queries.one(home.head, order)
    assert (page.state, page.made[0].text, page.may_sign) == ("made", "Handed over.", False)
    assert [one.state for one in queries.listing(home.officer)] == ["made"]
    home.office.pass_time(days=30)
    assert told(home.worker) == []
    keys = {one.id: one.dek for one in building.recovered(home.office.recovery) if one.kind == "audit"}
    said = [one.body["do"] for one in acts(keys) if one.body and one.body.get("vault") == order.hex()]
    steps = [Event.ASKED_FOR_SECOND, Event.SIGNED_SECOND, Event.TAKEOUT_RELEASED, Event.TAKEOUT_MADE]
    assert [one for one in said if one in steps] == steps


@pytest.mark.promise("P13")
@pytest.mark.once
def test_nothing_of_it_lies_anywhere_in_clear(office, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    home = house(office, words=" ".join(WORDS.values()))
    home.released()
    out = tmp_path / "out"
    out.mkdir()
    home.archives(out)
    places = {"out": out, "tmp": tmp_path / "tmp", "home": office.installation.home, "runtime": office.installation.runtime}
    assert {place: words for place, words in scan(places, WORDS.values()).items() if words} == {}
    assert len(list(out.iterdir())) == 2


@pytest.mark.refuses("H-47")
def test_what_is_broken_off_has_no_name(tmp_path):
    key = pyrage.x25519.Identity.generate()

    def half(inlet):
        inlet.write(bytes(3 << 20))
        raise ValueError("power")

    with pytest.raises(ValueError, match="power"):
        seal_into(tmp_path / "x.age", str(key.to_public()), half)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(NotSealed, match="cannot be written"):
        seal_into(tmp_path / "none" / "x.age", str(key.to_public()), half)


KILLED = """
import sys, time
from pathlib import Path
from waystation_web.takeout.sealing import seal_into
def write(inlet):
    for _ in range(8):
        inlet.write(b"Quillowbraith" * 100_000)
    print("half", flush=True)
    time.sleep(60)
seal_into(Path(sys.argv[1]), sys.argv[2], write)
"""


@pytest.mark.refuses("H-47")
def test_what_is_killed_half_way_has_no_name(tmp_path):
    key = pyrage.x25519.Identity.generate()
    running = subprocess.Popen([sys.executable, "-c", KILLED, tmp_path / "x.age", str(key.to_public())],
                               stdout=subprocess.PIPE, text=True)
    assert running.stdout.readline() == "half\n"
    until = time.monotonic() + 10
    while not any(path.stat().st_size for path in tmp_path.iterdir()) and time.monotonic() < until:
        time.sleep(0.01)
    running.send_signal(signal.SIGKILL)
    running.wait()
    running.stdout.close()
    [left] = tmp_path.iterdir()
    assert left.name == "x.age.part" and left.stat().st_size > 0 and b"Quillow" not in left.read_bytes()


# ------------------------------------------------------------------------------------------------------- on the console
class Typed:
    """What two custodians type, and what they were shown."""

    def __init__(self, *lines):
        self.lines, self.shown = list(lines), []

    def __call__(self, question):
        self.shown.append(question)
        return self.lines.pop(0)


@pytest.mark.refuses("H-47")
def test_two_custodians_build_it_on_the_console(home, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(taking_out, "opened", lambda installation: installation)
    order = home.released()
    one, _, three = home.office.recovery.sheets()
    typed = Typed(f"x {one}", one, three, "yes")
    assert taking_out.take_out(home.office.installation, tmp_path, order=order.hex(), ask=typed) == 0
    asked, printed = typed.shown[-1], capsys.readouterr()
    assert all(fingerprint(str(key.to_public())) in asked for key in home.keys) and "officer and head" in asked and "Paper 7" in asked
    assert "word 1 is not in the list" in printed.err
    for path in tmp_path.iterdir():
        assert path.name.removesuffix(".tar.age").rpartition("-")[2] in printed.out and sha256(path.read_bytes()).hexdigest() in printed.out
    assert len(list(tmp_path.iterdir())) == 2 and one not in printed.out


def test_the_console_says_what_to_do(home, tmp_path, monkeypatch):
    monkeypatch.setattr(taking_out, "opened", lambda installation: installation)
    one, two, _ = home.office.recovery.sheets()
    other = Recovery.new().sheets()

    def said(*typed, out=tmp_path, order=""):
        with pytest.raises(Cannot) as why:
            taking_out.take_out(home.office.installation, out, order=order, ask=Typed(*typed))
        return str(why.value)

    assert "is no folder" in said(out=tmp_path / "none")
    assert "32 letters" in said(order="12")
    assert "Two people of the office sign it" in said(one, two)
    assert "another key than this office" in said(*other[:2])
    home.released()
    assert said(one, two, "no") == "Nothing was built."
    Grant.objects.filter(vault_id=home.note, principal=bytes(16)).delete()
    assert taking_out.take_out(home.office.installation, tmp_path, ask=Typed(one, two, "yes")) == taking_out.FOUND
    assert "is there already" in said(one, two, "yes")


@pytest.mark.once
@pytest.mark.soak
def test_a_backup_of_the_day_is_restored_at_the_custodians_and_built_there(office, tmp_path):
    """The whole way by the verbs that people type, each in a process of its own, by the real clock."""
    office.now = datetime.now(UTC).replace(microsecond=0)
    home, key, back, out = house(office), pyrage.x25519.Identity.generate(), tmp_path / "back", tmp_path / "out"
    home.released()
    connection.close()
    place = shutil.copytree(office.installation.home, tmp_path / "office", ignore=shutil.ignore_patterns("run"))
    back.mkdir(mode=0o700)
    out.mkdir()
    (tmp_path / "KEY").write_text(f"{key}\n")
    (tmp_path / "KEY").chmod(0o400)
    settings = place / "office.toml"
    settings.write_text(f'{settings.read_text()}backups = ["{back}"]\nbackup_keys = ["{key.to_public()}"]\n')

    def verb(*words, **more):
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("WAYSTATION_", "DJANGO_"))}
        return subprocess.run([sys.executable, "-m", "waystation_web.office", *map(str, words)], text=True, capture_output=True,
                              env=environment, **more)

    assert verb("backup", place).returncode == 0
    [backup] = back.glob("*Z.age")
    [head] = back.glob("*-head.age")
    sheets = "\n".join(office.recovery.sheets()[:2]) + "\n"
    restored = verb("restore", backup, "--into", tmp_path / "new", "--key", tmp_path / "KEY", "--sheets", "--head", head, input=sheets)
    assert (tmp_path / "new" / "office.toml").is_file(), restored.stderr
    built = verb("takeout", tmp_path / "new", "--out", out, input=f"{sheets}yes\n")
    assert built.returncode == 0, built.stderr
    assert sorted(one.name.rpartition("-")[2].removesuffix(".tar.age") in built.stdout for one in out.iterdir()) == [True, True]

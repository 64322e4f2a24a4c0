"""A copy of the book leaves the house sealed, for named people, signed by two, once. Each way around it is tried."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pyrage
import pytest
from acts import member
from django.urls import reverse
from test_network import keep, opened, row

from waystation.network.columns import BY_NAME
from waystation.network.example import example_book
from waystation.network.files import read_book
from waystation_web.gateways.database import writing
from waystation_web.network import actions, actions_export, queries_export
from waystation_web.network.export import export_held, manifest_of
from waystation_web.network.reading import rows_held
from waystation_web.records import actions as records
from waystation_web.vault import approvals, labels
from waystation_web.vault.errors import NoSuchVault, NotPermitted, Refused
from waystation_web.vault.models import Account, Vault


@pytest.fixture
def keys():
    return [pyrage.x25519.Identity.generate() for _ in range(2)]


@pytest.fixture
def two(office):
    """Two coordinators who hold the whole book."""
    first, second = member(office, "first", ("coordinator",)), member(office, "second", ("coordinator",))
    keep(first, example_book())
    return first, second


def asked(first, keys, purpose="a partner's desk"):
    return actions_export.ask(first, purpose=purpose, recipients=[(f"P{i}", str(key.to_public())) for i, key in enumerate(keys)])


def marks(actor, export):
    return [copy.mark for copy in queries_export.one_export(actor, export).copies]


def rule(act, *given, **more):
    with pytest.raises(NotPermitted) as why:
        act(*given, **more)
    return why.value.rule


@pytest.mark.refuses("H-25")
def test_two_sign_and_each_recipient_gets_their_own_sealed_copy_once(two, keys, tmp_path):
    first, second = two
    export = asked(first, keys)
    actions_export.sign(second, export)
    actions_export.make_copies(first, export)
    there = marks(first, export)
    copies = [actions_export.fetch(first, export, mark) for mark in there]
    for key, other, mark, copy in zip(keys, reversed(keys), there, copies, strict=True):
        assert copy.startswith(b"age-encryption.org/v1") and b"START" not in copy
        clear = bytes(pyrage.decrypt(copy, [key]))
        with pytest.raises(pyrage.DecryptError):
            pyrage.decrypt(copy, [other])                                  # sealed to one person, not to the list
        assert read_book(clear) == opened(first)                           # the same book, in the same order
        notes = json.loads(clear)["read_me"]
        assert mark in notes[0] and "a partner's desk" in notes[0] and mark not in clear.decode().replace(notes[0], "")
    assert rule(actions_export.fetch, first, export, there[0]) == "copy_gone"
    assert [copy.state for copy in queries_export.one_export(first, export).copies] == ["fetched", "fetched"]


def test_a_fetched_copy_is_checked_and_planned_by_the_command_line(two, keys, tmp_path):
    first, second = two
    export = asked(first, keys[:1])
    actions_export.sign(second, export)
    actions_export.make_copies(first, export)
    file = tmp_path / "book.json"
    file.write_bytes(bytes(pyrage.decrypt(actions_export.fetch(first, export, marks(first, export)[0]), [keys[0]])))
    done = subprocess.run([sys.executable, "-m", "waystation", "check", file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.proves("S001-46")
def test_nothing_but_the_book_is_in_a_copy(office, two, keys):
    """Contacts, handles and exact spots lie beside the book in the same kind of vault."""
    first, second = two
    liaison = member(office, "liaison", ("field_liaison",))
    with writing():
        for kind, body in (("contact", {"code_name": "PLANTEDBIRD", "legs": ["PLANTEDBIRD"]}), ("handle", {"value": "PLANTEDBIRD"}),
                           ("spot", {"place": "PLANTEDBIRD", "text": "PLANTEDBIRD", "lat": 41.71234})):
            records.make(liaison, kind, body)
        records.make(first, "leg", {"batch": "PLANTEDBIRD beside the book"})
    export = asked(first, keys[:1])
    actions_export.sign(second, export)
    actions_export.make_copies(first, export)
    clear = bytes(pyrage.decrypt(actions_export.fetch(first, export, marks(first, export)[0]), [keys[0]])).decode()
    assert "PLANTEDBIRD" not in clear and "41.7" not in clear
    assert [one.handle for one in two if one.handle in clear or one.name in clear or one.id.hex() in clear] == []  # who wrote and signed it
    assert set(json.loads(clear)) <= {*BY_NAME, "waystation_route_book", "read_me"}


def test_no_finer_position_than_one_decimal_can_stand_in_the_book(two):
    first, _ = two
    place = row(first, "places", "START")
    from waystation_web.network.faults import Unsound
    with pytest.raises(Unsound):
        actions.change_row(first, place.id, place.cells | {"map_lat": "15.27", "map_lon": "101.1"}, revision=1)
    with writing():                                                        # and one that was planted stops every copy
        held = next(one for one in rows_held(first) if one.code == "START")
        records.change(first, held.written, {"row": held.cells | {"map_lat": 15.27, "map_lon": 101.1}}, what="row")
    with pytest.raises(Unsound):
        asked(first, [pyrage.x25519.Identity.generate()])


@pytest.mark.refuses("H-32")
def test_one_signature_builds_nothing(two, keys):
    first, _ = two
    export = asked(first, keys)
    assert rule(actions_export.make_copies, first, export) == "second_signature"
    assert rule(actions_export.fetch, first, export, marks(first, export)[0]) == "copy_gone"


def test_nobody_signs_twice(two, keys):
    first, _ = two
    assert rule(actions_export.sign, first, asked(first, keys)) == "same_person"


def test_whom_the_asker_invited_this_week_does_not_sign(office, two, keys):
    first, second = two
    row_ = Account.objects.get(pk=second.id)
    invited = replace(labels.read_label(row_), invited_by=first.id, invited_on=office.now.date())
    Account.objects.filter(pk=second.id).update(label=labels.seal_label(second.id, invited))
    assert rule(actions_export.sign, second, asked(first, keys)) == "newcomer"


def test_both_confirm_who_they_are(two, keys):
    first, second = two
    with pytest.raises(NotPermitted) as why:
        asked(replace(first, stepped_up_until=None), keys)
    assert why.value.step_up
    with pytest.raises(NotPermitted) as why:
        actions_export.sign(replace(second, stepped_up_until=None), asked(first, keys))
    assert why.value.step_up


@pytest.mark.parametrize("when", ["before the second signature", "after it"])
def test_a_row_changed_since_ends_it(two, keys, when):
    first, second = two
    export = asked(first, keys)
    if when == "after it":
        actions_export.sign(second, export)
    leg = row(first, "legs", "L1")
    actions.change_row(second, leg.id, leg.cells | {"cost": "16"}, revision=1)
    if when == "after it":
        assert rule(actions_export.make_copies, first, export) == "changed"
    else:
        assert rule(actions_export.sign, second, export) == "changed"


def test_a_row_changed_and_changed_back_is_another_edition(two, keys):
    first, second = two
    export, leg = asked(first, keys), row(first, "legs", "L1")
    actions.change_row(second, leg.id, leg.cells | {"cost": "16"}, revision=1)
    actions.change_row(second, leg.id, leg.cells, revision=2)
    assert rule(actions_export.sign, second, export) == "changed"


@pytest.mark.refuses("H-25")
def test_a_recipient_put_in_afterwards_is_noticed(two, keys):
    first, second = two
    export = asked(first, keys[:1])
    actions_export.sign(second, export)
    with writing():
        held = export_held(first, export)
        body = dict(held.record.body["export"])
        body["recipients"] = [{**body["recipients"][0], "key": str(keys[1].to_public())}]
        records.change(first, held.record, {"export": body}, what="planted")
    assert rule(actions_export.make_copies, first, export) == "changed"


def test_who_holds_less_of_the_book_does_not_sign_for_it(office, two, keys):
    first, _ = two
    late = member(office, "late", ("coordinator",))
    export = asked(first, keys)
    with writing():
        assert records.admit(first, ["place"], late.id, reason="joined") > 0   # the export, and only the places
    from waystation_web.network.faults import Unsound
    with pytest.raises((NotPermitted, Unsound)):
        actions_export.sign(late, export)
    actions.admit(first, late.id, reason="joined")
    actions_export.sign(late, export)                                      # now they see what they sign


def test_it_is_built_once(two, keys):
    first, second = two
    export = asked(first, keys)
    actions_export.sign(second, export)
    actions_export.make_copies(first, export)
    assert rule(actions_export.make_copies, first, export) == "used"
    assert rule(actions_export.sign, second, export) == "signed"


def test_whoever_asked_fetches(two, keys):
    first, second = two
    export = asked(first, keys)
    actions_export.sign(second, export)
    assert rule(actions_export.make_copies, second, export) == "asker"
    actions_export.make_copies(first, export)
    assert rule(actions_export.fetch, second, export, marks(first, export)[0]) == "asker"


@pytest.mark.refuses("H-25")
@pytest.mark.parametrize(("step", "rule_"), [("sign", "too_late"), ("build", "too_late"), ("fetch", "too_late")])
def test_each_step_comes_within_a_day(office, two, keys, step, rule_):
    first, second = two
    export = asked(first, keys)
    if step != "sign":
        actions_export.sign(second, export)
    if step == "fetch":
        actions_export.make_copies(first, export)
    office.now += timedelta(hours=24, seconds=1)
    acts = {"sign": lambda: actions_export.sign(second, export), "build": lambda: actions_export.make_copies(first, export),
            "fetch": lambda: actions_export.fetch(first, export, marks(first, export)[0])}
    assert rule(acts[step]) == rule_


@pytest.mark.refuses("H-25")
@pytest.mark.parametrize(("recipients", "rule_"), [
    ([], "no_recipient"), ([("P", "age1nokey")], "recipient_key"), ([("P", "ssh-ed25519 AAAA")], "recipient_key"),
    ([("P", "")], "recipient_key"), ([("P", "ONE"), ("Q", "ONE")], "recipient_twice"), ([("P", "ONE"), ("P", "TWO")], "recipient_twice")])
def test_nothing_leaves_unsealed(two, keys, recipients, rule_):
    first, _ = two
    named = {"ONE": str(keys[0].to_public()), "TWO": str(keys[1].to_public())}
    assert rule(actions_export.ask, first, purpose="x", recipients=[(code, named.get(key, key)) for code, key in recipients]) == rule_


@pytest.mark.refuses("H-02", "H-25")
def test_nothing_in_clear_lies_in_the_runtime_folder(office, two, keys):
    first, second = two
    export = asked(first, keys)
    actions_export.sign(second, export)
    actions_export.make_copies(first, export)
    places = [path for path in office.installation.runtime.rglob("*") if path.is_file()]
    copies = [path for path in places if path.parent.name == "export"]
    assert len(copies) == 2 and all(b"HALFDAY" not in path.read_bytes() for path in places)
    assert all(path.stat().st_mode & 0o077 == 0 for path in copies)
    for mark in marks(first, export):
        actions_export.fetch(first, export, mark)
    assert not [path for path in copies if path.exists()]


def test_a_copy_put_back_into_the_folder_is_not_given_out_again(office, two, keys):
    first, second = two
    export = asked(first, keys[:1])
    actions_export.sign(second, export)
    actions_export.make_copies(first, export)
    (mark,) = marks(first, export)
    (path,) = [path for path in office.installation.runtime.rglob("*") if path.parent.name == "export"]
    data = actions_export.fetch(first, export, mark)
    path.write_bytes(data)
    assert rule(actions_export.fetch, first, export, mark) == "copy_gone"


def test_the_first_signature_cannot_be_moved_to_another_export(two, keys):
    first, second = two
    one, other = asked(first, keys), asked(first, keys)
    with writing():
        records.change(first, export_held(first, other).record, {"approval": export_held(first, one).approval}, what="planted")
    with pytest.raises((NotPermitted, Refused)):
        actions_export.sign(second, other)


def test_the_manifest_names_every_row_that_leaves(two, keys):
    first, _ = two
    export = asked(first, keys)
    with writing():
        held, rows = export_held(first, export), rows_held(first)
        manifest = manifest_of(held, rows, example_book())
        assert manifest["rows"] == len(rows) and manifest["for_no_state"] is True
        assert manifest_of(held, rows[:-1], example_book())["editions"] != manifest["editions"]
        assert approvals.digest_of(manifest) != approvals.digest_of({**manifest, "purpose": "another"})


# ---------------------------------------------------------------------------------------------------------------- pages
@pytest.fixture
def heron(office):
    person = office.person(roles={"coordinator"}, handle="heron")
    keep(office.actor(person), example_book())
    return office.sign_in(person, stepped_up=True)


def form(keys, **more):
    return {"purpose": "a partner's desk", "recipients": f"P1 {keys[0].to_public()}", "confirmed": "on", "no_state": "on"} | more


def test_the_whole_way_through_the_pages(office, keys):
    person = office.person(roles={"coordinator"}, handle="heron")
    finch = office.sign_in(office.person(roles={"coordinator"}, handle="finch"), stepped_up=True)
    keep(office.actor(person), example_book())
    heron = office.sign_in(person, stepped_up=True)
    done = heron.post(reverse("book-export"), form(keys))
    assert done.status_code == 302, done.content.decode()
    where = done["Location"].partition("?")[0]
    assert "Signed by you" in heron.get(done["Location"]).content.decode() and "sign/" not in heron.get(where).content.decode()
    assert "sign/" in finch.get(where).content.decode()
    assert finch.post(f"{where}sign/").status_code == 302
    assert heron.post(f"{where}build/").status_code == 302
    mark = queries_export.one_export(office.actor(person), bytes.fromhex(where.split("/")[3])).copies[0].mark
    answer = heron.post(f"{where}fetch/", {"mark": mark})
    assert answer.status_code == 200 and answer["Content-Disposition"].startswith("attachment") and answer["Cache-Control"] == "no-store"
    assert read_book(bytes(pyrage.decrypt(answer.content, [keys[0]]))).legs
    assert heron.post(f"{where}fetch/", {"mark": mark}).status_code == 403
    assert heron.post(f"{where}fetch/", {"mark": "../../etc"}).status_code == 400
    assert heron.get(f"{where}fetch/").status_code == 405


@pytest.mark.parametrize("fields", [{"no_state": ""}, {"confirmed": ""}, {"purpose": ""}, {"recipients": ""},
                                    {"recipients": "P1 age1nokey"}, {"recipients": "someone@example age1x"}, {"recipients": "P1"}])
def test_what_is_not_filled_in_well_asks_for_nothing(heron, keys, fields):
    before = Vault.objects.count()
    answer = heron.post(reverse("book-export"), form(keys, **fields))
    assert answer.status_code == 400 and Vault.objects.count() == before


def test_asking_without_confirming_oneself_shows_the_way(office, keys):
    person = office.person(roles={"coordinator"}, handle="heron")
    keep(office.actor(person), example_book())
    client = office.sign_in(person)
    answer = client.post(reverse("book-export"), form(keys))
    assert answer.status_code == 403 and "step-up" in answer.content.decode()


@pytest.mark.parametrize("role", ["case_worker", "field_liaison", "finance", "security_officer", "auditor"])
def test_others_have_no_exports(office, heron, role, keys):
    done = heron.post(reverse("book-export"), form(keys))
    where = done["Location"].partition("?")[0]
    other = office.sign_in(office.person(roles={role}, handle="other"), stepped_up=True)
    assert other.get(reverse("book-export")).status_code == 404 and other.get(where).status_code == 404
    for act in ("sign", "build"):
        assert other.post(f"{where}{act}/").status_code == 404
    assert other.post(f"{where}fetch/", {"mark": "0" * 12}).status_code == 404
    assert other.post(reverse("book-export"), form(keys)).status_code == 403


def test_a_row_is_no_export(office, two):
    first, _ = two
    with pytest.raises(NoSuchVault):
        actions_export.sign(first, row(first, "areas", "WEST").id)

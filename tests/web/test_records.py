"""The one way to keep sealed records: made, changed with history, added to, shared; races and foreign fields refused."""

import pytest
from acts import member

from waystation_web.audit import queries as audit
from waystation_web.gateways.database import writing
from waystation_web.records import actions, queries
from waystation_web.records.record import ABSENT
from waystation_web.vault.errors import Changed, NoSuchVault, NotPermitted

pytestmark = pytest.mark.both


@pytest.fixture
def two(office):
    """Two coordinators and a case worker."""
    return (member(office, "first", ("coordinator",)), member(office, "second", ("coordinator",)),
            member(office, "worker", ("case_worker",)))


def made(actor, **body):
    with writing():
        return actions.make(actor, "case", body or {"wish": "to see her son"})


def test_a_record_is_made_for_its_role_and_says_by_whom(office, two):
    first, second, worker = two
    held = made(first)
    assert (held.revision, held.made.by, held.made.at, held.history) == (1, first.id, office.now, ())
    with writing():
        assert queries.one(second, held.id, "case").body == {"wish": "to see her son"}
        with pytest.raises(NoSuchVault):
            queries.one(worker, held.id, "case")
        assert queries.maybe(worker, held.id, "case") is None


def test_a_change_keeps_what_stood_before(office, two):
    first, second, _ = two
    held = made(first)
    office.pass_time(hours=1)
    with writing():
        now = actions.change(second, held, {"wish": "to stay with her sister", "alias": "KR"}, what="wish", revision=1)
    assert now.revision == 2 and now.body == {"wish": "to stay with her sister", "alias": "KR"}
    line = now.history[0]
    assert (line["by"], line["what"], line["was"]) == (second.id.hex(), "wish", {"wish": "to see her son", "alias": ABSENT})
    assert line["at"] == office.now.isoformat(timespec="seconds")
    with writing():
        gone = actions.change(first, now, {"alias": None}, what="alias")
    assert gone.body == {"wish": "to stay with her sister"} and gone.history[1]["was"] == {"alias": "KR"}


def test_who_writes_after_another_learns_of_it_and_nothing_is_lost(two):
    first, second, _ = two
    held = made(first)
    with writing():
        actions.change(first, held, {"wish": "one"}, what="wish", revision=1)
    with writing(), pytest.raises(Changed):
        actions.change(second, queries.one(second, held.id, "case", looked=False), {"wish": "two"}, what="wish", revision=1)
    with pytest.raises(Changed), writing():
        actions.change(second, held, {"wish": "two"}, what="wish")  # of an edition that is no more
    with writing():
        assert queries.one(first, held.id, "case").body["wish"] == "one"


def test_nothing_changed_is_nothing_written(two):
    first, _, _ = two
    held = made(first)
    with writing():
        assert actions.change(first, held, {"wish": "to see her son"}, what="wish") is held


def test_items_carry_their_own_author_and_their_corrections_keep_the_old(office, two):
    first, second, _ = two
    held = made(first)
    with writing():
        held = actions.add(first, held, "notes", {"text": "a call at night"}, alias="KR")
        held = actions.add(second, held, "notes", {"text": "a call at noon"})
    assert [note["text"] for note in held.body["notes"]] == ["a call at night", "a call at noon"]
    assert [note["by"] for note in held.body["notes"]] == [first.id.hex(), second.id.hex()]
    assert held.body["alias"] == "KR" and "was" not in held.history[0] and held.history[0]["fields"] == ["alias", "notes"]
    which = held.body["notes"][0]["id"]
    with writing():
        held = actions.replace_item(first, held, "notes", which, {"text": "two calls"}, what="note")
        with pytest.raises(NoSuchVault):
            actions.replace_item(first, held, "notes", "0" * 16, {}, what="note")
    assert held.history[-1]["was"]["notes"][0]["text"] == "a call at night"


def test_fields_of_the_office_are_not_an_app_s_to_write(two):
    first, _, _ = two
    with writing(), pytest.raises(ValueError, match="history, revision"):
        actions.make(first, "case", {"history": [], "revision": 9})


def test_a_list_that_does_not_open_whole_says_which(office, two):
    from waystation_web.vault.errors import Refused
    from waystation_web.vault.models import Vault

    first, _, _ = two
    good, bad = made(first), made(first)
    row = Vault.objects.get(pk=bad.id)
    Vault.objects.filter(pk=bad.id).update(payload=bytes(row.payload[:-1]) + bytes([row.payload[-1] ^ 1]))
    with pytest.raises(Refused), writing():
        queries.every(first, "case")
    broken = []
    with writing():
        assert [one.id for one in queries.every(first, "case", refused=broken)] == [good.id]
    assert broken == [bad.id]


def test_who_came_later_is_given_what_their_role_holds(office, two):
    first, _, _ = two
    house = [made(first), made(first)]
    late = member(office, "late", ("coordinator",))
    with writing():
        assert queries.every(late, "case") == []
    with writing():
        assert actions.admit(first, ["case"], late.id, reason="joined") == 2
        assert actions.admit(first, ["case"], late.id, reason="joined") == 0
    with writing():
        assert {one.id for one in queries.every(late, "case")} == {one.id for one in house}
    curious = member(office, "money", ("finance",))
    with writing(), pytest.raises(NotPermitted):
        actions.admit(first, ["case"], curious.id, reason="curious")


def test_what_everybody_reads_unites_nothing(office, two):
    """The roster is no record of people, of the network or of evidence: a field liaison may read it."""
    first, _, _ = two
    liaison = member(office, "liaison", ("field_liaison",))
    auditor = member(office, "auditor", ("auditor",))
    with writing():
        roster = actions.make(first, "duty", {"deferred": []})
        assert queries.one(liaison, roster.id, "duty").body == {"deferred": []}
        with pytest.raises(NoSuchVault):
            queries.one(auditor, roster.id, "duty")


def test_each_act_is_in_the_record(office, two):
    first, second, _ = two
    anna = office.actor(office.people["anna"])
    held = made(first)
    with writing():
        actions.change(first, held, {"wish": "x"}, what="wish")
        queries.every(second, "case")
    with writing():
        actions.end_share(first, held.id, second.id)
    with writing():
        acts = [line.event for line in audit.read(anna)][:5]
    assert {"vault_created", "vault_written", "list_read", "grant_ended"} <= {str(one) for one in acts}

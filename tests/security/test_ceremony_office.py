"""The recovery ceremony in an office: who lost everything reads again, who had left does not, and nothing comes back twice."""

from dataclasses import replace

import acts
import pytest

from waystation.access import Kind, Role
from waystation.cli import recovery
from waystation.vault.ceremony import Request, key_of, read_answer, read_request, respond
from waystation.vault.keys import Secrets
from waystation.vault.recovery import Recovery, public_text
from waystation_web.accounts import ceremony, people, signin
from waystation_web.audit import actions as record
from waystation_web.audit import verify
from waystation_web.audit.events import Event
from waystation_web.audit.models import Entry
from waystation_web.cases import actions as cases
from waystation_web.gateways.database import writing
from waystation_web.office import main, recovering
from waystation_web.vault import labels, queries, trust
from waystation_web.vault import people as vault_people
from waystation_web.vault.errors import Refused
from waystation_web.vault.models import Account, Grant, Vault
from waystation_web.vault.principals import recipient

pytestmark = pytest.mark.promise("P08")
COUNTRIES = ("Nowhere", "Elsewhere")


@pytest.fixture
def lost(office):
    """Vera, alone with a case record of hers, has lost her words; Nils, who read it, was removed; Olga is to read it again."""
    vera, nils, olga = (acts.member(office, name) for name in ("vera", "nils", "olga"))
    vault = acts.create(vera, "where the river is low")
    acts.share(vera, vault, nils)
    people.remove(office.actor(office.people["anna"]), nils.id, reason="left")
    return office, vera, nils, olga, vault


def answered(office, asked, key=None):
    return respond(read_request(asked.raw), key or office.recovery, COUNTRIES).raw


def refused(raw):
    """Which check refused; nothing of it is left."""
    before = rows()
    with pytest.raises(Refused) as why:
        ceremony.take_in_at_console(raw)
    assert rows() == before
    return why.value.kind


def rows():
    return *(list(table.objects.order_by("pk").values_list()) for table in (Account, Grant, Entry)), trust.trust()


# ------------------------------------------------------------------------------------------------- there and back again
def test_who_is_given_it_reads_it_again_and_who_had_left_does_not(lost):
    office, vera, nils, olga, vault = lost
    asked = ceremony.ask_at_console("olga", lost_by="vera")
    assert (dict(asked.kinds), asked.holder_words) == ({Kind.PEOPLE: 1}, olga.secrets.bundle.words)
    assert acts.text(olga, vault) is None
    given = ceremony.take_in_at_console(answered(office, asked))
    assert (given.account, given.vaults, given.days, given.passed_over) == (olga.id, (vault,), 0, 0)
    assert acts.text(olga, vault) == "where the river is low"
    people.remove(office.actor(office.people["anna"]), vera.id, reason="lost her words")   # nobody is left alone with it now
    assert acts.settle(olga).refused == []
    assert [one.version for one in acts.rotate_backlog(olga)] == [2]
    acts.write(olga, vault, "written afterwards")
    assert (acts.text(olga, vault), acts.text(vera, vault), acts.text(nils, vault)) == ("written afterwards", None, None)
    assert acts.findings(office.actor(office.people["anna"])) == []


def test_who_lost_their_words_comes_back_under_another_handle_and_reads_their_case(office):
    anna, vera = office.actor(office.people["anna"]), office.person(roles={"case_worker"}, handle="vera")
    gone = office.person(roles={"case_worker"}, handle="nils")
    case = cases.begin(office.actor(vera), {"wish": "to see her son by the river"})
    page = f"/cases/{case.hex()}/"
    acts.share(office.actor(vera), case, office.actor(gone))
    people.remove(anna, gone.id, reason="left")
    assert "by the river" in office.sign_in(vera).get(page).content.decode()
    again = office.person(roles={"case_worker"}, handle="vera2")         # as in their first week: invited, enrolled, confirmed
    browser = office.sign_in(again)
    assert browser.get(page).status_code == 404
    with pytest.raises(people.HeldAlone):
        people.remove(anna, vera.id, reason="lost her words")
    ceremony.take_in_at_console(answered(office, ceremony.ask_at_console("vera2", lost_by="vera")))
    assert "by the river" in office.sign_in(again).get(page).content.decode()
    people.remove(anna, vera.id, reason="lost her words")
    assert Account.objects.filter(pk__in=[vera.id, gone.id], state=Account.State.REMOVED).count() == 2
    assert set(Grant.objects.filter(vault_id=case).values_list("principal", flat=True)) == {again.id, bytes(16)}
    assert "by the river" in office.sign_in(again).get(page).content.decode()
    assert acts.findings(anna) == []


def test_without_more_it_asks_for_whatever_nobody_can_open(lost):
    office, vera, _, olga, vault = lost
    kept = acts.create(olga)
    with pytest.raises(Refused, match="nothing"):
        ceremony.ask_at_console("olga")
    Account.objects.filter(pk=vera.id).update(state=Account.State.REMOVED)
    with writing():
        asked_for = {one.vault for one in read_request(ceremony.ceremony.ask(office.account(olga), [kept, vault]).raw).vaults}
    assert asked_for == {vault}                      # what one holds already is never asked for
    assert {one.vault for one in read_request(ceremony.ask_at_console(" OLGA ").raw).vaults} == {vault}


def test_records_by_name_and_all_of_the_kinds_that_the_roles_are_given(lost):
    _, vera, _, _, vault = lost
    other = acts.create(vera, "another")
    by_name = ceremony.ask_at_console("olga", vaults=[vault.hex()])
    assert [one.vault for one in read_request(by_name.raw).vaults] == [vault]
    whole = ceremony.ask_at_console("olga", of_roles=True)
    assert {one.vault for one in read_request(whole.raw).vaults} == {vault, other}
    with pytest.raises(Refused, match="nothing"):    # officers read notes, and are not given people's records from the start
        ceremony.ask_at_console("bela", of_roles=True)
    for wrong, error in ((["xyz"], ValueError), (["zz" * 16], ValueError), ([bytes(16).hex()], Refused)):
        with pytest.raises(error):
            ceremony.ask_at_console("olga", vaults=wrong)
    for handle in ("nobody", "nils"):
        with pytest.raises(Refused, match=r"nobody here|certificate"):
            ceremony.ask_at_console(handle)


def test_what_somebody_held_who_made_new_keys_comes_back_too(lost):
    """What they had given the recovery key was signed with keys that no certificate vouches for any more."""
    office, vera, _, _, vault = lost
    fresh, anna = Secrets.new(), office.actor(office.people["anna"])
    with writing():
        vault_people.rewrap_own(vera, fresh)
    certificate = vault_people.certify(anna.secrets, vera.id, fresh.bundle.raw)
    Account.objects.filter(pk=vera.id).update(bundle=fresh.bundle.raw, cert_sig=certificate)
    assert of_recovery(office, vault, office.recovery)
    answer = answered(office, ceremony.ask_at_console("olga", lost_by="vera"))
    assert ceremony.take_in_at_console(answer).vaults == (vault,)


def test_nobody_comes_to_unite_people_network_and_evidence(office):
    vera, _ = acts.member(office, "vera", ["coordinator"]), acts.member(office, "olga")
    leg, note = acts.create(vera, kind="plan"), acts.create(vera)
    asked = ceremony.ask_at_console("olga", lost_by="vera")
    assert [one.vault for one in read_request(asked.raw).vaults] == [note]
    assert dict(asked.elsewhere) == {Kind.NETWORK: 1}
    with pytest.raises(Refused, match="nothing"):
        ceremony.ask_at_console("olga", vaults=[leg.hex()])
    carl = acts.member(office, "carl", ["coordinator"])
    raw = answered(office, ceremony.ask_at_console("carl", lost_by="vera"))
    label = replace(labels.read_label(office.account(carl)), roles=frozenset({Role.CASE_WORKER}))
    Account.objects.filter(pk=carl.id).update(label=labels.seal_label(carl.id, label))
    assert refused(raw) == "united"                  # they have another role since


@pytest.mark.parametrize(("roles", "held", "given"), [
    ({"case_worker"}, set(), {"PEOPLE", "EVIDENCE", "INBOX", "HOUSE", "GUARD"}),
    ({"case_worker"}, {"NETWORK"}, {"PEOPLE", "EVIDENCE", "INBOX", "HOUSE", "GUARD"}),
    ({"researcher"}, {"PEOPLE", "NETWORK"}, {"EVIDENCE", "HOUSE", "GUARD"}),
    ({"researcher"}, {"NETWORK"}, {"EVIDENCE", "HOUSE", "GUARD"}),
    ({"researcher"}, set(), {"PEOPLE", "EVIDENCE", "HOUSE", "GUARD"}),
    ({"coordinator"}, set(), {"PEOPLE", "NETWORK", "INBOX", "HOUSE", "GUARD"}),
    ({"auditor"}, {"NETWORK", "EVIDENCE"}, {"AUDIT", "GUARD"}),
])
def test_kinds_that_a_ceremony_may_give(roles, held, given):
    found = ceremony.ceremony.kinds_for({Role(one) for one in roles}, {Kind[one] for one in held})
    assert {kind.name for kind in found} == given


def test_days_of_the_record_come_back_to_an_auditor(office):
    rita = acts.member(office, "rita", ["auditor"])
    day = Vault.objects.get(kind=Kind.AUDIT)
    Grant.objects.filter(vault=day).exclude(principal=bytes(16)).delete()
    asked = ceremony.ask_at_console("rita", vaults=[day.id.hex()])
    given = ceremony.take_in_at_console(answered(office, asked))
    assert (given.vaults, given.days) == ((), 1)
    assert acts.settle(rita).count >= 1
    assert day.id in {grant.vault_id for grant in queries.current(rita.id)}
    with writing():
        assert verify.days.keys_held(rita)[day.id]


# ----------------------------------------------------------------------------------------------------- what is refused
def test_what_the_recovery_key_of_this_office_did_not_sign_is_refused(lost):
    office, *_ = lost
    raw = answered(office, ceremony.ask_at_console("olga", lost_by="vera"))
    other = Recovery.new()
    forged = read_answer(raw, office.recovery.public.signing_key).signed(other.sign).raw
    assert refused(forged) == "signature"
    for at in range(2, len(raw), 97):
        assert refused(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1:]) == "signature"
    assert {refused(b"\2" + raw[1:]), refused(b""), refused(ceremony.ask_at_console("olga", lost_by="vera").raw)} == {"version"}


def test_an_answer_counts_once(lost):
    office, _, _, olga, vault = lost
    raw = answered(office, ceremony.ask_at_console("olga", lost_by="vera"))
    ceremony.take_in_at_console(raw)
    assert refused(raw) == "request"
    acts.end(olga, vault, olga)
    assert refused(raw) == "request"                 # nor does it bring back what its holder left since


def test_an_answer_that_nobody_waits_for_is_refused(lost):
    office, _, _, _, vault = lost
    first = answered(office, ceremony.ask_at_console("olga", lost_by="vera"))
    second = answered(office, ceremony.ask_at_console("olga", lost_by="vera"))
    assert refused(first) == "request"               # a newer request took its place
    office.pass_time(days=30)
    assert ceremony.take_in_at_console(second).passed_over == 0      # on its last day
    third = answered(office, ceremony.ask_at_console("bela", vaults=[vault.hex()]))
    office.pass_time(days=31)
    assert refused(third) == "request"               # too late


@pytest.mark.once
def test_an_answer_to_another_office_with_the_same_people_and_key_is_refused(lost, monkeypatch):
    office, *_ = lost
    for handle, kind in (("olga", "holder"), ("bela", "request")):
        raw = answered(office, ceremony.ask_at_console(handle, lost_by="vera"))
        with acts.another_office(office, monkeypatch):
            assert refused(raw) == kind


def test_a_request_that_is_put_back_into_the_rows_is_found(lost):
    """Who can write rows could make an old answer count again; the record says that this label is not the last one."""
    office, _, _, olga, vault = lost
    raw = answered(office, ceremony.ask_at_console("olga", lost_by="vera"))
    waiting = office.account(olga).label
    ceremony.take_in_at_console(raw)
    acts.end(olga, vault, olga)
    Account.objects.filter(pk=olga.id).update(label=waiting)
    anna = office.actor(office.people["anna"])
    assert acts.findings(anna) == [f"account {olga.id.hex()}: its label is not the one recorded last"]
    ceremony.take_in_at_console(raw)
    assert [one.partition(": ")[2] for one in acts.findings(anna)] == [
        "is a ceremony that answers no request made here", "names a holder of its vault whom nobody granted it to"]


def test_an_answer_for_somebody_else_is_refused(lost):
    office, _, _, olga, _ = lost
    asked, wanda = ceremony.ask_at_console("olga", lost_by="vera"), acts.member(office, "wanda")
    answer, key = read_answer(answered(office, asked), office.recovery.public.signing_key), office.recovery
    to_wanda = replace(answer, holder=wanda.id, bundle=wanda.secrets.bundle.digest).signed(key.sign)
    assert refused(to_wanda.raw) == "request"        # two custodians cannot turn it to another than the office asked for
    assert refused(replace(answer, holder=bytes(16)).signed(key.sign).raw) == "holder"
    assert refused(replace(answer, bundle=bytes(32)).signed(key.sign).raw) == "holder"
    for state in (Account.State.LOCKED, Account.State.REMOVED):
        Account.objects.filter(pk=olga.id).update(state=state)
        assert refused(answer.raw) == "certificate"


def test_what_was_changed_since_is_passed_over(lost):
    office, vera, _, _, vault = lost
    other = acts.create(vera, "another")
    raw = answered(office, ceremony.ask_at_console("olga", lost_by="vera"))
    acts.rotate(vera, other)
    given = ceremony.take_in_at_console(raw)
    assert (given.vaults, given.passed_over) == ((vault,), 1)
    raw = answered(office, ceremony.ask_at_console("olga", lost_by="vera"))
    acts.rotate(vera, other)
    assert refused(raw) == "nothing"


# ------------------------------------------------------------------------------------------------- record and notices
def entries(office):
    from waystation_web.audit.queries import read

    return [line for line in read(office.actor(office.people["anna"])) if line.event in {
        Event.RECOVERY_ASKED, Event.RECOVERY_DONE, Event.RECOVERED}]


def test_every_step_stands_in_the_record(lost):
    office, _, _, olga, vault = lost
    ceremony.take_in_at_console(answered(office, ceremony.ask_at_console("olga", lost_by="vera")))
    found = entries(office)
    assert [line.event for line in found] == [Event.RECOVERED, Event.RECOVERY_DONE, Event.RECOVERY_ASKED]
    given, done, asked = found
    assert {line.account for line in (given, done, asked)} == {olga.id} and given.vault == vault
    assert (done.why, done.count, asked.count, asked.who) == ("sheets: Nowhere, Elsewhere", 1, 1, "")


@pytest.mark.promise("P12")
def test_a_holder_that_came_by_no_ceremony_is_found(lost):
    office, _, _, olga, vault = lost
    anna = office.actor(office.people["anna"])
    raw = answered(office, ceremony.ask_at_console("olga", lost_by="vera"))
    answer = read_answer(raw, office.recovery.public.signing_key)
    with writing():                                  # the row alone, as whoever has database and host key puts it there
        ceremony.ceremony._insert(olga.id, list(answer.vaults))
    assert acts.findings(anna) == [f"vault {vault.hex()}: {olga.id.hex()} holds it, and the record says otherwise"]
    with writing():                                  # and with an entry that no ceremony stands before
        seq = record.record(None, Event.RECOVERED, vault=vault, account=olga.id)
    assert acts.findings(anna) == [f"entry {seq}: names a holder of its vault whom nobody granted it to"]


@pytest.mark.promise("P12")
def test_a_ceremony_that_answers_no_request_is_found(lost):
    office, _, _, olga, _ = lost
    with writing():
        seq = record.record(None, Event.RECOVERY_DONE, account=olga.id, count=5, digest=bytes(32))
    assert acts.findings(office.actor(office.people["anna"])) == [f"entry {seq}: is a ceremony that answers no request made here"]


def test_everybody_is_told_at_their_next_sign_in_and_confirms_it(lost):
    office, _, _, _, _ = lost
    bela = office.people["bela"]
    keys = office.keys(bela)
    assert signin.enter(office.account(bela), keys, 0).recovered == 0
    ceremony.take_in_at_console(answered(office, ceremony.ask_at_console("olga", lost_by="vera")))
    browser = office.sign_in(bela)
    page = browser.get("/").content.decode()
    assert "gave 1 record back to olga" in page and "list of its ceremonies has changed" in page
    seen = signin.enter(office.account(bela), keys, 0)
    assert (seen.recovered, seen.trust_changed) == (0, True)     # told once; asked until it is confirmed
    assert browser.post("/me/trust/", {"digest": "00"}).status_code == 302
    assert "list of its ceremonies has changed" in browser.get("/").content.decode()
    assert browser.post("/me/trust/", {"digest": trust.trust().digest.hex()}).status_code == 302
    assert "custodians" not in browser.get("/").content.decode()
    assert not signin.enter(office.account(bela), keys, 0).trust_changed


def test_a_file_of_trust_that_could_not_be_written_leaves_everything_as_it_was(lost, monkeypatch):
    office, *_ = lost
    raw = answered(office, ceremony.ask_at_console("olga", lost_by="vera"))
    rows = list(Grant.objects.values_list())
    monkeypatch.setattr(trust, "_put", lambda content: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        ceremony.take_in_at_console(raw)
    monkeypatch.undo()
    assert list(Grant.objects.values_list()) == rows


# -------------------------------------------------------------------------------------------------- at the console
@pytest.fixture
def console(lost, monkeypatch, tmp_path, capsys):
    """`waystation-office`, in this process and with the clock of the test."""
    office = lost[0]
    monkeypatch.setattr(recovering, "opened", lambda installation: installation)
    monkeypatch.chdir(tmp_path)

    def run(verb, *more):
        code = main([verb, str(office.installation.home), *map(str, more)])
        return code, *capsys.readouterr()

    return run


def test_from_the_console_to_the_custodians_and_back(lost, console, tmp_path, capsys):
    office, _, _, olga, vault = lost
    code, said, _ = console("recovery-request", "--for", "olga", "--lost-by", "vera")
    (asked,) = tmp_path.glob("recovery-request-*.bin")
    request = read_request(asked.read_bytes())
    assert code == 0 and "1 records (1 people)" in said
    assert request.words in said and olga.secrets.bundle.words in said and asked.stat().st_mode & 0o777 == 0o600
    typed = iter(["yes", *office.recovery.sheets()[1:], *COUNTRIES])
    assert recovery.main(["open", asked.name], ask=lambda _question: next(typed)) == 0
    (answer,) = tmp_path.glob("recovery-answer-*.bin")
    assert answer.name in said and answer.name in capsys.readouterr().out
    code, said, _ = console("recovery-import", answer)
    assert code == 0 and said.startswith("1 records and 0 days")
    assert acts.text(olga, vault) == "where the river is low"
    code, _, told = console("recovery-import", answer)
    assert code == 2 and "Nothing was changed: this office waits for no such answer" in told


@pytest.mark.parametrize(("verb", "more", "words"), [
    ("recovery-request", ["--for", "olga"], "With --lost-by HANDLE"), ("recovery-request", ["--for", "nobody"], "nobody here is called nobody"),
    ("recovery-request", ["--for", "nils"], "not active here"), ("recovery-request", ["--for", "olga", "--vault", "12"], "has 32 digits"),
    ("recovery-request", ["--for", "olga", "--lost-by", "vera", "--out", "none"], "none is no folder"),
    ("recovery-import", ["none.bin"], "Is the stick in?"), ("recovery-import", ["other.bin"], "is no answer of a ceremony"),
])
def test_what_stands_in_the_way_is_a_sentence(console, tmp_path, verb, more, words):
    (tmp_path / "other.bin").write_bytes(b"something else")
    code, said, told = console(verb, *more)
    assert (code, said) == (2, "")
    assert words in told


def test_a_request_that_cannot_be_written_is_said_and_another_may_be_asked_for(lost, console, tmp_path, monkeypatch):
    monkeypatch.setattr(recovering, "FILE", "none/{}")
    code, _, told = console("recovery-request", "--for", "olga", "--lost-by", "vera")
    assert code == 2 and "cannot be written" in told
    monkeypatch.undo()


def test_what_is_left_out_is_said(office, monkeypatch, tmp_path, capsys):
    vera, _ = acts.member(office, "vera", ["coordinator"]), acts.member(office, "olga")
    broken = acts.create(vera)
    acts.create(vera, kind="plan"), acts.create(vera)
    Grant.objects.filter(vault_id=broken, principal=bytes(16)).delete()
    monkeypatch.setattr(recovering, "opened", lambda installation: installation)
    assert main(["recovery-request", str(office.installation.home), "--for", "olga", "--lost-by", "vera", "--out", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "Left out: 1 records (1 network)" in said and broken.hex() in said


# ---------------------------------------------------------------------------------------------- another recovery key
@pytest.fixture
def changed(lost, console, tmp_path, monkeypatch):
    """The office of Vera and Olga, in which another recovery key was put in the place of the first at the console."""
    fresh = Recovery.new()
    (tmp_path / "recovery-public.txt").write_text(public_text(fresh), "ascii")
    monkeypatch.setattr(recovering.change, "__kwdefaults__", {"ask": lambda _question: fresh.public.words.upper()})
    code, said, _ = console("recovery-change", "recovery-public.txt")
    assert code == 0 and "Everybody who signs in is told" in said and "1 records and 2 days of the record" in said
    return lost, fresh, console


def of_recovery(office, vault, key):
    """Whether the recovery key opens what it was granted of a vault."""
    row = Vault.objects.get(pk=vault)
    asked = ceremony.ceremony._wrapped([row])[0]
    request = Request(bytes(16), bytes(16), key_of(key.public), trust.trust().officers,
                      ceremony.ceremony._person(office.account(office.people["bela"]), recipient(office.account(office.people["bela"]))),
                      ceremony.ceremony._people(), tuple(asked))
    try:
        return bool(respond(request, key, COUNTRIES).vaults)
    except Refused:
        return False


def test_each_sign_in_gives_what_one_holds_to_the_new_recovery_key_until_nothing_waits(changed):
    (office, vera, *_, vault), fresh, console = changed
    anna = office.people["anna"]
    day = Vault.objects.filter(kind=Kind.AUDIT, rotate_due=True).first().id
    assert [of_recovery(office, one, key) for one in (vault, day) for key in (office.recovery, fresh)] == [True, False] * 2
    assert signin.enter(office.account(vera), vera.secrets, 0).rotated == 1
    assert [of_recovery(office, vault, key) for key in (office.recovery, fresh)] == [False, True]
    assert console("recovery-change")[0] == 1                        # the days of the record wait for somebody who reads them
    assert signin.enter(office.account(anna), office.keys(anna), 0).trust_changed
    assert [of_recovery(office, day, key) for key in (office.recovery, fresh)] == [False, True]
    code, said, _ = console("recovery-change")
    assert code == 0 and said.startswith("Nothing waits")
    assert acts.findings(office.actor(anna)) == []
    asked = ceremony.ask_at_console("olga", lost_by="vera")
    with pytest.raises(Refused, match="another recovery key"):
        answered(office, asked)
    ceremony.take_in_at_console(answered(office, asked, key=fresh))


def test_a_record_that_no_longer_waits_without_a_new_key_is_found(lost):
    (office, vera, *_), fresh = lost, Recovery.new()
    vault = acts.create(vera, "one that waited for nothing")
    ceremony.change_recovery_key_at_console(public_text(fresh), fresh.public.words)
    Vault.objects.filter(pk=vault).update(rotate_due=False)
    assert acts.findings(office.actor(office.people["anna"])) == [
        f"vault {vault.hex()}: somebody left it, it has no new key, and it does not wait for one"]


def test_a_key_that_was_exchanged_on_its_way_or_counts_already_changes_nothing(lost, console, tmp_path, monkeypatch):
    office, *_ = lost
    before = rows()
    for key, words, told in ((Recovery.new(), office.recovery.public.words, "not the eight words"),
                             (office.recovery, office.recovery.public.words, "this one already")):
        (tmp_path / "public.txt").write_text(public_text(key), "ascii")
        monkeypatch.setattr(recovering.change, "__kwdefaults__", {"ask": lambda _question, words=words: words})
        code, _, said = console("recovery-change", "public.txt")
        assert code == 2 and told in said and rows() == before
    assert "is the stick in" in console("recovery-change", "none.txt")[2]


def test_what_a_ceremony_gave_is_taken_by_its_reader_before_the_key_may_change(lost):
    office, _, _, olga, vault = lost
    ceremony.take_in_at_console(answered(office, ceremony.ask_at_console("olga", lost_by="vera")))
    fresh = Recovery.new()
    with pytest.raises(Refused, match="sign in first"):
        ceremony.change_recovery_key_at_console(public_text(fresh), fresh.public.words)
    signin.enter(office.account(olga), olga.secrets, 0)
    ceremony.change_recovery_key_at_console(public_text(fresh), fresh.public.words)
    assert acts.text(olga, vault) == "where the river is low"

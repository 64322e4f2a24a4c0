"""Who is on duty, who stands in, what is handed over; guidance that stays here; limits; what is kept about those who work."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from acts import member
from django.urls import reverse

from waystation_web.duty import actions, pages
from waystation_web.duty.fit import fitness
from waystation_web.duty.forms import LimitsForm, ShiftForm
from waystation_web.duty.queries import limits
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.records import queries as kept
from waystation_web.vault.errors import NotPermitted

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def two(office):
    return member(office, "first", ("coordinator",)), member(office, "second", ("case_worker",))


def on(office, actor, who, hours, start=None):
    start = start or office.now
    actions.go_on(actor, who=who.id, start=start, end=start + timedelta(hours=hours))


@pytest.mark.proves("S001-47")
def test_a_shift_is_handed_over_read_and_taken(office, two):
    first, second = two
    on(office, first, first, 8, office.now - timedelta(hours=2))
    assert [one.who for one in pages.roster(second).now] == ["first"]
    actions.hand(first, to=second.id, typed={"open": "K7Q2 calls at 18:00.", "promised": "A doctor.", "deferred": ""})
    page = pages.roster(second)
    assert page.now == () and page.handed[0].of.open == "K7Q2 calls at 18:00." and page.handed[0].of.read_at is None
    with pytest.raises(NotPermitted):
        actions.take(first, page.handed[0].of.id)
    actions.take(second, page.handed[0].of.id)
    assert pages.roster(first).handed[0].of.read_by == second.id
    with pytest.raises(NotPermitted):
        actions.hand(first, to=first.id, typed={"open": "x", "promised": "", "deferred": ""})


@pytest.mark.proves("S001-47")
@pytest.mark.refuses("H-49")
def test_nobody_stays_on_for_more_than_twelve_hours_whatever_the_pieces(office, two):
    first, second = two
    on(office, first, first, 12)
    with pytest.raises(NotPermitted) as why:
        on(office, first, first, 1, office.now + timedelta(hours=12))
    assert why.value.rule == "H-49"
    with pytest.raises(NotPermitted):
        on(office, first, second, 13)
    on(office, first, second, 12, office.now + timedelta(hours=12))  # somebody else does


@pytest.mark.proves("S001-47")
def test_who_is_away_has_a_stand_in_who_is_here(office, two):
    first, second = two
    today = office.now.date()
    with pytest.raises(NotPermitted):
        actions.away(first, who=first.id, first=today, last=today, stand_in=first.id)
    actions.away(first, who=first.id, first=today, last=today + timedelta(days=3), stand_in=second.id)
    with pytest.raises(NotPermitted):
        on(office, first, first, 4)
    with pytest.raises(NotPermitted):  # both at once: nobody would be left
        actions.away(second, who=second.id, first=today, last=today, stand_in=first.id)
    assert [(one.who, one.other) for one in pages.roster(second).leaves] == [("first", "second")]
    assert "why" not in " ".join(pages.roster(second).leaves[0].of.__slots__)


@pytest.mark.refuses("W-09")
def test_whether_one_is_fit_is_said_and_what_nobody_wrote_is_not_known(office, two):
    first, _ = two
    with writing():
        assert fitness(first, office.now).hours_on is None and fitness(first, office.now).last_rest is None
    on(office, first, first, 6, office.now - timedelta(hours=20))
    on(office, first, first, 8, office.now - timedelta(hours=3))
    with writing():
        said = fitness(first, office.now)
    assert (said.hours_on, said.decisions_today, said.last_rest) == (3, 0, office.now - timedelta(hours=3))


@pytest.mark.proves("S001-16")
def test_guidance_cards_are_the_organisation_s_own_and_none_is_shipped(office, two):
    first, second = two
    card = actions.write_card(first, title="Buses (invented)", text="Sit apart.")
    assert [(one.title, one.text) for one in pages.cards(second)] == [("Buses (invented)", "Sit apart.")]
    with pytest.raises(NotPermitted):
        actions.write_card(second, title="x", text="y")
    actions.write_card(first, title="Buses (invented)", text="Sit apart, and do not sleep.", card=card, revision=1)
    assert pages.cards(second)[0].revision == 2
    shipped = [path for path in (ROOT / "src").rglob("*") if path.is_file() and "card" in path.stem and path.suffix in {".json", ".csv", ".md", ".txt", ".toml"}]
    assert shipped == []
    from waystation_web.vault.models import Vault

    assert b"Sit apart" not in Vault.objects.get(pk=card).payload


def test_limits_have_defaults_and_are_set_by_those_who_answer_for_them(office, two):
    first, _ = two
    guard = member(office, "guard", ("security_officer",))
    fields = {"second_signature_above": "500 USD", "exposure_limit": 9, "cool_off_hours": 96, "ransom_hold_hours": 24,
              "review_days": 5}
    with pytest.raises(NotPermitted):
        actions.set_limits(first, fields)
    actions.set_limits(guard, fields)
    actions.set_limits(guard, fields | {"exposure_limit": None})
    with writing():
        held = limits(first)
    assert (str(held.second_signature_above), held.exposure_limit, held.cool_off_hours) == ("500 USD", None, 96)


def test_a_newcomer_reads_nothing_of_the_house_until_a_colleague_lets_them(office, two):
    first, second = two
    on(office, first, first, 4)
    late = member(office, "late", ("finance",))
    assert pages.roster(late).now == ()
    assert "late" in [one.handle for one in pages.roster(first).strangers]
    assert actions.admit(first, late.id) == 1
    assert [one.who for one in pages.roster(late).now] == ["first"]
    assert "late" not in [one.handle for one in pages.roster(second).strangers]


@pytest.mark.proves("S001-46")
def test_who_works_here_sees_what_is_kept_of_them_and_of_nobody_else(office, two):
    first, second = two
    on(office, first, first, 4)
    on(office, first, second, 5)
    mine = pages.mine(second)
    assert mine.name == "second" and [one.who for one in mine.shifts] == [second.id]
    person = office.person(roles={"finance"}, handle="heron")
    page = office.sign_in(person).get(reverse("duty-mine")).content.decode()
    assert "absent means no" in page and "first" not in page.partition("<main")[2]


def test_pages_and_forms(office):
    person = office.person(roles={"coordinator"}, handle="heron")
    other = office.person(roles={"case_worker"}, handle="wren")
    client = office.sign_in(person)
    day = date(2026, 3, 2).isoformat()
    assert client.post(reverse("duty-shift"), {"who": person.id.hex(), "day": day, "hour": 8, "hours": 6}).status_code == 302
    page = client.get(reverse("duty")).content.decode()
    assert "heron" in page and "14:00 UTC" in page
    assert client.post(reverse("duty-shift"), {"who": person.id.hex(), "day": day, "hour": 25}).status_code == 400
    assert client.post(reverse("duty-leave"), {"who": person.id.hex(), "first": "2026-03-05", "last": "2026-03-04",
                                               "stand_in": other.id.hex()}).status_code == 400
    assert client.post(reverse("duty-hand"), {"to": other.id.hex(), "open": "x"}).status_code == 302
    assert client.get(reverse("duty-fit")).status_code == client.get(reverse("duty-limits")).status_code == 200
    assert client.post(reverse("duty-cards"), {"title": "a", "text": "b"}).status_code == 302
    assert client.post(reverse("duty-limits"), {"second_signature_above": "5"}).status_code == 400


def test_the_longest_time_on_duty_and_the_office_s_own_clock_are_limits_too(office, two):
    first, _ = two
    guard = member(office, "guard", ("security_officer",))
    actions.set_limits(guard, {"most_hours": 8, "time_zone": "Asia/Seoul"})
    with pytest.raises(NotPermitted) as why:
        on(office, first, first, 9)
    assert why.value.rule == "H-49"
    on(office, first, first, 8)
    assert str(pages.roster(first).zone) == "Asia/Seoul" and pages.roster(first).most_hours == 8
    form = ShiftForm({"who": "a", "day": "2026-03-03", "hour": "7", "hours": "6"}, people=[("a", "a")], zone=pages.roster(first).zone)
    assert form.is_valid()
    start, end = form.span()  # seven in Seoul is ten in the evening before in UTC: nine hours, no summer time there
    assert (start.isoformat(), end.isoformat()) == ("2026-03-02T22:00:00+00:00", "2026-03-03T04:00:00+00:00")
    actions.set_limits(guard, {"most_hours": None, "time_zone": None})
    assert pages.roster(first).zone is None and pages.roster(first).most_hours == 12
    sent = {"second_signature_above": "500 USD", "cool_off_hours": "72", "ransom_hold_hours": "24", "review_days": "7"}
    assert LimitsForm(sent).is_valid() and LimitsForm(sent | {"time_zone": "Asia/Seoul"}).is_valid()
    assert "time_zone" in LimitsForm(sent | {"time_zone": "../../etc/passwd"}).errors


@pytest.mark.proves("S001-48")
def test_who_follows_is_named_for_every_role_and_a_post_held_by_one_alone_is_said(office, two):
    first, second = two
    guard = member(office, "guard", ("security_officer",))

    def post(role):
        return next(one for one in pages.posts(first)[0] if one.role == role)

    assert post("coordinator").who == ("first",) and post("coordinator").alone
    with pytest.raises(NotPermitted):
        actions.name_deputies(first, {"coordinator": second.id.hex()})
    actions.name_deputies(guard, {"coordinator": second.id.hex(), "finance": ""})
    assert (post("coordinator").follows, post("coordinator").alone) == ("second", False)
    assert not post("finance").alone  # nobody does it: that is another thing, and stands there as a dash
    actions.name_deputies(guard, {})
    assert post("coordinator").alone
    client = office.sign_in(office.person(roles={"organisation_head"}, handle="heron"))
    assert "one person alone, and nobody follows" in client.get(reverse("duty-deputies")).content.decode()
    assert client.post(reverse("duty-deputies"), {"coordinator": second.id.hex()}).status_code == 302
    assert post("coordinator").follows == "second"
    assert client.post(reverse("duty-deputies"), {"coordinator": "00" * 16}).status_code == 400


@pytest.mark.proves("S001-46")
def test_whoever_works_here_is_named_outside_by_their_own_word_alone(office, two):
    first, second = two
    with writing():
        assert not pages.may_be_named(first.id, kept.every(second, "duty", looked=False))  # absent means no
    actions.be_named(first, named=True)
    with writing():
        held = kept.every(second, "duty", looked=False)
    assert pages.may_be_named(first.id, held) and not pages.may_be_named(second.id, held)
    with writing():  # planted: a colleague writes that somebody else agrees; it is their own word, and counts for them alone
        records.make(second, "duty", {"sort": "naming", "named": True, "who": first.id.hex()})
    actions.be_named(first, named=False)
    with writing():
        held = kept.every(second, "duty", looked=False)
    assert not pages.may_be_named(first.id, held)
    client = office.sign_in(office.person(roles={"finance"}, handle="heron"))
    assert client.post(reverse("duty-named"), {"named": "yes"}).status_code == 302
    assert "yes, as long as I do not take it back" in client.get(reverse("duty-mine")).content.decode()
    assert client.post(reverse("duty-named"), {"named": "perhaps"}).status_code == 400

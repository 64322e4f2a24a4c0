"""The pages of the ledger in a browser without scripts: what stands there, what is asked, what is refused."""

from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from markup import Page

from waystation_web.gateways.database import writing
from waystation_web.records import actions as records


@pytest.fixture
def house(office):
    """A coordinator, a case worker and finance, signed in and confirmed, and a case."""

    house = SimpleNamespace(office=office, people={
        name: office.person(roles={role}, handle=name)
        for name, role in (("heron", "coordinator"), ("swift", "case_worker"), ("wren", "finance"))})
    house.co, house.cw, house.fi = (office.sign_in(house.people[name], stepped_up=True) for name in ("heron", "swift", "wren"))
    with writing():
        house.case = records.make(office.actor(house.people["heron"]), "case", {"ref": "K7Q2"},
                                  holders=[house.people["swift"].id]).key
    return house


def at(name, **ids):
    return reverse(name, kwargs=ids)


LINE = {"kind": "fee", "amount": "5,000", "currency": "USD", "direction": "out", "payer": "organisation", "day": "2026-03-02",
        "contact": "heron-9", "method": "cash", "due": "", "purpose": "the way to the river", "repay": "yes", "legal": "none",
        "legal_note": "", "second": ""}


def write(house, client=None, **more):
    client = client or house.cw
    where = at("case-money-new", case=house.case) if client is not house.fi else at("money-new")
    done = client.post(where, LINE | more)
    assert done.status_code == 302, done.content.decode()
    return done["Location"].split("?")[0]


def text(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[-2000:]
    return " ".join(Page(answer.content.decode()).words)


def test_a_fee_of_five_thousand_from_the_case_page_to_the_receipt(house):
    where = write(house)
    shown = text(house.cw.get(where))
    assert "Pay this?" in shown and "5,000.00 USD" in shown and "two must sign" in shown
    assert "yes, it becomes their debt" in shown and "smuggling for gain" in shown and "It was paid" not in shown
    sent = {"reason": "the last bus", "read": "on"}
    assert house.cw.post(f"{where}ask/", sent)["Location"] == f"{where}?done=asked"
    shown = text(house.fi.get(where))
    assert "Sign as the second" in shown and "the last bus" in shown
    assert "Sign as the second" not in text(house.cw.get(where))
    assert house.fi.post(f"{where}sign/", {"reason": "read", "read": "on"}).status_code == 302
    shown = text(house.fi.get(f"{where}?done=signed"))
    assert "Signed by two." in shown and "It was paid" in shown
    paid = {"day": "2026-03-02", "file": SimpleUploadedFile("receipt.jpg", b"a picture"), "sure": "on", "no_receipt": ""}
    assert house.fi.post(f"{where}pay/", paid)["Location"] == f"{where}?done=paid"
    shown = text(house.cw.get(where))
    assert "paid 2026-03-02" in shown and "receipt.jpg" in shown and "Take it back" in shown
    link = next(one for one in Page(house.cw.get(where).content.decode()).links if "/files/" in one)
    got = house.cw.get(link)
    assert b"".join(got.streaming_content) == b"a picture" and "receipt" not in got["Content-Disposition"]
    assert house.co.get(link).status_code == 404
    got.close()


@pytest.mark.parametrize(("form", "sent", "said"), [
    ("ask", {"reason": "", "read": "on"}, "This field is required."),
    ("ask", {"reason": "x"}, "This field is required."),
    ("back", {"reason": ""}, "This field is required."),
])
def test_a_form_without_words_or_without_its_tick_changes_nothing(house, form, sent, said):
    where = write(house)
    assert said in text(house.cw.post(f"{where}{form}/", sent), 400)
    assert "two must sign" in text(house.cw.get(where))


def test_nothing_is_paid_before_it_is_signed_and_the_page_says_what_is_missing(house):
    where = write(house)
    stopped = text(house.fi.post(f"{where}pay/", {"day": "2026-03-02", "sure": "on", "no_receipt": "cash"}), 409)
    assert "Nothing was saved. This is missing:" in stopped and "Two signatures are missing" in stopped
    assert house.fi.post(f"{where}pay/", {"day": "2026-03-02", "no_receipt": "cash"}).status_code == 400      # not with one touch
    assert house.fi.post(f"{where}pay/", {"day": "2026-03-02", "sure": "on"}).status_code == 400               # no receipt, no words
    assert house.fi.post(f"{where}pay/", {"day": "2026-03-03", "sure": "on", "no_receipt": "x"}).status_code == 400
    assert house.fi.get(f"{where}pay/").status_code == 405


def test_who_did_not_confirm_is_asked_to(house):
    where = write(house)
    house.office.pass_time(minutes=6)
    answer = house.cw.post(f"{where}ask/", {"reason": "x", "read": "on"})
    assert "Confirm that it is you" in text(answer, 403)
    assert "two must sign" in text(house.cw.get(where))


@pytest.mark.proves("S001-21", "S002-17")
@pytest.mark.refuses("W-11", "W-12")
@pytest.mark.parametrize(("kind", "law", "words"), [
    ("bribe", "bribery", "Bribery is a crime"), ("ransom", "ransom", "may be a trap")])
def test_a_bribe_and_a_ransom_come_with_their_law_or_not_at_all(house, kind, law, words):
    refused = text(house.cw.post(at("case-money-new", case=house.case), LINE | {"kind": kind, "amount": "10"}), 400)
    assert "Say which law may ask about this." in refused
    refused = text(house.cw.post(at("case-money-new", case=house.case), LINE | {"kind": kind, "amount": "10", "legal": law}), 400)
    assert "Write what counsel said" in refused
    where = write(house, kind=kind, amount="10", legal=law, legal_note="counsel was asked", flags=["soon", "before_proof"])
    shown = text(house.cw.get(where))
    assert words in shown and "an answer is wanted within a day" in shown and "A bribe or a ransom always needs two people." in shown
    assert ("Nobody pays before" in shown) is (kind == "ransom")
    assert ("Do not pay" in shown) is (kind == "ransom")


@pytest.mark.refuses("W-12")
@pytest.mark.parametrize(("fields", "words"), [
    ({"kind": "guide"}, "smuggling for gain"), ({"kind": "fee"}, "smuggling for gain"),
    ({"kind": "food", "legal": "sanctions"}, "Sanctions may forbid"), ({"kind": "food", "legal": "laundering"}, "money laundering")])
def test_what_the_law_may_call_it_stands_beside_a_payment(house, fields, words):
    assert words in text(house.cw.get(write(house, **fields)))
    assert words not in text(house.cw.get(write(house, kind="food")))


@pytest.mark.refuses("W-06")
def test_a_reward_half_as_much_again_as_those_before_is_called_a_jump(house):
    told = {"what": "reward", "currency": "CNY", "unit": "family", "place": "CN-22", "reliability": "C", "credibility": "3",
            "source": "an invented notice"}
    for day, amount in enumerate(("100", "90", "110", "150"), 1):
        assert "a jump" not in text(house.co.get(at("money-told")))
        sent = told | {"amount": amount, "day": f"2026-02-{day:02}"}
        assert house.fi.post(at("money-told"), sent).status_code == 302
    assert text(house.co.get(at("money-told"))).count("a jump: half as much again") == 1


@pytest.mark.proves("S002-17")
def test_two_answer_a_ransom_with_no(house):
    where = write(house, kind="ransom", amount="10", legal="ransom", legal_note="counsel", proof_asked="on",
                  second=house.people["heron"].id.hex())
    sent = {"reason": "it is a trap", "read": "on", "choice": "refuse"}
    assert house.co.post(f"{where}ask/", sent).status_code == 302
    assert "Sign: Do not pay" in " ".join(text(house.fi.get(where)).split())
    house.fi.post(f"{where}sign/", {"reason": "I think so too", "read": "on"})
    assert "two decided not to pay" in text(house.fi.get(where))


def test_finance_sees_codes_and_no_way_to_a_case(house):
    write(house)
    shown = text(house.fi.get(at("ledger")))
    assert "K7Q2" in shown and "heron-9" in shown and "You see the lines that were shared" not in shown
    assert house.fi.get(at("case-money", case=house.case)).status_code == 404
    assert f"/cases/{house.case}" not in house.fi.get(at("ledger")).content.decode()
    assert "You see the lines that were shared" in text(house.co.get(at("ledger")))


def test_a_coordinator_sees_what_they_are_named_on_alone(house):
    one, other = write(house), write(house, second=house.people["heron"].id.hex())
    assert (house.co.get(one).status_code, house.co.get(other).status_code) == (404, 200)
    assert text(house.co.get(at("case-money", case=house.case))).count("5,000.00 USD ") >= 1


def test_code_names_stand_in_no_address(house):
    write(house)
    shown = text(house.fi.post(at("money-balances"), {"code": "heron-9"}))
    assert shown.count("heron-9") > 2
    for page in (at("ledger"), at("money-balances")):
        assert not any("heron-9" in link or "K7Q2" in link for link in Page(house.fi.get(page).content.decode()).links)


def test_a_line_is_written_anew_and_whoever_comes_second_learns_of_it(house):
    where = write(house, amount="20")
    form = next(one for one in Page(house.cw.get(f"{where}edit/").content.decode()).forms if any(f.name == "purpose" for f in one.fields))
    assert {field.name: field.value for field in form.fields}["revision"] == "1"
    assert house.cw.post(f"{where}edit/", LINE | {"amount": "30", "revision": "1"}).status_code == 302
    assert "Somebody else wrote this meanwhile" in text(house.cw.post(f"{where}edit/", LINE | {"amount": "40", "revision": "1"}), 409)
    assert "30.00 USD" in text(house.cw.get(where))


def test_a_debt_from_the_case_page(house):
    sent = {"creditor": "heron-9", "amount": "12000000", "currency": "KRW", "since": "2026-03-01", "interest": "2", "schedule": "",
            "months": "30", "first": "2026-04-01", "asked": "yes", "security": ["documents"], "works": "no", "work_ends": "unknown",
            "income": "1200000", "note": ""}
    done = house.cw.post(at("case-debt-new", case=house.case), sent)
    where = done["Location"].split("?")[0]
    shown = text(house.cw.get(where))
    assert "120 where the grant is 100" in shown and "Protection" in shown and "papers" in shown
    assert "53 where a month's income is 100" in shown    # 400,000 + 240,000 of 1,200,000 in the first month
    assert house.cw.post(f"{where}pay/", {"day": "2026-03-02", "amount": "2,000,000"}).status_code == 302
    assert "10,000,000 KRW" in text(house.cw.get(where))
    assert "This currency has no smaller coin" in text(house.cw.post(f"{where}pay/", {"day": "2026-03-02", "amount": "0.5"}), 400)
    shown = text(house.cw.get(at("case-money", case=house.case)))
    assert "protection" in shown and "10,000,000 KRW" in shown and "Nobody has checked this figure." in shown
    payment = next(f.value for form in Page(house.cw.get(where).content.decode()).forms for f in form.fields if f.name == "payment")
    house.cw.post(f"{where}void/", {"payment": payment})
    assert "a mistake" in text(house.cw.get(where))
    house.cw.post(f"{where}answer/", {"text": "asked her alone"})
    assert "asked her alone" in text(house.fi.get(where))
    rewritten = sent | {"security": [], "schedule": "2026-05-01 6000000\n2026-06-01 6000000", "months": "", "revision": "4"}
    assert house.cw.post(where, rewritten).status_code == 302
    assert "2026-05-01" in text(house.cw.get(where)) and "Protection" not in text(house.cw.get(where))
    assert "Write each line as a day and an amount" in text(house.cw.post(where, rewritten | {"schedule": "soon 5"}), 400)


def test_figures_and_what_was_reported(house):
    figures = at("money-figures")
    rate = {"rate-base": "USD", "rate-value": "7.30", "rate-quote": "CNY", "rate-day": "2026-03-01", "rate-source": "a bank"}
    assert house.fi.post(at("money-rate"), rate)["Location"] == f"{figures}?done=added"
    assert "7.3 CNY" in text(house.co.get(figures)) and "not checked" in text(house.co.get(figures))
    for wrong, said in (({"rate-value": "0"}, "Write a number"), ({"rate-quote": "USD"}, "Choose two currencies."),
                        ({"rate-base": "dollar"}, "at most 3 characters")):
        assert said in text(house.fi.post(at("money-rate"), rate | wrong), 400)
    wage = {"wage-place": "CN", "wage-amount": "2500", "wage-currency": "CNY", "wage-day": "2026-01-01", "wage-source": "a survey"}
    assert house.fi.post(at("money-wage"), wage).status_code == 302
    grant = {"grant-year": "2026", "grant-amount": "15000000", "grant-source": "asked", "grant-checked": "on"}
    assert house.fi.post(at("money-grant"), grant).status_code == 302
    told = {"what": "reward", "amount": "15000", "currency": "CNY", "unit": "family", "place": "CN-22", "day": "2026-03-02",
            "reliability": "C", "credibility": "3", "source": "an invented notice"}
    assert house.fi.post(at("money-told"), told).status_code == 302
    assert "15,000.00 CNY" in text(house.co.get(at("money-told"))) and "about 6" in text(house.co.get(at("money-told")))
    assert "Write a country or a province" in text(house.fi.post(at("money-told"), told | {"place": "Invented town"}), 400)
    sold = {f"sold-{name}": value for name, value in (told | {"told": "12,000 CNY"}).items()}
    assert house.cw.post(at("money-sold"), sold).status_code == 302
    assert "12,000 CNY" in text(house.fi.get(at("money-told"))) and "12,000 CNY" not in text(house.co.get(at("money-told")))


def test_the_ledger_is_taken_out_confirmed_and_with_a_reason(house):
    write(house)
    out = house.fi.post(at("money-export"), {"reason": "the yearly audit"})
    assert out.status_code == 200 and out["Content-Type"].startswith("text/csv") and "heron-9" in out.content.decode("utf-8-sig")
    assert "river" not in out.content.decode("utf-8-sig") and out["Cache-Control"] == "no-store"
    assert house.fi.post(at("money-export"), {"reason": ""}).status_code == 400
    assert house.cw.get(at("money-export")).status_code == 403
    house.office.pass_time(minutes=6)
    assert "Confirm that it is you" in text(house.fi.post(at("money-export"), {"reason": "x"}), 403)


def test_roles_without_money_get_no_page(house, office):
    for role in ("field_liaison", "researcher", "auditor"):
        client = office.sign_in(office.person(roles={role}))
        for page in ("ledger", "money-balances", "money-figures", "money-told", "money-new", "money-export"):
            assert client.get(at(page)).status_code == 403, (role, page)
        assert client.get(write(house, amount="5")).status_code == 404

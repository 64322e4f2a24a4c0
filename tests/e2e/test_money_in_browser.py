"""Money in a real browser: a fee above the limit is signed by two at two browsers, paid, summed up; a debt stands against the grant."""

import re

import pytest
from hands import Hands

LOOKS = [pytest.param("en", 1440, False, marks=pytest.mark.soak), ("ko", 360, True)]  # with the mouse; on a phone and by the keyboard alone
YOURSELF = {"en": "You asked for this yourself.", "ko": "본인이 요청한 일입니다."}
TWICE = """form => { form.action = form.action.replace('/refuse/', '/sign/');
                     form.insertAdjacentHTML('beforeend', '<input type=hidden name=read value=on>') }"""


def in_korean(tab, office):
    tab.goto(office.origin + "/me/")
    tab.select_option("#id_language", "ko")
    tab.locator("form[action$='/me/settings/'] button[type=submit]").click()


@pytest.mark.proves("S004-21")
@pytest.mark.parametrize(("language", "width", "keyboard"), LOOKS, ids=["en-mouse", "ko-phone-keyboard"])
def test_a_fee_is_signed_by_two_paid_and_summed_up_and_a_debt_stands_against_the_grant(browse, office, language, width, keyboard):
    faults = {}

    def at_a_browser(role):
        who = office.newcomer(role)
        watched = browse(language=language, width=width)
        watched.sign_in(who)
        if language == "ko":
            in_korean(watched.tab, office)
        return who, watched, watched.tab, Hands(watched.tab, keyboard=keyboard)

    def look(watched, name):
        if found := watched.violations() + ([f"{watched.too_wide()} px too wide"] if watched.too_wide() > 0 else []):
            faults[name] = found
        watched.picture(f"money-{name}-{language}-{width}")

    def main(tab):
        return tab.locator("main").inner_text()

    def confirmed(tab, hands, who):
        hands.write(tab.locator("#id_words"), who.words)
        hands.press(tab.locator(".sheet form button[type=submit]").last, "?done=confirmed")

    def sign(tab, hands, who, word, done):
        """Sign: the first time the office asks who it is, and then whether one really means it."""
        for attempt in range(2):
            hands.write(tab.locator(f"#{word}_reason"), "The last bus (invented).")
            hands.tick(tab.locator(f"#{word}_read"))
            with tab.expect_navigation():
                hands.press(tab.locator(f"form[action$='/{word}/'] button"))
            if f"done={done}" in tab.url:
                return attempt
            confirmed(tab, hands, who)
        raise AssertionError("not signed")

    finance, second, there, other = at_a_browser("finance")  # before the line is written: who comes later is given it by hand
    worker, first, tab, hands = at_a_browser("coordinator")
    tab.goto(office.origin + "/cases/new/")
    hands.write(tab.locator("#id_wish"), "To sleep a night through (invented).")
    hands.press(tab.locator("form.call button").first, "done=begun")
    case = tab.url.split("?")[0]
    hands.press(tab.locator(f"a[href='{case.removeprefix(office.origin)}money/']").first, "/money/")
    hands.press(tab.locator("a[href$='/money/new/']"), "/money/new/")
    look(first, "new")
    tab.reload()
    hands.choose(tab.locator("#id_kind"), "fee")
    hands.write(tab.locator("#id_amount"), "5000")
    code = f"heron-{width}"
    hands.write(tab.locator("#id_contact"), code)
    hands.write(tab.locator("#id_purpose"), "The way to the river (invented).")
    hands.press(tab.locator("main form button[type=submit]"), "?done=written")
    line = tab.url.split("?")[0]
    look(first, "line")
    assert tab.locator("#pay").count() == 0  # nothing to pay with before two have signed
    assert sign(tab, hands, worker, "ask", "asked") == 1
    look(first, "asked")
    assert tab.locator("form[action$='/sign/']").count() == 0 and tab.locator("form[action$='/ask/']").count() == 0

    # whoever signed first and sends the form of the second all the same
    hands.press(tab.locator("details:has(form[action$='/refuse/']) summary"))
    hands.write(tab.locator("#no_reason"), "I am the second, too (invented).")
    tab.locator("form[action$='/refuse/']").evaluate(TWICE)
    with tab.expect_navigation() as answered:
        hands.press(tab.locator("form[action$='/sign/'] button"))
    assert answered.value.status == 403 and YOURSELF[language] in main(tab)
    look(first, "not-twice")

    there.goto(office.origin + "/money/")
    look(second, "book")
    other.press(there.locator(f"a[href='{line.removeprefix(office.origin)}']").first)
    there.locator("#sign").wait_for()
    assert worker.handle in main(there) and there.locator("#pay").count() == 0  # the first one's signature does not do
    look(second, "to-sign")
    sign(there, other, finance, "sign", "signed")
    look(second, "signed")
    other.write(there.locator("#pay_no_receipt"), "He gives none (invented).")
    other.tick(there.locator("#pay_sure"))
    other.press(there.locator("form[action$='/pay/'] button"), "?done=paid")
    look(second, "paid")

    there.goto(office.origin + "/money/balances/")
    ref = re.search(r"[A-Z0-9]{4}", tab.goto(case) and tab.locator("h1").inner_text()).group()
    for of in ("contacts", "cases"):
        row = there.locator(f"section[aria-labelledby={of}] tr", has_text=code if of == "contacts" else ref)
        assert "5,000.00 USD" in row.inner_text()
    look(second, "balances")
    other.press(there.locator(f"section[aria-labelledby=contacts] form:has(input[value='{code}']) button"))
    there.locator("#one").wait_for()
    assert "5,000.00" in there.locator("section[aria-labelledby=one]").inner_text()

    tab.goto(case + "money/")
    hands.press(tab.locator("a[href$='/debts/new/']"), "/debts/new/")
    look(first, "debt-new")
    hands.write(tab.locator("#id_creditor"), "broker-3")
    hands.write(tab.locator("#id_amount"), "30000000")
    hands.write(tab.locator("#id_income"), "2000000")
    hands.write(tab.locator("#id_schedule"), "2030-05-01 400000\n2030-06-01 800000")
    hands.press(tab.locator("main form button[type=submit]"), "?done=written")
    look(first, "debt")
    tab.goto(case + "money/")
    look(first, "case")
    weighed = tab.locator("section[aria-labelledby=debts] tbody tr td").all_inner_texts()
    assert weighed[-2:] == ["300", "40"]  # thirty of ten million won, and 800,000 of a month's two million
    assert faults == {}

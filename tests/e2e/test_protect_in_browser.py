"""Consent in a real browser: withheld, it blocks a referral and says what is missing; said, it lets it through; both languages."""

import re

import pytest

LOOKS = [pytest.param("en", 1280, marks=pytest.mark.soak), ("ko", 360)]


def in_korean(tab, office):
    tab.goto(office.origin + "/me/")
    tab.select_option("#id_language", "ko")
    tab.locator("form[action$='/me/settings/'] button[type=submit]").click()
    tab.wait_for_load_state("load")


def a_case(tab, office):
    tab.goto(office.origin + "/cases/new/")
    tab.locator("form.call button").first.click()
    tab.wait_for_url(re.compile("done=begun"))
    where = tab.url.split("?")[0]
    tab.goto(where + "people/")
    tab.locator("main summary").first.click()
    tab.fill("#id_age", "34")
    tab.locator("details[open] button[type=submit]").first.click()
    tab.wait_for_url(re.compile("done=added"))
    return where


def opened(tab, form):
    """The form of an address, with the part of the page that holds it opened."""
    here = tab.locator(f"form[action$='{form}']").first
    if not here.is_visible():
        here.locator("xpath=ancestor::details[1]/summary").click()
    return here


@pytest.mark.parametrize(("language", "width"), LOOKS, ids=["en", "ko-phone"])
def test_consent_withheld_blocks_a_referral_and_said_lets_it_through(browse, office, language, width):
    watched = browse(language=language, width=width)
    watched.sign_in(office.newcomer("case_worker"))
    tab, faults = watched.tab, {}
    if language == "ko":
        in_korean(tab, office)

    def look(name):
        if found := watched.violations() + ([f"{watched.too_wide()} px too wide"] if watched.too_wide() > 0 else []):
            faults[name] = found
        watched.picture(f"protect-{name}-{language}-{width}")

    def refer():
        form = opened(tab, "/referrals/")
        form.locator("[name=person]").select_option(index=1)
        form.locator("[name=recipient]").select_option("health")
        form.locator("[name=organisation]").fill("A clinic (invented)")
        form.locator("[name=agreement_until]").fill("2036-12-31")
        form.locator("[name=data][value=needs]").check()
        form.locator("button[type=submit]").click()
        tab.wait_for_load_state("load")

    where = a_case(tab, office)
    tab.goto(where + "consents/")
    assert not tab.locator("input:checked").count()
    look("empty")
    refer()
    assert tab.locator(".fault[role=alert]").count() == 1
    look("blocked")
    form = opened(tab, "/consents/say/")
    form.locator("[name=person]").select_option(index=1)
    form.locator("[name=purpose]").select_option("referral")
    form.locator("[name=recipient]").select_option("health")
    form.locator("[name=data][value=needs]").check()
    form.locator("[name=said][value=yes]").check()
    form.locator("[name=language]").select_option("kor")
    form.locator("[name=explained_by]").fill("lark")
    form.locator("[name=broker][value=no]").check()
    form.locator("[name=mode]").select_option("spoken")
    look("saying")
    form.locator("button[type=submit]").click()
    tab.wait_for_url(re.compile("done=written"))
    refer()
    tab.wait_for_url(re.compile("done=written"))
    assert "A clinic (invented)" in tab.locator("main").inner_text()
    assert not tab.locator(".fault").count()
    look("referred")
    tab.goto(where + "screens/")
    for name, fill in (("trafficking", {"act": "moved", "purpose": "marriage"}), ("power", {})):
        part = tab.locator(f"details:has(input[name=what][value={name}])")
        part.locator("summary").click()
        part.locator("[name=person]").select_option(index=1)
        part.locator("[name=refused][value=no]").check()
        for field, value in fill.items():
            part.locator(f"[name={field}][value={value}]").check()
        if name == "power":
            part.locator("[name=papers]").select_option("broker")
        look(f"screen-{name}")
        part.locator("button[type=submit]").click()
        tab.wait_for_url(re.compile("done=written"))
    look("screens")
    assert not faults and not watched.complaints

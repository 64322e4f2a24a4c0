"""A takeout at two browsers: digits that were misheard, two signatures, the release, what everybody reads, and its end."""

import pyrage
import standing
from watched import Watched

PURPOSE = "The office moves to another country (invented)"


def test_two_order_everything_it_is_released_and_everybody_reads_it(monkeypatch, request):
    with standing.house(monkeypatch, request) as office:
        from world import ORIGIN

        bela, head, worker = (office.people["bela"], office.person(roles=("organisation_head",), handle="head"),
                              office.person(roles=("case_worker",), handle="worker"))
        for one in (bela, head, worker):
            one.code = lambda one=one: office.code(one)
        with standing.browser() as chromium:
            faults = ordered(Watched(chromium, ORIGIN, width=1440), office, bela)
            faults |= signed_and_released(Watched(chromium, ORIGIN, width=1440), head)
            faults |= told(Watched(chromium, ORIGIN, width=360), worker)
        assert faults == {}


def confirmed(tab, origin, words):
    """In a tab beside it, as the page asks for."""
    beside = tab.context.new_page()
    beside.goto(f"{origin}/step-up/")
    beside.fill("#id_words", words)
    beside.locator("main form button[type=submit]").last.click()
    beside.wait_for_url(lambda url: "step-up" not in url)
    beside.close()


def ordered(watched, office, bela):
    from waystation_web.takeout.order import fingerprint

    key = str(pyrage.x25519.Identity.generate().to_public())
    tab = watched.sign_in(bela)
    tab.locator("a[href='/takeout/']").click()
    tab.wait_for_url("**/takeout/")
    watched.look("takeout-new-1440")
    for name, said in {"purpose": PURPOSE, "agreement": "Paper 7 (invented)", "until": (office.now.date().replace(year=2027)).isoformat(),
                       "name_1": "Recipient (invented)", "jurisdiction_1": "CH", "key_1": key, "heard_1": "0000 " * 5}.items():
        tab.fill(f"#id_{name}", said)
    tab.check("#id_confirmed")
    tab.check("#id_no_state")
    tab.locator("main form button[type=submit]").click()
    tab.wait_for_selector(".fault[role=alert]")
    assert "not those of this key" in tab.inner_text("main")
    watched.look("takeout-misheard-1440")
    tab.fill("#id_heard_1", fingerprint(key))
    tab.locator("main form button[type=submit]").click()
    tab.wait_for_selector(".warn[role=alert]")
    assert tab.input_value("#id_purpose") == PURPOSE
    confirmed(tab, watched.origin, bela.words)
    tab.locator("main form button[type=submit]").click()
    tab.wait_for_url("**?done=asked")
    assert tab.locator("form[action$='/sign/']").count() == 0
    watched.look("takeout-asked-1440")
    watched.close()
    return watched.faults


def signed_and_released(watched, head):
    tab = watched.sign_in(head)
    confirmed(tab, watched.origin, head.words)
    watched.go("/takeout/").locator("main table a").click()
    tab.check("#id_confirmed")
    watched.look("takeout-sign-1440")
    tab.locator("form[action$='/sign/'] button").click()
    tab.wait_for_url("**?done=signed")
    tab.locator("form[action$='/release/'] button").click()
    tab.wait_for_url("**?done=released")
    tab.set_viewport_size({"width": 360, "height": 740})
    watched.look("takeout-released-360")
    tab.fill("#id_text", "Handed over by hand. (Invented.)")
    tab.fill("#id_archives", "ab12 0000")
    tab.locator("form[action$='/made/'] button").click()
    tab.wait_for_url("**?done=made")
    assert "Handed over by hand" in tab.inner_text("main")
    watched.look("takeout-made-360")
    watched.close()
    return watched.faults


def told(watched, worker):
    tab = watched.sign_in(worker)
    assert "bela and head released a sealed takeout" in tab.inner_text("main") and PURPOSE not in tab.content()
    assert tab.locator("a[href='/takeout/']").count() == 0
    watched.look("takeout-told-360")
    watched.in_korean()
    watched.go("/")
    assert "내보내기를 풀었습니다" in tab.inner_text("main")
    watched.look("takeout-told-ko-360")
    watched.close()
    return watched.faults

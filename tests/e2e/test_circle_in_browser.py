"""The circle, in a real browser: plan, two signatures, word from the road, a betrayal, the close; and the next plan goes another way.

Between what is walked here lie acts that other stories walk: the sheet is read aloud, the words are agreed, a stop is released.
"""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
import standing
import world
from watched import Watched

MONEY = "9000 USD"


@pytest.fixture
def house(monkeypatch, request):
    """The invented route book and its contacts, one grown-up who waits, and the browser cookies of two coordinators."""
    with standing.house(monkeypatch, request) as here:
        from acts import member

        from waystation import worlds
        from waystation.network.files import read_book
        from waystation_web.network import actions_import
        from waystation_web.office import invented

        here.pass_time(days=240)  # after the day at which the invented world stands still, and after its last loss
        roles = {"jun": ("security_officer",), "dol": ("case_worker",), "bora": ("field_liaison",), "mun": ("field_liaison",),
                 "nari": ("finance",)}
        who = {handle: member(here, handle, given) for handle, given in roles.items()}
        desks = [here.person(roles={"coordinator"}, handle=handle) for handle in ("sena", "haru")]
        who |= {one.handle: invented.actor_of(one.handle, one.words) for one in desks}
        book = read_book(worlds.world("long-way"))
        actions_import.take_in(who["sena"], book)
        invented.contacts.fill(who, book)
        cookies = [here.sign_in(one, stepped_up=True).cookies["s"].value for one in desks]
        yield Circle(who), cookies


class Circle:
    """One party, and the acts that lie between those of the browser."""

    def __init__(self, who):
        from waystation_web.cases import actions as cases
        from waystation_web.gateways.database import writing
        from waystation_web.office.invented import folk

        self.who, self.told = who, folk.party(101, "The reed (invented)", 1)
        with writing():
            self.case = cases.begun(who["dol"], self.told, taken=set()).id

    def heard(self, plan):
        """The sheet was read aloud, and they said yes to everything."""
        from waystation_web.cases import actions_consent
        from waystation_web.office.invented import plan as plans
        from waystation_web.office.invented import road
        from waystation_web.plans import actions_sheet

        actions_sheet.give(self.who["sena"], plan)
        for one in self.told["people"]:
            plans.asked(self.who["dol"], self.case, one["id"], plan)
            actions_consent.say(self.who["dol"], self.case, road.CONSENT | {"person": one["id"]})
        self.party = road.Party(self.who, self.case, plan, 1)

    def leaves(self, decision):
        """Opened, words agreed, the first stop released, on the way; the journey and the leg."""
        from waystation_web.journeys import actions

        self.party.journey = actions.open_(self.who["sena"], decision, reason="As two decided. (Invented.)")
        self.party.step("prepare", well="winter tea", other="paper boat").set_out()
        return self.party.journey.hex(), self.party.now.legs[-1].leg


def legs_of(tab):
    """The legs of the plan that is shown, in order."""
    return tab.locator("#steps tr[data-leg]").evaluate_all("rows => rows.map(row => row.dataset.leg)")


def test_what_was_betrayed_is_not_used_by_the_next_plan_which_says_why(house):
    circle, cookies = house
    acts = ThreadPoolExecutor(1)  # while Playwright runs, its thread has an event loop, in which Django refuses to work
    with standing.browser() as chromium:
        sena, haru = (Watched(chromium, world.ORIGIN, width=width) for width in (1440, 360))
        for watched, cookie in zip((sena, haru), cookies, strict=True):
            watched.context.add_cookies([{"name": "s", "value": cookie, "url": world.ORIGIN}])

        first = plan(sena, circle)
        legs = legs_of(sena.tab)
        acts.submit(circle.heard, bytes.fromhex(first)).result()
        decision = go(sena, haru, first)
        journey, leg = acts.submit(circle.leaves, bytes.fromhex(decision)).result()

        tab = sena.go(f"/journeys/{journey}/")
        tab.fill("#id_word", "winter tea"), tab.select_option("#id_condition", "well"), tab.fill("#id_present", "1")
        tab.locator("form.word button[type=submit]").click()
        tab.wait_for_url("**?done=heard")
        sena.look("circle-heard")

        sena.go(f"/journeys/{journey}/incident/")
        tab.select_option("#id_kind", "betrayal"), tab.check("#id_stop")
        tab.fill("#id_how_known", "The guide took them to a police post. (Invented.)")
        tab.locator("main form button[type=submit]").click()
        tab.wait_for_url("**/incidents/**")
        for code in (leg, "Lark"):
            tab.check(f"input[name=code][value={code}]")
        tab.locator("form[action$='/freeze/'] button").click()
        tab.wait_for_url("**?done=frozen")
        sena.look("circle-frozen")

        sena.go(f"/journeys/{journey}/step/learn/")
        tab.fill("#id_reason", "They were sold. Nobody comes back this way. (Invented.)")
        tab.locator("main form button[type=submit]").click()
        tab.wait_for_url("**?done=*")
        sena.go(f"/journeys/{journey}/taught/")
        tab.locator("main form button[type=submit]").click()
        tab.locator("text=The danger that is believed rose").wait_for()
        sena.look("circle-taught")

        assert leg in legs
        plan(sena, circle)
        sena.look("circle-second")
        after, page = legs_of(tab), tab.locator("main").inner_text()
        assert leg not in after and "R02" in after  # to the same place by another way
        why = tab.locator("tr", has_text=f"({leg})").locator("xpath=preceding-sibling::tr[1] | .").all_inner_texts()
        assert any("frozen: known to somebody who was taken" in row for row in why), why
        assert "We do not know." in page and "about 83 arrive" not in page  # nobody of ours has gone the other way
        for watched in (sena, haru):
            watched.close()
        assert (sena.complaints, haru.complaints, sena.faults, haru.faults) == ([], [], {}, {})


def plan(watched, circle):
    """Ask for a plan, and go to it; its id."""
    tab = watched.go(f"/cases/{circle.case.hex()}/plans/")
    tab.select_option("#id_start", "HEARTH")
    tab.locator("input[name=goals][value=HARBOR]").check()
    tab.fill("#id_money", MONEY)
    tab.locator("section[aria-labelledby=ask] button[type=submit]").click()
    tab.wait_for_url(re.compile(r"/plans/[0-9a-f]{32}/$"), timeout=60_000)
    return tab.url.rstrip("/").rpartition("/")[2]


def go(first, second, plan):
    """A go that two sign; its id."""
    tab = first.go(f"/plans/{plan}/decide/")
    tab.locator("input[name=chosen][value=go]").check()
    for name in ("reasons", "change_of_mind", "abort_rule"):
        tab.fill(f"#id_{name}", "Three calm days. (Invented.)")
    for box in tab.locator("input[name^=bias_][value=no]").all():
        box.check()
    tab.select_option("#id_second", tab.locator("#id_second option", has_text="haru").get_attribute("value"))
    tab.locator("main form button[type=submit]").first.click()
    tab.wait_for_url(re.compile(r"/decisions/[0-9a-f]{32}/\?done=asked"))
    where = tab.url.removeprefix(world.ORIGIN).split("?")[0]
    other = second.go(where)
    other.locator("form[action$='/sign/'] button").click()
    other.wait_for_url(re.compile("done=signed"))
    second.look("circle-signed")
    return where.rstrip("/").rpartition("/")[2]

"""A household in a real browser: who stays together, who may be split, who is what to whom, and a child's guardian."""

import pytest
from hands import Hands

LOOKS = [pytest.param("en", 1440, False, marks=pytest.mark.soak), ("ko", 360, True)]  # with the mouse; on a phone and by the keyboard alone
SAYS = {"en": ("may be split", "guardian of", "Choose people of this household only."),
        "ko": ("나뉘어도 됨", "의 보호자", "이 가구의 사람만 고르세요.")}


@pytest.mark.parametrize(("language", "width", "keyboard"), LOOKS, ids=["en-mouse", "ko-phone-keyboard"])
def test_a_household_that_may_be_split_keeps_a_child_with_its_guardian(browse, office, language, width, keyboard):
    watched = browse(language=language, width=width)
    watched.sign_in(office.newcomer("case_worker"))
    tab, hands = watched.tab, Hands(watched.tab, keyboard=keyboard)
    if language == "ko":
        watched.in_korean()
    split, guards, only = SAYS[language]

    def look(name):
        watched.look(f"household-{name}-{language}-{width}")

    def of(section):
        return tab.locator(f"section[aria-labelledby={section}]")

    def add(section, to="?done=added"):
        """Send the form that is open there."""
        hands.press(of(section).locator("> details[open] > form button"), to)

    def relate(who, kind, whom, care=""):
        hands.press(of("relations").locator("> details > summary"))
        for name, value in (("from_", ids[who]), ("type_", kind), ("to", ids[whom]), ("certainty", "documented"), ("kind", care)):
            hands.choose(of("relations").locator(f"[name={name}]"), value)
        add("relations")

    tab.goto(office.origin + "/cases/new/")
    hands.press(tab.locator("form.call button").first, "?done=begun")
    where = tab.url.split("?")[0]
    tab.goto(where + "people/")
    for age in ("41", "35", "9"):
        hands.press(of("everybody").locator("> details > summary"))
        hands.write(of("everybody").locator("#id_age"), age)
        add("everybody")
    ids = dict(zip("ABC", tab.locator("section[aria-labelledby=everybody] tbody th a").evaluate_all(
        "links => links.map(link => link.href.split('/').at(-2))"), strict=True))

    hands.press(of("households").locator("> details > summary"))
    look("form")
    tab.reload()
    hands.press(of("households").locator("> details > summary"))
    form = of("households").locator("> details > form")
    hands.write(form.locator("[name=name]"), "the three (invented)")
    for person in ("A", "B"):
        hands.tick(form.locator(f"[name=members][value='{ids[person]}']"))
    hands.choose(form.locator("[name=stay_together]"), "may")
    for person in ("B", "C"):
        hands.tick(form.locator(f"[name=never_parted][value='{ids[person]}']"))
    with tab.expect_navigation() as answered:
        hands.press(form.locator("button"))
    assert answered.value.status == 400 and only in of("households").inner_text()  # nobody is tied to one of another household
    look("refused")
    hands.tick(of("households").locator(f"> details[open] [name=members][value='{ids['C']}']"))
    add("households", "?done=written")
    said = of("households").locator("article").first.inner_text()
    assert split in said and "B + C" in said

    relate("B", "guardian", "C", "guardian")
    relate("A", "spouse", "B")
    told = of("relations").locator("li").all_inner_texts()
    assert len(told) == 2 and any(line.startswith("B") and guards in line and "C" in line for line in told)
    hands.press(of("relations").locator("> details > summary"))  # the same, seen from the other side, is no second relation
    for name, value in (("from_", ids["C"]), ("type_", "ward"), ("to", ids["B"])):
        hands.choose(of("relations").locator(f"[name={name}]"), value)
    with tab.expect_navigation() as answered:
        hands.press(of("relations").locator("> details[open] > form button"))
    assert answered.value.status == 400 and of("relations").locator("li").count() == 2
    look("people")

    hands.press(of("households").locator("article details summary").first)
    anew = of("households").locator("article details[open] form")
    hands.choose(anew.locator("[name=stay_together]"), "must")
    hands.press(anew.locator("button"), "?done=written")
    assert split not in of("households").locator("article").first.inner_text()
    look("together")
    tab.goto(where)
    look("case")
    assert watched.faults == {}

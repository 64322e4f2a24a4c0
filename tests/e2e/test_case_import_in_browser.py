"""Cases from a workbook in a real browser: twelve faults are told by sheet, row and column, mended, taken in, and taken back."""

import io

import openpyxl
import pytest
from hands import Hands

LOOKS = [("en", 1440, True), ("ko", 360, False)]  # by the keyboard alone; on a phone with the finger
HEADS = ("received_at", "channel", "country", "head_count", "children", "pregnant_weeks", "needs", "danger_now", "fee_quoted", "wish", "alias")
ROWS = (
    ("2026-03-02", "walk_in", "CN", 4, 1, 12, "SM-DP", "hours", "1200 USD", "To see my son (invented).", "the four (invented)"),
    ("2026-03-03", "message", "TH", 1, 0, None, "SM-DP; WR-WR", "now", "900 USD", "To sleep (invented).", "the one (invented)"),
)
# (row, heading, what is typed wrongly): twelve cells, each wrong in its own way or place
FAULTS = (
    (2, "received_at", "last spring"), (2, "channel", "pigeon"), (2, "country", "Nowhere"), (2, "head_count", "many"),
    (2, "children", 900), (2, "pregnant_weeks", 60), (2, "needs", "SM-DP; luck"), (2, "danger_now", "soon"),
    (2, "fee_quoted", "a lot"), (3, "wish", "=1+1"), (3, "alias", "call 010-1234-5678"), (3, "head_count", "#REF!"),
)


def workbook(name, faults=()):
    """Two invented cases, and some cells spoilt."""
    made = openpyxl.Workbook()
    made.active.title = "old list"
    for line in (HEADS, *ROWS):
        made.active.append(line)
    for row, heading, value in faults:
        made.active.cell(row, HEADS.index(heading) + 1).value = value
    made.active.cell(2, HEADS.index("wish") + 1).value = f"To see my son (invented, {name})."  # one file is taken in once
    file = io.BytesIO()
    made.save(file)
    return {"name": "ours.xlsx", "mimeType": "application/octet-stream", "buffer": file.getvalue()}


@pytest.mark.parametrize(("language", "width", "keyboard"), LOOKS, ids=["en-keyboard", "ko-phone-mouse"])
def test_twelve_faults_are_told_by_their_cells_mended_taken_in_and_taken_back(browse, office, language, width, keyboard):
    watched = browse(language=language, width=width)
    watched.sign_in(office.newcomer("case_worker"))
    tab, hands, faults = watched.tab, Hands(watched.tab, keyboard=keyboard), {}
    if language == "ko":
        tab.goto(office.origin + "/me/")
        tab.select_option("#id_language", "ko")
        tab.locator("form[action$='/me/settings/'] button[type=submit]").click()

    def look(name):
        if found := watched.violations() + ([f"{watched.too_wide()} px too wide"] if watched.too_wide() > 0 else []):
            faults[name] = found
        watched.picture(f"case-import-{name}-{language}-{width}")

    def bring(file):
        hands.bring(tab.locator("#id_file"), file)
        with tab.expect_navigation():
            hands.press(tab.locator("form[action$='/file/'] button"))

    tab.goto(office.origin + "/cases/imports/")
    with tab.expect_navigation():
        hands.press(tab.locator("section[aria-labelledby=in] button"))
    look("begun")
    bring(workbook(language, FAULTS))
    rows = [line.split("|") for line in tab.locator("main tbody tr").evaluate_all(
        "lines => lines.map(line => [...line.children].map(cell => cell.innerText).join('|'))")]
    letter = {heading: "ABCDEFGHIJK"[place] for place, heading in enumerate(HEADS)}
    told = {(int(row), column, sheet) for row, column, sheet, _what in rows}
    assert len(rows) == 12 and told == {(row, f"{letter[head]} · {head}", "old list") for row, head, _value in FAULTS}
    assert all(what for *_cell, what in rows) and "010-1234" not in tab.locator("main").inner_text()
    assert tab.locator("form[action$='/apply/']").count() == 0  # nothing of it can be taken in
    look("faults")
    bring(workbook(language))
    assert tab.locator("section[aria-labelledby=what] tbody tr").count() == 2
    look("preview")
    hands.press(tab.locator("form[action$='/apply/'] button"), "?done=imported")
    look("imported")
    batch, cases = tab.url.split("?")[0], tab.locator("ul.acts a").all_inner_texts()
    tab.goto(office.origin + "/cases/")
    assert len(cases) == 2 and all(one in tab.locator("main").inner_text() for one in cases)
    tab.goto(batch)
    hands.press(tab.locator("form[action$='/undo/'] button"), "?done=undone")
    look("undone")
    tab.goto(office.origin + "/cases/")
    assert not any(one in tab.locator("main").inner_text() for one in cases)
    assert faults == {}

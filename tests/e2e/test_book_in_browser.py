"""The route book in a real browser: twelve faults are mended, a book is taken in and taken back; every page fits and is heard."""

import io
import re

import openpyxl
import pytest

from waystation.network.example import example_book
from waystation.network.files import write_workbook

LOOKS = [pytest.param("en", 1280, marks=pytest.mark.soak), ("ko", 360)]
# (sheet, row, column, what is typed wrongly): twelve cells, each wrong in its own way
FAULTS = (
    ("areas", 2, "river", "perhaps"), ("places", 2, "kind", "house"), ("places", 3, "near", "call 010-1234-5678"),
    ("profiles", 2, "q1", 0.5), ("legs", 2, "cost", -1), ("legs", 3, "to", "NOWHERE"), ("legs", 5, "reason", None),
    ("windows", 2, "to_date", "soon"), ("chains", 2, "share", 0.5), ("reports", 2, "reliability", "G"),
    ("outcomes", 3, "last_heard", None), ("rates", 2, "per_unit", 0),
)


def workbook(faults=()):
    """The invented book with positions, and with some cells spoilt."""
    made = openpyxl.load_workbook(io.BytesIO(write_workbook(example_book())))
    heading = {sheet.title: [cell.value for cell in sheet[1]] for sheet in made}
    placed = [("places", 2 + i, name, value) for i, where in enumerate(((15.2, 101.3), (16.0, 102.1), (17.9, 102.6)))
              for name, value in zip(("map_lat", "map_lon"), where, strict=True)]
    for sheet, row, column, value in (*placed, *faults):
        if column not in heading[sheet]:
            heading[sheet].append(column)
            made[sheet].cell(1, len(heading[sheet])).value = column
        made[sheet].cell(row, heading[sheet].index(column) + 1).value = value
    file = io.BytesIO()
    made.save(file)
    return {"name": "ours.xlsx", "mimeType": "application/octet-stream", "buffer": file.getvalue()}


def bring(tab, file):
    tab.set_input_files("#id_file", file)
    with tab.expect_navigation():
        tab.locator("form[action$='/file/'] button").click()


def korean(tab, office):
    tab.goto(office.origin + "/me/")
    tab.select_option("#id_language", "ko")
    with tab.expect_navigation():
        tab.locator("form[action$='/me/settings/'] button[type=submit]").click()


def test_twelve_faults_are_mended_taken_in_and_taken_back(browse, office):
    watched = browse()
    watched.sign_in(office.newcomer("coordinator"))
    tab = watched.go("/book/imports/")
    tab.locator("main button").click()
    bring(tab, workbook(FAULTS))
    tab.get_by_text("12 things are wrong").wait_for()
    rows = tab.locator(".faults tbody tr").all_inner_texts()
    assert len(rows) == 12 and any("legs!" in row and "no place has this code" in row for row in rows)
    assert tab.locator("form[action$='/apply/']").count() == 0
    bring(tab, workbook())
    tab.locator("form[action$='/apply/'] button").click()
    tab.wait_for_url(re.compile("done=imported"))
    batch = tab.url.split("?")[0]
    tab.goto(office.origin + "/book/")
    assert tab.locator("#legs-table tbody tr").count() == 3
    assert "mined in this story" in tab.locator("section[aria-labelledby=forbidden]").inner_text()
    tab.goto(batch)
    tab.locator("form[action$='/undo/'] button").click()
    tab.wait_for_url(re.compile("done=undone"))
    tab.goto(office.origin + "/book/")
    assert tab.locator("#legs-table").count() == 0
    assert "No legs yet" in tab.locator("main").inner_text()


@pytest.mark.parametrize(("language", "width"), LOOKS, ids=["en", "ko-phone"])
def test_pages_of_the_book_are_accessible_and_fit(browse, office, language, width):
    watched = browse(language=language, width=width)
    watched.sign_in(office.newcomer("coordinator"))
    tab = watched.go("/book/imports/")
    if language == "ko":
        korean(tab, office)
        tab.goto(office.origin + "/book/imports/")
    faults = {}

    def look(name):
        if found := watched.violations() + ([f"{watched.too_wide()} px too wide"] if watched.too_wide() > 0 else []):
            faults[name] = found
        watched.picture(f"book-{name}-{language}-{width}")

    look("imports")
    with tab.expect_navigation():
        tab.locator("main button").first.click()
    bring(tab, workbook(FAULTS))
    tab.locator(".faults").wait_for()
    look("import-faults")
    bring(tab, workbook())
    tab.locator("form[action$='/apply/'] button").wait_for()
    look("import-preview")
    tab.locator("form[action$='/apply/'] button").click()
    tab.wait_for_url(re.compile("done=imported"))
    look("imported")
    tab.goto(office.origin + "/book/notices/river/new/")
    look("notice-new")
    tab.select_option("#id_about_areas", "EAST")
    for name, value in (("level_cm", "260"), ("threshold_cm", "250"), ("date", "2030-02-09"), ("source", "S7")):
        tab.fill(f"#id_{name}", value)
    tab.locator("main form button").click()
    tab.wait_for_url(re.compile("done=noted"))
    look("notices")
    for name, path in (("book", "/book/"), ("report", "/book/report/"), ("colleagues", "/book/colleagues/"), ("exports", "/book/exports/"),
                       ("legs", "/book/sheets/legs/"), ("places-new", "/book/sheets/places/new/"), ("outcomes", "/book/sheets/outcomes/"),
                       ("chain-new", "/book/sheets/chains/new/")):
        tab.goto(office.origin + path)
        if name == "book":
            tab.locator("body[data-ready]").wait_for(timeout=60_000)   # the map stands
        look(name)
    tab.goto(office.origin + "/book/sheets/legs/")
    tab.locator("tbody th a").first.click()
    tab.locator("main details summary").first.click()
    look("row")
    tab.goto(office.origin + "/book/sheets/chains/")
    tab.locator("tbody th a").first.click()
    tab.locator("a[href$='/chain/']").click()
    look("chain")
    assert faults == {}

"""Cases from a file: looked at, taken in as a whole or not at all, taken back; and a list that leaves, in codes alone."""

import csv
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from waystation_web.audit.queries import read
from waystation_web.cases import leaving, queries
from waystation_web.gateways.database import writing
from waystation_web.vault.models import Vault

GOOD = ("How many people,danger_now,Country where they are,Needs,wish,remark of the old list\n"
        "4,within hours,China,SM-DP,To see my son (invented).,=HYPERLINK(1)\n1,,중국,,,\n").encode()


@pytest.fixture
def heron(office):
    return office.sign_in(office.person(roles={"coordinator"}, handle="heron"))


@pytest.fixture
def finch(office):
    return office.sign_in(office.person(roles={"case_worker"}, handle="finch"))


def brought(client, data=GOOD, name="old.csv"):
    where = client.post(reverse("case-import"))["Location"]
    assert client.post(f"{where}file/", {"file": SimpleUploadedFile(name, data)}).status_code == 302
    return where, client.get(where).content.decode()


def seen(shown):
    return shown.partition('name="seen" value="')[2][:64]


def held(office, handle="heron"):
    with writing():
        return queries.cases(office.actor(office.people[handle]))


def test_a_file_is_shown_first_then_taken_in_then_taken_back(office, heron):
    where, shown = brought(heron)
    assert "2 new cases" in shown and "remark of the old list" in shown and held(office) == []
    assert heron.post(f"{where}apply/", {"seen": seen(shown)}).status_code == 302
    first, second = sorted(held(office), key=lambda case: -(case.size or 0))
    assert (first.size, first.request.danger_now, first.request.country, first.request.needs) == (4, "hours", "CN", ("SM-DP",))
    assert (first.wish, first.unmapped) == ("To see my son (invented).", (("remark of the old list", "=HYPERLINK(1)"),))
    assert (second.size, second.request.danger_now, second.stage) == (1, "", "new") and first.ref != second.ref
    assert heron.post(f"{where}apply/", {"seen": seen(shown)}).status_code == 403  # not a second time
    vaults = Vault.objects.count()
    assert heron.post(f"{where}undo/").status_code == 302
    assert held(office) == [] and "was taken back" in heron.get(where).content.decode()
    assert heron.get(reverse("case", kwargs={"case": first.key})).status_code == 404
    assert Vault.objects.count() == vaults and first.ref not in heron.get(reverse("cases")).content.decode()


def test_what_is_wrong_is_told_and_nothing_is_written(office, heron):
    bad = GOOD + b"many,soon,Nowhere,,,\n"
    where, shown = brought(heron, bad)
    assert all(says in shown for says in ("Write a whole number from 0 to 200.", "A · How many people", "B · danger_now", "C · "))
    assert 'name="seen"' not in shown
    import hashlib
    assert heron.post(f"{where}apply/", {"seen": hashlib.sha256(bad).hexdigest()}).status_code == 403
    assert held(office) == []


@pytest.mark.parametrize(("wrong", "english", "korean", "rows"), [
    ("many,,,,,\n", "1 thing to mend in 1 row", "1개 행에 고칠 것 1가지", [4]),
    ("many,soon,,,,\n2,,,,,\n,,Nowhere,,,\n", "3 things to mend in 2 rows", "2개 행에 고칠 것 3가지", [4, 6]),
    ("many,soon,,,,\n" * 101, "202 things to mend in 101 rows", "101개 행에 고칠 것 202가지", list(range(4, 104)))])
def test_the_page_says_first_how_much_is_to_mend_and_leads_to_the_rows(office, heron, wrong, english, korean, rows):
    where, shown = brought(heron, GOOD + wrong.encode())
    assert f"<h2>{english}</h2>" in shown and shown.index(english) < shown.index("<table")
    assert re.findall(r'href="#row-(\d+)"', shown) == re.findall(r'id="row-(\d+)"', shown) == [str(row) for row in rows]
    assert ("The first 200 stand here." in shown) == (len(rows) == 100)  # what was left off is counted all the same
    heron.post("/me/settings/", {"language": "ko", "theme": ""})
    assert f"<h2>{korean}</h2>" in heron.get(where).content.decode()


def test_a_file_that_cannot_be_read_is_one_thing_to_mend_in_no_row(office, heron):
    _where, shown = brought(heron, b"PK no workbook")
    assert "<h2>1 thing to mend</h2>" in shown and 'href="#row-' not in shown


def test_a_mended_file_takes_the_place_of_the_first(office, heron):
    where, first = brought(heron)
    mended = GOOD + b"2,now,CN,,,\n"
    assert heron.post(f"{where}file/", {"file": SimpleUploadedFile("x.csv", mended)}).status_code == 302
    assert heron.post(f"{where}apply/", {"seen": seen(first)}).status_code == 409  # it is another file than was shown
    assert held(office) == []
    assert heron.post(f"{where}apply/", {"seen": seen(heron.get(where).content.decode())}).status_code == 302
    assert len(held(office)) == 3


def test_the_same_file_is_not_taken_in_twice(office, heron):
    where, shown = brought(heron)
    heron.post(f"{where}apply/", {"seen": seen(shown)})
    again, told = brought(heron)
    assert again != where and "in the office already" in told
    assert heron.post(f"{again}apply/", {"seen": seen(shown)}).status_code == 403 and len(held(office)) == 2
    heron.post(f"{where}undo/")
    assert heron.post(f"{again}apply/", {"seen": seen(shown)}).status_code == 302 and len(held(office)) == 2


def test_an_import_that_somebody_worked_on_is_not_taken_back(office, heron):
    where, shown = brought(heron)
    heron.post(f"{where}apply/", {"seen": seen(shown)})
    case = held(office)[0]
    heron.post(reverse("case-notes", kwargs={"case": case.key}), {"text": "she called again"})
    assert case.ref in heron.get(where).content.decode().partition("cannot be taken back")[2]
    assert heron.post(f"{where}undo/").status_code == 403 and len(held(office)) == 2


def test_an_import_is_nobody_elses(office, heron, finch):
    where, shown = brought(finch)
    owl = office.sign_in(office.person(roles={"researcher"}, handle="owl"))
    assert owl.get(reverse("case-import")).status_code == 404 and owl.get(where).status_code == 404
    assert owl.post(reverse("case-import")).status_code == 403
    wren = office.sign_in(office.person(roles={"case_worker"}, handle="wren"))
    assert wren.get(where).status_code == 404 and wren.post(f"{where}apply/", {"seen": seen(shown)}).status_code == 404
    assert heron.get(where).status_code == 200  # coordinators see what comes in
    assert heron.get(where.replace("/imports/", "/")).status_code == 404  # and it is no case


# --------------------------------------------------------------------------------------------------------- what leaves
@pytest.mark.refuses("H-02")
@pytest.mark.proves("S001-46")
def test_a_list_leaves_in_codes_alone_after_confirming_and_with_a_reason(office, heron):
    where, shown = brought(heron)
    heron.post(f"{where}apply/", {"seen": seen(shown)})
    assert heron.post(reverse("case-export"), {"reason": ""}).status_code == 400
    assert heron.post(reverse("case-export"), {"reason": "yearly report"}).status_code == 403
    office.step_up(heron, office.people["heron"])
    answer = heron.post(reverse("case-export"), {"reason": "yearly report"})
    assert answer.status_code == 200 and answer["Content-Disposition"] == 'attachment; filename="list.csv"'
    heads, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert tuple(heads) == leaving.HEADINGS and len(rows) == 2
    four = next(row for row in rows if row[heads.index("head_count")] == "4")
    assert (four[heads.index("country")], four[heads.index("needs")], four[heads.index("status")]) == ("CN", "SM-DP", "new")
    assert "see my son" not in answer.content.decode() and "HYPERLINK" not in answer.content.decode()
    assert "heron" not in answer.content.decode()  # nor who of the house wrote it down
    with writing():
        line = next(one for one in read(office.actor(office.people["anna"]), page=1) if one.event.value == "exported")
    assert line.who == "heron"


@pytest.mark.refuses("H-02", "H-13")
def test_nothing_that_somebody_typed_leaves_even_where_a_code_belongs(office, heron):
    from waystation_web.cases import actions
    actor = office.actor(office.people["heron"])
    secret = "a village by the river (invented)"
    actions.begin(actor, {"wish": secret, "alias": secret, "status": secret, "push_factors": [secret], "request": {
        "adm1": secret, "channel": secret, "country": secret, "needs": [secret, "SM-DP"], "story": secret, "fee_quoted": secret,
        "situation": [secret], "triage": "=1+1", "requester_kind": secret}})
    with writing():
        sheet = leaving.sheet_of(queries.cases(actor)).decode("utf-8-sig")
    assert "village" not in sheet and "=1" not in sheet and "SM-DP" in sheet

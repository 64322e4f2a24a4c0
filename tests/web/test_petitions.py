"""A petition: its text stands once it is signed, who signed is sealed and goes, numbers alone are said, and somebody took it."""

from datetime import timedelta

import pytest
from acts import member
from django.urls import reverse

from waystation_web.directory import actions as outside
from waystation_web.directory import queries as directory
from waystation_web.duty.actions import admit
from waystation_web.gateways.database import writing
from waystation_web.petitions import actions, pages, queries, signatures
from waystation_web.petitions.paper import sheet as to_sign
from waystation_web.petitions.signatures import MOST, Row, doubles, read
from waystation_web.records import queries as kept
from waystation_web.vault.errors import Changed, NoSuchVault, NotPermitted

pytestmark = pytest.mark.once

DAY = timedelta(days=1)
BODY = {"name": "An invented embassy", "others": [], "country": "KP", "authority": "state", "office": "", "body": "", "languages": [],
        "address": "", "source": "invented", "as_of": "2026-03-01", "note": ""}
TEXT = {"title": "Let them go", "language": "en", "text": "We ask for the families. (Invented.)", "demands": ["Send nobody back."], "plan": None}


class House:
    def __init__(self, office):
        self.office = office
        self.rights, self.other = member(office, "rights", ("rights_officer",)), member(office, "other", ("coordinator",))
        self.embassy = outside.write(self.rights, "official", BODY)
        self.petition = actions.begin(self.rights, TEXT | {"addressee": self.embassy.hex()})

    @property
    def found(self):
        with writing():
            return queries.held(self.rights, self.petition)

    @property
    def sheets(self):
        with writing():
            return queries.sheets_of(self.rights, self.found_inside())

    def found_inside(self):
        return queries.held(self.rights, self.petition, looked=False)

    def take(self, sheet, *names, country="KR"):
        return actions.take_in(self.rights, self.petition, [Row(sheet, name, country) for name in names], how="typed")


@pytest.fixture
def house(office):
    return House(office)


@pytest.mark.proves("S004-52")
def test_a_text_that_somebody_signed_is_not_changed_and_who_signed_is_for_those_who_hold_it(house):
    first = TEXT | {"addressee": house.embassy.hex()}
    actions.write(house.rights, house.petition, first | {"demands": ["Send nobody back.", "Say where they are."]}, revision=1)
    with pytest.raises(Changed):
        actions.write(house.rights, house.petition, first | {"title": "Another"}, revision=1)
    assert (house.found.addressed, house.found.demands, house.found.state) == (
        "An invented embassy", ("Send nobody back.", "Say where they are."), "collecting")
    with pytest.raises(NotPermitted):
        actions.close(house.rights, house.petition)  # nobody has signed it
    assert house.take("1", *(f"Invented {name}" for name in ("Kwak", "Seon", "Maeng"))) == 3
    with pytest.raises(NotPermitted) as why:
        actions.write(house.rights, house.petition, first | {"title": "Another"}, revision=2)
    assert why.value.rule == "signed"
    with pytest.raises(NotPermitted) as twice:
        house.take("1", "x")
    assert twice.value.rule == "twice" and len(house.sheets) == 1
    with pytest.raises(NoSuchVault), writing():
        queries.held(house.other, house.petition)
    (sheet,) = house.sheets
    with pytest.raises(NoSuchVault), writing():
        queries.held(house.rights, sheet.record.id)  # a sheet is no petition
    statement = outside.write(house.rights, "occasion", {"name": "x", "kind": "other", "day": "2026-12-10", "yearly": False, "ahead": 1, "who": "",
                                                         "raise": "x"})
    with pytest.raises(NotPermitted):
        actions.begin(house.rights, TEXT | {"addressee": statement.hex()})


@pytest.mark.refuses("H-11")
def test_numbers_alone_are_said_and_no_small_country_stands_by_itself_nor_can_be_reckoned(house):
    house.take("1", *(f"Korean {number}" for number in range(30)))
    shown = pages.one(house.rights, house.petition).numbers
    assert (shown.total, shown.by_country) == (30, (("KR", 30),))
    house.take("2", "Thai one", "Thai two", country="TH")
    shown = pages.one(house.rights, house.petition).numbers
    assert (shown.total, shown.by_country) == (32, (("other", 32),))  # 32 - 30 would give the two away
    house.take("3", *(f"Lao {number}" for number in range(12)), country="LA")
    assert pages.one(house.rights, house.petition).numbers.by_country == (("KR", 30), ("other", 14))
    for sheet in house.sheets[0:2]:
        for row in sheet.rows[:25]:
            actions.strike(house.rights, house.petition, row.id, why="x")
    shown = pages.one(house.rights, house.petition).numbers
    assert (shown.total, shown.by_country) == (17, (("other", 17),))


def test_names_that_are_alike_are_proposed_and_a_person_decides(house, monkeypatch):
    house.take("1", "김별담", "Kim Byeol-dam", "Someone Else")
    (pair,) = pages.one(house.rights, house.petition).pairs
    assert pair.of.level == "fine" and pages.one(house.rights, house.petition).numbers.total == 3
    actions.keep_apart(house.rights, house.petition, pair.of.key)
    assert pages.one(house.rights, house.petition).pairs == ()
    house.take("2", "someone else")
    (pair,) = pages.one(house.rights, house.petition).pairs
    assert pair.of.level == "same"
    actions.strike(house.rights, house.petition, pair.of.other.id, why="The same person, on two sheets. (Invented.)")
    assert pages.one(house.rights, house.petition).numbers.total == 3 and pages.one(house.rights, house.petition).pairs == ()
    assert [row.struck for sheet in house.sheets for row in sheet.rows if row.struck] == ["The same person, on two sheets. (Invented.)"]
    for gone in (pair.of.other.id, "0" * 16):
        with pytest.raises(NoSuchVault):
            actions.strike(house.rights, house.petition, gone, why="x")
    with pytest.raises(NoSuchVault):
        actions.keep_apart(house.rights, house.petition, f"{'0' * 16}-{'1' * 16}")
    alike = [Row("1", "An invented signer", "KR", f"{number:04d}") for number in range(80)]
    found, whole = doubles(alike)
    assert len(found) == signatures.MOST_COMPARED and not whole  # one name again and again: as many pairs as somebody reads
    assert doubles(alike[:2], ["0000-0001"]) == ((), True)
    monkeypatch.setattr(signatures, "MOST_COMPARED", 0)
    assert doubles([Row("1", "김별담", "KR", "a"), Row("2", "Kim Byeol-dam", "KR", "b")])[1] is False  # too many to compare: it is said


@pytest.mark.proves("S004-53")
def test_a_petition_is_given_on_a_day_at_a_place_to_somebody_and_they_are_asked_again(house):
    today = house.office.now.date()
    given = {"on": today, "where": "At the gate. (Invented.)", "by_whom": "rights", "to_whom": "a guard", "how": "handed", "again": today + 30 * DAY}
    house.take("1", "Invented Kwak", "Invented Seon")
    with pytest.raises(NotPermitted) as why:
        actions.deliver(house.rights, house.petition, given)
    assert why.value.rule == "state"
    actions.close(house.rights, house.petition)
    for late in (lambda: house.take("2", "x"), lambda: actions.close(house.rights, house.petition),
                 lambda: actions.strike(house.rights, house.petition, house.sheets[0].rows[0].id, why="x")):
        with pytest.raises(NotPermitted):
            late()
    with pytest.raises(NotPermitted):
        actions.deliver(house.rights, house.petition, given | {"on": today + DAY})
    actions.deliver(house.rights, house.petition, given)
    assert house.found.state == "given" and house.found.delivered["count"] == 2 and len(house.found.closed["digest"]) == 64
    with writing():
        (asked,) = directory.held(house.rights, house.embassy).asked
    opened = house.sheets[0].record.opened
    assert (asked.how, asked.about, asked.again) == ("petition", "Let them go", today + 30 * DAY)
    assert opened.retain_until is not None
    assert timedelta(0) <= today + 180 * DAY - opened.retain_until < 7 * DAY  # who signed goes
    assert house.found.record.opened.retain_until is None                    # what was signed and how many stays
    with pytest.raises(NotPermitted):
        actions.deliver(house.rights, house.petition, given)


def test_a_pasted_table_is_taken_in_whole_or_not_at_all_and_each_fault_has_its_place():
    rows, faults = read("Sheet,Name,Country\n1, Invented   Kwak ,kr\n\n2,Invented Seon,KR")
    assert faults == () and [(row.sheet, row.name, row.country) for row in rows] == [("1", "Invented Kwak", "KR"), ("2", "Invented Seon", "KR")]
    for text, first in (("", (1, "sheet", "column")), ("sheet,name", (1, "country", "column")), ("sheet,name,country", (2, "", "nothing")),
                        ("sheet,name,country\n1,x", (2, "", "cells")), ("sheet,name,country\n,x,KR", (2, "sheet", "sheet")),
                        ("sheet,name,country\n1,x,KR\n1,,KR", (3, "name", "empty")), ('sheet,name,country\n1,"x', (1, "", "table")),
                        (f"sheet,name,country\n1,{'x' * 201},KR", (2, "name", "long")),
                        ("sheet,name,country\n" + "1,x,KR\n" * (MOST + 1), (MOST + 2, "", "many"))):
        rows, faults = read(text)
        assert rows == () and (faults[0].row, faults[0].column, faults[0].code) == first, text[:40]


def test_each_form_does_what_it_says_and_the_sheet_is_printed(house):
    client = house.office.sign_in(house.office.person(roles={"rights_officer"}, handle="second"))
    first = {"title": "Another", "language": "ko", "text": "우리는 가족을 찾습니다.", "demands": "하나\n둘", "plan": ""}
    late = house.office.now.date()
    assert client.post(reverse("petitions"), first).status_code == 400
    admit(house.rights, next(one.id for one in kept.colleagues().values() if one.handle == "second"))
    assert client.post(reverse("petitions"), first | {"addressee": house.embassy.hex()}).status_code == 302
    with writing():
        (made,) = queries.every(house.rights, refused=[])[0][:1]
    where = reverse("petition", kwargs={"petition": made.key})

    def send(status=302, **sent):
        answer = client.post(where, sent)
        assert answer.status_code == status, answer.content.decode()
        return answer.content.decode()

    send(act="write", revision="1", addressee=house.embassy.hex(), **first | {"title": "And another"})
    send(400, act="typed", sheet="1", country="KOR", names="x")
    send(act="typed", sheet="1", country="kr", names="  Invented  Kwak \n\nKwak Invented")
    page = send(400, act="pasted", table="sheet,name,country\n7,,KR")
    assert "row 3" not in page and "row 2" in page and "sheet 7" in page and "column name" in page
    send(act="pasted", table="sheet,name,country\n7,Invented Seon,KR")
    page = client.get(where).content.decode()
    assert "And another" in page and "not shown: fewer than 11 in all" in page
    paper = client.get(reverse("petition-sheet", kwargs={"petition": made.key}))
    assert paper["Content-Type"] == "application/pdf" and paper.content.startswith(b"%PDF")
    with writing():
        rows = [row.id for sheet in queries.sheets_of(house.rights, made) for row in sheet.rows]
    send(act="apart", pair="-".join(sorted(rows[:2])))
    send(act="strike", item=rows[0], why="x")
    send(400, act="nothing")
    send(act="close")
    send(act="given", on=late.isoformat(), where="x", by_whom="x", to_whom="x", how="post", again=(late + 9 * DAY).isoformat())
    assert "Who signed is destroyed half a year after this day" in client.get(where).content.decode()
    assert "And another" in client.get(reverse("petitions")).content.decode()
    assert not [one for one in to_sign(made, late).sections[1].table.rows if one[1]]  # it names nobody

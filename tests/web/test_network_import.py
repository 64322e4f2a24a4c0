"""A workbook taken into the book: all that is wrong is told at once, nothing is written before all is sound, it is taken back."""

import io
import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from acts import member
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from test_network import keep, opened, row, rows

from waystation.network.columns import BY_NAME
from waystation.network.example import example_book
from waystation.network.files import read_book, write_json, write_workbook
from waystation.network.rows import Area, Leg, Place
from waystation.units import Money
from waystation.worlds import world
from waystation_web.network import actions, actions_import, queries_import
from waystation_web.network.faults import Fault
from waystation_web.vault.errors import Changed, NoSuchVault, NotPermitted

pytestmark = pytest.mark.both

# Twelve cells of the invented workbook, each wrong in its own way, and the rule that says so.
FAULTS = (
    ("areas", 2, "river", "perhaps", "RB209"), ("places", 2, "kind", "house", "RB207"),
    ("places", 3, "near", "call 010-1234-5678", "RB704"), ("profiles", 2, "q1", 0.5, "RB402"),
    ("legs", 2, "cost", -1, "RB206"), ("legs", 3, "to", "NOWHERE", "RB302"), ("legs", 5, "reason", None, "RB702"),
    ("windows", 2, "to_date", "soon", "RB501"), ("chains", 2, "share", 0.5, "RB403"),
    ("reports", 2, "reliability", "G", "RB207"), ("outcomes", 3, "last_heard", None, "RB505"), ("rates", 2, "per_unit", 0, "RB225"),
)


def workbook(book=None, faults=()):
    made = openpyxl.load_workbook(io.BytesIO(write_workbook(book or example_book())))
    for sheet, number, column, value, _ in faults:
        heading = [cell.value for cell in made[sheet][1]].index(column) + 1
        made[sheet].cell(number, heading).value = value
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


@pytest.fixture
def heron(office):
    return office.person(roles={"coordinator"}, handle="heron")


@pytest.fixture
def client(office, heron):
    return office.sign_in(heron)


@pytest.fixture
def actor(office, heron):
    return office.actor(heron)


def begun(client):
    done = client.post(reverse("book-import"))
    assert done.status_code == 302
    return done["Location"]


def brought(client, data, where=""):
    where = where or begun(client)
    done = client.post(f"{where}file/", {"file": SimpleUploadedFile("ours.xlsx", data)})
    assert done.status_code == 302, done.content
    return where, client.get(where).content.decode()


def taken(client, data, **more):
    where, shown = brought(client, data)
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', shown)
    assert seen, shown
    done = client.post(f"{where}apply/", {"seen": seen[1], **more})
    assert done.status_code == 302, done.content.decode()
    return where


def text(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_twelve_faults_are_all_told_at_once_with_their_cells_and_nothing_is_written(client, actor):
    where, shown = brought(client, workbook(faults=FAULTS))
    page = queries_import.one_import(actor, bytes.fromhex(where.split("/")[3]))
    assert sorted((one.sheet, one.row, one.column, one.code) for one in page.faults) == sorted(
        (sheet, number, column, code) for sheet, number, column, _, code in FAULTS)
    for sheet, number, column, _, code in FAULTS:
        letter = openpyxl.utils.get_column_letter([one.name for one in BY_NAME[sheet].columns].index(column) + 1)
        assert f"{sheet}!{letter}{number}" in shown and code in shown
    assert "12 things are wrong" in shown and "apply/" not in shown
    assert "NOWHERE" not in shown and "1234-5678" not in shown and "1234" not in text(shown)  # the sentence is made of the rule, not of what stood there
    assert rows(actor) == []
    refused = client.post(f"{where}apply/", {"seen": "0" * 64})
    assert refused.status_code == 400 and rows(actor) == []


def test_a_file_is_mended_brought_again_and_taken_in(client, actor):
    where, shown = brought(client, workbook(faults=FAULTS[:3]))
    assert "3 things are wrong" in shown
    where, shown = brought(client, workbook(), where)
    assert "rows of the book are not in the file" in shown and "wrong" not in shown
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', shown)[1]
    assert rows(actor) == []                                  # seen, and still nothing is written
    done = client.post(f"{where}apply/", {"seen": seen})
    assert done.status_code == 302 and "The import is in the book" in client.get(done["Location"]).content.decode()
    assert set(opened(actor).legs) == set(example_book().legs) and opened(actor).book == example_book().book
    assert client.post(f"{where}apply/", {"seen": seen}).status_code == 403    # once


def changed_book():
    """The example with a leg dearer, a place and a leg more, and one leg less."""
    book = example_book()
    legs = [replace(leg, cost=Money(Decimal(16), "USD")) if leg.code == "L1" else leg for leg in book.legs if leg.code != "L4"]
    return replace(book, areas=(*book.areas, Area("NORTH", "TH")), places=(*book.places, Place("NEW", "NORTH", "mission", goal=True)),
                   legs=(*legs, Leg("L9", "MID", "NEW", "car", "HALFDAY", Money(Decimal(5), "USD"))))


def test_the_preview_tells_new_changed_the_same_and_absent(client, actor):
    keep(actor, example_book())
    before = opened(actor)
    where, shown = brought(client, write_json(changed_book()))
    page = queries_import.one_import(actor, bytes.fromhex(where.split("/")[3]))
    assert page.totals == (3, 1, len(rows(actor)) - 2, 1)
    assert [(one.sheet, one.code) for one in page.new] == [("areas", "NORTH"), ("places", "NEW"), ("legs", "L9")]
    assert [(one.code, one.cells) for one in page.changed] == [("L1", (("cost", 15, 16),))]
    assert [(one.sheet, one.code) for one in page.absent] == [("legs", "L4")]
    assert "Cost: 15 → 16" in text(shown) and opened(actor) == before


def test_rows_that_are_not_in_the_file_stay_unless_somebody_says_so(client, actor):
    keep(actor, example_book())
    taken(client, write_json(changed_book()))
    assert {"L4", "L9"} <= {leg.code for leg in opened(actor).legs}
    taken(client, write_json(changed_book()), take_out="on")
    assert set(opened(actor).legs) == set(changed_book().legs)


def test_an_import_is_taken_back_as_one_and_the_book_is_as_it_was(client, actor):
    keep(actor, example_book())
    before = opened(actor)
    where = taken(client, write_json(changed_book()), take_out="on")
    assert opened(actor) != before
    done = client.post(f"{where}undo/")
    assert done.status_code == 302 and "The book is as it was" in client.get(done["Location"]).content.decode()
    assert opened(actor) == before
    assert [line["what"] for line in row(actor, "legs", "L1").written.history] == ["import", "undone"]
    assert client.post(f"{where}undo/").status_code == 403


def test_an_import_is_not_taken_back_over_what_somebody_wrote_since(client, actor):
    keep(actor, example_book())
    where = taken(client, write_json(changed_book()))
    new = row(actor, "legs", "L9")
    actions.change_row(actor, new.id, new.cells | {"cost": "7"}, revision=1)
    shown = client.get(where).content.decode()
    assert "L9" in shown and "undo/" not in shown             # which row, before anybody tries
    before = opened(actor)
    assert client.post(f"{where}undo/").status_code == 403 and opened(actor) == before


def test_a_later_import_must_go_back_first(client, actor):
    keep(actor, example_book())
    before = opened(actor)
    first = taken(client, write_json(changed_book()))
    dearer = replace(changed_book(), legs=tuple(replace(leg, walk_km=3.0) for leg in changed_book().legs))
    second = taken(client, write_json(dearer))
    assert client.post(f"{first}undo/").status_code == 403
    assert client.post(f"{second}undo/").status_code == 302
    assert client.post(f"{first}undo/").status_code == 302 and opened(actor) == before


def test_what_was_built_upon_an_import_keeps_it_there(client, actor):
    """A leg written by hand to an imported place: taking the place back would leave it hanging."""
    keep(actor, example_book())
    where = taken(client, write_json(changed_book()))
    actions.add_rows(actor, [("legs", {"code": "L8", "from": "START", "to": "NEW", "mode": "foot", "profile": "DAYS", "cost": "0",
                                       "currency": "USD"})])
    refused = client.post(f"{where}undo/")
    assert refused.status_code == 400 and "L8" in refused.content.decode() and "NEW" in {one.code for one in opened(actor).places}


def test_what_was_shown_is_what_is_written(office, client, actor):
    """Somebody changed the book between the preview and the yes: it is shown anew."""
    keep(actor, example_book())
    where, shown = brought(client, write_json(changed_book()))
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', shown)[1]
    leg = row(actor, "legs", "L1")
    actions.change_row(actor, leg.id, leg.cells | {"cost": "99"}, revision=1)
    assert client.post(f"{where}apply/", {"seen": seen}).status_code == 409
    assert row(actor, "legs", "L1").cells["cost"] == 99
    with pytest.raises(Changed):
        actions_import.apply(actor, bytes.fromhex(where.split("/")[3]), seen="0" * 64, take_out=False)


def test_a_file_sound_alone_but_not_with_the_book_says_what_clashes(client, actor):
    keep(actor, example_book())
    actions.add_rows(actor, [("windows", {"leg": "L3", "part": "night"})])
    book = example_book()
    less = replace(book, profiles=book.profiles[:1], legs=tuple(leg for leg in book.legs if leg.profile != "DAYS"))
    where, shown = brought(client, write_json(less))
    page = queries_import.one_import(actor, bytes.fromhex(where.split("/")[3]))
    assert page.clash == () and page.clash_out == ()          # taken out together, or none of them
    assert 'name="seen"' in shown


@pytest.mark.parametrize("data", [b"", b"words", b"PK\x03\x04broken", b'{"waystation_route_book": 1', b"\xd0\xcf\x11\xe0" + b"x" * 99,
                                  b" " * 5_000_001])
def test_what_is_no_book_is_told_so(client, actor, data):
    if not data:   # Django itself refuses an empty file, before anybody reads it
        where = begun(client)
        assert client.post(f"{where}file/", {"file": SimpleUploadedFile("a", b"")}).status_code == 400
        return
    where, shown = brought(client, data)
    assert "thing is wrong" in shown or "things are wrong" in shown
    assert rows(actor) == []


def test_the_file_lies_nowhere_in_clear(office, client, actor):
    brought(client, write_json(example_book()))
    everything = {path.name: path.read_bytes() for path in office.installation.home.rglob("*") if path.is_file()}
    assert len(everything) > 3
    for words in (b"START", b"HALFDAY", b"an invented province"):
        assert [name for name, data in everything.items() if words in data] == []


def test_somebody_else_s_import_and_no_import(office, client, actor):
    where = begun(client)
    other = office.sign_in(office.person(roles={"case_worker"}, handle="finch"))
    assert other.get(where).status_code == 404 and other.get(reverse("book-import")).status_code == 404
    assert other.post(reverse("book-import")).status_code == 403
    keep(actor, example_book())
    leg = row(actor, "areas", "WEST").id.hex()
    assert client.get(reverse("book-import-one", kwargs={"batch": leg})).status_code == 404     # a row is no import
    with pytest.raises(NoSuchVault):
        actions_import.undo(member(office, "late", ("coordinator",)), bytes.fromhex(where.split("/")[3]))
    with pytest.raises(NotPermitted):
        actions_import.undo(actor, bytes.fromhex(where.split("/")[3]))


def test_a_whole_world_is_taken_in_at_once_and_is_the_world(office, actor):
    book = read_book(world("long-way"))
    actions_import.take_in(actor, book)
    there = opened(actor)
    for sheet in BY_NAME:
        if sheet != "book":
            assert Counter(getattr(there, sheet)) == Counter(getattr(book, sheet)), sheet
    before = len(rows(actor))
    actions_import.take_in(actor, book)                       # the same again changes nothing
    assert len(rows(actor)) == before


def test_the_first_import_goes_back_to_no_book_at_all(client, actor):
    where = taken(client, workbook())
    assert client.post(f"{where}undo/").status_code == 302
    assert all(one.removed for one in rows(actor)) and len(rows(actor)) > 20
    where = taken(client, workbook())                         # and once more: the rows take up their own history
    assert set(opened(actor).legs) == set(example_book().legs)
    assert [line["what"] for line in row(actor, "legs", "L1").written.history] == ["undone", "import"]


def test_what_is_wrong_is_told_in_the_reader_s_language_with_its_hints():
    """The sentence is the rule's; limits and words that are allowed stay as they are."""
    from django.utils import translation

    from waystation_web.network.faults import Fault

    one = Fault("legs", 2, "cost", "RB205", "the number is outside its limits: give 1 to 24")
    assert one.worded == one.sentence
    with translation.override("ko"):
        assert "1~24" in one.worded and "범위" in one.worded
        assert Fault("legs", 2, "cost", "RB205", "said otherwise").worded == "said otherwise"
        assert Fault("legs", 2, "cost", "XX999", "the rule is not known").worded == "the rule is not known"


def test_an_empty_cell_is_told_without_english_where_the_page_is_not_english():
    fault = Fault("legs", 2, "from", "RB201", "the cell is empty: fill it in: the place it starts from")
    assert fault.worded == "the cell is empty: fill it in: the place it starts from"
    with override("ko"):
        assert fault.worded.startswith("칸이 비어 있습니다") and not re.search("[a-z]", fault.worded)

"""The archive that leaves an office: cells that are no formulas, sums that agree, digests of everything, and what it says."""

import csv
import io
import json
import tarfile
from hashlib import sha256

import pytest

from waystation.access import TYPES
from waystation.takeout.archive import About, Archive, NotWhole
from waystation.takeout.cells import cell, plain
from waystation.takeout.columns import COLUMNS
from waystation.takeout.tables import Tables
from waystation.takeout.tar import Tar

ABOUT = About("ab12", "R", "CH", "0000", "O", "p {x}", "2026-12-31", "a", "b", "2026-03-02T09:00:00+00:00", 0, "", invented=True)
NOTE = {"v": 1, "type": "note", "id": "1" * 32, "title": "=1", "files": [{"id": "f" * 32, "name": "a", "sha256": "0"}]}


def written(about=ABOUT):
    sink = io.BytesIO()
    archive = Archive(sink, about)
    archive.record("people", NOTE)
    archive.file(NOTE, NOTE["files"][0], 5, iter([b"ri", b"ver"]))
    archive.rows("holders", ("record", "demonstration"), [("1",)])
    archive.not_opened("kind", "2" * 32, "tag", name="people")
    counted = archive.close({("kind", "people"): 2, ("files", ""): 1, ("table", "holders"): 1})
    with tarfile.open(fileobj=io.BytesIO(sink.getvalue())) as tar:
        files = {one.name: tar.extractfile(one).read() for one in tar}
    return counted, files


@pytest.mark.refuses("H-47")
@pytest.mark.parametrize("text", ["=1+1", "+82", "-1", "@x", "\t=1", " =1", "\uff1d1", "'", "'=1", "", "plain", "a=1", "\ub958\n=x"])
def test_no_cell_is_a_formula_and_each_is_read_back(text):
    assert plain(cell(text)) == text and not cell(text).lstrip("\t\r\n ").startswith(("=", "+", "-", "@", "\uff1d"))


@pytest.mark.refuses("H-47")
def test_an_archive_whose_sums_differ_is_none():
    archive = Archive(io.BytesIO(), ABOUT)
    archive.record("people", NOTE)
    with pytest.raises(NotWhole, match="the office has 2, the archive accounts for 1"):
        archive.close({("kind", "people"): 2})


@pytest.mark.refuses("H-47")
def test_everything_in_it_has_a_digest_and_lies_in_one_folder():
    counted, files = written()
    assert {name.split("/")[0] for name in files} == {ABOUT.root}
    inside = {name.partition("/")[2]: data for name, data in files.items()}
    sums = dict(reversed(line.split("  ")) for line in inside.pop("SHA256SUMS").decode().splitlines())
    assert sums == {name: sha256(data).hexdigest() for name, data in inside.items()}
    assert inside["files/" + "f" * 32] == b"river" and counted.types["note"] == counted.left == 1


@pytest.mark.refuses("H-47")
def test_in_a_demonstration_every_row_and_record_says_so_and_else_none():
    for invented in (True, False):
        about = About(*(getattr(ABOUT, name) for name in list(About.__dataclass_fields__)[:-1]), invented=invented)
        mark, (_, files) = "invented" if invented else "", written(about)
        assert ("invented" in about.root, "INVENTED" in files[f"{about.root}/READ-ME.txt"].decode()) == (invented, invented)
        for name, data in files.items():
            if "/csv/" in name or name.endswith("not-opened.csv"):
                assert all(row["demonstration"] == mark for row in csv.DictReader(io.StringIO(data.decode(), newline=""))), name
            if "/records/" in name:
                assert json.loads(data) == {"format": "waystation takeout 1", "demonstration": mark, "record": NOTE}


def test_every_type_of_record_has_a_table():
    assert set(COLUMNS) == set(TYPES) - {"audit"}


def test_what_has_no_column_stands_in_more_and_a_strange_list_too():
    tables = Tables("")
    tables.record({"v": 1, "type": "case", "id": "c", "people": ["not", "parts"], "request": {"goal": "safety", "x": [1]}})
    [row] = csv.DictReader(io.StringIO(tables.sheets["case"].data.decode(), newline=""))
    assert row["request.goal"] == "safety" and json.loads(row["more"]) == {"people": ["not", "parts"], "request": {"x": [1]}}
    with pytest.raises(ValueError, match="no table for records of the type audit"):
        tables.record({"type": "audit", "id": "a"})
    with pytest.raises(ValueError, match="already"):
        tables.new("files", ())
    with pytest.raises(ValueError, match="1 cells for"):
        tables.sheets["files"].add(["x"])


@pytest.mark.parametrize("pieces", [[b"riv"], [b"river", b"s"], [b"rivers"]])
def test_a_file_of_another_size_than_it_says_breaks_the_archive(pieces):
    with pytest.raises(OSError):
        Tar(io.BytesIO(), "x", at=0).add_pieces("a", 5, iter(pieces))

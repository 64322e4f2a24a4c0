"""Ensembles survive: killed and gone on with, stopped, torn, with any number of workers, the same bytes come out."""

import json
import os
import signal
import struct
import subprocess
import sys
import time

import numpy as np
import pytest

from waystation import worlds
from waystation.cli import main
from waystation.cli.ensembles import PIECES, RESULT, SUMMARY
from waystation.network.changing import read_change
from waystation.network.files import read_book, write_json
from waystation.planning.ensemble import NUMBERS, Ensemble, both, lived, pieces
from waystation.report.parquet import parquet

pytestmark = pytest.mark.once

NEARER = {"waystation_change": 1, "title": "REED opens", "apply": [{"place": "REED", "open": True}]}
WORLDS, PIECES_THERE = 400, 8


def line(folder, change, *more, count=WORLDS):
    return ["ensemble", "river", "--party", "two", "--change", str(change), "--worlds", str(count), "--out", str(folder), *more]


def started(words):
    return subprocess.Popen([sys.executable, "-m", "waystation.cli", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            start_new_session=True)


def there(folder):
    return sorted(path for path in (folder / PIECES).glob("*") if path.suffix != ".new") if (folder / PIECES).exists() else []


def until(folder, count, child):
    while len(there(folder)) < count:
        assert child.poll() is None, child.communicate()
        time.sleep(0.005)


@pytest.fixture(scope="module")
def change(tmp_path_factory):
    path = tmp_path_factory.mktemp("change") / "nearer.json"
    path.write_text(json.dumps(NEARER), "utf-8")
    return path


@pytest.fixture(scope="module")
def whole(change, tmp_path_factory):
    """One that nobody disturbed, made by two."""
    folder = tmp_path_factory.mktemp("whole")
    assert main(line(folder, change, "--workers", "2")) == 0
    return folder


def results(folder):
    return [(folder / name).read_bytes() for name in (RESULT, SUMMARY)]


def ended(words):
    """How it ends, in one word: with a number, or over a piece that it should not have believed."""
    try:
        return main(words)
    except ValueError as broken:
        return repr(broken)


def test_killed_it_goes_on_without_making_a_whole_piece_again_and_ends_with_the_same_bytes(change, whole, tmp_path):
    child = started(line(tmp_path, change, "--workers", "1"))  # one worker where there were two: the same
    until(tmp_path, 2, child)
    child.kill()
    child.communicate()
    time.sleep(1.5)  # its worker notices within half a second
    before = {path: path.stat() for path in there(tmp_path)}
    assert 2 <= len(before) < PIECES_THERE and not (tmp_path / RESULT).exists()
    torn, changed = list(before)[:2]
    torn.write_bytes(torn.read_bytes()[:99])                     # as a disk that was full leaves it
    changed.write_bytes(changed.read_bytes()[:-1] + b"\x00")
    assert ended(line(tmp_path, change, "--workers", "1")) == 0
    assert results(tmp_path) == results(whole)
    for path, was in before.items():
        again = path.stat()
        assert ((again.st_ino, again.st_mtime_ns) == (was.st_ino, was.st_mtime_ns)) == (path not in (torn, changed))


def test_stopped_by_hand_it_says_what_is_kept_and_leaves_a_whole_state(change, whole, tmp_path):
    child = started(line(tmp_path, change, "--workers", "1"))
    until(tmp_path, 1, child)
    os.killpg(child.pid, signal.SIGINT)                          # as a terminal does: to everybody in it
    told = child.communicate(timeout=120)[1]
    assert child.returncode == 130 and "pieces are kept" in told and "Traceback" not in told
    assert not list((tmp_path / PIECES).glob("*.new")) and not (tmp_path / RESULT).exists()
    kept = there(tmp_path)
    assert [path.read_bytes() for path in kept] == [(whole / PIECES / path.name).read_bytes() for path in kept]


def test_another_question_a_second_process_and_a_real_book_are_refused(change, whole, tmp_path, capsys):
    assert main(line(whole, change, "--seed", "8")) == 2
    assert "holds another question (other: seed)" in capsys.readouterr().err
    import fcntl

    with (whole / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert main(line(whole, change)) == 2
    assert "another process computes here" in capsys.readouterr().err
    book = json.loads(write_json(read_book(worlds.world("river"))))
    book["book"] |= {"fictional": False, "as_of": None}
    (tmp_path / "book.json").write_text(json.dumps(book), "utf-8")
    (tmp_path / "two.json").write_bytes(worlds.party("river", "two"))
    words = line(tmp_path / "out", change, "--now", "2030-05-01")
    words[1], words[3] = str(tmp_path / "book.json"), str(tmp_path / "two.json")
    assert main(words) == 2 and "invented books alone" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_the_table_holds_what_each_piece_is_by_itself(whole, change):
    """Read by hand from the bytes: three columns of int32, eight of doubles, each after a page's head."""
    data = (whole / RESULT).read_bytes()
    assert data[:4] == data[-4:] == b"PAR1"
    footer = data[-8 - struct.unpack("<I", data[-8:-4])[0]:-8]
    for name in ("change", "party", "world", *NUMBERS):
        assert name.encode() in footer
    book = read_book(worlds.world("river"))
    from argparse import Namespace

    from waystation.cli.arguments import parser
    from waystation.cli.inputs import question

    given = parser().parse_args(line(whole, change))
    one = question(Namespace(**{**vars(given), "party": "two"}))
    asked = Ensemble(book, (read_change(change.read_bytes(), book),), ((one.party, one.terms),), one.now, WORLDS, 7)
    last = pieces(asked)[-1]
    rows = lived(asked, last, both(asked, 0, 0))
    assert rows[:, 4].mean() > rows[:, 0].mean()                                 # a nearer place
    for k in range(len(NUMBERS)):
        assert np.ascontiguousarray(rows[:, k]).tobytes() in data
    assert np.arange(WORLDS, dtype="<i4").tobytes() in data


def test_the_bytes_of_a_table_are_those_that_pyarrow_read():
    """Read with pyarrow 26 when this was written: a [1, 2], b [0.5, nan], note k = v. A changed byte asks for that again."""
    from hashlib import sha256

    made = parquet({"a": np.array([1, 2], np.int32), "b": np.array([0.5, np.nan])}, {"k": "v"})
    assert sha256(made).hexdigest() == GOLDEN
    for wrong in ({}, {"a": np.array([1, 2], np.int32), "b": np.array([0.5])}, {"a": np.array([1, 2], np.int64)}):
        with pytest.raises(ValueError, match="column"):
            parquet(wrong, {})


GOLDEN = "53bcc537744469a24552bd27c12db287f59d2789d3711bb9d563bf1ee4d29924"

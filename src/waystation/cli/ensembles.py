"""`waystation ensemble`: many what-ifs on all cores, in a folder that survives being stopped or killed.

Each piece of the work is a file that is written whole or not at all, sealed with a digest over the question, its number
and its numbers. Going on reads what is there; what is missing, torn or of another question is made anew. The result is
put together from the pieces in their order, so it does not depend on who made them, or when.
"""

import json
import multiprocessing
import os
import time
from argparse import Namespace
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import asdict
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from threading import Thread
from typing import Any

import numpy as np
from numpy.typing import NDArray

from waystation import __version__
from waystation.cli.inputs import bytes_of, question
from waystation.cli.outputs import as_json, note, progress, say, say_json
from waystation.cli.verbs import DONE, NOT_KNOWN
from waystation.network.changing import read_change
from waystation.network.files import write_json
from waystation.planning.ensemble import NUMBERS, Both, Ensemble, Piece, both, lived, pieces
from waystation.planning.setting import InvalidTerms
from waystation.planning.what_if import SPEAKS
from waystation.report.parquet import parquet

QUESTION, RESULT, SUMMARY, PIECES, LOCK = "question.json", "worlds.parquet", "summary.json", "pieces", ".lock"
SEAL = 32        # bytes of the digest before the numbers of a piece
STOPPED = 130    # as a shell says of what Ctrl-C ended
LOOKS_S = 0.5


def ensemble(given: Namespace) -> int:
    """Compute or go on. 1 where too little is known of every change; stopped by Ctrl-C: what is done stays."""
    asked, said = _asked(given)
    work, seal = pieces(asked), sha256(as_json(said).encode()).digest()
    with _alone(given.out, said):
        missing = [one for one in work if _kept(given.out, one, seal) is None]
        progress(f"{len(work) - len(missing)} of {len(work)} pieces are there ...")
        try:
            _make(asked, given.out, seal, missing, len(work), given.workers)
        except KeyboardInterrupt:
            done = sum(_kept(given.out, one, seal) is not None for one in work)
            note(f"\nStopped. {done} of {len(work)} pieces are kept in {given.out}; the same command goes on.")
            return STOPPED
        progress("")
        states = {(one.change, one.party): _state(given.out, one, seal) for one in work}
        facts = _whole(asked, work, given.out, seal, states)
    if given.json:
        say_json(facts)
    else:
        say(f"{asked.worlds * len(states)} rows in {given.out / RESULT} ({len(asked.changes)} changes, "
            f"{len(asked.parties)} parties, {asked.worlds} possible worlds, seed {asked.seed}).")
    return DONE if any(one in SPEAKS for one in states.values()) else NOT_KNOWN


# --- the question -----------------------------------------------------------------------------------------------------


def _asked(given: Namespace) -> tuple[Ensemble, dict[str, Any]]:
    """What is computed, and the same as plain values: a folder belongs to one question."""
    found = [question(Namespace(**{**vars(given), "party": party})) for party in given.party]
    book = found[0].net.book
    if not book.book.fictional:
        raise InvalidTerms("An ensemble lies in clear in its folder while it grows, so it takes invented books alone. "
                           "Ask about a real one with `waystation what-if`.")
    changes = [(str(path), bytes_of(path, identity=given.identity)) for path in given.change]
    asked = Ensemble(book, tuple(read_change(data, book, name=name) for name, data in changes),
                     tuple((one.party, one.terms) for one in found), found[0].now, given.worlds, given.seed)
    said = {
        "waystation_ensemble": 1, "version": __version__, "book": sha256(write_json(book)).hexdigest(),
        "changes": [sha256(data).hexdigest() for _, data in changes],
        "parties": [sha256(json.dumps([asdict(one.party), asdict(one.terms)], sort_keys=True, default=str).encode())
                    .hexdigest() for one in found],
        "now": asked.now.isoformat(), "worlds": asked.worlds, "seed": asked.seed,
    }
    return asked, said


@contextmanager
def _alone(folder: Path, said: dict[str, Any]) -> Iterator[None]:
    """The folder, for this question and this process alone. Raises `InvalidTerms`."""
    import fcntl

    try:
        (folder / PIECES).mkdir(parents=True, exist_ok=True)
        lock = (folder / LOCK).open("w")
    except OSError as error:
        raise InvalidTerms(f"{folder}: cannot be written ({error.strerror}).") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise InvalidTerms(f"{folder}: another process computes here. Wait, or give another folder.") from error
        _same_question(folder, said)
        for torn in (folder / PIECES).glob("*.new"):  # of a worker that was killed while it wrote
            torn.unlink(missing_ok=True)
        yield


def _same_question(folder: Path, said: dict[str, Any]) -> None:
    path = folder / QUESTION
    if not path.exists():
        if any((folder / PIECES).iterdir()):
            raise InvalidTerms(f"{folder}: holds pieces and does not say of which question. Give an empty folder.")
        _write(path, as_json(said).encode())
        return
    try:
        before = json.loads(path.read_bytes())
    except (OSError, ValueError):
        before = {}
    if other := sorted(name for name in said if before.get(name) != said[name]):
        raise InvalidTerms(f"{folder}: holds another question (other: {', '.join(other)}). Give another folder, or "
                           "ask as before.")


# --- the work ---------------------------------------------------------------------------------------------------------


def _make(asked: Ensemble, folder: Path, seal: bytes, missing: list[Piece], all_: int, workers: int) -> None:
    """Make the missing pieces, each in a process; whoever is done first says so first."""
    if not missing:
        return
    done = all_ - len(missing)
    pool = ProcessPoolExecutor(min(workers, len(missing)), multiprocessing.get_context("spawn"), _begin,
                               (asked, folder, seal, os.getpid()))
    try:
        waiting: list[Future[int]] = [pool.submit(_piece, one) for one in missing]
        for one in as_completed(waiting):
            one.result()
            done += 1
            progress(f"{done} of {all_} pieces ...")
        pool.shutdown()
    except BaseException:
        pool.shutdown(wait=True, cancel_futures=True)
        raise


_WORK: list[tuple[Ensemble, Path, bytes]] = []


def _begin(asked: Ensemble, folder: Path, seal: bytes, parent: int) -> None:
    """A worker: it leaves Ctrl-C to its parent, and ends when that is gone."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with, args=(parent,), daemon=True).start()
    _WORK[:] = [(asked, folder, seal)]


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOKS_S)
    os._exit(1)


@lru_cache(maxsize=1)  # pieces of one change and party follow each other
def _both(change: int, party: int) -> Both:
    return both(_WORK[0][0], change, party)


def _piece(one: Piece) -> int:
    asked, folder, seal = _WORK[0]
    of = _both(one.change, one.party)
    data = bytes([list(type(of.known)).index(of.known)]) + lived(asked, one, of).astype("<f8").tobytes()
    _write(_path(folder, one), _digest(seal, one, data) + data)
    return one.number


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all, also when the machine is switched off meanwhile."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


# --- what is there ----------------------------------------------------------------------------------------------------


def _path(folder: Path, one: Piece) -> Path:
    return folder / PIECES / f"{one.number:06d}"


def _digest(seal: bytes, one: Piece, data: bytes) -> bytes:
    return sha256(seal + one.number.to_bytes(8, "big") + data).digest()


def _kept(folder: Path, one: Piece, seal: bytes) -> bytes | None:
    """What a piece holds; None where it is missing, torn or of another question."""
    try:
        whole = _path(folder, one).read_bytes()
    except OSError:
        return None
    data = whole[SEAL:]
    return data if whole[:SEAL] == _digest(seal, one, data) else None


def _there(folder: Path, one: Piece, seal: bytes) -> bytes:
    data = _kept(folder, one, seal)
    if data is None:
        raise InvalidTerms(f"{_path(folder, one)}: was changed while this ran. Ask again: it is made anew.")
    return data


def _state(folder: Path, one: Piece, seal: bytes) -> Any:
    from waystation.planning.results import Knowledge

    return list(Knowledge)[_there(folder, one, seal)[0]]


def _whole(asked: Ensemble, work: tuple[Piece, ...], folder: Path, seal: bytes, states: dict[tuple[int, int], Any],
           ) -> dict[str, Any]:
    """The pieces as one table and its summary, both written whole."""
    rows = [np.frombuffer(_there(folder, one, seal)[1:], "<f8").reshape(one.count, len(NUMBERS)) for one in work]
    table = np.concatenate(rows)
    columns: dict[str, NDArray[np.int32] | NDArray[np.float64]] = {
        name: np.concatenate([np.broadcast_to(np.asarray(value(one), np.int32), one.count) for one in work])
        for name, value in (("change", lambda one: one.change), ("party", lambda one: one.party),
                            ("world", lambda one: np.arange(one.first, one.first + one.count)))}
    columns |= {name: np.ascontiguousarray(table[:, k]) for k, name in enumerate(NUMBERS)}
    made = parquet(columns, {"question": seal.hex(), "fictional": "yes"})
    facts = {
        "waystation_ensemble": 1, "fictional": True, "question": seal.hex(), "table": sha256(made).hexdigest(),
        "changes": [one.title for one in asked.changes], "parties": [one.label for one, _ in asked.parties],
        "known": [{"change": change, "party": party, "known": one.value} for (change, party), one in states.items()],
        "columns": list(columns), "worlds": asked.worlds, "seed": asked.seed,
    }
    _write(folder / RESULT, made)
    _write(folder / SUMMARY, as_json(facts).encode())
    return facts

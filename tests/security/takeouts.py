"""A takeout as people make it, and its archive as a recipient opens it. For tests."""

import csv
import io
import subprocess
import tarfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pyrage
from acts import attach, member

import parts
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.records import actions as records
from waystation_web.takeout import actions
from waystation_web.takeout.building import build, carried
from waystation_web.takeout.order import fingerprint

SCRIPT = Path(__file__).resolve().parent / "takeout_by_hand.sh"
PHOTO = bytes(range(256)) * 300   # more than one chunk


@dataclass
class House:
    """Two who sign, somebody who works there, two recipients."""

    office: object
    officer: object
    head: object
    worker: object
    keys: list
    note: bytes = b""
    file: bytes = b""

    def ask(self, by=None, **more):
        to = [(f"Recipient {n}", f"Country {n}", str(key.to_public()), fingerprint(str(key.to_public())))
              for n, key in enumerate(self.keys)]
        said = {"purpose": "The office moves", "agreement": "Paper 7", "until": clock.today() + timedelta(days=30),
                "recipients": to} | more
        return actions.ask(by or self.officer, **said)

    def released(self):
        order = self.ask()
        actions.sign(self.head, order)
        actions.release(self.officer, order)
        return order

    def archives(self, out):
        return build(carried(self.office.recovery, None, clock.today()), out)


def house(office, *, recipients=2, words="a word"):
    one = House(office, member(office, "officer", ("security_officer",)), member(office, "head", ("organisation_head",)),
                member(office, "worker", ("case_worker",)), [pyrage.x25519.Identity.generate() for _ in range(recipients)])
    with writing():
        note = records.make(one.worker, "note", {"title": words, "text": f"=HYPERLINK({words})"})
        case = records.make(one.worker, "case", {"ref": "K7Q2", "alias": words, "people": [{"id": "a" * 16, "code": "A", "age": 1}]})
        records.change(one.worker, case, {"alias": "-Bell"}, what="alias")
    one.note, one.file = note.id, attach(one.worker, note.id, PHOTO, name=f"{words}.jpg")
    return one


class Opened:
    """An archive, opened with a recipient's key."""

    def __init__(self, path, key):
        self.files = {}
        with tarfile.open(fileobj=io.BytesIO(pyrage.decrypt(path.read_bytes(), [key]))) as tar:
            for one in tar:
                self.root, _, name = one.name.partition("/")
                self.files[name] = tar.extractfile(one).read()

    def rows(self, name):
        return list(csv.DictReader(io.StringIO(self.files[name].decode(), newline=""), strict=True))

    def about(self):
        return {row["name"]: row["value"] for row in self.rows("manifest.csv") if row["sort"] == "about"}

    def counts(self):
        return {(row["sort"], row["name"]): tuple(int(row[name]) for name in ("in_the_office", "in_this_archive", "not_opened"))
                for row in self.rows("manifest.csv") if row["sort"] in {"kind", "files", "table"}}

    def left(self):
        return {row["id"]: row["why"] for row in self.rows("not-opened.csv")}


def by_hand(path, key, folder):
    """What the shell script says, as rows: it knows nothing of Waystation."""
    parts.needs(parts.there("age"), "age is not installed (apt install age)")
    secret = folder / "key"
    secret.write_text(f"{key}\n")
    into = folder / "opened"
    into.mkdir()
    done = subprocess.run([SCRIPT, path, secret, into], capture_output=True, text=True, env={"PATH": "/usr/bin:/bin"})
    assert done.returncode == 0, done.stderr
    return [line.split("\t") for line in done.stdout.splitlines()]

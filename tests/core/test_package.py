"""A package of evidence passes with the tools of any system, and whatever was done to it is found."""

import io
import shutil
import subprocess
import tarfile
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from authority import Authority, certified, checked, root
from waystation.evidence import batch, custody
from waystation.evidence.bagging import NotTheSame, outer, write
from waystation.evidence.package import Asked, Consent, Copy, Exhibit, Stamped, laid, plan
from waystation.evidence.verify_text import commands
from waystation.vault.signing import NotASigner, accepted, new_key, request_of, signature
from waystation.vault.stamping import NotStamped, request_for, stamped

NAME, DAY, NOW = "P-7K2M9Q", date(2026, 11, 28), datetime.now(UTC) + timedelta(minutes=5)
SALT, CUSTODY_SALT = bytes(range(32)), bytes(range(32, 64))
ORIGINAL = b"\xff\xd8\xff the bytes of a picture as they came, with a GPS position 42.9741"


def chain(*acts):
    lines = []
    for act in acts:
        of = NAME if act == "packaged" else "D-01" if act == "derived" else "original"
        lines.append(custody.next_line(lines, at=NOW, act=act, object=of, commit=batch.commitment(SALT, [ORIGINAL]),
                                       actor="a-4f7q", why="intake"))
    return lines


def exhibit(lines, *, original=True, **facts):
    said = {"received": "2026-11-20", "origin": "filmmaker", "label": "footage", "authenticity": "original"} | facts
    copy = Copy("D-01", laid("data/derivatives/E-0001/D-01.jpg", b"the copy", "image/jpeg"), "fill", cleared=True)
    held = laid("data/originals/E-0001/original.jpg", ORIGINAL, "image/jpeg") if original else None
    return Exhibit("E-0001", said, lines, CUSTODY_SALT, SALT, held, [copy])


def asked(lines, lists, certificates, **more):
    consent = Consent("person-1", "court", "A court", "this picture", DAY, None)
    said = {"name": NAME, "recipient": "A court", "purpose": "court", "day": DAY, "mark": "c1",
            "exhibits": [exhibit(lines)], "consents": [consent], "lists": lists, "certificates": certificates}
    return Asked(**(said | more))


class World:
    """A signer, two authorities and a list of a week, made once."""

    def __init__(self, folder):
        self.folder, key = folder, new_key()
        self.root = root(folder, "signer-root")
        self.certificate = certified(folder, "signer-root", request_of(key, "Evidence desk"))
        self.key, self.signer = key, accepted(key, self.certificate, self.root, NOW)
        self.authorities = {slot: Authority(folder / slot, f"tsa-{slot}") for slot in "ab"}
        self.lines = chain("received", "hashed", "sealed", "derived", "packaged")
        known = [batch.commitment(SALT, [ORIGINAL]), batch.commitment(CUSTODY_SALT, [custody.text(self.lines[:4])])]
        self.list = batch.list_of("2026-W47", batch.FIRST, known, lambda n: sha256(next(self.chance)).digest()[:n])
        self.requests = {slot: request_for(self.list) for slot in "ab"}
        self.tokens = {slot: self.authorities[slot].stamp(self.requests[slot]) for slot in "ab"}

    chance = iter([b"%d" % n for n in range(1000)])

    @property
    def lists(self):
        return [Stamped("2026-W47", self.list, self.tokens)]

    @property
    def certificates(self):
        return {"signer-root": self.root} | {f"tsa-{slot}-root": one.root for slot, one in self.authorities.items()}

    def unpacked(self, folder, made):
        """The package as its recipient has it, with the roots from where they are published."""
        sink = io.BytesIO()
        write(made, outer(made, lambda data: signature(self.signer, data, NOW)), sink, DAY)
        sink.seek(0)
        with tarfile.open(fileobj=sink) as tar:
            assert {(member.uid, member.mode, member.uname) for member in tar} == {(0, 0o644, "")}
            tar.extractall(folder, filter="data")
        (folder / "signer-root-from-our-website.pem").write_text(self.root)
        for slot, one in self.authorities.items():
            (folder / f"tsa-{slot}-root-from-the-authority.pem").write_text(one.root)
        return folder


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return World(tmp_path_factory.mktemp("authorities"))


@pytest.fixture(scope="module")
def package(world, tmp_path_factory):
    return world.unpacked(tmp_path_factory.mktemp("package"), plan(asked(world.lines, world.lists, world.certificates)))


def faults(package):
    return checked(package, commands((package / NAME / "VERIFY.txt").read_text("utf-8")))


@pytest.mark.refuses("H-38")
def test_the_commands_of_the_package_pass_in_a_bare_shell(package):
    assert faults(package) == []


def files_of(package):
    return sorted(path for path in package.rglob("*") if path.is_file() and not path.name.endswith((".pem", "have"))
                  ) + sorted((package / NAME / "certificates").iterdir())


def flipped(path, at):
    data = bytearray(path.read_bytes())
    data[int(at * (len(data) - 1))] ^= 1
    path.write_bytes(data)


PLACES = [pytest.param(0.5, id="one place"),
          *(pytest.param(place / 11, id=str(place), marks=pytest.mark.soak) for place in range(12))]


@pytest.mark.refuses("H-38")
@pytest.mark.parametrize("at", PLACES)
def test_one_bit_in_any_file_is_found(package, tmp_path, at):
    lines = commands((package / NAME / "VERIFY.txt").read_text("utf-8"))
    here = shutil.copytree(package, tmp_path / "copy")
    for path in files_of(here):
        whole = path.read_bytes()
        flipped(path, at)
        assert checked(here, lines), path.name
        path.write_bytes(whole)
    assert checked(here, lines) == []


@pytest.mark.refuses("H-38")
def test_a_file_added_removed_renamed_or_linked_is_found(package, tmp_path):
    def added(bag):
        (bag / "data" / "originals" / "E-0002.jpg").write_bytes(b"more")

    def tag(bag):
        (bag / "certificates" / "more.pem").write_bytes(b"more")

    def removed(bag):
        (bag / "data" / "custody" / "E-0001.jsonl").unlink()

    def renamed(bag):
        (bag / "data" / "index.txt").rename(bag / "data" / "index2.txt")

    def linked(bag):
        (bag / "data" / "index.txt").rename(bag.parent / "elsewhere")
        (bag / "data" / "index.txt").symlink_to(bag.parent / "elsewhere")

    for number, change in enumerate((added, tag, removed, renamed, linked)):
        here = shutil.copytree(package, tmp_path / str(number))
        change(here / NAME)
        assert faults(here), change.__name__


@pytest.mark.refuses("H-38")
def test_custody_rewritten_by_whoever_has_the_key_is_found_by_the_list(world, tmp_path):
    lines = chain("received", "sealed", "hashed", "derived", "packaged")
    told = plan(asked(world.lines, world.lists, world.certificates))
    lying = plan(asked(lines, world.lists, world.certificates))
    said = checked(world.unpacked(tmp_path, lying), commands(_verify(told)))
    assert said == ["E-0001 custody NOT IN THE LIST"]
    assert "E-0001: the custody stands in no list of a week yet" in _verify(lying)


def _verify(made):
    return b"".join(next(one for one in made.files if one.path == "VERIFY.txt").read()).decode()


@pytest.mark.refuses("H-39")
def test_without_the_original_nothing_of_it_is_there(world):
    made = plan(asked(world.lines, world.lists, world.certificates, exhibits=[exhibit(world.lines, original=False)]))
    whole = b"\n".join(one.path.encode() + b"\n" + b"".join(one.read()) for one in made.files)
    for secret in (ORIGINAL, sha256(ORIGINAL).hexdigest().encode(), SALT, SALT.hex().encode(), b"originals/"):
        assert secret not in whole
    assert batch.commitment(SALT, [ORIGINAL]).hex().encode() in whole


def test_an_independent_reader_takes_it_for_a_bag(package):
    bag = package / NAME
    assert (bag / "bagit.txt").read_text() == "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    info = dict(line.split(": ", 1) for line in (bag / "bag-info.txt").read_text().splitlines())
    payload = [path for path in (bag / "data").rglob("*") if path.is_file()]
    assert info["Payload-Oxum"] == f"{sum(path.stat().st_size for path in payload)}.{len(payload)}"
    listed = [line.split("  ", 1)[1] for line in (bag / "manifest-sha256.txt").read_text().splitlines()]
    assert listed == sorted(path.relative_to(bag).as_posix() for path in payload)


REFUSED = {
    "invented": lambda lines: {"exhibits": [exhibit(lines, label="fiction")]},
    "played": lambda lines: {"exhibits": [exhibit(lines, authenticity="re-enactment")]},
    "nobody agreed": lambda lines: {"consents": []},
    "agreed to another": lambda lines: {"consents": [Consent("p", "press", "A court", "", DAY, None)]},
    "agreed until yesterday": lambda lines: {"consents": [Consent("p", "court", "A court", "", DAY, date(2026, 11, 27))]},
    "no recipient": lambda lines: {"recipient": "", "consents": [], "alone": "nobody is shown"},
    "nothing in it": lambda lines: {"exhibits": []},
    "a broken chain": lambda lines: {"exhibits": [exhibit([lines[0], *lines[2:]])]},
    "not its last line": lambda lines: {"exhibits": [exhibit(lines[:-1])]},
    "another file": lambda lines: {"exhibits": [Exhibit(
        "E-0001", {}, lines, CUSTODY_SALT, SALT, laid("data/originals/E-0001/original.jpg", b"another"), [])]},
    "not cleared": lambda lines: {"exhibits": [Exhibit(
        "E-0001", {}, lines, CUSTODY_SALT, SALT, None, [Copy("D-01", laid("data/derivatives/x.jpg", b""), "", cleared=False)])]},
    "a path with a space": lambda lines: {"more": [laid("data/a file", b"")]},
}


@pytest.mark.refuses("H-09")
@pytest.mark.refuses("H-38")
@pytest.mark.parametrize("why", REFUSED)
def test_a_package_is_refused(world, why):
    made = plan(asked(world.lines, world.lists, world.certificates, **REFUSED[why](world.lines)))
    assert isinstance(made, list) and len(made) == 1, made


def test_a_file_that_changed_since_it_was_counted_stops_the_package(world):
    held = laid("data/more/one.txt", b"as it was counted")
    moved = type(held)(held.path, held.size, held.sha256, held.sha512, lambda: iter([b"as it is counted!"]))
    made = plan(asked(world.lines, world.lists, world.certificates, more=[moved]))
    with pytest.raises(NotTheSame):
        write(made, [], io.BytesIO(), DAY)


def manual():
    """The lines to run, block by block."""
    text = (Path(__file__).resolve().parents[2] / "docs" / "how-to" / "evidence-packages.md").read_text("utf-8")
    return [block.split("```")[0] for block in text.split("```sh\n")[1:]]


def test_the_manual_has_the_lines_of_a_package_and_its_own_lines_make_a_signer(world, tmp_path):
    at_the_root, certify, lines = manual()
    assert lines == commands(_verify(plan(asked(world.lines, world.lists, world.certificates))))
    (tmp_path / "request.csr").write_text(request_of(world.key, "Desk"))
    done = subprocess.run(["/bin/sh", "-e"], input=at_the_root + certify, cwd=tmp_path, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    accepted(world.key, (tmp_path / "signer.pem").read_text(), (tmp_path / "root.pem").read_text(), NOW)


@pytest.mark.refuses("H-38")
def test_only_a_token_for_this_list_this_request_and_this_authority_is_taken(world):
    a, b = world.authorities["a"], world.authorities["b"]
    token = world.tokens["a"]
    given = {"data": world.list, "request": world.requests["a"], "root": a.root}
    assert abs((stamped(token, **given).at - NOW).total_seconds()) < 600
    for wrong in ({"data": world.list + b"\n"}, {"request": request_for(world.list)}, {"root": b.root}):
        with pytest.raises(NotStamped):
            stamped(token, **(given | wrong))
    for other in (b"no token", token[:-1], a.stamp(request_for(b"another list")), b.stamp(world.requests["a"])):
        with pytest.raises(NotStamped):
            stamped(other, **given)


def test_a_certificate_signs_only_for_its_key_its_root_and_its_time(world):
    other = root(world.folder / "other", "other-root")
    late = certified(world.folder, "signer-root", request_of(world.key, "Late"), days=1)
    authority = certified(world.folder, "signer-root", request_of(world.key, "Above"), authority=True)
    for key, certificate, above, now in (
            (new_key(), world.certificate, world.root, NOW), (world.key, world.certificate, other, NOW),
            (world.key, world.certificate, world.certificate, NOW), (world.key, authority, world.root, NOW),
            (world.key, late, world.root, NOW), (world.key, "no certificate", world.root, NOW)):
        with pytest.raises(NotASigner):
            accepted(key, certificate, above, now)


def test_every_signed_attribute_is_needed(world, tmp_path, monkeypatch):
    from asn1crypto import cms

    from waystation.vault import signing
    whole = signing._attributes
    for left_out in ("message_digest", "signing_certificate_v2", "content_type"):
        monkeypatch.setattr(signing, "_attributes", lambda *given, out=left_out: cms.CMSAttributes(
            [one for one in whole(*given) if one["type"].native != out]))
        (tmp_path / "data").write_bytes(b"river")
        (tmp_path / "p7s").write_bytes(signature(world.signer, b"river", NOW))
        said = checked(tmp_path, "openssl cms -verify -cades -binary -inform DER -in p7s -content data -CAfile "
                                 f"{world.folder}/signer-root.pem -purpose any -out /dev/null\n")
        assert said, left_out

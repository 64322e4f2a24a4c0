"""Doors of evidence: rights officers take in, clear and pack; whoever holds an item looks at it and changes nothing."""

import functools
import io
import tempfile
from pathlib import Path

import pyrage
from acts import upload
from django.core.files.uploadedfile import SimpleUploadedFile
from doors import Thing, anybody, holders, joined, makers, roles, writers
from PIL import Image

from authority import Authority, certified, root
from waystation.access import Role
from waystation_web.evidence import actions, actions_copy, actions_package, lists, queries, signing
from waystation_web.evidence.agreeing import For
from waystation_web.evidence.child import Made
from waystation_web.evidence.models import Batch
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.takeout.order import fingerprint

ANSWERS = {"authenticity": "original", "label": "footage", "exposure": "none", "thirds": "nobody", "covert": "no",
           "inducement": "no"}
KEY = str(pyrage.x25519.Identity.generate().to_public())
RIGHTS = frozenset({Role.RIGHTS_OFFICER})
SEEN = {"appears": "x", "found_by": "x"}


@functools.cache
def picture():
    out = io.BytesIO()
    Image.new("RGB", (16, 16)).save(out, "JPEG")
    return out.getvalue()


@functools.cache
def trusted():
    """A root and an authority of time, made once in a process."""
    folder = Path(tempfile.mkdtemp(prefix="waystation-roots-"))
    return folder, root(folder, "signer-root"), Authority(folder / "a", "tsa-a")


def copied(data, boxes=(), *, side=0, grid=False):
    """What the child answers, without a child: it is tried by test_evidence."""
    return Made("jpeg", 16, 16, [], picture())


def curators(stage):
    for handle in ("curator", "registrar"):
        if handle not in stage.authors:
            stage.authors[handle] = joined(stage, handle, "rights_officer")
    return stage.authors["curator"], stage.authors["registrar"]


def item(name, *, file=True, seal=True, copies=0, ask=False):
    """An item as far as a row needs it."""
    def make(stage, ids):
        one, _ = curators(stage)
        stage.authors[name] = one
        made = actions.announce(one, title="x", origin="relative", creator="", acquired_from="x", acquired_on=clock.today(), how="x")
        if file:
            arrived = upload(one, made, picture())
            actions.receive(one, made, arrived)
            arrived.close()
        if seal and file:
            with writing():
                revision = queries.held(one, made).record.revision
            actions.answer(one, made, ANSWERS, revision=revision)
        for _ in range(copies):
            key = actions_copy.make(one, made, why="clean", boxes=())
            if ask:
                actions_copy.ask(one, made, key, **SEEN)
        return made.hex()
    return make


def file_of(stage, ids):
    with writing():
        return queries.held(stage.authors["exhibit"], bytes.fromhex(ids["exhibit"])).original["file"]


def package(name, *, signed=False, built=False):
    def make(stage, ids):
        one, two = curators(stage)
        stage.authors[name] = one
        made = actions_package.ask(one, recipient="R", jurisdiction="CH", key=KEY, heard=fingerprint(KEY), purpose="x", alone="x",
                                   shown="", parts=[(bytes.fromhex(ids["exhibit"]), True, ())],
                                   wanted=For("court", "legal", "", ()), people=[])
        if signed or built:
            actions_package.sign(two, made)
        if signed or built:
            certify(stage)
        if built:
            actions_package.build(one, made)
        return made.hex()
    return make


def certify(stage):
    """The newest key is certified, so that packages can be built."""
    one, _ = curators(stage)
    made = signing.make_key(one, "Desk")
    signing.certify(one, made, **certificate(stage, made))


def certificate(stage, signer):
    folder, above, _ = trusted()
    with writing():
        request = signing._of(stage.authors["curator"], signer, "key").body["request"]
    return {"certificate": certified(folder, "signer-root", request), "root": above}


def signer(stage, ids):
    one, _ = curators(stage)
    stage.authors["signer"] = one
    return signing.make_key(one, "Desk").hex()


def authority(stage, ids):
    one, _ = curators(stage)
    stage.authors["authority"] = one
    with writing():
        lists.make_due(clock.today())
    return signing.pin(one, slot="a", name="x", root=trusted()[2].root).hex()


def token(ids):
    row = Batch.objects.first() if ids.stage else None
    data = trusted()[2].stamp(bytes(row.request_a)) if row else b"x"
    return {"week": row.name if row else "2026-W01", "file": SimpleUploadedFile("a.tsr", data)}


def answers(ids):
    return ANSWERS | {"revision": ids.revision("item-answer/exhibit")}


def seen(name):
    return lambda ids: SEEN | {"copy": ids.held(name).body["copies"][0]["id"] if ids.stage else "x"}


def asked(ids):
    return {"recipient": "R", "jurisdiction": "CH", "key": KEY, "heard": fingerprint(KEY), "purpose": "x",
            "parts": [f"{ids.get('exhibit', '00' * 16)}/original"], "alone": "x", "use": "court", "to": "legal", "confirmed": "on"}


NAMES = {"item-receive/exhibit": {"file": False}, "item-answer/exhibit": {"seal": False}, "item-refuse/exhibit": {"seal": False},
         "item-seen/exhibit": {"copies": 1}, "item-clear/exhibit": {"copies": 1, "ask": True}}
THINGS = {"exhibit": Thing("item", item("exhibit")), "picture": Thing("", file_of),
          **{name: Thing("item", item(name, **how)) for name, how in NAMES.items()},
          "package": Thing("item", package("package")),
          "package-build/package": Thing("item", package("package-build/package", signed=True)),
          "package-fetch/package": Thing("item", package("package-fetch/package", built=True)),
          "signer": Thing("signer", signer), "authority": Thing("signer", authority)}
TABLE = {
    "evidence": {"GET": anybody(200)}, "item-new": {"GET": anybody(200), "POST": makers("item", 302)},
    "item": {"GET": holders("item", 200)},
    **{f"item-{name}": {"POST": writers("item", 302)} for name in ("receive", "answer", "refuse", "copy")},
    "item-original": {"POST": writers("item", 403, stepped_up=200)},
    "item-look": {"POST": holders("item", 200)}, "item-picture": {"GET": holders("item", 200)},
    **{f"item-{name}": {"POST": writers("item", 403, stepped_up=302)} for name in ("seen", "clear")},
    "packages": {"GET": roles(RIGHTS, 200, others=404), "POST": roles(RIGHTS, 403, others=404, stepped_up=302)},
    "package": {"GET": holders("item", 200)},
    **{f"package-{name}": {"POST": writers("item", 403, stepped_up=302)} for name in ("sign", "build")},
    "package-fetch": {"POST": writers("item", 200)},
    "stamps": {"GET": roles(RIGHTS, 200, others=404)}, "stamp-file": {"POST": roles(RIGHTS, 200, others=404)},
    **{name: {"POST": roles(RIGHTS, 302, others=404)} for name in ("signer-new", "authority-new")},
    "signer-certify": {"POST": writers("signer", 302)}, "stamp-bring": {"POST": writers("signer", 302)},
}
SENT = {
    "item-new": lambda ids: {"title": "x", "origin": "relative", "acquired_from": "x", "how": "x",
                             "acquired_on": ids.stage.day(0).isoformat() if ids.stage else ""},
    "item-receive": lambda _: {"file": SimpleUploadedFile("b", picture())}, "item-answer": answers,
    "item-refuse": {"why": "fiction", "said": "x"}, "item-original": {"why": "court", "said": "x"}, "item-look": {"copy": ""},
    "item-copy": {"why": "clean", "boxes": ""}, "item-seen": seen("item-seen/exhibit"), "item-clear": seen("item-clear/exhibit"),
    "packages": asked, "package-sign": {"confirmed": "on"},
    "stamp-file": lambda _: {"week": getattr(Batch.objects.first(), "name", "2026-W01"), "what": "list"},
    "signer-new": {"desk": "Desk"}, "authority-new": lambda _: {"slot": "b", "name": "x", "root": trusted()[1]},
    "signer-certify": lambda ids: certificate(ids.stage, bytes.fromhex(ids["signer"])) if ids.stage else {"certificate": "x", "root": "x"},
    "stamp-bring": token,
}
ASKS = ("item-look", "item-original", "stamp-file", "package-fetch")

"""Doors of the route book: coordinators hold it; a row may be given to others on a reason, the book as a whole never is."""

import re
from dataclasses import replace
from functools import partial

import pyrage
from acts import attach
from django.core.files.uploadedfile import SimpleUploadedFile
from doors import Thing, has, holders, joined, roles, writers

from waystation.access import Role
from waystation.network.example import example_book
from waystation.network.jsonbook import json_of
from waystation_web.gateways.database import writing
from waystation_web.network import actions, actions_export, actions_import, queries
from waystation_web.network.forms import typed_of
from waystation_web.network.notice import KINDS
from waystation_web.network.reading import rows_held
from waystation_web.network.sheets import NAMES

CO = {Role.COORDINATOR}
BOOK = replace(example_book(), silence=example_book().silence[:1])  # so that a row of each sheet can be added
KEY = str(pyrage.x25519.Identity.generate().to_public())
NOTICE = {"date": "2026-03-01", "source": "S1", "reliability": "F", "credibility": "6", "about_areas": "EAST", "about_places": "MID",
          "about_legs": "L1"}


def chief(stage, *names):
    """Who keeps the book."""
    if "book" not in stage.authors:
        stage.authors["book"] = joined(stage, "bookkeeper", "coordinator")
        actions_import.take_in(stage.authors["book"], BOOK)
    for name in names:
        stage.authors[name] = stage.authors["book"]
    return stage.authors["book"]


def row(name, sheet, code, stage, ids, *, removed=False):
    """A row of a small book, or one that was taken out of it."""
    keeper = chief(stage, name)
    with writing():
        found = next(one for one in rows_held(keeper) if one.sheet == sheet and one.code == code)
    if removed:
        actions.remove_row(keeper, found.id, revision=1)
    return found.id.hex()


def notice(stage, ids):
    return actions.note(chief(stage, "notice"), "armed", NOTICE | {"who": "police"}).hex()


def book_with(leg):
    """The same book with one leg more, as a file."""
    return json_of(replace(BOOK, legs=(*BOOK.legs, replace(BOOK.legs[0], code=leg))))


def batch(name, content, stage, ids, *, taken=False):
    """An import that was begun, with a file or without, and taken in or not yet."""
    from waystation_web.network.batch import TYPE
    from waystation_web.network.queries_import import one_import
    from waystation_web.records import actions as records

    keeper = chief(stage, name)
    with writing():
        made = records.make(keeper, TYPE, {"import": {"state": "begun"}}).id
    if content:
        attach(keeper, made, content)
    if taken:
        actions_import.apply(keeper, made, seen=one_import(keeper, made).seen, take_out=False)
    return made.hex()


def export(name, stage, ids, *, signed=False, built=False):
    """A sealed copy that was asked for: by the column's person where only whoever asked goes on."""
    keeper = chief(stage, name)
    mine = signed and stage.actor is not None and CO & stage.actor.roles
    asker = stage.actor if mine else keeper
    made = actions_export.ask(asker, purpose="x", recipients=[("P1", KEY)])
    if mine:
        actions_export.sign(keeper, made)
    if mine and built:
        actions_export.make_copies(asker, made)
    return made.hex()


def chain(ids):
    """The form of a chain as its page shows it, with one judgement worth more."""
    if ids.stage is None:
        return {}
    return queries.chain(ids.stage.authors["book"], bytes.fromhex(ids["book-chain/row"])).initial | {"strength_0": "9", "strength_1": "9"}


def anew(ids):
    """The form of a row as its page shows it, with one cell changed."""
    if ids.stage is None:
        return {"revision": 1}
    with writing():
        held = next(one for one in rows_held(ids.stage.authors["book"]) if one.id.hex() == ids["row"])
    return typed_of(held.cells) | {"walk_km": "3", "revision": held.record.revision}


def shown(ids):
    """What the page of the import says that it would do, to the person of the column."""
    page = ids.client.get(f"/book/imports/{ids['book-import-apply/batch']}/").content if ids.stage else b""
    found = re.search(rb'name="seen" value="([0-9a-f]{64})"', page)
    return {"seen": found[1].decode() if found else "0" * 64}


def mark(ids):
    """Of the copy that is fetched."""
    if ids.stage is None:
        return "0" * 12
    held = ids.held("book-export-fetch/export", "place")
    return held.body["export"]["recipients"][0]["mark"]


def seen(status):
    """A list of rows: one that was given on a reason shows itself there; who holds none is told that there is no page."""
    return lambda who: {401} if who.outside else {status} if who.role in CO or has(who, "leg") else {404}


def own(get, post):
    """A page for whoever writes the book: nobody else has it, whatever was given to them."""
    return {"GET": roles(CO, get, others=404), "POST": roles(CO, post, others=404)}


THINGS = {
    "row": Thing("leg", partial(row, "row", "legs", "L1")),
    "book-row-remove/row": Thing("leg", partial(row, "book-row-remove/row", "legs", "L4")),
    "book-chain/row": Thing("hazard", partial(row, "book-chain/row", "chains", "TH")),
    "notice": Thing("report", notice),
    "book-import-one/batch": Thing("place", partial(batch, "book-import-one/batch", b"")),
    "book-import-file/batch": Thing("place", partial(batch, "book-import-file/batch", b"")),
    "book-import-apply/batch": Thing("place", partial(batch, "book-import-apply/batch", book_with("L8"))),
    "book-import-undo/batch": Thing("place", partial(batch, "book-import-undo/batch", book_with("L9"), taken=True)),
    "book-row-restore/row": Thing("hazard", partial(row, "book-row-restore/row", "breaks", "2030-01-15", removed=True)),
    "export": Thing("", partial(export, "export")),
    "book-export-build/export": Thing("", partial(export, "book-export-build/export", signed=True)),
    "book-export-fetch/export": Thing("", partial(export, "book-export-fetch/export", signed=True, built=True)),
}
TABLE = {
    "book": {"GET": seen(200), "POST": seen(200)}, "book-map": {"POST": seen(200)}, "book-notices": {"GET": seen(200)},
    "book-sheet": {"GET": seen(200)},
    "book-report": own(200, 302), "book-colleagues": {"GET": roles(CO, 200, others=404), "POST": roles(CO, 302)},
    "book-notice-new": own(200, 302), "book-chain-new": own(200, 302),
    "book-row-new": own(200, 302), "book-row-new:book": own(200, 400),  # a book says once what it is
    "book-notice-withdraw": {"POST": writers("report", 302)},
    "book-import": {"GET": roles(CO, 200, others=404), "POST": roles(CO, 302)},
    "book-import-one": {"GET": holders("place", 200)}, "book-import-file": {"POST": writers("place", 302)},
    "book-import-apply": {"POST": writers("place", 302)}, "book-import-undo": {"POST": writers("place", 302)},
    "book-export": {"GET": roles(CO, 200, others=404), "POST": roles(CO, 403, stepped_up=302)},
    "book-export-one": {"GET": roles(CO, 200, others=404)}, "book-export-sign": {"POST": roles(CO, 403, others=404, stepped_up=302)},
    "book-export-build": {"POST": roles(CO, 302, others=404)}, "book-export-fetch": {"POST": roles(CO, 200, others=404)},
    "book-row": {"GET": holders("leg", 200), "POST": writers("leg", 302)},
    "book-row-remove": {"POST": writers("leg", 302)}, "book-row-restore": {"POST": writers("hazard", 302)},
    "book-chain": {"GET": holders("hazard", 200), "POST": writers("hazard", 302)},
}
LEG = {"code": "L7", "from": "START", "to": "MID", "mode": "bus", "profile": "HALFDAY", "cost": "15", "currency": "USD", "exertion": "2",
       "walk_km": "2"}
JUDGED = {"most_likely": "1", "surely_below": "4", "author": "desk2", "date": "2030-01-20", "basis": "x"}
ROWS = {
    "book": {"title": "x"}, "areas": {"code": "NORTH", "country": "TH"}, "places": {"code": "SIDE", "area": "WEST", "kind": "town", "goal": "yes", "stay_value": "0",
                                                                                  **{f"leg-{k}": v for k, v in LEG.items()},
                                                                                  "leg-code": "L6", "leg-to": "SIDE"},
    "names": {"code": "START", "name": "x"}, "profiles": {"code": "LONG", "min": "24", "mode": "48", "max": "96", "q1": "0.25", "q2": "0.5", "q3": "0.25"}, "legs": LEG,
    "windows": {"leg": "L1", "part": "night"}, "rates": {"currency": "LAK", "per_unit": "200", "date": "2030-01-20"},
    "guides": {"code": "G2", "legs": "L1", "fee": "10", "currency": "USD", "capacity": "4"},
    "reports": {"area": "WEST", "condition": "calm", "observed_at": "2030-02-08T11:00Z", "received_at": "2030-02-09T08:30Z", "source": "S2",
                "origin": "S2", "reliability": "B", "credibility": "2", "hand": "1"},
    "outcomes": {"leg": "L1", "started": "2029-12-05", "ended": "arrived", "ended_at": "2029-12-06", "party_size": "2"},
    "priors": JUDGED | {"mode": "foot", "split": "lost"}, "breaks": {"date": "2030-01-16", "scope": "all", "keep": "0.5", "reason": "x"},
    "silence": {"outcome": "ok", "ever_reported": "0.9", "delay_median": "24", "delay_95": "96"},
    "waiting_loss": JUDGED | {"scope": "EAST", "condition": "calm"},
}
ABOUT = {
    "event": {"event": "law", "countries": "TH"}, "relation": {"one": "TH", "other": "LA", "level": "cold"},
    "river": {"level_cm": "10", "threshold_cm": "20"}, "ice": {"ice": "none"},
    "count": {"counted": "police", "low": "1", "high": "2", "half_life_d": "5"},
    "police": {"place_kind": "town", "part": "any", "activity": "some"}, "hub": {"id_checks": "yes", "cameras": "no"},
    "house": {"capacity": "3", "compromised": "no"}, "ground": {"km": "5", "terrain": "road"}, "armed": {"who": "police"},
}
assert set(ABOUT) == set(KINDS) and set(ROWS) == set(NAMES) - {"chains"}
SENT = {
    "book-report": {"area": "WEST", "conditions": "calm", "observed": "2030-02-10T05:00", "source": "S3", "reliability": "F",
                    "credibility": "6", "hand": "1", "valid_for": "24"},
    "book-colleagues": lambda ids: {"colleague": ids.person("heir"), "reason": "x"},
    **{f"book-notice-new:{kind}": NOTICE | said for kind, said in ABOUT.items()},
    **{f"book-row-new:{sheet}": said for sheet, said in ROWS.items()},
    "book-notice-withdraw": {"reason": "x"},
    "book-chain": chain, "book-chain-new": {"scope": "LA", "share_0_0": "0.5", "share_0_1": "0.5", "share_1_0": "0.5", "share_1_1": "0.5"},
    "book-import-file": lambda ids: {"file": SimpleUploadedFile("b.json", book_with("L5"))}, "book-import-apply": shown,
    "book-export": {"purpose": "x", "recipients": f"P1 {KEY}", "confirmed": "on", "no_state": "on"},
    "book-export-fetch": lambda ids: {"mark": mark(ids)},
    "book-row": anew, "book-row-remove": {"revision": "1"}, "book-row-restore": {"revision": "2"},
}
ASKS = ("book", "book-map")
FIRST = ("book-export-build", "book-export-fetch", "book-export-sign", "book-row-restore", "book-import-undo", "book-row-remove")

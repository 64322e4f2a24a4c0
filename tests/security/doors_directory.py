"""Doors of the directory: everybody who works here reads it, four offices write in it."""

from acts import member
from doors import Thing, holders, makers, roles, writers
from doors_claims import able

from waystation_web.directory import actions

BODY = {"name": "x", "others": "", "country": "", "authority": "none", "office": "", "body": "", "languages": "", "address": "", "source": "x",
        "as_of": "2026-03-01", "note": ""}
SAID = {"who": "", "name": "x", "office": "", "standing": "commentator", "said_on": "2026", "text": "x", "language": "x", "translation": "",
        "denies": "no", "about": "x", "source": "x", "author": "", "address": "", "as_of": "2026-03-01"}


def entry(stage, ids):
    author = stage.authors["listed"] = stage.authors["duty"] = stage.authors.get("duty") or member(stage.office, "housekeeper", ("coordinator",))
    return actions.write(author, "organisation", BODY | {"others": [], "languages": []}).hex()


THINGS = {"listed": Thing("directory", entry)}
TABLE = {
    **{name: {"GET": roles(able("directory"), 200), "POST": makers("directory", 302)}
       for name in ("directory", "directory-said", "directory-calendar")},
    "directory-entry": {"GET": holders("directory", 200), "POST": writers("directory", 302)},
}
SENT = {
    "directory": BODY | {"sort": "organisation"}, "directory-said": SAID,
    "directory-calendar": lambda ids: {"name": "x", "kind": "session", "day": ids.stage.day(9).isoformat() if ids.stage else "2026-03-01",
                                       "yearly": "no", "ahead": "3", "who": "", "bring": "x"},
    "directory-entry": lambda ids: BODY | {"act": "write", "name": "y", "revision": ids.revision("listed")},
}

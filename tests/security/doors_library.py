"""Doors of the library: everybody who works here reads it, four offices write in it and take something out of it."""

from acts import member
from doors import Thing, holders, makers, roles, writers
from doors_claims import able

from waystation_web.library import actions

PERSON = {"name": "x", "others": "", "role": "writer", "does": "x", "source": "x", "looked_up": "2026-03-01"}
NOTE = {"title": "x", "text": "x", "author": "x", "source": "x", "looked_up": "2026-03-01"}
ITEM = {"title": "x", "titles": "", "kind": "film", "authors": "", "container": "", "publisher": "", "reviews": "", "issued": "", "issued_words": "",
        "looked_up": "2026-03-01", "language": "", "address": ""}


def entry(stage, ids):
    author = stage.authors["publication"] = stage.authors["duty"] = stage.authors.get("duty") or member(stage.office, "housekeeper", ("coordinator",))
    return actions.write(author, "person", PERSON | {"others": []}).hex()


THINGS = {"publication": Thing("publication", entry)}
TABLE = {
    "library": {"GET": roles(able("publication"), 200), "POST": roles(able("publication"), 200)},
    "library-pack": {"GET": roles(able("publication"), 200), "POST": makers("publication", 200)},
    "library-citations": {"POST": makers("publication", 200)},
    **{name: {"GET": roles(able("publication"), 200), "POST": makers("publication", 302)}
       for name in ("library-new", "library-paste", "library-people", "library-notes")},
    "library-entry": {"GET": holders("publication", 200), "POST": writers("publication", 302)},
}
SENT = {
    "library": {"kind": "film"}, "library-new": ITEM, "library-people": PERSON, "library-notes": NOTE,
    "library-paste": ITEM | {"act": "save", "text": "A title\nA sentence.", "keep": "1"}, "library-citations": {"form": "csl"},
    "library-pack": lambda ids: {"title": "x", "language": "en", "people": ids["publication"], "form": "txt", "read": "on"},
    "library-entry": lambda ids: PERSON | {"act": "write", "name": "y", "revision": ids.revision("publication")},
}
ASKS = ("library", "library-pack", "library-citations")

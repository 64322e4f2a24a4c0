"""Doors of petitions: rights officers hold and write them; for whoever was given none there is none."""

from doors import Thing, holders, joined, makers, roles, writers
from doors_claims import able

from waystation_web.petitions import actions

TEXT = {"title": "x", "language": "en", "text": "x", "plan": ""}


def petition(stage, ids):
    author = stage.authors["petition"] = joined(stage, "petitioner", "rights_officer")
    return actions.begin(author, TEXT | {"demands": ["x"], "plan": None, "addressee": ids["listed"]}).hex()


THINGS = {"petition": Thing("petition", petition)}
TABLE = {
    "petitions": {"GET": roles(able("petition"), 200), "POST": makers("petition", 302)},
    "petition": {"GET": holders("petition", 200), "POST": writers("petition", 302)},
    "petition-sheet": {"GET": holders("petition", 200)},
}


def _text(ids):
    return TEXT | {"demands": "x", "addressee": ids["listed"]}


SENT = {"petitions": _text, "petition": lambda ids: _text(ids) | {"act": "write", "title": "y", "revision": ids.revision("petition")}}

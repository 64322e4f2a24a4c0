"""Doors of stories: held by those who write and sign them; proposed by nobody who holds ways as well as people."""

from doors import Thing, holders, joined, roles, writers
from doors_claims import able

from waystation.access import WRITERS
from waystation_web.stories import actions

PROPOSED = {"title": "x", "why": "x", "case": "", "people": "", "byline": ""}


def story(stage, ids):
    if "story" not in stage.authors:
        stage.authors["story"] = joined(stage, "teller", "rights_officer")
    return actions.propose(stage.authors["story"], PROPOSED | {"people": [], "data": []}).hex()


THINGS = {"story": Thing("story", story)}
TABLE = {
    "stories": {"GET": roles(able("story"), 200), "POST": roles(WRITERS["story"], 302)},
    "story": {"GET": holders("story", 200), "POST": writers("story", 302)},
}
SENT = {"stories": PROPOSED, "story": {"act": "motif", "name": "x", "decided": ""}}

"""Doors of reading packs: read by those who hold them, asked for and ended by those who write stories, copied by nobody alone."""

from datetime import timedelta

import doors_directory
import doors_stories
import pyrage
from doors import Thing, has, holders, joined, roles, writers
from doors_claims import able

from waystation.access import WRITERS
from waystation_web.directory import actions as outside
from waystation_web.gateways import clock
from waystation_web.packs import actions
from waystation_web.stories import actions as telling

KEY = str(pyrage.x25519.Identity.generate().to_public())


def pack(stage, ids):
    author = stage.authors["pack"] = joined(stage, "giver", "rights_officer")
    story = telling.propose(author, doors_stories.PROPOSED | {"people": [], "data": []})
    partner = outside.write(author, "organisation", doors_directory.BODY | {"others": [], "languages": []})
    until = clock.today() + timedelta(days=30)
    outside.sign_terms(author, partner, {"what": "x", "why": "x", "keeps": "x", "onward": "x", "signed_on": clock.today(), "until": until})
    return actions.ask(author, {"story": story, "partner": partner, "reader": "x", "key": KEY,
                                "purpose": "story", "recipient": "media", "why": "x", "until": until}).hex()


def asks(who):
    """Whoever writes packs, of a story that they hold."""
    if who.outside:
        return {401}
    return {403} if who.role not in WRITERS["digest"] else {302} if has(who, "story") else {400}


def asked(ids):
    return {"story": ids["story"], "partner": ids.held("pack").body["partner"] if ids.stage else "00" * 16, "reader": "y", "key": KEY,
            "purpose": "story", "recipient": "media", "why": "x", "until": (clock.today() + timedelta(days=9)).isoformat()}


THINGS = {"pack": Thing("digest", pack)}
TABLE = {
    "packs": {"GET": roles(able("digest"), 200), "POST": asks},
    "packs-whose": {"POST": roles(able("digest"), 200)},
    "pack": {"GET": holders("digest", 200), "POST": writers("digest", 302)},
    "pack-copy": {"POST": holders("digest", 403)},  # nobody has signed it
}
ASKS = ("packs-whose",)
SENT = {"packs": asked, "packs-whose": {"lines": "one two\nthree four"}, "pack": {"act": "stop", "reason": "x"}}

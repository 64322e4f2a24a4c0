"""Doors of testimony: statements are read by rights officers and whoever works with the witness, codes by researchers too."""

from datetime import timedelta

from doors import Thing, holders, joined, makers, roles, writers

from waystation.access import TABLE as ROLES
from waystation.access import Holding
from waystation_web.gateways import clock
from waystation_web.testimony import actions, actions_claims, actions_words

WORDS = "They were handed over at the bridge."
PLAN = {"kind": "eyewitness", "adult": "yes", "topics": [], "elsewhere": "no", "elsewhere_text": "", "reason": "", "for_": ""}
TAKE = {"language": "ko", "method": "open", "place_kind": "office", "interpreter": "none", "broker": "", "kin_of_accused": "", "support": "",
        "inducement": "no", "inducement_text": "", "explained": "x", "consented": True, "recording": False, "breaks": "", "distress": "",
        "aftercare": "", "orientation": "", "followup": False}
CLAIM = {"words": WORDS, "says": "x", "how_known": "saw", "certainty": "stated", "facility": "", "told_by": "", "published": "", "item": ""}
CODE = {"type": "refoulement", "certainty": "stated", "country": "CN", "when": "", "facility": "", "place": "", "perpetrator": "",
        "perpetrator_of": "", "involvement": "", "motive": "", "methods": [], "victim": [], "conditions": [], "death": "", "after": [],
        "standard": "", "found_by": ""}


def able(type_):
    """Roles that may read a record of this type at all."""
    return {role for role, how in ROLES[type_].items() if how is not Holding.NEVER}


def statement(stage, ids):
    """A statement that was taken, written down and read back."""
    someone = stage.authors["statement"] = joined(stage, "hearer", "rights_officer")
    key = actions.plan(someone, {"witness": "Made", "fresh": True, "case": b"", "person": ""} | PLAN, seen="none")
    actions.take(someone, key, TAKE | {"taken_on": clock.today(), "until": clock.today() + timedelta(days=400)})
    for kind, of, text in (("transcript", 0, WORDS), ("read_back", 1, "x")):
        actions_words.add_version(someone, key, {"kind": kind, "language": "ko", "of": of, "method": "", "machine": False, "tool": "",
                                                 "text": text})
    return key.hex()


def coded(stage, ids):
    """An event that was coded from it."""
    someone = stage.authors["coded"] = stage.authors["statement"]
    key = bytes.fromhex(ids["statement"])
    actions_claims.claim(someone, key, CLAIM | {"n": 1, "restricted": False, "own_part": False})
    claim = f"{ids['statement']}:{ids.held('statement').body['claims'][0]['id']}"
    return actions_claims.code(someone, key, claim, CODE).hex()


THINGS = {"statement": Thing("testimony", statement), "coded": Thing("coded", coded)}
TABLE = {
    "statements": {"GET": roles(able("testimony"), 200)},
    "statement-plan": {"POST": makers("testimony", 302)},
    "statement": {"GET": holders("testimony", 200), "POST": writers("testimony", 302)},
    "statement-claims": {"GET": holders("testimony", 200), "POST": writers("testimony", 302)},
    "coded-events": {"GET": roles(able("coded"), 200)},
    "coded-event": {"GET": holders("coded", 200)},
    "facilities": {"GET": roles(able("coded"), 200)},
    "register": {"GET": roles(able("coded"), 200), "POST": makers("coded", 302)},
}
SENT = {
    "statement-plan": {"witness": "new", "pseudonym": "Fresh", "whose": "", "seen": "none"} | PLAN,
    "statement": {"act": "embargo", "until": "", "reason": "x"},
    "statement-claims": CLAIM | {"act": "claim", "n": "1"},
    "register:perpetrator": {"kind": "police", "country": "CN"},
    "register:observation": {"facility": "KWL16", "image_date": "2013-05", "baseline": "2011-05", "feature": "housing", "observed": "14 roofs",
                             "sure_observed": "high"},
    "register:denial": {"country": "KP", "who": "x", "said_on": "2014-02-20", "words": "x", "citation": "x"},
    "register:partner": {"country": "US", "name": "x", "work": "x"},
}

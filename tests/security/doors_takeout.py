"""Doors of takeouts: a security officer and the head, one first and the other second; nobody else knows that there are any."""

from functools import partial

import pyrage
from acts import member
from doors import Thing, holders, roles

from waystation.access import Role
from waystation_web.takeout import actions
from waystation_web.takeout.order import fingerprint

KEY = str(pyrage.x25519.Identity.generate().to_public())
TWO = frozenset({Role.SECURITY_OFFICER, Role.ORGANISATION_HEAD})


def order(name, stage, ids, *, signed=False, released=False):
    """A takeout that is asked for by whoever does not hold the column's office, so that the column's person may sign it."""
    number = sum(one.startswith("takeout") for one in stage.authors)
    officer = member(stage.office, f"{number}officer", ("security_officer",))
    head = member(stage.office, f"{number}head", ("organisation_head",))
    of_head = stage.reader is not None and Role.ORGANISATION_HEAD in stage.reader.roles
    first, second = (officer, head) if of_head else (head, officer)
    stage.authors[name] = first
    made = actions.ask(first, purpose="x", agreement="x", until=stage.day(30), recipients=[("R", "CH", KEY, fingerprint(KEY))])
    if signed or released:
        actions.sign(second, made)
    if released:
        actions.release(first, made)
    return made.hex()


def asked(ids):
    until = ids.stage.day(30) if ids.stage else "2026-04-01"
    return {"purpose": "x", "agreement": "x", "until": str(until), "name_1": "R", "jurisdiction_1": "CH", "key_1": KEY,
            "heard_1": fingerprint(KEY), "confirmed": "on", "no_state": "on"}


THINGS = {"takeout": Thing("takeout", partial(order, "takeout")),
          "takeout-release/takeout": Thing("takeout", partial(order, "takeout-release/takeout", signed=True)),
          "takeout-made/takeout": Thing("takeout", partial(order, "takeout-made/takeout", released=True))}
TABLE = {"takeouts": {"GET": roles(TWO, 200, others=404), "POST": roles(TWO, 403, stepped_up=302)},
         "takeout": {"GET": holders("takeout", 200)},
         **{f"takeout-{name}": {"POST": holders("takeout", 403, stepped_up=302)} for name in ("sign", "release")},
         "takeout-made": {"POST": holders("takeout", 302)}}
SENT = {"takeouts": asked, "takeout-sign": {"confirmed": "on"}, "takeout-made": {"text": "x", "archives": "x"}}

"""Doors of planning a party anew from where it is: whoever opens the journey reads what is known, coordinators ask."""

from functools import partial

from doors import Thing, has, holders
from doors_cases import ABLE
from doors_road import CO, MOVING, PARTY, chief, journey

from waystation_web.gateways.database import writing
from waystation_web.records import actions as records


def of_again(stage, ids):
    """A case of somebody of whom everything is asked that a plan needs."""
    someone = chief(stage, "of-again")
    with writing():
        return records.make(someone, "case", {"ref": "AG41", "people": [{"id": "0a" * 16, "code": "A", "birth": "1985", "fitness": ABLE}]}).key


THINGS = {
    "of-again": Thing("case", of_again),
    "journey-again/journey": Thing("journey", partial(journey, "journey-again/journey", "moving", case="of-again", **MOVING)),
}
ASKED = lambda who: {401} if who.outside else (  # noqa: E731 (who holds no book finds no place in the form)
    {404} if not all(has(who, type_) for type_ in ("journey", *PARTY)) else {200} if who.role in CO else {400})
TABLE = {"journey-again": {"GET": holders("journey", 200, *PARTY), "POST": ASKED}}
SENT = {"journey-again": {"start": "START", "depart_from": "2030-02-12", "deadline": "2030-03-12", "money": "3000 USD", "part": "0"}}

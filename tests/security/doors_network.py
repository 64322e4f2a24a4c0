"""Doors of the route book: coordinators hold it; a row may be given to others on a reason, the book as a whole never is."""

from acts import member
from doors import Thing, acts, has, holders, roles

from waystation import worlds
from waystation.access import Role
from waystation.network.files import read_book
from waystation_web.gateways.database import writing
from waystation_web.network import actions_import
from waystation_web.network.reading import rows_held

CO = {Role.COORDINATOR}
BOOK = read_book(worlds.world("river"))


def row(stage):
    """A leg of a small book."""
    if "row" not in stage.authors:
        chief = stage.authors["row"] = member(stage.office, "bookkeeper", ("coordinator",))
        actions_import.take_in(chief, BOOK)
    with writing():
        return next(one for one in rows_held(stage.authors["row"]) if one.sheet == "legs").id.hex()


def nobodys(stage, ids):
    """An id that is nobody's: exports and notices are walked through by tests of their own (test_network_export, _notices)."""
    return "0c" * 16


def book(get=200, post=None):
    """A page of the whole book: who holds none of it is told that there is no such page."""
    def rule(status):
        """A row that was given on a reason shows itself in the lists; it makes nobody a writer of the book."""
        return lambda who: {401} if who.outside else {status} if who.role in CO else {200, 404} if has(who, "leg") else {404}

    return {"GET": rule(get)} | ({"POST": rule(post)} if post else {})


MINE = lambda who: {401} if who.outside else {404}  # noqa: E731 (nobody's)
BATCH = lambda who: {401} if who.outside else {400, 404}  # noqa: E731 (a batch of cases is none of the book)
THINGS = {"row": Thing("leg", row), "notice": Thing("", nobodys, of="row"), "export": Thing("", nobodys, of="row")}
TABLE = {
    "book": book(post=200), "book-map": {"POST": book(post=200)["POST"]}, "book-report": book(post=400),
    "book-colleagues": book(post=400), "book-notices": book(), "book-notice-new": book(post=400),
    "book-notice-withdraw": {"POST": MINE},
    "book-import": {"GET": roles(CO, 200, others=404), "POST": roles(CO, 302)},
    "book-import-one": {"GET": BATCH}, "book-import-file": {"POST": BATCH}, "book-import-apply": {"POST": BATCH},
    "book-import-undo": {"POST": BATCH},
    "book-export": book(post=400), "book-export-one": {"GET": MINE}, "book-export-sign": {"POST": MINE},
    "book-export-build": {"POST": MINE}, "book-export-fetch": {"POST": MINE},
    "book-row": {"GET": holders("leg", 200), "POST": acts("leg")},
    "book-row-remove": {"POST": acts("leg")}, "book-row-restore": {"POST": acts("leg")},
    "book-chain": {"GET": lambda who: {401} if who.outside else {404}, "POST": lambda who: {401} if who.outside else {404}},
    "book-chain-new": book(post=400), "book-sheet": book(), "book-row-new": book(post=400),
}
ENDS = ("book-row-restore", "book-row-remove")

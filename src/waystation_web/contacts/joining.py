"""Who shares a number, an account or a name with a contact, among what one holds. Numbers are compared, never told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from waystation.trust.links import Graph, Sighting, Sort, graph
from waystation_web.records.record import Record

from .contact import Contact
from .flags import names
from .reach import is_due


def graph_of(one: Contact, everybody: Iterable[Contact], handles: Iterable[Record]) -> tuple[Graph, int]:
    """Everybody by id, joined by what they share, and how many numbers were compared."""
    known = {each.id.hex(): each for each in everybody}
    seen = [Sighting(who, Sort.ALIAS, name) for who, each in known.items() for name in names(each.record.body)]
    numbers = [Sighting(str(each.body["contact"]), Sort.PHONE, str(each.body["value"]),
                        date.fromisoformat(each.body["last_used"]))
               for each in handles if "value" in each.body and not is_due(each) and each.body.get("contact") in known]
    return graph([*seen, *numbers], spelled=one.id.hex()), len(numbers)

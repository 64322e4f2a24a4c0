"""Small invented worlds for tests: books that a person can work through by hand."""

from datetime import UTC, date, datetime
from decimal import Decimal

from waystation.network.rows import (
    Area,
    BookRow,
    ChainRow,
    Ended,
    Leg,
    Outcome,
    Place,
    Prior,
    Profile,
    Report,
    RouteBook,
    Season,
)
from waystation.units import Money, MoneyUnit

AS_OF = datetime(2030, 5, 1, tzinfo=UTC)


def usd(amount: int | str) -> Money:
    """An amount in US dollars."""
    return Money(Decimal(amount), "USD")


def two_ways() -> RouteBook:
    """Two ways from START to GOAL: one short and direct by boat, one in two quiet legs by way of MID.

    Steps are half a day, the unit is 10 USD. Both areas stay as they are (the chain is the identity, nearly), so the
    numbers of a plan follow from the legs alone. Every leg takes exactly one step, L-BOAT exactly two.
    """
    stated = date(2030, 4, 1)
    return RouteBook(
        book=BookRow("Two ways, invented", True, 12, MoneyUnit(Decimal(10), "USD"), ("calm", "alert"),
                     (Season("year", 1, 12),), AS_OF),
        areas=(Area("NEAR", "TH"), Area("FAR", "LA", river=True)),
        places=(Place("START", "NEAR", "town", near="an invented town"), Place("MID", "NEAR", "hub"),
                Place("GOAL", "FAR", "un_office", goal=True)),
        profiles=(Profile("ONE", (12.0, 12.0, 12.0), (0.5, 0.25, 0.25)),
                  Profile("TWO", (24.0, 24.0, 24.0), (0.5, 0.25, 0.25))),
        legs=(Leg("L-BOAT", "START", "GOAL", "boat", "TWO", usd(100), exposure=frozenset({"water"})),
              Leg("L-BUS", "START", "MID", "bus", "ONE", usd(20)),
              Leg("L-FOOT", "MID", "GOAL", "foot", "ONE", usd(0), exertion=3, walk_km=15.0)),
        chains=tuple(ChainRow(country, c, d, 0.95 if c == d else 0.05) for country in ("TH", "LA")
                     for c in ("calm", "alert") for d in ("calm", "alert")),
        reports=(Report("NEAR", frozenset({"calm"}), AS_OF, AS_OF, "S1", "O1", "A", 1),),
        outcomes=(Outcome("L-BUS", date(2030, 4, 2), "calm", "", Ended.ARRIVED, date(2030, 4, 2), None, 3),),
        priors=tuple(Prior(mode, "", "", split, likely, below, "desk", stated, "invented")
                     for mode, likely, below in (("boat", 10.0, 30.0), ("bus", 1.0, 5.0), ("foot", 2.0, 8.0))
                     for split in ("lost", "turned_back")),
    )

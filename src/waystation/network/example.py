"""A small invented route book that shows one row of everything: the template is made of it.

Places, dangers, sources and prices are made up; the countries are letters of the code list, nothing more.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

from waystation.network.rows import (
    Area,
    BookRow,
    Break,
    ChainRow,
    Ended,
    Guide,
    Leg,
    Outcome,
    Place,
    Prior,
    Profile,
    Rate,
    Report,
    RouteBook,
    Season,
    Silence,
    WaitingLoss,
    Window,
)
from waystation.units import Money, MoneyUnit


def _usd(amount: int) -> Money:
    return Money(Decimal(amount), "USD")


def example_book() -> RouteBook:
    """Three invented places, four legs, and an example of every other sheet.

    >>> len(example_book().places), example_book().book.fictional
    (3, True)
    """
    stated = date(2030, 1, 20)
    return RouteBook(
        book=BookRow("Example, all invented: replace every row", True, 12, MoneyUnit(Decimal(10), "USD"),
                     ("calm", "alert"), (Season("winter", 11, 3), Season("summer", 4, 10)),
                     datetime(2030, 2, 10, 6, tzinfo=UTC)),
        areas=(Area("WEST", "TH"), Area("EAST", "LA", river=True)),
        places=(Place("START", "WEST", "town", wait_cost=_usd(2), near="an invented province"),
                Place("MID", "WEST", "hub", max_wait=6, near="another invented province", cooling=True),
                Place("GOAL", "EAST", "un_office", goal=True, near="an invented town", cooling=True)),
        profiles=(Profile("HALFDAY", (6.0, 10.0, 30.0), (0.3, 0.5, 0.2)),
                  Profile("DAYS", (24.0, 48.0, 96.0), (0.25, 0.5, 0.25))),
        legs=(Leg("L1", "START", "MID", "bus", "HALFDAY", _usd(15), exertion=2, walk_km=2.0, carry_kg=0, uncooled_h=0),
              Leg("L2", "MID", "GOAL", "boat", "HALFDAY", Money(Decimal(1500), "THB"), exertion=3,
                  exposure=frozenset({"water", "cold"}), group_max=6, min_age=5, max_age=75, pregnancy_max_weeks=30,
                  carry_kg=4, uncooled_h=30, status="caution", reason="strong current after rain"),
              Leg("L3", "START", "GOAL", "foot", "DAYS", _usd(0), exertion=4, walk_km=18.0, carry_kg=6, uncooled_h=96),
              Leg("L4", "START", "GOAL", "car", "HALFDAY", _usd(90), status="forbidden", reason="mined in this story")),
        windows=(Window("L2", date(2030, 2, 1), date(2030, 6, 30), part="night"),
                 Window("L2", months=frozenset({11, 12}), weekdays=frozenset({0, 1, 2}))),
        chains=(ChainRow("TH", "calm", "calm", 0.9), ChainRow("TH", "calm", "alert", 0.1),
                ChainRow("TH", "alert", "calm", 0.3), ChainRow("TH", "alert", "alert", 0.7),
                ChainRow("EAST", "calm", "calm", 0.8), ChainRow("EAST", "calm", "alert", 0.2),
                ChainRow("EAST", "alert", "calm", 0.4), ChainRow("EAST", "alert", "alert", 0.6)),
        reports=(Report("WEST", frozenset({"alert"}), datetime(2030, 2, 8, 10, tzinfo=UTC),
                        datetime(2030, 2, 9, 7, 30, tzinfo=UTC), "S1", "O1", "B", 2),),
        outcomes=(Outcome("L1", date(2029, 11, 3), "calm", "", Ended.ARRIVED, date(2029, 11, 4), None, 4),
                  Outcome("L2", date(2029, 12, 1), "", "", Ended.SILENT, None, date(2029, 12, 2), 2)),
        priors=(Prior("boat", "", "", "lost", 2.0, 8.0, "desk", stated, "invented for this example"),
                Prior("", "TH", "", "turned_back", 5.0, 15.0, "desk", stated, "invented for this example")),
        breaks=(Break(date(2030, 1, 15), "all", 0.1, "an invented border closed"),),
        silence=(Silence("lost", 0.5, 96.0, 720.0), Silence("ok", 0.97, 24.0, 96.0)),
        rates=(Rate("THB", 350.0, stated),),
        guides=(Guide("G1", ("L2",), _usd(200), 6),),
        waiting_loss=(WaitingLoss("WEST", "alert", 1.0, 4.0, "desk", stated, "invented for this example"),),
    )

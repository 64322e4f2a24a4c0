"""A little invented route book for the planner's tests: two countries, three areas, a slow way and a fast way."""

from dataclasses import replace
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
    WaitingLoss,
)
from waystation.party import Party, Terms
from waystation.units import Money, MoneyUnit

NOW = datetime(2030, 5, 1, 6, tzinfo=UTC)
TODAY = date(2030, 5, 1)
PARTY = Party(size=1, youngest_y=30, oldest_y=30, all_agree=True, guardian_ok=True)


def usd(amount: float) -> Money:
    """So many dollars."""
    return Money(Decimal(str(amount)), "USD")


def terms(**changes) -> Terms:
    """From HERE to SAFE within twelve days, with 400 dollars."""
    given = {"start": "HERE", "goals": (), "depart_from": TODAY, "deadline": date(2030, 5, 13), "budget": usd(400)}
    return Terms(**(given | changes))


def outcomes(leg: str, *, arrived: int = 0, intercepted: int = 0, silent: int = 0, day: date = date(2030, 3, 1)):
    """So many parties on a leg, on one day, in calm."""
    kinds = [Ended.ARRIVED] * arrived + [Ended.INTERCEPTED] * intercepted + [Ended.SILENT] * silent
    return tuple(Outcome(leg, day, "calm", "", kind, None if kind is Ended.SILENT else day,
                         day if kind is Ended.SILENT else None, 2) for kind in kinds)


def little_book(**sheets) -> RouteBook:
    """HERE -(foot, free, slow)-> FORD -(boat)-> SAFE and HERE -(car, dear, fast)-> FORD; FORD lies beyond the border."""
    stated, states = date(2030, 1, 1), ("calm", "alert")
    chains = tuple(ChainRow(scope, a, b, share) for scope in ("NEAR", "FAR", "END")
                   for a, b, share in (("calm", "calm", 0.9), ("calm", "alert", 0.1), ("alert", "calm", 0.25),
                                       ("alert", "alert", 0.75)))
    priors = tuple(Prior(mode, "", state, "lost", likely, 3 * likely, "desk", stated, f"invented for {mode}")
                   for mode, likely in (("foot", 3.0), ("car", 5.0), ("boat", 4.0)) for state, likely in
                   ((states[0], likely), (states[1], 2.5 * likely)))
    back = tuple(Prior(mode, "", "", "turned_back", 5.0, 15.0, "desk", stated, "invented") for mode in ("foot", "car", "boat"))
    waiting = tuple(WaitingLoss(scope, "", 0.5, 2.0, "desk", stated, "invented") for scope in ("NEAR", "FAR", "END"))
    report = Report("NEAR", frozenset({"calm"}), datetime(2030, 4, 30, 12, tzinfo=UTC), datetime(2030, 4, 30, 18, tzinfo=UTC),
                    "S1", "O1", "B", 2)
    book = RouteBook(
        book=BookRow("little", True, 12, MoneyUnit(Decimal(10), "USD"), states, (Season("all", 1, 12),), NOW),
        areas=(Area("NEAR", "TH"), Area("FAR", "LA"), Area("END", "LA")),
        places=(Place("HERE", "NEAR", "town", wait_cost=usd(2), near="an invented province"),
                Place("FORD", "FAR", "hub", max_wait=6, near="an invented bank"),
                Place("SAFE", "END", "un_office", goal=True, near="an invented town")),
        profiles=(Profile("DAY", (10.0, 20.0, 30.0), (0.5, 0.3, 0.2)), Profile("DAYS", (40.0, 60.0, 90.0), (0.25, 0.5, 0.25))),
        legs=(Leg("WALK", "HERE", "FORD", "foot", "DAYS", usd(0), walk_km=15.0),
              Leg("RIDE", "HERE", "FORD", "car", "DAY", usd(95)),
              Leg("ROW", "FORD", "SAFE", "boat", "DAY", usd(33)),
              Leg("MINED", "HERE", "SAFE", "car", "DAY", usd(0), status="forbidden", reason="mined in this story")),
        chains=chains, reports=(report,), priors=(*priors, *back), waiting_loss=waiting,
        outcomes=outcomes("WALK", arrived=38, intercepted=2) + outcomes("ROW", arrived=40, intercepted=1)
        + outcomes("RIDE", arrived=30, intercepted=3),
    )
    return replace(book, **sheets)

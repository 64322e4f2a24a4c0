"""Invented route books for Hypothesis: every sheet, every field, always valid, never meaningful."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import strategies as st

from waystation.network.rows import (
    EXPOSURES,
    LEG_STATUSES,
    MODES,
    PLACE_KINDS,
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
from waystation.texts import found_in, has_hidden, starts_formula
from waystation.units import Money, MoneyUnit

CODES = st.from_regex(r"[A-Z][A-Z0-9_-]{0,7}", fullmatch=True)
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,7}", fullmatch=True)
DAYS = st.dates(date(1950, 1, 1), date(2199, 12, 30))
TIMES = st.datetimes(datetime(1950, 1, 2), datetime(2199, 12, 29), timezones=st.just(UTC))
CURRENCIES = ("USD", "THB", "CNY")
SEASONS = (
    (Season("year", 1, 12),),
    (Season("winter", 11, 3), Season("summer", 4, 10)),
    (Season("q1", 1, 3), Season("q2", 4, 6), Season("q3", 7, 9), Season("q4", 10, 12)),
)


def _kept(text: str) -> bool:
    return bool(text) and not (has_hidden(text) or starts_formula(text) or found_in(text))


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Cf", "Cn", "Co")), max_size=40).map(
    lambda text: text.strip()).filter(_kept)
AMOUNTS = st.integers(0, 3_000_000).map(lambda n: Decimal(n) / 10_000 * 100)
WHOLE_OR_NONE = st.none() | st.integers(1, 120)
FLOATS = st.floats(0.01, 100, allow_subnormal=False)


def money(currencies=CURRENCIES):
    return st.builds(Money, AMOUNTS, st.sampled_from(currencies))


def degrees(limit: int):
    return st.integers(-10 * limit, 10 * limit).map(lambda tenths: tenths / 10)


def some(strategy, most=3):
    return st.lists(strategy, max_size=most)


def ordered(low, high):
    return st.tuples(st.floats(low, high), st.floats(low, high)).filter(lambda pair: pair[0] != pair[1]).map(sorted)


@st.composite
def shares(draw, count):
    """Shares that add up to 1, in hundredths."""
    cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=count - 1, max_size=count - 1)))
    return [(high - low) / 100 for low, high in zip([0, *cuts], [*cuts, 100], strict=True)]


@st.composite
def route_books(draw) -> RouteBook:
    """A valid route book."""
    conditions = tuple(draw(st.lists(NAMES, min_size=1, max_size=3, unique=True)))
    seasons = draw(st.sampled_from(SEASONS))
    fictional = draw(st.booleans())
    book = BookRow(draw(TEXTS), fictional, draw(st.integers(8, 24)), MoneyUnit(Decimal(50), "USD"), conditions, seasons,
                   draw(st.none() | TIMES) if fictional else None)
    areas = (Area("A0", "TH", draw(st.booleans())), Area("A1", "LA", draw(st.booleans())))
    codes = draw(st.lists(CODES, min_size=2, max_size=5, unique=True))
    places = tuple(draw(_place(code, last=n == len(codes) - 1)) for n, code in enumerate(codes))
    profiles = tuple(Profile(f"P{n}", tuple(sorted(draw(st.lists(FLOATS, min_size=3, max_size=3)))),
                             tuple(draw(shares(3)))) for n in range(draw(st.integers(1, 3))))
    legs = tuple(draw(_leg(f"L{n}", start, end, profiles)) for n, (start, end) in enumerate(_ways(draw, codes)))
    return RouteBook(book, areas, places, profiles, legs, chains=_chains(draw, conditions, seasons),
                     **draw(_others(areas, places, legs, conditions, seasons)))


@st.composite
def _place(draw, code, *, last):
    on_map = draw(st.booleans())
    return Place(code, draw(st.sampled_from(["A0", "A1"])), draw(st.sampled_from(PLACE_KINDS)), goal=last,
                 wait_cost=draw(st.none() | money()), max_wait=draw(WHOLE_OR_NONE),
                 stay_value=draw(st.floats(0, 1, exclude_max=True)), map_lat=draw(degrees(90)) if on_map else None,
                 map_lon=draw(degrees(180)) if on_map else None, near=draw(st.just("") | TEXTS),
                 cooling=draw(st.none() | st.booleans()))


def _ways(draw, codes):
    """A way through all places in order, so that nothing is a dead end, and a few more."""
    more = draw(some(st.permutations(codes).map(lambda order: (order[0], order[1]))))
    return [*pairwise(codes), *more]


@st.composite
def _leg(draw, code, start, end, profiles):
    ages = sorted(draw(st.lists(st.integers(0, 120), min_size=2, max_size=2)))
    mode = draw(st.sampled_from(MODES))
    return Leg(code, start, end, mode, draw(st.sampled_from(profiles)).code, draw(money()), draw(st.integers(1, 5)),
               draw(st.floats(0, 100)), draw(st.frozensets(st.sampled_from(EXPOSURES))),
               mode == "swim" or draw(st.booleans()), draw(WHOLE_OR_NONE), draw(st.none() | st.just(ages[0])),
               draw(st.none() | st.just(ages[1])), draw(st.none() | st.integers(0, 45)),
               draw(st.none() | st.integers(0, 60)), draw(st.none() | st.integers(0, 744)), draw(st.sampled_from(LEG_STATUSES[:3])), draw(st.just("") | TEXTS))


def _chains(draw, conditions, seasons):
    seasonal = [season.name for season in seasons] if draw(st.booleans()) else [""]
    return tuple(ChainRow(scope, c, d, share, strength, season) for scope in ("TH", "LA") for season in seasonal
                 for c in conditions for strength in [draw(FLOATS)]
                 for d, share in zip(conditions, draw(shares(len(conditions))), strict=True))


@st.composite
def _others(draw, areas, places, legs, conditions, seasons):
    leg = st.sampled_from([leg.code for leg in legs])
    area = st.sampled_from([area.code for area in areas])
    any_condition = st.sampled_from(["", *conditions])
    any_season = st.sampled_from(["", *(season.name for season in seasons)])
    scopes = st.sampled_from(["all", *MODES, *(area.country for area in areas), "A0", "A1"])
    places_or_areas = st.sampled_from([*(area.code for area in areas), *(place.code for place in places)])
    return {
        "windows": tuple(dict.fromkeys(draw(some(_windows(leg))))),
        "reports": _once(draw(some(_reports(area, conditions))), lambda r: (r.area, r.conditions, r.observed_at,
                                                                            r.received_at, r.source)),
        "outcomes": tuple(draw(some(_outcomes(leg, any_condition, any_season)))),
        "priors": _once(draw(some(_judged(Prior, st.sampled_from(["", *MODES]), st.sampled_from(["", areas[0].country]),
                                          any_condition, st.sampled_from(["lost", "turned_back"])))),
                        lambda p: (p.mode, p.country, p.condition, p.split, p.author, p.stated)),
        "breaks": _once(draw(some(st.builds(Break, DAYS, scopes, st.floats(0, 1), TEXTS))), lambda b: (b.day, b.scope)),
        "silence": tuple(Silence(end, draw(st.floats(0, 1)), *draw(ordered(1, 1000)))
                         for end in draw(st.lists(st.sampled_from(["lost", "ok"]), unique=True))),
        "rates": (Rate("THB", draw(st.floats(100, 3000)), draw(DAYS)), Rate("CNY", draw(st.floats(100, 900)), draw(DAYS))),
        "guides": tuple(Guide(f"G{n}", tuple(draw(st.lists(leg, min_size=1, max_size=3, unique=True))), draw(money()),
                              draw(st.integers(1, 20))) for n in range(draw(st.integers(0, 2)))),
        "waiting_loss": _once(draw(some(_judged(WaitingLoss, places_or_areas, any_condition))),
                              lambda w: (w.scope, w.condition, w.author, w.stated)),
        "names": tuple((place.code, draw(TEXTS)) for place in places) if draw(st.booleans()) else (),
    }


def _once(rows, key):
    return tuple({key(row): row for row in rows}.values())


@st.composite
def _windows(draw, leg):
    days = sorted([draw(DAYS), draw(DAYS)])
    return Window(draw(leg), draw(st.none() | st.just(days[0])), draw(st.none() | st.just(days[1])),
                  draw(st.frozensets(st.integers(1, 12))), draw(st.sampled_from(["day", "night", "any"])),
                  draw(st.frozensets(st.integers(0, 6))))


@st.composite
def _reports(draw, area, conditions):
    seen = draw(TIMES)
    return Report(draw(area), draw(st.frozensets(st.sampled_from(conditions), min_size=1)), seen,
                  seen + timedelta(minutes=draw(st.integers(0, 1000))), draw(CODES), draw(CODES),
                  draw(st.sampled_from("ABCDEF")), draw(st.integers(1, 6)), draw(st.integers(1, 3)), draw(FLOATS))


@st.composite
def _outcomes(draw, leg, condition, season):
    start = draw(DAYS)
    ended = draw(st.sampled_from(list(Ended)))
    heard = start + timedelta(days=draw(st.integers(0, 1)))
    return Outcome(draw(leg), start, draw(condition), draw(season), ended, draw(st.none() | st.just(heard)),
                   heard if ended == Ended.SILENT else draw(st.none() | st.just(heard)), draw(st.integers(1, 1000)))


@st.composite
def _judged(draw, kind, *stratum):
    likely, below = draw(ordered(0.1, 99))
    return kind(*(draw(part) for part in stratum), likely, below, draw(TEXTS), draw(DAYS), draw(TEXTS))

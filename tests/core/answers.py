"""An invented answer in each state of knowledge: what the pages, texts and golden files of the report are made from.

Every station, guide, price and danger is made up. Stations stand at the middle of a province.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from waystation.party import Party, Terms
from waystation.planning.results import (
    Answer,
    Assessment,
    Change,
    Choice,
    Contingency,
    Curve,
    Danger,
    Ends,
    Knowledge,
    Line,
    Placed,
    Point,
    PriorNamed,
    Refused,
    ReportValue,
    Sensitivity,
    Step,
    Tree,
    Veto,
    Weighing,
)
from waystation.units import Money


def usd(amount: float) -> Money:
    return Money(Decimal(amount), "USD")


PLACES = (
    Placed("HEARTH", "North Hamgyong", "town", "KP", 41.8, 129.3, False),
    Placed("ORCHARD", "Jilin", "safe_house", "CN", 43.7, 126.2, False),
    Placed("FORGE", "Liaoning", "hub", "CN", 41.3, 122.6, False),
    Placed("LANTERN", "Hebei", "hub", "CN", 38.5, 115.5, False),
    Placed("MILL", "Henan", "town", "CN", 33.9, 113.5, False),
    Placed("TERRACE", "Sichuan", "hub", "CN", 30.6, 103.0, False),
    Placed("PAVILION", "Yunnan", "safe_house", "CN", 25.0, 101.5, False),
    Placed("KILN", "Guangxi", "safe_house", "CN", 23.8, 108.8, False),
    Placed("REED", "Luang Namtha", "crossing", "LA", 20.9, 101.2, False),
    Placed("SANDBAR", "Nghe An", "town", "VN", 19.2, 104.9, False),
    Placed("FERRY", "Chiang Rai", "un_office", "TH", 19.8, 99.8, False),
    Placed("GARDEN", "Bangkok", "un_office", "TH", 13.8, 100.5, False),
    Placed("STEPPE", "Inner Mongolia", "town", "CN", 43.6, 115.0, False),
    Placed("WELL", "Dornogovi", "crossing", "MN", 44.5, 110.2, False),
    Placed("HARBOR", "Seoul", "mission", "KR", 37.5, 127.0, True),
)

LINES = (
    Line("L01", "HEARTH", "ORCHARD", "foot", "first"),
    Line("L02", "ORCHARD", "FORGE", "car", "first"),
    Line("L03", "FORGE", "LANTERN", "train", "first"),
    Line("L04", "LANTERN", "MILL", "bus", "first"),
    Line("L05", "MILL", "TERRACE", "bus", "first"),
    Line("L06", "TERRACE", "PAVILION", "car", "first"),
    Line("L07", "PAVILION", "REED", "foot", "first"),
    Line("L08", "REED", "FERRY", "boat", "first"),
    Line("L09", "FERRY", "GARDEN", "bus", "first"),
    Line("L10", "GARDEN", "HARBOR", "air", "first"),
    Line("L11", "ORCHARD", "LANTERN", "bus", "branch", "A"),
    Line("L12", "MILL", "KILN", "train", "branch", "B"),
    Line("L13", "KILN", "REED", "mixed", "branch", "B", unknown=True),
    Line("L14", "LANTERN", "STEPPE", "train", "other"),
    Line("L15", "STEPPE", "WELL", "foot", "other", unknown=True),
    Line("L16", "PAVILION", "SANDBAR", "bus", "closed"),
)

MAIN = (
    Step("HEARTH", "wait", "HEARTH", "", "", date(2030, 5, 1), date(2030, 5, 3), (24, 72), usd(30), 0.71, 0.002,
         "until calm, or at most until 4 May"),
    Step("HEARTH", "leg", "ORCHARD", "L01", "foot", date(2030, 5, 2), date(2030, 5, 5), (8, 14), usd(600), 1.0, 0.031,
         "at night", "G1"),
    Step("ORCHARD", "leg", "FORGE", "L02", "car", date(2030, 5, 4), date(2030, 5, 8), (6, 9), usd(400), 0.78, 0.014),
    Step("FORGE", "leg", "LANTERN", "L03", "train", date(2030, 5, 5), date(2030, 5, 10), (10, 12), usd(90), 0.77, 0.024),
    Step("LANTERN", "leg", "MILL", "L04", "bus", date(2030, 5, 7), date(2030, 5, 13), (9, 14), usd(70), 0.9, 0.009),
    Step("MILL", "leg", "TERRACE", "L05", "bus", date(2030, 5, 8), date(2030, 5, 15), (18, 26), usd(110), 0.85, 0.012),
    Step("TERRACE", "leg", "PAVILION", "L06", "car", date(2030, 5, 10), date(2030, 5, 18), (14, 20), usd(450), 0.85,
         0.008),
    Step("PAVILION", "leg", "REED", "L07", "foot", date(2030, 5, 12), date(2030, 5, 22), (30, 52), usd(900), 0.84, 0.021,
         "at night", "G4"),
    Step("REED", "leg", "FERRY", "L08", "boat", date(2030, 5, 15), date(2030, 5, 25), (4, 8), usd(200), 0.88, 0.006),
    Step("FERRY", "leg", "GARDEN", "L09", "bus", date(2030, 5, 17), date(2030, 5, 29), (12, 15), usd(60), 0.87, 0.001),
    Step("GARDEN", "leg", "HARBOR", "L10", "air", date(2030, 6, 2), date(2030, 6, 24), (6, 8), usd(0), 0.86, 0.0),
)

CONTINGENCIES = (
    Contingency("A", "ORCHARD", "if it is alert there", (
        Step("ORCHARD", "leg", "LANTERN", "L11", "bus", date(2030, 5, 6), date(2030, 5, 11), (20, 30), usd(160), 0.22,
             0.011),), 0.22, "LANTERN"),
    Contingency("B", "MILL", "if it is later than 16 May", (
        Step("MILL", "leg", "KILN", "L12", "train", date(2030, 5, 16), date(2030, 5, 19), (12, 16), usd(120), 0.05, 0.003),
        Step("KILN", "leg", "REED", "L13", "mixed", date(2030, 5, 18), date(2030, 5, 24), (24, 60), usd(700), 0.05, 0.006),
    ), 0.05, "REED"),
    Contingency("C", "REED", "with less than 250 USD left", (
        Step("REED", "stop", "REED", "", "", date(2030, 5, 15), date(2030, 5, 30), None, None, 0.02, 0.0,
             "ask for help here"),), 0.02),
)

DANGERS = (
    Danger("L01", "HEARTH", "ORCHARD", "foot", "KP", 0.031, 0.25, 0.024, 0.004, 0.003, False, 0.35),
    Danger("L03", "FORGE", "LANTERN", "train", "CN", 0.024, 0.2, 0.022, 0.0, 0.002, True, 0.85),
    Danger("L07", "PAVILION", "REED", "foot", "CN", 0.021, 0.17, 0.012, 0.004, 0.005, True, 0.7),
    Danger("L02", "ORCHARD", "FORGE", "car", "CN", 0.014, 0.11, 0.013, 0.0, 0.001, True, 0.8),
    Danger("L05", "MILL", "TERRACE", "bus", "CN", 0.012, 0.1, 0.011, 0.0, 0.001, True, 0.82),
    Danger("L04", "LANTERN", "MILL", "bus", "CN", 0.009, 0.07, 0.008, 0.0, 0.001, True, 0.82),
    Danger("", "HEARTH", "HEARTH", "", "KP", 0.002, 0.02, 0.002, 0.0, 0.0, False, 1.0),
)


def _curve(deadline: date, top: float, knee: float) -> Curve:
    points = []
    for k in range(25):
        money = 250 * k
        mean = max(0.0, top * (1 - 2.0 ** (-(max(0.0, money - 1200) / knee))))
        points.append(Point(usd(money), mean, max(0.0, mean - 0.16 * mean), min(1.0, mean + 0.09 * mean)))
    return Curve(deadline, tuple(points))


CURVES = (
    _curve(date(2030, 5, 20), 0.42, 900),
    _curve(date(2030, 6, 1), 0.63, 520),
    _curve(date(2030, 6, 15), 0.79, 420),
    _curve(date(2030, 6, 30), 0.88, 320),
    _curve(date(2030, 7, 31), 0.905, 300),
)

PRIORS = (
    PriorNamed("M. Ashgrove (invented)", date(2029, 11, 3), "interviews with people who came through, 2027 to 2029",
               "train, CN, alert", 0.31),
    PriorNamed("T. Quillfeather (invented)", date(2030, 1, 20), "work with travellers in two provinces", "foot, CN", 0.19),
    PriorNamed("M. Ashgrove (invented)", date(2029, 11, 3), "a stated comparison with road checks", "bus, CN, calm", 0.12),
)

MEASURED = Assessment(
    state=Knowledge.MEASURED, reasons=("The record of legs like these is long enough to speak from.",),
    mean=0.8613, low=0.7934, high=0.9148, pessimistic=0.81, own_share=0.34, pooled_share=0.4, prior_share=0.26, n=61,
    newest_age_d=9, ends=Ends(0.861, 0.085, 0.013, 0.014, 0.02, 0.007), sd_adjoint=0.031,
    sensitivity=(
        Sensitivity("if every danger stated by experts were half as high", 0.887),
        Sensitivity("if every danger stated by experts were twice as high", 0.812),
        Sensitivity("if experts were believed half as firmly", 0.858),
        Sensitivity("if experts were believed twice as firmly", 0.866),
    ),
    priors=PRIORS,
)
THIN = replace(
    MEASURED, state=Knowledge.THIN, reasons=("The record is thin: read the whole range, not its middle.",),
    low=0.742, high=0.9386, n=31, newest_age_d=122, own_share=0.12, pooled_share=0.26, prior_share=0.62, pessimistic=0.71,
)

BASE = Answer(
    title="The long way", fictional=True, now="2030-05-01T06:00:00+00:00",
    party=Party(size=5, youngest_y=6, oldest_y=80, all_agree=True, guardian_ok=True, pace=1.5, exertion_max=2,
                walk_km_day=8.0, cold=False, label="a family of five: one is 80, two are children"),
    terms=Terms(start="HEARTH", goals=("HARBOR",), depart_from=date(2030, 5, 1), deadline=date(2030, 6, 30),
                budget=usd(3000)),
    first="Wait at HEARTH until it is calm, or at most until 4 May. Then go on foot to ORCHARD with guide G1, at night.",
    assessment=THIN, tree=Tree(MAIN, CONTINGENCIES, 0.94), dangers=DANGERS, after_first_crossing=0.73, curves=CURVES,
    weighings=(
        Weighing(0.0, 0.872, 0.121, 0.0, "go on foot from HEARTH to ORCHARD (L01)", False),
        Weighing(0.25, 0.861, 0.112, 0.02, "wait at HEARTH", True),
        Weighing(1.0, 0.79, 0.081, 0.12, "wait at HEARTH", False),
        Weighing(2.0, 0.0, 0.0, 1.0, "stay at HEARTH and do not leave yet", False),
    ),
    choices=(
        Choice("wait at HEARTH, then go", "", 0.833, 0.861, 0.112, 29, usd(2780), "captured between FORGE and LANTERN",
               0.022, True),
        Choice("go on foot from HEARTH to ORCHARD (L01) now", "L01", 0.81, 0.845, 0.139, 27, usd(2750),
               "captured between HEARTH and ORCHARD", 0.046, False),
        Choice("stay at HEARTH and do not leave yet", "", 0.0, 0.0, 0.0, None, None, "still there at the deadline", None,
               False),
    ),
    changes=(
        Change("condition", "If the start area is calm: go on foot from HEARTH to ORCHARD (L01)."),
        Change("money", "With 450 USD or less left: stay at HEARTH and do not leave yet."),
        Change("time", "With 20 May as the deadline: go on foot from HEARTH to ORCHARD (L01)."),
        Change("hazard", "If the danger of L01 were about 3.2 times as high: stay at HEARTH and do not leave yet."),
    ),
    worth=(
        ReportValue("KP-N", "changes_decision", 2.1, None, "Is it calm in the start area today? Asked of somebody who was "
                                                           "there, this is worth about 2 more arrivals of every 100."),
        ReportValue("train, CN, alert", "shrinks_interval", None, 0.021,
                    "What became of ten more parties by train in China on alert days would narrow the range most."),
    ),
    vetoes=(
        Veto("L20", "ORCHARD", "WELL", "foot", "the oldest member is 80; this leg is for people up to 60"),
        Veto("L21", "HEARTH", "HARBOR", "foot", "mined border", forbidden=True),
    ),
    warnings=("Areas are assumed independent of each other.", "All reports on KP-N come from one origin."),
    learnt=(), places=PLACES, lines=LINES, low_money=0.861, high_money=0.869, backend="native", seed=7, draws=1000,
    inputs_digest="9f2c41d7a0be55311c6e0a4d8b17f3c2", version="0.1.0",
)


def without_numbers(answer: Answer, state: Knowledge, *reasons: str, interval: bool = False) -> Answer:
    """The same answer as the planner hands it out when the state of knowledge forbids its numbers."""
    told = answer.assessment
    return replace(
        answer,
        assessment=replace(
            told, state=state, reasons=reasons, mean=None, low=told.low if interval else None,
            high=told.high if interval else None, pessimistic=None, own_share=None, pooled_share=None, prior_share=None,
            n=None, newest_age_d=None, ends=None, sd_adjoint=None,
            sensitivity=tuple(replace(row, mean=None) for row in told.sensitivity),
            priors=tuple(replace(row, share=None) for row in told.priors),
        ),
        tree=Tree(tuple(_quiet(s) for s in answer.tree.main),
                  tuple(replace(c, share=None, steps=tuple(_quiet(s) for s in c.steps)) for c in answer.tree.contingencies),
                  None),
        dangers=tuple(replace(d, loss=None, share=None, intercepted=None, harmed=None, missing=None, prior_share=None)
                      for d in answer.dangers),
        after_first_crossing=None, curves=(),
        weighings=tuple(replace(w, safe=None, lost=None, stopped=None) for w in answer.weighings),
        choices=tuple(replace(c, value=None, safe=None, lost=None, days=None, money=None, worst_chance=None)
                      for c in answer.choices),
        worth=(ReportValue("KP-N", "changes_decision", None, None, "Is it calm in the start area today? Asked of somebody "
                                                                   "who was there, this would help most."),),
        low_money=None, high_money=None,
    )


def _quiet(step: Step) -> Step:
    return replace(step, share=None, loss=None)


UNKNOWN = without_numbers(
    BASE, Knowledge.UNKNOWN, "There is no report from the start area that still holds.",
    "Of a good part of the danger on this way nobody has a record, and no named person has judged it.",
)
PRIOR_ONLY = without_numbers(
    BASE, Knowledge.PRIOR_ONLY, "Too few journeys on legs like these in the last 12 months to speak from a record.",
)
PRIOR_ONLY_SHOWN = without_numbers(
    BASE, Knowledge.PRIOR_ONLY, "Too few journeys on legs like these in the last 12 months to speak from a record.",
    interval=True,
)
ANSWERS = {
    "measured": replace(BASE, assessment=MEASURED, fictional=False, title="A second book",
                        learnt=("Two parties came through L03 since: its danger fell, and the plan stays the same.",)),
    "thin": BASE,
    "prior_only": PRIOR_ONLY,
    "prior_only_shown": PRIOR_ONLY_SHOWN,
    "unknown": UNKNOWN,
}
REFUSED = Refused((
    "An adult of this party did not say yes. Nobody is moved against their will.",
    "A child travels without a guardian record. Ask for a best-interest record first.",
))

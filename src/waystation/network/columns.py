"""Every sheet and column of a route book, said once: the reader, the writers, the template and the manual all use this.

A column names the field of its row (`rows.py`) that it fills. A dot joins several columns into one field: `cost.amount`
and `cost.currency` make one `Money`, `hours.0` to `hours.2` one tuple. A column whose cell may be empty says what empty
means. `refers` names the sheet, or the list on the sheet `book`, in which the value must stand.
"""

from dataclasses import dataclass
from typing import Any

from waystation.network import rows
from waystation.network.cells import (
    AMOUNT,
    CODE,
    COUNTRY,
    CURRENCY,
    NAME,
    NAMES_EITHER,
    OF_100,
    SCOPE,
    TEXT,
    YES_NO,
    Kind,
    above_zero,
    degrees,
    listed,
    number,
    one_of,
    probability,
    set_of,
    whole,
)
from waystation.network.days import DAY, INSTANT, MONTHS, SEASON, WEEKDAY_SET

FORMAT = 1  # of the route book; a later one is refused, never half understood
REQUIRED = object()  # an empty cell is an error
LONGEST_H = 31 * 24.0  # 31 steps of a day each: more does not fit any book


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it means, its unit, what may stand in it, and which field it fills."""

    name: str
    kind: Kind
    meaning: str
    example: str
    unit: str = ""
    field: str = ""  # empty = as `name`; "-" = no field
    empty: Any = REQUIRED  # the field's value where the cell is empty
    refers: str = ""

    @property
    def required(self) -> bool:
        """Whether an empty cell is an error."""
        return self.empty is REQUIRED

    @property
    def path(self) -> tuple[str, str]:
        """The field, and which part of it, if the field is made from several columns."""
        head, _, tail = (self.field or self.name).partition(".")
        return head, tail


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, or one table of the JSON file. `field` is its field in `RouteBook`."""

    name: str
    row: Any  # the class of its rows; `tuple` for pairs
    meaning: str
    columns: tuple[Column, ...]
    required: bool = False
    unique: tuple[str, ...] = ()  # columns that together stand once; empty: rows may repeat


AUTHOR = Column("author", TEXT, "who judged it: a role or a code, never a person's name", "desk")
STATED = Column("date", DAY, "the day on which it was stated", "2030-02-01", field="stated")
BASIS = Column("basis", TEXT, "what the judgement rests on", "interviews of last winter")
SEASON_COLUMN = Column("season", NAME, "the season it holds for; empty: every season", "winter", empty="",
                       refers="seasons")
CHANCE = probability()


def _likely(noun: str, unit: str) -> tuple[Column, Column]:
    return (Column("most_likely", OF_100, f"the most likely number of {noun}", "2", unit),
            Column("surely_below", OF_100, "a number that it is surely below (95 sure in 100)", "8", unit))


def _money(name: str, meaning: str, example: str, unit: str, *, empty: Any = REQUIRED) -> tuple[Column, Column]:
    beside = f"the currency of `{name}`"
    return (Column(name, AMOUNT, meaning, example, unit, field=f"{name}.amount", empty=empty),
            Column("currency", CURRENCY, beside, "USD", field=f"{name}.currency", empty=empty, refers="currencies"))


SHEETS: tuple[Sheet, ...] = (
    Sheet("book", rows.BookRow, "One row that says what the whole file means.", (
        Column("format", whole(0, 9999), "the number of this format, 1", "1", field="-"),
        Column("title", TEXT, "what the book is called; no name of a person or place", "An invented valley"),
        Column("fictional", YES_NO, "yes if every place and danger is invented", "yes"),
        Column("step_hours", whole(1, 24), "length of a step; durations are rounded up to whole steps", "12", "h"),
        Column("money_value", AMOUNT, "the smallest amount that is counted: costs round up to it, money down", "10",
               field="unit.value"),
        Column("money_currency", CURRENCY, "the currency of the book", "USD", field="unit.currency"),
        Column("conditions", listed(NAME), "1 to 6 conditions an area can be in, calmest first", "calm;alert"),
        Column("seasons", listed(SEASON), "1 to 12 named ranges of months, together the whole year",
               "winter:11-3;summer:4-10"),
        Column("as_of", INSTANT, "the moment the book speaks of; of fictional books only", "2030-02-10T06:00Z",
               empty=None),
    ), required=True),
    Sheet("areas", rows.Area, "Stretches of country that share one condition.", (
        Column("code", CODE, "the area's code", "WEST"),
        Column("country", COUNTRY, "the country it lies in", "TH"),
        Column("river", YES_NO, "whether its conditions speak of a river's level", "no", empty=False),
    ), required=True, unique=("code",)),
    Sheet("places", rows.Place, "Stops. No names of people, no addresses.", (
        Column("code", CODE, "the place's code", "START"),
        Column("area", CODE, "the area it lies in", "WEST", refers="areas"),
        Column("kind", one_of(*rows.PLACE_KINDS), "what kind of stop", "town"),
        Column("goal", YES_NO, "whether a party is safe here", "no", empty=False),
        *_money("wait_cost", "what waiting costs", "2", "a person and step", empty=None),
        Column("max_wait", whole(0, 2000), "how long a party may wait here; empty: no limit", "6", "steps", empty=None),
        Column("stay_value", probability(below_one=True), "how good it is to stop here: 0 nothing, 1 the goal", "0",
               empty=0.0),
        Column("map_lat", degrees(90), "latitude for drawing: a province's middle or a public town", "15.2", "degrees",
               empty=None),
        Column("map_lon", degrees(180), "longitude for drawing", "101.3", "degrees", empty=None),
        Column("near", TEXT, "the province or public town that people are shown", "an invented province", empty=""),
        Column("cooling", YES_NO, "whether medicine can be cooled again here, all day and every day; empty: not known, "
               "and nobody whose medicine must be kept cold comes here", "yes", empty=None),
    ), required=True, unique=("code",)),
    Sheet("profiles", rows.Profile, "How long legs take. Legs of one kind share a profile; at most 64.", (
        Column("code", CODE, "the profile's code", "HALFDAY"),
        Column("min", above_zero("hours, more than 0", high=LONGEST_H, code="RB203"), "when it goes well", "6", "h",
               field="hours.0"),
        Column("mode", above_zero("hours, more than 0", high=LONGEST_H, code="RB203"), "as a rule", "10", "h",
               field="hours.1"),
        Column("max", above_zero("hours, more than 0", high=LONGEST_H, code="RB203"), "when it goes badly", "30", "h",
               field="hours.2"),
        Column("q1", CHANCE, "share of journeys that take `min`", "0.3", "share", field="shares.0"),
        Column("q2", CHANCE, "share that take `mode`", "0.5", "share", field="shares.1"),
        Column("q3", CHANCE, "share that take `max`; the three add up to 1", "0.2", "share", field="shares.2"),
    ), required=True, unique=("code",)),
    Sheet("legs", rows.Leg, "Ways from one place to another, each in one direction.", (
        Column("code", CODE, "the leg's code", "L1"),
        Column("from", CODE, "the place it starts from", "START", field="start", refers="places"),
        Column("to", CODE, "the place it leads to", "MID", field="end", refers="places"),
        Column("mode", one_of(*rows.MODES), "how one travels", "bus"),
        Column("profile", CODE, "how long it takes", "HALFDAY", refers="profiles"),
        *_money("cost", "what it costs; 0 must be written", "15", "a person"),
        Column("exertion", whole(1, 5), "1 sit .. 5 climb at night", "2", empty=1),
        Column("walk_km", number(0, 100), "walking", "4", "km a day", empty=0.0),
        Column("exposure", set_of(one_of(*rows.EXPOSURES)), "what the weakest may not bear", "cold;water",
               empty=frozenset()),
        Column("swim", YES_NO, "whether every member must be able to swim", "no", empty=False),
        Column("group_max", whole(1, 1000), "most people at once; empty: no limit", "6", "people", empty=None),
        Column("min_age", whole(0, 120), "nobody younger; empty: no limit", "5", "years", empty=None),
        Column("max_age", whole(0, 120), "nobody older; empty: no limit", "75", "years", empty=None),
        Column("pregnancy_max_weeks", whole(0, 45), "latest week of a pregnancy; empty: no limit", "30", "weeks",
               empty=None),
        Column("carry_kg", whole(0, 60), "what must be carried for each who goes, water and food too; 0: nothing; "
               "empty: not known, and nobody goes who can carry only so much", "4", "kg a person", empty=None),
        Column("uncooled_h", whole(0, int(LONGEST_H)), "how long medicine is without cold, when the leg goes badly; 0: "
               "kept cold all the way; empty: not known, and no medicine that must be kept cold goes", "30", "h",
               empty=None),
        Column("status", one_of(*rows.LEG_STATUSES), "open, caution, closed for now, or forbidden for everybody",
               "open", empty="open"),
        Column("reason", TEXT, "why it is not open; a forbidden leg must say so", "mined", empty=""),
    ), required=True, unique=("code",)),
    Sheet("windows", rows.Window, "When a leg may start. Rows of one leg are alternatives; without rows: always.", (
        Column("leg", CODE, "the leg", "L1", refers="legs"),
        Column("from_date", DAY, "first day; empty: any", "2030-03-01", field="from_date", empty=None),
        Column("to_date", DAY, "last day, included; empty: any", "2030-05-31", empty=None),
        Column("months", MONTHS, "months; empty: any", "11;12;1-3", empty=frozenset()),
        Column("part", one_of("day", "night", "any"), "day is 06 to 18 h", "night", empty="any"),
        Column("weekdays", WEEKDAY_SET, "days of the week; empty: any", "mon;tue", empty=frozenset()),
    ), unique=("leg", "from_date", "to_date", "months", "part", "weekdays")),
    Sheet("chains", rows.ChainRow, "How conditions change from one step to the next. An area's own rows go before "
          "those of its country; a condition without rows does not occur in that area.", (
        Column("scope", SCOPE, "an area's code or a country", "TH", refers="areas or countries"),
        Column("from_condition", NAME, "the condition at one step", "calm", refers="conditions"),
        Column("to_condition", NAME, "the condition one step later", "alert", refers="conditions"),
        Column("share", CHANCE, "how often; rows of one condition add up to 1", "0.1", "share"),
        Column("strength", above_zero("number, more than 0", high=1e6),
               "how many changes seen this judgement is worth", "4", "changes", empty=4.0),
        SEASON_COLUMN,
    ), required=True, unique=("scope", "from_condition", "to_condition", "season")),
    Sheet("reports", rows.Report, "What somebody said about an area, graded.", (
        Column("area", CODE, "the area", "WEST", refers="areas"),
        Column("condition", NAMES_EITHER, "the condition claimed, or several with | between (at least alert)", "alert",
               field="conditions", refers="conditions"),
        Column("observed_at", INSTANT, "when it was seen", "2030-02-08T10:00Z"),
        Column("received_at", INSTANT, "when the desk heard of it", "2030-02-09T07:30Z"),
        Column("source", CODE, "code of the source, never a name", "S1"),
        Column("origin", CODE, "code of the common origin; sources that repeat each other share it", "O1"),
        Column("reliability", one_of(*"ABCDEF"), "of the source, A best .. E worst, F not known", "B"),
        Column("credibility", whole(1, 6), "of the report, 1 best .. 5 worst, 6 not known", "2"),
        Column("hand", whole(1, 3), "1 seen, 2 heard from who saw, 3 further", "1", empty=1),
        Column("valid_for", above_zero("hours, more than 0", high=1e5), "how long it should be believed", "168", "h",
               field="valid_for_h", empty=168.0),
    ), unique=("area", "condition", "observed_at", "received_at", "source")),
    Sheet("outcomes", rows.Outcome, "What became of a party on a leg; one row a party and leg.", (
        Column("leg", CODE, "the leg", "L1", refers="legs"),
        Column("started", DAY, "the day it started", "2029-11-03"),
        Column("condition", NAME, "of the leg's area at the start; empty: not known", "calm", empty="",
               refers="conditions"),
        Column("season", NAME, "the season; empty: by `started`", "winter", empty="", refers="seasons"),
        Column("ended", one_of(*rows.Ended), "how it ended", "arrived"),
        Column("ended_at", DAY, "the day it ended, if known", "2029-11-04", empty=None),
        Column("last_heard", DAY, "the day of the last word; a silent party must have it", "2029-11-03", empty=None),
        Column("party_size", whole(1, 1000), "how many people", "4", "people"),
    )),
    Sheet("priors", rows.Prior, "Expert judgement of a danger, dated and owned.", (
        Column("mode", one_of(*rows.MODES), "mode of travel; empty: any", "bus", empty=""),
        Column("country", COUNTRY, "country; empty: any", "TH", empty="", refers="countries"),
        Column("condition", NAME, "condition; empty: any", "calm", empty="", refers="conditions"),
        Column("split", one_of("lost", "turned_back"), "which danger", "lost"),
        *_likely("parties", "of 100 parties"), AUTHOR, STATED, BASIS,
        Column("leg", CODE, "the one leg of which it speaks, then without mode and country; empty: any", "L1", empty="",
               refers="legs"),
    ), unique=("mode", "country", "condition", "split", "author", "date", "leg")),
    Sheet("breaks", rows.Break, "Days on which the world changed, so that older outcomes count less.", (
        Column("date", DAY, "the day", "2030-01-15", field="day"),
        Column("scope", SCOPE, "a country, an area, a mode, or `all`", "all", refers="areas or countries or modes"),
        Column("keep", CHANCE, "how much an older outcome still counts; 0: not at all", "0.1", "share", empty=0.1),
        Column("reason", TEXT, "what changed", "border closed"),
    ), unique=("date", "scope")),
    Sheet("silence", rows.Silence, "How soon, and how often at all, word comes of an ended leg.", (
        Column("outcome", one_of("lost", "ok"), "of which ends", "lost"),
        Column("ever_reported", CHANCE, "chance that it is ever heard of", "0.5", "share"),
        Column("delay_median", above_zero("hours, more than 0", high=1e5), "half of the words come within", "96", "h",
               field="delay_median_h"),
        Column("delay_95", above_zero("hours, more than 0", high=1e5), "95 in 100 come within", "720", "h",
               field="delay_95_h"),
    ), unique=("outcome",)),
    Sheet("rates", rows.Rate, "What other currencies are worth; one row each, the newest.", (
        Column("currency", CURRENCY, "the currency", "THB"),
        Column("per_unit", above_zero("number, more than 0", high=1e12),
               "how much of it makes one money unit of the book (`money_value` of `money_currency`)", "350"),
        Column("date", DAY, "the day of the rate", "2030-02-01", field="day"),
    ), unique=("currency",)),
    Sheet("guides", rows.Guide, "Who leads legs, by code. A leg that any guide lists needs one.", (
        Column("code", CODE, "the guide's code, never a name", "G1"),
        Column("legs", listed(CODE), "the legs led", "L1;L2", refers="legs"),
        *_money("fee", "what the guide takes", "200", "the whole party"),
        Column("capacity", whole(1, 1000), "people at once", "6", "people"),
    ), unique=("code",)),
    Sheet("waiting_loss", rows.WaitingLoss, "Expert judgement of the danger of staying.", (
        Column("scope", CODE, "an area's or a place's code", "WEST", refers="areas or places"),
        Column("condition", NAME, "condition; empty: any", "alert", empty="", refers="conditions"),
        *_likely("parties lost while they wait a week", "of 100 parties a week"), AUTHOR, STATED, BASIS,
    ), unique=("scope", "condition", "author", "date")),
    Sheet("names", tuple, "Codes beside the names that an imported network used. Other books have no such sheet.", (
        Column("code", CODE, "a code of this book", "WEST", refers="areas or places"),
        Column("name", TEXT, "the name as its source has it", "an invented province"),
    ), unique=("code",)),
)
BY_NAME = {sheet.name: sheet for sheet in SHEETS}
READ_ME = "read me"  # a sheet that explains; never read

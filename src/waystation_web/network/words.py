"""The book's own words as a reader sees them: columns, modes, kinds, states, ends. Codes stay codes."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COLUMNS: dict[str, str | Promise] = {
    "title": _("Title"), "fictional": _("All invented"), "step_hours": _("Hours in a step"),
    "money_value": _("Smallest amount counted"), "money_currency": _("Currency of the book"),
    "conditions": _("Conditions, calmest first"), "seasons": _("Seasons"), "as_of": _("Speaks of (invented books)"),
    "code": _("Code"), "country": _("Country"), "river": _("Conditions speak of a river"), "area": _("Area"),
    "kind": _("Kind"), "goal": _("A party is safe here"), "wait_cost": _("Cost of waiting"),
    "currency": _("Currency"), "max_wait": _("Longest wait in steps"), "stay_value": _("How good it is to stop here"),
    "map_lat": _("Latitude, one decimal"), "map_lon": _("Longitude, one decimal"), "near": _("Province or public town"),
    "cooling": _("Medicine can be cooled again here"),
    "min": _("Hours when it goes well"), "max": _("Hours when it goes badly"), "q1": _("Share that goes well"),
    "q2": _("Share as a rule"), "q3": _("Share that goes badly"), "from": _("Starts at"), "to": _("Leads to"),
    "profile": _("Duration"), "cost": _("Cost"), "exertion": _("Exertion, 1 to 5"), "walk_km": _("Walking, km a day"),
    "exposure": _("Exposure"), "swim": _("Everybody must swim"), "group_max": _("Most people at once"),
    "min_age": _("Youngest"), "max_age": _("Oldest"), "pregnancy_max_weeks": _("Latest week of a pregnancy"),
    "carry_kg": _("To carry, kg a person"), "uncooled_h": _("Hours that medicine is without cold"),
    "status": _("State"), "reason": _("Reason"), "leg": _("Leg"), "from_date": _("First day"), "to_date": _("Last day"),
    "months": _("Months"), "part": _("Part of the day"), "weekdays": _("Weekdays"), "scope": _("Where"),
    "from_condition": _("Condition at one step"), "to_condition": _("One step later"), "share": _("How often, 0 to 1"),
    "strength": _("Worth how many changes seen"), "season": _("Season"), "condition": _("Condition"),
    "observed_at": _("Seen at"), "received_at": _("Heard at"), "source": _("Source, by code"),
    "origin": _("Common origin, by code"), "reliability": _("Source, A to F"), "credibility": _("Report, 1 to 6"),
    "hand": _("How they know it"), "valid_for": _("Believed for, in hours"),
    "started": _("Started"), "ended": _("How it ended"), "ended_at": _("Ended on"),
    "last_heard": _("Last word"), "party_size": _("People in the party"),
    "split": _("Which danger"), "most_likely": _("Most likely, of 100"), "surely_below": _("Surely below, of 100"),
    "author": _("Author, by role or code"), "date": _("Date"), "basis": _("What it rests on"),
    "keep": _("How much older outcomes still count"), "outcome": _("Of which ends"),
    "ever_reported": _("Chance that word ever comes"), "delay_median": _("Half come within hours"),
    "delay_95": _("95 of 100 come within hours"), "per_unit": _("Makes one money unit"), "legs": _("Legs led"),
    "fee": _("Fee for the whole party"), "capacity": _("People at once"), "name": _("Name as imported"),
}
COLUMNS_HERE: dict[tuple[str, str], str | Promise] = {("profiles", "mode"): _("Hours as a rule"),
                                                     ("legs", "mode"): _("Mode"), ("priors", "mode"): _("Mode")}
MODES: dict[str, str | Promise] = {
    "foot": _("on foot"), "car": _("by car"), "bus": _("by bus"), "train": _("by train"), "boat": _("by boat"),
    "swim": _("swimming"), "motorbike": _("by motorbike"), "air": _("by air"), "mixed": _("by several means"),
}
VALUES: dict[str, str | Promise] = {
    **MODES,
    "crossing": _("crossing"), "town": _("town"), "hub": _("transport hub"), "safe_house": _("safe house"),
    "mission": _("mission"), "un_office": _("UN office"), "custody": _("custody"), "other": _("other"),
    "open": _("open"), "caution": _("caution"), "closed": _("closed"), "forbidden": _("forbidden"),
    "cold": _("cold"), "heat": _("heat"), "water": _("water"), "altitude": _("altitude"),
    "arrived": _("arrived"), "turned_back": _("turned back"), "intercepted": _("intercepted"), "harmed": _("harmed"),
    "missing": _("missing"), "silent": _("never heard from"), "lost": _("lost"), "ok": _("well ended"),
    "day": _("by day"), "night": _("by night"), "any": _("at any time"), "all": _("everywhere"),
    "True": _("yes"), "False": _("no"), "yes": _("yes"), "no": _("no"),
    "mon": _("Mon"), "tue": _("Tue"), "wed": _("Wed"), "thu": _("Thu"), "fri": _("Fri"), "sat": _("Sat"),
    "sun": _("Sun"),
    "A": _("A · always reliable so far"), "B": _("B · usually reliable"), "C": _("C · fairly reliable"),
    "D": _("D · not usually reliable"), "E": _("E · unreliable"), "F": _("F · cannot be judged"),
    "1": _("1 · confirmed by others"), "2": _("2 · probably true"), "3": _("3 · possibly true"),
    "4": _("4 · doubtful"), "5": _("5 · improbable"), "6": _("6 · cannot be judged"),
}
HANDS: dict[str, str | Promise] = {"1": _("1 · saw it"), "2": _("2 · heard it from who saw it"),
                                   "3": _("3 · further off")}
DID: dict[str, str | Promise] = {"row": _("changed"), "removed": _("removed"), "put_back": _("put back"),
                                 "import": _("changed by an import"), "undone": _("import taken back")}
NOTICES: dict[str, str | Promise] = {
    "event": _("What happened between or in states"), "relation": _("How two states stand to each other"),
    "river": _("A river's level"), "ice": _("Cold and ice"), "count": _("A count that somebody made"),
    "police": _("When police are about"), "hub": _("Checks at a place"), "house": _("A house"),
    "ground": _("Length and ground of a leg"), "armed": _("Armed people on a leg"),
}
PARTS: dict[str, str | Promise] = {
    "event": _("What happened"), "countries": _("Countries, two letters each, with ; between"), "note": _("In short"),
    "one": _("One state, two letters"), "other": _("The other state"), "level": _("How they stand"),
    "about_areas": _("Area"), "about_places": _("Place"), "about_legs": _("Leg"), "level_cm": _("Level in cm"),
    "threshold_cm": _("Nobody crosses from this level on, in cm"), "degrees": _("Degrees Celsius"), "ice": _("Ice"),
    "counted": _("What was counted"), "low": _("At least"), "high": _("At most"),
    "half_life_d": _("Counts half after days"), "place_kind": _("At what kind of place"),
    "part": _("Part of the day"), "weekdays": _("Weekdays, e.g. mon;tue"), "activity": _("How much"),
    "id_checks": _("Papers are checked"), "cameras": _("Cameras"), "capacity": _("People at once"),
    "host": _("Host, by code"), "rests_until": _("Rests until"), "compromised": _("Known to others"),
    "km": _("Kilometres"), "terrain": _("Ground"), "who": _("Who is armed"),
}
NOTICE_VALUES: dict[str, str | Promise] = {
    "meeting": _("meeting of states"), "law": _("new law"), "border": _("border opened or closed"),
    "crackdown": _("crackdown"), "holiday": _("holiday"), "epidemic": _("epidemic"), "war": _("war"),
    "hostile": _("hostile"), "tense": _("tense"), "cold": _("cool"), "talking": _("talking"), "open": _("open"),
    "none": _("none"), "thin": _("thin"), "carries": _("carries people"), "unknown": _("we do not know"),
    "police": _("police"), "soldiers": _("soldiers"), "checkpoints": _("checkpoints"), "boats": _("boats"),
    "none_seen": _("none seen"), "some": _("some"), "much": _("much"), "suspected": _("suspected"),
    "road": _("road"), "field": _("field"), "forest": _("forest"), "jungle": _("jungle"), "mountain": _("mountain"),
    "river": _("river"), "smugglers": _("smugglers"), "others": _("others"), "nobody_now": _("nobody any more"),
}
WORDED = frozenset({"mode", "kind", "status", "exposure", "ended", "split", "outcome", "part", "weekdays", "goal",
                    "river", "swim", "fictional", "cooling"})   # columns whose values are the book's words, not codes


def column_word(column: str, sheet: str = "") -> str:
    """What a column is called."""
    return str(COLUMNS_HERE.get((sheet, column)) or COLUMNS.get(column, column))


def value_word(value: object, column: str = "", sheet: str = "") -> str:
    """A cell as it is read: the book's own words in the reader's language, codes and numbers as they are."""
    if isinstance(value, list):
        return ", ".join(value_word(item, column, sheet) for item in value)
    if value is None or value == "":
        return ""
    worded = not column or (column in WORDED and (sheet, column) != ("profiles", "mode"))
    return str(VALUES.get(str(value), value)) if worded else str(value)


def notice_word(value: object) -> str:
    """A value of a notice in the reader's language."""
    if isinstance(value, list):
        return ", ".join(notice_word(item) for item in value)
    return str(NOTICE_VALUES.get(str(value)) or VALUES.get(str(value), value) if isinstance(value, str) else value)

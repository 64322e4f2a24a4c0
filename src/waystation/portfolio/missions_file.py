"""A month and its caps as two JSON files; all mistakes of both at once, with their place and what to do."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Any

from waystation.portfolio.missions import CLASSES, Area, Caps, Mission, Month, Variant
from waystation.portfolio.reading import Key, Reading, by_code, code, line, rows, true_or_false, whole
from waystation.problems import InvalidInput
from waystation.units import Money

MARK, CAPS_MARK = "waystation_missions", "waystation_caps"
MOST_WEEKS = 26
MUCH = 1_000_000_000


class InvalidMissions(InvalidInput):
    """Files of missions and caps that cannot be used as they are."""


def _weeks(raw: Any, at: str, to: Reading) -> tuple[int, ...]:
    return tuple(sorted({week for week in rows(whole(1, MOST_WEEKS))(raw, at, to) if week is not None}))


def _each_week(raw: Any, at: str, to: Reading) -> Any:
    """One number for all weeks, or a list; `_for_weeks` makes it a list when the weeks are known."""
    return rows(whole(0, 10_000))(raw, at, to) if isinstance(raw, list) else whole(0, 10_000)(raw, at, to)


def _day(raw: Any, at: str, to: Reading) -> date | None:
    try:
        found = date.fromisoformat(raw)
    except (TypeError, ValueError):
        found = None
    if found is None or found.weekday():
        to.wrong("PF206", at)
        return None
    return found


def _currency(raw: Any, at: str, to: Reading) -> str | None:
    if isinstance(raw, str) and len(raw) == 3 and raw.isascii() and raw.isalpha() and raw.isupper():
        return raw
    to.wrong("PF208", at)
    return None


def _money(raw: Any, at: str, to: Reading) -> Money | None:
    try:
        found = Money.parse(raw)
    except (TypeError, ValueError):
        to.wrong("PF205", at)
        return None
    if found.amount < 0 or found.amount != int(found.amount) or found.amount > MUCH:
        to.wrong("PF205", at)
        return None
    return found


_PER_1000 = whole(0, 1000)
AREA = {
    "code": Key(code, "its code, as in the route book"),
    "country": Key(code, "the country whose crackdowns it shares"),
    "crackdown": Key(_PER_1000, "the chance of a crackdown of its own, of 1000"),
}
VARIANT = {
    "code": Key(code, "its code"),
    "leaves": Key(whole(1, MOST_WEEKS), "the week in which it leaves, 1 is the first"),
    "weeks": Key(whole(1, MOST_WEEKS), "how many weeks it is on the way"),
    "cost": Key(whole(0, MUCH), "what it costs in all, in whole units, rounded up"),
    "arrives": Key(whole(0, 1000, empty=True), "of 1000 such parties, how many arrive; null: we do not know"),
    "low": Key(whole(0, 1000, empty=True), "the low end of that; null: we do not know"),
    "lost": Key(_PER_1000, "of 1000 such parties, how many are lost where all is calm"),
    "lost_if": Key(by_code(_PER_1000), "by area: of 1000 more, how many are lost if it is in crackdown", {}),
    "guides": Key(by_code(_weeks), "by guide: the weeks in which the guide is needed", {}),
    "houses": Key(by_code(_weeks), "by house: the weeks in which the party sleeps there", {}),
    "areas": Key(by_code(_weeks), "by area: the weeks in which the party passes it", {}),
    "purse": Key(code, "the donor's purse that pays for it", ""),
}
MISSION = {
    "code": Key(code, "its code; no name"),
    "size": Key(whole(1, 200), "how many people move together"),
    "need": Key(whole(1, 5), "how great the need is, 1 to 5, as the screening found"),
    "people_of": Key(by_code(whole(0, 200), CLASSES),
                     "how many are children, pregnant, older, ill, held by a captor", {}),
    "stay": Key(_PER_1000, "of 1000 such parties, how many would reach safety without a journey", 0),
    "variants": Key(rows(lambda raw, at, to: to.fields(raw, at, VARIANT)), "the ways in which it can be done"),
}
MONTH = {
    MARK: Key(whole(1, 1), "the version of this format"),
    "title": Key(line, "what this month is called"),
    "fictional": Key(true_or_false, "whether all of it is invented"),
    "first_week": Key(_day, "the Monday on which week 1 begins"),
    "weeks": Key(whole(1, MOST_WEEKS), "how many weeks are planned for"),
    "currency": Key(_currency, "the currency of all costs"),
    "national": Key(by_code(_PER_1000), "by country: the chance of a crackdown everywhere in it, of 1000", {}),
    "areas": Key(rows(lambda raw, at, to: to.fields(raw, at, AREA)), "areas that may be in crackdown", ()),
    "missions": Key(rows(lambda raw, at, to: to.fields(raw, at, MISSION)), "the parties that wait"),
}
CAPS = {
    CAPS_MARK: Key(whole(1, 1), "the version of this format"),
    "budget": Key(_money, "what may be spent in all"),
    "purses": Key(by_code(_money), "by donor's purse: what it holds", {}),
    "guides": Key(by_code(_each_week), "by guide: parties at once, for all weeks or each", {}),
    "houses": Key(by_code(_each_week), "by house: beds, for all weeks or each; 0 in a week of rest", {}),
    "moving": Key(_each_week, "how many parties the desk can follow at once", None),
    "exposure": Key(by_code(whole(0, 10_000)), "by area: people who may pass it in any two weeks", {}),
    "sharing": Key(whole(1, 1000), "how many missions may share one guide or one house", None),
    "bad_case": Key(whole(0, 1_000_000), "people who may be lost in the bad case, in thousandths", None),
    "floors": Key(by_code(whole(0, 100), CLASSES), "by class: at least so many of 100 of its people", {}),
    "safety_floor": Key(_PER_1000, "the lowest low end that is acceptable, of 1000", 0),
    "let_in": Key(rows(rows(code)), "[mission, variant]: below the floor, let in by a second person", ()),
    "take": Key(rows(code), "missions that must be taken, by a person's word", ()),
    "leave": Key(rows(code), "missions that must be left, by a person's word", ()),
}


def read_missions(month: bytes, caps: bytes, *, names: tuple[str, str] = ("missions", "caps")) -> tuple[Month, Caps]:
    """Both files as values. Raises `InvalidMissions` with all that is wrong in them, and nothing else."""
    of_month, of_caps = Reading(names[0]), Reading(names[1])
    told = of_month.document(month, "missions", MARK)
    given = of_caps.document(caps, "caps", CAPS_MARK)
    values = of_month.fields(told, "", MONTH) if told else {}
    limits = of_caps.fields(given, "", CAPS) if given else {}
    if of_month.clean:
        _check_month(values, of_month)
    if of_month.clean and of_caps.clean:
        limits = _for_weeks(limits, values["weeks"], of_caps)
        _check_together(values, limits, of_month, of_caps)
    if not (of_month.clean and of_caps.clean):
        raise InvalidMissions([*of_month.findings.problems, *of_caps.findings.problems])
    return _month(values), _caps(limits)


def _twice(codes: Iterable[tuple[str, str]], to: Reading) -> None:
    met: set[str] = set()
    for one, at in codes:
        if one in met:
            to.wrong("PF301", at)
        met.add(one)


def _check_month(values: dict[str, Any], to: Reading) -> None:
    _twice(((area["code"], f"/areas/{n}/code") for n, area in enumerate(values["areas"])), to)
    _twice(((mission["code"], f"/missions/{n}/code") for n, mission in enumerate(values["missions"])), to)
    known = {area["code"] for area in values["areas"]}
    for key in sorted(set(values["national"]) - {area["country"] for area in values["areas"]}):
        to.wrong("PF314", f"/national/{key}")
    for n, mission in enumerate(values["missions"]):
        at = f"/missions/{n}"
        _twice(((one["code"], f"{at}/variants/{k}/code") for k, one in enumerate(mission["variants"])), to)
        if not mission["variants"]:
            to.wrong("PF312", f"{at}/variants")
        for name, count in mission["people_of"].items():
            if count is not None and count > mission["size"]:
                to.wrong("PF308", f"{at}/people_of/{name}")
        for k, variant in enumerate(mission["variants"]):
            _check_variant(variant, values["weeks"], known, f"{at}/variants/{k}", to)


def _check_variant(one: dict[str, Any], weeks: int, areas: set[str], at: str, to: Reading) -> None:
    last = one["leaves"] + one["weeks"] - 1
    if last > weeks:
        to.wrong("PF311", f"{at}/weeks")
    for name in ("guides", "houses", "areas"):
        for key, given in one[name].items():
            if any(not one["leaves"] <= week <= last for week in given):
                to.wrong("PF303", f"{at}/{name}/{key}", first=one["leaves"], last=last)
    for key in sorted(set(one["areas"]) - areas):
        to.wrong("PF302", f"{at}/areas/{key}", what="area", where="areas of the month")
    for key in sorted(set(one["lost_if"]) - set(one["areas"])):
        to.wrong("PF313", f"{at}/lost_if/{key}")
    if (one["arrives"] is None) != (one["low"] is None):
        to.wrong("PF306", f"{at}/low")
    elif one["arrives"] is not None:
        if one["low"] > one["arrives"]:
            to.wrong("PF304", f"{at}/low")
        if one["arrives"] + one["lost"] > 1000:
            to.wrong("PF305", f"{at}/lost")


def _for_weeks(limits: dict[str, Any], weeks: int, to: Reading) -> dict[str, Any]:
    def listed(value: Any, at: str) -> tuple[int, ...]:
        made = (value,) * weeks if isinstance(value, int) else tuple(value)
        if len(made) != weeks:
            to.wrong("PF209", at, weeks=weeks)
        return made

    by_name = {name: {key: listed(value, f"/{name}/{key}") for key, value in limits[name].items()}
               for name in ("guides", "houses")}
    moving = None if limits["moving"] is None else listed(limits["moving"], "/moving")
    return {**limits, **by_name, "moving": moving}


def _check_together(values: dict[str, Any], limits: dict[str, Any], month: Reading, caps: Reading) -> None:
    for n, mission in enumerate(values["missions"]):
        for k, variant in enumerate(mission["variants"]):
            at = f"/missions/{n}/variants/{k}"
            for name, what in (("guides", "guide"), ("houses", "house")):
                for key in sorted(set(variant[name]) - set(limits[name])):
                    month.wrong("PF302", f"{at}/{name}/{key}", what=what, where="caps")
            if variant["purse"] and variant["purse"] not in limits["purses"]:
                month.wrong("PF302", f"{at}/purse", what="purse", where="caps")
    purses = [(f"/purses/{key}", one) for key, one in limits["purses"].items()]
    for at, money in [("/budget", limits["budget"]), *purses]:
        if money.currency != values["currency"]:
            caps.wrong("PF205", at)
    for key in sorted(set(limits["exposure"]) - {area["code"] for area in values["areas"]}):
        caps.wrong("PF314", f"/exposure/{key}")  # a cap with a slip of the pen would cap nothing
    _check_words(values, limits, caps)


def _check_words(values: dict[str, Any], limits: dict[str, Any], to: Reading) -> None:
    """What a person said of single missions is about missions that exist, and not both ways."""
    variants = {(mission["code"], one["code"]): one for mission in values["missions"] for one in mission["variants"]}
    known = {mission for mission, _ in variants}
    for name in ("take", "leave"):
        for n, one in enumerate(limits[name]):
            if one not in known:
                to.wrong("PF307", f"/{name}/{n}")
            if name == "leave" and one in limits["take"]:
                to.wrong("PF309", f"/leave/{n}")
    for n, pair in enumerate(limits["let_in"]):
        if pair not in variants:
            to.wrong("PF307", f"/let_in/{n}")
        elif variants[pair]["arrives"] is None:
            to.wrong("PF310", f"/let_in/{n}")


def _month(values: dict[str, Any]) -> Month:
    def in_order(given: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(sorted(given, key=lambda one: str(one.code)))

    missions = [Mission(**{**one, "people_of": _said(one["people_of"]),
                           "variants": in_order(Variant(**variant) for variant in one["variants"])})
                for one in values["missions"]]
    return Month(**{**{name: values[name] for name in values if name != MARK},
                    "missions": in_order(missions), "areas": in_order(Area(**one) for one in values["areas"])})


def _said(counts: dict[str, int | None]) -> dict[str, int]:
    return {name: count for name, count in counts.items() if count is not None}


def _caps(limits: dict[str, Any]) -> Caps:
    def units(money: Money) -> int:
        return int(money.amount)

    changed: dict[str, Any] = {
        "budget": units(limits["budget"]), "purses": {key: units(one) for key, one in limits["purses"].items()},
        "floors": _said(limits["floors"]), "let_in": frozenset(limits["let_in"]),
        "take": frozenset(limits["take"]), "leave": frozenset(limits["leave"])}
    return Caps(**{field.name: changed.get(field.name, limits[field.name]) for field in fields(Caps)})

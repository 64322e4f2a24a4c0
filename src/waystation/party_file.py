"""A party as a JSON file: the fields of `Party`, nothing else, all mistakes at once.

    {"size": 2, "youngest_y": 9, "oldest_y": 34, "all_agree": true, "guardian_ok": true, "exertion_max": 3}

`all_agree` and `guardian_ok` have no default, for each subgroup too: a file that leaves one out is refused, because an
answer nobody gave is not a yes. `subgroups` is a list of parties, only where `stay_together` is false.
"""

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from difflib import get_close_matches
from typing import Any

from waystation.party import Party
from waystation.problems import Findings, InvalidInput, Rule
from waystation.texts import TEXT_MAX, found_in, has_hidden, starts_formula

MOST_BYTES = 100_000


class InvalidParty(InvalidInput):
    """A party file that cannot be used as it is."""


RULES: dict[str, Rule] = {
    "PT101": Rule("this is not a party file", "write one JSON object with the fields of a party"),
    "PT102": Rule("the file is larger than 100 kB", "a party is a few lines"),
    "PT103": Rule("a key is not known", "{nearest}remove it; names and other details are not kept"),
    "PT104": Rule("a key stands twice", "keep one of them"),
    "PT105": Rule("`{field}` is missing", "add it: {meaning}"),
    "PT201": Rule("this is not a whole number within its limits", "give {low} to {high}"),
    "PT202": Rule("this is not a number within its limits", "give {low} to {high}"),
    "PT203": Rule("this is neither true nor false", "write true or false, without quotation marks"),
    "PT204": Rule("this is not a plain text on one line", "write up to {limit} ordinary characters, not = + - @ first"),
    "PT205": Rule("the text looks like a phone number, an address or a position", "remove it"),
    "PT301": Rule("the youngest is older than the oldest", "exchange or correct the ages"),
    "PT302": Rule("there are more infants than people", "correct `infants` or `size`"),
    "PT303": Rule("there are infants but the youngest is over 2", "correct `infants` or `youngest_y`"),
    "PT304": Rule("a party that stays together has no subgroups", "write false in `stay_together`, or remove them"),
    "PT305": Rule("the subgroups do not add up to the party", "their `size` must add up to that of the whole"),
    "PT306": Rule("the subgroups are not a list of at least two parties", "write a list of JSON objects"),
    "PT307": Rule("a subgroup has subgroups of its own", "list all of them under the whole party"),
}
Read = Callable[[object], Any]


class _FieldError(Exception):
    def __init__(self, code: str, **hints: Any) -> None:
        super().__init__(code)
        self.code = code
        self.hints = hints


@dataclass(frozen=True, slots=True)
class Field:
    """One key of the file: how it is read and what it means."""

    read: Read
    meaning: str


def _whole(low: int, high: int) -> Read:
    def read(raw: object) -> int:
        if isinstance(raw, bool) or not isinstance(raw, int) or not low <= raw <= high:
            raise _FieldError("PT201", low=low, high=high)
        return raw

    return read


def _number(low: float, high: float) -> Read:
    def read(raw: object) -> float:
        if isinstance(raw, bool) or not isinstance(raw, (int, float)) or not low <= raw <= high or math.isnan(raw):
            raise _FieldError("PT202", low=low, high=high)
        return float(raw)

    return read


def _true_or_false(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise _FieldError("PT203")
    return raw


def _label(raw: object) -> str:
    if not isinstance(raw, str) or len(raw) > TEXT_MAX or has_hidden(raw) or starts_formula(raw.strip()):
        raise _FieldError("PT204", limit=TEXT_MAX)
    if found_in(raw):
        raise _FieldError("PT205")
    return raw.strip()


def _or_none(low: int, high: int) -> Read:
    return lambda raw: None if raw is None else int(_whole(low, high)(raw))


FIELDS: dict[str, Field] = {
    "size": Field(_whole(1, 200), "how many people move together"),
    "youngest_y": Field(_whole(0, 120), "age of the youngest, in years"),
    "oldest_y": Field(_whole(0, 120), "age of the oldest, in years"),
    "all_agree": Field(_true_or_false, "whether every adult said yes; somebody must have asked"),
    "guardian_ok": Field(_true_or_false, "whether every unaccompanied child has a guardian and a best-interest record; "
                                         "true also when there is no unaccompanied child"),
    "pace": Field(_number(0.5, 5), "durations are multiplied by it; 1.5 is half as slow again"),
    "exertion_max": Field(_whole(1, 5), "the most that the weakest can do, 1 to 5"),
    "walk_km_day": Field(_number(0, 100), "km a day that the weakest can walk"),
    "swim": Field(_true_or_false, "whether every member can swim"),
    "cold": Field(_true_or_false, "whether every member can bear cold"),
    "carry_kg": Field(_or_none(0, 12_000), "kg that all of them together can carry, beside children in their arms; "
                                           "null: nobody said, and they take no leg that asks for more than 0"),
    "uncooled_h": Field(_or_none(0, 10_000), "hours that their medicine keeps without cold on one leg, of that which "
                                             "keeps least; 0 if nobody knows; null: none must be kept cold"),
    "pregnancy_weeks": Field(_or_none(0, 45), "weeks today of the furthest pregnancy, or null"),
    "infants": Field(_whole(0, 200), "children of at most 2 years"),
    "stay_together": Field(_true_or_false, "false only if they agree to be planned for apart"),
    "subgroups": Field(lambda raw: raw, "the parts, each a party of its own"),
    "label": Field(_label, "how a page speaks of them; no name"),
}
NEEDED = tuple(f.name for f in fields(Party) if f.default is MISSING and f.default_factory is MISSING)


class _Twice(dict[str, Any]):
    """A JSON object in which a key stood twice."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    return made if len(made) == len(pairs) else _Twice(made)


def party_of(data: bytes, *, name: str = "party file") -> Party:
    """Read a party from the bytes of its file. Raises `InvalidParty` with all its problems, and nothing else.

    Rows of a problem count subgroups: 0 is the whole party, 1 the first subgroup.

    >>> party_of(b'{"size": 1, "youngest_y": 30, "oldest_y": 30, "all_agree": true, "guardian_ok": true}').size
    1
    >>> party_of(b'{"size": 1, "youngest_y": 30, "oldest_y": 30, "guardian_ok": true}')
    Traceback (most recent call last):
    waystation.party_file.InvalidParty: party file: /all_agree PT105 `all_agree` is missing: add it: ...
    """
    findings = Findings(RULES, file=name, address=_address)
    document = _document(data, findings)
    party = None if document is None else _party(document, 0, findings)
    if findings.problems or party is None:
        raise InvalidParty(findings.problems)
    return party


def _address(_sheet: str, row: int, column: str) -> str:
    return (f"/subgroups/{row - 1}" if row else "") + (f"/{column}" if column else "") or "/"


def _document(data: bytes, findings: Findings) -> dict[str, Any] | None:
    document: Any = None
    if len(data) > MOST_BYTES:
        findings.add("PT102")
        return None
    try:
        document = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_object)
    except (ValueError, RecursionError):  # not UTF-8, not JSON, or nested without end
        document = None
    if not isinstance(document, dict):
        findings.add("PT101")
        return None
    return document


def _party(document: Mapping[str, Any], row: int, findings: Findings) -> Party | None:
    before = len(findings.problems)
    if isinstance(document, _Twice):
        findings.add("PT104", "party", row)
    for position, key in enumerate(document, start=1):
        if key not in FIELDS:
            close = get_close_matches(key, list(FIELDS), n=1)
            nearest = f"if `{close[0]}` is meant, write that; else " if close else ""
            findings.add("PT103", "party", row, cell=f"{_address('', row, '')} key {position}", nearest=nearest)
    values: dict[str, Any] = {}
    for key, field in FIELDS.items():
        if key not in document:
            if key in NEEDED:
                findings.add("PT105", "party", row, key, field=key, meaning=field.meaning)
            continue
        try:
            values[key] = field.read(document[key])
        except _FieldError as error:
            findings.add(error.code, "party", row, key, **error.hints)
    if "subgroups" in values:
        values["subgroups"] = _subgroups(values["subgroups"], row, findings)
    if len(findings.problems) > before:
        return None
    party = Party(**values)
    _check(party, row, findings)
    return party


def _subgroups(raw: object, row: int, findings: Findings) -> tuple[Party, ...]:
    if raw in ([], None):
        return ()
    if row:
        findings.add("PT307", "party", row, "subgroups")
        return ()
    if not isinstance(raw, list) or len(raw) < 2 or not all(isinstance(part, dict) for part in raw):
        findings.add("PT306", "party", row, "subgroups")
        return ()
    read = [_party(part, number, findings) for number, part in enumerate(raw, start=1)]
    return tuple(part for part in read if part is not None)


def _check(party: Party, row: int, findings: Findings) -> None:
    for code, column, broken in (
        ("PT301", "youngest_y", party.youngest_y > party.oldest_y),
        ("PT302", "infants", party.infants > party.size),
        ("PT303", "infants", party.infants > 0 and party.youngest_y > 2),
        ("PT304", "stay_together", party.stay_together and bool(party.subgroups)),
        ("PT305", "subgroups", bool(party.subgroups) and sum(p.size for p in party.subgroups) != party.size),
    ):
        if broken:
            findings.add(code, "party", row, column)

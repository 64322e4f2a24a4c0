"""Records as rows: what stands in which cell, and that nothing of a record is left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .cells import Sheet
from .columns import COLUMNS, FILES, HEAD, HISTORY, ITEM, TAIL

OURS = ("v", "type", "id", "files", "retain_until", "revision", "made", "history")


class Tables:
    """All tables of one archive. `mark` stands in the last cell of every row: "invented", or nothing."""

    def __init__(self, mark: str) -> None:
        self.mark = mark
        self.sheets: dict[str, Sheet] = {}
        for name, columns in COLUMNS.items():
            self.sheets[name] = Sheet((*HEAD, *columns.fields, *TAIL))
            for part, of in columns.lists.items():
                self.sheets[f"{name}.{part}"] = Sheet((*ITEM, *of, *TAIL))
        self.new("files", FILES)
        self.new("history", HISTORY)

    def new(self, name: str, columns: Sequence[str]) -> Sheet:
        """One more table. Raises `ValueError` if it is there already."""
        if name in self.sheets:
            raise ValueError(f"there is a table {name} already")
        self.sheets[name] = Sheet(columns)
        return self.sheets[name]

    def record(self, payload: Mapping[str, Any]) -> None:
        """One record into its tables. Raises `ValueError` for a type that has none."""
        name, key = str(payload["type"]), str(payload["id"])
        if name not in COLUMNS:
            raise ValueError(f"there is no table for records of the type {name}")
        columns, history = COLUMNS[name], list(_dicts(payload.get("history")))
        rest: dict[str, Any] = {field: value for field, value in payload.items() if field not in OURS}
        for part, of in columns.lists.items():
            items = rest.get(part)
            if isinstance(items, list) and all(isinstance(item, dict) for item in items):
                del rest[part]
                for place, item in enumerate(items):
                    left = dict(item)
                    self.sheets[f"{name}.{part}"].add((key, place, *taken(left, of), left or None, self.mark))
        made, last = payload.get("made") or {}, history[-1] if history else {}
        head = (key, payload.get("revision"), made.get("at"), made.get("by"), last.get("at"), last.get("by"),
                len(history), len(payload.get("files") or ()), payload.get("retain_until"))
        cells = taken(rest, columns.fields)
        self.sheets[name].add((*head, *cells, rest or None, self.mark))
        self._history(key, name, history)

    def _history(self, key: str, name: str, history: Sequence[Mapping[str, Any]]) -> None:
        for place, line in enumerate(history):
            left = dict(line)
            cells = taken(left, HISTORY[3:-2])
            self.sheets["history"].add((key, name, place, *cells, left or None, self.mark))


def taken(rest: dict[str, Any], fields: Sequence[str]) -> list[Any]:
    """The values of some fields, taken out of `rest`; what is left in it has no column.

    >>> left = {"ref": "K7Q2", "request": {"goal": "safety", "new": 1}}
    >>> taken(left, ["ref", "request.goal", "wish"]), left
    (['K7Q2', 'safety', None], {'request': {'new': 1}})
    """
    return [_take(rest, field.split(".")) for field in fields]


def _take(rest: dict[str, Any], path: Sequence[str]) -> Any:
    name, further = path[0], path[1:]
    if not further:
        return rest.pop(name, None)
    inner = rest.get(name)
    if not isinstance(inner, dict):
        return None
    rest[name] = inner = dict(inner)
    value = _take(inner, further)
    if not inner:
        del rest[name]
    return value


def _dicts(value: Any) -> Iterator[dict[str, Any]]:
    """The parts of a list that have fields; what is no list has none."""
    for one in value if isinstance(value, list) else ():
        yield one if isinstance(one, dict) else {"what": one}

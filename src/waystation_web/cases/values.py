"""Reading what a sealed payload says, whatever wrote it: an unknown or damaged value is "not known", never a crash."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from waystation_web.records.record import moment


def text(of: Mapping[str, Any], name: str) -> str:
    """A text, or an empty one."""
    said = of.get(name)
    return said if isinstance(said, str) else ""


def texts(of: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Several texts, in their order."""
    said = of.get(name)
    return tuple(one for one in said if isinstance(one, str)) if isinstance(said, list) else ()


def whole(of: Mapping[str, Any], name: str) -> int | None:
    """A whole number, or None for not known."""
    said = of.get(name)
    return said if isinstance(said, int) and not isinstance(said, bool) else None


def answer(of: Mapping[str, Any], name: str) -> bool | None:
    """Yes, no, or None for not known."""
    said = of.get(name)
    return said if isinstance(said, bool) else None


def day(of: Mapping[str, Any], name: str) -> date | None:
    """A day (ISO 8601), or None."""
    try:
        return date.fromisoformat(str(of.get(name, ""))[:10])
    except ValueError:
        return None


def at(of: Mapping[str, Any], name: str) -> datetime | None:
    """A time, or None."""
    try:
        return moment(str(of.get(name, "")))
    except ValueError:
        return None


def account(of: Mapping[str, Any], name: str) -> bytes:
    """Sixteen bytes of an id, or none."""
    try:
        raw = bytes.fromhex(text(of, name))
    except ValueError:
        return b""
    return raw if len(raw) == 16 else b""


def items(of: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The entries of a list that are objects."""
    said = of.get(name)
    return [one for one in said if isinstance(one, Mapping)] if isinstance(said, list) else []


def part(of: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """An object inside a payload, or an empty one."""
    said = of.get(name)
    return said if isinstance(said, Mapping) else {}

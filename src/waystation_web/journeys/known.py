"""What became known of an incident since it was reported: who handed them to whom, for what they were sold, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from waystation.casework.screening import PURPOSES
from waystation.journeys.custody import HandOver, Link, chain, holder
from waystation.network.countries import CODES as STATES
from waystation_web.cases import values

from .incidents import Incident


@dataclass(frozen=True, slots=True)
class Known:
    """Of one incident. `purposes` are codes of the Palermo Protocol; `causes` what made it possible, in words."""

    links: tuple[Link, ...] = field(repr=False)
    holder: str
    purposes: tuple[str, ...]
    causes: str = field(repr=False)


def known(incident: Incident) -> Known:
    """What is written down. What cannot be read of a hand-over is not known."""
    body = incident.record.body
    handed = [_handed(one) for one in values.items(body, "handed")]
    return Known(chain(handed), holder(handed), tuple(one for one in values.texts(body, "purposes") if one in PURPOSES),
                 values.text(body, "causes"))


def _handed(said: Mapping[str, Any]) -> HandOver:
    return HandOver(values.text(said, "from"), values.text(said, "to"), values.day(said, "day"),
                    values.text(said, "how_known"))


__all__ = ["STATES", "Known", "known"]

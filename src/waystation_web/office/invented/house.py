"""The house of the invented office: who is on duty, away, handing over; limits and guidance cards."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from waystation_web.duty import actions
from waystation_web.gateways import clock
from waystation_web.vault.actor import Actor

from .money import LIMIT

EXPOSURE = 40  # whom one capture may give away
CARDS = {
    "Before you ring anybody (invented)": "Who else may pick up? What do you say then? Ring at the hour they named, "
                                          "or not at all. An example, not advice.",
    "At the end of a night (invented)": "Hand over in words, not in your head. Then sleep. What is open stands on "
                                        "Today. An example, not advice.",
}


def fill(who: Mapping[str, Actor]) -> None:
    """Limits, shifts of now and next, one leave, one hand-over, two cards, who follows."""
    sena, haru, jun = who["sena"], who["haru"], who["jun"]
    now, today = clock.now().replace(minute=0, second=0, microsecond=0), clock.today()
    actions.set_limits(jun, {"second_signature_above": LIMIT, "exposure_limit": EXPOSURE, "cool_off_hours": 72,
                             "ransom_hold_hours": 24, "review_days": 7})
    actions.go_on(sena, who=haru.id, start=now - timedelta(hours=10), end=now - timedelta(hours=2))
    actions.go_on(sena, who=sena.id, start=now - timedelta(hours=2), end=now + timedelta(hours=6))
    actions.go_on(sena, who=haru.id, start=now + timedelta(hours=6), end=now + timedelta(hours=14))
    actions.away(sena, who=who["bora"].id, first=today + timedelta(days=9), last=today + timedelta(days=16),
                 stand_in=who["mun"].id)
    actions.hand(haru, to=sena.id, typed={"open": "The long way calls before midnight. (Invented.)",
                                          "promised": "A doctor for Reed. (Invented.)", "deferred": ""})
    for title, text in CARDS.items():
        actions.write_card(sena, title=title, text=text)
    actions.name_deputies(jun, {"coordinator": haru.id.hex(), "field_liaison": who["mun"].id.hex()})

"""Who may look at a silent incident, and act on it: whoever is on duty, on a screen of their own."""

from __future__ import annotations

from waystation_web.duty.shifts import shift
from waystation_web.gateways import clock
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NotPermitted


def for_whoever_is_on_duty(actor: Actor) -> None:
    """The person on duty alone, after they confirmed who they are; where nobody is on duty, whoever may hold it.

    Inside the caller's `writing()`. Raises `NotPermitted`.
    """
    now = clock.now()
    on = {one.who for one in (shift(held) for held in kept.every(actor, "duty", looked=False)
                              if held.body.get("sort") == "shift") if one.on(now)}
    if on and actor.id not in on:
        raise NotPermitted("duty", "This is for whoever is on duty, on a screen of their own.")
    if not actor.stepped_up(now):
        raise NotPermitted("step_up", "Confirm that it is you, then send this again.", step_up=True)

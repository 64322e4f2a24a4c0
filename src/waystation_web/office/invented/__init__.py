"""What the invented office is filled with, so that every page looks lived in: by the acts that people use.

Sixty cases, the family of the long way among them, twenty-five contacts, the invented route book, a ledger, a roster,
two plans and a decision that waits; five more cases of a night on the road; and an entry or two of what comes after,
of the directory, of the library, of stories and of complaints. Everybody and everything here is invented and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from waystation import worlds
from waystation.network.files import read_book
from waystation_web.accounts import signin
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.network import actions_import
from waystation_web.vault import people
from waystation_web.vault.actions import settle
from waystation_web.vault.actor import Actor
from waystation_web.vault.labels import labels

from . import areas, cases, contacts, house, money, plan, road

__all__ = ["actor_of", "fill"]


def actor_of(handle: str, words: str) -> Actor:
    """Somebody of the invented office who has just confirmed who they are."""
    account = next(account for account, label in labels() if label.handle == handle)
    made = signin.actor_of(account, people.open_with_words(account, words))
    return replace(made, stepped_up_until=clock.now() + timedelta(hours=1))


def fill(who: Mapping[str, Actor], say: Callable[[str], None]) -> None:
    """Everything, by the people of the invented office, by their handles; `say` tells how far it is.

    They are sena and haru (coordinators), jun (security officer), dol (case worker), bora and mun (field liaisons; bora
    signs beside sena as a security officer, for sena invited jun this week), nari (finance). Raises what the acts
    raise: nothing is forced past a rule.
    """
    def done(told: str) -> None:
        _come_in_again(who)
        say(told)

    book = read_book(worlds.world("long-way"))
    actions_import.take_in(who["sena"], book)
    done("the invented route book")
    held = cases.fill(who)
    done(f"{len(held)} invented cases")
    birds = contacts.fill(who, book)
    done(f"{len(birds)} invented contacts")
    lines = money.fill(who, held)
    done(f"{lines} lines of an invented ledger")
    house.fill(who)
    say("an invented roster, guidance cards, limits")
    areas.fill(who)
    done("an invented application, follow-up, story, complaint; directory and library")
    plan.fill(who, held[0])
    done("two plans and a what-if for the invented family; one plan read aloud and answered, a go that waits for two")
    journeys = road.fill(who)
    say(f"{journeys} invented journeys: arrived, taken, overdue, on its way; and one party refused")


def _come_in_again(who: Mapping[str, Actor]) -> None:
    """What colleagues granted comes under everybody's own key, as at each sign-in: it opens faster then."""
    with writing():
        for actor in who.values():
            settle(actor)

"""A night: one party on its way, one overdue, one taken and a demand held, one refused, one that has arrived.

By the acts behind the pages, each at the hour at which people would have done it: the clock of the process that makes
the office is set back for them. From then on the office's own clock counts, and an alarm that falls due is a real one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from waystation.planning.decision import Bias, Chosen
from waystation.units import Money
from waystation_web.cases import actions as cases
from waystation_web.cases import actions_consent
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.journeys import actions, actions_desk, actions_incident, queries
from waystation_web.journeys.journey import Journey, journey_of
from waystation_web.journeys.stops import PARTY
from waystation_web.plans import actions_decide, actions_sheet
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor

from . import folk, plan
from .plan import Alike

WORD = {"word": "winter tea", "no_word": "", "condition": "tired", "present": 1, "source": "guide", "text": "",
        "welfare": "Fed, slept, no fever. (Invented.)", "code": "passed"}
CONSENT = {"purpose": "services", "recipient": "safe_house", "data": ["needs"], "said": "yes", "until": "",
           "country": "", "language": "kor", "interpreter": "Thrush", "interpreter_is_broker": False,
           "explained_by": "dol", "mode": "spoken", "guardian_agrees": False}
REST = timedelta(hours=10)
OWNED = ("codes", "next_legs", "payments")   # what needs an owner before anybody responds


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let the office's clock stand at a moment, in this process alone."""
    real = clock.now
    clock.now = lambda: moment
    try:
        yield
    finally:
        clock.now = real


def fill(who: Mapping[str, Actor]) -> int:
    """How many journeys were opened. Raises what the acts raise, and `plan.NoPlan`."""
    now, alike = clock.now(), Alike()
    with at(now - timedelta(days=10)):
        reed = Party.asked(who, 101, "The reed (invented)", alike)
    with at(now - timedelta(days=4)):
        stork, lantern, bridge = (Party.asked(who, number, f"The {one} (invented)", alike) for number, one in (
            (102, "stork"), (103, "lantern"), (105, "bridge")))
        mill = Party.asked(who, 104, "The two of the mill (invented)", alike, adults=2)
    _arrived(reed, now - timedelta(days=9))
    _taken(stork, now)
    _overdue(lantern, now)
    _under_way(mill, now)
    _refused(bridge, now - timedelta(hours=20))
    return 4


@dataclass(slots=True)
class Party:
    """A party with a plan that was read aloud to everybody in it."""

    who: Mapping[str, Actor]
    case: bytes
    plan: bytes
    size: int
    journey: bytes = b""

    @classmethod
    def asked(cls, who: Mapping[str, Actor], number: int, alias: str, alike: Alike, *,
              adults: int = 1) -> Party:
        """A case, what everybody in it says and consents to, and a plan on the way of the family."""
        worker, told = who["dol"], folk.party(number, alias, adults)
        with writing():
            case = cases.begun(worker, told, taken=set()).id
        made = alike.made(who["sena"], case, plan.terms(Money.parse("6000 USD")))
        actions_sheet.give(who["sena"], made)
        for one in told["people"]:
            plan.asked(worker, case, one["id"], made)
            actions_consent.say(worker, case, CONSENT | {"person": one["id"]})
        return cls(who, case, made, adults)

    def decided(self, chosen: Chosen, **said: object) -> bytes:
        """A decision that two signed."""
        decision = actions_decide.ask(self.who["sena"], self.plan, actions_decide.Typed(
            chosen, biases=dict.fromkeys(Bias, False), **{  # type: ignore[arg-type]
                "reasons": "Calm days, and two reports that the river has fallen. (Invented.)",
                "change_of_mind": "A raid on the way, or a no of anybody.",
                "abort_rule": "If the guide is an hour late, they go back."} | said), second=self.who["haru"].id)
        actions_decide.sign(self.who["haru"], decision)
        return decision

    def opened(self) -> Party:
        """A journey on a go, with its words agreed."""
        decision = self.decided(Chosen.GO)
        self.journey = actions.open_(self.who["sena"], decision, reason="As two decided. (Invented.)")
        return self.step("prepare", well=WORD["word"], other="paper boat")

    def step(self, event: str, **typed: object) -> Party:
        """A step of the journey by the coordinator."""
        actions.make_step(self.who["sena"], self.journey, event, {"reason": "As planned. (Invented.)"} | typed)
        return self

    def set_out(self) -> Party:
        """Release the next planned stop to whoever serves it, and begin that leg."""
        stop = queries.next_stops(self.who["sena"], self.journey)[0]
        to = next((one for one in stop.recipients if one != PARTY), PARTY)
        actions_desk.release(self.who["sena"], self.journey, leg=stop.leg, to=to, channel="call", hours=12)
        return self.step("depart" if self.now.status == "ready" else "go_on", paid=True, rested=True)

    def reach(self) -> Party:
        """Word of an arrival."""
        return self.step("reach", **WORD | {"present": self.size})

    def hours(self) -> tuple[float, ...]:
        """After how many hours the next planned leg is late, overdue, silent, given up."""
        with writing():
            body = kept.one(self.who["sena"], self.plan, "plan", looked=False).body
            here = journey_of(kept.one(self.who["sena"], self.journey, "journey", looked=False)).at
        leg = next(one["leg"] for one in body["lines"] if (one["start"], one["kind"]) == (here, "first"))
        return tuple(body["waits"][leg]["hours"])

    @property
    def now(self) -> Journey:
        """The journey as it stands."""
        with writing():
            return journey_of(kept.one(self.who["sena"], self.journey, "journey", looked=False))


def _arrived(party: Party, start: datetime) -> None:
    """Leg after leg to where they wanted to be; a mission has seen them."""
    with at(start - timedelta(hours=6)):
        party.opened()
    while party.now.at not in party.now.goals:
        on_the_way = timedelta(hours=min(8.0, party.hours()[0] / 2))
        with at(start):
            party.set_out()
        with at(start + on_the_way):
            party.reach()
        start += on_the_way + REST
    with at(start):
        party.step("hand_over", proof="mission", proof_text="Somebody of the mission saw them. (Invented.)",
                   code="passed")
        party.step("complete", status_case="Applied for on the day after. (Invented.)")


def _taken(party: Party, now: datetime) -> None:
    """Taken on the first leg; then somebody who says that he can get them out asks for money, which is held."""
    with at(now - timedelta(hours=15)):
        party.opened().set_out()
    sena, haru = party.who["sena"], party.who["haru"]
    with at(now - timedelta(hours=11)):
        incident = actions_incident.report(sena, party.journey, {
            "kind": "capture", "how_known": "The guide saw them led away, and left. (Invented.)", "force": "",
            "province": "", "stop": True})
        actions_incident.make_step(sena, incident, "suspect", {"reason": "One source, seen by himself.",
                                                               "graded": True})
        for name in OWNED:
            actions_incident.own(sena, incident, name, haru.id)
        actions_incident.make_step(sena, incident, "respond", {"reason": "Each has an owner."})
    with at(now - timedelta(hours=3)):
        actions_incident.demand(sena, incident, amount=Money.parse("5000 USD"),
                                words="\"Tonight, or they are sent back.\" To the aunt abroad, from a number that "
                                      "nobody knows. (Invented.)",
                                note="Counsel was not asked yet.", second=party.who["nari"].id,
                                other=party.who["bora"].id)
        actions_incident.make_step(party.who["bora"], incident, "demand", {})  # jun was invited by sena this week


def _overdue(party: Party, now: datetime) -> None:
    """Midway between overdue and silent, and nobody has said that they have it."""
    with at(now - timedelta(days=3)):
        party.opened()
    _, overdue, silent, _ = party.hours()
    with at(now - timedelta(hours=(overdue + silent) / 2)):
        party.set_out()


def _under_way(party: Party, now: datetime) -> None:
    """One leg behind them, a night of rest, and on the next one: not late for hours."""
    with at(now - timedelta(hours=40)):
        party.opened().set_out()
    with at(now - timedelta(hours=30)):
        party.reach()
    with at(now - timedelta(hours=party.hours()[0] / 3)):
        party.set_out()


def _refused(party: Party, moment: datetime) -> None:
    """No, for now, by two, with reasons; and the day on which somebody looks again."""
    with at(moment):
        party.decided(Chosen.NO, reasons="The broker asks for the papers first, and knows their village. (Invented.)",
                      change_of_mind="Another way out of the village, or another broker.",
                      look_again=(clock.today() + timedelta(days=14)))

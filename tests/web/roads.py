"""A party that may leave, for the tests of journeys: a case of two adults and a child, a plan with hours, a go by two."""

from acts import member
from test_decide import A, B, Stage

from waystation_web.cases import actions_consent
from waystation_web.contacts import actions as contacts
from waystation_web.gateways.database import writing
from waystation_web.journeys import actions, actions_desk
from waystation_web.journeys.journey import journey_of
from waystation_web.plans import actions_decide
from waystation_web.records import actions as records
from waystation_web.records import queries as kept

LINES = [("R01", "HEARTH", "ALDER", "boat", "first"), ("C02", "ALDER", "MINT", "bus", "first"),
         ("C04", "ALDER", "OTTER", "car", "other"), ("C05", "MINT", "PLUM", "bus", "first"),
         ("K01", "HEARTH", "SLATE", "bus", "closed")]
WAITS = {leg: {"hours": [6.0, 10.0, 20.0, 40.0], "arrived": 3, "itself": False} for leg, *_ in LINES}
PLACES = [("HEARTH", 41.9, 129.4), ("ALDER", 43.7, 126.2), ("MINT", 41.3, 122.6), ("OTTER", 44.1, 114.0), ("PLUM", 39.0, 116.1),
          ("SLATE", 41.3, 128.1)]
SAID = {"purpose": "services", "recipient": "safe_house", "data": ["needs"], "said": "yes", "until": "", "country": "",
        "language": "kor", "interpreter": "", "interpreter_is_broker": False, "explained_by": "worker", "mode": "spoken",
        "guardian_agrees": False}
WORD = {"word": "blue heron", "no_word": "", "condition": "tired", "present": 3, "source": "host", "text": "", "welfare": "Fed, slept.",
        "code": "passed"}


class Road(Stage):
    """The same people; the plan says which legs there are and how long each may be silent."""

    def __init__(self, office):
        super().__init__(office)
        self.liaison = member(office, "liaison", ("field_liaison",))
        for name, legs, places in (("Heron", ["R01"], ["ALDER"]), ("Wren", ["C02"], []), ("Crow", ["C02"], [])):
            key = contacts.keep(self.liaison, {"code_name": name, "roles": ["guide"], "helper": "helper", "motive": "", "countries": [],
                                               "legs": legs, "places": places, "introduced_by": "", "brought_by_others": False,
                                               "languages": "", "armed": None, "holds": ""})
            if name == "Crow":
                contacts.stop(self.liaison, key, result="burnt", against="Asked for by name.")

    def planned(self, **before):
        plan = super().planned(**before)
        with writing():
            held = kept.one(self.first, plan, "plan", looked=False)
            records.change(self.first, held, {
                "lines": [{"leg": leg, "start": start, "end": end, "mode": mode, "kind": kind, "letter": "", "unknown": False}
                          for leg, start, end, mode, kind in LINES],
                "places": [{"code": code, "lat": lat, "lon": lon, "kind": "town", "country": "CN", "near": "", "goal": code == "PLUM"}
                           for code, lat, lon in PLACES],
                "waits": WAITS, "uses": ["R01", "ALDER"],
                "facts": {"party": {"size": 3}, "terms": {"start": "HEARTH", "goals": ["PLUM"]}}}, what="plan")
        return plan

    def consents(self, **more):
        for person in (A, B):
            actions_consent.say(self.worker, self.case, SAID | {"person": person} | more)
        return self

    def decided(self, plan=None):
        decision = self.ask(plan=plan)
        actions_decide.sign(self.second, decision)
        return decision

    def opened(self):
        self.everything().consents()
        self.journey = actions.open_(self.first, self.decided(), reason="Three calm days.")
        return self

    def ready(self):
        self.opened().step("prepare", well="Blue  Heron", other="grey goose")
        return self

    def step(self, event, actor=None, **typed):
        return actions.make_step(actor or self.first, self.journey, event, {"reason": "As planned."} | typed)

    def release(self, leg="R01", to="Heron", hours=12, **more):
        actions_desk.release(self.first, self.journey, leg=leg, to=to, channel="call", hours=hours, **more)
        return self

    def moving(self):
        self.ready().release().step("depart", paid=True, rested=True)
        return self

    def word(self, **more):
        return actions_desk.check_in(self.first, self.journey, WORD | more)

    def reach(self, **more):
        return self.step("reach", **(WORD | more))

    @property
    def now(self):
        with writing():
            return journey_of(kept.one(self.first, self.journey, "journey", looked=False))

    def told(self):
        with writing():
            return [(one["kind"], one["text"]) for one in kept.one(self.first, self.case, "case").body["timeline"]]

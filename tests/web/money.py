"""An office with money in it, for the tests of the ledger: everything invented."""

from datetime import date, timedelta

from acts import member

from waystation.ledger.entries import Direction, Entry, Kind, LegalFlag, Payer
from waystation.units import Money
from waystation_web.gateways.database import writing
from waystation_web.ledger import actions
from waystation_web.ledger.entry import line_of
from waystation_web.records import actions as records
from waystation_web.records import queries as kept


class House:
    """Four people and a case."""

    def __init__(self, office):
        self.office = office
        self.co = member(office, "heron", ("coordinator",))
        self.co2 = member(office, "egret", ("coordinator",))
        self.fi = member(office, "wren", ("finance",))
        self.fi2 = member(office, "finch", ("finance",))
        self.cw = member(office, "swift", ("case_worker",))
        with writing():
            self.case = records.make(self.co, "case", {"ref": "K7Q2"}, holders=[self.cw.id]).id

    @property
    def today(self):
        return self.office.now.date()

    def typed(self, amount="500 USD", kind=Kind.FEE, **more):
        entry = {"ref": "", "kind": kind, "amount": Money.parse(amount), "day": self.today, "direction": Direction.OUT,
                 "payer": Payer.ORGANISATION, "contact": "heron-9"}
        if kind in {Kind.BRIBE, Kind.RANSOM}:
            entry |= {"legal": LegalFlag.RANSOM if kind is Kind.RANSOM else LegalFlag.BRIBERY, "legal_note": "counsel was asked"}
        own = {"case_id": self.case, "purpose": "the way to the river", "repay": "unknown", "second": self.co.id, "proof_asked": False,
               "flags": ()}
        names = set(Entry.__dataclass_fields__)
        entry |= {name: value for name, value in more.items() if name in names}
        own |= {name: value for name, value in more.items() if name not in names}
        return actions.Typed(entry=Entry(**entry), **own)

    def line(self, entry_id, actor=None):
        with writing():
            return line_of(kept.one(actor or self.fi, entry_id, "money", looked=False))

    def new(self, actor=None, **more):
        return actions.new(actor or self.cw, self.typed(**more))


def days(n):
    return timedelta(days=n)


__all__ = ["Direction", "House", "Kind", "LegalFlag", "Payer", "date", "days"]

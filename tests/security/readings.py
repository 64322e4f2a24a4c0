"""The rules of roles as somebody read them, by hand and apart from the program: who is granted a new record."""

from itertools import combinations

from waystation.access import Holding, Role

CO, CW, FL, RO = Role.COORDINATOR, Role.CASE_WORKER, Role.FIELD_LIAISON, Role.RIGHTS_OFFICER
RE, FI, SO, AU, OH = Role.RESEARCHER, Role.FINANCE, Role.SECURITY_OFFICER, Role.AUDITOR, Role.ORGANISATION_HEAD
ALL_SETS = [frozenset(some) for size in range(len(Role) + 1) for some in combinations(Role, size)]

HOUSE = {name: ({CO, CW, FL, RO, RE, FI, SO, OH}, set()) for name in ("duty", "card", "setting", "directory", "publication")}  # no kind kept apart
GUARD = {  # what protects those in the records: no kind kept apart either
    "assessment": ({CO, RO, SO, AU, OH}, set()), "drill": ({SO, AU, OH}, set()), "breach": ({SO, OH}, set()), "hold": ({RO, SO, OH}, set()),
    "demand": ({RO, SO, OH}, set()), "complaint": (set(), set()), "request": ({CO, RO}, {CW}), "takeout": ({SO, OH}, set()),
}
# First reading, by record: who is granted a new one, (every account of the role, the assigned one).
BY_RECORD = {
    "case": ({CO}, {CW}), "person": (set(), {CW}), "money": ({FI}, {CW, CO}), "incident": ({CO, RO}, {CW}), "note": (set(), set()),
    "application": ({RO}, {CW}), "followup": (set(), {CW}), "communication": ({CO, RO}, {CW}),
    "place": ({CO}, set()), "leg": ({CO}, set()), "report": ({CO}, set()), "hazard": ({CO}, set()),
    "plan": ({CO}, set()), "decision": ({CO}, set()), "season": ({CO}, set()), "journey": ({CO}, set()), "contact": ({CO, SO}, {FL}), "handle": (set(), {FL}), "spot": (set(), {FL}),
    "testimony": ({RO}, {CW}), "item": ({RO}, {CW}), "dossier": ({RO}, {CW}), "coded": ({RO, RE}, set()),
    "petition": ({RO}, set()), "story": ({RO, RE}, {CW}), "digest": ({RO, RE}, {CW}), "signer": ({RO}, set()),
    "message": (set(), set()), "dropkey": (set(), set()), "audit": ({AU, SO}, set()), **HOUSE, **GUARD,
}
ONLY_BY_ROLE_TABLE = {("leg", FL)}  # "own legs": the reading by role has it, the reading by record has not
# Second reading, by role: people, network, evidence.
BY_ROLE = {
    CO: ({"case", "incident", "money", "communication"}, {"place", "leg", "report", "hazard", "contact", "plan", "decision", "season", "journey"}, set()),
    CW: ({"case", "person", "money", "incident", "application", "followup", "communication"}, set(),
         {"testimony", "item", "dossier", "story", "digest"}),
    FL: (set(), {"contact", "handle", "spot", "leg"}, set()),
    RO: ({"incident", "application", "communication"}, set(),
         {"testimony", "item", "coded", "dossier", "petition", "story", "digest", "signer"}),
    RE: (set(), set(), {"coded", "story", "digest"}),
    FI: ({"money"}, set(), set()),
    SO: (set(), {"contact"}, set()),
    AU: (set(), set(), set()),
    OH: (set(), set(), set()),
}


def granted(table):
    return {(name, role) for name, row in table.items() for role, how in row.items() if how >= Holding.ASSIGNED}


def twin_allows(roles):
    """R-10 as it is written, from the reading by role."""
    people, network, evidence = (set().union(*(BY_ROLE[role][kind] for role in roles)) for kind in range(3))
    return not (people and network and evidence) and not ("person" in people and {"handle", "place"} <= network)

# Need to know, beyond the start: who may be given a record on a written reason; and on two signatures.
ON_A_REASON = {
    "case": {RO, SO}, "person": {CO, RO, SO}, "money": {RO, SO}, "incident": {FL, SO},
    "place": {FL, SO}, "report": {FL, SO}, "hazard": {FL, SO}, "plan": {FL, SO}, "decision": {FL, SO}, "season": {FL, SO}, "leg": {SO}, "journey": {FL, RO, SO},
    "assessment": {CW}, "hold": {CO, CW}, "demand": {CO, CW, FL, RE, FI}, "request": {SO, OH},
    "application": {CO, SO}, "followup": {CO, RO, SO}, "communication": {SO},
    "petition": {CO, SO}, "story": {CO, SO}, "digest": {CO, SO},
    "contact": {CW}, "testimony": {RE}, "item": {RE}, "coded": {CO, CW}, "dossier": {CO, SO},
}
ON_TWO_SIGNATURES = {"handle": {CO, SO}, "spot": {CO, SO}}  # besides the head of the organisation, who never acts alone
IF_NAMED = {"note": set(Role), "message": {CO, CW, RO, SO}, "dropkey": {CO, CW, RO, SO}, "complaint": set(Role) - {AU},
            "breach": {CO, CW, FL, RO, RE, FI}}
WRITE = {
    CO: {"case", "incident", "money", "place", "leg", "report", "hazard", "plan", "decision", "season", "journey", "duty", "card", "request",
         "hold", "demand", "directory", "publication"},
    CW: {"case", "person", "money", "incident", "duty", "demand", "request", "hold",
         "application", "followup", "communication", "directory", "publication", "story", "digest"},
    FL: {"contact", "handle", "spot", "incident", "duty", "demand"},
    RO: {"incident", "testimony", "item", "coded", "dossier", "duty", "hold", "demand", "request",
         "application", "communication", "petition", "signer", "story", "digest", "directory", "publication"},
    RE: {"coded", "story", "digest", "duty", "demand", "publication"},
    FI: {"money", "duty", "demand"},
    SO: {"decision", "season", "duty", "card", "setting", "assessment", "drill", "breach", "hold", "demand", "takeout", "directory", "story", "digest"}, AU: set(),
    OH: {"duty", "setting", "assessment", "drill", "breach", "hold", "demand", "takeout"},
}

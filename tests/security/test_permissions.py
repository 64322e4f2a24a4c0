"""Each act has one answer for each role and state, each no has a sentence, and what nobody knows leads to no.

Who may do what stands here a second time, written by hand. Planted faults show that it is looked at.
"""

import dataclasses
from itertools import combinations, product

import pytest
from readings import ALL_SETS, AU, CO, CW, FI, FL, OH, RE, RO, SO, granted, twin_allows

from waystation.access import (
    STEP_UP,
    STEP_UP_TYPES,
    TABLE,
    TYPES,
    WHY,
    WRITERS,
    Allowed,
    Facts,
    Holding,
    Kind,
    Member,
    NotAllowed,
    Permission,
    Role,
    check_roles,
    decisions,
    may,
)

P = Permission


def member(*roles, officer=False, stepped_up=True):
    return Member(bytes(16), frozenset(roles), officer=officer, stepped_up=stepped_up)


# Second reading of the acts, by hand: roles of those who may, when nothing else stands against it.
ANYONE = set(Role)
ACCOUNT_ACTS = {
    P.INVITE: {SO}, P.UNLOCK: {SO}, P.REMOVE: {SO}, P.RESET_FACTOR: {SO}, P.CHANGE_ROLES: {SO}, P.CERTIFY: set(),
    P.LOCK: ANYONE, P.SEE_PEOPLE: ANYONE, P.READ_AUDIT: {AU, SO}, P.VERIFY_AUDIT: {AU, SO}, P.READ_PLAN: {CO},
    P.CHANGE_OWN_WORDS: ANYONE, P.CHANGE_OWN_FACTORS: ANYONE, P.CHANGE_OWN_SETTINGS: ANYONE,
}
RECORD_ACTS = {P.OPEN_VAULT, P.DOWNLOAD, P.WRITE_VAULT, P.UPLOAD, P.CREATE_VAULT, P.GRANT, P.END_GRANT, P.SHRED, P.SEARCH}
NEEDS_STEP_UP = {P.SHRED, P.INVITE, P.CERTIFY, P.UNLOCK, P.REMOVE, P.RESET_FACTOR, P.CHANGE_ROLES, P.CHANGE_OWN_WORDS,
                 P.CHANGE_OWN_FACTORS}


def account_act_faults():
    """Account acts on which the program and the table above differ, over every set of roles."""
    best = Facts(last_of=0, kinds=frozenset())
    return [(act, roles) for act, wanted in ACCOUNT_ACTS.items() for roles in [{role} for role in Role] + [set()]
            if isinstance(may(member(*roles), act, best), Allowed) != (bool(wanted & roles) or wanted == ANYONE)]


def step_up_faults():
    """Acts that are allowed without confirming oneself and should not be, or the other way round."""
    faults = []
    for act, role, name in product(Permission, Role, TYPES):
        facts = best_facts(name)
        if not isinstance(may(member(role, officer=True), act, facts), Allowed):
            continue
        guarded = act in NEEDS_STEP_UP or (act is P.GRANT and (name in {"person", "handle", "spot"} or TYPES[name] is Kind.EVIDENCE))
        answer = may(member(role, officer=True, stepped_up=False), act, facts)
        if (isinstance(answer, NotAllowed) and answer.step_up) != guarded:
            faults.append((act, role, name))
    return faults


def best_facts(name, recipient=None, **changed):
    best = {"type": name, "holds": True, "holders": 2, "second_signature": True, "reason": True, "until": True,
            "kinds": frozenset(), "last_of": 0,
            "roles": frozenset({recipient} if recipient else [role for role in [RO, CO, SO, FL] if TABLE[name][role]][:1])}
    return Facts(**{**best, **changed})


def test_every_permission_has_one_decision():
    assert set(Permission) == RECORD_ACTS | set(ACCOUNT_ACTS)
    assert len(Permission) == len(RECORD_ACTS) + len(ACCOUNT_ACTS)
    assert set(decisions._DECIDES) == set(Permission)
    assert len({permission.value for permission in Permission}) == len(Permission)


def test_account_acts_are_for_those_who_may():
    assert account_act_faults() == []


def test_step_up_is_asked_for_exactly_where_it_must_be():
    assert step_up_faults() == []
    assert STEP_UP == NEEDS_STEP_UP
    assert {"person", "handle", "spot", "testimony", "item", "coded", "dossier", "petition", "story", "digest",
            "signer"} == STEP_UP_TYPES


@pytest.mark.parametrize(("what", "fault", "found_by"), [
    ("STEP_UP", frozenset(), step_up_faults),
    ("STEP_UP_TYPES", frozenset({"person"}), step_up_faults),
    ("_DECIDES", {**decisions._DECIDES, P.READ_AUDIT: decisions._anybody}, account_act_faults),
    ("_DECIDES", {**decisions._DECIDES, P.LOCK: decisions._officer}, account_act_faults),
    ("_DECIDES", {**decisions._DECIDES, P.CERTIFY: decisions._officer}, account_act_faults),
], ids=["no step-up", "step-up for one type", "anybody reads the audit", "only officers lock", "not only key officers certify"])
def test_a_planted_fault_in_the_acts_is_caught(what, fault, found_by, monkeypatch):
    monkeypatch.setattr(decisions, what, fault)
    assert found_by() != []


def test_every_no_has_a_sentence_and_every_answer_is_one_of_two():
    answers = set()
    for act, role, name in product(Permission, [None, *Role], [None, "passport", *TYPES]):
        for holds, own, stepped_up, second, holders in product([False, True], [False, True], [False, True], [False, True], [1, 2]):
            who = member(*([role] if role else []), stepped_up=stepped_up)
            facts = Facts(type=name, holds=holds, own=own, holders=holders, second_signature=second, reason=True, until=True,
                          roles=frozenset({RO}), kinds=frozenset(), last_of=0)
            answers.add(may(who, act, facts))
    refused = {answer for answer in answers if isinstance(answer, NotAllowed)}
    assert answers - refused == {Allowed()}
    assert {answer.rule for answer in refused} >= {"unknown", "no_grant", "role", "own", "second_signature", "step_up", "recipient"}
    for answer in refused:
        assert answer.why == WHY[answer.rule]
        assert answer.step_up == (answer.rule == "step_up")


def test_sentences_are_short_and_say_what_to_do():
    for why in WHY.values():
        assert why.endswith(".") and len(why) <= 120
        assert not any(word in why for word in ("role_", "vault", "payload", "grant ", "None"))


def test_step_up_and_second_signature_never_take_a_permission_away():
    for act, role, name, holds, own in product(Permission, Role, TYPES, [False, True], [False, True]):
        facts = best_facts(name, holds=holds, own=own, second_signature=False)
        more = dataclasses.replace(facts, second_signature=True)
        allowed = [isinstance(may(member(role, stepped_up=up), act, of), Allowed)
                   for up, of in ((False, facts), (True, facts), (True, more))]
        assert allowed == sorted(allowed), (act, role, name)
        lesser = may(member(role, stepped_up=False), act, facts)
        if isinstance(lesser, NotAllowed) and lesser.step_up:
            assert allowed[1], "step-up was said to be enough"


def test_facts_that_nobody_gave_lead_to_no():
    everything = Member(bytes(16), frozenset(Role), officer=True, stepped_up=True)
    given = {act for act in Permission if isinstance(may(everything, act), Allowed)}
    assert given == set(ACCOUNT_ACTS) - {P.REMOVE, P.CHANGE_ROLES}
    nobody = Member(bytes(16), frozenset())
    assert {act for act in Permission if isinstance(may(nobody, act), Allowed)} == {P.LOCK, P.SEE_PEOPLE, P.CHANGE_OWN_SETTINGS}


# ------------------------------------------------------------------------------------------------ records

def test_without_a_grant_nothing_of_a_record_is_allowed_but_to_make_or_seek_one():
    for act, role, name in product(RECORD_ACTS - {P.CREATE_VAULT, P.SEARCH}, Role, TYPES):
        assert may(member(role), act, best_facts(name, holds=False)).rule == "no_grant"


def test_a_grant_opens_unless_the_role_never_reads_the_type():
    refused = {(name, role) for name, role in product(TYPES, Role)
               if isinstance(may(member(role), P.OPEN_VAULT, Facts(type=name, holds=True)), NotAllowed)}
    assert refused == {(name, role) for name, row in TABLE.items() for role, how in row.items() if how is Holding.NEVER}
    assert {name for name, role in refused if role is AU} == set(TYPES) - {"note", "audit", "assessment", "drill"}, "an auditor reads no content"
    assert {name for name, role in refused if role is RO} >= {"contact", "handle", "spot", "place", "leg"}
    assert {name for name, role in refused if role is FL} >= {"case", "person", "money"}
    assert {name for name, role in refused if role is CO} >= {"testimony", "item", "audit"}


def test_only_writers_write_and_a_security_officer_not_alone():
    for name, role in product(TYPES, Role):
        facts = best_facts(name, second_signature=False)
        wanted = role in WRITERS[name]
        for act in (P.WRITE_VAULT, P.UPLOAD, P.CREATE_VAULT):
            assert isinstance(may(member(role), act, facts), Allowed) == wanted, (act, name, role)
    vetting = best_facts("contact", second_signature=False)
    assert may(member(SO), P.WRITE_VAULT, vetting).rule == "second_signature"
    assert may(member(SO), P.WRITE_VAULT, best_facts("contact")) == Allowed()
    assert {name for name, roles in WRITERS.items() if SO in roles} == {"note", "message", "dropkey", "decision", "season", "duty", "card", "setting",
                                                                            "assessment", "drill", "breach", "hold", "demand", "complaint", "takeout", "directory", "story", "digest"}
    assert {name for name, roles in WRITERS.items() if AU in roles} == {"note"}


def test_a_grant_needs_a_recipient_a_reason_and_an_end():
    facts = best_facts("incident", FL, second_signature=False)
    worker = member(CW)
    assert may(worker, P.GRANT, facts) == Allowed()
    for changed, rule in (({"reason": False}, "reason"), ({"until": False}, "end_date"), ({"kinds": None}, "unknown"),
                          ({"roles": frozenset()}, "recipient"), ({"roles": frozenset({RE})}, "recipient"), ({"own": True}, "own"),
                          ({"kinds": frozenset({Kind.EVIDENCE})}, "second_signature"), ({"type": None}, "unknown")):
        assert may(worker, P.GRANT, dataclasses.replace(facts, **changed)).rule == rule, changed


@pytest.mark.refuses("H-32")
def test_handle_and_spot_and_all_three_kinds_need_a_second_signature():
    for name in ("handle", "spot"):
        assert may(member(FL), P.GRANT, best_facts(name, FL, second_signature=False)).rule == "second_signature"
        assert may(member(FL), P.GRANT, best_facts(name, FL)) == Allowed()
    apart = (Kind.PEOPLE, Kind.NETWORK, Kind.EVIDENCE)
    for name, held in product(["place", "case", "coded", "note"], [set(some) for n in range(4) for some in combinations(apart, n)]):
        facts = best_facts(name, OH, kinds=frozenset(held), second_signature=False)
        recipient = OH if name == "note" else None
        if recipient is None:
            assert may(member(CO, RO), P.GRANT, facts).rule == "second_signature", "the head breaks glass with others"
        else:
            united = held | {TYPES[name]} >= set(apart)
            assert isinstance(may(member(CO), P.GRANT, facts), NotAllowed) == united, (name, held)
    assert may(member(FL), P.GRANT, best_facts("contact", CW, second_signature=False)).rule == "second_signature", \
        "a case worker is given people and evidence by role"
    assert may(member(RO), P.GRANT, best_facts("coded", CO, second_signature=False)).rule == "second_signature", \
        "a coordinator is given people and network by role"


def test_whoever_makes_a_number_names_a_deputy_and_nobody_else():
    """Two hold it from the start; later, or for another role, or where all three kinds would meet, two must sign."""
    for name in ("handle", "spot"):
        given = {role: may(member(FL), P.GRANT, best_facts(name, role, second_signature=False, fresh=True)) == Allowed()
                 for role in Role}
        assert [role for role, yes in given.items() if yes] == [FL], name
        assert may(member(FL), P.GRANT, best_facts(name, FL, second_signature=False)).rule == "second_signature"
        united = best_facts(name, FL, second_signature=False, fresh=True, kinds=frozenset({Kind.PEOPLE, Kind.EVIDENCE}))
        assert may(member(FL), P.GRANT, united).rule == "second_signature"


def test_a_note_goes_to_whoever_is_named():
    for sender, recipient in product(Role, Role):
        assert may(member(sender), P.GRANT, best_facts("note", recipient, reason=False, until=False)) == Allowed()


def test_the_last_human_holder_cannot_leave_nor_be_removed():
    for own, role in ((True, CW), (True, RE), (False, RO)):
        facts = best_facts("coded" if role is not CW else "case", own=own)
        assert may(member(role), P.END_GRANT, facts) == Allowed()
        assert may(member(role), P.END_GRANT, dataclasses.replace(facts, holders=1)).rule == "last_holder"
    assert may(member(SO), P.REMOVE, Facts(last_of=3)).rule == "last_holder"
    assert may(member(SO), P.REMOVE, Facts()).rule == "unknown"


def test_a_reader_ends_their_own_grant_and_nobody_elses():
    facts = best_facts("incident")
    assert may(member(SO), P.END_GRANT, dataclasses.replace(facts, own=True)) == Allowed()
    assert may(member(OH), P.END_GRANT, facts).rule == "role"


def test_evidence_and_cases_are_not_shredded_by_one():
    for name, role in product(TYPES, Role):
        if role in WRITERS[name]:
            alone = may(member(role), P.SHRED, best_facts(name, second_signature=False))
            two = name in {"case", "person"} or TYPES[name] is Kind.EVIDENCE
            assert (alone == NotAllowed("second_signature", WHY["second_signature"])) == two
            assert may(member(role), P.SHRED, best_facts(name)) == Allowed()


def test_what_was_given_under_seal_is_not_searched():
    assert may(member(RE), P.SEARCH, Facts(type="coded")) == Allowed()
    assert may(member(RE), P.SEARCH, Facts(type="testimony")).rule == "search"
    assert may(member(RO), P.SEARCH, Facts(type="testimony")) == Allowed()
    assert may(member(FI), P.SEARCH, Facts(type="person")).rule == "role"
    assert may(member(AU), P.SEARCH, Facts(type="note")) == Allowed()
    assert may(member(CO), P.SEARCH).rule == "unknown"


def test_nobody_acts_on_their_own_account_where_another_must():
    for act in (P.UNLOCK, P.REMOVE, P.RESET_FACTOR, P.CHANGE_ROLES):
        assert may(member(SO), act, Facts(own=True, last_of=0)).rule == "own"
    assert may(member(AU), P.LOCK, Facts(own=True)) == Allowed()
    assert may(member(officer=True), P.CERTIFY, Facts(own=True)) == Allowed()


def test_roles_that_clash_are_refused_when_they_are_given():
    for act, roles in product((P.INVITE, P.CHANGE_ROLES), ALL_SETS):
        answer = may(member(SO), act, Facts(roles=roles, kinds=frozenset()))
        assert isinstance(answer, Allowed) == twin_allows(roles)
        assert isinstance(answer, Allowed) or (answer.rule == "R-10" and answer.why == check_roles(roles).why)


def test_new_roles_and_what_is_held_already_do_not_unite_all_three_kinds():
    for roles in ([role] for role in Role):
        for held in ({Kind.EVIDENCE}, {Kind.PEOPLE, Kind.NETWORK}, set()):
            kinds = held | {TYPES[name] for name, role in granted(TABLE) if role in roles}
            facts = Facts(roles=frozenset(roles), kinds=frozenset(held))
            united = kinds >= {Kind.PEOPLE, Kind.NETWORK, Kind.EVIDENCE}
            assert (may(member(SO), P.CHANGE_ROLES, facts) == NotAllowed("united", WHY["united"])) == united, (roles, held)
    assert may(member(SO), P.CHANGE_ROLES, Facts(roles=frozenset({CO}))).rule == "unknown"


def test_a_plan_is_read_by_coordinators_and_by_those_it_was_given_to():
    assert may(member(FL), P.READ_PLAN, Facts(holds=True)) == Allowed()
    assert may(member(RE), P.READ_PLAN, Facts(holds=True)).rule == "role"

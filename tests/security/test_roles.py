"""Nobody is given people, network and evidence by role: every set of roles, against two readings written by hand.

Planted faults show that it is looked at.
"""

import importlib.util
from pathlib import Path

import pytest
from readings import (
    ALL_SETS,
    AU,
    BY_RECORD,
    BY_ROLE,
    CO,
    CW,
    FI,
    FL,
    GUARD,
    HOUSE,
    IF_NAMED,
    OH,
    ON_A_REASON,
    ON_TWO_SIGNATURES,
    ONLY_BY_ROLE_TABLE,
    RE,
    RO,
    SO,
    WRITE,
    granted,
    twin_allows,
)

from waystation.access import (
    TABLE,
    TYPES,
    WHY,
    WRITERS,
    Holding,
    Kind,
    Permission,
    Role,
    assigned_roles,
    check_roles,
    default_roles,
)

ROOT = Path(__file__).resolve().parents[2]


def role_set_faults(table=TABLE):
    """Sets of roles on which the program and the twin differ, or that are allowed and unite what must be apart."""
    faults = []
    for roles in ALL_SETS:
        allowed = check_roles(roles, table=table) is None
        held = {name for name, role in granted(table) if role in roles}
        kinds = {TYPES[name] for name in held}
        unites = {Kind.PEOPLE, Kind.NETWORK, Kind.EVIDENCE} <= kinds or {"person", "handle", "place"} <= held
        if allowed != twin_allows(roles) or allowed == unites:
            faults.append(roles)
    return faults


def planted(*cells, without=()):
    table = {name: dict(row) for name, row in TABLE.items() if name not in without}
    for name, role, how in cells:
        table[name][role] = how
    return table


# ------------------------------------------------------------------------------------------------ sets of roles

@pytest.mark.refuses("H-10")
@pytest.mark.promise("P14")
def test_no_permitted_set_of_512_unites_people_network_and_evidence():
    assert len(set(ALL_SETS)) == 2 ** 9
    assert role_set_faults() == []


@pytest.mark.refuses("H-10")
@pytest.mark.promise("P14")
def test_table_equals_both_readings():
    by_record = {(name, role) for name, (every, assigned) in BY_RECORD.items() for role in every | assigned}
    by_role = {(name, role) for role, kinds in BY_ROLE.items() for name in set().union(*kinds)}
    assert by_role - by_record == ONLY_BY_ROLE_TABLE
    assert granted(TABLE) - by_role == {("audit", AU), ("audit", SO)} | {(name, role) for name in HOUSE | GUARD
                                                                         for role in set().union(*(HOUSE | GUARD)[name])}
    assert granted(TABLE) == by_record | by_role
    for name, (every, assigned) in BY_RECORD.items():
        assert default_roles(name) == every
        assert assigned_roles(name) - {role for of, role in ONLY_BY_ROLE_TABLE if of == name} == assigned
    for kinds in BY_ROLE.values():
        assert [{TYPES[name] for name in types} - {kind} for kind, types in zip(Kind, kinds, strict=False)] == [set()] * 3


def test_what_is_given_later_and_who_writes_equal_the_reading_by_need_to_know():
    def cells(how):
        return {(name, role) for name, row in TABLE.items() for role, found in row.items() if found is how}

    of_three_kinds = {name for name, kind in TYPES.items() if kind < Kind.INBOX and name != "note"}
    assert cells(Holding.SEALED) == {(name, role) for name, some in ON_A_REASON.items() for role in some}
    assert cells(Holding.TWO) == ({(name, role) for name, some in ON_TWO_SIGNATURES.items() for role in some}
                                  | {(name, OH) for name in of_three_kinds})
    assert cells(Holding.NAMED) == {(name, role) for name, some in IF_NAMED.items() for role in some}
    by_hand = {(name, role) for role, some in WRITE.items() for name in some} | {
        (name, role) for name, some in IF_NAMED.items() for role in some}
    assert {(name, role) for name, some in WRITERS.items() for role in some} == by_hand


def test_each_role_alone_and_a_three_person_office_are_allowed():
    assert [role for role in Role if check_roles({role})] == []
    three = [{CO, FL, OH}, {CW, RO, FI, RE}, {SO, AU}]
    assert set().union(*three) == set(Role)
    assert [roles for roles in three if check_roles(roles)] == []


def test_a_refused_set_names_a_smallest_clash_and_says_what_to_do():
    refused = [roles for roles in ALL_SETS if not twin_allows(roles)]
    assert refused
    for roles in refused:
        refusal = check_roles(roles)
        assert refusal.rule == "R-10"
        assert set(refusal.clash) <= roles
        assert not twin_allows(refusal.clash)
        assert all(twin_allows(set(refusal.clash) - {role}) for role in refusal.clash)
        assert all(role.words in refusal.why.lower() for role in refusal.clash)
        assert refusal.why.endswith("Give one of these roles to someone else.")


def test_order_and_repetition_of_roles_change_nothing():
    assert check_roles([RO, CO, RO]) == check_roles((CO, RO))
    assert check_roles([CO, CO, CO]) is None


@pytest.mark.parametrize("cells", [
    [("coded", CO, Holding.ASSIGNED)],
    [("case", FL, Holding.BY_ROLE), ("coded", FL, Holding.BY_ROLE)],
    [("place", RO, Holding.ASSIGNED)],
], ids=["coordinators get evidence", "liaisons get all three", "rights officers get places"])
def test_a_planted_table_that_gives_one_role_all_three_kinds_is_caught(cells):
    table = planted(*cells)
    refusal = check_roles({cells[0][1]}, table=table)
    assert "alone opens" in refusal.why
    assert {cells[0][1]} in role_set_faults(table)
    assert granted(table) != granted(TABLE)


def test_a_planted_table_that_takes_a_clash_away_is_caught():
    assert frozenset({CO, RE}) in role_set_faults(planted(*((name, RE, Holding.SEALED) for name in ("coded", "story", "digest"))))


def test_person_handle_and_place_clash_even_where_no_evidence_exists():
    table = planted(without=tuple(name for name, kind in TYPES.items() if kind is Kind.EVIDENCE))
    assert check_roles({CO, CW}, table=table) is None
    refusal = check_roles({CO, CW, FL}, table=table)
    assert refusal.clash == (CO, CW, FL)
    assert "real names, contacts' numbers and places" in refusal.why


def test_a_check_that_sees_only_the_first_two_roles_is_caught(monkeypatch):
    whole = check_roles
    monkeypatch.setattr(__name__ + ".check_roles", lambda roles, *, table: whole(sorted(roles)[:2], table=table))
    assert frozenset({FL, RE, FI}) in role_set_faults()


# ------------------------------------------------------------------------------------------------ types and kinds

def test_every_type_has_a_kind_a_row_and_writers():
    assert list(TYPES) == list(TABLE) != []
    assert set(WRITERS) == set(TYPES) == set(BY_RECORD)
    assert {int(kind) for kind in Kind} == {0x01, 0x02, 0x03, 0x10, 0x11, 0x12, 0x13}
    assert all(set(row) == set(Role) for row in TABLE.values())
    assert [(name, role) for name, roles in WRITERS.items() for role in roles if TABLE[name][role] is Holding.NEVER] == []


@pytest.mark.parametrize("kind", [0x00, 0x04, 0x14, 0x20, 0xFF])
def test_a_reserved_kind_is_refused(kind):
    with pytest.raises(ValueError, match="is not a valid Kind"):
        Kind(kind)


def test_tables_cannot_be_changed_at_run_time():
    for table in (TABLE, TYPES, WHY, WRITERS, TABLE["case"]):
        with pytest.raises(TypeError):
            table["case"] = None
    with pytest.raises(KeyError):
        default_roles("passport")


# ------------------------------------------------------------------------------------------------ the manual's page

@pytest.fixture(scope="module")
def page():
    spec = importlib.util.spec_from_file_location("docs_tool", ROOT / "tools" / "docs.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.roles()


def test_the_page_shows_every_role_record_act_and_sentence(page):
    assert (ROOT / "docs" / "reference" / "roles.md").read_text("utf-8") == page, "run `make docs`"
    assert page.count("| " + " | ".join(role.words for role in Role) + " |") == 3
    assert [name for name in TYPES if page.count(f"\n| `{name}` |") != 2] == []
    assert [act for act in list(Permission)[9:] if f"\n| {act.value.replace('_', ' ')} |" not in page] == []
    assert [rule for rule, why in WHY.items() if f"| `{rule}` | {why} |" not in page] == []


def test_no_cell_of_the_page_gives_a_key_away(page):
    rows = {line.split(" | ")[0].strip("| `"): line.strip("| ").split(" | ")[2:] for line in
            page.partition("## Who holds")[2].partition("## Who may")[0].splitlines() if line.startswith("| `")}
    assert [rows[name][list(Role).index(role)] for name, role in (("coded", CO), ("contact", CW), ("handle", SO), ("case", SO))] == [
        *["**key**; on two signatures"] * 3, "**key**; on a reason"]
    shown = {(name, role) for name, cells in rows.items() for role, cell in zip(Role, cells, strict=True) if "**key**" not in cell}
    assert shown == {(name, role) for name, (every, _) in BY_RECORD.items() for role in every}
